/* test_advice_wording.c: what is said to be done about a segment follows what is known of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/wording/advice_wording.h"

/* One segment of a run, of which this or that is known. */
typedef struct known {
    tsl_recipe recipe;
    tsl_features features;
    tsl_segment segment;
    tsl_labels labels;
    tsl_portrait_segment usual;
    tsl_portrait portrait;
    tsl_next_segment after;
    tsl_next next;
    tsl_results results;
} known;

static void know(known *k, const char *code)
{
    memset(k, 0, sizeof *k);
    k->recipe.gap_days = 60;
    k->features.recipe = &k->recipe;
    k->segment = (tsl_segment){.code = code, .size = 100};
    k->labels = (tsl_labels){.features = &k->features, .segment_count = 1, .segments = &k->segment};
    k->usual = (tsl_portrait_segment){
        .recency_median = 20, .frequency_median = 3, .purchase_median = 10, .value_mean = 100, .value_median = 100};
    k->portrait = (tsl_portrait){.labels = &k->labels, .segment = &k->usual, .value_mean = 100};
    k->after = (tsl_next_segment){.name = (char *)(uintptr_t)code,
                                  .outcome = {.size = 100, .rate = .5, .rate_low = .4, .rate_high = .6}};
    k->next = (tsl_next){.k = 1, .segment = &k->after, .rate = .5};
    TSL_DEFAULTS(results, &k->results);
    k->results.features = &k->features;
    k->results.labels = &k->labels;
    k->results.portrait = &k->portrait;
    k->results.next = &k->next;
}

static tsl__advice advise(const known *k)
{
    tsl__advice advice;
    tsl__advice_find(&k->results, 0, &advice);
    return advice;
}

static void test_traits(void **state)
{
    (void)state;
    known k;
    know(&k, "S1");
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), TSL__SEGMENT_LATELY);
    k.usual.recency_median = 61;
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), TSL__SEGMENT_QUIET);
    k.recipe.gap_days = 0; /* no usual gap */
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), 0);
    k.usual.value_mean = 150;
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), TSL__SEGMENT_DEAR);
    k.usual.value_mean = 99;
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), TSL__SEGMENT_LESS);
    k.usual.value_mean = 49;
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), TSL__SEGMENT_LESS | TSL__SEGMENT_CHEAP);
    k.usual.value_mean = NAN;
    k.usual.frequency_median = 1;
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), TSL__SEGMENT_ONCE);
    k.usual.frequency_median = 0;
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), TSL__SEGMENT_NEVER);
    k.usual.frequency_median = NAN;
    k.after.outcome.rate_low = .51;
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), TSL__SEGMENT_BACK);
    k.after.outcome.rate_low = .75;
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), TSL__SEGMENT_BACK | TSL__SEGMENT_RETURNS);
    k.after.outcome.rate_low = .2;
    k.after.outcome.rate_high = .49;
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), TSL__SEGMENT_SELDOM);
    k.after.name = (char *)(uintptr_t) "S2"; /* another's */
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), 0);
    assert_null(tsl__segment_get_outcome(&k.results, 0));
    k.results.next = NULL;
    assert_int_equal(tsl__segment_find_traits(&k.results, 0), 0);
}

/* No discount only for who comes back anyway; nobody is written off who comes back more often than others. */
static void test_conditions(void **state)
{
    (void)state;
    known k;
    know(&k, "CHAMP");
    assert_null(strstr(advise(&k).avoid[0], "Discount"));
    k.after.outcome.rate_low = .8;
    assert_non_null(strstr(advise(&k).avoid[0], "Discount"));
    k.results.next = NULL; /* nothing was held out */
    assert_null(strstr(advise(&k).avoid[0], "Discount"));
    k.usual.recency_median = 90;
    assert_non_null(strstr(advise(&k).todo[0], "call"));
    know(&k, "GOOD_QUIET");
    assert_non_null(strstr(advise(&k).todo[0], "ask why"));
    k.after.outcome.rate_low = .51;
    assert_null(strstr(advise(&k).todo[0], "ask why"));
    assert_non_null(strstr(advise(&k).avoid[0], "more of them buy again"));
    know(&k, "SMALL_QUIET");
    assert_null(advise(&k).avoid[0]);
    k.usual.value_mean = 30;
    assert_non_null(strstr(advise(&k).avoid[0], "value does not carry"));
    know(&k, "ONCE_RECENT_LARGER"); /* as ONCE_RECENT */
    assert_non_null(strstr(advise(&k).todo[0], "Second-order"));
    know(&k, "ONCE_LAPSED_SMALLER");
    assert_non_null(strstr(advise(&k).todo[0], "last offer"));
}

