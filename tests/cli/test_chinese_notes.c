/* test_chinese_notes.c: under --lang zh no note has English left: on the terminal, and in both languages in
 * summary.json. */
#include "program.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The end of the word of letters that begins here. */
static const char *end_word(const char *at)
{
    while (isalpha((unsigned char)*at)) {
        at++;
    }
    return at;
}

/* Passes over what is somebody's own: in quotes, and an option with its value. */
static const char *pass_own(const char *at)
{
    if (*at == '"') {
        const char *end = strchr(at + 1, '"');
        return end ? end + 1 : at + 1;
    }
    if (strncmp(at, "“", 3) == 0) {
        const char *end = strstr(at, "”");
        return end ? end + 3 : at + 3;
    }
    if (strncmp(at, "--", 2) == 0) {
        at += strcspn(at, " ");
        at += *at == ' ';
        return *at == '"' ? pass_own(at) : at + strcspn(at, " \n，；）");
    }
    return at;
}

/* Two words of letters in a row; NULL: none. */
static const char *find_english(const char *line)
{
    for (const char *at = line; *at;) {
        const char *own = pass_own(at);
        if (own != at) {
            at = own;
            continue;
        }
        const char *end = end_word(at);
        if (end - at > 1 && *end == ' ' && end_word(end + 1) - end > 2) {
            return at;
        }
        at = end > at ? end : at + 1;
    }
    return NULL;
}

static size_t check_line(const char *line)
{
    const char *english = find_english(line);
    if (english) {
        fail_msg("English is left in: %s", line);
    }
    return 1;
}

/* The notes on standard error, and how columns were taken. */
static size_t check_terminal(void)
{
    char *text = strdup(last_outcome()->err), *rest = text;
    size_t notes = 0;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        assert_null(strstr(line, "note: "));
        notes += strncmp(line, "说明：", strlen("说明：")) == 0 ? check_line(line) : 0;
        (void)(strncmp(line, "  ", 2) == 0 ? check_line(line) : 0);
    }
    free(text);
    return notes;
}

static void check_texts(const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        check_line(json_string_value(json_array_get(array, i)));
    }
}

static void check_summary(const char *name)
{
    size_t length;
    char *text = get(name, &length);
    json_t *json = json_loadb(text, length, 0, NULL), *rows;
    const char *table;
    assert_non_null(json);
    const json_t *notes = json_object_get(json, "notes");
    for (size_t i = 0; i < json_array_size(notes); i++) {
        const json_t *note = json_array_get(notes, i), *in = json_object_get(note, "text_in");
        assert_string_equal(json_string_value(json_object_get(in, "en")),
                            json_string_value(json_object_get(note, "text")));
        check_line(json_string_value(json_object_get(in, "zh")));
    }
    json_object_foreach(json_object_get(json, "rows"), table, rows)
    {
        const json_t *in = json_object_get(rows, "understood_in");
        assert_true(json_equal(json_object_get(rows, "understood"), json_object_get(in, "en")));
        check_texts(json_object_get(in, "zh"));
    }
    json_decref(json);
    free(text);
}

/* A shop's tables, broken as tables are. */
static void says_what_is_amiss(void **state)
{
    (void)state;
    assert_run(0, "synth dirty --output shop");
    assert_run(0, "run --transactions shop/dirty/transactions.csv --customers shop/dirty/customers.csv --interactions "
                  "shop/dirty/interactions.csv --max-rejects 1 --lang zh --output out");
    assert_in_range(check_terminal(), 10, 1000);
    check_summary("out/summary.json");
    assert_run(0, "run --transactions shop/clean/transactions.csv --lang zh --output clean");
    check_terminal();
    check_summary("clean/summary.json");
    assert_run(0, "value --transactions shop/clean/transactions.csv --lang zh --output values.csv");
    assert_true(check_terminal() > 0);
}

/* Businesses, each with its own configuration. */
static void says_what_scenarios_are(void **state)
{
    (void)state;
    static const char *const scenarios[] = {"company", "bank", "retailer", "education", "noise"};
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
        assert_run(0, "synth %s --customers 300 --output %s", scenarios[i], scenarios[i]);
        assert_run(0, "run --config %s/config.yaml --lang zh --output out --force", scenarios[i]);
        check_terminal();
        check_summary("out/summary.json");
    }
    assert_run(0, "label --check out/features.h5 out/model.h5 --lang zh");
    assert_out("全部");
    assert_null(strstr(last_outcome()->out, " at_risk "));
}

/* Customers alone, plain numbers, few of either. */
static void says_what_few_are(void **state)
{
    (void)state;
    put("people.csv", "id,age,score,city,phone\n1,30,5,A,13800000001\n2,41,7,B,13800000002\n3,52,6,A,13800000003\n"
                      "4,23,1,B,13800000004\n5,60,900,A,13800000005\n6,35,4,B,13800000006\n");
    put("orders.csv", "customer,date,amount\nA,2024-03-01,10\nB,2024-03-02,7\nC,2024-03-20,4\n,2024-03-21,4\n");
    assert_run(0, "run --customers people.csv --lang zh --output people");
    check_terminal();
    check_summary("people/summary.json");
    assert_run(0, "run --transactions orders.csv --lang zh --output orders");
    assert_in_range(check_terminal(), 2, 100);
    check_summary("orders/summary.json");
    assert_run(0, "compare people orders --lang zh");
    check_terminal();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(says_what_is_amiss), cmocka_unit_test(says_what_scenarios_are),
                                       cmocka_unit_test(says_what_few_are)};
    return cmocka_run_group_tests(tests, sandbox_open, sandbox_close);
}
