/* test_date_order.c: day or month first: proven by a cell, declared, or refused. */
#include "table/cell/date_order.h"

#include "base/calendar.h"
#include "help.h"

static int64_t at(int y, int m, int d, int h, int min, int s)
{
    return (int64_t)tsl__day_make(y, m, d) * TSL__DAY_SECONDS + h * 3600 + min * 60 + s;
}

static int64_t add(tsl__date_order *order, const char *text, int expected)
{
    int64_t value = 0;
    assert_int_equal(tsl__date_order_add(order, tsl__span_make(text), "f.csv", 7, &value), expected);
    return value;
}

static void test_order_is_proven(void **state)
{
    (void)state;
    tsl__date_order order = {0};
    int64_t open = add(&order, "3/4/2017 10:30", 0);
    assert_true(tsl__time_is_open(open));
    assert_int_equal(tsl__date_order_get(&order), -1);
    assert_false(tsl__time_is_open(add(&order, "12/31/2017", 0)));
    assert_int_equal(tsl__date_order_get(&order), 1);
    assert_true(tsl__time_open_get(open, 1) == at(2017, 3, 4, 10, 30, 0));
    assert_true(tsl__time_open_get(open, 0) == at(2017, 4, 3, 10, 30, 0));
    add(&order, "31/12/2017", 0);
    assert_int_equal(tsl__date_order_get(&order), -2);
    tsl_error err;
    assert_int_equal(tsl__date_order_fail(&order, "when", &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "f.csv:7: \"12/31/2017\""));
    assert_non_null(strstr(err.message, "f.csv:7: \"31/12/2017\""));
}

static void test_order_stays_open(void **state)
{
    (void)state;
    tsl__date_order order = {0};
    add(&order, "5/5/2017", 0);
    assert_int_equal(tsl__date_order_get(&order), 0); /* does not matter */
    add(&order, "3/4/2017", 0);
    tsl_error err;
    assert_int_equal(tsl__date_order_fail(&order, "when", &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "\"3/4/2017\""));
    assert_non_null(strstr(err.message, "--dates mdy"));
}

static void test_declared_order(void **state)
{
    (void)state;
    tsl__date_order mdy = {.declared = TSL_DATES_MDY}, dmy = {.declared = TSL_DATES_DMY},
                    ymd = {.declared = TSL_DATES_YMD};
    assert_true(add(&mdy, "3/4/2017", 0) == at(2017, 3, 4, 0, 0, 0));
    assert_true(add(&dmy, "3/4/2017", 0) == at(2017, 4, 3, 0, 0, 0));
    add(&mdy, "31/12/2017", -1);
    add(&mdy, "31.12.2017", -1);
    add(&dmy, "12/31/2017", -1);
    assert_true(add(&dmy, "31.12.2017", 0) == at(2017, 12, 31, 0, 0, 0));
    add(&ymd, "3/4/2017", -1);
    add(&ymd, "5/5/2017", -1);
    assert_true(add(&ymd, "2017-03-04", 0) == at(2017, 3, 4, 0, 0, 0));
    assert_true(add(&mdy, "2017-03-04", 0) == at(2017, 3, 4, 0, 0, 0)); /* leaves no doubt */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_is_proven),
        cmocka_unit_test(test_order_stays_open),
        cmocka_unit_test(test_declared_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
