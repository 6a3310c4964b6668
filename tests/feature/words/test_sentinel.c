/* test_sentinel.c: numbers that stand for missing ones, and those that do not. */
#include "feature/words/sentinel.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 200 };

/* So many rows of one value among whole numbers from low to high. */
static double find(double one, size_t rows, int low, int high)
{
    double x[ROWS];
    size_t count;
    for (size_t i = 0; i < ROWS; i++) {
        x[i] = i < rows ? one : low + (int)(i * 7) % (high - low + 1);
    }
    const tsl_column column = {.type = TSL_TYPE_NUMBER, .number = x};
    const double found = tsl__sentinel_find(&column, ROWS, &count);
    assert_true(isnan(found) ? count == 0 : count == rows);
    return found;
}

static void test_found(void **state)
{
    (void)state;
    assert_true(find(-999, 10, 0, 100) == -999);
    assert_true(find(99, 10, 1, 5) == 99); /* ten ranges away, as the values are few */
    assert_true(find(9999, 4, 0, 300) == 9999);
    assert_true(find(-99, 20, 1, 50) == -99);
    assert_true(isnan(find(NAN, 10, 1, 50)));
}

static void test_spared(void **state)
{
    (void)state;
    assert_true(isnan(find(-1, 10, 0, 5)));   /* no farther than the others are from one another */
    assert_true(isnan(find(99, 10, 20, 80))); /* an age */
    assert_true(isnan(find(99, 10, 20, 29)) == 0);
    assert_true(isnan(find(99, 10, 20, 28)));   /* nine prices */
    assert_true(isnan(find(-998, 10, 0, 100))); /* other digits */
    assert_true(isnan(find(9, 10, 0, 1)));      /* a digit */
    assert_true(isnan(find(-999, 1, 0, 100)));  /* one cell */
    assert_true(isnan(find(-999, 21, 0, 100))); /* over a tenth of the rows */
    assert_true(isnan(find(-1, 10, -4, -3)));   /* other negative numbers */
    assert_true(isnan(find(-999, 10, 5, 5)));   /* nothing else varies */
}

/* So many cells of 0, of 1 and of another value. */
static tsl__beside find_beside(size_t none, size_t one, size_t others, double other)
{
    double x[ROWS];
    const size_t rows = none + one + others;
    for (size_t i = 0; i < rows; i++) {
        x[i] = i < none ? 0 : i < none + one ? 1 : other;
    }
    return tsl__beside_find(x, rows);
}

static void test_beside(void **state)
{
    (void)state;
    static const double unknown[] = {-1, 9, 99, 999, -9, -99, -999};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_int_equal(find_beside(100, 50, 20, unknown[i]), TSL__BESIDE_UNKNOWN);
        assert_int_equal(find_beside(20, 10, 160, unknown[i]), TSL__BESIDE_UNKNOWN);
        assert_int_equal(find_beside(100, 0, 20, unknown[i]), TSL__BESIDE_OTHERS);
    }
    assert_int_equal(find_beside(60, 60, 60, -1), TSL__BESIDE_THIRD);
    assert_int_equal(find_beside(60, 60, 60, 9), TSL__BESIDE_UNKNOWN);
    assert_int_equal(find_beside(30, 30, 15, -1), TSL__BESIDE_THIRD);
    assert_int_equal(find_beside(30, 31, 15, -1), TSL__BESIDE_UNKNOWN);
    assert_int_equal(find_beside(100, 50, 20, 2), TSL__BESIDE_ANSWERS);
    assert_int_equal(find_beside(100, 50, 20, .5), TSL__BESIDE_ANSWERS);
    assert_int_equal(find_beside(100, 50, 20, NAN), TSL__BESIDE_NOTHING);
    assert_int_equal(find_beside(100, 50, 0, 0), TSL__BESIDE_NOTHING);
    assert_int_equal(find_beside(100, 0, 0, 0), TSL__BESIDE_OTHERS); /* 0 alone */
}

/* Several values beside 0 and 1. */
static void test_several(void **state)
{
    (void)state;
    static const double codes[] = {0, 1, -1, 9, 0, 1, -1, NAN}, answers[] = {0, 1, -1, 2, 0, 1, 3, NAN},
                        score[] = {0, 1, 2, 3, 4, 5, 6, 7};
    assert_int_equal(tsl__beside_find(codes, 8), TSL__BESIDE_UNKNOWN); /* a quarter is -1, but 9 is a code as well */
    assert_int_equal(tsl__beside_find(answers, 8), TSL__BESIDE_ANSWERS);
    assert_int_equal(tsl__beside_find(score, 8), TSL__BESIDE_OTHERS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_found), cmocka_unit_test(test_spared),
                                       cmocka_unit_test(test_beside), cmocka_unit_test(test_several)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