/* Segments without such a code: by traits, and nothing where none holds. */
static void test_traits_alone(void **state)
{
    (void)state;
    known k;
    know(&k, "S2");
    assert_null(advise(&k).todo[0]);
    assert_null(advise(&k).avoid[0]);
    k.usual.value_mean = 200;
    assert_non_null(strstr(advise(&k).todo[0], "Own contact"));
    assert_null(advise(&k).avoid[0]);
    k.after.outcome.rate_low = .9;
    assert_non_null(strstr(advise(&k).avoid[0], "Discount"));
    k.usual.recency_median = 100;
    assert_non_null(strstr(advise(&k).todo[0], "ask why"));
    know(&k, "ONCETRADERS"); /* begins as a code, and is none */
    assert_null(advise(&k).todo[0]);
}

/* Both languages, no figure and no full stop, whatever is known. */
static void test_texts(void **state)
{
    (void)state;
    static const char *const codes[] = {"CHAMP", "LOYAL",       "ACTIVE_SMALL", "GOOD_QUIET",  "SMALL_QUIET", "REPEAT",
                                        "ONCE",  "ONCE_LARGER", "ONCE_RECENT",  "ONCE_LAPSED", "POTENTIAL",   "S1"};
    static const double days[] = {20, 100, NAN}, orders[] = {0, 1, 5}, values[] = {20, 80, 200, NAN},
                        low[] = {.1, .55, .9}, high[] = {.3, .7, 1};
    int told = 0;
    for (size_t c = 0; c < sizeof codes / sizeof *codes; c++) {
        for (size_t t = 0; t < 3 * 3 * 4 * 3; t++) {
            known k;
            know(&k, codes[c]);
            k.usual.recency_median = days[t % 3];
            k.usual.frequency_median = orders[t / 3 % 3];
            k.usual.value_mean = values[t / 9 % 4];
            k.after.outcome.rate_low = low[t / 36];
            k.after.outcome.rate_high = high[t / 36];
            const tsl__advice advice = advise(&k);
            const char *texts[] = {advice.todo[0], advice.avoid[0], advice.todo[1], advice.avoid[1]};
            assert_true(!advice.todo[0] == !advice.todo[1] && !advice.avoid[0] == !advice.avoid[1]);
            assert_true(c + 1 == sizeof codes / sizeof *codes || advice.todo[0]); /* a code that is known has one */
            assert_null(advice.action);
            for (size_t i = 0; i < 4; i++) {
                const size_t n = texts[i] ? strlen(texts[i]) : 0;
                assert_true(!texts[i] || strcspn(texts[i], "0123456789%") == n);
                assert_true(!texts[i] || texts[i][n - 1] != '.');
                told += texts[i] != NULL;
            }
        }
    }
    assert_true(told > 1000);
}

/* A row of one's own for the whole of a segment stands in its place, and no other row. */
static void test_strategies(void **state)
{
    (void)state;
    tsl_strategy rows[] = {{"CHAMP", "vip", "*", "visit", {"Visit", "拜访"}, NULL},
                           {"*", "*", "*", "mail", {"Mail", "邮件"}, NULL},
                           {"LOYAL|CHAMPS|CHAMP", "*", "*", "dine", {"Dinner", "晚宴"}, NULL}};
    tsl_strategies table = {2, rows};
    known k;
    know(&k, "CHAMP");
    k.labels.strategies = &table;
    assert_null(advise(&k).action);
    assert_non_null(strstr(advise(&k).todo[0], "Own contact"));
    table.count = 3;
    assert_string_equal(advise(&k).action, "dine");
    assert_string_equal(advise(&k).todo[0], "Dinner");
    assert_string_equal(advise(&k).todo[1], "晚宴");
    assert_null(advise(&k).avoid[0]);
    k.segment.code = "CHAM";
    assert_null(advise(&k).action);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_traits), cmocka_unit_test(test_conditions), cmocka_unit_test(test_traits_alone),
        cmocka_unit_test(test_texts),  cmocka_unit_test(test_strategies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
