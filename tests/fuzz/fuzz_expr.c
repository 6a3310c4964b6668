/* fuzz_expr.c: any bytes as an expression, for libFuzzer:
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -D_GNU_SOURCE -DTESELA_VERSION='""' -Iinclude -Isrc -Itests
 *         tests/fuzz/fuzz_expr.c src/expr/[a-z]*.c src/base/[a-z]*.c -fopenmp -lcrypto -lxxhash -lm -o fuzz_expr
 * tests/expr/test_syntax.c does a little of the same in every run. */
#include "fuzz/fuzz_expr.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    fuzz_expression((const char *)data, size);
    return 0;
}
