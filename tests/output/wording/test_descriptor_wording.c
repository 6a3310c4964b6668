/* test_descriptor_wording.c: the rules and the sentence of a tree of descriptors, in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/wording/descriptor_wording.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const cities[] = {"Lima", "Oslo", "Rome", "Bonn", "Kiel", "Graz", "Bern", "Nice"};
static const tsl_descriptor_column column[] = {{.name = "age_years"},
                                               {.name = "home_city", .level_count = 8, .level = cities}};

static void check_rule(const tsl_descriptor *d, int32_t node, const char *en, const char *zh)
{
    const char *const expected[TSL_LANGS] = {en, zh};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        char *rule;
        assert_int_equal(tsl__descriptor_get_rule(d, node, lang, &rule, NULL), TSL_OK);
        assert_string_equal(rule, expected[lang]);
        free(rule);
    }
}

/* By hand: age at most 30 or missing; then 30 to 45, above and over; then cities of the middle. */
static void test_rules(void **state)
{
    (void)state;
    double cut[] = {30}, cuts[] = {45, 60};
    int32_t few[] = {0, 0, 1, -1, 1, 1, 1, 1}, many[] = {0, 0, 0, 0, 0, 0, 0, -1};
    tsl_descriptor_node node[] = {
        {.parent = -1, .child = 1, .child_count = 2, .column = 0, .cut_count = 1, .cut = cut, .missing = 0},
        {.parent = 0, .child = 3, .child_count = 2, .column = 1, .part = few, .missing = 1},
        {.parent = 0, .child = 5, .child_count = 3, .column = 0, .cut_count = 2, .cut = cuts, .missing = -1},
        {.parent = 1, .child = -1},
        {.parent = 1, .child = -1},
        {.parent = 2, .child = 8, .child_count = 2, .column = 1, .part = many, .missing = 1},
        {.parent = 2, .child = -1},
        {.parent = 2, .child = -1},
        {.parent = 5, .child = -1},
        {.parent = 5, .child = -1},
    };
    const tsl_descriptor d = {.cols = 2, .column = (tsl_descriptor_column *)column, .node = node, .node_count = 10};
    check_rule(&d, 0, "all", "全部");
    check_rule(&d, 1, "age at most 30 or unknown", "年龄 不超过 30 或未知");
    check_rule(&d, 3, "(age at most 30 or unknown) and home city is Lima or Oslo",
               "（年龄 不超过 30 或未知） 且 home city 为 Lima、Oslo");
    check_rule(&d, 4, "(age at most 30 or unknown) and (home city is Rome, Kiel, Graz, Bern or Nice or unknown)",
               "（年龄 不超过 30 或未知） 且 （home city 为 Rome、Kiel、Graz、Bern、Nice 或未知）");
    check_rule(&d, 6, "age over 45 and at most 60", "年龄 超过 45 且 不超过 60");
    check_rule(&d, 7, "age over 60", "年龄 超过 60");
    check_rule(&d, 8, "age over 30 and at most 45 and home city is Lima, Oslo, Rome, Bonn, Kiel or one of 2 more",
               "年龄 超过 30 且 不超过 45 且 home city 为 Lima、Oslo、Rome、Bonn、Kiel 或另外 2 项之一");
    check_rule(&d, 9, "age over 30 and at most 45 and home city is unknown",
               "年龄 超过 30 且 不超过 45 且 home city 未知");
}

/* "or unknown" is told from what stands before it, and a level from what joins levels. */
static void test_either(void **state)
{
    (void)state;
    static const char *const plans[] = {"Single, never married", "unknown", "x"};
    static const tsl_descriptor_column both[] = {{.name = "age_years"},
                                                 {.name = "plan", .level_count = 3, .level = plans}};
    double cut[] = {49.9, 50};
    int32_t part[] = {0, 0, 1};
    tsl_descriptor_node node[] = {
        {.parent = -1, .child = 1, .child_count = 3, .column = 0, .cut_count = 2, .cut = cut, .missing = 1},
        {.parent = 0, .child = -1},
        {.parent = 0, .child = 4, .child_count = 2, .column = 1, .part = part, .missing = 0},
        {.parent = 0, .child = -1},
        {.parent = 2, .child = -1},
        {.parent = 2, .child = -1},
    };
    const tsl_descriptor d = {.cols = 2, .column = (tsl_descriptor_column *)both, .node = node, .node_count = 6};
    check_rule(&d, 2, "age over 49.9 and at most 50, or unknown", "年龄 超过 49.9 且 不超过 50，或未知");
    check_rule(&d, 4,
               "(age over 49.9 and at most 50, or unknown) and (plan is \"Single, never married\" or \"unknown\" or "
               "unknown)",
               "（年龄 超过 49.9 且 不超过 50，或未知） 且 （plan 为 Single, never married、unknown 或未知）");
    check_rule(&d, 5, "(age over 49.9 and at most 50, or unknown) and plan is x",
               "（年龄 超过 49.9 且 不超过 50，或未知） 且 plan 为 x");
}

