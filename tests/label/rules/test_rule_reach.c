/* test_rule_reach.c: classes that nobody can be in: the others are left alone. */
#include "label/rules/judged.h"

static const struct {
    const char *when;
    int contradicts;
} cases[] = {
    {"age > 200 and age < 180", 1},
    {"age > 200 and age <= 200", 1},
    {"age >= 200 and age <= 200", 0}, /* nobody is 200, but might be */
    {"age > 200 and age < 201", 0},
    {"age in (300, 400) and age > 400", 1},
    {"age in (300, 400) and age >= 400", 0},
    {"age = 300 and age = 400", 1},
    {"age != 300 and age = 300", 1},
    {"age > 300 and age is missing", 1},
    {"age > 300 and age is not missing", 0},
    {"age is missing and age is not missing", 1},
    {"not (age > 300) and age > 400", 1},
    {"(age < 18 or age > 1000) and age = 30", 1},
    {"age > -5 and age < -6", 1},
    {"tier = 'vip' and tier = 'gold'", 1},
    {"tier in ('vip', 'gold') and tier in ('silver', 'bronze')", 1},
    {"tier in ('vip', 'gold') and tier not in ('vip', 'gold')", 1},
    {"gender = 'X' and gender != 'Y'", 0},
    {"first_purchase > 2030-01-01 and first_purchase < 2029-01-01", 1},
    {"first_purchase > 2030-01-01 and first_purchase < 2031-01-01", 0},
    {"age > 300 and frequency < 400 and age < 200", 1},
    {"age + 0 > 300 and age < 200", 0}, /* calculated: nothing is said but that nobody is there */
    {"age > 300 and text(age) = '301'", 0},
};

static void test_contradictions(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_rule_class rule = {"s", "c", {NULL, NULL}, cases[i].when, NULL};
        tsl_labels *labels = judge_well(f, model, NULL, &rule, 1, 1);
        const tsl_rule_reach reach = labels->rule_set[0].classes[0].reach;
        if (reach != (cases[i].contradicts ? TSL_RULE_CONTRADICTORY : TSL_RULE_NOBODY)) {
            fail_msg("%s: %s", cases[i].when, tsl_rule_reach_get_name(reach));
        }
        tsl_labels_free(labels);
    }
    tsl_model_free(model);
    tsl_features_free(f);
}

static void test_shadowed(void **state)
{
    (void)state;
    static const tsl_rule_class rules[] = {{"s", "many", {NULL, NULL}, "frequency >= 2", NULL},
                                           {"s", "more", {NULL, NULL}, "frequency >= 5", NULL}};
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *labels = judge_well(f, model, NULL, rules, 2, 1);
    const tsl_rule_count *more = &labels->rule_set[0].classes[1];
    assert_int_equal(more->reach, TSL_RULE_SHADOWED);
    assert_true(more->holds > 0 && more->size == 0 && more->both[0] == more->holds);
    assert_string_equal(tsl_rule_reach_get_name(more->reach), "shadowed");
    assert_string_equal(tsl_rule_reach_get_name((tsl_rule_reach)9), "?");
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_contradictions), cmocka_unit_test(test_shadowed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
