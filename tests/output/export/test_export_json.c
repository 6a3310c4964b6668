/* test_export_json.c: nodes and leaves as they stand; the schema, and what it says of rows: check_trees.py. */
#include "made_model.h"

static void test_document(void **state)
{
    (void)state;
    tsl_rules_options opt;
    TSL_DEFAULTS(rules, &opt);
    opt.format = TSL_RULES_JSON;
    char *text = made_write(&(const tsl_segmentation){.model = &made_model, .policy = &made_policy}, &opt);
    made_check_part(text, "{\n  \"format\": \"tesela-tree\",\n  \"format_version\": 1,");
    made_check_part(text,
                    "\"code\": null,\n      \"names\": {\n        \"en\": \"B\",\n        \"zh\": \"乙\"\n      },\n"
                    "      \"size\": 250,\n      \"share\": 0.25,\n      \"precision\": 0.5,\n"
                    "      \"coverage\": 0.5,\n      \"lift\": 2,");
    made_check_part(text, "\"cut\": {\n        \"column\": \"income\",\n        \"threshold\": null,\n"
                          "        \"known\": \"left\",\n        \"missing\": \"right\",\n"
                          "        \"missing_seen\": true\n      },\n      \"left\": 11,\n      \"right\": 12\n");
    made_check_part(text, "\"segment\": 1,\n      \"hits\": 150,\n      \"precision\": 0.75,\n      \"lift\": 1.5,");
    made_check_part(text, "{\n          \"column\": \"gap_mean_days\",\n          \"known\": true,\n"
                          "          \"over\": 7,\n          \"at_most\": 30,\n          \"missing\": true\n        }");
    made_check_part(text, "\"column\": \"Gender=F\",\n          \"no\": true,\n          \"yes\": false,\n"
                          "          \"missing\": true\n");
    tsl_text_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_document)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
