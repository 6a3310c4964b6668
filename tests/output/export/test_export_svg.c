/* test_export_svg.c: what stands in the picture, whatever draws it. */
#include "made_model.h"

static char *write_svg(const tsl_segmentation *of, const char *lang)
{
    tsl_rules_options opt;
    TSL_DEFAULTS(rules, &opt);
    opt.format = TSL_RULES_SVG;
    opt.lang = lang;
    return made_write(of, &opt);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part)) {
        count++;
    }
    return count;
}

/* Each node is there for narrow and for wide places, and nothing from elsewhere. */
static void test_picture(void **state)
{
    (void)state;
    char *text = write_svg(&(const tsl_segmentation){.model = &made_model, .policy = &made_policy}, "en");
    assert_int_equal(count_of(text, "<g>"), 2 * 12);
    assert_int_equal(count_of(text, "<rect"), 2 * 7);
    assert_int_equal(count_of(text, "<text"), count_of(text, "</text>"));
    made_check_part(text, "<title>Gender is not F</title>");
    made_check_part(text, "class=\"segment\">1 It's \\ &quot;so&quot;</text>");
    made_check_part(text, "class=\"quiet\">200 rows · precision 75.0 % · lift 1.50</text>");
    made_check_part(text, "@media (prefers-color-scheme:dark)");
    assert_null(strstr(text, "href"));
    assert_null(strstr(text, "<script"));
    tsl_text_free(text);
    text = write_svg(&(const tsl_segmentation){.model = &made_model, .policy = &made_policy}, "zh");
    made_check_part(text, "lang=\"zh-CN\"");
    made_check_part(text, "class=\"quiet\">200 行 · 准确率 75.0 % · 提升度 1.50</text>");
    tsl_text_free(text);
}

/* What the tree is of. */
static void test_title(void **state)
{
    (void)state;
    static const char *const titles[2][2] = {
        {"\n<title>The explanation tree of the segments</title>\n", "\n<title>客群的解释树</title>\n"},
        {"\n<title>The target's tree, whose leaves are the segments</title>\n",
         "\n<title>说明目标的决策树，其叶即各客群</title>\n"}};
    for (int i = 0; i < 4; i++) {
        made_model.by_tree = i / 2;
        char *text = write_svg(&(const tsl_segmentation){.model = &made_model}, i % 2 ? "zh" : "en");
        made_check_part(text, titles[i / 2][i % 2]);
        tsl_text_free(text);
    }
    made_model.by_tree = 0;
}

/* A column's name of 200 letters without a blank, and one of ideograms, are broken into lines; none is lost. */
static void test_long_names(void **state)
{
    (void)state;
    char name[2][256] = {"", ""};
    for (int i = 0; i < 200; i++) {
        strcat(name[0], i % 10 ? "x" : "q");
        strcat(name[1], i < 80 ? "长" : "");
    }
    tsl_tree_column column[5];
    tsl_tree tree = made_tree;
    tsl_model model = made_model;
    memcpy(column, made_column, sizeof column);
    column[0].name = name[0];
    column[3].name = name[1];
    tree.column = column;
    model.tree = &tree;
    char *text = write_svg(&(const tsl_segmentation){.model = &model}, "en");
    size_t letters = 0, ideograms = 0;
    for (const char *at = text; (at = strstr(at, "class=\"rule\">")) != NULL;) {
        at += strlen("class=\"rule\">");
        const size_t length = strcspn(at, "<");
        assert_true(length < 200);
        for (size_t i = 0; i < length; i++) {
            letters += at[i] == 'q' || at[i] == 'Q';
            ideograms += strncmp(at + i, "长", 3) == 0;
        }
    }
    assert_int_equal(letters, 2 * 4 * 20); /* four nodes name it, in both layouts */
    assert_int_equal(ideograms, 2 * 2 * 80);
    tsl_text_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_picture), cmocka_unit_test(test_title),
                                       cmocka_unit_test(test_long_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
