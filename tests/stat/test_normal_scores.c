/* test_normal_scores.c: scores of ranks against SciPy's, by weight against the numbers written out, and there and back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "stat/normal_scores.h"
#include "stat/sort.h"

enum { MOST = 50 };

/* norm.ppf((rankdata(x) - .375) / (len(x) + .25)) of SciPy 1.x, which gives ties their mean rank. */
static void test_scipy(void **state)
{
    (void)state;
    static const double x[] = {1, 1, 2, 3, 4, 5, 6, 9}, y[] = {1, 1, 1, 1, 9};
    static const double of_x[] = {-1.0968035620935135, -0.4727891209922674, -0.15250597424624437, 0.15250597424624424,
                                  0.4727891209922672,  0.8524950342746939,  1.4342001596863792};
    static const double values[] = {1, 2, 3, 4, 5, 6, 9};
    double knot[2 * MOST];
    tsl__weighed all = tsl__weighed_open(x, NULL, 8);
    assert_int_equal(tsl__normal_scores_fit(&all, MOST, knot), 7);
    assert_memory_equal(knot, values, sizeof values);
    for (size_t i = 0; i < 7; i++) {
        assert_true(fabs(knot[7 + i] - of_x[i]) < 1e-14);
        assert_true(tsl__normal_scores_get(knot, 7, values[i]) == knot[7 + i]);
        assert_true(tsl__normal_scores_invert(knot, 7, knot[7 + i]) == values[i]);
    }
    assert_true(fabs(tsl__normal_scores_get(knot, 7, 1.25) - (.75 * knot[7] + .25 * knot[8])) < 1e-15);
    assert_true(fabs(tsl__normal_scores_get(knot, 7, 8) - (knot[12] + 2 * knot[13]) / 3) < 1e-15);
    assert_true(tsl__normal_scores_get(knot, 7, -5) == knot[7] && tsl__normal_scores_get(knot, 7, 1e300) == knot[13]);
    assert_true(tsl__normal_scores_invert(knot, 7, -9) == 1 && tsl__normal_scores_invert(knot, 7, 9) == 9);
    all = tsl__weighed_open(y, NULL, 5);
    assert_int_equal(tsl__normal_scores_fit(&all, MOST, knot), 2);
    assert_true(fabs(knot[2] + 0.24104039388602685) < 1e-14 && fabs(knot[3] - 1.1797611176118612) < 1e-14);
    all = tsl__weighed_open(y, NULL, 1); /* one number is the middle */
    assert_int_equal(tsl__normal_scores_fit(&all, MOST, knot), 1);
    assert_true(fabs(knot[1]) < 1e-15 && tsl__normal_scores_get(knot, 1, 77) == knot[1]);
}

/* Whole weights give the bits of the numbers written out, few values or many. */
static void test_weights(void **state)
{
    (void)state;
    enum { ROWS = 300 };
    for (uint32_t kind = 0; kind < 2; kind++) {
        tsl__rng rng = tsl__rng_open(5, 1, kind);
        double value[ROWS], weight[ROWS], out[4 * ROWS], spare[4 * ROWS], a[2 * MOST], b[2 * MOST];
        size_t n = 0;
        for (size_t i = 0; i < ROWS; i++) {
            value[i] = kind ? tsl__rng_uniform(&rng) : (double)tsl__rng_below(&rng, 20);
            weight[i] = 1 + (double)tsl__rng_below(&rng, 4);
            for (int w = 0; w < (int)weight[i]; w++) {
                out[n++] = value[i];
            }
        }
        tsl__sort(out, spare, n);
        tsl__sort_with(value, weight, spare, ROWS);
        const tsl__weighed by_weight = tsl__weighed_open(value, weight, ROWS),
                           written = tsl__weighed_open(out, NULL, n);
        const size_t count = tsl__normal_scores_fit(&by_weight, MOST, a);
        assert_int_equal(count, kind ? MOST : 20);
        assert_int_equal(tsl__normal_scores_fit(&written, MOST, b), count);
        assert_memory_equal(a, b, 2 * count * sizeof *a);
    }
}

/* Equal weights below 1, of whatever size, are those of 1. */
static void test_scale_of_weights(void **state)
{
    (void)state;
    const double x[] = {-3, 0, 2, 2, 7};
    double weight[] = {1e-99, 1e-99, 1e-99, 1e-99, 1e-99}, a[2 * MOST], b[2 * MOST];
    const tsl__weighed light = tsl__weighed_open(x, weight, 5), once = tsl__weighed_open(x, NULL, 5);
    assert_int_equal(tsl__normal_scores_fit(&light, MOST, a), 4);
    assert_int_equal(tsl__normal_scores_fit(&once, MOST, b), 4);
    for (size_t i = 0; i < 8; i++) {
        assert_true(fabs(a[i] - b[i]) < 1e-13);
    }
}

/* Of many values the knots are some: the least, the greatest, each with its true score; what lies between is near it,
 * and the way back is the way there. */
static void test_many(void **state)
{
    (void)state;
    enum { ROWS = 20000 };
    double *x = malloc(2 * ROWS * sizeof *x), knot[2 * MOST], all[4], last = -INFINITY;
    tsl__rng rng = tsl__rng_open(8, 2, 0);
    for (size_t i = 0; i < ROWS; i++) {
        x[i] = -log(1 - tsl__rng_uniform(&rng));
    }
    tsl__sort(x, x + ROWS, ROWS);
    const tsl__weighed of = tsl__weighed_open(x, NULL, ROWS), ends = {.sorted = all, .n = 2, .step = 1};
    const size_t count = tsl__normal_scores_fit(&of, MOST, knot);
    assert_int_equal(count, MOST);
    assert_true(knot[0] == x[0] && knot[MOST - 1] == x[ROWS - 1]);
    for (size_t i = 0; i < ROWS; i++) {
        const double score = tsl__normal_scores_get(knot, count, x[i]);
        const double lower = (double)i / ROWS, is = .5 * erfc(-score / sqrt(2));
        assert_true(score >= last && fabs(is - lower) < 1. / MOST);
        assert_true(fabs(tsl__normal_scores_invert(knot, count, score) - x[i]) < 1e-12 * (1 + x[i]));
        last = score;
    }
    all[0] = -1.7e308; /* further apart than a double reaches */
    all[1] = 1.7e308;
    assert_int_equal(tsl__normal_scores_fit(&ends, 2, knot), 2);
    assert_true(fabs(tsl__normal_scores_get(knot, 2, 0)) < 1e-15);
    assert_true(fabs(tsl__normal_scores_invert(knot, 2, 0)) < 1e293);
    free(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_scipy), cmocka_unit_test(test_weights),
                                       cmocka_unit_test(test_scale_of_weights), cmocka_unit_test(test_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
