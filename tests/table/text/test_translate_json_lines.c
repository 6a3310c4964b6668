/* test_translate_json_lines.c: JSON Lines as records of a table, and what of it is refused. */
#include "records.h"

/* Opens the text; NULL, with the message in err, where it is refused. */
static tsl__csv *open_json(const char *text, size_t count, size_t read_bytes, tsl_error *err)
{
    static tsl_source from;
    from = (tsl_source){.bytes = text, .count = count};
    const tsl__csv_options opt = {.from = &from, .header = -1, .read_bytes = read_bytes};
    tsl__csv *csv;
    return tsl__csv_open(&opt, &csv, err) == TSL_OK ? csv : NULL;
}

/* The names, the records with their lines, the notes or the error behind them, as one text; static. */
static const char *show(const char *text, size_t size, size_t read_bytes)
{
    static char out[RECORDS_BYTES];
    tsl_error err;
    tsl__record last;
    tsl__csv *csv = open_json(text, size, read_bytes, &err);
    if (!csv) {
        return strcpy(out, err.message);
    }
    (void)put_records(csv, out, &last);
    assert_int_equal(tsl__csv_get_delimiter(csv), 0);
    tsl__csv_free(csv);
    return out;
}

static void check(const char *text, const char *expected)
{
    for (size_t read = 1; read < 9; read += 3) {
        assert_string_equal(show(text, strlen(text), read), expected);
    }
    assert_string_equal(show(text, strlen(text), 0), expected);
}

static void test_values(void **state)
{
    (void)state;
    /* keys in the order of their first appearance; one that is not there is empty; digits as they were written */
    check("{\"id\": \"A\", \"n\": "
          "1.50}\n{\"n\":-1e5,\"id\":\"B\",\"x\":true}\r\n\n{\"id\":12345678901234567890,\"x\":null}",
          "id|n|x\n1 A|1.50|\n2 B|-1e5|true\n4 12345678901234567890||");
    check("\xEF\xBB\xBF {\"a\" : 0.10 , \"b\" : false }  \n{}\n", "a|b\n1 0.10|false\n2 |");
    /* escapes, among them pairs; delimiters, quotes and line ends are characters */
    check("{\"a\":\"q\\\"\\\\\\/\\u00e9\\u98DF\\ud83d\\ude00\",\"b\":\"x,\\\"y;\\n\\tz\"}\n",
          "a|b\n1 q\"\\/é食😀|x,\"y;\n\tz");
    check("{\"a b\":\"\",\"\\u540d\":\"食\"}\n", "a b|名\n1 |食");
    /* what no cell can hold rejects its row */
    check("{\"a\":\"x\\u001fy\",\"b\":1}\n{\"a\":\"x\\ud800y\",\"b\":2}\n{\"a\":\"z\",\"b\":3}\n",
          "a|b\n1! x\xFFy|1\n2! x\xFFy|2\n3 z|3");
    const char nul[] = "{\"a\":\"\\u0000\",\"b\":1}\n{\"a\":\"\xD6\xD0\",\"b\":2}\n";
    tsl_error err;
    tsl__record r;
    tsl__csv *csv = open_json(nul, sizeof nul - 1, 0, &err);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(tsl__csv_read(csv, &r, &err), TSL_OK);
        assert_int_equal(r.count, 2);
        assert_int_equal(r.valid, 0);
    }
    tsl__csv_free(csv);
}

/* Lines that are no flat object: a record of another number of fields. */
static void test_others(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "[1]",
        "x",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":+1}",
        "{\"a\":1e}",
        "{\"a\":tru}",
        "{\"a\":NaN}",
        "{\"a\":\"x}",
        "{\"a\":\"\\x\"}",
        "{\"a\":1} 2",
        "{\"a\":1,\"a\":2}",
        "{a:1}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\"",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char text[256], expected[256];
        snprintf(text, sizeof text, "{\"a\":1,\"b\":2}\n%s\n{\"a\":3,\"b\":4}\n", lines[i]);
        snprintf(expected, sizeof expected,
                 "a|b\n1 1|2\n2 %s\n3 3|4\n* bytes: 1 of its lines is no JSON object, the first is line 2", lines[i]);
        check(text, expected);
    }
    check("{\"a\":1}\nx\ny\n", "a\n1 1\n2 x|\n3 y|\n* bytes: 2 of its lines are no JSON object, the first is line 2");
}

