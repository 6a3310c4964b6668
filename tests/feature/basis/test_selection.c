/* test_selection.c: columns chosen by names: * and ? are special, all else is meant as it stands. */
#include "tables.h"

#include "feature/columns/normalise.h"
#include "feature/recipe.h"

/* Columns whose names hold what patterns of other kinds would make something of. */
static const char names[] = "customer_id,Income [k],Income k,a\\b,[x],x,größe,grö?e,*,a.c,abc,{y},^z$";

static tsl_features *build(void)
{
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.scale = TSL_SCALE_NONE;
    opt.selection.basis = TSL_BASIS_ALL;
    char csv[2048];
    int at = snprintf(csv, sizeof csv, "%s\n", names);
    for (int i = 0; i < 8; i++) {
        at += snprintf(csv + at, sizeof csv - (size_t)at, "c%d", i);
        for (int c = 1; c <= 12; c++) {
            at += snprintf(csv + at, sizeof csv - (size_t)at, ",%d.5", (i * c * 7) % 31);
        }
        at += snprintf(csv + at, sizeof csv - (size_t)at, "\n");
    }
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv);
    tsl_features *f = features_of(table, NULL, NULL, NULL, &opt);
    tsl_table_free(table);
    assert_int_equal(f->feature_count, 12);
    return f;
}

#define THERE_ARE "; there are Income [k], Income k, a\\b, [x], x, größe, grö?e, *, a.c, abc, {y}, ^z$"

/* The names that a pattern chooses, in order, one a line. */
static void check(tsl_features *f, const char *pattern, const char *expected)
{
    char seen[1100] = "";
    const char *all[] = {"*"};
    tsl_error err;
    if (tsl_features_fit_selection(f, &(tsl_selection){&pattern, 1, all, 1, TSL_BASIS_ALL, TSL_APART_DEFAULT, 0},
                                   &err) != TSL_OK) {
        snprintf(seen, sizeof seen, "%s", err.message);
    } else {
        for (size_t c = 0; c < f->recipe->column_count; c++) {
            if (f->recipe->column[c].weight > 0) {
                strcat(strcat(seen, *seen ? "\n" : ""), f->recipe->column[c].name);
            }
        }
    }
    assert_string_equal(seen, expected);
}

static void test_only_two_are_special(void **state)
{
    (void)state;
    tsl_features *f = build();
    check(f, "Income [k]", "Income [k]");
    check(f, "Income k", "Income k");
    check(f, "Income*", "Income [k]\nIncome k");
    check(f, "a\\b", "a\\b");
    check(f, "[x]", "[x]");
    check(f, "x", "x");
    check(f, "a.c", "a.c");
    check(f, "a?c", "a.c\nabc");
    check(f, "{y}", "{y}");
    check(f, "^z$", "^z$");
    check(f, "*x*", "[x]\nx");
    check(f, "Income [l]", "include: no feature is called \"Income [l]\"; did you mean \"Income [k]\"?");
    check(f, "income k", "include: no feature is called \"income k\"; did you mean \"Income k\"?"); /* case counts */
    tsl_features_free(f);
}

/* ? is one character, however many bytes it has. */
static void test_characters(void **state)
{
    (void)state;
    tsl_features *f = build();
    check(f, "gr??e", "größe\ngrö?e");
    check(f, "gr?ße", "größe");
    check(f, "grö?e", "größe\ngrö?e");
    check(f, "?????", "größe\ngrö?e");
    check(f, "?", "x\n*");
    check(f, "gr*e", "größe\ngrö?e");
    check(f, "??", "include: no feature is called \"??\"" THERE_ARE);
    tsl_features_free(f);
}

