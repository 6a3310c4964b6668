/* test_number_date.c: numbers alone that mean a time. */
#include "table/date/number_date.h"

#include "base/calendar.h"
#include "help.h"

static int64_t at(int y, int m, int d, int h, int min, int s)
{
    return (int64_t)tsl__day_make(y, m, d) * TSL__DAY_SECONDS + h * 3600 + min * 60 + s;
}

static void test_kinds(void **state)
{
    (void)state;
    const struct {
        const char *text;
        tsl__date_form form;
        int64_t value;
        int has_clock;
    } cases[] = {
        /* of spreadsheets: 1 is 1900-01-01, 45292 is 2024-01-01 */
        {"1", TSL__DATE_SERIAL, at(1900, 1, 1, 0, 0, 0), 0},
        {"59", TSL__DATE_SERIAL, at(1900, 2, 28, 0, 0, 0), 0},
        {"61", TSL__DATE_SERIAL, at(1900, 3, 1, 0, 0, 0), 0},
        {"25569", TSL__DATE_SERIAL, 0, 0},
        {"45292", TSL__DATE_SERIAL, at(2024, 1, 1, 0, 0, 0), 0},
        {"45292.0", TSL__DATE_SERIAL, at(2024, 1, 1, 0, 0, 0), 0},
        {"45292.5", TSL__DATE_SERIAL, at(2024, 1, 1, 12, 0, 0), 1},
        {"45292.604166666664", TSL__DATE_SERIAL, at(2024, 1, 1, 14, 30, 0), 1}, /* 14:30, as a double */
        {"45292.60417", TSL__DATE_SERIAL, at(2024, 1, 1, 14, 30, 0), 1},        /* 14:30:00.3 */
        {"45292.999999", TSL__DATE_SERIAL, at(2024, 1, 2, 0, 0, 0), 1},         /* 23:59:59.9 */
        {"80000", TSL__DATE_SERIAL, at(2119, 1, 11, 0, 0, 0), 0},
        {"1704067200", TSL__DATE_SECONDS, at(2024, 1, 1, 0, 0, 0), 1},
        {"1704067199.999", TSL__DATE_SECONDS, at(2023, 12, 31, 23, 59, 59), 1},
        {"100000000", TSL__DATE_SECONDS, at(1973, 3, 3, 9, 46, 40), 1},
        {"1234567890", TSL__DATE_SECONDS, at(2009, 2, 13, 23, 31, 30), 1},
        {"1704067200000", TSL__DATE_MILLISECONDS, at(2024, 1, 1, 0, 0, 0), 1},
        {"1234567890999", TSL__DATE_MILLISECONDS, at(2009, 2, 13, 23, 31, 30), 1},
        {"1704067200000000", TSL__DATE_MICROSECONDS, at(2024, 1, 1, 0, 0, 0), 1},
        {"1704067200999999999", TSL__DATE_NANOSECONDS, at(2024, 1, 1, 0, 0, 0), 1},
        {"100000000000000000", TSL__DATE_NANOSECONDS, at(1973, 3, 3, 9, 46, 40), 1},
        {"7289654399999999999", TSL__DATE_NANOSECONDS, at(2200, 12, 31, 23, 59, 59), 1}, /* the last */
        {"20240102", TSL__DATE_COMPACT, at(2024, 1, 2, 0, 0, 0), 0},
        {"20240102143000", TSL__DATE_COMPACT, at(2024, 1, 2, 14, 30, 0), 1},
        {"202401021430", TSL__DATE_COMPACT, at(2024, 1, 2, 14, 30, 0), 1}, /* not milliseconds of 1976 */
        {"170406720000", TSL__DATE_MILLISECONDS, at(1975, 5, 27, 7, 12, 0), 1},
        {"20240102240000", TSL__DATE_COMPACT, at(2024, 1, 3, 0, 0, 0), 1},
        {"22001231", TSL__DATE_COMPACT, at(2200, 12, 31, 0, 0, 0), 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__moment m;
        tsl__span cell = tsl__span_make(cases[i].text);
        assert_true(tsl__number_date_is(cell));
        tsl__number_date_read(cell, &m);
        if (m.fault != TSL__DATE_GOOD || m.form != cases[i].form || m.seconds != cases[i].value ||
            m.has_clock != cases[i].has_clock) {
            fail_msg("%s: form %d, %lld, clock %d, fault %d", cases[i].text, (int)m.form, (long long)m.seconds,
                     m.has_clock, (int)m.fault);
        }
        assert_int_equal(m.has_zone, cases[i].form >= TSL__DATE_SECONDS); /* UTC */
        assert_true(tsl__date_form_is_number(m.form));
    }
}

static void test_none(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "00",
        "007",
        "80001",
        "99999",
        "123456",
        "1234567",
        "20241301",
        "12345678901",
        "17040672000000000", /* of 17 and 20 digits */
        "17040672000000000000",
        "7289654400000000000", /* in 2201 */
        "9223372036854775808", /* beyond 63 and 64 bits */
        "9999999999999999999",
        "18446744073709551617704067200",
        "1704067200000000000.5",
        "0170406720000000000",
        "9999999999",
        "9999999999999",
        "2024010214301.5",
        "1704067200.5.",
        "1704067200000.5",
        "20240102.5",
        "17040672000",
        "17040672000000001",
        "202401021430.5",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__moment m;
        tsl__span cell = tsl__span_make(cases[i]);
        if (tsl__number_date_is(cell)) {
            tsl__number_date_read(cell, &m);
            if (m.form != TSL__DATE_NONE || m.fault == TSL__DATE_GOOD) {
                fail_msg("%s is read as form %d", cases[i], (int)m.form);
            }
        }
    }
    static const char *const others[] = {"", ".", ".5", "5.", "1.2.3", "-1", "+1", "1e5", "1,5", " 1", "4529x"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(tsl__number_date_is(tsl__span_make(others[i])));
    }
}

/* No number is of two kinds: the count of digits tells. */
static void test_years(void **state)
{
    (void)state;
    assert_true(tsl__serial_is_year((INT64_C(1900) - 25569) * TSL__DAY_SECONDS));
    assert_true(tsl__serial_is_year((INT64_C(2200) - 25569) * TSL__DAY_SECONDS));
    assert_false(tsl__serial_is_year((INT64_C(2201) - 25569) * TSL__DAY_SECONDS));
    assert_false(tsl__serial_is_year((INT64_C(2000) - 25569) * TSL__DAY_SECONDS + 1));
    assert_false(tsl__serial_is_year((INT64_C(45292) - 25569) * TSL__DAY_SECONDS));
}

static void test_days_of_month(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        int is_day;
    } cases[] = {{"1", 1}, {"31", 1}, {"32", 0}, {"59", 0}, {"711", 0}, {"45292", 0}, {"7.5", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__moment m;
        tsl__number_date_read(tsl__span_make(cases[i].cell), &m);
        assert_int_equal(m.form, TSL__DATE_SERIAL);
        assert_int_equal(tsl__serial_is_day_of_month(m.seconds), cases[i].is_day);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_days_of_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
