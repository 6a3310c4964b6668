/* test_cluster_means.c: means of labelled rows, and their cost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "model/cluster_means.h"

static void test_known(void **state)
{
    (void)state;
    /* two columns in rows of three; the third is not of the matrix */
    static const double data[] = {1, NAN, 9, 3, NAN, 9, 5, 2, 9, NAN, 4, 9};
    static const int32_t label[] = {0, 0, 1, 1};
    tsl_matrix x = {data, 4, 2, 3, TSL_F64};
    const tsl__row_view rows = tsl__row_view_of(&x, 1);
    double mean[6];
    assert_int_equal(tsl__means_get(&rows, NULL, label, 3, 1, mean, NULL), TSL_OK);
    assert_true(mean[0] == 2 && isnan(mean[1]));
    assert_true(mean[2] == 5 && mean[3] == 3);
    assert_true(isnan(mean[4]) && isnan(mean[5])); /* no row */
}

/* Sums that overflow, in some clusters and columns, on the way to means that do not. */
static void test_great(void **state)
{
    (void)state;
    static const double data[] = {1.5e308, 1e-300, 1.7e308, 3e-300, NAN, -1.6e308, -1.5e308, -1.2e308, 2, NAN, 4, NAN};
    static const int32_t label[] = {0, 0, 1, 1, 2, 2};
    const tsl_matrix x = {data, 6, 2, 2, TSL_F64};
    const tsl__row_view rows = tsl__row_view_of(&x, 1);
    double mean[6];
    assert_int_equal(tsl__means_get(&rows, NULL, label, 3, 1, mean, NULL), TSL_OK);
    assert_true(fabs(mean[0] / 1.6e308 - 1) < 1e-15 && fabs(mean[1] - 2e-300) < 1e-315);
    assert_true(mean[2] == -1.5e308 && fabs(mean[3] / -1.4e308 - 1) < 1e-15);
    assert_true(mean[4] == 3 && isnan(mean[5]));
}

static void test_cost(void **state)
{
    (void)state;
    static const double data[] = {1, 2, 3, 4, 5, 6}, center[] = {1, 1, 5, 5};
    static const int32_t label[] = {0, 0, 1};
    tsl_matrix x = {data, 3, 2, 2, TSL_F64};
    const tsl__row_view rows = tsl__row_view_of(&x, 1);
    double cost;
    assert_int_equal(tsl__cost_get(&rows, NULL, label, center, 1, &cost, NULL), TSL_OK);
    assert_true(cost == 1 + 4 + 9 + 1);
}

/* The first value that is missing may come late in a part of the rows, and in any column: what is known before and
 * after it counts alike, by weight. Columns are no multiple of what is looked at side by side, nor rows. */
static void test_late_gap(void **state)
{
    (void)state;
    enum { ROWS = 4999, COLS = 7, K = 3 };
    static const int gap_row[] = {3210, 3211, 4998}, gap_column[] = {6, 0, 3};
    double *data = malloc(ROWS * COLS * sizeof *data), *weight = malloc(ROWS * sizeof *weight);
    double sum[K * COLS] = {0}, known[K * COLS] = {0}, mean[K * COLS];
    int32_t *label = malloc(ROWS * sizeof *label);
    assert_true(data && weight && label);
    tsl__rng rng = tsl__rng_open(4, 5, 6);
    for (int i = 0; i < ROWS * COLS; i++) {
        data[i] = tsl__rng_uniform(&rng) - 0.3;
    }
    for (int i = 0; i < 3; i++) {
        data[gap_row[i] * COLS + gap_column[i]] = NAN;
    }
    for (int r = 0; r < ROWS; r++) {
        label[r] = (int32_t)tsl__rng_below(&rng, K);
        weight[r] = 0.1 + tsl__rng_uniform(&rng);
        for (int c = 0; c < COLS; c++) {
            const double value = data[r * COLS + c];
            sum[label[r] * COLS + c] += isnan(value) ? 0 : weight[r] * value;
            known[label[r] * COLS + c] += isnan(value) ? 0 : weight[r];
        }
    }
    const tsl_matrix x = {data, ROWS, COLS, COLS, TSL_F64};
    const tsl__row_view rows = tsl__row_view_of(&x, 1);
    assert_int_equal(tsl__means_get(&rows, weight, label, K, 2, mean, NULL), TSL_OK);
    for (int i = 0; i < K * COLS; i++) {
        assert_true(fabs(mean[i] - sum[i] / known[i]) < 1e-14);
    }
    free(data);
    free(weight);
    free(label);
}

