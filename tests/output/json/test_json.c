/* test_json.c: how documents are built and printed. */
#include "files.h"

#include "output/json/json.h"

#include <math.h>

static char *printed(json_t *value)
{
    tsl__json doc = {.root = json_object()};
    tsl_error err;
    char *text;
    tsl__json_set(&doc, doc.root, "v", value);
    assert_int_equal(tsl__json_take(&doc, &text, &err), TSL_OK);
    return text;
}

static void scalars(void **state)
{
    (void)state;
    struct {
        json_t *value;
        const char *text;
    } rows[] = {
        {tsl__json_number(.1), "0.1"},
        {tsl__json_number(8300065.814), "8300065.814"},
        {tsl__json_number(NAN), "null"},
        {tsl__json_number(-INFINITY), "null"},
        {tsl__json_number(3), "3"},
        {tsl__json_number(1e300), "1e+300"},
        {tsl__json_decimal(INT64_C(249145868193)), "24914586.8193"},
        {tsl__json_decimal(TSL_MISSING_INT), "null"},
        {tsl__json_count((UINT64_C(1) << 53) - 1), "9007199254740991"},
        {tsl__json_count(UINT64_MAX), "\"18446744073709551615\""},
        {tsl__json_text(NULL), "null"},
        {tsl__json_text("a\"b\\c\n\x01"), "\"a\\\"b\\\\c\\n\\u0001\""},
        {tsl__json_text("金卡 \xF0\x9F\x98\x88"), "\"金卡 \xF0\x9F\x98\x88\""},
        {tsl__json_text("a\xFF\xC3"), "\"a\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {tsl__json_text(""), "\"\""},
        {tsl__json_day(15318), "\"2011-12-10\""},
        {tsl__json_day(TSL_NO_DAY), "null"},
        {tsl__json_time(INT64_C(1323435000), 1), "\"2011-12-09T12:50:00\""},
        {tsl__json_time(INT64_C(1323435000), 0), "\"2011-12-09\""},
        {tsl__json_time(-1, 1), "\"1969-12-31T23:59:59\""},
        {tsl__json_time(TSL_MISSING_INT, 1), "null"},
        {json_true(), "true"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char want[128], *text = printed(rows[i].value);
        snprintf(want, sizeof want, "{\n  \"v\": %s\n}\n", rows[i].text);
        assert_string_equal(text, want);
        free(text);
    }
}

static void layout(void **state)
{
    (void)state;
    tsl__json doc = {.root = json_object()};
    tsl_error err;
    char *text;
    json_t *inner = tsl__json_set_object(&doc, doc.root, "z");
    tsl__json_set(&doc, inner, "b", json_integer(1));
    tsl__json_set(&doc, inner, "a", json_integer(2));
    json_t *array = tsl__json_set_array(&doc, doc.root, "a");
    tsl__json_push(&doc, array, json_null());
    tsl__json_push_object(&doc, array);
    tsl__json_set_array(&doc, doc.root, "empty");
    tsl__json_set_parsed(&doc, doc.root, "given", "{\"x\":[1.5]}");
    tsl__json_set_parsed(&doc, doc.root, "none", NULL);
    assert_int_equal(tsl__json_take(&doc, &text, &err), TSL_OK);
    assert_string_equal(text, "{\n  \"z\": {\n    \"b\": 1,\n    \"a\": 2\n  },\n  \"a\": [\n    null,\n    {}\n  ],\n"
                              "  \"empty\": [],\n  \"given\": {\n    \"x\": [\n      1.5\n    ]\n  },\n"
                              "  \"none\": null\n}\n");
    free(text);
}

static void failures_are_seen_at_the_end(void **state)
{
    (void)state;
    tsl_error err;
    char *text = (char *)&err;
    tsl__json doc = {.root = json_object()};
    tsl__json_set(&doc, doc.root, "v", NULL); /* as after a failed allocation */
    assert_int_equal(tsl__json_take(&doc, &text, &err), TSL_E_NOMEM);
    assert_null(text);
    doc = (tsl__json){.root = json_object()};
    tsl__json_set_parsed(&doc, doc.root, "options", "{oops");
    assert_int_equal(tsl__json_take(&doc, &text, &err), TSL_E_INTERNAL);
    assert_non_null(strstr(err.message, "options"));
    assert_null(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars),
        cmocka_unit_test(layout),
        cmocka_unit_test(failures_are_seen_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
