/* test_tree_rule.c: rules in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tree_made.h"

static void check(const tsl_tree *tree, int cluster, const char *lang, const char *expected)
{
    char *rule;
    assert_int_equal(tsl_tree_get_rule(tree, cluster, NULL, lang, &rule, NULL), TSL_OK);
    assert_string_equal(rule, expected);
    tsl_text_free(rule);
}

static void test_english(void **state)
{
    (void)state;
    check(&made_tree, 0, "en",
          "(7 < gap_mean_days <= 30 or unknown) and Gender is not F; or gap_mean_days > 30 and (HomeOwner is yes or "
          "unknown) and income is known");
    check(&made_tree, 1, "en",
          "gap_mean_days <= 7 and Gender is not F; or gap_mean_days > 30 and HomeOwner is no and frequency > 12.5");
    check(&made_tree, 2, "en",
          "(gap_mean_days <= 30 or unknown) and Gender is F; or gap_mean_days > 30 and HomeOwner is no and frequency "
          "<= 12.5; or gap_mean_days > 30 and (HomeOwner is yes or unknown) and income is unknown");
}

static void test_chinese(void **state)
{
    (void)state;
    check(&made_tree, 0, "zh",
          "（7 < gap_mean_days ≤ 30 或未知） 且 Gender 不为 F；或 gap_mean_days > 30 且 （HomeOwner 为是 或未知） 且 "
          "income 已知");
    check(&made_tree, 1, "zh",
          "gap_mean_days ≤ 7 且 Gender 不为 F；或 gap_mean_days > 30 且 HomeOwner 为否 且 frequency > 12.5");
    check(
        &made_tree, 2, "zh",
        "（gap_mean_days ≤ 30 或未知） 且 Gender 为 F；或 gap_mean_days > 30 且 HomeOwner 为否 且 frequency ≤ 12.5；或 "
        "gap_mean_days > 30 且 （HomeOwner 为是 或未知） 且 income 未知");
}

static void check_plain(const tsl_tree *tree, int cluster, const char *lang, const char *expected)
{
    static char gap[] = "days between purchases", home[] = "owner", often[] = "purchases";
    char *label[] = {gap, made_gender, home, often, made_income}, *rule;
    assert_int_equal(tsl_tree_get_rule(tree, cluster, label, lang, &rule, NULL), TSL_OK);
    assert_string_equal(rule, expected);
    tsl_text_free(rule);
}

/* With labels: their words in place of the names, and no signs. */
static void test_plain_words(void **state)
{
    (void)state;
    check_plain(&made_tree, 0, "en",
                "(days between purchases over 7 and at most 30 or unknown) and Gender is not F; or days between "
                "purchases over 30 and (owner is yes or unknown) and income is known");
    check_plain(&made_tree, 1, "en",
                "days between purchases at most 7 and Gender is not F; or days between purchases over 30 and owner is "
                "no and purchases over 12.5");
    check_plain(
        &made_tree, 0, "zh",
        "（days between purchases 超过 7 且 不超过 30 或未知） 且 Gender 不为 F；或 days between purchases 超过 "
        "30 且 （owner 为是 或未知） 且 income 已知");
}

/* One cut alone needs no brackets; a column that is called a boolean and is not one is a number. */
static void test_one_cut(void **state)
{
    (void)state;
    static tsl_tree_node node[] = {
        {1, 2, 0, 0.25, 0, -1, -1, 10, 0}, {-1, -1, -1, 0, -1, 0, 0, 6, 6}, {-1, -1, -1, 0, -1, 1, 0, 4, 4}};
    tsl_tree tree = made_tree;
    tree.node = node;
    tree.node_count = 3;
    tree.depth = 1;
    tree.leaves = 2;
    check(&tree, 0, "en", "gap_mean_days <= 0.25");
    check(&tree, 1, "en", "gap_mean_days > 0.25 or unknown");
    check(&tree, 2, "en", ""); /* no leaf */
    node[0].missing_left = -1;
    check(&tree, 1, "en", "gap_mean_days > 0.25");
    node[0].column = 2;
    check(&tree, 0, "en", "HomeOwner is no");
    node[0].threshold = 1;
    check(&tree, 0, "en", "HomeOwner <= 1");
    check(&tree, 1, "en", "HomeOwner > 1");
    node[0].column = 1;
    node[0].threshold = 0.5;
    check(&tree, 1, "zh", "Gender 为 F");
    tree.node_count = 1;
    tree.depth = 0;
    node[1].parent = -1;
    tree.node = node + 1;
    check(&tree, 0, "en", "all");
    check(&tree, 0, "zh", "全部");
}

static void test_errors(void **state)
{
    (void)state;
    char *rule;
    tsl_error err;
    assert_int_equal(tsl_tree_get_rule(&made_tree, 0, NULL, "fr", &rule, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "lang: \"fr\" is not en or zh");
    assert_null(rule);
    assert_int_equal(tsl_tree_get_rule(&made_tree, 0, NULL, NULL, &rule, &err), TSL_E_OPTION);
    assert_int_equal(tsl_tree_get_rule(&made_tree, 3, NULL, "en", &rule, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "cluster 3 is outside 0 to 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english), cmocka_unit_test(test_chinese), cmocka_unit_test(test_plain_words),
        cmocka_unit_test(test_one_cut), cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
