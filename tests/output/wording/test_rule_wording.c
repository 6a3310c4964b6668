/* test_rule_wording.c: rules and trees in words, in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <tesela/output.h>

#include "base/rng.h"
#include "model/tree/tree_made.h"
#include "rule_reader.h"

static tsl_rule *build(const tsl_tree *tree)
{
    static uint64_t size[] = {40, 40, 40, 40};
    tsl_model model = {.k = tree->k, .tree = (tsl_tree *)(uintptr_t)tree, .size = size};
    tsl_rule *rule;
    assert_int_equal(tsl_rules_build(&model, &rule, NULL), TSL_OK);
    return rule;
}

static void check(const tsl_tree *tree, int cluster, const char *condition, const char *english, const char *chinese)
{
    tsl_rule *rule = build(tree);
    assert_string_equal(rule[cluster].condition, condition);
    assert_string_equal(rule[cluster].words[0], english);
    assert_string_equal(rule[cluster].words[1], chinese);
    tsl_rules_free(rule, (size_t)tree->k);
}

/* Conditions have the columns' own names and signs; rules the readers' words. */
static void test_rules(void **state)
{
    (void)state;
    check(&made_tree, 0,
          "(7 < gap_mean_days <= 30 or unknown) and Gender is not F; or gap_mean_days > 30 and (HomeOwner is yes or "
          "unknown) and income is known",
          "(mean days between purchases over 7 and at most 30, or unknown) and Gender is not F; or mean days "
          "between purchases over 30 and (Home owner is yes or unknown) and income is known",
          "（平均购买间隔（天） 超过 7 且 不超过 30，或未知） 且 Gender 不为 F；或 平均购买间隔（天） 超过 30 且 "
          "（Home owner "
          "为是 或未知） 且 income 已知");
    check(&made_tree, 1,
          "gap_mean_days <= 7 and Gender is not F; or gap_mean_days > 30 and HomeOwner is no and frequency > 12.5",
          "mean days between purchases at most 7 and Gender is not F; or mean days between purchases over 30 and "
          "Home owner is no and purchases over 12.5",
          "平均购买间隔（天） 不超过 7 且 Gender 不为 F；或 平均购买间隔（天） 超过 30 且 Home owner 为否 且 购买次数 "
          "超过 "
          "12.5");
    check(&made_tree, 2,
          "(gap_mean_days <= 30 or unknown) and Gender is F; or gap_mean_days > 30 and HomeOwner is no and frequency "
          "<= 12.5; or gap_mean_days > 30 and (HomeOwner is yes or unknown) and income is unknown",
          "(mean days between purchases at most 30 or unknown) and Gender is F; or mean days between purchases "
          "over 30 and Home owner is no and purchases at most 12.5; and 1 other leaf (0.0 % of the segment)",
          "（平均购买间隔（天） 不超过 30 或未知） 且 Gender 为 F；或 平均购买间隔（天） 超过 30 且 Home owner 为否 且 "
          "购买次数 不超过 12.5；另有 1 个小分支（占客群 0.0 %）");
}

/* One cut alone needs no brackets; a column that is called a boolean and is not one is a number. */
static void test_one_cut(void **state)
{
    (void)state;
    static tsl_tree_node node[] = {
        {1, 2, 4, 0.25, 0, -1, -1, 10, 0}, {-1, -1, -1, 0, -1, 0, 0, 6, 6}, {-1, -1, -1, 0, -1, 1, 0, 4, 4}};
    tsl_tree tree = made_tree;
    tree.node = node;
    tree.node_count = 3;
    tree.depth = 1;
    tree.leaves = 2;
    check(&tree, 0, "income <= 0.25", "income at most 0.25", "income 不超过 0.25");
    check(&tree, 1, "income > 0.25 or unknown", "income over 0.25 or unknown", "income 超过 0.25 或未知");
    check(&tree, 2, "", "", ""); /* no leaf */
    node[0].missing_left = -1;
    check(&tree, 1, "income > 0.25", "income over 0.25", "income 超过 0.25");
    node[0].column = 2;
    check(&tree, 0, "HomeOwner is no", "Home owner is no", "Home owner 为否");
    node[0].threshold = 1;
    check(&tree, 0, "HomeOwner <= 1", "Home owner at most 1", "Home owner 不超过 1");
    check(&tree, 1, "HomeOwner > 1", "Home owner over 1", "Home owner 超过 1");
    node[0].column = 1;
    node[0].threshold = 0.5;
    check(&tree, 1, "Gender is F", "Gender is F", "Gender 为 F");
    tree.node_count = 1;
    tree.depth = 0;
    node[1].parent = -1;
    tree.node = node + 1;
    check(&tree, 0, "all", "all", "全部");
}

