/* test_typed.c: what a cell of an array holds, as the text and the decimal that a CSV file would give. */
#include "table/cell/typed.h"

#include "base/rng.h"
#include "help.h"

static const char *show(tsl__typed cell)
{
    static char out[TSL__TYPED_BYTES];
    tsl__span text = tsl__typed_show(&cell, out);
    assert_true(text.n < TSL__TYPED_BYTES);
    memmove(out, text.s, text.n);
    out[text.n] = 0;
    return out;
}

static tsl__typed number(double value)
{
    return (tsl__typed){.form = TSL__TYPED_NUMBER, .number = value};
}

static tsl__typed single(float value)
{
    return (tsl__typed){.form = TSL__TYPED_NUMBER, .number = (double)value, .is_single = 1};
}

static tsl__typed decimal(__int128 units, int places)
{
    return (tsl__typed){.form = TSL__TYPED_DECIMAL, .units = units, .places = places};
}

static tsl__typed at(tsl__typed_form form, int64_t seconds)
{
    return (tsl__typed){.form = form, .seconds = seconds, .units = seconds, .per_second = 1};
}

/* A time beyond all calendars, in other units than seconds. */
static tsl__typed far_time(int64_t units, int64_t per_second)
{
    return (tsl__typed){.form = TSL__TYPED_TIME, .seconds = INT64_MAX, .units = units, .per_second = per_second};
}

static void test_texts(void **state)
{
    (void)state;
    const __int128 half = (__int128)1 << 126, most = half - 1 + half;
    assert_string_equal(show(number(0.1)), "0.1");
    assert_string_equal(show(number(17850)), "17850");
    assert_string_equal(show(number(-1e300)), "-1e+300");
    assert_string_equal(show(number((double)INFINITY)), "inf");
    assert_string_equal(show(single(0.1f)), "0.1");
    assert_string_equal(show(single(16777216)), "16777216");
    assert_string_equal(show(single(1e20f)), "1e+20");
    assert_string_equal(show(single(0)), "0");
    assert_string_equal(show(single((float)INFINITY)), "inf");
    assert_string_equal(show(decimal(-5, 2)), "-0.05");
    assert_string_equal(show(decimal(1250, 2)), "12.50");
    assert_string_equal(show(decimal(INT64_MIN, 0)), "-9223372036854775808");
    assert_string_equal(show(decimal(most, 38)), "1.70141183460469231731687303715884105727");
    assert_string_equal(show(decimal(-most - 1, 0)), "-170141183460469231731687303715884105728");
    assert_string_equal(show(at(TSL__TYPED_DAY, 17500 * 86400)), "2017-11-30");
    assert_string_equal(show(at(TSL__TYPED_TIME, 17500 * 86400 + 8 * 3600 + 26 * 60)), "2017-11-30 08:26:00");
    assert_string_equal(show(at(TSL__TYPED_TIME, -1)), "1969-12-31 23:59:59");
    assert_string_equal(show(at(TSL__TYPED_TIME, INT64_MAX)), "9223372036854775807 seconds since 1970-01-01");
    assert_string_equal(show(far_time(INT64_MIN, 1)), "-9223372036854775808 seconds since 1970-01-01");
    assert_string_equal(show(far_time(INT64_MIN, 1000)), "-9223372036854775808 milliseconds since 1970-01-01");
    assert_string_equal(show(far_time(5, 1000000)), "5 microseconds since 1970-01-01");
    assert_string_equal(show(far_time(5, 1000000000)), "5 nanoseconds since 1970-01-01");
    assert_string_equal(
        show((tsl__typed){.form = TSL__TYPED_DAY, .seconds = INT64_C(20171231) * 86400, .units = 20171231}),
        "20171231 days since 1970-01-01");
    assert_string_equal(show((tsl__typed){.form = TSL__TYPED_BOOLEAN, .units = 1}), "true");
    assert_string_equal(show((tsl__typed){.form = TSL__TYPED_BOOLEAN}), "false");
    assert_string_equal(show((tsl__typed){.form = TSL__TYPED_MISSING}), "");
    assert_string_equal(show((tsl__typed){.form = TSL__TYPED_CODE, .units = -7}), "-7");
}

/* The decimal of a number is that of its text, whichever way it is found. */
static void check_decimal(tsl__typed cell)
{
    char out[TSL__TYPED_BYTES];
    tsl__decimal direct, by_text;
    int64_t a = 0, b = 0;
    int rounded_a = 0, rounded_b = 0;
    int none = tsl__cell_decimal(tsl__typed_show(&cell, out), &by_text);
    assert_int_equal(tsl__typed_decimal(&cell, &direct), none);
    if (none) {
        return;
    }
    assert_int_equal(tsl__decimal_get(direct, &a, &rounded_a), tsl__decimal_get(by_text, &b, &rounded_b));
    if (a != b || rounded_a != rounded_b) {
        fail_msg("%s: %lld, not %lld", out, (long long)a, (long long)b);
    }
}

static void test_decimals(void **state)
{
    (void)state;
    static const double kept[] = {0,     -0.0,   0.1,    0.30000000000000004, 0.00005,  0.00015, 1e15, 99999999999.9999,
                                  1e300, 5e-324, 1e-300, 922337203685477.5,   1e16 + 2, 0.12345, 2.5,  -12.5};
    tsl__decimal out;
    tsl__rng rng = tsl__rng_open(1, 2, 3);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        check_decimal(number(kept[i]));
    }
    check_decimal(number((double)INFINITY));
    for (int i = 0; i < 200000; i++) {
        double units = (double)tsl__rng_below(&rng, UINT64_C(1) << (1 + i % 60));
        check_decimal(number(units / 10000));
        check_decimal(number(units / 1000000));
        check_decimal(single((float)(units / 100)));
        check_decimal(decimal((__int128)units * (i % 2 ? 1 : -1), i % 20));
    }
    tsl__typed day = at(TSL__TYPED_DAY, 0), yes = {.form = TSL__TYPED_BOOLEAN, .units = 1};
    assert_int_equal(tsl__typed_decimal(&day, &out), -1);
    assert_int_equal(tsl__typed_decimal(&yes, &out), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_texts), cmocka_unit_test(test_decimals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
