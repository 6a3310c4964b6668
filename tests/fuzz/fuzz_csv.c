/* fuzz_csv.c: six bytes of options, then any bytes as a table. */
#include "fuzz/fuzz_table.h"

enum { KIND, FORM, ORDER, ENCODING, ROWS, PIECE, HEAD };

static void set_options(const unsigned char *data, tsl_table_options *opt)
{
    static const char delimiters[] = {0, 0, 0, ',', ';', '\t', '|', 0};
    TSL_DEFAULTS(table, opt);
    opt->by_customer = data[KIND] >> 2 & 1;
    opt->delimiter = delimiters[data[FORM] % 8];
    opt->header = (int)(data[FORM] >> 3) % 3 - 1;
    opt->dates = (tsl_date_order)(data[ORDER] % 4);
    opt->decimal = (tsl_decimal_mark)(data[ORDER] / 4 % 3);
    opt->encoding = (tsl_encoding)(data[ENCODING] % 8);
    opt->max_rejects = data[ROWS] & 1 ? 1 : 0.1;
    opt->as_of = data[ROWS] & 2 ? 19800 : TSL_NO_DAY;
    opt->where = data[ROWS] & 4 ? "amount > 1 or amount is missing" : NULL;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    tsl_table_options opt;
    tsl_error err;
    if (size < HEAD) {
        return 0;
    }
    set_options(data, &opt);
    const void *bytes = data + HEAD;
    const size_t count = size - HEAD, piece = 1 + data[PIECE] % 97;
    const tsl_table_kind kind = (tsl_table_kind)(data[KIND] % TSL_TABLE_KINDS);
    if (tsl_table_check(&opt, &err) != TSL_OK) {
        return 0;
    }
    const fuzz_digest one = fuzz_read(bytes, count, kind, &opt, 1);
    if (data[KIND] & 8) {
        FUZZ_MUST(fuzz_read(bytes, count, kind, &opt, 3) == one);
    }
    const tsl__csv_options split = {
        .delimiter = opt.delimiter, .header = opt.header, .text = {.encoding = opt.encoding}};
    fuzz_split_twice(bytes, count, split, piece);
    return 0;
}
