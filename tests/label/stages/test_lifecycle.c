/* test_lifecycle.c: stages from a customer's own gaps, shrunk towards the population's, and from P(alive); for how long
 * a customer is new. */
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

static tsl_labels *run(const row *history, size_t n, double new_days, tsl_features *features)
{
    tsl_labels *labels = calloc(1, sizeof *labels);
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.new_days = new_days;
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
        {0, 0, 30, NAN, NAN, NAN, NAN, NAN},      /* one day more, and bought once */
        {0, 0, 60, NAN, NAN, NAN, NAN, NAN},      /* 61 days */
        {0, 0, 120, NAN, NAN, NAN, NAN, NAN},     /* 121 days: over twice 60 */
        {5, 300, 330, 10, 60, 60, 60, 60},        /* 31 days, his gaps are 60: 331 days hold four of them */
        {4, 300, 330, 10, 60, 60, 60, 60},        /* one purchase less */
        {5, 200, 238, 10, 40, 40, 60, 40},        /* 239 days: a day less than four */
        {5, 300, 330, 10, 60, 60, 60, 121},       /* silent for long once */
        {5, 300, 361, 10, 60, 60, 60, 60},        /* 62 days */
        {45, 300, 330, 10, 6, 6, 6, 6},           /* 31 days, where (45 x 6 + 5 x 60) / 50 = 11.4 is usual */
        {45, 300, 318, 10, 6, 6, 6, 6},           /* 19 days: at risk */
        {2, 310, 320, 10, 300, 155, 60, 300},     /* bought again after 300 days */
    };
    static const int8_t expected[] = {TSL_POTENTIAL, TSL_NEW,     TSL_AT_RISK,    TSL_AT_RISK, TSL_LOST,
                                      TSL_MATURE,    TSL_ACTIVE,  TSL_ACTIVE,     TSL_ACTIVE,  TSL_AT_RISK,
                                      TSL_LOST,      TSL_AT_RISK, TSL_REACTIVATED};
    tsl_features features;
    tsl_labels *labels = run(history, 13, 30, &features);
    assert_true(labels->gap_p90 == 60);
    for (int i = 0; i < 13; i++) {
        if (labels->customer_stage[i] != expected[i]) {
            fail_msg("customer %d is %s", i, tsl_stage_get_code((tsl_stage)labels->customer_stage[i]));
        }
    }
    assert_int_equal(labels->stage[TSL_AT_RISK].size, 4);
    assert_true(isnan(labels->stage[TSL_AT_RISK].value_total));
    assert_int_equal(labels->phase_count, 3);
    assert_int_equal(labels->phase[0].size, 1);
    assert_int_equal(labels->phase[1].size, 10);
    assert_int_equal(labels->phase[2].size, 2);
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
        {3, 300, 329, 10, 120, 60, 60, 120},  /* back after 120 */
        {3, 300, 329, 10, 121, 60, 60, 121},  /* back after 121, 30 days ago */
        {3, 300, 330, 10, 121, 60, 60, 121},  /* 31 days ago: as long as one is new, one is back */
    };
    static const int8_t expected[] = {TSL_AT_RISK, TSL_AT_RISK,     TSL_AT_RISK, TSL_LOST,
                                      TSL_ACTIVE,  TSL_REACTIVATED, TSL_ACTIVE};
    tsl_features features;
    tsl_labels *labels = run(history, 7, 30, &features);
    assert_true(labels->gap_p90 == 60);
    assert_memory_equal(labels->customer_stage, expected, sizeof expected);
    release(labels, &features);
}

/* Who bought daily is not at risk for a long weekend: the limit is a week. */
static void test_daily(void **state)
{
    (void)state;
    static const row history[] = {
        {200, 300, 304, 10, 1, 1, 1, 4}, /* silent for 5 days */
        {200, 300, 306, 10, 1, 1, 1, 4}, /* 7 */
        {200, 300, 307, 10, 1, 1, 1, 4}, /* 8 */
        {200, 300, 313, 10, 1, 1, 1, 4}, /* 14 */
        {200, 300, 314, 10, 1, 1, 1, 4}, /* 15 */
    };
    static const int8_t expected[] = {TSL_MATURE, TSL_MATURE, TSL_AT_RISK, TSL_AT_RISK, TSL_LOST};
    tsl_features features;
    tsl_labels *labels = run(history, 5, 30, &features);
    assert_true(labels->gap_p90 == 1);
    assert_memory_equal(labels->customer_stage, expected, sizeof expected);
    release(labels, &features);
}

