/* test_tree_columns.c: the raw columns that a tree cuts: the features that the clusters were found on. */
#include "run/shop.h"

#include "run/run_state.h"

static tsl_features *features_of_shop(const char *const *exclude, size_t count, tsl_run **run)
{
    tsl_run_options opt;
    tsl_feature_options features;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(feature, &features);
    features.max_categories = 2;
    features.selection =
        (tsl_selection){.exclude = exclude, .exclude_count = count, .basis = TSL_BASIS_ALL, .apart = TSL_APART_NONE};
    opt.features = &features;
    shop_write(1);
    *run = run_open(&opt, NULL, NULL);
    run_read_shop(*run);
    run_build(*run, TSL_RUN_FEATURES, TSL_NO_DAY);
    return (tsl_features *)(uintptr_t)tsl_run_get_features(*run);
}

/* What was left out of the clusters is in no rule; values are the raw ones. */
static void test_chosen_alone(void **state)
{
    (void)state;
    const char *out[] = {"monetary_*", "member", "city=Rome"};
    tsl_run *run;
    tsl_features *f = features_of_shop(out, 3, &run);
    tsl__tree_columns raw;
    assert_int_equal(tsl__tree_columns_get(f, NULL, f->customers, &raw, NULL), TSL_OK);
    assert_int_equal(raw.matrix.rows, f->customers);
    size_t at = 0;
    for (size_t i = 0; i < f->feature_count; i++) {
        int chosen = 0;
        for (size_t c = 0; c < f->recipe->column_count; c++) {
            chosen |= f->recipe->column[c].feature == i && f->recipe->column[c].weight > 0;
        }
        if (chosen) {
            assert_string_equal(raw.column[at].name, f->feature[i].name);
            for (size_t r = 0; r < f->customers; r++) {
                double x = f->x[r * f->feature_count + i],
                       y = ((const double *)raw.matrix.data)[r * raw.matrix.stride + at];
                assert_true(x == y || (isnan(x) && isnan(y)));
            }
            at++;
        }
    }
    assert_int_equal(raw.matrix.cols, at);
    assert_true(at > 5 && at < f->feature_count);
    tsl__tree_columns_free(&raw);
    tsl_run_free(run);
}

/* A category is a column and a level; what remains of it is the level "other". */
static void test_forms(void **state)
{
    (void)state;
    tsl_run *run;
    tsl_features *f = features_of_shop(NULL, 0, &run);
    tsl__tree_columns raw;
    int levels = 0, others = 0, flags = 0;
    assert_int_equal(tsl__tree_columns_get(f, NULL, f->customers, &raw, NULL), TSL_OK);
    for (size_t c = 0; c < raw.matrix.cols; c++) {
        const tsl_tree_column *column = &raw.column[c];
        int level = strncmp(column->name, "city=", 5) == 0;
        assert_int_equal(column->form == TSL_TREE_LEVEL, level);
        if (level) {
            assert_string_equal(column->category, "city");
            assert_string_equal(column->level, column->name + 5);
            others += strcmp(column->level, "other") == 0;
            levels++;
        } else {
            assert_true(!column->category && !column->level);
        }
        flags += column->form == TSL_TREE_BOOLEAN;
    }
    assert_int_equal(levels, 3);
    assert_int_equal(others, 1);
    assert_int_equal(flags, 1); /* member */
    tsl__tree_columns_free(&raw);
    tsl_run_free(run);
}

/* Where all are chosen they are seen where they stand. */
static void test_all_chosen(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 3, 4, 5, 6};
    const tsl_matrix x = {values, 3, 2, 2, TSL_F64};
    tsl_features *f = NULL;
    tsl__tree_columns raw;
    assert_int_equal(tsl_features_build_plain(&x, NULL, NULL, NULL, NULL, NULL, NULL, &f, NULL), TSL_OK);
    assert_int_equal(tsl__tree_columns_get(f, NULL, f->customers, &raw, NULL), TSL_OK);
    assert_ptr_equal(raw.matrix.data, values);
    assert_null(raw.values);
    tsl__tree_columns_free(&raw);
    tsl_features_free(f);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {IN_SCRATCH(test_chosen_alone), IN_SCRATCH(test_forms),
                                       cmocka_unit_test(test_all_chosen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
