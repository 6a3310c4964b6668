/* test_lifecycle.c: stages from a customer's own gaps, shrunk towards the population's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "label/internal.h"
#include "label/policy.h"

/* One customer: x, t_x, T, spend, last gap, median, 90 %, longest. */
typedef double row[TSL_HISTORY_COLUMNS];

static tsl_labels *run(const row *history, size_t n, tsl_features *features)
{
    tsl_labels *labels = calloc(1, sizeof *labels);
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    static tsl_recipe nothing;
    *features = (tsl_features){.customers = n, .recipe = &nothing, .history = malloc(n * sizeof *history)};
    memcpy(features->history, history, n * sizeof *history);
    *labels = (tsl_labels){.customers = n, .features = features, .gap_p90 = NAN};
    assert_int_equal(tsl__policy_open(1, &labels->policy, NULL), TSL_OK);
    const tsl__labeling job = {.opt = &opt, .threads = 1, .labels = labels};
    assert_int_equal(tsl__lifecycle_fill(&job, NULL), TSL_OK);
    return labels;
}

static void release(tsl_labels *labels, tsl_features *features)
{
    free(features->history);
    tsl_labels_free(labels);
}

static void test_stages(void **state)
{
    (void)state;
    static const row history[] = {
        {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN}, /* never bought */
        {0, 0, 29, NAN, NAN, NAN, NAN, NAN},      /* first purchase 30 days ago */
        {0, 0, 30, NAN, NAN, NAN, NAN, NAN},      /* one day more: silent for 31, under the population's 60 */
        {0, 0, 60, NAN, NAN, NAN, NAN, NAN},      /* 61 days */
        {0, 0, 120, NAN, NAN, NAN, NAN, NAN},     /* 121 days: over twice 60 */
        {5, 300, 330, 10, 60, 60, 60, 60},        /* 31 days, his gaps are 60 */
        {5, 300, 361, 10, 60, 60, 60, 60},        /* 62 days */
        {45, 300, 330, 10, 6, 6, 6, 6},           /* 31 days, where (45 x 6 + 5 x 60) / 50 = 11.4 is usual */
        {45, 300, 318, 10, 6, 6, 6, 6},           /* 19 days: at risk */
        {2, 310, 320, 10, 300, 155, 60, 300},     /* bought again after 300 days */
    };
    static const int8_t expected[] = {TSL_POTENTIAL, TSL_NEW,     TSL_ACTIVE, TSL_AT_RISK, TSL_LOST,
                                      TSL_ACTIVE,    TSL_AT_RISK, TSL_LOST,   TSL_AT_RISK, TSL_REACTIVATED};
    tsl_features features;
    tsl_labels *labels = run(history, 10, &features);
    assert_true(labels->gap_p90 == 60);
    for (int i = 0; i < 10; i++) {
        if (labels->customer_stage[i] != expected[i]) {
            fail_msg("customer %d is %s", i, tsl_stage_get_code((tsl_stage)labels->customer_stage[i]));
        }
    }
    assert_int_equal(labels->stage[TSL_AT_RISK].size, 3);
    assert_true(isnan(labels->stage[TSL_AT_RISK].value_total));
    release(labels, &features);
}

/* A silence or a gap of just the limit is not over it; a day more is. */
static void test_limits(void **state)
{
    (void)state;
    static const row history[] = {
        {0, 0, 59, NAN, NAN, NAN, NAN, NAN},  /* silent for 60 days, as the population is */
        {0, 0, 60, NAN, NAN, NAN, NAN, NAN},  /* 61 */
        {0, 0, 119, NAN, NAN, NAN, NAN, NAN}, /* 120: twice 60 */
        {0, 0, 120, NAN, NAN, NAN, NAN, NAN}, /* 121 */
        {5, 300, 330, 10, 120, 60, 60, 120},  /* back after 120 */
        {5, 300, 330, 10, 121, 60, 60, 121},  /* back after 121 */
    };
    static const int8_t expected[] = {TSL_ACTIVE, TSL_AT_RISK, TSL_AT_RISK, TSL_LOST, TSL_ACTIVE, TSL_REACTIVATED};
    tsl_features features;
    tsl_labels *labels = run(history, 6, &features);
    assert_true(labels->gap_p90 == 60);
    assert_memory_equal(labels->customer_stage, expected, sizeof expected);
    release(labels, &features);
}