/* A whole number of what is counted, in words. */
static void test_exactly(void **state)
{
    (void)state;
    tsl_tree_node node[] = {{1, 2, 3, 1, -1, -1, -1, 10, 0},
                            {-1, -1, -1, 0, -1, 0, 0, 3, 3},
                            {3, 4, 3, 2, -1, -1, 0, 7, 0},
                            {-1, -1, -1, 0, -1, 1, 2, 3, 3},
                            {-1, -1, -1, 0, -1, 2, 2, 4, 4}};
    tsl_tree tree = made_tree;
    tree.node = node;
    tree.node_count = 5;
    check(&tree, 1, "1 < frequency <= 2", "purchases exactly 2", "购买次数 恰为 2");
    node[2].threshold = 3;
    check(&tree, 1, "1 < frequency <= 3", "purchases over 1 and at most 3", "购买次数 超过 1 且 不超过 3");
    node[0].column = node[2].column = 0;
    node[2].threshold = 2;
    check(&tree, 1, "1 < gap_mean_days <= 2", "mean days between purchases over 1 and at most 2",
          "平均购买间隔（天） 超过 1 且 不超过 2");
}

/* A category and its level are told by the column, not by a sign in its name. */
static void test_signs_in_names(void **state)
{
    (void)state;
    tsl_tree_node node[] = {
        {1, 2, 0, 0, -1, -1, -1, 10, 0}, {-1, -1, -1, 0, -1, 0, 0, 6, 6}, {-1, -1, -1, 0, -1, 1, 0, 4, 4}};
    tsl_tree_column column = {"a=b=c=d", TSL_TREE_LEVEL, "a=b", "c=d"};
    tsl_tree tree = made_tree;
    tree.node = node;
    tree.node_count = 3;
    tree.cols = 1;
    tree.column = &column;
    check(&tree, 1, "a=b is c=d", "a=b is c=d", "a=b 为 c=d");
    column.form = TSL_TREE_BOOLEAN;
    check(&tree, 0, "a=b=c=d is no", "a: b=c=d is no", "a：b=c=d 为否");
}

/* A level that would read as more of the rule stands in quotes. */
static void check_level(const char *level, const char *condition, const char *chinese)
{
    tsl_tree_node node[] = {
        {1, 2, 0, 0, 1, -1, -1, 10, 0}, {-1, -1, -1, 0, -1, 0, 0, 6, 6}, {-1, -1, -1, 0, -1, 1, 0, 4, 4}};
    tsl_tree_column column = {"Plan=", TSL_TREE_LEVEL, "Plan", level};
    tsl_tree tree = made_tree;
    tree.node = node;
    tree.node_count = 3;
    tree.cols = 1;
    tree.column = &column;
    check(&tree, 1, condition, condition, chinese);
}

static void test_joints_in_levels(void **state)
{
    (void)state;
    check_level("x", "Plan is x", "Plan 为 x");
    check_level("Holland", "Plan is Holland", "Plan 为 Holland");
    check_level("a \"b\"", "Plan is a \"b\"", "Plan 为 a \"b\"");
    check_level("x; or y", "Plan is \"x; or y\"", "Plan 为 x; or y");
    check_level("x; or", "Plan is \"x; or\"", "Plan 为 x; or");
    check_level("or unknown", "Plan is \"or unknown\"", "Plan 为 or unknown");
    check_level("bed and \"breakfast\"", "Plan is \"bed and \"\"breakfast\"\"\"", "Plan 为 bed and \"breakfast\"");
    check_level("\"x\"", "Plan is \"\"\"x\"\"\"", "Plan 为 \"\"\"x\"\"\"");
    check_level("甲；或 乙", "Plan is 甲；或 乙", "Plan 为 \"甲；或 乙\"");
    check_level("is \"x\"", "Plan is \"is \"\"x\"\"\"", "Plan 为 is \"x\"");
    check_level("not x", "Plan is \"not x\"", "Plan 为 not x");
    check_level("Unknown", "Plan is \"Unknown\"", "Plan 为 Unknown");
    check_level("unknown to us", "Plan is unknown to us", "Plan 为 unknown to us");
    check_level("Bed AND Breakfast", "Plan is \"Bed AND Breakfast\"", "Plan 为 Bed AND Breakfast");
    check_level("为 x", "Plan is 为 x", "Plan 为 \"为 x\"");
    check_level("未知", "Plan is 未知", "Plan 为 \"未知\"");
    check_level("或未知", "Plan is 或未知", "Plan 为 \"或未知\"");
}

