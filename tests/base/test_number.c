/* test_number.c: doubles in and out: the same bits back, the fewest digits, in every locale. */
#include "base/text.h"

#include "base/error.h"
#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/base.h>

/* The naive way: the first count of digits that reads back. */
static void write_naively(double value, char out[32])
{
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(out, 32, "%.*g", digits, value);
        if (strtod(out, NULL) == value) {
            return;
        }
    }
}

static void check_round_trip(double value)
{
    char out[32], naive[32];
    double back;
    tsl__double_write(value, out);
    assert_int_equal(tsl__double_read(out, strlen(out), &back), 0);
    assert_true(back == value);
    if (value != trunc(value) || fabs(value) >= 1e15) {
        write_naively(value, naive);
        assert_int_equal(strlen(out), strlen(naive));
    }
}

static void test_round_trip(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(1, 0, 0);
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = tsl__rng_u64(&rng);
        double value;
        memcpy(&value, &bits, sizeof value); /* any exponent */
        if (isfinite(value)) {
            check_round_trip(value);
        }
        check_round_trip((double)(int64_t)tsl__rng_below(&rng, 2000000000) / 100 - 1e7);
        check_round_trip(tsl__rng_uniform(&rng));
    }
    for (int e = -1074; e < 1024; e++) {
        check_round_trip(ldexp(1, e));
        check_round_trip(-nextafter(ldexp(1, e), 0));
    }
}

static void test_written(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1, "-1"},
        {0.1, "0.1"},
        {0.5, "0.5"},
        {100000, "100000"},
        {1e14, "100000000000000"},
        {1e15, "1e+15"},
        {1e300, "1e+300"},
        {5e-324, "5e-324"},
        {1.0 / 3, "0.3333333333333333"},
        {8300065.814, "8300065.814"},
        {NAN, "nan"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {0.30000000000000004, "0.30000000000000004"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[32];
        tsl__double_write(rows[i].value, out);
        assert_string_equal(out, rows[i].text);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",    " 1",  "1 ",  "1,5", "0x10", "1e", "--1", "1.2.3", "abc", "\t1",
                                      "\v1", "1_0", "1'0", "$1",  "1e5x", ".",  "+",   "1\n",   "٣",   "0X1p3"};
    static const struct {
        const char *text;
        double value;
    } good[] = {{"1", 1}, {"+1.5", 1.5}, {"-.5", -.5}, {"5.", 5}, {"1e3", 1000}, {"1E-2", .01}, {"1e999", INFINITY}};
    double value = 42;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (tsl__double_read(bad[i], strlen(bad[i]), &value) == 0) {
            fail_msg("\"%s\" was read", bad[i]);
        }
    }
    assert_int_not_equal(tsl__double_read("1\0"
                                          "2",
                                          3, &value),
                         0);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_int_equal(tsl__double_read(good[i].text, strlen(good[i].text), &value), 0);
        assert_true(value == good[i].value);
    }
    assert_int_equal(tsl__double_read("12345", 2, &value), 0); /* not NUL-terminated at n */
    assert_true(value == 12);
}

/* With a comma for its decimal point: a locale that the build makes, where the system can. */
static void test_locale(void **state)
{
    (void)state;
    if (!setlocale(LC_NUMERIC, "comma")) {
        print_message("there is no locale with a decimal comma\n");
        skip();
    }
    char out[8];
    snprintf(out, sizeof out, "%.1f", 1.5);
    assert_string_equal(out, "1,5");
    tsl_error err;
    tsl__text text = {0};
    tsl__error_set(&err, TSL_E_OPTION, "%g is above %.2f", 0.5, 0.25);
    assert_string_equal(err.message, "0.5 is above 0.25");
    tsl__text_printf(&text, "%.1f;", 1234.5);
    assert_string_equal(text.data, "1234.5;");
    tsl__text_free(&text);
    snprintf(out, sizeof out, "%.1f", 1.5); /* the host's locale is as it was */
    assert_string_equal(out, "1,5");
    test_written(state);
    test_refused(state);
    test_round_trip(state);
    setlocale(LC_NUMERIC, "C");
}

static void test_powers_of_ten(void **state)
{
    (void)state;
    char text[32];
    uint64_t whole = 1;
    for (int n = 0; n <= TSL__MOST_TEN_DOUBLE; n++) {
        double back;
        snprintf(text, sizeof text, "1e%d", n);
        assert_int_equal(tsl__double_read(text, strlen(text), &back), 0);
        assert_true(tsl__ten_doubles[n] == back);
        if (n <= TSL__MOST_TEN) {
            assert_true(tsl__tens[n] == whole);
            whole *= 10;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_written),       cmocka_unit_test(test_refused),
        cmocka_unit_test(test_locale),     cmocka_unit_test(test_powers_of_ten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
