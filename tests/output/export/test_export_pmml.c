/* test_export_pmml.c: the document as it stands; what it says of rows is asked by check_trees.py. */
#include "made_model.h"

static void test_document(void **state)
{
    (void)state;
    tsl_rules_options opt;
    TSL_DEFAULTS(rules, &opt);
    opt.format = TSL_RULES_PMML;
    char *text = made_write(&(const tsl_segmentation){.model = &made_model, .policy = &made_policy}, &opt);
    made_check_part(text, "<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\">\n  <Header ");
    made_check_part(text, "  <DataDictionary numberOfFields=\"6\">\n"
                          "    <DataField name=\"gap_mean_days\" displayName=\"mean days between purchases\" "
                          "optype=\"continuous\" dataType=\"double\"/>\n"
                          "    <DataField name=\"Gender\" displayName=\"Gender\" optype=\"categorical\" "
                          "dataType=\"string\"/>\n");
    made_check_part(text, "      <Value value=\"1\" displayValue=\"It's \\ &quot;so&quot;\"/>\n");
    made_check_part(
        text,
        "    <Node id=\"0\" recordCount=\"1000\">\n"
        "      <True/>\n"
        "      <Node id=\"1\" recordCount=\"600\">\n"
        "        <CompoundPredicate booleanOperator=\"or\"><SimplePredicate field=\"gap_mean_days\" "
        "operator=\"lessOrEqual\" value=\"30\"/><SimplePredicate field=\"gap_mean_days\" "
        "operator=\"isMissing\"/></CompoundPredicate>\n"
        "        <Node id=\"3\" recordCount=\"500\">\n"
        "          <CompoundPredicate booleanOperator=\"or\"><SimplePredicate field=\"Gender\" operator=\"notEqual\" "
        "value=\"F\"/><SimplePredicate field=\"Gender\" operator=\"isMissing\"/></CompoundPredicate>\n"
        "          <Node id=\"7\" score=\"2\" recordCount=\"200\">\n"
        "            <SimplePredicate field=\"gap_mean_days\" operator=\"lessOrEqual\" value=\"7\"/>\n"
        "          </Node>\n");
    made_check_part(text, "          <Node id=\"12\" score=\"3\" recordCount=\"50\">\n"
                          "            <SimplePredicate field=\"income\" operator=\"isMissing\"/>\n"
                          "          </Node>\n"
                          "        </Node>\n"
                          "      </Node>\n"
                          "    </Node>\n"
                          "  </TreeModel>\n"
                          "</PMML>\n");
    tsl_text_free(text);
}

/* What the tree is of. */
static void test_header(void **state)
{
    (void)state;
    tsl_rules_options opt;
    TSL_DEFAULTS(rules, &opt);
    opt.format = TSL_RULES_PMML;
    for (int by_tree = 0; by_tree < 2; by_tree++) {
        made_model.by_tree = by_tree;
        char *text = made_write(&(const tsl_segmentation){.model = &made_model}, &opt);
        made_check_part(text, by_tree ? "<Header description=\"Segments of customers, by the target's tree\">"
                                      : "<Header description=\"Segments of customers, by an explanation tree\">");
        tsl_text_free(text);
    }
    made_model.by_tree = 0;
}

static char *write_columns(tsl_tree_column *column)
{
    tsl_tree tree = made_tree;
    tsl_model model = made_model;
    tsl_rules_options opt;
    TSL_DEFAULTS(rules, &opt);
    opt.format = TSL_RULES_PMML;
    tree.column = column;
    model.tree = &tree;
    return made_write(&(const tsl_segmentation){.model = &model}, &opt);
}