/* Stars beside each other, and such as must give back what they took. */
static void test_stars(void **state)
{
    (void)state;
    tsl_features *f = build();
    check(f, "**", "Income [k]\nIncome k\na\\b\n[x]\nx\ngröße\ngrö?e\n*\na.c\nabc\n^z$\n{y}"); /* by group */
    check(f, "a*c", "a.c\nabc");
    check(f, "a**c*", "a.c\nabc");
    check(f, "*n*o*e*k*", "Income [k]\nIncome k");
    check(f, "*?*?*?*?*?*?*", "Income [k]\nIncome k");
    check(f, "*k", "Income k");
    check(f, "*c*c", "include: no feature is called \"*c*c\"" THERE_ARE);
    check(f, "", "include: no feature is called \"\"" THERE_ARE);
    tsl_features_free(f);
}

/* A category's name means all of its values, though no feature is called so. */
static void test_category_by_name(void **state)
{
    (void)state;
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.selection.basis = TSL_BASIS_ALL;
    tsl_table *table = table_of_text(TSL_CUSTOMERS, "id,plan,visits\na,x,5\nb,y,9\nc,z,2\nd,x,1\ne,y,4\nf,z,7\n");
    tsl_features *f = features_of(table, NULL, NULL, NULL, &opt);
    tsl_table_free(table);
    check(f, "plan", "plan=x\nplan=y\nplan=z");
    const char *out[] = {"plan"};
    assert_int_equal(
        tsl_features_fit_selection(f, &(tsl_selection){NULL, 0, out, 1, TSL_BASIS_ALL, TSL_APART_DEFAULT, 0}, NULL),
        TSL_OK);
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        assert_int_equal(f->recipe->column[c].weight > 0, strcmp(f->recipe->column[c].name, "visits") == 0);
    }
    for (size_t i = 0; i < f->feature_count; i++) {
        assert_int_equal(f->feature[i].excluded, strcmp(f->feature[i].name, "visits") != 0);
    }
    tsl_features_free(f);
}

/* ---- What is done with them --------------------------------------------------------- */

static void test_exclude_then_include(void **state)
{
    (void)state;
    tsl_features *f = build();
    const char *out[] = {"Income*", "g*"}, *in[] = {"größe"}, *all[] = {"*"}, *wrong[] = {"größer"};
    tsl_error err;
    size_t count = 0;
    double variance[TSL_GROUPS] = {0};
    assert_int_equal(
        tsl_features_fit_selection(f, &(tsl_selection){in, 1, out, 2, TSL_BASIS_ALL, TSL_APART_DEFAULT, 0}, &err),
        TSL_OK);
    for (size_t i = 0; i < f->feature_count; i++) { /* no segment is named by what was taken out */
        const char *name = f->feature[i].name;
        assert_int_equal(f->feature[i].excluded,
                         strcmp(name, "größe") != 0 && (name[0] == 'g' || strncmp(name, "Income", 6) == 0));
    }
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        const tsl_vector_column *column = &f->recipe->column[c];
        int left_out = strncmp(column->name, "Income", 6) == 0 || strcmp(column->name, "grö?e") == 0;
        assert_int_equal(column->weight > 0, !left_out);
        count += column->weight > 0;
        variance[column->group] += column->weight * column->weight;
    }
    assert_int_equal(count, 9);
    for (int g = 0; g < TSL_GROUPS; g++) { /* those that are left share the weight of their group */
        assert_true(variance[g] == 0 || fabs(variance[g] - 1) < 1e-12);
    }
    /* what is refused changes nothing */
    assert_int_equal(
        tsl_features_fit_selection(f, &(tsl_selection){NULL, 0, all, 1, TSL_BASIS_ALL, TSL_APART_DEFAULT, 0}, &err),
        TSL_E_OPTION);
    assert_string_equal(err.message, "no feature is left to cluster by");
    assert_int_equal(
        tsl_features_fit_selection(f, &(tsl_selection){NULL, 0, wrong, 1, TSL_BASIS_ALL, TSL_APART_DEFAULT, 0}, &err),
        TSL_E_OPTION);
    assert_string_equal(err.message, "exclude: no feature is called \"größer\"; did you mean \"größe\"?");
    assert_int_equal(
        tsl_features_fit_selection(f, &(tsl_selection){wrong, 1, NULL, 0, TSL_BASIS_ALL, TSL_APART_DEFAULT, 0}, &err),
        TSL_E_OPTION);
    size_t after = 0;
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        after += f->recipe->column[c].weight > 0;
    }
    assert_int_equal(after, count);
    assert_int_equal(tsl_features_fit_selection(f, &(tsl_selection){.basis = TSL_BASIS_ALL}, &err), TSL_OK);
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        assert_true(f->recipe->column[c].weight > 0);
    }
    tsl_features_free(f);
}

