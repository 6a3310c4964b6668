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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_document), cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
