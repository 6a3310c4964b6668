/* test_decimal.c: exact decimals against 128-bit integers worked out by hand and against doubles. */
#include "expr/decimal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <tesela/base.h>

static tsl__decimal make(long long units, int places)
{
    return tsl__decimal_make(units, -places, 0);
}

static int64_t value_of(tsl__decimal a)
{
    int64_t value = -999;
    int rounded = -1;
    assert_int_equal(tsl__decimal_get(a, &value, &rounded), TSL__DECIMAL_OK);
    return value;
}

static int rounds(tsl__decimal a)
{
    int64_t value;
    int rounded = -1;
    assert_int_equal(tsl__decimal_get(a, &value, &rounded), TSL__DECIMAL_OK);
    return rounded;
}

static void test_arithmetic(void **state)
{
    (void)state;
    assert_int_equal(value_of(tsl__decimal_multiply(make(255, 2), make(6, 0))), 153000);
    assert_int_equal(value_of(tsl__decimal_add(make(1, 1), make(2, 2))), 1200);
    assert_int_equal(value_of(tsl__decimal_subtract(make(1, 0), make(3, 0))), -20000);
    assert_int_equal(value_of(tsl__decimal_negate(make(15, 1))), -15000);
    assert_int_equal(value_of(tsl__decimal_divide(make(1, 0), make(3, 0))), 3333);
    assert_int_equal(value_of(tsl__decimal_divide(make(-2, 0), make(3, 0))), -6667);
    /* What doubles get wrong: 0.1 + 0.2 - 0.3 is nothing. */
    assert_int_equal(value_of(tsl__decimal_subtract(tsl__decimal_add(make(1, 1), make(2, 1)), make(3, 1))), 0);
}

static void test_rounds_half_to_even(void **state)
{
    (void)state;
    assert_int_equal(value_of(make(100005, 5)), 10000); /* 1.00005: a tie, to the even 1.0000 */
    assert_int_equal(value_of(make(100015, 5)), 10002);
    assert_int_equal(value_of(make(-100015, 5)), -10002);
    assert_int_equal(value_of(make(1000051, 6)), 10001); /* just above the tie */
    assert_true(rounds(make(100005, 5)));
    assert_false(rounds(make(10000500, 6) /* 10.0005 */));
}

/* 1.00005 - 1e-13 lies below the tie: cutting it to 12 places first must not make it one. */
static void test_rounds_once(void **state)
{
    (void)state;
    tsl__decimal below = tsl__decimal_make(10001499999999, -13, 0); /* 1.0001499999999 */
    tsl__decimal above = tsl__decimal_make(10000500000001, -13, 0); /* 1.0000500000001 */
    assert_int_equal(value_of(below), 10001);
    assert_int_equal(value_of(above), 10001);
    /* 1 / 3.0003... : a quotient that would be a tie if it were cut. 2.00005 = 4.0001 / 2 exactly is a tie, */
    assert_int_equal(value_of(tsl__decimal_divide(make(40001, 4), make(2, 0))), 20000);
    /* and a hair more is not. */
    assert_int_equal(value_of(tsl__decimal_divide(make(400010000001, 11), make(2, 0))), 20001);
    /* digits beyond those kept: 0.00005 and something is above the tie */
    assert_int_equal(value_of(tsl__decimal_make(5, -5, 1)), 1);
    assert_int_equal(value_of(tsl__decimal_make(5, -5, 0)), 0);
}

static void test_failures_travel(void **state)
{
    (void)state;
    tsl__decimal zero = make(0, 0), one = make(1, 0);
    int64_t value = 7;
    int rounded = 0;
    tsl__decimal divided = tsl__decimal_divide(one, zero);
    assert_int_equal(divided.state, TSL__DECIMAL_ZERO_DIVISION);
    assert_int_equal(tsl__decimal_add(one, divided).state, TSL__DECIMAL_ZERO_DIVISION);
    assert_int_equal(tsl__decimal_multiply(tsl__decimal_missing(), one).state, TSL__DECIMAL_MISSING);
    assert_int_equal(tsl__decimal_negate(tsl__decimal_missing()).state, TSL__DECIMAL_MISSING);
    assert_int_equal(tsl__decimal_get(divided, &value, &rounded), TSL__DECIMAL_ZERO_DIVISION);
    assert_int_equal(value, 7);
}

