/* test_newton.c: least values of known functions, in a box, from poor starts; inverses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stat/newton.h"

/* Rosenbrock (1960): a curved valley. */
static double valley(void *user, const double *x, double *gradient, double *hessian)
{
    const double a = x[1] - x[0] * x[0], b = 1 - x[0];
    ++*(int *)user;
    gradient[0] = -400 * a * x[0] - 2 * b;
    gradient[1] = 200 * a;
    hessian[0] = 1200 * x[0] * x[0] - 400 * x[1] + 2;
    hessian[1] = hessian[2] = -400 * x[0];
    hessian[3] = 200;
    return 100 * a * a + b * b;
}

static void test_valley(void **state)
{
    (void)state;
    static const double start[][2] = {{-1.2, 1}, {5, -5}, {0, 10}, {-9, -9}};
    for (size_t s = 0; s < sizeof start / sizeof *start; s++) {
        double x[] = {start[s][0], start[s][1]};
        tsl__minimum found;
        int calls = 0;
        tsl__newton_minimize(valley, &calls, 2, -10, 10, 500, x, &found);
        assert_true(found.converged && !found.at_bound);
        assert_int_equal(found.steps, calls);
        assert_true(fabs(x[0] - 1) < 1e-6 && fabs(x[1] - 1) < 1e-6 && found.value < 1e-12);
    }
}

/* The valley's end lies outside: the least value within stands at the bound. */
static void test_bound(void **state)
{
    (void)state;
    double x[] = {-.5, .2};
    tsl__minimum found;
    int calls = 0;
    tsl__newton_minimize(valley, &calls, 2, -1, .5, 500, x, &found);
    assert_true(found.at_bound && found.converged);
    assert_true(x[0] == .5 && fabs(x[1] - .25) < 1e-6);
}

/* -ln x + x in exp: not convex far away, and not a number where x is below. */
static double hill(void *user, const double *x, double *gradient, double *hessian)
{
    const double e = exp(-*x * *x);
    (void)user;
    *gradient = 2 * *x * e;
    *hessian = (2 - 4 * *x * *x) * e;
    return *x < -3 ? (double)NAN : 1 - e;
}

/* Where the curve turns the other way steps still lead down. */
static void test_not_convex(void **state)
{
    (void)state;
    double x = 2;
    tsl__minimum found;
    tsl__newton_minimize(hill, NULL, 1, -10, 10, 200, &x, &found);
    assert_true(found.converged && fabs(x) < 1e-6);
    x = -9;
    tsl__newton_minimize(hill, NULL, 1, -10, 10, 200, &x, &found);
    assert_true(isnan(found.value) && !found.converged && x == -9);
}

static void test_steps_are_limited(void **state)
{
    (void)state;
    double x[] = {-9, -9};
    tsl__minimum found;
    int calls = 0;
    tsl__newton_minimize(valley, &calls, 2, -10, 10, 3, x, &found);
    assert_true(!found.converged && calls <= 3);
}

static void test_inverse(void **state)
{
    (void)state;
    static const double matrix[] = {4, 1, -2, 1, 3, .5, -2, .5, 5}, singular[] = {1, 2, 2, 4}, saddle[] = {1, 2, 2, 1};
    double inverse[9];
    assert_int_equal(tsl__matrix_invert(matrix, 3, inverse), 0);
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                sum += matrix[i * 3 + k] * inverse[k * 3 + j];
            }
            assert_true(fabs(sum - (i == j)) < 1e-14);
        }
    }
    assert_int_equal(tsl__matrix_invert(singular, 2, inverse), -1);
    assert_int_equal(tsl__matrix_invert(saddle, 2, inverse), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_valley), cmocka_unit_test(test_bound),
                                       cmocka_unit_test(test_not_convex), cmocka_unit_test(test_steps_are_limited),
                                       cmocka_unit_test(test_inverse)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
