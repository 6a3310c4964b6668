/* test_measures.c: what is looked at of each customer, before and after, of two runs 60 days apart that are made by
 * hand. */
#include "rosters.h"

#include "label/compare/measures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RECENCY, FREQUENCY, FREQUENCY_90D, TOTAL, SPENT_365D, CONTENT, ANSWER_NO, ANSWER_YES, FEATURES };
enum { BUYER, SILENT, NEVER, UNKNOWN, CUSTOMERS };
enum { DAYS = 60 };

static char names[FEATURES][24] = {"recency_days",  "frequency",         "frequency_90d", "monetary_total",
                                   "monetary_365d", "satisfaction_mean", "renewed=no",    "renewed=yes"};
static char days[] = "days", none[] = "", no[] = "no", yes[] = "yes", renewed[] = "renewed";
static tsl_feature feature_then[FEATURES], feature_now[FEATURES];
static tsl_recipe recipe_then = {.feature = feature_then, .feature_count = FEATURES},
                  recipe_now = {.feature = feature_now, .feature_count = FEATURES};
static double x_then[CUSTOMERS][FEATURES] = {
    [BUYER] = {10, 9, 3, 900, 730, 4, 1, 0},
    [SILENT] = {61, 2, 0, 50, 50, NAN, 0, 1},
    [NEVER] = {NAN, 0, 0, 0, 0, NAN, 0, 1},
    [UNKNOWN] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN},
};
static double x_now[CUSTOMERS][FEATURES] = {
    [BUYER] = {60, 11, 4, 1200, 900, 5, 0, 1},
    [SILENT] = {121, 2, 0, 50, 50, 3, 0, 1},
    [NEVER] = {5, 1, 1, 30, 30, NAN, 0, 1},
    [UNKNOWN] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN},
};
static tsl_features features_then = {
    .customers = CUSTOMERS, .recipe = &recipe_then, .feature_count = FEATURES, .feature = feature_then, .x = x_then[0]};
static tsl_features features_now = {
    .customers = CUSTOMERS, .recipe = &recipe_now, .feature_count = FEATURES, .feature = feature_now, .x = x_now[0]};

static tsl_roster_group stages_then[] = {MAKE_GROUP("active", "", ""), MAKE_GROUP("lost", "", ""),
                                         MAKE_GROUP("", "", "")},
                        stages_now[] = {MAKE_GROUP("lost", "", ""), MAKE_GROUP("active", "", "")};
static int32_t stage_then[CUSTOMERS] = {0, 1, 0, 2}, stage_now[CUSTOMERS] = {1, 1, 0, 0};
static tsl_roster then, now;
static tsl_migration all = {.then = &then, .now = &now};

static void make_features(tsl_feature *feature)
{
    for (size_t f = 0; f < FEATURES; f++) {
        feature[f] = (tsl_feature){.name = names[f],
                                   .unit = f == RECENCY ? days : none,
                                   .block = f,
                                   .entry = names[f],
                                   .column = none,
                                   .level = none};
    }
    for (size_t f = ANSWER_NO; f <= ANSWER_YES; f++) {
        feature[f].block = ANSWER_NO;
        feature[f].form = TSL_FORM_VALUE;
        feature[f].outcome = 1;
        feature[f].entry = none;
        feature[f].column = renewed;
        feature[f].level = f == ANSWER_NO ? no : yes;
    }
}

static int setup(void **state)
{
    (void)state;
    make_features(feature_then);
    make_features(feature_now);
    then = (tsl_roster){.customers = CUSTOMERS,
                        .by = {{3, segments_then, stage_now}, {3, tiers, stage_now}, {3, stages_then, stage_then}},
                        .features = &features_then};
    now = (tsl_roster){.customers = CUSTOMERS,
                       .by = {{3, segments_then, stage_now}, {3, tiers, stage_now}, {2, stages_now, stage_now}},
                       .features = &features_now};
    all.has_value = 1;
    return 0;
}

static tsl__measures *open(tsl_effects *effects)
{
    tsl__measures *measures = NULL;
    *effects = (tsl_effects){.migration = &all, .days = DAYS};
    assert_int_equal(tsl__measures_open(effects, &measures, NULL), TSL_OK);
    return measures;
}

static void close(tsl_effects *effects, tsl__measures *measures)
{
    for (size_t m = 0; m < effects->measure_count; m++) {
        free(effects->measure[m].code);
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            free(effects->measure[m].names[lang]);
        }
    }
    free(effects->measure);
    tsl__measures_free(measures);
}

