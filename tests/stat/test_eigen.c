/* test_eigen.c: eigenvectors by what they are, and of a matrix that is known. */
#include "base/rng.h"
#include "stat/eigen.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 12 };

/* A v = value v, orthonormal, falling. */
static void check(const double *a, size_t n)
{
    double copy[MOST * MOST], value[MOST], vector[MOST * MOST];
    memcpy(copy, a, n * n * sizeof *a);
    tsl__eigen_symmetric(copy, n, value, vector);
    for (size_t j = 0; j < n; j++) {
        assert_true(j == 0 || value[j] <= value[j - 1]);
        for (size_t i = 0; i < n; i++) {
            double product = 0, other = 0;
            for (size_t l = 0; l < n; l++) {
                product += a[i * n + l] * vector[l * n + j];
                other += vector[l * n + i] * vector[l * n + j];
            }
            assert_true(fabs(product - value[j] * vector[i * n + j]) < 1e-13 * (1 + fabs(value[0])));
            assert_true(fabs(other - (i == j)) < 1e-13);
        }
    }
}

static void test_by_definition(void **state)
{
    (void)state;
    double a[MOST * MOST];
    for (uint32_t key = 0; key < 24; key++) {
        tsl__rng rng = tsl__rng_open(1, 2, key);
        const size_t n = 1 + key % MOST;
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j <= i; j++) {
                a[i * n + j] = a[j * n + i] = key % 3 && i % 4 == 3 ? 0 : tsl__rng_uniform(&rng) - 0.3;
            }
        }
        check(a, n);
    }
}

/* The second difference of n points: 2 - 2 cos(j pi / (n + 1)). */
static void test_known(void **state)
{
    (void)state;
    enum { N = 10 };
    double a[N * N] = {0}, value[N], vector[N * N];
    for (size_t i = 0; i < N; i++) {
        a[i * N + i] = 2;
        if (i > 0) {
            a[i * N + i - 1] = a[(i - 1) * N + i] = -1;
        }
    }
    tsl__eigen_symmetric(a, N, value, vector);
    for (size_t j = 0; j < N; j++) {
        assert_true(fabs(value[j] - (2 - 2 * cos((double)(N - j) * M_PI / (N + 1)))) < 1e-14);
    }
}

static void test_limits(void **state)
{
    (void)state;
    double zero[4] = {0}, value[2], vector[4], one[] = {-3};
    tsl__eigen_symmetric(zero, 2, value, vector);
    assert_true(value[0] == 0 && value[1] == 0 && vector[0] == 1 && vector[3] == 1 && vector[1] == 0);
    tsl__eigen_symmetric(one, 1, value, vector);
    assert_true(value[0] == -3 && vector[0] == 1);
    check((double[]){1e150, 1e149, 1e149, 1e150}, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_definition), cmocka_unit_test(test_known),
                                       cmocka_unit_test(test_limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
