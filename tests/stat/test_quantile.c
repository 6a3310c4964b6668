/* test_quantile.c: type-7 quantiles against a sorted naive reference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "stat/quantile.h"

static int compare(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;
    return (a > b) - (a < b);
}

static double naive(const double *sorted, size_t n, double p)
{
    double h = (double)(n - 1) * p;
    size_t k = (size_t)floor(h);
    return k + 1 < n ? sorted[k] + (h - (double)k) * (sorted[k + 1] - sorted[k]) : sorted[n - 1];
}

/* R: quantile(c(1, 2, 4, 8), c(0, .1, .5, .9, 1)) is 1, 1.3, 3, 6.8, 8. */
static void test_published(void **state)
{
    (void)state;
    double v[] = {8, 1, 4, 2}, q[5];
    const double p[] = {0, .1, .5, .9, 1}, expected[] = {1, 1.3, 3, 6.8, 8};
    tsl__quantiles(v, 4, p, 5, q);
    for (int i = 0; i < 5; i++) {
        assert_true(fabs(q[i] - expected[i]) < 1e-14);
    }
}

static void test_against_naive(void **state)
{
    (void)state;
    static const double p[] = {0, .001, .2, .25, .5, .5, .75, .9, .999, 1};
    tsl__rng rng = tsl__rng_open(1, 2, 3);
    for (size_t n = 1; n < 400; n = n * 3 / 2 + 1) {
        double v[600], sorted[600], q[10];
        for (size_t i = 0; i < n; i++) {
            v[i] = sorted[i] = floor(tsl__rng_uniform(&rng) * (n % 2 ? 10 : 1e6)); /* with and without ties */
        }
        qsort(sorted, n, sizeof *sorted, compare);
        tsl__quantiles(v, n, p, 10, q);
        for (int i = 0; i < 10; i++) {
            assert_true(fabs(q[i] - naive(sorted, n, p[i])) <= 1e-9);
        }
    }
}

/* Of arrays that stay as they are: the same bits as of all of them in one. */
static void test_parts(void **state)
{
    (void)state;
    static const double p[] = {0, .001, .25, .5, .9, 1};
    tsl__rng rng = tsl__rng_open(4, 2, 3);
    for (size_t n = 1; n < 3000; n = n * 3 / 2 + 1) {
        static double v[3000], kept[3000], one[3000];
        for (size_t i = 0; i < n; i++) {
            const double u = tsl__rng_uniform(&rng);
            v[i] = kept[i] = n % 3 == 0 ? floor(u * 10) : n % 3 == 1 ? exp(60 * u - 30) : u < .1 ? 0 : 1e6 + u;
        }
        const size_t a = n / 3, b = n / 2;
        const tsl__values part[] = {{v, a}, {NULL, 0}, {v + a, b - a}, {v + b, n - b}};
        for (size_t i = 0; i < sizeof p / sizeof *p; i++) {
            double q, expected;
            memcpy(one, v, n * sizeof *v);
            tsl__quantiles(one, n, &p[i], 1, &expected);
            assert_int_equal(tsl__quantile_of_parts(part, 4, p[i], &q), 0);
            assert_true(q == expected);
            assert_memory_equal(v, kept, n * sizeof *v);
        }
    }
}

/* Pieces that are read again and again. */
static int read_piece(void *user, size_t piece, tsl__values *out)
{
    *out = ((const tsl__values *)user)[piece];
    return 0;
}

static int read_nothing(void *user, size_t piece, tsl__values *out)
{
    (void)user;
    (void)piece;
    (void)out;
    return -1;
}

static void test_pieces(void **state)
{
    (void)state;
    static const double p[] = {0, .001, .25, .5, .9, 1};
    tsl__rng rng = tsl__rng_open(5, 2, 3);
    double q;
    for (size_t n = 1; n < 3000; n = n * 3 / 2 + 1) {
        static double v[3000], one[3000];
        for (size_t i = 0; i < n; i++) {
            const double u = tsl__rng_uniform(&rng);
            v[i] = n % 3 == 0 ? floor(u * 10) : n % 3 == 1 ? exp(60 * u - 30) : u < .1 ? -0.0 : 1e6 + u;
        }
        const size_t a = n / 3, b = n / 2;
        tsl__values part[] = {{v, a}, {NULL, 0}, {v + a, b - a}, {v + b, n - b}};
        for (size_t i = 0; i < sizeof p / sizeof *p; i++) {
            double expected;
            memcpy(one, v, n * sizeof *v);
            tsl__quantiles(one, n, &p[i], 1, &expected);
            assert_int_equal(tsl__quantile_of_pieces(read_piece, part, 4, p[i], &q), 0);
            assert_true(q == expected);
        }
    }
    assert_int_equal(tsl__quantile_of_pieces(read_nothing, NULL, 1, .5, &q), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parts), cmocka_unit_test(test_pieces),
                                       cmocka_unit_test(test_published), cmocka_unit_test(test_against_naive)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
