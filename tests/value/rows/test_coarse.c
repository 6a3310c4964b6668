/* test_coarse.c: few rows that stand for many: what must be kept, and how near sums over them come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/rng.h"
#include "value/rows/coarse.h"

enum { ROWS = 20000, MOST = 6 };
static double column[3][ROWS], weight[ROWS];

static void draw_rows(int whole)
{
    tsl__rng rng = tsl__rng_open(5, 2, 3);
    for (size_t i = 0; i < ROWS; i++) {
        const double t = 300 * tsl__rng_uniform(&rng), t_x = t * tsl__rng_uniform(&rng);
        column[0][i] = (double)tsl__rng_below(&rng, MOST);
        column[1][i] = whole ? ceil(t) + 6 : t;
        column[2][i] = whole ? ceil(t_x) + 6 : t_x;
        weight[i] = (double)(1 + tsl__rng_below(&rng, 3));
    }
}

/* A smooth function, as a log-likelihood is: the error falls by the square of the bins' width. */
static double add_up(const tsl__distinct *d)
{
    double sum = 0;
    for (size_t i = 0; i < d->count; i++) {
        sum += d->weight[i] * log(20 + d->column[2][i]) / (50 + d->column[1][i]);
    }
    return sum;
}

static void check(int whole)
{
    const double *const of[] = {column[0], column[1], column[2]};
    tsl__distinct all, coarse;
    double error[2];
    draw_rows(whole);
    assert_int_equal(tsl__distinct_build(of, 3, weight, ROWS, 2, &all, NULL), TSL_OK);
    for (int k = 0; k < 2; k++) {
        const int bins = k ? 32 : 8;
        assert_int_equal(tsl__coarse_build(&all, 3, bins, whole, &coarse, NULL), TSL_OK);
        assert_true(coarse.count <= (size_t)(MOST * bins * bins) && coarse.weights == all.weights);
        for (int c = 0; c < 3; c++) {
            assert_true(fabs(tsl__distinct_sum(&coarse, c) / tsl__distinct_sum(&all, c) - 1) < (whole ? 1e-2 : 1e-12));
        }
        for (size_t i = 0; i < coarse.count; i++) {
            assert_true(coarse.column[2][i] <= coarse.column[1][i] && coarse.column[2][i] >= (whole ? 6 : 0));
            assert_true(!whole || coarse.column[1][i] == floor(coarse.column[1][i]));
            assert_true(i == 0 || coarse.column[0][i] >= coarse.column[0][i - 1]);
        }
        error[k] = fabs(add_up(&coarse) / add_up(&all) - 1);
        tsl__distinct_free(&coarse);
    }
    if (!whole && !(error[1] < 1e-3 && error[1] < error[0] / 8)) {
        fail_msg("%g, %g", error[0], error[1]);
    }
    tsl__distinct_free(&all);
}

static void test_kept(void **state)
{
    (void)state;
    check(0);
    check(1);
}

static void test_few(void **state)
{
    (void)state;
    static const double x[] = {0, 2, 2}, zero[] = {0, 0, 0};
    const double *const of[] = {x, zero, zero};
    tsl__distinct all, coarse;
    assert_int_equal(tsl__distinct_build(of, 3, NULL, 3, 2, &all, NULL), TSL_OK);
    assert_int_equal(tsl__coarse_build(&all, 3, 8, 0, &coarse, NULL), TSL_OK);
    assert_true(coarse.count == 2 && coarse.weight[1] == 2 && coarse.column[1][1] == 0);
    tsl__distinct_free(&all);
    tsl__distinct_free(&coarse);
    assert_int_equal(tsl__distinct_build(of, 3, NULL, 0, 2, &all, NULL), TSL_OK);
    assert_int_equal(tsl__coarse_build(&all, 3, 8, 0, &coarse, NULL), TSL_OK);
    assert_int_equal(coarse.count, 0);
    tsl__distinct_free(&all);
    tsl__distinct_free(&coarse);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kept), cmocka_unit_test(test_few)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
