/* test_currency_cells.c: cells that are codes of currencies, for the most part. */
#include "table/cell/currency_cells.h"

#include "help.h"

static void test_cells(void **state)
{
    (void)state;
    static const struct {
        const char *cell[12], *code;
    } cases[] = {
        {{"EUR", "MXN"}, "EUR"},
        {{"EUR"}, "EUR"},
        {{"MAD", "EUR", "MAD"}, "EUR"},
        {{"", "EUR", "NA", "null"}, "EUR"},
        {{"EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "?"}, "EUR"},
        {{"EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "?"}, NULL}, /* nine of ten */
        {{"ALL", "TOP"}, NULL},                                                       /* which are words */
        {{"MAD"}, NULL},                                                              /* and so it may be */
        {{"eur", "usd"}, NULL},                                                       /* capitals alone */
        {{"Eur"}, NULL},
        {{"DEU", "FRA", "MEX"}, NULL}, /* countries */
        {{"EURO"}, NULL},
        {{"", ""}, NULL},
        {{NULL}, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__currency_cells cells = {.cells = 0};
        for (size_t k = 0; k < 12 && cases[i].cell[k]; k++) {
            tsl__currency_cells_add(&cells, tsl__span_make(cases[i].cell[k]), 1);
        }
        const char *code = tsl__currency_cells_get(&cells);
        if (!code != !cases[i].code || (code && strcmp(code, cases[i].code) != 0)) {
            fail_msg("case %zu: %s", i, code ? code : "none");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cells)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