/* A group of weight 0 stays out, and cannot be all there is. */
static void test_group_without_weight(void **state)
{
    (void)state;
    tsl_features *f = build();
    tsl_error err;
    const char *in[] = {"x"}, *all[] = {"*"};
    tsl_group group = f->feature[tsl_features_get_index(f, "x")].group;
    f->recipe->settings.weight[group] = 0;
    assert_int_equal(
        tsl_features_fit_selection(f, &(tsl_selection){in, 1, all, 1, TSL_BASIS_ALL, TSL_APART_DEFAULT, 0}, &err),
        TSL_E_OPTION);
    assert_string_equal(err.message, "no feature is left to cluster by");
    tsl_features_free(f);
}

/* Another recipe's choice: its columns, and the same matrix as its own features give. */
static void test_recipe_of_another_choice(void **state)
{
    (void)state;
    tsl_features *a = build(), *b = build();
    const char *in[] = {"x", "abc"}, *all[] = {"*"};
    tsl_feature_matrix *m = NULL, *n = NULL;
    assert_int_equal(
        tsl_features_fit_selection(a, &(tsl_selection){in, 2, all, 1, TSL_BASIS_ALL, TSL_APART_DEFAULT, 0}, NULL),
        TSL_OK);
    assert_true(tsl__recipe_same(a->recipe, b->recipe));
    assert_int_equal(tsl__features_set_recipe(b, a->recipe, NULL), TSL_OK);
    assert_ptr_not_equal(a->recipe, b->recipe);
    assert_ptr_equal(b->feature, b->recipe->feature);
    assert_int_equal(tsl_features_get_matrix(a, NULL, &m, NULL), TSL_OK);
    assert_int_equal(tsl_features_get_matrix(b, NULL, &n, NULL), TSL_OK);
    assert_int_equal(n->cols, 2);
    assert_memory_equal(m->values, n->values, m->rows * m->cols * sizeof *m->values);
    tsl_feature_matrix_free(m);
    tsl_feature_matrix_free(n);
    tsl_features_free(a);
    tsl_features_free(b);
}

/* Names that are announced, but not there. */
static void test_names_that_are_not_there(void **state)
{
    (void)state;
    static const char *const lacking[] = {"x", NULL};
    const tsl_selection bad[] = {{.include_count = 1},
                                 {.exclude_count = 2},
                                 {.include = lacking, .include_count = 2},
                                 {.exclude = lacking, .exclude_count = 2}};
    tsl_features *f = build();
    tsl_feature_options opt;
    tsl_error err;
    TSL_DEFAULTS(feature, &opt);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        opt.selection = bad[i];
        assert_int_equal(tsl_feature_check(&opt, &err), TSL_E_OPTION);
        assert_non_null(strstr(err.message, i % 2 ? "exclude: " : "include: "));
        assert_int_equal(tsl_features_fit_selection(f, &bad[i], &err), TSL_E_OPTION);
        assert_non_null(strstr(err.message, i % 2 ? "exclude: " : "include: "));
    }
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_two_are_special),
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_stars),
        cmocka_unit_test(test_category_by_name),
        cmocka_unit_test(test_exclude_then_include),
        cmocka_unit_test(test_group_without_weight),
        cmocka_unit_test(test_recipe_of_another_choice),
        cmocka_unit_test(test_names_that_are_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
