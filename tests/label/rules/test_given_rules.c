/* test_given_rules.c: rules that cannot be taken, each with its place and the nearest right name. */
#include "label/rules/judged.h"

#define WHERE "shop.yaml:4:13"

static const struct {
    const char *set, *code, *when, *message;
    int early; /* 1: told before there is a customer */
} cases[] = {
    {"activity", "busy", "orders_per_mont > 5",
     WHERE ": rules.activity.busy: there is no column \"orders_per_mont\"; did you mean \"orders_per_month\"?", 0},
    {"activity", "busy", "frequency > 5 and",
     WHERE ": rules.activity.busy: a number, a column or \"(\" is missing here", 1},
    {"activity", "busy", "frequency >", WHERE ": rules.activity.busy: a number, a column or \"(\" is missing here", 1},
    {"activity", "busy", "frequency", WHERE ": rules.activity.busy: a condition (true or false) is expected here", 0},
    {"activity", "busy", "frequency = 'x'", WHERE ": rules.activity.busy: a number is expected here", 0},
    {"activity", "busy", "gender > 5", WHERE ": rules.activity.busy: \"gender\" is read as a number there", 0},
    {"activity", "busy", "year(first_purchase) = 2024 and date(age) > 2024-01-01",
     WHERE ": rules.activity.busy: \"age\" is read as a date there, which it is not: it is a number", 0},
    {"activity", "busy", "tier = 'gild'",
     WHERE ": rules.activity.busy: no tier is called \"gild\" (did you mean \"gold\"?); there are", 0},
    {"activity", "busy", "frequency > 1 and lifecycle in ('new', 'lots')",
     WHERE ": rules.activity.busy: no lifecycle is called \"lots\" (did you mean \"lost\"?)", 0},
    {"activity", "busy", "segment = 'S9'", WHERE ": rules.activity.busy: no segment is called \"S9\"", 0},
    {"activity", "busy", "", WHERE ": rules.activity.busy: has no condition (when)", 1},
    {"activity", "unknown", "frequency > 5", WHERE ": rules.activity.unknown: \"unknown\" is what stands where", 1},
    {"activity", "very busy", "frequency > 5", "\"very busy\" is no code of a class; expected letters, digits and _",
     1},
    {"9lives", "busy", "frequency > 5", "\"9lives\" is no name of a set", 1},
    {"", "busy", "frequency > 5", "\"\" is no name of a set", 1},
    {"Tier", "busy", "frequency > 5", "\"Tier\" is a column of segments.csv already", 1},
    {"score_own", "busy", "frequency > 5", "\"score_own\" is a column of segments.csv already", 1},
    {"x_unmet", "busy", "frequency > 5", "\"x_unmet\" is a column of segments.csv already", 1},
};

static void test_refused(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_rule_class rule = {cases[i].set, cases[i].code, {NULL, NULL}, cases[i].when, WHERE};
        tsl_label_options opt;
        tsl_error err = {TSL_OK, ""};
        TSL_DEFAULTS(label, &opt);
        opt.rules_given = 1;
        opt.rule = &rule;
        opt.rule_count = 1;
        assert_int_equal(tsl_label_check(&opt, &err), cases[i].early ? TSL_E_INPUT : TSL_OK);
        assert_null(judge(f, model, NULL, &rule, 1, 1, &err));
        assert_int_equal(err.status, TSL_E_INPUT);
        assert_int_equal(tsl_status_get_exit(err.status), 3);
        if (!strstr(err.message, cases[i].message)) {
            fail_msg("%s\ninstead of\n%s", err.message, cases[i].message);
        }
    }
    tsl_model_free(model);
    tsl_features_free(f);
}

static void test_twice(void **state)
{
    (void)state;
    static const tsl_rule_class rules[] = {{"a", "x", {NULL, NULL}, "frequency > 1", NULL},
                                           {"b", "x", {NULL, NULL}, "frequency > 1", NULL},
                                           {"a", "x", {NULL, NULL}, "frequency > 2", "f.yaml:9:1"}};
    tsl_label_options opt;
    tsl_error err;
    TSL_DEFAULTS(label, &opt);
    opt.rules_given = 1;
    opt.rule = rules;
    opt.rule_count = 2;
    assert_int_equal(tsl_label_check(&opt, &err), TSL_OK);
    opt.rule_count = 3;
    assert_int_equal(tsl_label_check(&opt, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "f.yaml:9:1: rules.a.x: \"x\" stands twice in the set");
    opt.rule = NULL;
    assert_int_equal(tsl_label_check(&opt, &err), TSL_E_OPTION);
}

static void test_name_of_two_lines(void **state)
{
    (void)state;
    static const tsl_rule_class rule = {"a", "x", {"X", "一\n二"}, "frequency > 1", "f.yaml:3:1"};
    tsl_label_options opt;
    tsl_error err;
    TSL_DEFAULTS(label, &opt);
    opt.rules_given = 1;
    opt.rule = &rule;
    opt.rule_count = 1;
    assert_int_equal(tsl_label_check(&opt, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "is no name: a name is one line of text"));
}

/* One beyond what a set and a class hold; as many as that are well. */
static void test_too_many(void **state)
{
    (void)state;
    static tsl_rule_class rules[TSL_RULE_CLASSES_MAX + 1];
    static char code[TSL_RULE_CLASSES_MAX + 1][8];
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_label_options opt;
    tsl_error err = {TSL_OK, ""};
    TSL_DEFAULTS(label, &opt);
    for (int i = 0; i <= TSL_RULE_CLASSES_MAX; i++) {
        snprintf(code[i], sizeof code[i], "c%d", i);
        rules[i] = (tsl_rule_class){"s", code[i], {NULL, NULL}, "frequency > 1", NULL};
    }
    opt.rules_given = 1;
    opt.rule = rules;
    opt.rule_count = TSL_RULE_CLASSES_MAX;
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    opt.rule_count++;
    assert_int_equal(tsl_label_check(&opt, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "\"c64\" is one class too many: a set has at most 64"));
    tsl__text when = {0};
    tsl__text_puts(&when, "age > 0");
    for (int i = 1; i < TSL_RULE_CONDITIONS_MAX; i++) {
        tsl__text_puts(&when, " and age > 0");
    }
    rules[0].when = when.data;
    tsl_labels_free(judge_well(f, model, NULL, rules, 1, 1));
    tsl__text_puts(&when, " and age > 0");
    rules[0].when = when.data;
    assert_null(judge(f, model, NULL, rules, 1, 1, &err));
    assert_non_null(strstr(err.message, "rules.s.c0: has 33 conditions; at most 32 are joined by \"and\""));
    tsl__text_free(&when);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* What the field has, and that all of it can be read. */
static void test_bundled(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    size_t count, sets = 0;
    for (; tsl_rule_set_get_name(sets); sets++) {
        const tsl_rule_class *rules = tsl_rule_set_get_bundled(tsl_rule_set_get_name(sets), &count);
        assert_true(count > 0);
        tsl_labels *labels = judge_well(f, model, NULL, rules, count, 1);
        assert_int_equal(labels->rule_set_count, 1);
        assert_string_equal(labels->rule_set[0].name, tsl_rule_set_get_name(sets));
        tsl_labels_free(labels);
    }
    assert_int_equal(sets, 3);
    assert_null(tsl_rule_set_get_bundled("nothing", &count));
    assert_int_equal(count, 0);
    tsl_model_free(model);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_refused), cmocka_unit_test(test_twice),
                                       cmocka_unit_test(test_name_of_two_lines), cmocka_unit_test(test_too_many),
                                       cmocka_unit_test(test_bundled)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
