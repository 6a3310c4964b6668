/* test_weight.c: a feature that says how often each customer counts. */
#include "tables.h"

#include "feature/recipe.h"

static const char people[] = "customer_id,age,income,times,city\n"
                             "a,20,100,2,x\nb,30,250,0,y\nc,45,75,1,y\nd,60,9000,0.5,x\ne,33,700,1,x\n";

static tsl_features *fit_of(const char *csv)
{
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv);
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.selection.wide = 1;
    tsl_features *f = features_of(table, NULL, NULL, NULL, &opt);
    tsl_table_free(table);
    return f;
}

/* In the vectors, or of the basis's own. */
static double weight_of(const tsl_features *f, const char *column)
{
    double weight = 0;
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        if (strcmp(f->recipe->column[c].name, column) == 0) {
            weight = fmax(weight, f->recipe->column[c].weight);
        }
    }
    return weight;
}

/* It is left out of what clusters are found by, as if excluded, and kept out by any selection. */
static void test_left_out(void **state)
{
    (void)state;
    tsl_features *f = fit_of(people), *g = fit_of(people);
    double weight[5];
    const char *const times[] = {"times"}, *const age[] = {"age"}, *const all[] = {"*"};
    tsl_error err;
    assert_int_equal(tsl_features_get_weights(f, weight, NULL), TSL_OK);
    assert_memory_equal(weight, ((double[]){1, 1, 1, 1, 1}), sizeof weight);
    assert_true(weight_of(f, "times") > 0);
    assert_int_equal(tsl_features_fit_weight(f, "times", &err), TSL_OK);
    assert_int_equal(
        tsl_features_fit_selection(g, &(tsl_selection){.exclude = times, .exclude_count = 1, .wide = 1}, NULL), TSL_OK);
    assert_int_equal(f->recipe->column_count, g->recipe->column_count);
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        assert_true(f->recipe->column[c].weight == g->recipe->column[c].weight);
        assert_true(f->recipe->column[c].part == g->recipe->column[c].part);
    }
    assert_true(weight_of(f, "times") == 0);
    assert_string_equal(f->recipe->weight, "times");
    assert_int_equal(tsl_features_get_weights(f, weight, NULL), TSL_OK);
    assert_memory_equal(weight, ((double[]){2, 0, 1, .5, 1}), sizeof weight);
    /* A choice that was made before stays; one that is made after does not take the weight in. */
    assert_int_equal(
        tsl_features_fit_selection(g, &(tsl_selection){.exclude = age, .exclude_count = 1, .wide = 1}, NULL), TSL_OK);
    assert_int_equal(tsl_features_fit_weight(g, "times", NULL), TSL_OK);
    assert_true(weight_of(g, "age") == 0 && weight_of(g, "times") == 0 && weight_of(g, "income") > 0);
    assert_int_equal(tsl_features_fit_selection(g, &(tsl_selection){.include = all, .include_count = 1}, NULL), TSL_OK);
    assert_true(weight_of(g, "age") > 0 && weight_of(g, "times") == 0);
    tsl_recipe *copy = NULL;
    assert_int_equal(tsl__recipe_copy(g->recipe, &copy, NULL), TSL_OK);
    assert_string_equal(copy->weight, "times");
    tsl_recipe_free(copy);
    tsl_features_free(f);
    tsl_features_free(g);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *cells[3], *name, *message;
        tsl_status status;
    } cases[] = {
        {{"1", "", "2"},
         "times",
         "customer 2, in the order of ids: the weight (times) is missing; expected 0 or more",
         TSL_E_INPUT},
        {{"1", "2", "-0.25"}, "times", "customer 3, in the order of ids: the weight (times) is -0.25", TSL_E_INPUT},
        {{"1", "2", "3"}, "tims", "weight: no feature is called \"tims\"; did you mean \"times\"?", TSL_E_OPTION},
        {{"1", "2", "3"}, "city", "weight: \"city\" is a category", TSL_E_OPTION},
        {{"1", "2", "3"}, "city=x", "weight: \"city=x\" is a category", TSL_E_OPTION},
    };
    char csv[300];
    tsl_error err;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(csv, sizeof csv, "customer_id,age,times,city\na,20,%s,x\nb,30,%s,y\nc,41,%s,x\nd,55,7,y\n",
                 cases[i].cells[0], cases[i].cells[1], cases[i].cells[2]);
        tsl_features *f = fit_of(csv);
        if (tsl_features_fit_weight(f, cases[i].name, &err) != cases[i].status ||
            !strstr(err.message, cases[i].message)) {
            fail_msg("%s, not \"%s\"", err.message, cases[i].message);
        }
        assert_null(f->recipe->weight);
        tsl_features_free(f);
    }
    tsl_features *f = fit_of("customer_id,age,times\na,20,3\nb,30,5\nc,40,8\n");
    for (size_t i = 0; i < 3; i++) {
        f->x[i * f->feature_count + tsl_features_get_index(f, "times")] = 0;
    }
    assert_int_equal(tsl_features_fit_weight(f, "times", &err), TSL_E_INPUT);
    assert_string_equal(err.message, "the weight (times) is 0 for every customer");
    f->x[tsl_features_get_index(f, "times")] = 1;
    const char *const age[] = {"age"};
    assert_int_equal(tsl_features_fit_selection(f, &(tsl_selection){.exclude = age, .exclude_count = 1}, NULL), TSL_OK);
    assert_int_equal(tsl_features_fit_weight(f, "times", &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "no feature but the weight is left"));
    tsl_features_free(f);
}

