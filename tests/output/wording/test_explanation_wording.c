/* test_explanation_wording.c: a customer's explanation in words, in both languages. */
#include "made_explanation.h"

#include "output/wording/explanation_wording.h"

static void check_text(const char *lang, const char *expected)
{
    tsl__text text = {0};
    assert_int_equal(tsl__explanation_put(&made_explanation, lang, &text, NULL), TSL_OK);
    assert_string_equal(text.data, expected);
    tsl__text_free(&text);
}

static void test_text(void **state)
{
    (void)state;
    check_text(
        "en",
        "Customer c<1>: segment 1, It's \\ \"so\"; confidence 0.25, next segment 2, B\n"
        "\n"
        "The tree puts this customer there, too:\n"
        "  mean days between purchases at most 30 or unknown (here unknown)\n"
        "  Gender is not F (here M)\n"
        "  mean days between purchases over 7 or unknown (here unknown)\n"
        "\n"
        "What would change it, all else being equal:\n"
        "  by the tree: would become \"B\" (segment 2) with Gender is F (now M) and mean days between purchases at "
        "most 7 (now unknown)\n"
        "  by distance: would become \"B\" (segment 2) with a purchase 43 days ago (now 97 days ago)\n");
    check_text("zh", "客户 c<1>：客群 1，甲；置信度 0.25，其次为客群 2，乙\n"
                     "\n"
                     "解释树也将该客户划入此客群：\n"
                     "  平均购买间隔（天） 不超过 30 或未知（实际 未知）\n"
                     "  Gender 不为 F（实际 M）\n"
                     "  平均购买间隔（天） 超过 7 或未知（实际 未知）\n"
                     "\n"
                     "其他不变时，以下变化会改变其客群：\n"
                     "  按解释树：会成为“乙”（客群 2），若 Gender 为 F（现为 M） 且 平均购买间隔（天） 不超过 7（现为 "
                     "未知）\n"
                     "  按距离：会成为“乙”（客群 2），若 43 天前有一次购买（现为 97 天前）\n");
}

static void check_move(tsl_move move, int by_tree, const char *lang, const char *part)
{
    tsl__text text = {0};
    assert_int_equal(tsl__explanation_put_move(&made_explanation, &move, by_tree, lang, &text, NULL), TSL_OK);
    made_check_part(text.data, part);
    tsl__text_free(&text);
}

static tsl_move of(size_t feature, double now, double to, double low, double high)
{
    return (tsl_move){.segment = 2, .count = 1, .change = {{feature, now, to, low, high}}};
}

static void test_moves(void **state)
{
    (void)state;
    const double inf = (double)INFINITY;
    check_move(of(MADE_RECENCY, 97, 40, -inf, 43), 1, "en", "with a purchase in the last 43 days (now 97 days ago)");
    check_move(of(MADE_RECENCY, 97, 1, -inf, 1), 1, "en", "with a purchase in the last 1 day (now 97 days ago)");
    check_move(of(MADE_RECENCY, 97, 40, -inf, 43), 1, "zh", "若最近 43 天内有一次购买（现为 97 天前）");
    check_move(of(MADE_RECENCY, 97, 120, 110, inf), 0, "en", "with days since last purchase of 120 (now 97)");
    check_move(of(MADE_DAYS, 1, 2, 1, inf), 1, "en", "with a second purchase day");
    check_move(of(MADE_DAYS, 0, 1, 0, inf), 1, "en", "with a first purchase");
    check_move(of(MADE_DAYS, 2, 5, 4, inf), 1, "en", "with 3 more purchase days");
    check_move(of(MADE_DAYS, 1, 2, 1, inf), 1, "zh", "若有第二个购买日");
    check_move(of(MADE_FREQUENCY, 2, 12, 9, 12.5), 1, "en", "with purchases over 9 and at most 12.5 (now 2)");
    check_move(of(MADE_FREQUENCY, 2, 12, 9, 12.5), 0, "en", "with purchases of 12 (now 2)");
    check_move(of(MADE_HOME, 1, 0, -inf, 0), 1, "en", "with Home owner is no (now yes)");
    check_move(of(MADE_HOME, 1, 0, 0, 0), 0, "zh", "若 Home owner 为 否（现为 是）");
    check_move(of(MADE_F, 0, 0, -inf, 0), 1, "en", "with Gender is not F (now M)");
    check_move((tsl_move){0}, 1, "en", "no change of one value, or of two, ends in another segment");
    check_move((tsl_move){0}, 0, "zh", "在现有客户的取值范围内");
}

/* Set apart by a rule; where the tree says otherwise; without a tree. */
static void test_other_heads(void **state)
{
    (void)state;
    tsl_explanation e = made_explanation;
    tsl__text text = {0};
    e.set_apart = 1;
    e.by_distance = (tsl_move){0};
    e.tree_segment = 3;
    assert_int_equal(tsl__explanation_put(&e, "en", &text, NULL), TSL_OK);
    made_check_part(text.data, "Customer c<1>: segment 1, It's \\ \"so\"; set apart by a rule\n");
    made_check_part(text.data, "\nThe tree puts this customer elsewhere, into segment 3, C:\n");
    made_check_part(text.data, "  by distance: a rule decides, not distance\n");
    tsl__text_clear(&text);
    e.set_apart = e.tree_segment = 0;
    made_runner_up[0] = 0;
    assert_int_equal(tsl__explanation_put(&e, "en", &text, NULL), TSL_OK);
    made_check_part(text.data, "; there is no other segment\n\nWhat would change it");
    assert_null(strstr(text.data, "tree"));
    made_runner_up[0] = 2;
    tsl__text_free(&text);
}

/* A segment that is a leaf of the tree: no distance is spoken of. */
static void test_leaf(void **state)
{
    (void)state;
    tsl_model model = made_model;
    tsl_explanation e = made_explanation;
    tsl__text text = {0};
    model.by_tree = 1;
    e.model = &model;
    e.by_distance = (tsl_move){0};
    assert_int_equal(tsl__explanation_put(&e, "en", &text, NULL), TSL_OK);
    made_check_part(text.data,
                    "Customer c<1>: segment 1, It's \\ \"so\"\n\nThe rules of the tree whose leaf the segment is:\n");
    made_check_part(text.data, "\n  would become \"B\" (segment 2) with Gender is F (now M) and");
    assert_null(strstr(text.data, "distance"));
    assert_null(strstr(text.data, "confidence"));
    tsl__text_clear(&text);
    assert_int_equal(tsl__explanation_put(&e, "zh", &text, NULL), TSL_OK);
    made_check_part(text.data, "该客群是树的一个叶，规则如下：\n");
    assert_null(strstr(text.data, "距离："));
    tsl__text_clear(&text);
    assert_int_equal(tsl__explanation_put_move(&e, &e.by_distance, 0, "en", &text, NULL), TSL_OK);
    assert_string_equal(text.data, "the rules of the tree decide, not distance");
    tsl__text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_text), cmocka_unit_test(test_moves),
                                       cmocka_unit_test(test_other_heads), cmocka_unit_test(test_leaf)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
