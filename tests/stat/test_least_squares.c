/* test_least_squares.c: weights against published ones, the normal equations, and columns that say the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "stat/least_squares.h"

#include <math.h>

/* NIST's Norris (StRD, linear regression): y = -0.262323073774029 + 1.00211681802045 x, residual sum of squares
 * 26.6173985294224. */
static const double norris[36][2] = {
    {.1, .2},       {338.8, 337.4}, {118.1, 118.2}, {888.0, 884.6}, {9.2, 10.1},    {228.1, 226.5},
    {668.5, 666.3}, {998.5, 996.3}, {449.1, 448.6}, {778.9, 777.0}, {559.2, 558.2}, {.3, .4},
    {.1, .6},       {778.1, 775.5}, {668.8, 666.9}, {339.3, 338.0}, {448.9, 447.5}, {10.8, 11.6},
    {557.7, 556.0}, {228.3, 228.1}, {998.0, 995.8}, {888.8, 887.6}, {119.6, 120.2}, {.3, .3},
    {.6, .3},       {557.6, 556.8}, {339.3, 339.1}, {888.0, 887.2}, {998.5, 999.0}, {778.9, 779.0},
    {10.2, 11.1},   {117.6, 118.3}, {228.9, 229.2}, {668.4, 669.1}, {449.2, 448.9}, {.2, .5}};

static void test_published(void **state)
{
    (void)state;
    double x[36 * 2], y[36], weight[2], rest;
    for (size_t i = 0; i < 36; i++) {
        x[2 * i] = 1;
        x[2 * i + 1] = norris[i][1];
        y[i] = norris[i][0];
    }
    assert_int_equal(tsl__least_squares_fit(x, 36, 2, y, 1e-12, weight, &rest, NULL), TSL_OK);
    assert_true(fabs(weight[0] - -0.262323073774029) < 1e-10);
    assert_true(fabs(weight[1] - 1.00211681802045) < 1e-12);
    assert_true(fabs(rest - 26.6173985294224) < 1e-9);
}

enum { ROWS = 60, COLS = 5 };

/* What is left stands upright on every column. */
static void test_normal_equations(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 50; seed++) {
        tsl__rng rng = tsl__rng_open(seed, 1, 0);
        double x[ROWS * COLS], y[ROWS], weight[COLS], rest, sum = 0, left[ROWS];
        for (size_t i = 0; i < ROWS; i++) {
            for (size_t c = 0; c < COLS; c++) {
                x[i * COLS + c] = tsl__rng_uniform(&rng) - .5;
            }
            y[i] = tsl__rng_uniform(&rng) - .5;
        }
        assert_int_equal(tsl__least_squares_fit(x, ROWS, COLS, y, 1e-12, weight, &rest, NULL), TSL_OK);
        for (size_t i = 0; i < ROWS; i++) {
            left[i] = y[i];
            for (size_t c = 0; c < COLS; c++) {
                left[i] -= weight[c] * x[i * COLS + c];
            }
            sum += left[i] * left[i];
        }
        assert_true(fabs(sum - rest) < 1e-12);
        for (size_t c = 0; c < COLS; c++) {
            double product = 0;
            for (size_t i = 0; i < ROWS; i++) {
                product += left[i] * x[i * COLS + c];
            }
            assert_true(fabs(product) < 1e-12);
        }
    }
}

/* Columns that say the same share; one of zeros has nothing. */
static void test_shared(void **state)
{
    (void)state;
    double x[ROWS * 4], y[ROWS], weight[4], rest;
    for (size_t i = 0; i < ROWS; i++) {
        const double a = (double)(i % 7) - 3, b = (double)(i % 5) - 2;
        const double row[] = {a, a, b, 0};
        for (size_t c = 0; c < 4; c++) {
            x[i * 4 + c] = row[c];
        }
        y[i] = 3 * a - b;
    }
    assert_int_equal(tsl__least_squares_fit(x, ROWS, 4, y, 1e-8, weight, &rest, NULL), TSL_OK);
    assert_true(fabs(weight[0] - 1.5) < 1e-12 && fabs(weight[1] - 1.5) < 1e-12);
    assert_true(fabs(weight[2] - -1) < 1e-12 && weight[3] == 0);
    assert_true(rest < 1e-20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_published), cmocka_unit_test(test_normal_equations),
                                       cmocka_unit_test(test_shared)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
