/* made_explanation.h: a customer and what would move him, written by hand. */
#ifndef TEST_OUTPUT_MADE_EXPLANATION_H
#define TEST_OUTPUT_MADE_EXPLANATION_H

#include "export/made_model.h"

enum { MADE_GAP, MADE_F, MADE_HOME, MADE_FREQUENCY, MADE_INCOME, MADE_RECENCY, MADE_DAYS, MADE_M, MADE_FEATURES };

static char made_name[MADE_FEATURES][16] = {"gap_mean_days", "Gender=F",     "HomeOwner",     "frequency",
                                            "income",        "recency_days", "purchase_days", "Gender=M"};
static char made_f[] = "F", made_m[] = "M", made_unit[] = "days", made_id[] = "c<1>";
static tsl_feature made_feature[MADE_FEATURES] = {
    {.name = made_name[0], .unit = made_unit, .block = 0},
    {.name = made_name[1], .unit = made_unit, .block = 9, .form = TSL_FORM_VALUE, .level = made_f},
    {.name = made_name[2], .unit = made_unit, .block = 2, .form = TSL_FORM_BOOLEAN},
    {.name = made_name[3], .unit = made_unit, .block = 3},
    {.name = made_name[4], .unit = made_unit, .block = 4},
    {.name = made_name[5], .unit = made_unit, .block = 5},
    {.name = made_name[6], .unit = made_unit, .block = 6},
    {.name = made_name[7], .unit = made_unit, .block = 9, .form = TSL_FORM_VALUE, .level = made_m},
};
static double made_x[MADE_FEATURES] = {(double)NAN, 0, 1, 2, 0.5, 97, 1, 1};
static char *made_ids[] = {made_id};
static tsl_recipe made_recipe = {.feature_count = MADE_FEATURES, .feature = made_feature};
static tsl_features made_features = {.recipe = &made_recipe,

                                     .customers = 1,
                                     .id = made_ids,
                                     .feature_count = MADE_FEATURES,
                                     .feature = made_feature,
                                     .x = made_x};
static int32_t made_segments[] = {1}, made_runner_up[] = {2};
static double made_confidence[] = {0.25}, made_distance[] = {1.5};
static tsl_labels made_labels = {.customers = 1,
                                 .features = &made_features,
                                 .policy = &made_policy,
                                 .customer_segment = made_segments,
                                 .runner_up = made_runner_up,
                                 .confidence = made_confidence,
                                 .distance = made_distance};
static int32_t made_way[] = {1, 3, 8};
static tsl_explanation made_explanation = {
    .labels = &made_labels,
    .model = &made_model,
    .segment = 1,
    .tree_segment = 1,
    .way_count = 3,
    .way = made_way,
    .by_tree = {.segment = 2,
                .count = 2,
                .change = {{MADE_F, 0, 1, 0, INFINITY}, {MADE_GAP, (double)NAN, 5, -INFINITY, 7}},
                .shift = 1.5},
    .by_distance = {.segment = 2, .count = 1, .change = {{MADE_RECENCY, 97, 43, -INFINITY, 43.5}}, .shift = 0.25},
};

#endif
