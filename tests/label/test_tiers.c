/* test_tiers.c: value tiers: shares of customers, shares of revenue, cuts. */
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

static char value_name[] = "monetary_total", unit[] = "currency";
static tsl_feature feature = {.name = value_name, .unit = unit};

static tsl_recipe recipe = {.feature_count = 1, .feature = &feature};

typedef struct fixture {
    tsl_features features;
    tsl_labels labels;
} fixture;

static void run(fixture *f, double *value, size_t n, const tsl_label_options *opt)
{
    *f = (fixture){0};
    f->features = (tsl_features){.customers = n, .recipe = &recipe, .feature_count = 1, .feature = &feature};
    f->labels = (tsl_labels){.customers = n, .features = &f->features, .value = value, .value_name = value_name};
    assert_int_equal(tsl__policy_open(1, &f->labels.policy, NULL), TSL_OK);
    const tsl__labeling job = {.opt = opt, .threads = 1, .labels = &f->labels};
    assert_int_equal(tsl__tiers_fill(&job, NULL), TSL_OK);
    uint64_t sum = 0;
    for (int t = 0; t < TSL_TIERS; t++) {
        sum += f->labels.tier[t].size;
    }
    assert_int_equal(sum, n);
    assert_true(isnan(f->labels.tier[TSL_TIERS - 1].lowest)); /* the rest has no least value */
}

static void release(fixture *f)
{
    free(f->labels.customer_tier);
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
    static const uint64_t expected[TSL_TIERS] = {10, 40, 150, 300, 500};
    for (int t = 0; t < TSL_TIERS; t++) {
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
    memcpy(opt.tier_cut, (double[]){500000, 100000, 50000, 1}, sizeof opt.tier_cut);
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
    memcpy(opt.tier_share, (double[]){.5, .2, .2, .05}, sizeof opt.tier_share);
    run(&f, value, 10, &opt);
    static const int8_t expected[] = {0, 1, 2, 2, 3, 4, 4, 4, 4, 4};
    assert_memory_equal(f.labels.customer_tier, expected, sizeof expected);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantile),           cmocka_unit_test(test_ties_share_a_tier),
        cmocka_unit_test(test_cuts_are_inclusive), cmocka_unit_test(test_revenue),
        cmocka_unit_test(test_nobody_has_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
