/* test_rule_names.c: what conditions may name, as each of the types that it can be read as. */
#include "label/rules/judged.h"

enum { PEOPLE = 60 };

/* Customer i: gender F or M, or unknown of every tenth; grade low, mid, high by turns; a member every other; joined on
 * the (i % 28 + 1)th of March 2023; i % 5 orders, the last on 2024-06-(1 + i % 5). */
static tsl_features *make_people(void)
{
    static const char *const levels[] = {"low", "mid", "high"};
    const tsl_column_rule rules[] = {
        {.name = "grade", .group = TSL_GROUP_AUTO, .type = TSL_TYPE_ORDINAL, .levels = levels, .level_count = 3}};
    tsl__text c = {0}, t = {0};
    tsl__text_puts(&c, "customer_id,gender,grade,member,joined\n");
    tsl__text_puts(&t, "customer_id,order_id,date,amount\n");
    for (int i = 0; i < PEOPLE; i++) {
        tsl__text_printf(&c, "c%03d,%s,%s,%s,2023-03-%02d\n", i,
                         i % 10 == 9 ? ""
                         : i % 3     ? "F"
                                     : "M",
                         levels[i % 3], i % 2 ? "yes" : "no", i % 28 + 1);
        for (int o = 0; o < i % 5; o++) {
            tsl__text_printf(&t, "c%03d,o%d-%d,2024-06-%02d,%d.00\n", i, i, o, 2 + o, 10 + i);
        }
    }
    tsl_table *customers = table_declared(TSL_CUSTOMERS, c.data, rules, 1),
              *lines = table_of_text(TSL_TRANSACTIONS, t.data);
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.selection.apart = TSL_APART_NONE;
    opt.selection.basis = TSL_BASIS_ALL;
    tsl_features *f = features_of(customers, lines, NULL, NULL, &opt);
    tsl_table_free(customers);
    tsl_table_free(lines);
    tsl__text_free(&c);
    tsl__text_free(&t);
    return f;
}

static const struct {
    const char *when;
    int holds, unknown;
} cases[] = {
    {"gender = 'F'", 36, 6},
    {"gender in ('F', 'X') or gender is missing", 42, 0},
    {"\"gender=F\" = 1", 36, 6},
    {"grade = 'high'", 20, 0},
    {"grade >= 2", 40, 0}, /* by its rank */
    {"member", 30, 0},
    {"not member", 30, 0},
    {"member = 1", 30, 0},
    {"member = true and text(member) = 'yes'", 30, 0},
    {"joined < 2023-03-11", 24, 0},
    {"joined < '2023-03-11' and year(joined) = 2023", 24, 0},
    {"joined_days > 400", 60, 0},
    {"days_between(joined, as_of) = joined_days", 60, 0},
    {"last_purchase = 2024-06-02", 12, 12},
    {"last_purchase is missing", 12, 0},
    {"first_purchase = 2024-06-02", 48, 12},
    {"value > 0", 48, 0},
    {"rfm_segment is missing", 12, 0},
    {"text(frequency) = '3'", 12, 0},
    {"lifecycle = 'potential'", 12, 0},
    {"tier = 'normal' or tier != 'normal'", 60, 0},
    {"segment in ('S1', 'S2')", 60, 0},
    {"visits > 0", 0, 60}, /* of tables that are not there */
    {"visits > 0 or frequency >= 1", 48, 12},
    {"FREQUENCY >= 1", 48, 0},
};

static void test_names(void **state)
{
    (void)state;
    tsl_features *f = make_people();
    tsl_model *model = make_model(f, 2);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_rule_class rule = {"s", "c", {NULL, NULL}, cases[i].when, NULL};
        tsl_labels *labels = judge_well(f, model, NULL, &rule, 1, 1);
        const tsl_rule_count *c = &labels->rule_set[0].classes[0];
        if ((int)c->holds != cases[i].holds || (int)c->unknown != cases[i].unknown) {
            fail_msg("%s: holds for %d, unknown of %d", cases[i].when, (int)c->holds, (int)c->unknown);
        }
        tsl_labels_free(labels);
    }
    tsl_model_free(model);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
