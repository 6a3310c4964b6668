/* test_month_sums.c: rows by month while their times are on the way: few sums, the right month by each reading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "table/row/month_sums.h"

static int64_t value_of(const char *cell)
{
    int64_t value;
    assert_int_equal(tsl__date_read(tsl__span_make(cell), TSL_DATES_AUTO, &value), TSL__DATE_GOOD);
    return value;
}

/* The month of one row: year * 12 + month - 1. */
static int32_t month_of(const char *cell, const tsl__date_reading *reading)
{
    tsl__month_sums sums = {.count = 0};
    assert_int_equal(tsl__month_sums_add(&sums, value_of(cell), 0, 0, NULL), TSL_OK);
    const int32_t day = tsl__month_sum_get_day(&sums.of[0], reading);
    tsl__month_sums_free(&sums);
    return day == TSL_NO_DAY ? -1 : tsl__day_month(day);
}

static void test_readings(void **state)
{
    (void)state;
    const tsl__date_reading mdy = {.order = TSL_DATES_MDY}, dmy = {.order = TSL_DATES_DMY}, none = {.order = 0},
                            east = {.offset = 8 * 3600}, west = {.offset = -(5 * 3600 + 1800)};
    assert_int_equal(month_of("3/4/2024", &mdy), 2024 * 12 + 2);
    assert_int_equal(month_of("3/4/2024 23:59", &dmy), 2024 * 12 + 3);
    assert_int_equal(month_of("3/14/2024", &mdy), 2024 * 12 + 2);
    assert_int_equal(month_of("02/03/11", &(tsl__date_reading){.order = TSL_DATES_YMD}), 2002 * 12 + 2);
    assert_int_equal(month_of("3/4/2024", &none), -1);
    assert_int_equal(month_of("2024-02-29", &none), 2024 * 12 + 1);
    assert_int_equal(month_of("2023-12-31T16:00:00Z", &east), 2024 * 12);
    assert_int_equal(month_of("2023-12-31T15:59:59Z", &east), 2023 * 12 + 11);
    assert_int_equal(month_of("2024-01-01T05:29:59Z", &west), 2023 * 12 + 11);
    assert_int_equal(month_of("2024-01-01T05:30:00Z", &west), 2024 * 12);
    assert_int_equal(month_of("1969-12-31T23:59:59Z", &none), 1969 * 12 + 11);
}

/* Each second of two years in few sums, joined in any order. */
static void test_few(void **state)
{
    (void)state;
    const int32_t first = tsl__day_make(2023, 1, 1);
    tsl__month_sums of[2] = {{.count = 0}, {.count = 0}}, all = {.count = 0}, back = {.count = 0};
    uint64_t rows = 0;
    __int128 value = 0;
    for (int64_t t = 0; t < (int64_t)730 * TSL__DAY_SECONDS; t += 77) {
        const int64_t time = TSL__TIME_INSTANT + (int64_t)first * TSL__DAY_SECONDS + t;
        assert_int_equal(tsl__month_sums_add(&of[t % 2], time, t % 3 == 0, t, NULL), TSL_OK);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(tsl__month_sums_join(&all, &of[i], NULL), TSL_OK);
        assert_int_equal(tsl__month_sums_join(&back, &of[1 - i], NULL), TSL_OK);
    }
    assert_int_equal(all.count, back.count);
    assert_in_range(all.count, 24, 25 * 200);
    for (size_t i = 0; i < all.count; i++) {
        rows += all.of[i].rows;
        value += all.of[i].value;
        for (size_t j = 0; j < back.count; j++) {
            if (back.of[j].key == all.of[i].key) {
                assert_true(back.of[j].rows == all.of[i].rows && back.of[j].value == all.of[i].value);
            }
        }
    }
    assert_int_equal(rows, ((int64_t)730 * TSL__DAY_SECONDS + 76) / 77);
    assert_true(value > 0);
    tsl__month_sums_free(&of[0]);
    tsl__month_sums_free(&of[1]);
    tsl__month_sums_free(&all);
    tsl__month_sums_free(&back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_readings), cmocka_unit_test(test_few)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
