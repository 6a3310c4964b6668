/* test_segment_drift.c: the segments together, then and now: by hand, of groups that went elsewhere while each column
 * stayed as it was, of a tail that went far, and of draws of the fit's own population. */
#include "label/crowds.h"

#include <math.h>

#include "label/evolution/segment_drift.h"

/* ---- By hand --------------------------------------------------------------------- */

static tsl_segmentation_drift drift_of(const tsl_model *model, const tsl__segment_sum *sum, int weighted)
{
    tsl_segment_drift *segments = NULL;
    tsl_segmentation_drift all;
    assert_int_equal(tsl__segment_drift_make(model, sum, weighted, &segments, &all, NULL), TSL_OK);
    for (size_t s = 0; s < (size_t)model->k; s++) {
        assert_true(segments[s].size_then == model->size[s] && segments[s].size_now == sum[s].size);
    }
    free(segments);
    return all;
}

static void by_hand(void **state)
{
    (void)state;
    uint64_t size[] = {300, 100};
    double mean[] = {1, 3}, center[] = {0, 4};
    tsl_model model = {.rows = 400, .cols = 1, .k = 2, .size = size, .mean_distance = mean, .center = center};
    tsl__segment_sum sum[2] = {{0}};
    for (int i = 0; i < 100; i++) {
        tsl__segment_sum_add(&sum[i % 2], i % 2 ? 5 : 3, 1);
    }
    tsl_segmentation_drift is = drift_of(&model, sum, 0);
    assert_true(fabs(is.psi - (-.25 * log(2. / 3) + .25 * log(2))) < 1e-12);
    assert_true(fabs(is.psi_chance - .0125) < 1e-15 && fabs(is.psi_limit - 10.828 * .0125) < 1e-12);
    assert_true(fabs(is.distance_then - 1.5) < 1e-15 && fabs(is.distance_now - 4) < 1e-12);
    /* the distances vary by 1, which is less than the mean then */
    assert_true(fabs(is.distance_limit - (1.5 * 402 / 398 + 3.0902 * 1.5 * sqrt(.0125))) < 1e-7);
    /* weights on one side alone compare nothing */
    assert_true(isnan(drift_of(&model, sum, 1).distance_limit));
    model.weights_hash = 7;
    assert_true(isnan(drift_of(&model, sum, 0).distance_limit));
    assert_true(drift_of(&model, sum, 1).distance_limit == is.distance_limit);
    model.weights_hash = 0;
    model.rows = 2; /* a centre each: what was near says nothing */
    assert_true(isinf(drift_of(&model, sum, 0).distance_limit));
}

/* Nobody, and a model file that does not tell the distances. */
static void nothing_known(void **state)
{
    (void)state;
    uint64_t size[] = {3, 0};
    double mean[] = {1, NAN}, center[] = {0, 4};
    tsl_model model = {.rows = 3, .cols = 1, .k = 2, .size = size, .mean_distance = mean, .center = center};
    tsl__segment_sum sum[2] = {{0}};
    tsl_segmentation_drift is = drift_of(&model, sum, 0);
    assert_true(isnan(is.psi) && isnan(is.psi_limit) && isnan(is.distance_now) && isnan(is.distance_limit));
    assert_true(is.distance_then == 1); /* nobody was in the other segment */
    tsl__segment_sum_add(&sum[1], 2, 1);
    is = drift_of(&model, sum, 0);
    assert_true(is.psi > 0 && is.distance_now == 2 && !isnan(is.distance_limit));
    mean[0] = NAN;
    is = drift_of(&model, sum, 0);
    assert_true(isnan(is.distance_then) && isnan(is.distance_limit));
}

/* ---- Of rows ------------------------------------------------------------------------ */

enum { MOST = 600, COLS = 2 };
typedef void (*drawer)(tsl__rng *rng, size_t i, double *row);

/* About normal: the sum of twelve, less its mean. */
static double bell(tsl__rng *rng)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) {
        sum += tsl__rng_uniform(rng);
    }
    return sum;
}

static void two_groups(tsl__rng *rng, size_t i, double *row)
{
    row[0] = (i % 2 ? 6 : 0) + .5 * bell(rng);
    row[1] = (i % 2 ? 6 : 0) + .5 * bell(rng);
}

/* Each column by itself is as before. */
static void other_corners(tsl__rng *rng, size_t i, double *row)
{
    row[0] = (i % 2 ? 6 : 0) + .5 * bell(rng);
    row[1] = (i % 2 ? 0 : 6) + .5 * bell(rng);
}

/* A tenth of the values 1,000 times what they were. */
static void far_tail(tsl__rng *rng, size_t i, double *row)
{
    two_groups(rng, i, row);
    for (int c = 0; c < COLS; c++) {
        row[c] *= row[c] > 6.4 ? 1000 : 1;
    }
}

static void uneven_groups(tsl__rng *rng, size_t i, double *row)
{
    two_groups(rng, i % 10 == 0, row);
}

