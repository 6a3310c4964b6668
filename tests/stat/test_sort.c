/* test_sort.c: numbers in rising order, against qsort; quantiles and counts of sorted ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "stat/sort.h"

static int compare(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;
    return (a > b) - (a < b);
}

/* The bits, too: where qsort leaves -0 and 0 as they came, all are 0. */
static void check(double *values, size_t n)
{
    double *expected = malloc((n + 1) * sizeof *expected), *scratch = malloc((n + 1) * sizeof *scratch);
    for (size_t i = 0; i < n; i++) {
        expected[i] = values[i] + 0.0;
    }
    qsort(expected, n, sizeof *expected, compare);
    tsl__sort(values, scratch, n);
    assert_memory_equal(values, expected, n * sizeof *values);
    free(expected);
    free(scratch);
}

/* Of one kind of number each: all bits at random, small integers, money, one
 * value over and over, numbers that differ in their last bits. */
static double draw(int kind, tsl__rng *rng)
{
    static const double extreme[] = {0.0,      -0.0,   INFINITY, -INFINITY,   DBL_MIN, -DBL_MIN, DBL_MAX,
                                     -DBL_MAX, 5e-324, -5e-324,  DBL_EPSILON, 1,       -1,       1e300};
    double x;
    uint64_t bits = tsl__rng_u64(rng);
    switch (kind) {
    case 0:
        memcpy(&x, &bits, sizeof x);
        return isnan(x) ? (double)INFINITY : x;
    case 1:
        return (double)(bits % 100);
    case 2:
        return (double)((int64_t)(bits % 20000000) - 10000000) / 100;
    case 3:
        return 42;
    case 4:
        return 1 + (double)(bits % 7) * DBL_EPSILON;
    default:
        return extreme[bits % (sizeof extreme / sizeof *extreme)];
    }
}

static void test_against_qsort(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 3, 7, 64, 2047, 2048, 2049, 4096, 70001};
    tsl__rng rng = tsl__rng_open(11, 1, 1);
    double *values = malloc(70001 * sizeof *values);
    for (int kind = 0; kind < 6; kind++) {
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            for (size_t i = 0; i < sizes[s]; i++) {
                values[i] = draw(kind, &rng);
            }
            check(values, sizes[s]);
        }
    }
    free(values);
}

/* Sorted already, and the other way round. */
static void test_orders(void **state)
{
    (void)state;
    enum { N = 5000 };
    static double values[N];
    for (int i = 0; i < N; i++) {
        values[i] = i - N / 2;
    }
    check(values, N);
    for (int i = 0; i < N; i++) {
        values[i] = N / 2 - i;
    }
    check(values, N);
    assert_true(values[0] == 1 - N / 2 && values[N - 1] == N / 2);
}

/* numpy.quantile([1, 2, 4, 8, 16], p), and by the definition on many. */
static void test_quantile(void **state)
{
    (void)state;
    static const double few[] = {1, 2, 4, 8, 16}, one[] = {3.5};
    static const struct {
        double p, expected;
    } cases[] = {{0, 1}, {.1, 1.4}, {.25, 2}, {.3, 2.4}, {.5, 4}, {.9, 12.8}, {1, 16}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(fabs(tsl__sorted_quantile(few, 5, cases[i].p) - cases[i].expected) < 1e-12);
        assert_true(tsl__sorted_quantile(one, 1, cases[i].p) == 3.5);
    }
    static const double far[] = {-1.7e308, 1.7e308}; /* further apart than a double reaches */
    assert_true(tsl__sorted_quantile(far, 2, .5) == 0);
    assert_true(fabs(tsl__sorted_quantile(far, 2, .75) / 8.5e307 - 1) < 1e-15);
}

static void test_counts(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(5, 1, 1);
    double values[300], scratch[300];
    for (size_t n = 0; n <= 300; n += 1 + n / 3) {
        for (size_t i = 0; i < n; i++) {
            values[i] = (double)tsl__rng_below(&rng, 20);
        }
        tsl__sort(values, scratch, n);
        for (int halves = -2; halves <= 42; halves++) {
            const double x = halves / 2.;
            size_t below = 0, up_to = 0;
            for (size_t i = 0; i < n; i++) {
                below += values[i] < x;
                up_to += values[i] <= x;
            }
            assert_int_equal(tsl__sorted_below(values, n, x), below);
            assert_int_equal(tsl__sorted_up_to(values, n, x), up_to);
        }
    }
}

/* What goes with the numbers follows them; equal ones stay in their order. */
static void test_company(void **state)
{
    (void)state;
    enum { N = 3000 };
    static double values[N], with[N], before[N], scratch[2 * N];
    tsl__rng rng = tsl__rng_open(6, 1, 1);
    for (int kind = 0; kind < 6; kind++) {
        for (size_t i = 0; i < N; i++) {
            before[i] = values[i] = draw(kind, &rng);
            with[i] = (double)i;
        }
        tsl__sort_with(values, with, scratch, N);
        for (size_t i = 0; i < N; i++) {
            assert_true(values[i] == before[(size_t)with[i]]);
            assert_true(i == 0 || values[i] > values[i - 1] || (values[i] == values[i - 1] && with[i] > with[i - 1]));
        }
    }
    tsl__sort_with(values, with, scratch, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_qsort), cmocka_unit_test(test_orders),
                                       cmocka_unit_test(test_quantile), cmocka_unit_test(test_counts),
                                       cmocka_unit_test(test_company)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
