/* test_recipe.c: the recipe as an object: options, copies, equality. */
#include "tables.h"

#include "feature/recipe.h"
#include "feature/recipe_sample.h"

/* ---- Options ------------------------------------------------------------------ */

static void test_defaults(void **state)
{
    (void)state;
    tsl_feature_options opt, full;
    memset(&opt, 0xAA, sizeof opt);
    TSL_DEFAULTS(feature, &opt);
    assert_int_equal(opt.size, sizeof opt);
    assert_int_equal(opt.scale, TSL_SCALE_Z);
    assert_true(opt.winsor_low == .001 && opt.winsor_high == .999 && opt.missing_share == .01);
    assert_true(opt.weight[0] == 1 && opt.weight[1] == 1 && opt.weight[2] == 1);
    assert_int_equal(opt.max_categories, 32);
    assert_int_equal(opt.max_shares, 8);
    assert_int_equal(opt.selection.include_count + opt.selection.exclude_count, 0);
    assert_int_equal(opt.allow_missing, 0);
    assert_int_equal(opt.refit, 0);
    assert_int_equal(tsl_feature_check(NULL, NULL), TSL_OK);
    assert_int_equal(tsl_feature_check(&opt, NULL), TSL_OK);
    /* a program that was compiled when there was less */
    const size_t older = offsetof(tsl_feature_options, missing_share);
    tsl_feature_defaults(&opt, older);
    opt.max_shares = 5;
    assert_int_equal(tsl__feature_options_open(&opt, &full, NULL), TSL_OK);
    assert_int_equal(full.size, sizeof full);
    assert_int_equal(full.max_shares, 5);
    assert_true(full.missing_share == .01);
}

/* What is wrong with the options, and what is said of it. */
static const struct {
    size_t offset;
    double number; /* of a double ... */
    int integer;   /* ... or an int, where number is -1 */
    const char *said;
} faults[] = {
#define AT(field) offsetof(tsl_feature_options, field)
    {AT(winsor_low), -.1, 0, "winsor_low: -0.1 is outside 0 to 1"},
    {AT(winsor_low), NAN, 0, "winsor_low"},
    {AT(winsor_low), .999, 0, "winsorise"},
    {AT(winsor_high), 1.1, 0, "winsor_high: 1.1 is outside"},
    {AT(scale), -1, 9, "scale: unknown method 9"},
    {AT(max_categories), -1, 0, "max_categories"},
    {AT(max_shares), -1, 0, "max_shares"},
    {AT(missing_share), 2, 0, "missing_share"},
    {AT(missing_share), NAN, 0, "missing_share"},
    {AT(refit), -1, 2, "refit: 0x2 is nothing"},
    {AT(weight[TSL_BEHAVIORAL]), -2, 0, "weight[TSL_BEHAVIORAL]: -2 is outside 0 to"},
    {AT(weight[TSL_VALUE]), INFINITY, 0, "weight[TSL_VALUE]: inf"},
};

static void test_refused_options(void **state)
{
    (void)state;
    tsl_feature_options opt;
    tsl_error err;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        TSL_DEFAULTS(feature, &opt);
        if (faults[i].number == -1) {
            memcpy((char *)&opt + faults[i].offset, &faults[i].integer, sizeof faults[i].integer);
        } else {
            memcpy((char *)&opt + faults[i].offset, &faults[i].number, sizeof faults[i].number);
        }
        assert_int_equal(tsl_feature_check(&opt, &err), TSL_E_OPTION);
        if (!strstr(err.message, faults[i].said)) {
            fail_msg("\"%s\" does not say \"%s\"", err.message, faults[i].said);
        }
    }
    TSL_DEFAULTS(feature, &opt);
    opt.weight[0] = opt.weight[1] = opt.weight[2] = 0;
    assert_int_equal(tsl_feature_check(&opt, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "at least one group"));
    opt = (tsl_feature_options){0};
    assert_int_equal(tsl_feature_check(&opt, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "tsl_feature_defaults"));
}

/* ---- Copies and equality --------------------------------------------------------- */

static void test_copy(void **state)
{
    (void)state;
    for (int transactions = 0; transactions < 2; transactions++) {
        tsl_recipe *recipe = sample_recipe(transactions, 1), *same = sample_recipe(transactions, 1), *copy = NULL;
        assert_int_equal(tsl__recipe_copy(recipe, &copy, NULL), TSL_OK);
        tsl_recipe_free(recipe); /* nothing of it is borrowed */
        assert_null(recipe_difference(copy, same));
        assert_true(tsl__recipe_same(copy, same));
        tsl_recipe_free(same);
        tsl_recipe_free(copy);
    }
    tsl_recipe empty = {0}, *copy;
    assert_int_equal(tsl__recipe_copy(&empty, &copy, NULL), TSL_OK);
    assert_null(recipe_difference(copy, &empty));
    tsl_recipe_free(copy);
    tsl_recipe_free(NULL);
}

typedef void (*change)(tsl_recipe *recipe);

#define CHANGE(name, statement)                                                                                        \
    static void name(tsl_recipe *recipe)                                                                               \
    {                                                                                                                  \
        statement;                                                                                                     \
    }
