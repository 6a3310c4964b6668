/* test_stage_words.c: why a customer has his stage, in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "label/internal.h"

enum { LINES, TOTAL, RETURNED, ALIVE, FEATURES };
#define UNKNOWN NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN

typedef struct sample {
    double history[TSL_HISTORY_COLUMNS];
    double x[FEATURES]; /* lines, total, share returned, P(alive) */
    int8_t stage;
    const char *en, *zh;
} sample;

static const sample samples[] = {
    {{UNKNOWN}, {0, 0, NAN, NAN}, TSL_POTENTIAL, "no purchase yet", "尚无购买"},
    {{UNKNOWN}, {NAN, NAN, NAN, NAN}, TSL_POTENTIAL, "no purchase yet", "尚无购买"},
    {{UNKNOWN}, {2, -10, NAN, NAN}, TSL_POTENTIAL, "returns or cancelled orders only", "仅有退货或取消的订单"},
    {{UNKNOWN}, {2, 0, 1, NAN}, TSL_POTENTIAL, "returns or cancelled orders only", "仅有退货或取消的订单"},
    {{UNKNOWN}, {2, 0, NAN, NAN}, TSL_POTENTIAL, "only lines without an amount", "仅有金额为零的记录"},
    {{UNKNOWN}, {2, 0, 0, NAN}, TSL_POTENTIAL, "only lines without an amount", "仅有金额为零的记录"},
    {{3, NAN, NAN, NAN, NAN, NAN, NAN, NAN},
     {1, 1, 0, NAN},
     -1,
     "when the last purchase was is not known",
     "最近购买时间未知"},
    {{0, 0, 0, NAN, NAN, NAN, NAN, NAN},
     {1, 1, 0, NAN},
     TSL_NEW,
     "bought once, 1 day ago, new for 30 days",
     "仅购买一次，在 1 天前，新客期为 30 天"},
    {{2, 100, 129, 1, 9, 9, 60, 9},
     {1, 1, 0, NAN},
     TSL_ACTIVE,
     "last purchase 30 days ago, within the usual 60",
     "30 天前购买，未超过其惯常间隔 60 天"},
    {{2, 100, 129, 1, 9, 9, 60, 9},
     {1, 1, 0, .9012345},
     TSL_ACTIVE,
     "last purchase 30 days ago, 90 % likely to be still a customer",
     "30 天前购买，仍为客户的概率 90%"},
    {{2, 100, 129, 1, 9, 9, 60, 9},
     {1, 1, 0, .896784},
     TSL_ACTIVE,
     "last purchase 30 days ago, 90 % likely to be still a customer",
     "30 天前购买，仍为客户的概率 90%"},
    {{2, 100, 129, 1, 9, 9, 60, 9},
     {1, 1, 0, .9999},
     TSL_ACTIVE,
     "last purchase 30 days ago, 99.9 % likely to be still a customer",
     "30 天前购买，仍为客户的概率 99.9%"},
    {{5, 300, 329, 1, 60, 60, 60, 60},
     {1, 1, 0, NAN},
     TSL_MATURE,
     "bought on 6 days in 330 days, last 30 days ago, within the usual 60",
     "330 天内有 6 天购买，最近一次在 30 天前，未超过其惯常间隔 60 天"},
    {{2, 100, 160, 1, 9, 9, 60, 9},
     {1, 1, 0, NAN},
     TSL_AT_RISK,
     "61 days without a purchase, over the usual 60",
     "61 天未购买，超过其惯常间隔 60 天"},
    {{0, 0, 30, NAN, NAN, NAN, NAN, NAN},
     {1, 1, 0, NAN},
     TSL_AT_RISK,
     "bought once, 31 days ago, and did not come back within 30 days",
     "仅购买一次，已过 31 天，30 天内未再购买"},
    {{2, 100, 149, 1, 9, 9, 60, 9},
     {1, 1, 0, NAN},
     TSL_AT_RISK,
     "50 days without a purchase, at risk since 2024-10-01",
     "50 天未购买，自 2024-10-01 起预警"},
    {{2, 100, 160, 1, 9, 9, 60, 9},
     {1, 1, 0, .4112},
     TSL_AT_RISK,
     "61 days without a purchase, over the usual 60, 41 % likely to be still a customer",
     "61 天未购买，超过其惯常间隔 60 天，仍为客户的概率 41%"},
    {{2, 100, 149, 1, 9, 9, 60, 9},
     {1, 1, 0, .4112},
     TSL_AT_RISK,
     "50 days without a purchase, within the usual 60, but only 41 % likely to be still a customer",
     "50 天未购买，未超过其惯常间隔 60 天，但仍为客户的概率仅 41%"},
    {{2, 100, 149, 1, 9, 9, 60, 9},
     {1, 1, 0, .5},
     TSL_AT_RISK,
     "50 days without a purchase, at risk since 2024-10-01",
     "50 天未购买，自 2024-10-01 起预警"},
    {{2, 100, 220, 1, 9, 9, 60, 9},
     {1, 1, 0, NAN},
     TSL_LOST,
     "121 days without a purchase, far over the usual 60",
     "121 天未购买，远超其惯常间隔 60 天"},
    {{0, 0, 120, NAN, NAN, NAN, NAN, NAN},
     {1, 1, 0, NAN},
     TSL_LOST,
     "bought once, 121 days ago, far over the usual 60",
     "仅购买一次，已过 121 天，远超通常间隔 60 天"},
    {{2, 100, 220, 1, 9, 9, 60, 9},
     {1, 1, 0, .03423},
     TSL_LOST,
     "121 days without a purchase, far over the usual 60, only 3.4 % likely to be still a customer",
     "121 天未购买，远超其惯常间隔 60 天，仍为客户的概率仅 3.4%"},
    {{2, 100, 220, 1, 9, 9, 60, 9},
     {1, 1, 0, 7e-15},
     TSL_LOST,
     "121 days without a purchase, far over the usual 60, only 0.1 % likely to be still a customer",
     "121 天未购买，远超其惯常间隔 60 天，仍为客户的概率仅 0.1%"},
    {{2, 100, 209, 1, 9, 9, 60, 9},
     {1, 1, 0, NAN},
     TSL_LOST,
     "110 days without a purchase, lost since 2024-10-01",
     "110 天未购买，自 2024-10-01 起流失"},
    {{2, 100, 220, 1, 9, 9, 60, 9},
     {1, 1, 0, .5},
     TSL_LOST,
     "121 days without a purchase, lost since 2024-10-01",
     "121 天未购买，自 2024-10-01 起流失"},
    {{2, 300, 309, 1, 200, 9, 60, 200},
     {1, 1, 0, NAN},
     TSL_REACTIVATED,
     "bought 10 days ago after a silence of 200 days",
     "沉默 200 天后，于 10 天前再次购买"},
};

