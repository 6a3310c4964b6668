/* test_run_descriptors.c: which columns of the customers tell the segments of a run. */
#include "run/shop.h"

/* A run of the shop, with its own selection, outcomes and way of descriptors. */
static tsl_run *run_with(const tsl_selection *selection, const char *outcome, int descriptors)
{
    static tsl_run_options opt;
    static tsl_feature_options features;
    static tsl_kmeans_options kmeans;
    static const char *outcomes[1];
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(feature, &features);
    TSL_DEFAULTS(kmeans, &kmeans);
    kmeans.k = 3;
    kmeans.restarts = 2;
    features.selection = selection ? *selection : features.selection;
    outcomes[0] = outcome;
    features.outcomes_given = outcome != NULL;
    features.outcome = outcomes;
    features.outcome_count = outcome != NULL;
    opt.features = &features;
    opt.kmeans = &kmeans;
    opt.evidence = 0;
    opt.holdout_days = 0;
    opt.descriptors = descriptors;
    shop_write(1);
    return run_shop(&opt, NULL, NULL, TSL_NO_DAY);
}

static int find(const tsl_descriptor *d, const char *name)
{
    for (size_t c = 0; c < d->cols; c++) {
        if (strcmp(d->column[c].name, name) == 0) {
            return (int)c;
        }
    }
    return -1;
}

/* Income goes by the crowds that the segments are, city and membership do not. */
static void test_told(void **state)
{
    (void)state;
    for (int method = 1; method <= 2; method++) {
        tsl_run *run = run_with(NULL, NULL, method);
        const tsl_descriptor *d = tsl_run_get_descriptor(run);
        const tsl_model *model = tsl_run_get_model(run);
        const int32_t *label = tsl_run_get_assignment(run)->label;
        double size[32] = {0};
        assert_non_null(d);
        assert_int_equal(d->method, method - 1);
        assert_int_equal(d->k, tsl_model_get_groups(model));
        assert_int_equal(d->cols, 3);
        const int income = find(d, "income"), city = find(d, "city"), member = find(d, "member");
        assert_true(income >= 0 && city >= 0 && member >= 0);
        assert_int_equal(d->column[income].level_count, 0);
        assert_int_equal(d->column[city].level_count, 3);
        assert_int_equal(d->column[member].level_count, 2);
        assert_true(d->importance[income] > .2 && d->importance[city] + d->importance[member] < .1);
        assert_true(d->verdict == TSL_DESCRIPTOR_MUCH && d->accuracy > d->base);
        for (int c = 0; c < SHOP_CUSTOMERS; c++) {
            size[label[c]]++;
        }
        for (int s = 0; s < d->k; s++) {
            assert_true(fabs(d->node[0].share[s] - size[s] / SHOP_CUSTOMERS) < 1e-12);
        }
        tsl_run_free(run);
    }
}

/* What the clusters are found by, outcomes and what is excluded describe nobody. */
static void test_columns(void **state)
{
    (void)state;
    static const char *const income[] = {"income"}, *const city[] = {"city=*"};
    tsl_run *run = run_with(&(tsl_selection){.include = income, .include_count = 1}, "member", 1);
    const tsl_descriptor *d = tsl_run_get_descriptor(run);
    assert_int_equal(d->cols, 1);
    assert_int_equal(find(d, "city"), 0);
    tsl_run_free(run);
    run =
        run_with(&(tsl_selection){.include = city, .include_count = 1, .exclude = income, .exclude_count = 1}, NULL, 1);
    d = tsl_run_get_descriptor(run);
    assert_int_equal(d->cols, 1);
    assert_int_equal(find(d, "member"), 0);
    assert_int_equal(d->verdict, TSL_DESCRIPTOR_NOTHING);
    tsl_run_free(run);
}

/* Of segments by a target neither it nor what their tree cuts: income, as no purchase may. */
static void test_by_target(void **state)
{
    (void)state;
    static const char *const orders[] = {
        "frequency*", "purchase_days", "orders_per_month", "line*",    "first*",   "last*",     "tenure*", "gap*",
        "visits",     "interaction*",  "months*",          "session*", "channel*", "monetary*", "return*"};
    static tsl_feature_options features;
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(feature, &features);
    features.selection.exclude = orders;
    features.selection.exclude_count = sizeof orders / sizeof *orders;
    opt.features = &features;
    opt.target = "frequency";
    shop_write(1);
    tsl_run *run = run_shop(&opt, NULL, NULL, TSL_NO_DAY);
    const tsl_descriptor *d = tsl_run_get_descriptor(run);
    const tsl_tree *tree = tsl_run_get_model(run)->tree;
    assert_string_equal(tree->column[tree->node[0].column].name, "income");
    assert_int_equal(d->cols, 2);
    assert_int_equal(find(d, "income"), -1);
    tsl_run_free(run);
}

/* They change nothing else, and nothing is told where it is not asked for, or in an apply. */
static void test_apart(void **state)
{
    (void)state;
    tsl_run *with = run_with(NULL, NULL, 1), *without = run_with(NULL, NULL, 0);
    tsl_segmentation given;
    tsl_run_options opt;
    tsl_error err;
    assert_null(tsl_run_get_descriptor(without));
    assert_memory_equal(tsl_run_get_assignment(with)->label, tsl_run_get_assignment(without)->label,
                        SHOP_CUSTOMERS * sizeof(int32_t));
    tsl_run_get_segmentation(without, &given);
    tsl_run *applied = run_shop(NULL, &given, NULL, TSL_NO_DAY);
    assert_null(tsl_run_get_descriptor(applied));
    tsl_run_free(applied);
    tsl_run_free(with);
    tsl_run_free(without);
    TSL_DEFAULTS(run, &opt);
    opt.descriptors = 3;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {IN_SCRATCH(test_told), IN_SCRATCH(test_columns), IN_SCRATCH(test_by_target),
                                       IN_SCRATCH(test_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