/* What is predicted has a name of its own, and a category is not the feature that is called so. */
static void test_names(void **state)
{
    (void)state;
    tsl_tree_column column[5];
    memcpy(column, made_column, sizeof column);
    column[0].name = "segment";
    column[1].category = "recency_days";
    char *text = write_columns(column);
    made_check_part(text, "<DataField name=\"tesela_segment\" optype=\"categorical\" dataType=\"integer\">");
    made_check_part(text, "<MiningField name=\"tesela_segment\" usageType=\"target\"/>");
    made_check_part(text, "<DataField name=\"recency_days\" displayName=\"recency days\" optype=\"categorical\"");
    tsl_text_free(text);
    column[3].name = "tesela_segment";
    text = write_columns(column);
    made_check_part(text, "<DataField name=\"tesela_segment\" displayName=\"tesela segment\" optype=\"continuous\"");
    made_check_part(text, "<DataField name=\"tesela_segment_2\" optype=\"categorical\" dataType=\"integer\">");
    made_check_part(text, "<MiningField name=\"tesela_segment_2\" usageType=\"target\"/>");
    tsl_text_free(text);
}

/* The rest of a category with such levels; missing values go with it. */
static char *write_rest(const char *first, const char *second)
{
    tsl_tree_node node[] = {
        {1, 2, 0, 0, 0, -1, -1, 10, 0}, {-1, -1, -1, 0, -1, 0, 0, 6, 6}, {-1, -1, -1, 0, -1, 1, 0, 4, 4}};
    char none[] = "", other[] = "C=other", level[2][16];
    tsl_tree_column column = {other, TSL_TREE_LEVEL, "C", "other"};
    tsl_feature feature[3] = {{.name = other, .form = TSL_FORM_VALUE, .rest = 1}};
    tsl_tree tree = made_tree;
    tsl_model model = made_model;
    tsl_recipe recipe = {.feature_count = second ? 3 : 2, .feature = feature};
    tsl_rules_options opt;
    TSL_DEFAULTS(rules, &opt);
    opt.format = TSL_RULES_PMML;
    strcpy(level[0], first);
    strcpy(level[1], second ? second : "");
    for (int f = 0; f < 3; f++) {
        feature[f] = (tsl_feature){.name = f ? level[f - 1] : other, .form = TSL_FORM_VALUE, .rest = !f};
        feature[f].level = f ? level[f - 1] : none;
        feature[f].unit = feature[f].definition = none;
    }
    tree.node = node;
    tree.node_count = 3;
    tree.cols = 1;
    tree.column = &column;
    model.tree = &tree;
    return made_write(&(const tsl_segmentation){.recipe = &recipe, .model = &model}, &opt);
}

static void check_rest(const char *first, const char *second, const char *in, const char *not_in)
{
    char *text = write_rest(first, second);
    made_check_part(text, in);
    made_check_part(text, not_in);
    tsl_text_free(text);
}

/* A backslash at the end of a text would take an array's quote with it. */
static void test_arrays(void **state)
{
    (void)state;
    check_rest("a", "b c",
               "<SimpleSetPredicate field=\"C\" booleanOperator=\"isIn\"><Array n=\"2\" type=\"string\">&quot;a&quot; "
               "&quot;b c&quot;</Array></SimpleSetPredicate>\n",
               "booleanOperator=\"isNotIn\"");
    check_rest("a\\", "b",
               "  <CompoundPredicate booleanOperator=\"or\"><SimplePredicate field=\"C\" operator=\"equal\" "
               "value=\"a\\\"/><SimplePredicate field=\"C\" operator=\"equal\" value=\"b\"/></CompoundPredicate>\n",
               "<CompoundPredicate booleanOperator=\"or\"><CompoundPredicate booleanOperator=\"and\"><SimplePredicate "
               "field=\"C\" operator=\"notEqual\" value=\"a\\\"/><SimplePredicate field=\"C\" operator=\"notEqual\" "
               "value=\"b\"/></CompoundPredicate><SimplePredicate field=\"C\" operator=\"isMissing\"/>");
    check_rest("a\\", NULL, "  <SimplePredicate field=\"C\" operator=\"equal\" value=\"a\\\"/>\n",
               "<CompoundPredicate booleanOperator=\"or\"><SimplePredicate field=\"C\" operator=\"notEqual\" "
               "value=\"a\\\"/><SimplePredicate field=\"C\" operator=\"isMissing\"/>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_document), cmocka_unit_test(test_header),
                                       cmocka_unit_test(test_names), cmocka_unit_test(test_arrays)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