static const sample alone[] = {
    {{5, 300, 429, 1, 60, 60, 60, 60}, /* the model holds him alive, whatever his gaps say */
     {1, 1, 0, .776},
     TSL_MATURE,
     "bought on 6 days in 430 days, last 130 days ago, 78 % likely to be still a customer",
     "430 天内有 6 天购买，最近一次在 130 天前，仍为客户的概率 78%"},
    {{2, 100, 160, 1, 9, 9, 60, 9},
     {1, 1, 0, .4112},
     TSL_AT_RISK,
     "61 days without a purchase, only 41 % likely to be still a customer",
     "61 天未购买，仍为客户的概率仅 41%"},
    {{0, 0, 30, NAN, NAN, NAN, NAN, NAN}, /* once: by gaps all the same */
     {1, 1, 0, .4112},
     TSL_AT_RISK,
     "bought once, 31 days ago, and did not come back within 30 days",
     "仅购买一次，已过 31 天，30 天内未再购买"},
    {{2, 100, 160, 1, 9, 9, 60, 9},
     {1, 1, 0, .1999},
     TSL_LOST,
     "61 days without a purchase, only 20 % likely to be still a customer",
     "61 天未购买，仍为客户的概率仅 20%"},
    {{2, 100, 160, 1, 9, 9, 60, 9},
     {1, 1, 0, .2001},
     TSL_LOST,
     "61 days without a purchase, lost since 2024-10-01",
     "61 天未购买，自 2024-10-01 起流失"},
};

static void check_words(const sample *given, tsl_stage_basis basis)
{
    static char names[FEATURES][16] = {"lines", "monetary_total", "return_share", "p_alive"};
    tsl_feature feature[FEATURES];
    int32_t since;
    assert_int_equal(tsl_day_read("2024-10-01", &since, NULL), TSL_OK);
    for (size_t f = 0; f < FEATURES; f++) {
        feature[f] = (tsl_feature){.name = names[f]};
    }
    sample one = *given;
    tsl_recipe recipe = {.feature_count = FEATURES, .feature = feature};
    tsl_policy policy = {.gap_p90 = 60,
                         .new_days = 30,
                         .lost_factor = 2,
                         .shrinkage = 5,
                         .stage_basis = basis,
                         .by_alive = 1,
                         .levels = {.risk = .5}};
    const tsl_features features = {.customers = 1,
                                   .recipe = &recipe,
                                   .feature_count = FEATURES,
                                   .feature = feature,
                                   .x = one.x,
                                   .history = one.history,
                                   .as_of = since + 30};
    const tsl_labels labels = {
        .customers = 1, .features = &features, .policy = &policy, .customer_stage = &one.stage, .stage_since = &since};
    const tsl__stage_columns columns = tsl__stage_columns_find(&labels);
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__text text = {0};
        tsl__stage_words_put(&labels, &columns, 0, lang, &text);
        assert_string_equal(text.data, lang ? one.zh : one.en);
        tsl__text_free(&text);
    }
}

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        check_words(&samples[i], TSL_STAGES_AUTO);
    }
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++) {
        check_words(&alone[i], TSL_STAGES_ALIVE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
