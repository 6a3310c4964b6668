/* test_explanation_write.c: the explanation of one customer as text and as JSON. */
#include "made_explanation.h"

static char *write_as(tsl_rules_format format)
{
    tsl__text text = {0};
    const tsl_target target = {.write = made_take, .user = &text};
    assert_int_equal(tsl_explanation_write(&made_explanation, format, "en", &target, NULL), TSL_OK);
    return tsl__text_take(&text);
}

static void test_formats(void **state)
{
    (void)state;
    char *text = write_as(TSL_RULES_TEXT);
    made_check_part(text, "Customer c<1>: segment 1, ");
    tsl_text_free(text);
    text = write_as(TSL_RULES_JSON);
    made_check_part(text, "\"customer\": \"c<1>\",\n  \"set_apart\": false,\n  \"segment\": {\n    \"segment\": 1,");
    made_check_part(text, "\"confidence\": 0.25,\n  \"distance\": 1.5,");
    made_check_part(text, "\"feature\": \"gap_mean_days\",\n        \"value\": null,");
    made_check_part(text, "\"feature\": \"gap_mean_days\",\n        \"unit\": \"days\",\n        \"now\": null,\n"
                          "        \"to\": 5,\n        \"over\": null,\n        \"at_most\": 7\n");
    made_check_part(text, "\"to\": 43,\n        \"at_least\": null,\n        \"at_most\": 43.5\n");
    tsl_text_free(text);
}

static void test_refused(void **state)
{
    (void)state;
    tsl_error err;
    const tsl_target target = {.path = "-"};
    assert_int_equal(tsl_explanation_write(&made_explanation, TSL_RULES_SQL, "en", &target, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "format: a customer is explained as text or json, not as sql");
    assert_int_equal(tsl_explanation_write(&made_explanation, TSL_RULES_TEXT, "de", &target, &err), TSL_E_OPTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_formats), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