/* Ranks are called by their names. */
static void test_ranks(void **state)
{
    (void)state;
    static const char *const schools[] = {"primary", "secondary", "college", "university"};
    static const tsl_descriptor_column ranked[] = {{.name = "school", .rank_count = 4, .rank = schools}};
    double cut[] = {1, 2.5};
    tsl_descriptor_node node[] = {
        {.parent = -1, .child = 1, .child_count = 3, .column = 0, .cut_count = 2, .cut = cut, .missing = -1},
        {.parent = 0, .child = -1},
        {.parent = 0, .child = -1},
        {.parent = 0, .child = -1},
    };
    const tsl_descriptor d = {.cols = 1, .column = (tsl_descriptor_column *)ranked, .node = node, .node_count = 4};
    check_rule(&d, 1, "school at most primary", "school 不超过 primary");
    check_rule(&d, 2, "school is secondary", "school 为 secondary");
    check_rule(&d, 3, "school over secondary", "school 超过 secondary");
}

/* Known against missing. */
static void test_missing(void **state)
{
    (void)state;
    tsl_descriptor_node node[] = {
        {.parent = -1, .child = 1, .child_count = 2, .column = 0, .missing = 1},
        {.parent = 0, .child = -1},
        {.parent = 0, .child = -1},
    };
    const tsl_descriptor d = {.cols = 2, .column = (tsl_descriptor_column *)column, .node = node, .node_count = 3};
    check_rule(&d, 1, "age is known", "年龄 已知");
    check_rule(&d, 2, "age is unknown", "年龄 未知");
}

static void test_sentence(void **state)
{
    (void)state;
    double importance[] = {.1, .2};
    size_t order[2];
    char *text;
    tsl_descriptor d = {.cols = 2,
                        .column = (tsl_descriptor_column *)column,
                        .importance = importance,
                        .skill = .1234,
                        .skill_error = .0111,
                        .accuracy = .456,
                        .base = .301,
                        .verdict = TSL_DESCRIPTOR_LITTLE};
    tsl__descriptor_order(&d, order);
    assert_int_equal(order[0], 1);
    assert_int_equal(tsl__descriptor_get_sentence(&d, 0, 0, &text, NULL), TSL_OK);
    assert_string_equal(text, "demographics say a little of who is in which segment, most of all home city and age (on "
                              "customers left out: skill 0.123, standard error 0.011; 46 % told right, 30 % by the "
                              "largest segment alone)");
    free(text);
    d.verdict = TSL_DESCRIPTOR_NOTHING;
    assert_int_equal(tsl__descriptor_get_sentence(&d, 0, 1, &text, NULL), TSL_OK);
    assert_string_equal(
        text, "人口属性说明不了谁在哪个客群（留出客户上的技巧得分 0.123，标准误 0.011；判对 46 %，只猜最大客群 30 %）");
    free(text);
    d.leaves = 1; /* some trees of the folds cut all the same */
    assert_int_equal(tsl__descriptor_get_sentence(&d, 0, 0, &text, NULL), TSL_OK);
    assert_non_null(strstr(text, "standard error 0.011"));
    free(text);
    d.skill = d.skill_error = 0;
    assert_int_equal(tsl__descriptor_get_sentence(&d, 0, 0, &text, NULL), TSL_OK);
    assert_string_equal(text, "demographics say nothing of who is in which segment (no tree told more than the largest "
                              "segment alone, which tells 30 % right)");
    free(text);
    assert_int_equal(tsl__descriptor_get_sentence(&d, 0, 1, &text, NULL), TSL_OK);
    assert_string_equal(text, "人口属性说明不了谁在哪个客群（没有一棵树比只猜最大客群说明得更多，后者判对 30 %）");
    free(text);
    d.skill = NAN;
    assert_int_equal(tsl__descriptor_get_sentence(&d, 0, 0, &text, NULL), TSL_OK);
    assert_string_equal(text, "too few customers to tell whether demographics say who is in which segment");
    free(text);
}

/* Beside rules that are made of demographics these are the others. */
static void test_others(void **state)
{
    (void)state;
    static const struct {
        double skill;
        tsl_descriptor_verdict verdict;
        const char *said[TSL_LANGS];
    } rows[] = {{0,
                 TSL_DESCRIPTOR_NOTHING,
                 {"no other demographics say who is in which segment (no tree", "其他人口属性说明不了谁在哪个客群（"}},
                {.1,
                 TSL_DESCRIPTOR_LITTLE,
                 {"other demographics say a little of who is in which segment, most of all",
                  "其他人口属性略能说明谁在哪个客群"}},
                {NAN,
                 TSL_DESCRIPTOR_NOTHING,
                 {"too few customers to tell whether other demographics say who is in which segment",
                  "客户太少，无法判断其他人口属性能否说明谁在哪个客群"}}};
    double importance[] = {.1, .2};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const tsl_descriptor d = {.cols = 2,
                                  .column = (tsl_descriptor_column *)column,
                                  .importance = importance,
                                  .skill = rows[i].skill,
                                  .leaves = 1,
                                  .base = .3,
                                  .verdict = rows[i].verdict};
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            char *text;
            assert_int_equal(tsl__descriptor_get_sentence(&d, 1, lang, &text, NULL), TSL_OK);
            assert_ptr_equal(strstr(text, rows[i].said[lang]), text);
            free(text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rules),    cmocka_unit_test(test_missing),
                                       cmocka_unit_test(test_ranks),    cmocka_unit_test(test_either),
                                       cmocka_unit_test(test_sentence), cmocka_unit_test(test_others)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