static void test_refused(void **state)
{
    (void)state;
    check("{\"a\":1,\"b\":{\"c\":2}}\n",
          "bytes:1: \"b\" holds an object or a list; in JSON Lines each value is expected to "
          "be a text, a number, true, false or null");
    assert_non_null(strstr(show("{\"a\":[1]}\n", 10, 0), "bytes:1: \"a\" holds an object or a list"));
    assert_non_null(strstr(show("[\n{\"a\":1}\n]", 11, 0), "is JSON, but not JSON Lines"));
    assert_non_null(strstr(show("{\n \"a\": 1\n}\n", 13, 0), "is JSON, but not JSON Lines"));
    assert_non_null(strstr(show("{\"a\":}\n{\"b\"\n", 12, 0), "none of its first lines is an object"));
    /* and what is CSV */
    check("{\"a\",\"b\"}\n1,2\n", "bytes:1: text follows the closing quote of column name 2");
}

/* A key behind the first megabyte is left out, and told; a nested value there is refused by its line. */
static void test_late(void **state)
{
    (void)state;
    enum { LINES = 60000 };
    char *text = malloc(LINES * 40 + 400);
    size_t n = 0;
    for (int i = 0; i < LINES; i++) {
        n += (size_t)sprintf(text + n, "{\"id\":\"C%d\",\"amount\":%d.25}\n", i, i);
    }
    size_t end = n + (size_t)sprintf(text + n, "{\"id\":\"z\",\"late\":1,\"amount\":2}\n{\"late\":2}\n");
    tsl_error err;
    tsl__record r;
    tsl__csv *csv = open_json(text, end, 0, &err);
    if (!csv) {
        fail_msg("%s", err.message);
    }
    for (int i = 0; i < LINES; i++) {
        char id[16], amount[24];
        sprintf(id, "C%d", i);
        sprintf(amount, "%d.25", i);
        assert_int_equal(tsl__csv_read(csv, &r, &err), TSL_OK);
        assert_int_equal(r.line, i + 1);
        assert_true(r.count == 2 && tsl__span_equal(r.field[0], tsl__span_make(id)) &&
                    tsl__span_equal(r.field[1], tsl__span_make(amount)));
    }
    assert_int_equal(tsl__csv_read(csv, &r, &err), TSL_OK);
    assert_true(r.count == 2 && tsl__span_equal(r.field[1], tsl__span_make("2")));
    assert_int_equal(tsl__csv_read(csv, &r, &err), TSL_OK);
    assert_int_equal(tsl__csv_read(csv, &r, &err), TSL_OK);
    assert_int_equal(r.count, 0);
    assert_non_null(strstr(tsl__csv_get_notes(csv)->text[0], "the key \"late\" first stands on line 60001"));
    assert_non_null(strstr(tsl__csv_get_notes(csv)->text[0], "2 in all"));
    tsl__csv_free(csv);
    end = n + (size_t)sprintf(text + n, "{\"id\":{}}\n");
    csv = open_json(text, end, 4096, &err);
    tsl_status status;
    do {
        status = tsl__csv_read(csv, &r, &err);
    } while (status == TSL_OK && r.count);
    assert_int_equal(status, TSL_E_INPUT);
    assert_non_null(strstr(err.message, "bytes:60001: \"id\" holds an object"));
    tsl__csv_free(csv);
    free(text);
}

static void test_long_line(void **state)
{
    (void)state;
    const size_t size = (size_t)40 << 20;
    char *text = malloc(size);
    memset(text, 'x', size);
    memcpy(text, "{\"a\":1}\n{\"a\":\"", 14);
    assert_non_null(strstr(show(text, size, 0), "bytes:2: the line is longer than 16 MiB"));
    memcpy(text, "{\"a\":\"xxxxxxxx", 14); /* the first */
    assert_non_null(strstr(show(text, size, 0), "bytes:1: the line is longer than 16 MiB"));
    free(text);
}

/* Empty lines are no rows, and count as lines; so many may stand before what tells that the file is JSON Lines. */
static void test_empty_lines(void **state)
{
    (void)state;
    const size_t empty = 3000000;
    char *text = malloc(2 * empty + 32);
    memset(text, '\n', 2 * empty + 32);
    memcpy(text + empty, "{\"a\":1}", 7);
    memcpy(text + 2 * empty, "{\"a\":2}", 7);
    assert_string_equal(show(text, 2 * empty + 32, 0), "a\n3000001 1\n5999994 2");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_others),    cmocka_unit_test(test_refused),
        cmocka_unit_test(test_late),   cmocka_unit_test(test_long_line), cmocka_unit_test(test_empty_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
