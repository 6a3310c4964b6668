/* test_export_sql.c: the query as it stands, in every dialect; what SQLite answers is asked by check_trees.py. */
#include "made_model.h"

static const tsl_segmentation with_names = {.model = &made_model, .policy = &made_policy};

static char *write_sql(const tsl_segmentation *of, tsl_sql_dialect dialect, const char *table)
{
    tsl_rules_options opt;
    TSL_DEFAULTS(rules, &opt);
    opt.format = TSL_RULES_SQL;
    opt.dialect = dialect;
    opt.table = table ? table : opt.table;
    return made_write(of, &opt);
}

static void test_query(void **state)
{
    char champion[] = "CHAMP", none[] = "", *code[3] = {champion, none, none};
    (void)state;
    made_model.code = code;
    char *text = write_sql(&with_names, TSL_SQL_POSTGRESQL, NULL);
    assert_string_equal(
        strstr(text, "\nSELECT"),
        "\nSELECT\n"
        "    s.\"customer_id\",\n"
        "    s.segment,\n"
        "    CASE s.segment\n"
        "        WHEN 1 THEN 'It''s \\ \"so\"'\n"
        "        WHEN 2 THEN 'B'\n"
        "        WHEN 3 THEN 'C'\n"
        "    END AS segment_name,\n"
        "    CASE s.segment\n"
        "        WHEN 1 THEN 'CHAMP'\n"
        "    END AS segment_code\n"
        "FROM (\n"
        "    SELECT\n"
        "        c.\"customer_id\",\n"
        "        CASE\n"
        "            WHEN c.\"gap_mean_days\" <= 7 AND (c.\"Gender\" <> 'F' OR c.\"Gender\" IS NULL) THEN 2\n"
        "            WHEN (c.\"gap_mean_days\" > 7 AND c.\"gap_mean_days\" <= 30 OR c.\"gap_mean_days\" IS NULL) AND "
        "(c.\"Gender\" <> 'F' OR c.\"Gender\" IS NULL) THEN 1\n"
        "            WHEN (c.\"gap_mean_days\" <= 30 OR c.\"gap_mean_days\" IS NULL) AND c.\"Gender\" = 'F' "
        "THEN 3\n"
        "            WHEN c.\"gap_mean_days\" > 30 AND CAST(c.\"HomeOwner\" AS INTEGER) = 0 AND (c.\"frequency\" <= "
        "12.5 OR c.\"frequency\" IS NULL) THEN 3\n"
        "            WHEN c.\"gap_mean_days\" > 30 AND CAST(c.\"HomeOwner\" AS INTEGER) = 0 AND c.\"frequency\" > 12.5 "
        "THEN 2\n"
        "            WHEN c.\"gap_mean_days\" > 30 AND (CAST(c.\"HomeOwner\" AS INTEGER) = 1 OR c.\"HomeOwner\" IS "
        "NULL) AND c.\"income\" IS NOT NULL THEN 1\n"
        "            WHEN c.\"gap_mean_days\" > 30 AND (CAST(c.\"HomeOwner\" AS INTEGER) = 1 OR c.\"HomeOwner\" IS "
        "NULL) AND c.\"income\" IS NULL THEN 3\n"
        "        END AS segment\n"
        "    FROM \"customer_features\" AS c\n"
        ") AS s;\n");
    tsl_text_free(text);
    made_model.code = NULL;
}

/* What the tree is of is said above the query. */
static void test_head(void **state)
{
    (void)state;
    for (int by_tree = 0; by_tree < 2; by_tree++) {
        made_model.by_tree = by_tree;
        char *text = write_sql(&with_names, TSL_SQL_SQLITE, NULL);
        assert_int_equal(strstr(text, "segment of their nearest centre") == NULL, by_tree);
        assert_int_equal(strstr(text, "by the explanation tree") == NULL, by_tree);
        assert_int_equal(strstr(text, "by the target's tree") != NULL, by_tree);
        assert_int_equal(strstr(text, "-- Its leaves are the segments.") != NULL, by_tree);
        tsl_text_free(text);
    }
    made_model.by_tree = 0;
}

/* BigQuery has backquotes and backslashes, and casts to INT64; a table's schema stands by itself elsewhere. */
static void test_dialects(void **state)
{
    (void)state;
    char *text = write_sql(&with_names, TSL_SQL_BIGQUERY, "shop-1.crm.f`eatures");
    made_check_part(text, "s.`customer_id`,");
    made_check_part(text, "WHEN 1 THEN 'It\\'s \\\\ \"so\"'");
    made_check_part(text, "CAST(c.`HomeOwner` AS INT64) = 0");
    made_check_part(text, "FROM `shop-1.crm.f\\`eatures` AS c");
    tsl_text_free(text);
    text = write_sql(&with_names, TSL_SQL_DUCKDB, "crm.fea\"tures");
    made_check_part(text, "FROM \"crm\".\"fea\"\"tures\" AS c");
    made_check_part(text, "; for DuckDB.");
    tsl_text_free(text);
}

