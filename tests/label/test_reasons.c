/* test_reasons.c: the sentence of a customer of whom neither value nor dates are
 * known, and the limit that is said of a silence; the others are in test_labels.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "label/internal.h"

static void check(const char *lang, int32_t runner_up, const char *expected)
{
    static char en[2][8] = {"Young", "Old"}, zh[2][8] = {"年轻", "年长"};
    tsl_segment segment[] = {{.segment = 1, .names = {en[0], zh[0]}}, {.segment = 2, .names = {en[1], zh[1]}}};
    int32_t number[] = {2};
    tsl_recipe recipe = {0};
    tsl_policy policy = {0};
    tsl_features features = {.customers = 1, .recipe = &recipe};
    tsl_labels labels = {
        .customers = 1, .features = &features, .segments = segment, .segment_count = 2, .policy = &policy};
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    const tsl__labeling job = {.opt = &opt, .lang = strcmp(lang, "zh") == 0, .threads = 1, .labels = &labels};
    labels.customer_segment = number;
    labels.runner_up = &runner_up;
    assert_int_equal(tsl__reasons_fill(&job, NULL), TSL_OK);
    assert_string_equal(labels.reason[0], expected);
    free(labels.reason[0]);
    free(labels.reason);
    assert_int_equal(labels.reason_code[0], TSL_REASON_PLACE);
    free(labels.reason_code);
}

static void test_place(void **state)
{
    (void)state;
    check("en", 1, "nearest to \"Old\", then to \"Young\"");
    check("zh", 1, "最接近“年长”，其次“年轻”");
    check("en", 0, "the only segment");
    check("zh", 0, "唯一的客群");
}

/* Whole days: who is silent for 30 is over a limit of 29.5, not over one of 30. */
static void test_limit(void **state)
{
    (void)state;
    static const struct {
        double days;
        int8_t stage;
        const char *lang, *expected;
    } cases[] = {{29, TSL_ACTIVE, "en", "last purchase 29 days ago, within the usual 29"},
                 {30, TSL_AT_RISK, "en", "30 days without a purchase, over the usual 29"},
                 {30, TSL_AT_RISK, "zh", "30 天未购买，超过其惯常间隔 29 天"},
                 {60, TSL_LOST, "en", "60 days without a purchase, far over the usual 29"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double history[TSL_HISTORY_COLUMNS] = {[TSL_HISTORY_TX] = 5, [TSL_HISTORY_T] = cases[i].days + 4};
        int32_t since = 0;
        int8_t stage = cases[i].stage;
        tsl_recipe recipe = {0};
        tsl_policy policy = {.has_lifecycle = 1, .gap_p90 = 29.5, .shrinkage = 5, .lost_factor = 2};
        tsl_features features = {.customers = 1, .recipe = &recipe, .history = history};
        tsl_labels labels = {.customers = 1,
                             .features = &features,
                             .customer_stage = &stage,
                             .stage_since = &since,
                             .has_lifecycle = 1,
                             .gap_p90 = 29.5,
                             .policy = &policy};
        tsl_label_options opt;
        TSL_DEFAULTS(label, &opt);
        const tsl__labeling job = {
            .opt = &opt, .lang = strcmp(cases[i].lang, "zh") == 0, .threads = 1, .labels = &labels};
        assert_int_equal(tsl__reasons_fill(&job, NULL), TSL_OK);
        assert_string_equal(labels.reason[0], cases[i].expected);
        free(labels.reason[0]);
        free(labels.reason);
        assert_int_equal(labels.reason_code[0], cases[i].stage); /* those of a stage come first */
        free(labels.reason_code);
    }
}

/* However large or small, a value is not cut; from 1 on in cents, where these tell it from the limit. */
static void test_values(void **state)
{
    (void)state;
    static const struct {
        double value, cut;
        const char *en, *zh;
    } cases[] = {{3.24349e26, 1e26, "value 3.243e+26, Bronze from 1e+26", "价值 3.243e+26，铜卡起点 1e+26"},
                 {1.23456e-7, 1e-8, "value 1.235e-07, Bronze from 1e-08", "价值 1.235e-07，铜卡起点 1e-08"},
                 {.00012, 0, "value 0.0001, Bronze from 0", "价值 0.0001，铜卡起点 0"},
                 {-3e20, 0, "value -3e+20, Bronze from 0", "价值 -3e+20，铜卡起点 0"},
                 {1234567.25, 12, "value 1234567.25, Bronze from 12", "价值 1234567.25，铜卡起点 12"},
                 {4656.3896, 2686.6339, "value 4656.39, Bronze from 2686.63", "价值 4656.39，铜卡起点 2686.63"},
                 {2686.6301, 2686.6339, "value 2686.6301, Bronze from 2686.6339", "价值 2686.6301，铜卡起点 2686.6339"},
                 {0, 234.6804, "value 0, Bronze from 234.68", "价值 0，铜卡起点 234.68"},
                 {2686.63, .1234, "value 2686.63, Bronze from 0.1234", "价值 2686.63，铜卡起点 0.1234"}};
    const tsl_label_options opt = {.reasons = 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int lang = 0; lang < 2; lang++) {
            double value = cases[i].value;
            int8_t tier = 3;
            tsl_recipe recipe = {0};
            tsl_tier_name names[5];
            tsl_tier_cut cut[5] = {{1e30, 0}, {1e29, 0}, {1e28, 0}, {cases[i].cut, 0}};
            for (size_t t = 0; t < 5; t++) {
                names[t] = (tsl_tier_name){tsl_tier_get_code(5, t),
                                           {tsl_tier_get_name(5, t, "en"), tsl_tier_get_name(5, t, "zh")}};
            }
            tsl_policy policy = {.tier_method = TSL_TIER_CUTS, .tier_count = 5, .tier_name = names, .tier_cut = cut};
            tsl_features features = {.customers = 1, .recipe = &recipe};
            tsl_labels labels = {.customers = 1,
                                 .features = &features,
                                 .has_tiers = 1,
                                 .value = &value,
                                 .customer_tier = &tier,
                                 .policy = &policy};
            const tsl__labeling job = {.opt = &opt, .lang = lang, .threads = 1, .labels = &labels};
            assert_int_equal(tsl__reasons_fill(&job, NULL), TSL_OK);
            assert_string_equal(labels.reason[0], lang ? cases[i].zh : cases[i].en);
            free(labels.reason[0]);
            free(labels.reason);
            assert_int_equal(labels.reason_code[0], TSL_REASON_VALUE);
            free(labels.reason_code);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_place), cmocka_unit_test(test_limit),
                                       cmocka_unit_test(test_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
