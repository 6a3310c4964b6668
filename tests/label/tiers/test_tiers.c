/* test_tiers.c: value tiers: shares of customers, shares of revenue, cuts, natural breaks; of any number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/notes.h"
#include "label/internal.h"
#include "label/policy.h"

static char value_name[] = "monetary_total", unit[] = "currency";
static tsl_feature feature = {.name = value_name, .unit = unit};

static tsl_recipe recipe = {.feature_count = 1, .feature = &feature};

typedef struct fixture {
    tsl_features features;
    tsl_labels labels;
} fixture;

static void run_of(fixture *f, char *name, double *value, size_t n, const tsl_label_options *opt)
{
    *f = (fixture){0};
    f->features = (tsl_features){.customers = n, .recipe = &recipe, .feature_count = 1, .feature = &feature};
    f->labels = (tsl_labels){.customers = n, .features = &f->features, .value = value, .value_name = name};
    assert_int_equal(tsl__policy_open(1, &f->labels.policy, NULL), TSL_OK);
    const tsl__labeling job = {.opt = opt, .threads = 1, .labels = &f->labels};
    assert_int_equal(tsl__tiers_fill(&job, NULL), TSL_OK);
    uint64_t sum = 0;
    for (size_t t = 0; t < f->labels.tier_count; t++) {
        sum += f->labels.tier[t].size;
        assert_int_equal(f->labels.policy->tier_size[t], f->labels.tier[t].size);
    }
    assert_int_equal(sum, n);
    assert_true(isnan(f->labels.tier[f->labels.tier_count - 1].lowest)); /* the rest has no least value */
}

static void run(fixture *f, double *value, size_t n, const tsl_label_options *opt)
{
    run_of(f, value_name, value, n, opt);
}

static void release(fixture *f)
{
    free(f->labels.customer_tier);
    free(f->labels.tier);
    tsl_policy_free(f->labels.policy);
}

static void test_quantile(void **state)
{
    (void)state;
    enum { N = 1000 };
    static double value[N];
    for (int i = 0; i < N; i++) {
        value[i] = i < 100 ? (i % 2 ? 0 : NAN) : (double)((i * 7919) % 1000 + 1);
    }
    fixture f;
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    run(&f, value, N, &opt);
    /* shares are of all customers; who has no value is normal */
    static const uint64_t expected[5] = {10, 40, 150, 300, 500};
    for (int t = 0; t < 5; t++) {
        assert_int_equal(f.labels.tier[t].size, expected[t]);
    }
    for (int i = 0; i < 100; i++) {
        assert_int_equal(f.labels.customer_tier[i], 4);
    }
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j += 97) {
            if (value[i] > value[j]) {
                assert_true(f.labels.customer_tier[i] <= f.labels.customer_tier[j]);
            }
        }
    }
    release(&f);
}

static void test_ties_share_a_tier(void **state)
{
    (void)state;
    double value[] = {5, 5, 5, 5, 5, 5, 1, 1, 1, 1};
    fixture f;
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    run(&f, value, 10, &opt);
    assert_int_equal(f.labels.tier[0].size, 6); /* the one best is one of six equals */
    assert_int_equal(f.labels.tier[3].size, 0);
    assert_int_equal(f.labels.tier[4].size, 4);
    release(&f);
}

static void test_cuts_are_inclusive(void **state)
{
    (void)state;
    double value[] = {500000, 100000, 99999.99, 50000, 49999.9999, -7};
    fixture f;
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.tier_method = TSL_TIER_CUTS;
    opt.tier_cut = (tsl_tier_cut[]){{500000, 0}, {100000, 0}, {50000, 0}, {1, 0}};
    opt.tier_cut_count = 4;
    run(&f, value, 6, &opt);
    static const int8_t expected[] = {0, 1, 2, 2, 3, 4};
    assert_memory_equal(f.labels.customer_tier, expected, sizeof expected);
    assert_true(fabs(f.labels.tier[2].value_total - 149999.99) < 1e-9);
    release(&f);
}

