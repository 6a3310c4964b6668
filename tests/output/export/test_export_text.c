/* test_export_text.c: the tree and each segment's rule, in both languages. */
#include "made_model.h"

static char *write_text(const tsl_policy *policy, const char *lang)
{
    tsl_rules_options opt;
    TSL_DEFAULTS(rules, &opt);
    opt.lang = lang;
    return made_write(&(const tsl_segmentation){.model = &made_model, .policy = (tsl_policy *)(uintptr_t)policy}, &opt);
}

static void test_text(void **state)
{
    (void)state;
    char *tree, *text = write_text(NULL, "en");
    assert_int_equal(tsl_rules_get_tree(&made_tree, "en", &tree, NULL), TSL_OK);
    assert_int_equal(strncmp(text, tree, strlen(tree)), 0);
    made_check_part(
        text, "\n\nSegment 1 (500, 50.0 %), precision 50.0 %, coverage 50.0 %, lift 1.00\n"
              "  mean days between purchases over 30 and (Home owner is yes or unknown) and income is known; and 1 "
              "other leaf (0.2 % of the segment)\n");
    made_check_part(text, "\nSegment 2 (250, 25.0 %), precision 50.0 %, coverage 50.0 %, lift 2.00\n"
                          "  mean days between purchases at most 7 and Gender is not F\n"
                          "  or mean days between purchases over 30 and Home owner is no and purchases over 12.5\n");
    tsl_text_free(tree);
    tsl_text_free(text);
    text = write_text(&made_policy, "zh");
    made_check_part(text, "\n客群 2：乙（250，25.0 %），准确率 50.0 %，覆盖率 50.0 %，提升度 2.00\n");
    made_check_part(text, "\n  或 平均购买间隔（天） 超过 30 且");
    tsl_text_free(text);
}

/* Leaves are lines, whatever stands in a level. */
static void test_joint_in_level(void **state)
{
    (void)state;
    made_column[1].level = "x; or y";
    char *text = write_text(NULL, "en");
    made_check_part(text, "\n  mean days between purchases at most 7 and Gender is not \"x; or y\"\n"
                          "  or mean days between purchases over 30 and Home owner is no and purchases over 12.5\n");
    tsl_text_free(text);
    made_column[1].level = "F";
}

/* Rows that weigh, and a segment that is empty. */
static void test_weights(void **state)
{
    (void)state;
    double weight[3] = {1234.5, 0.25, 0};
    uint64_t size[3] = {1234567, 1, 0};
    made_candidate.weight = weight;
    made_model.size = size;
    char *text = write_text(&made_policy, "en");
    made_check_part(text, "Segment 1: It's \\ \"so\" (1,234,567, 99.9 %), precision"); /* sums that are of no column */
    tsl_text_free(text);
    made_model.weights_hash = 1;
    text = write_text(&made_policy, "en");
    made_check_part(text, "Segment 1: It's \\ \"so\" (1,234,567, weight 1234.5, 99.9 %), precision");
    made_check_part(text, "\nSegment 3: C (nobody)\n  (mean");
    tsl_text_free(text);
    made_model.weights_hash = 0;
    made_candidate.weight = NULL;
    made_model.size = made_size;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_text), cmocka_unit_test(test_joint_in_level),
                                       cmocka_unit_test(test_weights)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
