/* test_json_check.c: a JSON object, or told at once what is none. */
#include "files.h"

#include "output/json/json_check.h"

static void told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        tsl_status status;
        const char *said;
    } cases[] = {
        {NULL, TSL_OK, ""},
        {"{}", TSL_OK, ""},
        {" {\"k\": [1, null, \"x\"]} ", TSL_OK, ""},
        {"", TSL_E_OPTION, "kept: "},
        {"nope", TSL_E_OPTION, "kept: 1:4: a JSON object is expected: "},
        {"{\"k\":\n 1", TSL_E_OPTION, "kept: 2:"},
        {"{} {}", TSL_E_OPTION, "kept: "},
        {"[1]", TSL_E_OPTION, "kept: a JSON object is expected"},
        {"3", TSL_E_OPTION, "kept: a JSON object is expected"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_error err = {0};
        assert_int_equal(tsl__json_check_object(cases[i].text, "kept", &err), cases[i].status);
        assert_int_equal(err.status, cases[i].status);
        assert_memory_equal(err.message, cases[i].said, strlen(cases[i].said));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