CHANGE(feature_name, recipe->feature[1].name[0] = 'x')
CHANGE(feature_entry, recipe->feature[1].entry[0] = 'x')
CHANGE(feature_column, recipe->feature[9].column[0] = 'x')
CHANGE(feature_level, recipe->feature[9].level[0] = 'x')
CHANGE(feature_type, recipe->feature[11].type = TSL_TYPE_NUMBER)
CHANGE(feature_role, recipe->feature[11].role = TSL_ROLE_NPS)
CHANGE(feature_rest, recipe->feature[3].rest = 0)
CHANGE(feature_window, recipe->feature[4].window_days = 30)
CHANGE(feature_transform, recipe->feature[4].transform = TSL_IDENTITY)
CHANGE(feature_known, recipe->feature[2].known[1][0] = 'x')
CHANGE(feature_known_count, tsl_text_free(recipe->feature[2].known[--recipe->feature[2].known_count]))
CHANGE(feature_count, recipe->feature_count--)
CHANGE(bin_count, recipe->feature[7].bins.count--)
CHANGE(bin_cut, recipe->feature[7].bins.cut[3] += .01)
CHANGE(bin_share, recipe->feature[7].bins.share[3] += .01)
CHANGE(column_name, recipe->column[2].name[0] = 'x')
CHANGE(column_feature, recipe->column[2].feature++)
CHANGE(column_indicator, recipe->column[2].indicator ^= 1)
CHANGE(column_transform, recipe->column[2].transform = TSL_SIGNED_LOG1P)
CHANGE(column_low, recipe->column[2].low -= 1)
CHANGE(column_high, recipe->column[3].high *= 2)
CHANGE(column_center, recipe->column[2].center += 1)
CHANGE(column_scale, recipe->column[2].scale *= 2)
CHANGE(column_fill, recipe->column[2].fill += 1)
CHANGE(customers, recipe->customers++)
CHANGE(tables, recipe->tables ^= 1u << TSL_INTERACTIONS)
CHANGE(median_purchase, recipe->median_purchase += 1)
CHANGE(has_rfm, recipe->has_rfm = 0)
CHANGE(rfm_cut, recipe->rfm.monetary[0][1] += .001)
CHANGE(rfm_method, recipe->rfm.method ^= TSL_RFM_RANK)
CHANGE(plain, recipe->plain = 1)

/* Whatever else the features are made with makes it another recipe. */
static void test_differences(void **state)
{
    (void)state;
    static const change changes[] = {
        feature_name,
        feature_entry,
        feature_column,
        feature_level,
        feature_type,
        feature_role,
        feature_rest,
        feature_window,
        feature_known,
        feature_count,
        feature_transform,
        bin_count,
        feature_known_count,
        bin_cut,
        bin_share,
        column_name,
        column_feature,
        column_indicator,
        column_transform,
        column_low,
        column_high,
        column_center,
        column_scale,
        column_fill,
        customers,
        tables,
        median_purchase,
        has_rfm,
        rfm_cut,
        rfm_method,
        plain,
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        tsl_recipe *a = sample_recipe(1, 1), *b = sample_recipe(1, 1);
        size_t features = b->feature_count;
        assert_true(tsl__recipe_same(a, b));
        changes[i](b);
        if (tsl__recipe_same(a, b) || tsl__recipe_same(b, a)) {
            fail_msg("change %zu is not seen", i);
        }
        assert_non_null(recipe_difference(a, b));
        b->feature_count = features;
        tsl_recipe_free(a);
        tsl_recipe_free(b);
    }
}

/* What is chosen of the features to cluster on does not. */
static void test_choice_is_no_difference(void **state)
{
    (void)state;
    tsl_recipe *a = sample_recipe(1, 1), *b = sample_recipe(1, 1);
    for (size_t c = 0; c < b->column_count; c++) {
        b->column[c].weight = (double)c;
    }
    tsl_text_free(b->column[--b->column_count].name); /* an extra one */
    b->settings.weight[TSL_DEMOGRAPHIC] = 9;
    assert_true(tsl__recipe_same(a, b) && tsl__recipe_same(b, a));
    tsl_recipe_free(a);
    tsl_recipe_free(b);
}

/* ---- Asking ----------------------------------------------------------------------- */

static void test_blocks_and_names(void **state)
{
    (void)state;
    tsl_recipe *recipe = sample_recipe(1, 1);
    assert_int_equal(tsl__recipe_find(recipe, "Gender=M"), 10);
    assert_int_equal(tsl__recipe_find(recipe, "Gender"), recipe->feature_count);
    assert_int_equal(tsl__block_end(recipe, 0), 1);
    assert_int_equal(tsl__block_end(recipe, 2), 4);
    assert_int_equal(tsl__block_end(recipe, 9), 11);
    assert_int_equal(tsl__block_end(recipe, recipe->feature_count - 1), recipe->feature_count);
    tsl_recipe_free(recipe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_refused_options),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_differences),
        cmocka_unit_test(test_choice_is_no_difference),
        cmocka_unit_test(test_blocks_and_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