/* Rows that are read in their place, and numbers in a unit, which are not, cost the same. */
static void test_cost_unit(void **state)
{
    (void)state;
    enum { ROWS = 1003, COLS = 5, K = 3 };
    double data[ROWS * COLS], center[K * COLS], doubled[K * COLS], weight[ROWS], naive = 0, cost, in_unit;
    int32_t label[ROWS];
    tsl__rng rng = tsl__rng_open(7, 8, 9);
    for (int i = 0; i < K * COLS; i++) {
        center[i] = tsl__rng_uniform(&rng);
        doubled[i] = 2 * center[i];
    }
    for (int r = 0; r < ROWS; r++) {
        label[r] = (int32_t)tsl__rng_below(&rng, K);
        weight[r] = tsl__rng_uniform(&rng);
        for (int c = 0; c < COLS; c++) {
            const double value = data[r * COLS + c] = tsl__rng_uniform(&rng), off = value - center[label[r] * COLS + c];
            naive += weight[r] * off * off;
        }
    }
    const tsl_matrix x = {data, ROWS, COLS, COLS, TSL_F64};
    const tsl__row_view rows = tsl__row_view_of(&x, 1), scaled = tsl__row_view_of(&x, 2);
    assert_int_equal(tsl__cost_get(&rows, weight, label, center, 1, &cost, NULL), TSL_OK);
    assert_int_equal(tsl__cost_get(&scaled, weight, label, doubled, 1, &in_unit, NULL), TSL_OK);
    assert_true(fabs(cost / naive - 1) < 1e-13);
    assert_true(in_unit == 4 * cost);
}

static void test_threads(void **state)
{
    (void)state;
    enum { ROWS = 200001, COLS = 3, K = 4 };
    double *data = malloc(ROWS * COLS * sizeof *data), mean[K * COLS], again[K * COLS], cost, cost_again;
    int32_t *label = malloc(ROWS * sizeof *label);
    assert_true(data && label);
    tsl__rng rng = tsl__rng_open(1, 2, 3);
    for (int r = 0; r < ROWS; r++) {
        label[r] = (int32_t)tsl__rng_below(&rng, K);
        for (int c = 0; c < COLS; c++) {
            data[r * COLS + c] = tsl__rng_uniform(&rng) + label[r];
        }
    }
    tsl_matrix x = {data, ROWS, COLS, COLS, TSL_F64};
    const tsl__row_view rows = tsl__row_view_of(&x, 1);
    assert_int_equal(tsl__means_get(&rows, NULL, label, K, 1, mean, NULL), TSL_OK);
    assert_int_equal(tsl__cost_get(&rows, NULL, label, mean, 1, &cost, NULL), TSL_OK);
    for (int c = 0; c < K * COLS; c++) {
        assert_true(fabs(mean[c] - (c / COLS + 0.5)) < 0.01);
    }
    assert_true(fabs(cost / ROWS - COLS / 12.0) < 0.001);
    for (int threads = 2; threads <= 7; threads++) {
        assert_int_equal(tsl__means_get(&rows, NULL, label, K, threads, again, NULL), TSL_OK);
        assert_int_equal(tsl__cost_get(&rows, NULL, label, again, threads, &cost_again, NULL), TSL_OK);
        assert_memory_equal(mean, again, sizeof mean);
        assert_memory_equal(&cost, &cost_again, sizeof cost);
    }
    free(data);
    free(label);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),    cmocka_unit_test(test_great),     cmocka_unit_test(test_cost),
        cmocka_unit_test(test_late_gap), cmocka_unit_test(test_cost_unit), cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
