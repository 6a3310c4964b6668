/* test_churn.c: the risk that a customer buys nothing: by what became of such silences, by a model where it is known;
 * and what is at stake. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "feature/records/silences.h"
#include "label/internal.h"
#include "label/stages/churn.h"

#define CUSTOMERS 400
enum { RECENCY, VALUE, MODEL, CLV, FEATURES };

/* Customers of 1 to 20 purchase days, silent for 1 to 800 days. */
typedef struct crowd {
    tsl_recipe recipe;
    tsl_feature feature[FEATURES];
    tsl_features features;
    double x[CUSTOMERS * FEATURES], history[CUSTOMERS * TSL_HISTORY_COLUMNS];
} crowd;

static void make_crowd(crowd *c, size_t features)
{
    static char names[FEATURES][24] = {"recency_days", "monetary_total", "p_no_purchase_90d", "clv_365d"};
    memset(c, 0, sizeof *c);
    for (size_t f = 0; f < FEATURES; f++) {
        c->feature[f] = (tsl_feature){.name = names[f], .unit = names[0]};
    }
    c->recipe = (tsl_recipe){.feature_count = features, .feature = c->feature, .has_value = features > MODEL};
    c->recipe.value.purchases.chosen = TSL_PARETO_NBD;
    c->features = (tsl_features){.customers = CUSTOMERS,
                                 .recipe = &c->recipe,
                                 .feature_count = features,
                                 .feature = c->feature,
                                 .x = c->x,
                                 .history = c->history};
    for (size_t i = 0; i < CUSTOMERS; i++) {
        double *h = c->history + i * TSL_HISTORY_COLUMNS, *x = c->x + i * features;
        const double days = (double)(i % 20), silence = (double)(i / 20 * 40 + 1);
        for (size_t f = 0; f < TSL_HISTORY_COLUMNS; f++) {
            h[f] = NAN;
        }
        h[TSL_HISTORY_X] = days;
        h[TSL_HISTORY_TX] = days * 10;
        h[TSL_HISTORY_T] = days * 10 + silence - 1;
        x[RECENCY] = silence;
        for (size_t f = VALUE; f < features; f++) {
            x[f] = f == MODEL ? .25 : (double)i;
        }
    }
}

static void make_silences(tsl_silences *of, uint64_t seed)
{
    tsl__rng rng = tsl__rng_open(seed, 1, 1);
    for (size_t h = 0; h < TSL_SILENCE_HABITS; h++) {
        for (size_t s = 0; s < TSL_SILENCE_SPANS; s++) {
            of->seen[h][s] = (uint64_t)(tsl__rng_uniform(&rng) * 40);
            of->back[h][s] = (uint64_t)(tsl__rng_uniform(&rng) * (double)(of->seen[h][s] + 1));
        }
    }
}

/* Whatever was counted: a probability, and the longer the silence the not-lower the risk. */
static void test_silence(void **state)
{
    (void)state;
    static crowd c;
    for (uint64_t seed = 0; seed < 50; seed++) {
        double *risk = NULL;
        int by_model = 1;
        make_crowd(&c, VALUE + 1);
        make_silences(&c.recipe.silences, seed);
        assert_int_equal(tsl__churn_predict(&c.features, &risk, &by_model, NULL), TSL_OK);
        assert_non_null(risk);
        assert_int_equal(by_model, 0);
        for (size_t i = 0; i < CUSTOMERS; i++) {
            assert_true(risk[i] >= 0 && risk[i] <= 1);
            assert_true(i < 20 || risk[i] >= risk[i - 20]);
        }
        free(risk);
    }
}

