/* test_calendar.c: the calendar against a count through every day of the years 1 to 9999. */
#include "base/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <tesela/base.h>

static int leap(int year)
{
    return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

static int days_of(int year, int month)
{
    if (month == 2) {
        return leap(year) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void test_every_day(void **state)
{
    (void)state;
    int32_t day = -719162; /* 0001-01-01, a Monday: 719,162 days before 1970-01-01, a Thursday */
    int weekday = 0;
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int mday = 1; mday <= days_of(year, month); mday++, day++, weekday = (weekday + 1) % 7) {
                int y, m, d;
                int32_t found;
                tsl__day_split(day, &y, &m, &d);
                if (tsl__day_make(year, month, mday) != day || !tsl__day_find(year, month, mday, &found) ||
                    found != day || y != year || m != month || d != mday || tsl__day_weekday(day) != weekday ||
                    tsl__day_month(day) != year * 12 + month - 1) {
                    fail_msg("%04d-%02d-%02d", year, month, mday);
                }
            }
            assert_true(tsl__date_check(year, month, days_of(year, month)));
            assert_false(tsl__date_check(year, month, days_of(year, month) + 1));
            int32_t none;
            assert_false(tsl__day_find(year, month, 0, &none) ||
                         tsl__day_find(year, month, days_of(year, month) + 1, &none));
        }
    }
    assert_int_equal(tsl__day_make(1970, 1, 1), 0);
    assert_int_equal(tsl__day_weekday(0), 3);
    assert_int_equal(tsl__day_make(2000, 2, 29), 11016);
}

static void test_date_check(void **state)
{
    (void)state;
    static const int bad[][3] = {{0, 1, 1},     {10000, 1, 1}, {2011, 0, 1},  {2011, 13, 1}, {2011, 1, 0},
                                 {2011, 1, 32}, {1900, 2, 29}, {2011, 2, 29}, {2011, 4, 31}, {-4, 2, 29}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int32_t none;
        assert_false(tsl__date_check(bad[i][0], bad[i][1], bad[i][2]));
        assert_false(tsl__day_find(bad[i][0], bad[i][1], bad[i][2], &none));
    }
    assert_true(tsl__date_check(2000, 2, 29));
}

static void test_times(void **state)
{
    (void)state;
    static const struct {
        int64_t time;
        int32_t day;
        int hour;
    } rows[] = {{0, 0, 0},
                {3599, 0, 0},
                {3600, 0, 1},
                {86399, 0, 23},
                {86400, 1, 0},
                {-1, -1, 23},
                {-86400, -1, 0},
                {-86401, -2, 23},
                {1323475199, 15317, 23},
                {1323475200, 15318, 0},
                {253402300799, 2932896, 23}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(tsl__time_day(rows[i].time), rows[i].day);
        assert_int_equal(tsl__time_hour(rows[i].time), rows[i].hour);
    }
}

static void test_age(void **state)
{
    (void)state;
    static const struct {
        int birth[3], at[3], age;
    } rows[] = {{{1966, 4, 8}, {2019, 7, 1}, 53},  {{1966, 7, 1}, {2019, 7, 1}, 53}, {{1966, 7, 2}, {2019, 7, 1}, 52},
                {{2000, 2, 29}, {2001, 2, 28}, 0}, {{2000, 2, 29}, {2001, 3, 1}, 1}, {{2000, 2, 29}, {2004, 2, 29}, 4},
                {{2019, 7, 1}, {2019, 7, 1}, 0},   {{1999, 12, 31}, {2000, 1, 1}, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const int *b = rows[i].birth, *a = rows[i].at;
        assert_int_equal(tsl__age_years(tsl__day_make(b[0], b[1], b[2]), tsl__day_make(a[0], a[1], a[2])), rows[i].age);
    }
}

static void test_months(void **state)
{
    (void)state;
    static const struct {
        int day[3], months, to[3];
    } rows[] = {{{2011, 12, 10}, -1, {2011, 11, 10}}, {{2011, 12, 10}, -12, {2010, 12, 10}},
                {{2011, 12, 10}, 0, {2011, 12, 10}},  {{2022, 5, 31}, -3, {2022, 2, 28}},
                {{2020, 3, 31}, -1, {2020, 2, 29}},   {{2022, 1, 31}, 1, {2022, 2, 28}},
                {{2022, 1, 1}, -1, {2021, 12, 1}},    {{2022, 12, 31}, 2, {2023, 2, 28}},
                {{1970, 1, 1}, -13, {1968, 12, 1}},   {{1, 1, 15}, -1, {0, 12, 15}},
                {{1, 1, 15}, -13, {-1, 12, 15}},      {{2019, 2, 28}, 12, {2020, 2, 28}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const int *d = rows[i].day, *t = rows[i].to;
        assert_int_equal(tsl__day_add_months(tsl__day_make(d[0], d[1], d[2]), rows[i].months),
                         tsl__day_make(t[0], t[1], t[2]));
    }
}

static void test_day_text(void **state)
{
    (void)state;
    static const char *const good[] = {"1970-01-01", "2011-12-10", "0001-01-01", "9999-12-31", "2000-02-29"};
    static const char *const bad[] = {"",           "2011-12-1",  "2011-12-100", "2011/12/10",  "2011-13-10",
                                      "2011-02-29", "0000-01-01", " 2011-12-10", "2011-12-10 ", "12011-12-1",
                                      "2011-1a-10", "-011-12-10"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int32_t day = TSL_NO_DAY;
        char out[11];
        assert_int_equal(tsl_day_read(good[i], &day, NULL), TSL_OK);
        tsl_day_write(day, out);
        assert_string_equal(out, good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int32_t day = 42;
        tsl_error err;
        assert_int_equal(tsl_day_read(bad[i], &day, &err), TSL_E_OPTION);
        assert_non_null(strstr(err.message, bad[i]));
        assert_int_equal(day, 42);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day), cmocka_unit_test(test_date_check), cmocka_unit_test(test_times),
        cmocka_unit_test(test_age),       cmocka_unit_test(test_months),     cmocka_unit_test(test_day_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