static void test_no_gaps(void **state)
{
    (void)state;
    static const row history[] = {{0, 0, 50, NAN, NAN, NAN, NAN, NAN}, {0, 0, 95, NAN, NAN, NAN, NAN, NAN}};
    tsl_features features;
    tsl_labels *labels = run(history, 2, 0, &features);
    assert_true(labels->policy->new_days == 45 && labels->policy->new_learned); /* half of 90 */
    assert_int_equal(labels->customer_stage[0], TSL_AT_RISK);
    assert_int_equal(labels->customer_stage[1], TSL_AT_RISK);
    assert_int_equal(labels->notes.count, 1);
    release(labels, &features);
}

/* Three who came back set no clock for four hundred who did not; with thirty, or a tenth of all, they do. */
static void test_few_gaps(void **state)
{
    (void)state;
    enum { MANY = 400 };
    static const struct {
        size_t buyers, back;
        int learned;
    } cases[] = {{MANY, 3, 0}, {MANY, 29, 0}, {MANY, 30, 1}, {29, 2, 0}, {30, 3, 1}};
    static row history[MANY];
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        for (size_t i = 0; i < cases[c].buyers; i++) {
            const row once = {0, 0, 50, NAN, NAN, NAN, NAN, NAN}, again = {1, 40, 50, 10, 40, 40, 40, 40};
            memcpy(history[i], i < cases[c].back ? again : once, sizeof history[i]);
        }
        tsl_features features;
        tsl_labels *labels = run(history, cases[c].buyers, 0, &features);
        assert_int_equal(labels->policy->gap_learned, cases[c].learned);
        assert_true(labels->policy->gap_p90 == (cases[c].learned ? 40 : 90));
        assert_true(labels->policy->new_days == (cases[c].learned ? 40 : 45));
        assert_int_equal(labels->notes.count, !cases[c].learned);
        release(labels, &features);
    }
}

/* Longer silence never makes a customer more alive; shrinkage lies between own and population. */
static void test_properties(void **state)
{
    (void)state;
    double own[TSL_HISTORY_COLUMNS] = {0};
    own[TSL_HISTORY_X] = 10;
    own[TSL_HISTORY_GAP_P90] = 20;
    tsl_policy policy = {.gap_p90 = 80, .shrinkage = 5, .levels = {.least_days = 7}};
    assert_true(tsl__lifecycle_limit(own, &policy) == 40);
    policy.shrinkage = 0;
    assert_true(tsl__lifecycle_limit(own, &policy) == 20);
    own[TSL_HISTORY_GAP_P90] = 1;
    assert_true(tsl__lifecycle_limit(own, &policy) == 7);
    policy.levels.least_days = 0;
    assert_true(tsl__lifecycle_limit(own, &policy) == 1);
    own[TSL_HISTORY_X] = 0;
    assert_true(tsl__lifecycle_limit(own, &policy) == 80);
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
    static const int8_t expected[] = {TSL_ACTIVE, TSL_AT_RISK, TSL_ACTIVE, -1, -1, TSL_POTENTIAL};
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
    assert_int_equal(staged, 4);
    release(labels, &features);
}