/* With many customers in each class the risk is their share; of few it is drawn to that of all. */
static void test_share(void **state)
{
    (void)state;
    static crowd c;
    double *risk = NULL;
    int by_model;
    make_crowd(&c, VALUE + 1);
    for (size_t s = 0; s < TSL_SILENCE_SPANS; s++) {
        c.recipe.silences.seen[0][s] = 1000000;
        c.recipe.silences.back[0][s] = 1000000 - 50000 * s;
    }
    c.recipe.silences.seen[1][2] = 5; /* of two days, silent for up to 7: nobody of 5 came back, where all do */
    assert_int_equal(tsl__churn_predict(&c.features, &risk, &by_model, NULL), TSL_OK);
    assert_true(fabs(risk[20] - .05 * (double)tsl__silence_get_span(41)) < 1e-5);
    assert_true(fabs(risk[380] - .05 * (double)tsl__silence_get_span(761)) < 1e-5);
    assert_true(fabs(risk[361] - risk[360]) < 1e-5); /* of two days nobody was so silent: as of all */
    free(risk);
    double seven[TSL_HISTORY_COLUMNS] = {[TSL_HISTORY_X] = 1, [TSL_HISTORY_TX] = 10, [TSL_HISTORY_T] = 16};
    memcpy(c.history, seven, sizeof seven);
    assert_int_equal(tsl__churn_predict(&c.features, &risk, &by_model, NULL), TSL_OK);
    /* (5 + 5 * .1) / 10 is over what follows, .15, .2, .25 and .3 of 5 customers each: all are pooled */
    assert_true(fabs(risk[0] - (5.5 + 5 * (.15 + .2 + .25 + .3)) / 30) < 1e-4);
    free(risk);
}

/* A span in which nobody was weighs nothing: the higher risk before it and the lower one after it are pooled by those
 * who were seen, also of a habit of which nobody was. */
static void test_empty_span(void **state)
{
    (void)state;
    static crowd c;
    double *risk = NULL;
    int by_model;
    make_crowd(&c, VALUE + 1);
    const size_t before = tsl__silence_get_span(1), after = tsl__silence_get_span(41);
    assert_true(before + 1 < after);
    c.recipe.silences.seen[0][before] = c.recipe.silences.seen[0][after] = 1000;
    c.recipe.silences.back[0][before] = 200;
    c.recipe.silences.back[0][after] = 800;
    assert_int_equal(tsl__churn_predict(&c.features, &risk, &by_model, NULL), TSL_OK);
    assert_true(fabs(risk[19] - .5) < 1e-9 && fabs(risk[39] - .5) < 1e-9); /* of 20 days, silent for 1 and 41 */
    free(risk);
}

/* Too few were seen: nothing is said; nobody is at risk who never bought; a model goes before. */
static void test_known(void **state)
{
    (void)state;
    static crowd c;
    double *risk = NULL;
    int by_model;
    make_crowd(&c, VALUE + 1);
    c.recipe.silences.seen[0][3] = 99;
    assert_int_equal(tsl__churn_predict(&c.features, &risk, &by_model, NULL), TSL_OK);
    assert_null(risk);
    c.recipe.silences.seen[0][3] = 100;
    c.history[TSL_HISTORY_X] = NAN;
    assert_int_equal(tsl__churn_predict(&c.features, &risk, &by_model, NULL), TSL_OK);
    assert_true(isnan(risk[0]) && risk[1] == 1);
    free(risk);
    make_crowd(&c, MODEL + 1);
    c.recipe.value.purchases.chosen = TSL_NBD; /* nor is a model believed by which nobody leaves */
    assert_int_equal(tsl__churn_predict(&c.features, &risk, &by_model, NULL), TSL_OK);
    assert_true(risk == NULL && by_model == 0);
    c.recipe.value.purchases.chosen = TSL_PARETO_NBD;
    c.x[MODEL] = NAN;
    assert_int_equal(tsl__churn_predict(&c.features, &risk, &by_model, NULL), TSL_OK);
    assert_int_equal(by_model, 1);
    assert_true(isnan(risk[0]) && risk[1] == .25);
    free(risk);
    make_silences(&c.recipe.silences, 1);
    c.recipe.value.purchases.chosen = TSL_NBD;
    assert_int_equal(tsl__churn_predict(&c.features, &risk, &by_model, NULL), TSL_OK);
    assert_true(by_model == 0 && risk[399] > .25);
    free(risk);
    c.recipe.value.purchases.chosen = TSL_PARETO_NBD;
    assert_int_equal(tsl__churn_predict(&c.features, &risk, &by_model, NULL), TSL_OK);
    assert_true(by_model == 1 && risk[399] == .25);
    free(risk);
    c.features.history = NULL;
    assert_int_equal(tsl__churn_predict(&c.features, &risk, &by_model, NULL), TSL_OK);
    assert_null(risk);
}