static void test_no_gaps(void **state)
{
    (void)state;
    static const row history[] = {{0, 0, 50, NAN, NAN, NAN, NAN, NAN}, {0, 0, 95, NAN, NAN, NAN, NAN, NAN}};
    tsl_features features;
    tsl_labels *labels = run(history, 2, &features);
    assert_int_equal(labels->customer_stage[0], TSL_ACTIVE);
    assert_int_equal(labels->customer_stage[1], TSL_AT_RISK);
    assert_int_equal(labels->notes.count, 1);
    release(labels, &features);
}

/* Longer silence never makes a customer more alive; shrinkage lies between own and population. */
static void test_properties(void **state)
{
    (void)state;
    double own[TSL_HISTORY_COLUMNS] = {0};
    own[TSL_HISTORY_X] = 10;
    own[TSL_HISTORY_GAP_P90] = 20;
    assert_true(tsl__lifecycle_limit(own, 80, 5) == 40);
    assert_true(tsl__lifecycle_limit(own, 80, 0) == 20);
    own[TSL_HISTORY_X] = 0;
    assert_true(tsl__lifecycle_limit(own, 80, 0) == 80);
}

/* Of counts alone: gaps that are not known one by one, or not at all; a silence that the features tell. */
static void test_counts(void **state)
{
    (void)state;
    static const row history[] = {
        {3, 150, 170, NAN, NAN, NAN, 60, NAN},  /* 21 days, of 60 */
        {3, NAN, NAN, NAN, NAN, NAN, NAN, NAN}, /* 61 days, of the population's 60 */
        {3, NAN, NAN, NAN, NAN, NAN, NAN, NAN}, /* 60 */
        {3, NAN, NAN, NAN, NAN, NAN, NAN, NAN}, /* when he bought last is not known */
        {3, NAN, 20, NAN, NAN, NAN, NAN, NAN},  /* likewise, but since when he buys */
        {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN},
    };
    static const int8_t expected[] = {TSL_ACTIVE, TSL_AT_RISK, TSL_ACTIVE, -1, TSL_NEW, TSL_POTENTIAL};
    static double recency[] = {21, 61, 60, NAN, NAN, NAN};
    tsl_feature feature = {.name = (char[]){"recency_days"}};
    tsl_recipe recipe = {.feature = &feature, .feature_count = 1};
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    tsl_features features = {.customers = 6, .recipe = &recipe, .feature_count = 1, .feature = &feature, .x = recency};
    features.history = malloc(sizeof history);
    memcpy(features.history, history, sizeof history);
    tsl_labels *labels = calloc(1, sizeof *labels);
    *labels = (tsl_labels){.customers = 6, .features = &features, .gap_p90 = NAN};
    assert_int_equal(tsl__policy_open(1, &labels->policy, NULL), TSL_OK);
    const tsl__labeling job = {.opt = &opt, .threads = 1, .labels = labels};
    assert_int_equal(tsl__lifecycle_fill(&job, NULL), TSL_OK);
    assert_memory_equal(labels->customer_stage, expected, sizeof expected);
    uint64_t staged = 0;
    for (int s = 0; s < TSL_STAGES; s++) {
        staged += labels->stage[s].size;
    }
    assert_int_equal(staged, 5);
    release(labels, &features);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_stages), cmocka_unit_test(test_limits),
                                       cmocka_unit_test(test_no_gaps), cmocka_unit_test(test_counts),
                                       cmocka_unit_test(test_properties)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
