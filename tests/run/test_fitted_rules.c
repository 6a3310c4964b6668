/* test_fitted_rules.c: what a recipe's fit took the customers' columns for, as rules beside the user's own. */
#include "run/shop.h"

#include "feature/recipe_sample.h"
#include "run/run_state.h"

static const tsl_column_rule *find(const tsl_column_rule *rule, size_t count, const char *name)
{
    const tsl_column_rule *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rule[i].name, name) == 0) {
            assert_null(found); /* each is declared once */
            found = &rule[i];
        }
    }
    return found;
}

/* One a column of the customers: none of the orders', one of a category's two. */
static void test_all_columns(void **state)
{
    (void)state;
    tsl_recipe *recipe = sample_recipe(1, 1);
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    tsl_column_rule *rule;
    size_t count;
    assert_int_equal(tsl__fitted_rules_get(recipe, &opt, &rule, &count, NULL), TSL_OK);
    assert_int_equal(count, 3);
    const tsl_column_rule *gender = find(rule, count, "Gender"), *subscribed = find(rule, count, "Subscribed"),
                          *size = find(rule, count, "Größe/Size");
    assert_int_equal(gender->type, TSL_TYPE_CATEGORY);
    assert_int_equal(gender->sensitive, 1);
    assert_int_equal(gender->group, TSL_DEMOGRAPHIC);
    assert_int_equal(gender->level_count, 0);
    assert_int_equal(subscribed->type, TSL_TYPE_BOOLEAN);
    assert_int_equal(size->type, TSL_TYPE_ORDINAL);
    assert_int_equal(size->level_count, 3);
    assert_string_equal(size->levels[2], "L");
    assert_true(gender->optional && subscribed->optional && size->optional); /* what lacks is the recipe's to say */
    free(rule);
    tsl_recipe_free(recipe);
}

/* What the user declares goes before; what he leaves open is filled in. */
static void test_beside_the_users(void **state)
{
    (void)state;
    static const char *const few[] = {"S", "L"}, *const missing[] = {"?"};
    const tsl_column_rule own[] = {
        {.name = "Gender", .type = TSL_TYPE_AUTO, .group = TSL_GROUP_AUTO, .missing = missing, .missing_count = 1},
        {.name = "Größe/Size", .type = TSL_TYPE_ORDINAL, .group = TSL_VALUE, .levels = few, .level_count = 2},
        {.name = "Shoe", .type = TSL_TYPE_NUMBER, .group = TSL_GROUP_AUTO},
    };
    tsl_recipe *recipe = sample_recipe(1, 1);
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    tsl_column_rule *rule;
    size_t count;
    opt.rules = own;
    opt.rule_count = 3;
    assert_int_equal(tsl__fitted_rules_get(recipe, &opt, &rule, &count, NULL), TSL_OK);
    assert_int_equal(count, 4);
    const tsl_column_rule *gender = find(rule, count, "Gender"), *size = find(rule, count, "Größe/Size"),
                          *shoe = find(rule, count, "Shoe");
    assert_int_equal(gender->type, TSL_TYPE_CATEGORY);
    assert_int_equal(gender->missing_count, 1);
    assert_int_equal(gender->optional, 0); /* declared by the user: it must be there */
    assert_int_equal(size->level_count, 2);
    assert_int_equal(size->group, TSL_VALUE);
    assert_int_equal(shoe->type, TSL_TYPE_NUMBER);
    assert_int_equal(shoe->group, TSL_GROUP_AUTO);
    free(rule);
    tsl_recipe_free(recipe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_columns), cmocka_unit_test(test_beside_the_users)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