/* What is known of a level is known of its category, which is one value. */
static void test_category(void **state)
{
    (void)state;
    tsl_tree_node node[] = {{1, 2, 0, INFINITY, 0, -1, -1, 10, 0}, {3, 4, 1, 0, -1, -1, 0, 6, 6},
                            {-1, -1, -1, 0, -1, 2, 0, 4, 4},       {5, 6, 0, 0, -1, -1, 1, 6, 6},
                            {-1, -1, -1, 0, -1, 1, 1, 4, 4},       {-1, -1, -1, 0, -1, 0, 3, 4, 4},
                            {-1, -1, -1, 0, -1, 3, 3, 4, 4}};
    tsl_tree_column column[] = {{"TechSupport=No", TSL_TREE_LEVEL, "TechSupport", "No"},
                                {"TechSupport=Yes", TSL_TREE_LEVEL, "TechSupport", "Yes"}};
    tsl_tree tree = made_tree;
    tree.node = node;
    tree.node_count = 7;
    tree.cols = 2;
    tree.column = column;
    tree.k = 4;
    check(&tree, 0, "TechSupport is not No and TechSupport is not Yes",
          "Tech support is not No and Tech support is not Yes", "Tech support 不为 No 且 Tech support 不为 Yes");
    check(&tree, 1, "TechSupport is known and TechSupport is Yes", "Tech support is Yes", "Tech support 为 Yes");
    check(&tree, 2, "TechSupport is unknown", "Tech support is unknown", "Tech support 未知");
    check(&tree, 3, "TechSupport is No and TechSupport is not Yes", "Tech support is No", "Tech support 为 No");
}

/* ---- Trees at random -------------------------------------------------------------------- */

enum { ROWS = 80, LEVELS = 6, VALUES = 3, COLUMNS = VALUES + LEVELS, NODES = 31 };

static const char *const level_names[LEVELS] = {"a", "not a", "Unknown", "b and (c)", "is \"x\"", "未知"};
static const char *const column_names[] = {"income", "grade", "member", "plan"};
static const char *const own_names[COLUMNS] = {"income", "grade",  "member", "plan=0", "plan=1",
                                               "plan=2", "plan=3", "plan=4", "plan=5"};

/* Rows with missing cells, a tree of cuts that have rows on either side, and in which leaf each row ends. */
typedef struct random_tree {
    double x[ROWS][COLUMNS];
    int level[ROWS]; /* -1: unknown */
    int32_t leaf[ROWS];
    tsl_tree_node node[NODES];
    tsl_tree_column column[COLUMNS];
    tsl_tree tree;
} random_tree;

static void draw_rows(random_tree *t, tsl__rng *rng)
{
    for (size_t i = 0; i < ROWS; i++) {
        t->level[i] = (int)tsl__rng_below(rng, LEVELS + 2) - 2;
        t->level[i] = t->level[i] < 0 ? -1 : t->level[i];
        for (size_t c = 0; c < COLUMNS; c++) {
            const int is_missing = c < VALUES ? tsl__rng_below(rng, 4) == 0 : t->level[i] < 0;
            const double value = c == 0   ? (double)tsl__rng_below(rng, 12) - 4.5
                                 : c == 1 ? (double)tsl__rng_below(rng, 4) + 1
                                 : c == 2 ? (double)tsl__rng_below(rng, 2)
                                          : t->level[i] == (int)(c - VALUES);
            t->x[i][c] = is_missing ? NAN : value;
        }
        t->leaf[i] = 0;
    }
    for (size_t c = 0; c < COLUMNS; c++) {
        t->column[c] = (tsl_tree_column){own_names[c], c < 2 ? TSL_TREE_NUMBER : TSL_TREE_BOOLEAN, "", ""};
        if (c >= VALUES) {
            t->column[c] = (tsl_tree_column){own_names[c], TSL_TREE_LEVEL, "plan", level_names[c - VALUES]};
        }
    }
}

static int goes_left(const tsl_tree_node *node, double value)
{
    return isnan(value) ? node->missing_left == 1 : value <= node->threshold;
}

