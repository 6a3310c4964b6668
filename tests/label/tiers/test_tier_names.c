/* test_tier_names.c: codes, names and shares that so many tiers have, and what cannot be asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "label/tiers/tier_plan.h"

static void test_usual(void **state)
{
    (void)state;
    assert_string_equal(tsl_tier_get_code(5, 0), "vip");
    assert_string_equal(tsl_tier_get_name(5, 1, "zh"), "金卡");
    assert_string_equal(tsl_tier_get_name(5, 4, "en"), "Normal");
    assert_string_equal(tsl_tier_get_code(3, 1), "mid");
    assert_string_equal(tsl_tier_get_name(3, 0, "zh"), "高价值");
    assert_string_equal(tsl_tier_get_code(7, 6), "tier_7");
    assert_null(tsl_tier_get_code(3, 3));
    assert_null(tsl_tier_get_code(13, 0));
    assert_null(tsl_tier_get_name(5, 5, "en"));
    for (size_t count = 2; count <= TSL_TIERS_MAX; count++) {
        for (size_t t = 0; t < count; t++) {
            for (size_t other = 0; other < t; other++) {
                assert_string_not_equal(tsl_tier_get_code(count, t), tsl_tier_get_code(count, other));
                assert_string_not_equal(tsl_tier_get_name(count, t, "zh"), tsl_tier_get_name(count, other, "zh"));
            }
        }
    }
}

/* The rest is the last tier's: as large as the rule goes on. */
static void test_shares(void **state)
{
    (void)state;
    double share[TSL_TIERS_MAX];
    tsl_tiers_defaults(TSL_TIER_QUANTILE, 5, share);
    assert_true(share[0] == .01 && share[1] == .04 && share[2] == .15 && share[3] == .3);
    for (size_t count = 2; count <= TSL_TIERS_MAX; count++) {
        for (int method = TSL_TIER_QUANTILE; method <= TSL_TIER_REVENUE; method++) {
            double sum = 0;
            tsl_tiers_defaults((tsl_tier_method)method, count, share);
            for (size_t t = 0; t + 1 < count; t++) {
                assert_true(share[t] > 0);
                sum += share[t];
            }
            const double ratio = (1 - sum) / share[count - 2];
            assert_true(fabs(ratio - (method == TSL_TIER_REVENUE ? 1 : count == 5 ? 5. / 3 : 2)) < 1e-9);
        }
    }
}

static void check_says(const tsl_label_options *opt, const char *said)
{
    tsl_error err;
    assert_int_equal(tsl_label_check(opt, &err), TSL_E_OPTION);
    if (!strstr(err.message, said)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, said);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const tsl_tier_name names[] = {{"a", {NULL}}, {"b", {"B", NULL}}, {"a", {NULL}}}, bad[] = {{"A b", {NULL}}},
                               same[] = {{"a", {"A", "一"}}, {"b", {"B", "一"}}}, blank[] = {{"a", {"", NULL}}},
                               lines[] = {{"a", {"x\ny", NULL}}};
    tsl_label_options opt, fresh;
    TSL_DEFAULTS(label, &fresh);
    opt = fresh;
    opt.tier_count = 1;
    check_says(&opt, "tier_count: 1 is outside 2 to 12");
    opt = fresh;
    opt.tier_name = names;
    opt.tier_name_count = 3;
    check_says(&opt, "tiers: two have the code \"a\"");
    opt.tier_name_count = 2;
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    assert_int_equal(tsl__tiers_get_count(&opt), 2);
    opt.tier_share = (double[]){.1, .2};
    opt.tier_share_count = 2;
    check_says(&opt, "tiers: 3 tiers have 3 names, not 2");
    opt.tier_count = 2;
    check_says(&opt, "tiers: 2 tiers have 1 shares, not 2");
    opt = fresh;
    opt.tier_name = bad;
    opt.tier_name_count = 1;
    check_says(&opt, "\"A b\" is no code of a tier");
    opt.tier_name = blank;
    check_says(&opt, "tier a: a name is one line of text, not \"\"");
    opt.tier_name = same;
    check_says(&opt, "tiers: 1 are too few, 2 to 12 are expected");
    opt.tier_name_count = 2;
    check_says(&opt, "tiers.names: b is called \"一\", as a is");
    opt.tier_name_count = 1;
    opt.tier_name = lines;
    check_says(&opt, "one line of text");
    opt.tier_name = NULL;
    check_says(&opt, "tiers: names");
    opt = fresh;
    opt.tier_method = TSL_TIER_CUTS;
    check_says(&opt, "tiers: by cuts they need the least value of all but the last");
    opt.tier_cut = (tsl_tier_cut[]){{5, 0}, {5, 1}};
    opt.tier_cut_count = 2;
    check_says(&opt, "tiers: the cuts must fall, but 5 is followed by >5");
    opt.tier_cut = (tsl_tier_cut[]){{NAN, 0}};
    opt.tier_cut_count = 1;
    check_says(&opt, "tiers: a cut is a number, not nan");
    opt.tier_cut = (tsl_tier_cut[]){{-60, 1}};
    check_says(&opt, "tiers: a cut is over 0, or >0, not -60: values of 0 and less are in the last tier");
    opt.tier_cut = (tsl_tier_cut[]){{0, 0}};
    check_says(&opt, "tiers: a cut is over 0, or >0, not 0: values of 0 and less are in the last tier");
    opt.tier_cut = (tsl_tier_cut[]){{0, 1}};
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    opt.tier_cut = (tsl_tier_cut[]){{5, 1}, {5, 0}};
    opt.tier_cut_count = 2;
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    assert_int_equal(tsl__tiers_get_count(&opt), 3);
}

/* Shares of 100 % are those of all tiers, unless one more is asked for. */
static void test_shares_of_all(void **state)
{
    (void)state;
    static const tsl_tier_name four[] = {{"a", {NULL}}, {"b", {NULL}}, {"c", {NULL}}, {"d", {NULL}}};
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    assert_int_equal(tsl_label_get_shared_tiers(&opt), 0);
    opt.tier_share = (double[]){.2, .3, .5};
    opt.tier_share_count = 3;
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    assert_int_equal(tsl__tiers_get_count(&opt), 3);
    opt.tier_name = four;
    opt.tier_name_count = 3;
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    assert_int_equal(tsl__tiers_get_count(&opt), 3);
    opt.tier_name_count = 4;
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    assert_int_equal(tsl__tiers_get_count(&opt), 4);
    opt.tier_name_count = 0;
    opt.tier_count = 4;
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    assert_int_equal(tsl__tiers_get_count(&opt), 4);
    opt.tier_count = 3;
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    opt.tier_count = 2;
    check_says(&opt, "tiers: 2 tiers have 2 shares, not 3");
    opt.tier_count = 0;
    opt.tier_share = (double[]){.2, .3, .4};
    assert_int_equal(tsl__tiers_get_count(&opt), 4);
    opt.tier_method = TSL_TIER_CUTS;
    opt.tier_cut = (tsl_tier_cut[]){{5, 0}};
    opt.tier_cut_count = 1;
    opt.tier_share = (double[]){.2, .3, .5};
    assert_int_equal(tsl__tiers_get_count(&opt), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_usual),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_shares_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