/* A lead that turns out to be the weight leaves its place to another, and, where no number is left, to yes and no. */
static void test_lead(void **state)
{
    (void)state;
    tsl_features *f = fit_of("customer_id,visits,member,city\na,1,yes,x\nb,2,no,y\nc,3,no,x\nd,4,yes,y\n");
    const char *const others[] = {"member", "city=*"};
    tsl_error err;
    assert_int_equal(f->recipe->basis, TSL_BASIS_NUMERIC);
    assert_true(weight_of(f, "visits") > 0 && weight_of(f, "member") == 0);
    assert_int_equal(tsl_features_fit_weight(f, "visits", &err), TSL_OK);
    assert_true(weight_of(f, "visits") == 0 && weight_of(f, "member") > 0 && weight_of(f, "city=y") > 0);
    tsl_features_free(f);
    f = fit_of("customer_id,visits,member,city\na,1,yes,x\nb,2,no,y\nc,3,no,x\nd,4,yes,y\n");
    f->recipe->weight = NULL;
    for (size_t i = 0; i < f->feature_count; i++) { /* nothing else may be taken */
        f->recipe->feature[i].profile = f->feature[i].form != TSL_FORM_NUMBER;
    }
    assert_int_equal(
        tsl_features_fit_selection(f, &(tsl_selection){.exclude = others, .exclude_count = 2, .wide = 1}, &err),
        TSL_OK);
    assert_int_equal(tsl_features_fit_weight(f, "visits", &err), TSL_E_OPTION);
    assert_string_equal(err.message, "no feature but the weight is left to cluster by");
    assert_null(f->recipe->weight);
    assert_true(weight_of(f, "visits") > 0); /* nothing has changed */
    tsl_features_free(f);
}

/* A column that is asked for by name is a number and kept, whatever it looks like. */
static void test_column_of_customers(void **state)
{
    (void)state;
    const char csv[] = "customer_id,age,one,store_id\na,20,1,4\nb,30,1,5\nc,40,1,6\nd,50,1,7\n";
    const tsl_source source = {.bytes = csv, .count = strlen(csv)};
    const char *const names[] = {"one", "store_id"};
    for (int i = 0; i < 2; i++) {
        tsl_table_options opt;
        tsl_table *table = NULL;
        tsl_error err;
        TSL_DEFAULTS(table, &opt);
        opt.weight = names[i];
        assert_int_equal(tsl_table_read(TSL_CUSTOMERS, &source, 1, NULL, NULL, &opt, NULL, &table, &err), TSL_OK);
        tsl_features *f = features_of(table, NULL, NULL, NULL, NULL);
        assert_int_equal(tsl_features_fit_weight(f, names[i], &err), TSL_OK);
        assert_int_equal(f->feature[tsl_features_get_index(f, names[i])].type, TSL_TYPE_NUMBER);
        tsl_features_free(f);
        tsl_table_free(table);
    }
    tsl_features *f = fit_of(csv);
    assert_int_equal(tsl_features_get_index(f, "one"), f->feature_count); /* not asked for, it tells nothing */
    tsl_features_free(f);
}

static void test_plain(void **state)
{
    (void)state;
    const double values[] = {1, 2, 3, 4};
    const tsl_matrix x = {values, 4, 1, 1, TSL_F64};
    tsl_features *f = NULL;
    tsl_error err;
    assert_int_equal(tsl_features_build_plain(&x, NULL, NULL, NULL, NULL, NULL, NULL, &f, &err), TSL_OK);
    assert_int_equal(tsl_features_fit_weight(f, "c1", &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "when they are read"));
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_left_out), cmocka_unit_test(test_lead),
                                       cmocka_unit_test(test_refused), cmocka_unit_test(test_column_of_customers),
                                       cmocka_unit_test(test_plain)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