/* Makes the leaf a cut, unless all its rows would be on one side. */
static void try_cut(random_tree *t, int32_t at, tsl__rng *rng)
{
    tsl_tree_node cut = t->node[at];
    size_t sides[2] = {0, 0}, missing = 0;
    cut.column = (int32_t)tsl__rng_below(rng, COLUMNS);
    cut.threshold = tsl__rng_below(rng, 4) == 0 ? INFINITY : cut.column < 2 ? (double)tsl__rng_below(rng, 12) - 5 : 0;
    cut.missing_left = (int32_t)tsl__rng_below(rng, 2);
    for (size_t i = 0; i < ROWS; i++) {
        if (t->leaf[i] == at) {
            sides[goes_left(&cut, t->x[i][cut.column])]++;
            missing += (size_t)isnan(t->x[i][cut.column]);
        }
    }
    if (sides[0] == 0 || sides[1] == 0) {
        return;
    }
    cut.missing_left = missing ? cut.missing_left : -1;
    cut.left = (int32_t)t->tree.node_count;
    cut.right = cut.left + 1;
    cut.cluster = -1;
    for (size_t side = 0; side < 2; side++) {
        t->node[t->tree.node_count++] = (tsl_tree_node){-1, -1, -1, 0, -1, 0, at, sides[!side], sides[!side]};
    }
    for (size_t i = 0; i < ROWS; i++) {
        if (t->leaf[i] == at) {
            t->leaf[i] = goes_left(&cut, t->x[i][cut.column]) ? cut.left : cut.right;
        }
    }
    t->node[at] = cut;
}

/* most: of clusters, which the leaves are dealt to in turn. */
static void grow(random_tree *t, int most, tsl__rng *rng)
{
    draw_rows(t, rng);
    t->node[0] = (tsl_tree_node){-1, -1, -1, 0, -1, 0, -1, ROWS, ROWS};
    t->tree = (tsl_tree){.node_count = 1, .node = t->node, .cols = COLUMNS, .column = t->column};
    for (int i = 0; i < 1000 && t->tree.node_count < NODES; i++) {
        const int32_t at = (int32_t)tsl__rng_below(rng, t->tree.node_count);
        if (t->node[at].column < 0) {
            try_cut(t, at, rng);
        }
    }
    for (size_t i = 0; i < t->tree.node_count; i++) {
        if (t->node[i].column < 0) {
            t->node[i].cluster = t->tree.leaves++ % most;
        }
    }
    t->tree.k = t->tree.leaves < most ? t->tree.leaves : most;
}

static void check_reads(const random_tree *t, int cluster, const reader_words *words, const char *rule)
{
    for (size_t i = 0; i < ROWS; i++) {
        const reader_row row = {t->x[i], t->level[i] < 0 ? "" : level_names[t->level[i]]};
        const int holds = reader_holds(words, column_names, VALUES, rule, row);
        if (holds != (t->node[t->leaf[i]].cluster == cluster)) {
            fail_msg("\"%s\" reads as %d of row %zu: %g, %g, %g, %s", rule, holds, i, row.value[0], row.value[1],
                     row.value[2], row.level);
        }
    }
}

static void check_differ(const tsl_rule *rule, int k)
{
    for (int a = 0; a < k; a++) {
        for (int b = 0; b < a; b++) {
            assert_string_not_equal(rule[a].condition, rule[b].condition);
            assert_string_not_equal(rule[a].words[0], rule[b].words[0]);
            assert_string_not_equal(rule[a].words[1], rule[b].words[1]);
        }
    }
}

/* Rules, read by one who knows nothing of trees, hold of just the rows of their leaves: one a cluster, and several. */
static void test_read(void **state)
{
    (void)state;
    static random_tree t;
    static uint64_t size[NODES]; /* nobody, so that no leaf is small */
    tsl__rng rng = tsl__rng_open(7, 2, 3);
    size_t cuts = 0;
    for (int i = 0; i < 600; i++) {
        tsl_rule *rule;
        grow(&t, i % 3 == 0 ? 3 : NODES, &rng);
        tsl_model model = {.k = t.tree.k, .tree = &t.tree, .size = size};
        assert_int_equal(tsl_rules_build(&model, &rule, NULL), TSL_OK);
        for (int c = 0; c < t.tree.k; c++) {
            check_reads(&t, c, &reader_signs, rule[c].condition);
            check_reads(&t, c, &reader_languages[0], rule[c].words[0]);
            check_reads(&t, c, &reader_languages[1], rule[c].words[1]);
        }
        check_differ(rule, t.tree.k);
        cuts += t.tree.node_count / 2;
        tsl_rules_free(rule, (size_t)t.tree.k);
    }
    assert_true(cuts > 600 * 8);
}