static size_t find(const tsl_effects *effects, const char *code)
{
    size_t m = 0;
    while (m < effects->measure_count && strcmp(effects->measure[m].code, code) != 0) {
        m++;
    }
    return m;
}

static void assert_same(double is, double expected)
{
    if (isnan(expected) ? !isnan(is) : !(fabs(is - expected) < 1e-12)) {
        fail_msg("%g is not %g", is, expected);
    }
}

static void check(const char *code, int is_rate, const double expected[CUSTOMERS][2])
{
    size_t row[CUSTOMERS] = {BUYER, SILENT, NEVER, UNKNOWN};
    const tsl__subjects subjects = {.count = CUSTOMERS, .then = row, .now = row};
    double before[CUSTOMERS], after[CUSTOMERS];
    tsl_effects effects;
    tsl__measures *measures = open(&effects);
    const size_t m = find(&effects, code);
    assert_true(m < effects.measure_count);
    assert_int_equal(effects.measure[m].is_rate, is_rate);
    tsl__measures_get(measures, m, &subjects, before, after);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        assert_same(before[i], expected[i][0]);
        assert_same(after[i], expected[i][1]);
    }
    close(&effects, measures);
}

static void test_values(void **state)
{
    (void)state;
    /* By its code in each run; whose stage is not known is neither. */
    check("churn", 1, (const double[][2]){{0, 0}, {1, 0}, {0, 1}, {NAN, 1}});
    /* Over 60 days; who never bought is silent, and of whom neither is known is not. */
    check("silence", 1, (const double[][2]){{0, 0}, {1, 1}, {1, 0}, {NAN, NAN}});
    /* In 30 days: of the 90 before, and of the 60 since. */
    check("frequency", 0, (const double[][2]){{1, 1}, {0, 0}, {0, .5}, {NAN, NAN}});
    check("spend", 0, (const double[][2]){{60, 150}, {50 * 30 / 365., 0}, {0, 15}, {NAN, NAN}});
    check("satisfaction_mean", 0, (const double[][2]){{4, 5}, {NAN, 3}, {NAN, NAN}, {NAN, NAN}});
    /* Of an outcome the answer that tells. */
    check("renewed=yes", 1, (const double[][2]){{0, 1}, {1, 1}, {1, 1}, {NAN, NAN}});
}

static void test_names(void **state)
{
    (void)state;
    tsl_effects effects;
    tsl__measures *measures = open(&effects);
    const size_t m = find(&effects, "silence");
    assert_int_equal(effects.measure_count, 6);
    assert_string_equal(effects.measure[m].names[0], "no purchase in 60 days");
    assert_string_equal(effects.measure[m].names[1], "60 天内未购买");
    close(&effects, measures);
}

/* What one of the runs does not tell is not looked at; what only the later one tells has no before. */
static void test_not_there(void **state)
{
    (void)state;
    static char other[FEATURES][24] = {"a", "b", "c", "d", "e", "f", "g", "h"}, hours[] = "points";
    tsl_effects effects;
    all.has_value = 0; /* of two currencies, say */
    tsl__measures *measures = open(&effects);
    assert_true(find(&effects, "spend") == effects.measure_count && find(&effects, "frequency") == 2);
    close(&effects, measures);
    feature_then[CONTENT].unit = hours;
    measures = open(&effects);
    assert_false(effects.measure[find(&effects, "satisfaction_mean")].has_before);
    close(&effects, measures);
    check("satisfaction_mean", 0, (const double[][2]){{NAN, 5}, {NAN, 3}, {NAN, NAN}, {NAN, NAN}});
    for (size_t f = 0; f < FEATURES; f++) {
        feature_then[f].name = other[f];
    }
    measures = open(&effects);
    assert_int_equal(effects.measure_count, 3); /* churn, and what was told since */
    close(&effects, measures);
    then.features = NULL;
    measures = open(&effects);
    assert_int_equal(effects.measure_count, 1);
    close(&effects, measures);
    then.by[TSL_BY_STAGE].count = 1; /* nobody was lost, and there is no such stage */
    measures = open(&effects);
    assert_int_equal(effects.measure_count, 0);
    close(&effects, measures);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup(test_values, setup),
                                       cmocka_unit_test_setup(test_names, setup),
                                       cmocka_unit_test_setup(test_not_there, setup)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