static void one_cloud(tsl__rng *rng, size_t i, double *row)
{
    (void)i;
    row[0] = bell(rng);
    row[1] = bell(rng);
}

static void long_tail(tsl__rng *rng, size_t i, double *row)
{
    (void)i;
    row[0] = exp(1.5 * bell(rng));
    row[1] = exp(1.5 * bell(rng));
}

/* What rows drawn one way show of a model of rows drawn another way. */
static tsl_segmentation_drift compare(drawer then, size_t n, drawer now, size_t m, int k, tsl__rng *rng)
{
    static const tsl_exec one = {.size = sizeof one, .threads = 1};
    static double values[2][MOST * COLS];
    tsl_features *fit = NULL, *f = NULL;
    tsl_feature_matrix *x = NULL;
    tsl_assignment *a = NULL;
    for (size_t i = 0; i < n; i++) {
        then(rng, i, values[0] + i * COLS);
    }
    for (size_t i = 0; i < m; i++) {
        now(rng, i, values[1] + i * COLS);
    }
    const tsl_matrix first = {values[0], n, COLS, COLS, TSL_F64}, second = {values[1], m, COLS, COLS, TSL_F64};
    assert_int_equal(tsl_features_build_plain(&first, NULL, NULL, NULL, NULL, NULL, &one, &fit, NULL), TSL_OK);
    tsl_model *model = make_model(fit, k);
    tsl_labels *fitted = make_labels(fit, model, "en"), *labels = NULL;
    assert_true(isnan(fitted->segmentation_drift.psi) && isnan(fitted->segmentation_drift.distance_now));
    assert_int_equal(tsl_features_build_plain(&second, NULL, NULL, NULL, fit->recipe, NULL, &one, &f, NULL), TSL_OK);
    assert_int_equal(tsl_features_get_matrix(f, &one, &x, NULL), TSL_OK);
    const tsl_matrix places = {x->values, x->rows, x->cols, x->cols, TSL_F64};
    a = assignment_open(m);
    assert_int_equal(tsl_kmeans_predict(&places, model->center, model->k, &one, a, NULL), TSL_OK);
    assert_int_equal(tsl_labels_build(f, model, a, fitted->policy, NULL, &one, &labels, NULL), TSL_OK);
    const tsl_segmentation_drift is = labels->segmentation_drift;
    tsl_labels_free(labels);
    tsl_labels_free(fitted);
    assignment_free(a);
    tsl_feature_matrix_free(x);
    tsl_model_free(model);
    tsl_features_free(f);
    tsl_features_free(fit);
    return is;
}

static int distance_has_come_to(const tsl_segmentation_drift *is, double mark)
{
    return is->distance_now >= mark * is->distance_then && is->distance_now > is->distance_limit;
}

static int sizes_have_come_to(const tsl_segmentation_drift *is, double mark)
{
    return is->psi >= mark && is->psi > is->psi_limit;
}

static void groups_elsewhere(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(1, 2, 4);
    tsl_segmentation_drift is = compare(two_groups, 600, other_corners, 600, 2, &rng);
    assert_true(distance_has_come_to(&is, TSL_DISTANCE_DRIFTED) && !sizes_have_come_to(&is, TSL_PSI_SHIFTED));
    is = compare(two_groups, 600, far_tail, 600, 2, &rng);
    assert_true(distance_has_come_to(&is, TSL_DISTANCE_DRIFTED));
    is = compare(two_groups, 600, uneven_groups, 600, 2, &rng);
    assert_true(sizes_have_come_to(&is, TSL_PSI_DRIFTED) && !distance_has_come_to(&is, TSL_DISTANCE_SHIFTED));
    is = compare(two_groups, 600, two_groups, 600, 2, &rng);
    assert_true(!sizes_have_come_to(&is, TSL_PSI_SHIFTED) && !distance_has_come_to(&is, TSL_DISTANCE_SHIFTED));
}

/* However few on either side: others like them seldom seem to have moved, though their distances often come to a mark.
 */
static void own_population(void **state)
{
    (void)state;
    static const drawer draws[] = {one_cloud, two_groups, long_tail};
    static const size_t then[] = {20, 60, 300}, now[] = {3, 10, 30, 300};
    enum { ROUNDS = 5 };
    tsl__rng rng = tsl__rng_open(5, 6, 7);
    int moved = 0, marked = 0;
    for (size_t i = 0; i < 3 * 3 * 4 * ROUNDS; i++) {
        const drawer draw = draws[i % 3];
        const tsl_segmentation_drift is = compare(draw, then[i / 3 % 3], draw, now[i / 9 % 4], 3, &rng);
        marked += is.distance_now >= TSL_DISTANCE_SHIFTED * is.distance_then;
        moved += distance_has_come_to(&is, TSL_DISTANCE_SHIFTED) || sizes_have_come_to(&is, TSL_PSI_SHIFTED);
    }
    assert_true(marked > 2 * 4 * ROUNDS); /* so that the limits are needed */
    assert_true(moved <= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(nothing_known),
                                       cmocka_unit_test(groups_elsewhere), cmocka_unit_test(own_population)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