static void test_limits(void **state)
{
    (void)state;
    int64_t value;
    int rounded;
    tsl__decimal most = tsl__decimal_make(INT64_MAX, -4, 0);
    assert_int_equal(value_of(most), INT64_MAX);
    assert_int_equal(value_of(tsl__decimal_negate(most)), -INT64_MAX); /* INT64_MIN means missing */
    assert_int_equal(tsl__decimal_get(tsl__decimal_add(most, make(1, 4)), &value, &rounded), TSL__DECIMAL_OVERFLOW);
    assert_int_equal(tsl__decimal_get(tsl__decimal_make(1, 15, 0), &value, &rounded), TSL__DECIMAL_OVERFLOW);
    assert_int_equal(tsl__decimal_make(1, 40, 0).state, TSL__DECIMAL_OVERFLOW);
    assert_int_equal(value_of(tsl__decimal_make(0, 40, 0)), 0);
    tsl__decimal big = tsl__decimal_make(1, 30, 0);
    assert_int_equal(tsl__decimal_multiply(big, big).state, TSL__DECIMAL_OVERFLOW);
    /* too small to see, but not nothing: it does not become 0.0001 */
    assert_int_equal(value_of(tsl__decimal_make(1, -200, 0)), 0);
    assert_true(rounds(tsl__decimal_make(1, -200, 0)));
    /* zeros behind a value do not cost it its room */
    tsl__decimal padded = tsl__decimal_make((__int128)1000000000000000000 * 1000000, -12, 0);
    assert_int_equal(value_of(tsl__decimal_divide(tsl__decimal_multiply(padded, make(3, 0)), padded)), 30000);
}

/* Random operations stay within half a unit of the long double result. */
static void test_against_doubles(void **state)
{
    (void)state;
    uint64_t seed = 42;
    for (int i = 0; i < 20000; i++) {
        long long u[2];
        int p[2];
        for (int k = 0; k < 2; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            u[k] = (long long)(seed >> 40) - 8000000;
            p[k] = (int)(seed >> 33 & 7) % 6;
        }
        if (u[1] == 0) {
            continue;
        }
        tsl__decimal a = make(u[0], p[0]), b = make(u[1], p[1]);
        long double x = (long double)u[0] / powl(10, p[0]), y = (long double)u[1] / powl(10, p[1]);
        long double expected[] = {x + y, x - y, x * y, x / y};
        tsl__decimal got[] = {tsl__decimal_add(a, b), tsl__decimal_subtract(a, b), tsl__decimal_multiply(a, b),
                              tsl__decimal_divide(a, b)};
        for (int k = 0; k < 4; k++) {
            int64_t value;
            int rounded;
            if (fabsl(expected[k]) > 9e14L) {
                continue;
            }
            assert_int_equal(tsl__decimal_get(got[k], &value, &rounded), TSL__DECIMAL_OK);
            assert_true(fabsl((long double)value - expected[k] * 10000) <= 0.5L + 1e-3L);
        }
    }
}

/* What was calculated in binary is what it was meant to be, in 15 digits. */
static void test_of_doubles(void **state)
{
    (void)state;
    static const struct {
        double value;
        long long units;
        int places;
    } cases[] = {
        {4.5, 45, 1},
        {0.1 + 0.2, 3, 1},
        {4.35, 435, 2},
        {-1e-12, -1, 12},
        {0, 0, 0},
        {123456.78, 12345678, 2},
        {1.0 / 3, 333333333333, 12},
        {-2.5, -25, 1},
        {1e15 + 1, 1000000000000001, 0},
        {9007199254740993.0, 9007199254740992, 0},
        {(4.4 + 4.6) / 2, 45, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl__decimal taken = tsl__decimal_take(cases[i].value);
        assert_int_equal(taken.state, TSL__DECIMAL_OK);
        assert_int_equal(tsl__decimal_compare(taken, make(cases[i].units, cases[i].places)), 0);
    }
    assert_int_equal(tsl__decimal_take((double)NAN).state, TSL__DECIMAL_MISSING);
    assert_int_equal(tsl__decimal_take((double)INFINITY).state, TSL__DECIMAL_OVERFLOW);
    assert_int_equal(tsl__decimal_take(-1e40).state, TSL__DECIMAL_OVERFLOW);
    assert_int_equal(tsl__decimal_take(1e30).state, TSL__DECIMAL_OK);
    /* decimals of up to 15 digits come back, whatever they were divided by */
    for (long long units = 1; units < 100000000000000; units = units * 7 + 3) {
        for (int places = 0; places <= 6; places++) {
            const double value = (double)units / pow(10, places);
            assert_int_equal(tsl__decimal_compare(tsl__decimal_take(value), make(units, places)), 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arithmetic),  cmocka_unit_test(test_rounds_half_to_even),
        cmocka_unit_test(test_rounds_once), cmocka_unit_test(test_failures_travel),
        cmocka_unit_test(test_limits),      cmocka_unit_test(test_against_doubles),
        cmocka_unit_test(test_of_doubles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
