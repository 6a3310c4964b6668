/* test_validity.c: the delivered clusters have the indices that any tool's labels have. */
#include "model/quality/validity.h"

#include "base/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define ROWS 400
#define K 3

/* A label that no row has, and a row without weight, leave the numbers of the others as they are. */
static void test_as_any_labels(void **state)
{
    (void)state;
    double x[ROWS][2], weight[ROWS];
    int32_t label[ROWS], wide[ROWS];
    tsl__rng rng = tsl__rng_open(5, 1, 0);
    for (size_t r = 0; r < ROWS; r++) {
        label[r] = (int32_t)(r % K);
        wide[r] = label[r] == 2 ? 3 : label[r];
        x[r][0] = tsl__rng_uniform(&rng) + 2 * label[r];
        x[r][1] = tsl__rng_uniform(&rng);
        weight[r] = 1 + (double)(r % 2);
    }
    weight[7] = 0;
    wide[7] = 2; /* which no row that counts has */
    const tsl_matrix m = {x, ROWS, 2, 2, TSL_F64};
    tsl_quality_options opt;
    tsl_quality quality;
    tsl_recurrence *recurrence;
    tsl_validity v = {.natural_agreement = .25};
    tsl_error err;
    TSL_DEFAULTS(quality, &opt);
    label[7] = 0; /* whichever */
    assert_int_equal(tsl_quality_get(&m, weight, label, K, &opt, NULL, &quality, NULL, &err), TSL_OK);
    assert_int_equal(tsl_recurrence_build(&m, weight, label, K, NULL, NULL, &recurrence, &err), TSL_OK);
    assert_int_equal(tsl__validity_get(&m, weight, wide, 4, &opt, NULL, &v, &err), TSL_OK);
    assert_true(v.quality.inertia == quality.inertia && v.quality.silhouette == quality.silhouette);
    assert_true(v.quality.silhouette_macro == quality.silhouette_macro && v.quality.bic == quality.bic);
    assert_true(v.quality.simplified_silhouette == quality.simplified_silhouette && isnan(v.quality.dunn));
    assert_true(v.quality.calinski_harabasz == quality.calinski_harabasz);
    assert_true(v.quality.davies_bouldin == quality.davies_bouldin && v.quality.silhouette_rows == ROWS - 1);
    assert_true(v.gap == recurrence->gap && v.gap_error == recurrence->gap_error && isfinite(v.gap));
    assert_true(v.strength == recurrence->strength && v.strength_error == recurrence->strength_error);
    assert_true(v.sample_rows == recurrence->sample_rows && v.natural_agreement == .25);
    tsl_recurrence_free(recurrence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_as_any_labels)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
