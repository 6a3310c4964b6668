/* test_ragged.c: records that are no rows by their number of fields. */
#include "table/source/ragged.h"

#include "help.h"

static void check(const char *raw, size_t count, const char *said)
{
    char out[TSL__RAGGED_BYTES];
    const tsl__record record = {.count = count, .raw = tsl__span_make(raw)};
    assert_string_equal(tsl__ragged_describe(&record, 4, out), said);
}

static void test_words(void **state)
{
    (void)state;
    static const char *const others[] = {
        "a,b,c",
        "",
        "{",
        "{}",
        "{\"a\":1,\"b\":1}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":\"a\",\"b\"",
        "{\"a\":1 \"a\":2}",
        "{a,a}",
        "[\"a\":1,\"a\":2]",
    };
    check("a", 1, "1 field instead of 4");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        check(others[i], 3, "3 fields instead of 4");
    }
    check(" { \"a\" : 1 , \"b\":\"x\",\"a\":2, \"c\":3}", 1,
          "the key \"a\" stands twice in the object, and which value is meant is not known");
    check("{\"\\u0061\":null,\"a\":null", 1,
          "the key \"a\" stands twice in the object, and which value is meant is not known");
}

/* Where rows are rejected, and where a file is refused. */
static void test_tables(void **state)
{
    (void)state;
    refuse_text(TSL_TRANSACTIONS,
                "{\"customer\":\"a\",\"date\":\"2024-01-01\",\"amount\":1}\n"
                "{\"customer\":\"a\",\"date\":\"2024-01-01\",\"amount\":1,\"amount\":2}\n",
                TSL_E_INPUT, ":2: the key \"amount\" stands twice in the object");
}

/* Of files of which every row counts: the place, and what is wrong. */
static void test_check(void **state)
{
    (void)state;
    const tsl__record sound = {.count = 4, .line = 7, .valid = 1}, few = {.count = 3, .line = 8, .valid = 1},
                      torn = {.count = 4, .line = 9}, stray = {.count = 4, .line = 10, .valid = 1, .stray = 1};
    tsl_error err;
    assert_int_equal(tsl__record_check(&sound, 4, "m.csv", &err), TSL_OK);
    assert_int_equal(tsl__record_check(&few, 4, "m.csv", &err), TSL_E_INPUT);
    assert_string_equal(err.message, "m.csv:8: 3 fields instead of 4");
    assert_int_equal(tsl__record_check(&torn, 4, "m.csv", &err), TSL_E_INPUT);
    assert_string_equal(err.message, "m.csv:9: the row is not valid UTF-8");
    assert_int_equal(tsl__record_check(&stray, 4, "m.csv", &err), TSL_E_INPUT);
    assert_string_equal(err.message, "m.csv:10: the row is malformed: text follows a closing quote");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_tables),
                                       cmocka_unit_test(test_check)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
