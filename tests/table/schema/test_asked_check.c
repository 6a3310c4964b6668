/* test_asked_check.c: options that cannot be, found before a file is opened. */
#include "help.h"

static void refuse(const tsl_table_options *opt, const char *message)
{
    tsl_error err = {0};
    tsl_status status = tsl_table_check(opt, &err);
    if (status != TSL_E_OPTION || err.status != status || !strstr(err.message, message)) {
        fail_msg("%s, not \"%s\"", err.message, message);
    }
}

static tsl_table_options plain(void)
{
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    return opt;
}

static void test_values(void **state)
{
    (void)state;
    tsl_table_options opt = plain();
    assert_int_equal(tsl_table_check(NULL, NULL), TSL_OK);
    assert_int_equal(tsl_table_check(&opt, NULL), TSL_OK);
    opt.max_rejects = (double)NAN;
    refuse(&opt, "max_rejects");
    opt = plain();
    opt.header = -2;
    refuse(&opt, "header");
    opt = plain();
    opt.dates = (tsl_date_order)-1;
    refuse(&opt, "dates");
    opt = plain();
    opt.decimal = (tsl_decimal_mark)3;
    refuse(&opt, "decimal");
    opt = plain();
    opt.value = "\xC3(";
    refuse(&opt, "value: ");
    opt.size = 0;
    refuse(&opt, "start from tsl_table_defaults");
    opt.size = sizeof opt + 8;
    refuse(&opt, "newer");
}

/* A program that was compiled when there were fewer options. */
static void test_growth(void **state)
{
    (void)state;
    tsl_table_options opt;
    memset(&opt, 0xAA, sizeof opt);
    tsl_table_defaults(&opt, offsetof(tsl_table_options, dates));
    assert_int_equal(opt.size, offsetof(tsl_table_options, dates));
    assert_int_equal(opt.header, -1);
    assert_int_equal(opt.reject_orphans, (int)0xAAAAAAAA); /* not written to */
    assert_int_equal(tsl_table_check(&opt, NULL), TSL_OK);
}

static void test_lists(void **state)
{
    (void)state;
    tsl_table_options opt = plain();
    const tsl_role_map role = {TSL_ROLE_AMOUNT, NULL};
    const tsl_lookup lookup = {.key = "x"}, keyless = {.source = {.path = "x"}};
    opt.role_count = 1;
    refuse(&opt, "roles: 1 are announced");
    opt.roles = &role;
    refuse(&opt, "amount: a text");
    const tsl_role_map wrong[] = {
        {TSL_ROLE_AMOUNT, "x"}, {(tsl_role)99, "y"}, {TSL_ROLE_NONE, "y"}, {(tsl_role)-1, "y"}};
    opt.role_count = 2;
    opt.roles = wrong;
    refuse(&opt, "roles: 99 is no role (entry 2)");
    opt.role_count = 1;
    opt.roles = wrong + 2;
    refuse(&opt, "roles: 0 is no role (entry 1)");
    opt.roles = wrong + 3;
    refuse(&opt, "roles: -1 is no role (entry 1)");
    opt.roles = wrong;
    assert_int_equal(tsl_table_check(&opt, NULL), TSL_OK);
    opt = plain();
    opt.lookup_count = 1;
    refuse(&opt, "lookups: 1");
    opt.lookups = &lookup;
    refuse(&opt, "lookup 1: a file and a key");
    opt.lookups = &keyless;
    refuse(&opt, "lookup 1: a file and a key");
}

static void test_rules(void **state)
{
    (void)state;
    static const char *const levels[] = {"a", "b", "a"}, *const bad[] = {"a", "\xFF"};
    tsl_column_rule rule = {.name = NULL, .group = TSL_GROUP_AUTO};
    tsl_table_options opt = plain();
    opt.rule_count = 1;
    refuse(&opt, "rules: 1");
    opt.rules = &rule;
    refuse(&opt, "rule: a text");
    rule.name = "x";
    rule.type = TSL_TYPE_TEXT;
    refuse(&opt, "the type is");
    rule.type = (tsl_column_type)99;
    refuse(&opt, "the type is");
    rule.type = TSL_TYPE_ORDINAL;
    refuse(&opt, "needs its levels");
    rule.level_count = 3;
    refuse(&opt, "x: 3 are announced");
    rule.levels = levels;
    refuse(&opt, "the level \"a\" stands twice");
    rule.levels = bad;
    rule.level_count = 2;
    refuse(&opt, "is not valid UTF-8");
    rule.levels = levels;
    rule.group = (tsl_group)7;
    refuse(&opt, "7 is no group");
    rule.group = TSL_VALUE;
    rule.missing_count = 1;
    refuse(&opt, "x: 1 are announced");
    rule.missing = bad + 1;
    refuse(&opt, "is not valid UTF-8");
    rule.missing = bad;
    assert_int_equal(tsl_table_check(&opt, NULL), TSL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values), cmocka_unit_test(test_growth),
                                       cmocka_unit_test(test_lists), cmocka_unit_test(test_rules)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
