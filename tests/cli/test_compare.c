/* test_compare.c: tesela compare: two months of an invented shop, what is refused, and what appears. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* June lacks a quarter of each customer's lines; July lacks customers. */
static void make_runs(void)
{
    put_orders("all.csv", 60, 12);
    char *all = get("all.csv", NULL);
    void *june = put_open("june.csv"), *july = put_open("july.csv");
    size_t n = 0;
    for (char *line = all, *end; (end = strchr(line, '\n')); line = end + 1, n++) {
        *end = '\0';
        if (n == 0 || (n - 1) % 12 < 8) {
            put_line(june, "%s\n", line);
        }
        if (n == 0 || n > 24) {
            put_line(july, "%s\n", line);
        }
    }
    put_close(june);
    put_close(july);
    free(all);
    assert_run(0, "run --quiet --transactions june.csv --output june --evidence none --holdout 0");
    assert_run(0, "run --quiet --transactions july.csv --model june/model.h5 --output july");
}

static void test_compare(void **state)
{
    (void)state;
    make_runs();
    assert_run(0, "compare june july --output movers.csv");
    assert_out("Both have one model");
    assert_out("Segments: of ");
    assert_out("Value then");
    assert_true(exists("movers.csv"));
    assert_run(1, "compare june july --output movers.csv");
    assert_err("movers.csv");
    assert_run(0, "compare june july --output movers.csv --force --lang zh");
    assert_out("两次用的是同一个模型");
    assert_run(0, "compare june july --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "format"), "tesela comparison");
    assert_true(json_at(json, "customers.both") + json_at(json, "customers.new") == json_at(json, "now.customers"));
    assert_true(json_at(json, "customers.both") + json_at(json, "customers.vanished") ==
                json_at(json, "then.customers"));
    json_decref(json);
    assert_run(0, "compare june july --output both.csv --json=both.json");
    assert_true(exists("both.csv") && exists("both.json"));
}

/* Runs without purchases know no tier and no stage: segments alone are compared. */
static void test_segments_alone(void **state)
{
    (void)state;
    for (int later = 0; later < 2; later++) {
        char people[8000] = "customer_id,income,age\n";
        for (int i = 0; i < 200; i++) {
            const int group = (i % 3 + (later && i % 10 == 0)) % 3;
            sprintf(people + strlen(people), "c%03d,%d,%d\n", i, 1000 + 5000 * group + i * 7 % 300,
                    20 + 20 * group + i * 5 % 6);
        }
        put(later ? "later.csv" : "people.csv", people);
    }
    assert_run(0, "run --customers people.csv --output first --force --quiet");
    assert_run(0, "run --customers later.csv --model first/model.h5 --output second --force --quiet");
    assert_run(0, "compare first second");
    assert_out("What changed most");
    assert_out("income");
    /* Half of them, unchanged: who vanished is not among those who might have stayed. */
    char *people = get("people.csv", NULL);
    *strstr(people, "c100") = '\0';
    put("half.csv", people);
    free(people);
    assert_run(0, "run --customers half.csv --model first/model.h5 --output third --force --quiet");
    assert_run(0, "compare first third");
    assert_out("of 100 customers in both 100 stayed (100.0 %)");
    const char *row = strstr(run("compare first third")->out, "Stayed\n");
    assert_non_null(row);
    for (int i = 0; i < 3; i++) {
        assert_non_null(row = strstr(row + 1, "100.0 %\n"));
    }
}

static void test_refused(void **state)
{
    (void)state;
    make_runs();
    put("ids.csv", "customer_id\nnobody\n");
    assert_run(2, "compare june");
    assert_err("compare needs RUN_A RUN_B");
    assert_run(3, "compare june june.csv");
    assert_err("june.csv: is no folder of a run");
    assert_run(2, "compare june july --control ids.csv");
    assert_err("--control goes with --treated FILE");
    assert_run(2, "compare june july --treatment mailed");
    assert_err("--treatment COLUMN goes with one --customers FILE");
    assert_run(2, "compare june july --treated ids.csv --customers ids.csv --treatment mailed");
    assert_err("contradict each other");
    assert_run(2, "compare june july --treated ids.csv --treated-value 1");
    assert_err("--treated-value goes with --treatment");
    assert_run(3, "compare june july --treated ids.csv --output movers.csv");
    assert_err("none of the 1 treated customers is in both runs");
    assert_false(exists("movers.csv")); /* nothing appears where not all can */
    assert_run(2, "compare june july --output june/segments.csv --force");
    assert_err("would be written over");
    assert_run(0, "compare july june");
    assert_err("which is earlier");
    assert_run(2, "compare july june --treated ids.csv");
}

/* Without customers who were held back nothing is said of the treatment, not in the head either. */
static void test_no_control(void **state)
{
    (void)state;
    make_runs();
    put("ids.csv", "customer_id\n");
    assert_run(3, "compare june july --treated ids.csv");
    assert_err("ids.csv: holds no rows");
    assert_run(0, "compare june july --treated june/segments.csv");
    assert_out("How the treated changed: ");
    assert_null(strstr(run("compare june july --treated june/segments.csv")->out, "What the treatment did"));
    assert_run(0, "compare june july --treated june/segments.csv --lang zh");
    assert_out("无对照组");
}

/* Of whom the column says nothing is in neither arm, and is counted. */
static void test_column(void **state)
{
    (void)state;
    make_runs();
    void *people = put_open("people.csv");
    put_line(people, "customer_id,mailed");
    for (int i = 0; i < 60; i++) {
        put_line(people, "C%05d,%s", i, i % 3 == 0 ? "yes" : i % 3 == 1 ? "no" : "");
    }
    put_close(people);
    static const char *const values[] = {"", "--treated-value yes"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        assert_run(0, "compare june july --customers people.csv --treatment mailed --json %s", values[i]);
        assert_err("of 20 customers the cell that would say who was treated is empty: in neither arm, and left out");
        json_t *json = get_json();
        assert_true(json_at(json, "effects.arms.unsaid") == 20);
        assert_true(json_at(json, "effects.arms.treated.given") == 20);
        assert_true(json_at(json, "effects.arms.control.given") == 20);
        json_decref(json);
    }
    assert_run(2, "compare june july --customers people.csv --treatment maled");
    assert_err("tesela: people.csv has no column \"maled\"; did you mean \"mailed\"?");
}

/* A folder of which only segments.csv is left. */
static void test_bare(void **state)
{
    (void)state;
    make_runs();
    static const char *const parts[] = {"features.h5", "model.h5", "summary.json", "manifest.json", "report.html"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char path[64];
        snprintf(path, sizeof path, "june/%s", parts[i]);
        remove_all(path);
    }
    assert_run(0, "compare june july");
    assert_err("has no features.h5");
    assert_err("whether both runs have one model is not known");
    assert_err("of which day june is, is not known");
    assert_out("Segments: of ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_compare, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_segments_alone, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_refused, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_no_control, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_column, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_bare, sandbox_open, sandbox_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
