/* test_rules_write.c: the table of formats, and what is asked of them. */
#include "export/made_model.h"

static void check_refused(tsl_rules_options opt, const char *message)
{
    tsl_error err;
    assert_int_equal(tsl_rules_check(&opt, &err), TSL_E_OPTION);
    assert_string_equal(err.message, message);
}

static void test_options(void **state)
{
    (void)state;
    tsl_rules_options opt;
    TSL_DEFAULTS(rules, &opt);
    assert_int_equal(opt.format, TSL_RULES_TEXT);
    assert_string_equal(opt.table, "customer_features");
    assert_int_equal(tsl_rules_check(NULL, NULL), TSL_OK);
    opt.format = (tsl_rules_format)9;
    check_refused(opt, "format: unknown one 9");
    opt.format = TSL_RULES_SQL;
    opt.dialect = (tsl_sql_dialect)-1;
    check_refused(opt, "dialect: unknown one -1");
    opt.dialect = TSL_SQL_BIGQUERY;
    opt.table = "";
    check_refused(opt, "table: has no name");
    opt.table = "t";
    opt.id = NULL;
    check_refused(opt, "id: has no name");
    opt.id = "segment";
    check_refused(opt, "id: \"segment\" is what the query calls a column of its own");
    opt.id = "Segment_Name";
    check_refused(opt, "id: \"Segment_Name\" is what the query calls a column of its own");
    opt.id = "SEGMENT_CODE";
    check_refused(opt, "id: \"SEGMENT_CODE\" is what the query calls a column of its own");
    opt.id = "segment_id";
    assert_int_equal(tsl_rules_check(&opt, NULL), TSL_OK);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(tsl_rules_format_get_name(TSL_RULES_PMML), "pmml");
    assert_string_equal(tsl_rules_format_get_name(TSL_RULES_FORMATS), "?");
    assert_string_equal(tsl_sql_dialect_get_name(TSL_SQL_DUCKDB), "duckdb");
    assert_string_equal(tsl_sql_dialect_get_name(TSL_SQL_DIALECTS), "?");
}

static void test_lift(void **state)
{
    (void)state;
    assert_true(tsl_rules_get_lift(&made_model, 0) == 1);
    assert_true(tsl_rules_get_lift(&made_model, 2) == 2);
    tsl_model none = made_model;
    none.tree = NULL;
    assert_true(isnan(tsl_rules_get_lift(&none, 0)));
}

/* A model without a tree, and none at all; what writes says no. */
static tsl_status refuse(void *user, const void *bytes, size_t count, tsl_error *err)
{
    (void)user;
    (void)bytes;
    (void)count;
    (void)err;
    return TSL_E_IO;
}

static void test_failures(void **state)
{
    (void)state;
    tsl_error err;
    tsl_model none = made_model;
    none.tree = NULL;
    const tsl_target nowhere = {.write = refuse};
    assert_int_equal(tsl_rules_write(&(const tsl_segmentation){.model = &none}, NULL, &nowhere, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "the model holds no tree");
    assert_int_equal(tsl_rules_write(&(const tsl_segmentation){.model = NULL}, NULL, &nowhere, &err), TSL_E_INPUT);
    assert_int_equal(tsl_rules_write(&(const tsl_segmentation){.model = &made_model}, NULL, &nowhere, &err), TSL_E_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_options), cmocka_unit_test(test_names),
                                       cmocka_unit_test(test_lift), cmocka_unit_test(test_failures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