static void test_revenue(void **state)
{
    (void)state;
    double value[] = {50, 20, 10, 10, 5, 3, 1, 1, 0, -4};
    fixture f;
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.tier_method = TSL_TIER_REVENUE;
    opt.tier_share = (double[]){.5, .2, .2, .05};
    opt.tier_share_count = 4;
    run(&f, value, 10, &opt);
    static const int8_t expected[] = {0, 1, 2, 2, 3, 4, 4, 4, 4, 4};
    assert_memory_equal(f.labels.customer_tier, expected, sizeof expected);
    release(&f);
}

static void test_shares_of_all(void **state)
{
    (void)state;
    double value[] = {50, 20, 10, 9, 5, 3, 2, 1, 0, -4};
    fixture f;
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.tier_share = (double[]){.2, .3, .5};
    opt.tier_share_count = 3;
    run(&f, value, 10, &opt);
    static const int8_t expected[] = {0, 0, 1, 1, 1, 2, 2, 2, 2, 2};
    assert_int_equal(f.labels.tier_count, 3);
    assert_memory_equal(f.labels.customer_tier, expected, sizeof expected);
    assert_string_equal(f.labels.tier[2].code, "low");
    release(&f);
}

static void test_nobody_has_value(void **state)
{
    (void)state;
    double value[] = {0, NAN, -1};
    fixture f;
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    run(&f, value, 3, &opt);
    assert_int_equal(f.labels.tier[4].size, 3);
    assert_true(isnan(f.labels.tier[0].lowest));
    release(&f);
}

/* Of one value nobody is parted from anybody, which is said where the cuts were found, not where they were given. */
static void test_one_value(void **state)
{
    (void)state;
    static const char said[] = "all customers are of one value, so tiers part nobody";
    double value[] = {7, 7, NAN, 7};
    fixture f;
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    run(&f, value, 4, &opt);
    assert_int_equal(f.labels.notes.count, 1);
    assert_string_equal(f.labels.notes.text[0], said);
    tsl__notes_free(&f.labels.notes);
    release(&f);
    run(&f, value, 1, &opt); /* of one alone there is nobody else */
    assert_int_equal(f.labels.notes.count, 0);
    release(&f);
    value[3] = 7.5;
    run(&f, value, 4, &opt);
    assert_int_equal(f.labels.notes.count, 0);
    release(&f);
    value[3] = 7;
    opt.tier_method = TSL_TIER_CUTS;
    opt.tier_cut = (tsl_tier_cut[]){{5, 0}};
    opt.tier_cut_count = 1;
    run(&f, value, 4, &opt);
    assert_int_equal(f.labels.notes.count, 0);
    release(&f);
}

/* Tiers rise with the days of silence, too, which is told. */
static void test_less_is_better(void **state)
{
    (void)state;
    static char silence[] = "recency_days";
    double value[] = {1, 2, 3};
    fixture f;
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    run(&f, value, 3, &opt);
    assert_int_equal(f.labels.notes.count, 0);
    release(&f);
    char *const name = feature.name;
    feature.name = silence;
    run_of(&f, silence, value, 3, &opt);
    assert_int_equal(f.labels.notes.count, 1);
    assert_non_null(strstr(f.labels.notes.text[0], "the more recency_days, the higher the tier"));
    tsl__notes_free(&f.labels.notes);
    release(&f);
    feature.name = name;
}

/* The textbook's company: over 100,000 a year is high, under 50,000 low; both exactly are mid. Another one: over
 * 500,000. */
static void test_over_a_cut(void **state)
{
    (void)state;
    double value[] = {100000.0001, 100000, 99999.9999, 50000, 49999.9999, 0, 500000, 500000.01};
    fixture f;
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.tier_method = TSL_TIER_CUTS;
    opt.tier_cut = (tsl_tier_cut[]){{100000, 1}, {50000, 0}};
    opt.tier_cut_count = 2;
    run(&f, value, 8, &opt);
    static const int8_t expected[] = {0, 1, 1, 1, 2, 2, 0, 0}, over[] = {1, 1, 1, 1, 1, 1, 1, 0};
    assert_memory_equal(f.labels.customer_tier, expected, sizeof expected);
    assert_string_equal(f.labels.tier[1].code, "mid");
    assert_string_equal(f.labels.tier[2].names[1], "低价值");
    assert_true(f.labels.tier[0].lowest == 100000 && f.labels.tier[0].above && !f.labels.tier[1].above);
    release(&f);
    opt.tier_cut = (tsl_tier_cut[]){{500000, 1}};
    opt.tier_cut_count = 1;
    run(&f, value, 8, &opt);
    assert_memory_equal(f.labels.customer_tier, over, sizeof over);
    assert_string_equal(f.labels.tier[1].code, "tier_2");
    release(&f);
    opt.tier_cut = (tsl_tier_cut[]){{7, 1}, {7, 0}}; /* exactly 7 has a tier of its own */
    opt.tier_cut_count = 2;
    double sevens[] = {7, 7.5, 6.5};
    run(&f, sevens, 3, &opt);
    assert_memory_equal(f.labels.customer_tier, ((int8_t[]){1, 0, 2}), 3);
    release(&f);
}

