/* fuzz_json.c: any bytes behind a key as JSON Lines. */
#include "fuzz/fuzz_table.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const char begin[] = "{\"customer\":";
    tsl_table_options opt;
    const size_t count = size + sizeof begin - 1;
    char *bytes = malloc(count);
    if (!bytes) {
        return 0;
    }
    memcpy(bytes, begin, sizeof begin - 1);
    memcpy(bytes + sizeof begin - 1, data, size);
    TSL_DEFAULTS(table, &opt);
    opt.max_rejects = 1;
    const fuzz_digest one = fuzz_read(bytes, count, TSL_TRANSACTIONS, &opt, 1);
    if (size % 8 == 0) {
        FUZZ_MUST(fuzz_read(bytes, count, TSL_TRANSACTIONS, &opt, 3) == one);
    }
    const tsl__csv_options split = {.header = -1};
    fuzz_split_twice(bytes, count, split, 7);
    free(bytes);
    return 0;
}
