/* test_export_parts.c: what the formats look up, and numbers and texts as they stand in them. */
#include "made_model.h"

#include "output/export/export.h"

static void check_xml(const char *text, const char *expected)
{
    tsl__text out = {0};
    tsl__export_put_xml(text, &out);
    assert_string_equal(out.data ? out.data : "", expected);
    tsl__text_free(&out);
}

static void test_xml(void **state)
{
    (void)state;
    check_xml("", "");
    check_xml("a<b>&\"'\n\t\r", "a&lt;b&gt;&amp;&quot;'&#10;&#9;&#13;");
    check_xml("长🙂\x01", "长🙂\xEF\xBF\xBD");
    check_xml("\xFF\xE9z", "\xEF\xBF\xBD\xEF\xBF\xBDz");
    check_xml("a\xEF\xBF\xBF\xEF\xBF\xBD", "a\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void check_number(void (*put)(double value, tsl__text *out), double value, const char *expected)
{
    tsl__text out = {0};
    put(value, &out);
    assert_string_equal(out.data, expected);
    tsl__text_free(&out);
}

static void put_count(double value, tsl__text *out)
{
    tsl__export_put_count((uint64_t)value, out);
}

static void test_numbers(void **state)
{
    (void)state;
    check_number(put_count, 0, "0");
    check_number(put_count, 999, "999");
    check_number(put_count, 1000, "1,000");
    check_number(put_count, 12345678, "12,345,678");
    check_number(tsl__export_put_share, 0.12345, "12.3 %");
    check_number(tsl__export_put_share, 0.99999, "99.9 %");
    check_number(tsl__export_put_share, 1, "100.0 %");
    check_number(tsl__export_put_share, (double)NAN, "–");
    check_number(tsl__export_put_lift, 8.754, "8.75");
    check_number(tsl__export_put_lift, 3e12, "3e+12");
    check_number(tsl__export_put_lift, (double)NAN, "–");
}

/* The levels of one category are one field, in the order of the columns; what is not cut is none. */
static void test_fields(void **state)
{
    (void)state;
    tsl_tree_node node[] = {{1, 2, 2, 0, 0, -1, -1, 10, 0},
                            {3, 4, 0, 0, 0, -1, 0, 6, 6},
                            {-1, -1, -1, 0, -1, 1, 0, 4, 4},
                            {-1, -1, -1, 0, -1, 1, 1, 4, 4},
                            {-1, -1, -1, 0, -1, 1, 1, 4, 4}};
    tsl_tree_column column[] = {
        {"g=a", TSL_TREE_LEVEL, "g", "a"}, {"g", TSL_TREE_NUMBER, "", ""}, {"g=b", TSL_TREE_LEVEL, "g", "b"}};
    tsl_tree tree = made_tree;
    tsl_model model = made_model;
    tsl_rules_options opt;
    tsl__export of;
    TSL_DEFAULTS(rules, &opt);
    tree.node = node;
    tree.node_count = 5;
    tree.cols = 3;
    tree.column = column;
    model.tree = &tree;
    assert_int_equal(tsl__export_open(&(const tsl_segmentation){.model = &model}, &opt, &of, NULL), TSL_OK);
    assert_int_equal(of.field_count, 1);
    assert_string_equal(of.field[0].name, "g");
    assert_int_equal(of.field_of[0], 0);
    assert_int_equal(of.field_of[2], 0);
    assert_true(of.field_of[1] >= of.field_count);
    tsl__export_free(&of);
    node[1].column = 1;
    assert_int_equal(tsl__export_open(&(const tsl_segmentation){.model = &model}, &opt, &of, NULL), TSL_OK);
    assert_int_equal(of.field_count, 2); /* a number that is called as a category is */
    tsl__export_free(&of);
}

/* Two columns of the made tree, others: refused with the words, or (NULL) written. */
static void check_pair(tsl_rules_format format, tsl_sql_dialect dialect, const tsl_tree_column pair[2],
                       const char *refusal)
{
    tsl_tree_column column[5];
    tsl_tree tree = made_tree;
    tsl_model model = made_model;
    tsl_rules_options opt;
    tsl__export of;
    tsl_error err = {.message = ""};
    memcpy(column, made_column, sizeof column);
    column[0] = pair[0];
    column[3] = pair[1];
    tree.column = column;
    model.tree = &tree;
    TSL_DEFAULTS(rules, &opt);
    opt.format = format;
    opt.dialect = dialect;
    assert_int_equal(tsl__export_open(&(const tsl_segmentation){.model = &model}, &opt, &of, &err),
                     refusal ? TSL_E_INPUT : TSL_OK);
    assert_string_equal(err.message, refusal ? refusal : "");
    tsl__export_free(&of);
}

#define ALIKE                                                                                                          \
    "the tree cuts \"plan\" and \"Plan\", which are one column in all dialects but postgresql: rename one, or leave "  \
    "it "                                                                                                              \
    "out (--exclude)"

static void test_alike(void **state)
{
    (void)state;
    const tsl_tree_column pair[2] = {{"plan", TSL_TREE_NUMBER, "", ""}, {"Plan", TSL_TREE_NUMBER, "", ""}};
    check_pair(TSL_RULES_SQL, TSL_SQL_POSTGRESQL, pair, NULL);
    check_pair(TSL_RULES_SQL, TSL_SQL_SQLITE, pair, ALIKE);
    check_pair(TSL_RULES_SQL, TSL_SQL_DUCKDB, pair, ALIKE);
    check_pair(TSL_RULES_SQL, TSL_SQL_BIGQUERY, pair, ALIKE);
    check_pair(TSL_RULES_PMML, TSL_SQL_SQLITE, pair, NULL);
    check_pair(TSL_RULES_TEXT, TSL_SQL_SQLITE, pair, NULL);
}

#define ONE_NAME(format)                                                                                               \
    "the tree cuts the category \"recency_days\" and the feature \"recency_days\", which are one column in " format    \
    ": rename the category, or leave it out (--exclude)"

/* JSON says which is the category, and texts ask no table. */
static void test_category_as_number(void **state)
{
    (void)state;
    const tsl_tree_column pair[2] = {{"recency_days=old", TSL_TREE_LEVEL, "recency_days", "old"},
                                     {"recency_days", TSL_TREE_NUMBER, "", ""}};
    for (int dialect = 0; dialect < TSL_SQL_DIALECTS; dialect++) {
        check_pair(TSL_RULES_SQL, (tsl_sql_dialect)dialect, pair, ONE_NAME("SQL"));
    }
    check_pair(TSL_RULES_PMML, TSL_SQL_POSTGRESQL, pair, ONE_NAME("PMML"));
    check_pair(TSL_RULES_JSON, TSL_SQL_POSTGRESQL, pair, NULL);
    check_pair(TSL_RULES_TEXT, TSL_SQL_POSTGRESQL, pair, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_xml), cmocka_unit_test(test_numbers),
                                       cmocka_unit_test(test_fields), cmocka_unit_test(test_alike),
                                       cmocka_unit_test(test_category_as_number)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
