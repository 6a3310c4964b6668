/* test_order_gaps.c: rows that lack what another line of their order has are the same however they are cut. */
#include "help.h"
#include "table/row/order_gaps.h"

static const tsl__order_line lines[] = {{.order = 7, .line = 2, .has = 1, .lacks = 2},
                                        {.order = 9, .line = 3, .lacks = 3},
                                        {.order = 7, .line = 4, .has = 2, .lacks = 1},
                                        {.order = 7, .line = 5, .has = 3},
                                        {.order = 7, .line = 6, .has = 1},
                                        {.order = 8, .line = 7, .lacks = 3},
                                        {.order = 9, .line = 8, .file = 1, .has = 1, .lacks = 2}};
#define LINES (sizeof lines / sizeof *lines)

/* The lines in blocks of so many. */
static void join_blocks(size_t block, size_t most, tsl__order_gaps *all)
{
    tsl__order_gaps part = {0};
    tsl_error err;
    for (size_t i = 0; i < LINES; i++) {
        assert_int_equal(tsl__order_gaps_add(&part, &lines[i], &err), TSL_OK);
        if (i % block == block - 1 || i == LINES - 1) {
            assert_int_equal(tsl__order_gaps_join(all, &part, most, &err), TSL_OK);
            assert_int_equal(part.rows, 0);
        }
    }
    tsl__order_gaps_free(&part);
}

static void test_found(void **state)
{
    (void)state;
    for (size_t block = 1; block <= LINES; block++) {
        tsl__order_gaps all = {0};
        tsl__status_rows found[TSL__PLAN_STATUSES];
        tsl_error err;
        join_blocks(block, 100, &all);
        assert_int_equal(tsl__order_gaps_find(&all, found, &err), TSL_OK);
        assert_int_equal(found[0].rows, 2); /* lines 3 and 4 */
        assert_int_equal(found[0].line, 3);
        assert_int_equal(found[1].rows, 1); /* line 2: no line of 9 has it */
        assert_int_equal(found[1].line, 2);
        assert_int_equal(found[2].rows, 0);
        tsl__order_gaps_free(&all);
    }
}

/* Lines that tell nothing new take no room. */
static void test_kept(void **state)
{
    (void)state;
    tsl__order_gaps all = {0};
    join_blocks(LINES, LINES - 1, &all);
    assert_int_equal(all.rows, LINES - 1);
    assert_false(all.over);
    tsl__order_gaps_free(&all);
}

static void test_too_many(void **state)
{
    (void)state;
    tsl__order_gaps all = {0};
    tsl__status_rows found[TSL__PLAN_STATUSES];
    tsl_error err;
    join_blocks(2, 4, &all);
    assert_true(all.over);
    assert_null(all.row);
    assert_int_equal(tsl__order_gaps_find(&all, found, &err), TSL_OK);
    assert_int_equal(found[0].rows, 3); /* all that lack it */
    assert_int_equal(found[1].rows, 4);
    assert_int_equal(found[2].rows, 0);
    tsl__order_gaps_free(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_found), cmocka_unit_test(test_kept),
                                       cmocka_unit_test(test_too_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
