/* test_moments.c: mean, spread and skewness, against long double, of numbers of any size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "stat/moments.h"

/* In long double, whose range takes the squares of any double. */
static void check(const double *values, size_t n, size_t stride, double within)
{
    long double sum = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (long double)values[i * stride];
    }
    long double mean = sum / (long double)n;
    for (size_t i = 0; i < n; i++) {
        long double off = (long double)values[i * stride] - mean;
        square += off * off;
    }
    long double sd = sqrtl(square / (long double)n), most = sd > fabsl(mean) ? sd : fabsl(mean);
    tsl__moments m = tsl__moments_get(values, NULL, n, stride);
    assert_true(fabsl((long double)m.mean - mean) <= within * most);
    assert_true(fabsl((long double)m.sd - sd) <= within * most);
    double variance = (double)(square / (long double)n); /* infinite or 0 where a double cannot hold it */
    if (isfinite(variance) && variance > DBL_MIN) {
        assert_true(fabs(m.variance - variance) <= 4 * within * (double)(most * most) ||
                    !isfinite((double)(most * most)));
    } else {
        assert_true(m.variance == variance || (m.variance <= DBL_MIN && variance <= DBL_MIN));
    }
}

static void test_by_hand(void **state)
{
    (void)state;
    static const double values[] = {1, -1, 2, -1, 4, -1, 8, -1, 16, -1};
    tsl__moments m = tsl__moments_get(values, NULL, 5, 2);
    assert_true(fabs(m.mean - 6.2) < 1e-15);
    assert_true(fabs(m.variance - 29.76) < 1e-14);
    assert_true(fabs(m.sd - sqrt(29.76)) < 1e-14);
    m = tsl__moments_get(values + 1, NULL, 5, 2); /* all alike */
    assert_true(m.mean == -1 && m.variance == 0 && m.sd == 0);
    m = tsl__moments_get(values + 8, NULL, 1, 1);
    assert_true(m.mean == 16 && m.variance == 0 && m.sd == 0);
}

/* From subnormal to the greatest: the scale changes nothing but the exponent. */
static void test_sizes(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 3, 100, 4096, 10007};
    tsl__rng rng = tsl__rng_open(3, 1, 1);
    double *values = malloc(3 * 10007 * sizeof *values);
    for (int exponent = -1020; exponent <= 1020; exponent += 60) {
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            for (size_t i = 0; i < 3 * counts[c]; i++) {
                values[i] = ldexp(tsl__rng_uniform(&rng) - .25, exponent);
            }
            check(values, counts[c], 1, 1e-13);
            check(values, counts[c], 3, 1e-13);
        }
    }
    free(values);
}

static void test_extremes(void **state)
{
    (void)state;
    static const double most[] = {1.7e308, -1.7e308, 1.7e308, -1.7e308}, far[] = {1e300, 1e-300, 0, -1e300};
    static const double least[] = {5e-324, 0, -5e-324, 1e-320}, zeros[] = {0.0, -0.0, 0.0};
    check(most, 4, 1, 1e-15);
    assert_true(tsl__moments_get(most, NULL, 4, 1).sd == 1.7e308 && isinf(tsl__moments_get(most, NULL, 4, 1).variance));
    check(far, 4, 1, 1e-15);
    tsl__moments m = tsl__moments_get(least, NULL, 4, 1);
    assert_true(m.sd > 4e-321 && m.sd < 5e-321); /* 1e-320 and three of next to nothing: 1e-320 x sqrt(3) / 4 */
    m = tsl__moments_get(zeros, NULL, 3, 1);
    assert_true(m.mean == 0 && m.variance == 0 && m.sd == 0);
}

/* A great offset is no spread. */
static void test_offset(void **state)
{
    (void)state;
    double values[1000];
    for (int i = 0; i < 1000; i++) {
        values[i] = 1e9 + i % 2;
    }
    tsl__moments m = tsl__moments_get(values, NULL, 1000, 1);
    assert_true(m.mean == 1e9 + .5 && m.sd == .5 && m.variance == .25);
}

/* Weights are repetitions; what weighs nothing may lie anywhere, and weights of 1 change no bit. */
static void test_weights(void **state)
{
    (void)state;
    static const double unit[] = {1, 1e300, 1e-300};
    for (size_t u = 0; u < sizeof unit / sizeof *unit; u++) {
        const double e = unit[u], values[] = {1 * e, 1.7e308, 2 * e, 5 * e}, weight[] = {3, 0, 1, 2};
        const double out[] = {1 * e, 1 * e, 1 * e, 2 * e, 5 * e, 5 * e}, ones[] = {1, 1, 1, 1, 1, 1};
        const double most[] = {3e99, 0, 1e99, 2e99};
        tsl__moments m = tsl__moments_get(values, weight, 4, 1), n = tsl__moments_get(out, NULL, 6, 1);
        assert_true(fabs(m.mean / n.mean - 1) < 1e-15 && fabs(m.sd / n.sd - 1) < 1e-14);
        assert_true(m.mean > 2.49 * e && m.mean < 2.51 * e);
        m = tsl__moments_get(values, most, 4, 1);
        assert_true(fabs(m.mean / n.mean - 1) < 1e-14 && fabs(m.sd / n.sd - 1) < 1e-14);
        m = tsl__moments_get(out, ones, 6, 1);
        assert_memory_equal(&m, &n, sizeof m);
    }
}

/* Of 1, 2, 6 (deviations -2, -1, 3, cubes 18, squares 14) 6 / (14/3)^1.5; mirrored the other way. */
static void test_skewness(void **state)
{
    (void)state;
    const double x[] = {1, NAN, 2, 6}, mirrored[] = {-1, -9, -2, -9, -6, -9}, same[] = {4, 4, NAN}, none[] = {NAN};
    assert_true(fabs(tsl__skewness_get(x, 4, 1) - 6 / pow(14 / 3., 1.5)) < 1e-15);
    assert_true(fabs(tsl__skewness_get(mirrored, 3, 2) + 6 / pow(14 / 3., 1.5)) < 1e-15);
    assert_true(tsl__skewness_get(same, 3, 1) == 0);
    assert_true(tsl__skewness_get(none, 1, 1) == 0 && tsl__skewness_get(NULL, 0, 1) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_hand), cmocka_unit_test(test_skewness),
                                       cmocka_unit_test(test_sizes),   cmocka_unit_test(test_extremes),
                                       cmocka_unit_test(test_weights), cmocka_unit_test(test_offset)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
