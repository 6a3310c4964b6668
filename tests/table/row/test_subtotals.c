/* test_subtotals.c: rows that sum up those before them, the same however the rows are cut into blocks. */
#include "table/row/subtotals.h"

#include "help.h"

enum { ROWS = 120 };

/* A subtotal each twelfth row, of which each third is off by one. */
static tsl_status add(tsl__subtotals *s, size_t i, int64_t *sum)
{
    tsl__status_value row = {.rows = 1, .line = i + 2};
    int64_t amount = (int64_t)(i + 1) * TSL_DECIMAL_ONE;
    if (i % 12 == 11) {
        row.text = i % 24 == 11 ? "Subtotal" : "小计";
        row.bytes = strlen(row.text);
        amount = *sum + (i % 36 == 35 ? TSL_DECIMAL_ONE : 0);
    }
    *sum = row.bytes ? 0 : *sum + amount;
    row.absolute = amount;
    return tsl__subtotals_add(s, &row, amount, NULL);
}

static void test_blocks(void **state)
{
    (void)state;
    for (size_t block = 1; block <= ROWS; block++) {
        tsl__subtotals all = {.rows = 0}, part = {.rows = 0};
        int64_t sum = 0;
        for (size_t i = 0; i < ROWS; i++) {
            assert_int_equal(add(&part, i, &sum), TSL_OK);
            if (i % block == block - 1) {
                assert_int_equal(tsl__subtotals_join(&all, &part, NULL), TSL_OK);
            }
        }
        assert_int_equal(tsl__subtotals_join(&all, &part, NULL), TSL_OK);
        assert_int_equal(all.rows, 10);
        assert_int_equal(tsl__subtotals_get_proven(&all), 7);
        assert_int_equal(all.words.count, 2);
        assert_int_equal(all.words.value[0].rows, 5);
        assert_int_equal(all.words.value[1].line, 25);
        tsl__subtotals_free(&all);
        tsl__subtotals_free(&part);
    }
}

/* One that nothing stands before is the sum of nothing. */
static void test_nothing(void **state)
{
    (void)state;
    tsl__subtotals s = {.rows = 0};
    const tsl__status_value row = {.text = "Total", .bytes = 5, .rows = 1, .line = 2};
    assert_int_equal(tsl__subtotals_get_proven(&s), 0);
    assert_int_equal(tsl__subtotals_add(&s, &row, 0, NULL), TSL_OK);
    assert_int_equal(tsl__subtotals_add(&s, &row, 0, NULL), TSL_OK);
    assert_int_equal(tsl__subtotals_get_proven(&s), 0);
    tsl__subtotals_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_blocks), cmocka_unit_test(test_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