/* Amounts by their logarithms: two are as far apart as one is so many times the other. */
static void test_breaks(void **state)
{
    (void)state;
    double value[] = {1, 1.5, 2, 90, 100, 110, 8000, 9000, 0, NAN, -3};
    static const int8_t expected[] = {2, 2, 2, 1, 1, 1, 0, 0, 2, 2, 2};
    fixture f;
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.tier_method = TSL_TIER_BREAKS;
    opt.tier_count = 3;
    run(&f, value, 11, &opt);
    assert_memory_equal(f.labels.customer_tier, expected, sizeof expected);
    assert_true(f.labels.tier[0].lowest == 8000 && f.labels.tier[1].lowest == 90);
    release(&f);
    char score[] = ""; /* what is no amount, as it stands */
    feature.unit = score;
    run(&f, value, 11, &opt);
    assert_true(f.labels.tier[0].lowest == 9000 && f.labels.tier[1].lowest == 8000);
    release(&f);
    feature.unit = unit;
    opt.tier_count = 12; /* of eight different ones; the tiers below them are empty, but for who has none */
    run(&f, value, 11, &opt);
    for (size_t t = 0; t < 8; t++) {
        assert_int_equal(f.labels.tier[t].size, 1);
    }
    assert_int_equal(f.labels.tier[8].size, 0);
    assert_true(isnan(f.labels.tier[8].lowest));
    assert_int_equal(f.labels.tier[11].size, 3);
    release(&f);
}

/* Each method with each number: all have a tier, and who is worth more has no lower one. */
static void test_any_number(void **state)
{
    (void)state;
    enum { N = 500 };
    static double value[N];
    for (int i = 0; i < N; i++) {
        value[i] = (i * 7919) % 500 - 20;
    }
    for (int count = 2; count <= TSL_TIERS_MAX; count++) {
        for (int method = 0; method <= TSL_TIER_BREAKS; method++) {
            tsl_tier_cut cut[TSL_TIERS_MAX];
            fixture f;
            tsl_label_options opt;
            TSL_DEFAULTS(label, &opt);
            opt.tier_method = (tsl_tier_method)method;
            opt.tier_count = count;
            for (int t = 0; t + 1 < count; t++) {
                cut[t] = (tsl_tier_cut){400 - 30 * t, t % 2};
            }
            opt.tier_cut = cut;
            opt.tier_cut_count = (size_t)count - 1;
            run(&f, value, N, &opt);
            assert_int_equal(f.labels.tier_count, count);
            for (int i = 0; i < N; i++) {
                for (int j = 0; j < N; j += 17) {
                    assert_true(value[i] <= value[j] || f.labels.customer_tier[i] <= f.labels.customer_tier[j]);
                }
            }
            for (int t = 0; t < count && (method || count <= 10); t++) { /* of 500 a 2047th is nobody */
                assert_true(f.labels.tier[t].size > 0);
            }
            release(&f);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantile),           cmocka_unit_test(test_ties_share_a_tier),
        cmocka_unit_test(test_cuts_are_inclusive), cmocka_unit_test(test_revenue),
        cmocka_unit_test(test_shares_of_all),      cmocka_unit_test(test_nobody_has_value),
        cmocka_unit_test(test_one_value),          cmocka_unit_test(test_less_is_better),
        cmocka_unit_test(test_over_a_cut),         cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_any_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