static void test_no_tree(void **state)
{
    (void)state;
    tsl_model model = {.k = 2};
    tsl_rule *rule;
    assert_int_equal(tsl_rules_build(&model, &rule, NULL), TSL_OK);
    assert_true(!rule[1].condition && !rule[1].words[0] && !rule[1].words[1]);
    tsl_rules_free(rule, 2);
    tsl_rules_free(NULL, 2);
}

static void check_tree(const tsl_tree *tree, const char *lang, const char *expected)
{
    char *text;
    assert_int_equal(tsl_rules_get_tree(tree, lang, &text, NULL), TSL_OK);
    assert_string_equal(text, expected);
    tsl_text_free(text);
}

static void test_tree(void **state)
{
    (void)state;
    check_tree(&made_tree, "en",
               "mean days between purchases at most 30 or unknown\n"
               "    Gender is not F\n"
               "        mean days between purchases at most 7: segment 2, rows 200, agreement 100.0 %\n"
               "        mean days between purchases over 7 or unknown: segment 1, rows 300, agreement 0.3 %\n"
               "    Gender is F: segment 3, rows 100, agreement 99.0 %\n"
               "mean days between purchases over 30\n"
               "    Home owner is no\n"
               "        purchases at most 12.5: segment 3, rows 100, agreement 50.0 %\n"
               "        purchases over 12.5: segment 2, rows 50, agreement 98.0 %\n"
               "    Home owner is yes or unknown\n"
               "        income is known: segment 1, rows 200, agreement 75.0 %\n"
               "        income is unknown: segment 3, rows 50, agreement 0.0 %\n"
               "\n"
               "leaves 7, depth 3, price 1.2346, agreement 54.9 %\n");
    check_tree(&made_tree, "zh",
               "平均购买间隔（天） 不超过 30 或未知\n"
               "    Gender 不为 F\n"
               "        平均购买间隔（天） 不超过 7：客群 2，行数 200，一致率 100.0 %\n"
               "        平均购买间隔（天） 超过 7 或未知：客群 1，行数 300，一致率 0.3 %\n"
               "    Gender 为 F：客群 3，行数 100，一致率 99.0 %\n"
               "平均购买间隔（天） 超过 30\n"
               "    Home owner 为否\n"
               "        购买次数 不超过 12.5：客群 3，行数 100，一致率 50.0 %\n"
               "        购买次数 超过 12.5：客群 2，行数 50，一致率 98.0 %\n"
               "    Home owner 为是 或未知\n"
               "        income 已知：客群 1，行数 200，一致率 75.0 %\n"
               "        income 未知：客群 3，行数 50，一致率 0.0 %\n"
               "\n"
               "叶 7，深度 3，代价 1.2346，一致率 54.9 %\n");
}

static void test_tree_without_cut(void **state)
{
    (void)state;
    tsl_tree_node node = {-1, -1, -1, 0, -1, 0, -1, 7, 7};
    tsl_tree tree = made_tree;
    tree.node = &node;
    tree.node_count = 1;
    tree.leaves = 1;
    tree.depth = 0;
    tree.cost_ratio = INFINITY;
    tree.agreement = 1;
    check_tree(&tree, "en",
               "all: segment 1, rows 7, agreement 100.0 %\n"
               "\n"
               "leaves 1, depth 0, price inf, agreement 100.0 %\n");
}

static void test_language(void **state)
{
    (void)state;
    char *text = made_gap;
    tsl_error err;
    assert_int_equal(tsl_rules_get_tree(&made_tree, "EN", &text, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "lang: \"EN\" is not en or zh");
    assert_null(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),          cmocka_unit_test(test_one_cut),
        cmocka_unit_test(test_signs_in_names), cmocka_unit_test(test_joints_in_levels),
        cmocka_unit_test(test_exactly),        cmocka_unit_test(test_no_tree),
        cmocka_unit_test(test_tree),           cmocka_unit_test(test_tree_without_cut),
        cmocka_unit_test(test_language),       cmocka_unit_test(test_category),
        cmocka_unit_test(test_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