/* One cut of a column with a name that would end a comment or an identifier. */
static void check_number(double threshold, tsl_sql_dialect dialect, const char *expected)
{
    tsl_tree_node node[] = {
        {1, 2, 0, 0, 0, -1, -1, 10, 0}, {-1, -1, -1, 0, -1, 0, 0, 6, 6}, {-1, -1, -1, 0, -1, 1, 0, 4, 4}};
    tsl_tree_column column = {"x\n\"; DROP TABLE y", TSL_TREE_NUMBER, "", ""};
    tsl_tree tree = made_tree;
    tsl_model model = made_model;
    tree.node = node;
    tree.node_count = 3;
    tree.cols = 1;
    tree.column = &column;
    model.tree = &tree;
    node[0].threshold = threshold;
    char *text = write_sql(&(const tsl_segmentation){.model = &model}, dialect, NULL);
    made_check_part(text, expected);
    made_check_part(text, "--   x \"; DROP TABLE y: number\n");
    made_check_part(text, "WHEN 1 THEN 'Segment 1'");
    tsl_text_free(text);
}

#define X "c.\"x\n\"\"; DROP TABLE y\""

static void test_numbers(void **state)
{
    (void)state;
    for (int dialect = 0; dialect < TSL_SQL_BIGQUERY; dialect++) {
        check_number(12.5, (tsl_sql_dialect)dialect, "WHEN " X " <= 12.5 THEN 1\n");
        check_number(-45, (tsl_sql_dialect)dialect, "WHEN (" X " > -45 OR " X " IS NULL) THEN 2\n");
        check_number(1187.3201, (tsl_sql_dialect)dialect, X " <= 1187.3201 THEN 1\n");
        check_number((double)INFINITY, (tsl_sql_dialect)dialect, "WHEN " X " IS NOT NULL THEN 1\n");
    }
    check_number(0.1 + 0.2, TSL_SQL_POSTGRESQL, X " <= 0.30000000000000004 THEN 1\n");
    check_number(0.1 + 0.2, TSL_SQL_DUCKDB, X " <= 0.30000000000000004e0 THEN 1\n");
    check_number(0.1 + 0.2, TSL_SQL_SQLITE,
                 X " <= (5404319552844596.0 / 4503599627370496.0 / 4.0 /* 0.30000000000000004 */) THEN 1\n");
    check_number(-0.12345, TSL_SQL_SQLITE, X " <= (-12345.0 / 100000.0 /* -0.12345 */) THEN 1\n");
    check_number(1e300, TSL_SQL_POSTGRESQL, X " <= 1e+300 THEN 1\n");
    check_number(0x1p105, TSL_SQL_SQLITE, X " <= (4503599627370496.0 * 4503599627370496.0 * 2.0 /* ");
}

/* All rows, where there is no cut. */
static void test_no_cut(void **state)
{
    (void)state;
    tsl_tree_node leaf = {-1, -1, -1, 0, -1, 1, -1, 4, 4};
    tsl_tree tree = made_tree;
    tsl_model model = made_model;
    tree.node = &leaf;
    tree.node_count = 1;
    model.tree = &tree;
    char *text = write_sql(&(const tsl_segmentation){.model = &model}, TSL_SQL_SQLITE, NULL);
    made_check_part(text, "        CASE\n            WHEN 1 = 1 THEN 2\n        END AS segment\n");
    tsl_text_free(text);
}

/* "other" is what no feature of the category names; without a recipe it is a text like any. */
static void test_rest(void **state)
{
    (void)state;
    tsl_tree_node node[] = {
        {1, 2, 0, 0, 0, -1, -1, 10, 0}, {-1, -1, -1, 0, -1, 0, 0, 6, 6}, {-1, -1, -1, 0, -1, 1, 0, 4, 4}};
    char name[3][8] = {"C=other", "C=a'b", "C=c"}, level[3][4] = {"", "a'b", "c"}, none[] = "", category[] = "C";
    tsl_feature feature[3];
    tsl_tree_column column = {name[0], TSL_TREE_LEVEL, category, "other"};
    tsl_tree tree = made_tree;
    tsl_model model = made_model;
    tsl_recipe recipe = {.feature_count = 3, .feature = feature};
    for (int f = 0; f < 3; f++) {
        feature[f] = (tsl_feature){.name = name[f], .form = TSL_FORM_VALUE, .block = 4, .rest = f == 0};
        feature[f].level = level[f];
        feature[f].unit = feature[f].definition = none;
    }
    tree.node = node;
    tree.node_count = 3;
    tree.cols = 1;
    tree.column = &column;
    model.tree = &tree;
    char *text = write_sql(&(const tsl_segmentation){.recipe = &recipe, .model = &model}, TSL_SQL_SQLITE, NULL);
    made_check_part(text, "WHEN c.\"C\" IN ('a''b', 'c') THEN 1\n");
    made_check_part(text, "WHEN (c.\"C\" NOT IN ('a''b', 'c') OR c.\"C\" IS NULL) THEN 2\n");
    tsl_text_free(text);
    text = write_sql(&(const tsl_segmentation){.model = &model}, TSL_SQL_SQLITE, NULL);
    made_check_part(text, "WHEN (c.\"C\" = 'other' OR c.\"C\" IS NULL) THEN 2\n");
    tsl_text_free(text);
    recipe.feature_count = 1; /* of a hostile file: the rest of nothing */
    text = write_sql(&(const tsl_segmentation){.recipe = &recipe, .model = &model}, TSL_SQL_SQLITE, NULL);
    made_check_part(text, "WHEN (c.\"C\" IS NOT NULL OR c.\"C\" IS NULL) THEN 2\n");
    tsl_text_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_query),   cmocka_unit_test(test_head),   cmocka_unit_test(test_dialects),
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_no_cut), cmocka_unit_test(test_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