/* New for as long as customers pause: where they buy weekly 30 days, where they pause for 300 as many. */
static void test_new_days(void **state)
{
    (void)state;
    static const struct {
        double given, pause, expected;
    } cases[] = {{0, 7, 30}, {0, 300, 300}, {0, 30.5, 30.5}, {14, 300, 14}, {.5, 7, .5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const row history[] = {{2, 14, 20, 1, 7, cases[i].pause, 8, 9},
                               {2, 14, 20, 1, 7, cases[i].pause, 8, 9},
                               {0, 0, 5, NAN, NAN, NAN, NAN, NAN},
                               {2, 14, 20, 1, 7, 1000, 8, 9}};
        tsl_features features;
        tsl_labels *labels = run(history, 4, cases[i].given, &features);
        assert_true(labels->policy->new_days == cases[i].expected);
        assert_int_equal(labels->policy->new_learned, cases[i].given == 0);
        release(labels, &features);
    }
}

/* At risk by the gaps or by P(alive), lost by both, of those for whom it is known; by P(alive) alone where that is
 * asked for; by gaps where it says of everybody that he is alive. */
static void test_alive(void **state)
{
    (void)state;
    enum { MANY = 7 };
    static const row history[MANY] = {
        {5, 300, 390, 10, 60, 60, 60, 60}, /* 91 days silent: at risk by gaps */
        {5, 300, 330, 10, 60, 60, 60, 60}, /* 31 days: mature by them */
        {5, 300, 330, 10, 60, 60, 60, 60},
        {0, 0, 99, NAN, NAN, NAN, NAN, NAN}, /* bought once: by gaps whatever the model says */
        {5, 300, 390, 10, 60, 60, 60, 60},
        {5, 300, 420, 10, 60, 60, 60, 60}, /* 121 days: lost by gaps */
        {5, 300, 420, 10, 60, 60, 60, 60},
    };
    static double alive[2][MANY] = {{.9, .49, .09, .6, NAN, .49, .51}, {1, 1, 1, 1, NAN, 1, 1}};
    enum { R = TSL_AT_RISK, M = TSL_MATURE, L = TSL_LOST };
    static const int8_t by_gaps[MANY] = {R, M, M, R, R, L, L};
    static const struct {
        tsl_stage_basis basis;
        double lost;
        int8_t expected[MANY];
    } cases[] = {{TSL_STAGES_AUTO, 0, {R, R, R, R, R, L, R}},
                 {TSL_STAGES_AUTO, .6, {R, R, R, R, R, R, R}},
                 {TSL_STAGES_ALIVE, 0, {M, R, L, R, R, R, M}},
                 {TSL_STAGES_ALIVE, .5, {M, L, L, R, R, L, M}},
                 {TSL_STAGES_GAPS, 0, {R, M, M, R, R, L, L}}};
    tsl_feature feature = {.name = (char[]){"p_alive"}};
    tsl_recipe recipe = {.feature = &feature, .feature_count = 1};
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        tsl_label_options opt;
        TSL_DEFAULTS(label, &opt);
        opt.new_days = 30;
        opt.stage_basis = cases[i / 2].basis;
        opt.levels.lost = cases[i / 2].lost;
        tsl_features features = {
            .customers = MANY, .recipe = &recipe, .feature_count = 1, .feature = &feature, .x = alive[i % 2]};
        features.history = malloc(sizeof history);
        memcpy(features.history, history, sizeof history);
        tsl_labels *labels = calloc(1, sizeof *labels);
        *labels = (tsl_labels){.customers = MANY, .features = &features, .gap_p90 = NAN};
        assert_int_equal(tsl__policy_open(1, &labels->policy, NULL), TSL_OK);
        const tsl__labeling job = {.opt = &opt, .threads = 1, .labels = labels};
        assert_int_equal(tsl__lifecycle_fill(&job, NULL), TSL_OK);
        assert_int_equal(labels->policy->by_alive, i % 2 == 0 && opt.stage_basis != TSL_STAGES_GAPS);
        assert_memory_equal(labels->customer_stage, i % 2 == 0 ? cases[i / 2].expected : by_gaps, MANY);
        release(labels, &features);
    }
}

/* New is who bought once; who came back within the time is not new, and one purchase of 265 days ago is never active.
 */
static void test_new_once(void **state)
{
    (void)state;
    static const row history[] = {
        {0, 0, 264, NAN, NAN, NAN, NAN, NAN}, /* 265 days, where people pause for 300 */
        {4, 40, 47, 10, 10, 10, 12, 12},      /* four times more in 48 days */
        {2, 600, 640, 10, 300, 300, 300, 300}, {2, 600, 640, 10, 300, 300, 300, 300},
        {2, 600, 640, 10, 300, 300, 300, 300},
    };
    static const double given[] = {0, 30, 120, 264, 265};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        tsl_features features;
        tsl_labels *labels = run(history, 5, given[i], &features);
        assert_int_equal(labels->customer_stage[0], given[i] == 0 || given[i] == 265 ? TSL_NEW : TSL_AT_RISK);
        assert_int_equal(labels->customer_stage[1], TSL_ACTIVE);
        release(labels, &features);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_stages),     cmocka_unit_test(test_limits),
                                       cmocka_unit_test(test_daily),      cmocka_unit_test(test_no_gaps),
                                       cmocka_unit_test(test_few_gaps),   cmocka_unit_test(test_counts),
                                       cmocka_unit_test(test_properties), cmocka_unit_test(test_new_days),
                                       cmocka_unit_test(test_alive),      cmocka_unit_test(test_new_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
