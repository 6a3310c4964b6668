/* test_tree_text.c: the tree as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tree_made.h"

static void check(const tsl_tree *tree, const char *lang, const char *expected)
{
    char *text;
    assert_int_equal(tsl_tree_get_text(tree, NULL, lang, &text, NULL), TSL_OK);
    assert_string_equal(text, expected);
    tsl_text_free(text);
}

static void test_english(void **state)
{
    (void)state;
    check(&made_tree, "en",
          "gap_mean_days <= 30 or unknown\n"
          "    Gender is not F\n"
          "        gap_mean_days <= 7: segment 2, rows 200, agreement 100.0 %\n"
          "        gap_mean_days > 7 or unknown: segment 1, rows 300, agreement 0.3 %\n"
          "    Gender is F: segment 3, rows 100, agreement 99.0 %\n"
          "gap_mean_days > 30\n"
          "    HomeOwner is no\n"
          "        frequency <= 12.5: segment 3, rows 100, agreement 50.0 %\n"
          "        frequency > 12.5: segment 2, rows 50, agreement 98.0 %\n"
          "    HomeOwner is yes or unknown\n"
          "        income is known: segment 1, rows 200, agreement 75.0 %\n"
          "        income is unknown: segment 3, rows 50, agreement 0.0 %\n"
          "\n"
          "leaves 7, depth 3, price 1.2346, agreement 54.9 %\n");
}

static void test_chinese(void **state)
{
    (void)state;
    check(&made_tree, "zh",
          "gap_mean_days ≤ 30 或未知\n"
          "    Gender 不为 F\n"
          "        gap_mean_days ≤ 7：客群 2，行数 200，一致率 100.0 %\n"
          "        gap_mean_days > 7 或未知：客群 1，行数 300，一致率 0.3 %\n"
          "    Gender 为 F：客群 3，行数 100，一致率 99.0 %\n"
          "gap_mean_days > 30\n"
          "    HomeOwner 为否\n"
          "        frequency ≤ 12.5：客群 3，行数 100，一致率 50.0 %\n"
          "        frequency > 12.5：客群 2，行数 50，一致率 98.0 %\n"
          "    HomeOwner 为是 或未知\n"
          "        income 已知：客群 1，行数 200，一致率 75.0 %\n"
          "        income 未知：客群 3，行数 50，一致率 0.0 %\n"
          "\n"
          "叶 7，深度 3，代价 1.2346，一致率 54.9 %\n");
}

static void test_labels(void **state)
{
    (void)state;
    static char gap[] = "days between purchases", own[] = "owner";
    char *label[] = {gap, made_gender, own, made_frequency, made_income}, *text;
    assert_int_equal(tsl_tree_get_text(&made_tree, label, "en", &text, NULL), TSL_OK);
    assert_memory_equal(text, "days between purchases at most 30 or unknown\n    Gender is not F\n", 62);
    assert_non_null(strstr(text, "\n    owner is yes or unknown\n"));
    tsl_text_free(text);
}

static void test_no_cut(void **state)
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
    check(&tree, "en",
          "all: segment 1, rows 7, agreement 100.0 %\n"
          "\n"
          "leaves 1, depth 0, price inf, agreement 100.0 %\n");
}

static void test_language(void **state)
{
    (void)state;
    char *text;
    tsl_error err;
    assert_int_equal(tsl_tree_get_text(&made_tree, NULL, "EN", &text, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "lang: \"EN\" is not en or zh");
    assert_null(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english), cmocka_unit_test(test_chinese),  cmocka_unit_test(test_labels),
        cmocka_unit_test(test_no_cut),  cmocka_unit_test(test_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