static void fill(crowd *c, tsl_labels *labels, char *value)
{
    static tsl_policy policy;
    policy.gap_p90 = 60;
    *labels = (tsl_labels){
        .customers = CUSTOMERS, .features = &c->features, .policy = &policy, .has_lifecycle = 1, .value_name = value};
    labels->customer_stage = malloc(CUSTOMERS);
    memset(labels->customer_stage, TSL_ACTIVE, CUSTOMERS);
    labels->customer_stage[0] = -1;
    const tsl__labeling job = {.labels = labels};
    assert_int_equal(tsl__churn_fill(&job, NULL), TSL_OK);
}

static void release(tsl_labels *labels)
{
    free(labels->customer_stage);
    free(labels->churn_risk);
    free(labels->value_at_risk);
    free(labels->churn);
}

static void test_value(void **state)
{
    (void)state;
    static crowd c;
    static char total[] = "monetary_total";
    tsl_labels labels;
    make_crowd(&c, MODEL + 1);
    c.x[(CUSTOMERS - 1) * (MODEL + 1) + VALUE] = -50; /* took back more than he bought: nothing is at risk */
    c.x[(CUSTOMERS - 2) * (MODEL + 1) + VALUE] = NAN;
    fill(&c, &labels, total);
    assert_string_equal(labels.churn->value, "monetary_total");
    assert_true(labels.value_at_risk[8] == 2 && labels.value_at_risk[CUSTOMERS - 1] == 0);
    assert_true(isnan(labels.value_at_risk[CUSTOMERS - 2]));
    assert_int_equal(labels.churn->all.size, CUSTOMERS);
    assert_int_equal(labels.churn->stage[TSL_ACTIVE].size, CUSTOMERS - 1);
    assert_int_equal(labels.churn->stage[TSL_LOST].size, 0);
    assert_true(isnan(labels.churn->stage[TSL_LOST].risk_mean));
    assert_true(labels.churn->all.risk_mean == .25);
    assert_true(labels.churn->all.value_total == .25 * (397.0 * 398 / 2));
    assert_int_equal(labels.churn->top[0].size, 4); /* 1 % of 399, rounded up */
    assert_true(labels.churn->top[0].value_total == .25 * (397 + 396 + 395 + 394));
    assert_int_equal(labels.churn->top[3].size, 80);
    release(&labels);
    static char silence[] = "recency_days"; /* no money: what was spent is at risk */
    fill(&c, &labels, silence);
    assert_string_equal(labels.churn->value, "monetary_total");
    release(&labels);
    make_crowd(&c, VALUE); /* no value is known */
    make_silences(&c.recipe.silences, 2);
    fill(&c, &labels, NULL);
    assert_null(labels.churn->value);
    assert_null(labels.value_at_risk);
    assert_true(isnan(labels.churn->all.value_total) && labels.churn->top[0].size == 0);
    release(&labels);
    make_crowd(&c, FEATURES); /* what is to be expected goes before what was, and is never added to it */
    const size_t expected = tsl_features_get_index(&c.features, "clv_365d");
    c.x[8 * FEATURES + expected] = NAN;
    fill(&c, &labels, total);
    assert_string_equal(labels.churn->value, "clv_365d");
    assert_true(isnan(labels.value_at_risk[8]));
    assert_int_equal(labels.churn->all.unvalued, 1);
    assert_int_equal(labels.churn->stage[TSL_ACTIVE].unvalued, 1);
    assert_true(labels.value_at_risk[9] == labels.churn_risk[9] * c.x[9 * FEATURES + expected]);
    release(&labels);
    static char mean[] = "monetary_mean", assets[] = "assets", currency[] = "currency";
    c.feature[CLV].unit = currency;
    c.feature[CLV].name = mean; /* of one purchase */
    fill(&c, &labels, mean);
    assert_string_equal(labels.churn->value, "monetary_total");
    release(&labels);
    c.feature[CLV].name = assets;
    fill(&c, &labels, assets);
    assert_string_equal(labels.churn->value, "assets");
    release(&labels);
    make_crowd(&c, FEATURES);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        c.x[i * FEATURES + expected] = NAN;
    }
    fill(&c, &labels, total);
    assert_string_equal(labels.churn->value, "monetary_total");
    release(&labels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_silence), cmocka_unit_test(test_share),
                                       cmocka_unit_test(test_empty_span), cmocka_unit_test(test_known),
                                       cmocka_unit_test(test_value)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
