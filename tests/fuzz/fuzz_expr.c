/* fuzz_expr.c: any bytes as an expression. tests/expr/test_syntax.c does a little of the same. */
#include "fuzz/fuzz_expr.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    fuzz_expression((const char *)data, size);
    return 0;
}
