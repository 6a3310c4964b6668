/* test_check.c: tesela check: tables as they stand, what is amiss, and a configuration of what was understood. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_sales(const char *name)
{
    void *file = put_open(name);
    put_line(file, "customer;order;time;amount;colour;email");
    for (int i = 0; i < 200; i++) {
        put_line(file, "c%02d;o%d;%02d/%02d/2024;%d,50;%s;u%d@example.org", i % 40, i, 13 + i % 15, 1 + i % 9,
                 10 + i % 7, i % 3 ? "red" : "blue", i % 40);
    }
    put_line(file, ";o900;14/01/2024;1,00;red;x@example.org");
    put_close(file);
}

static void shows_columns_and_findings(void **state)
{
    (void)state;
    put_sales("o.csv");
    put("c.csv", "customer_id,age\nc00,30\nc01,31\n");
    assert_run(0, "check o.csv c.csv");
    assert_out("transactions: 201 rows read, 200 used, 1 rejected");
    assert_out("colour");
    assert_out("warning: rejected_no_customer in the transactions (1)");
    assert_out("o.csv:202");
    assert_out("warning: orphans");
    assert_out("tesela run takes these tables.");
    assert_null(strstr(last_outcome()->out, "example.org"));
    assert_run(0, "check o.csv --show-values --quiet --json");
    assert_out("u0@example.org");
    assert_run(0, "check o.csv --lang zh");
    assert_out("tesela run 接受这些表。");
}

static void prints_json(void **state)
{
    (void)state;
    put_sales("o.csv");
    assert_run(0, "check o.csv --json --quiet");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "format"), "tesela check");
    assert_false(json_is_true(json_object_get(json, "refuses_run")));
    assert_true(json_at(json, "tables.transactions.rows.read") == 201);
    assert_string_equal(json_text_at(json, "tables.transactions.columns.2.min"), "2024-01-13");
    assert_true(json_at(json, "tables.transactions.columns.3.sum") == 2695);
    assert_string_equal(json_text_at(json, "findings.0.kind"), "rejected_no_customer");
    json_decref(json);
    const char *whole = last_outcome()->out;
    assert_null(strstr(whole, "example.org"));
    assert_run(0, "check o.csv --json=a.json --threads 1");
    assert_out("201 rows read"); /* beside what is printed */
    assert_run(0, "check o.csv --json=b.json --quiet --threads 3");
    assert_same_file("a.json", "b.json");
    assert_run(1, "check o.csv --json=b.json"); /* it is there */
    assert_run(0, "check o.csv --json=b.json --force --quiet");
    assert_run(2, "run o.csv --json=b.json --output out");
}

static void reports_what_a_run_refuses(void **state)
{
    (void)state;
    put("m.csv", "customer,time,amount,currency\na,2024-01-05,1,EUR\nb,2024-01-06,2,USD\n");
    put("t.csv", "customer,colour,amount\na,red,1\na,blue,2\n");
    assert_run(3, "features m.csv --output f.h5");
    assert_run(0, "check m.csv");
    assert_out("error: mixed_currencies");
    assert_out("tesela run would refuse these tables.");
    assert_run(0, "check --transactions t.csv --json --quiet");
    json_t *json = get_json();
    assert_true(json_is_true(json_object_get(json, "refuses_run")));
    assert_string_equal(json_text_at(json, "findings.0.kind"), "missing_role");
    assert_string_equal(json_text_at(json, "findings.0.severity"), "error");
    json_decref(json);
}

/* A refused unit is no missing role, and is told once. */
static void tells_a_refused_unit_once(void **state)
{
    (void)state;
    put("u.csv", "customer,date,amount (x100)\na,2024-01-05,1\nb,2024-01-06,2\n");
    assert_run(0, "check u.csv --json --quiet");
    json_t *json = get_json();
    assert_int_equal(json_array_size(json_object_get(json, "findings")), 1);
    assert_string_equal(json_text_at(json, "findings.0.kind"), "doubtful_numbers");
    assert_non_null(strstr(json_text_at(json, "findings.0.message"), "\"x100\", which may multiply or divide"));
    json_decref(json);
}

static void goes_on_beside_what_cannot_be_read(void **state)
{
    (void)state;
    put_sales("o.csv");
    assert_run(3, "check --transactions o.csv --customers none.csv");
    assert_out("201 rows read");
    assert_out("cannot be read: none.csv");
    assert_err("none.csv");
    put("empty.csv", "");
    assert_run(3, "check empty.csv --json --quiet");
    json_t *json = get_json();
    assert_int_equal(json_array_size(json_object_get(json, "unreadable")), 1);
    assert_true(json_is_true(json_object_get(json, "refuses_run")));
    json_decref(json);
    assert_run(2, "check");
    assert_run(2, "check -");
}

static void draws_a_page(void **state)
{
    (void)state;
    put_sales("o.csv");
    assert_run(0, "check o.csv --html p.html --lang zh --quiet");
    char *page = get("p.html", NULL);
    assert_non_null(strstr(page, "<html lang=\"zh\">"));
    assert_non_null(strstr(page, "\"tesela check\""));
    assert_null(strstr(page, "{{"));
    assert_null(strstr(page, "example.org"));
    free(page);
}

static void writes_what_it_understood(void **state)
{
    (void)state;
    put_sales("o.csv");
    put("c.csv", "customer_id,age,born\nc00,30,01/02/1990\nc01,31,25/02/1990\nc02,40,03/03/1980\n");
    put("mine.yaml", "gate: {off_scale: ignore}\ncustomers: {columns: {age: {type: number, missing: ['99']}}}\n");
    assert_run(0, "check o.csv c.csv --config mine.yaml --write-config found.yaml --quiet");
    char *config = get("found.yaml", NULL);
    assert_non_null(strstr(config, "delimiter: semicolon"));
    assert_non_null(strstr(config, "dates: dmy"));
    assert_non_null(strstr(config, "amount: \"amount\""));
    assert_non_null(strstr(config, "off_scale: ignore"));
    assert_non_null(strstr(config, "missing: [\"99\"]"));
    free(config);
    assert_run(0, "run --config found.yaml --evidence none --holdout 0 --output a --quiet");
    assert_run(0, "run o.csv c.csv --config mine.yaml --evidence none --holdout 0 --output b --quiet");
    assert_same_file("a/segments.csv", "b/segments.csv");
    assert_same_file("a/rejects.csv", "b/rejects.csv");
    /* and what it says again is the same */
    assert_run(0, "check --config found.yaml --write-config again.yaml --quiet");
    assert_same_file("found.yaml", "again.yaml");
    /* files of the command line stand in the place of those */
    put("two.csv", "customer,time,amount\na,2024-01-15,1\n");
    assert_run(0, "check two.csv --config found.yaml --quiet --json");
    assert_out("\"two.csv\"");
    assert_null(strstr(last_outcome()->out, "\"o.csv\""));
}

static void refuses_by_gate(void **state)
{
    (void)state;
    put_sales("o.csv");
    put("g.yaml", "gate:\n  rejected_no_customer: refuse\n");
    assert_run(3, "run o.csv --config g.yaml --output out");
    assert_err("transactions: rejected_no_customer (1)");
    assert_err("o.csv:202");
    assert_err("gate: rejected_no_customer: refuse");
    assert_false(exists("out"));
    assert_run(0, "features o.csv --config g.yaml --gate rejected-no-customer=note --output f.h5 --quiet");
    assert_run(0, "check o.csv --config g.yaml");
    assert_out("tesela run would refuse these tables.");
    put("g.yaml", "gate:\n  rejected_no_custmer: refuse\n");
    assert_run(2, "run o.csv --config g.yaml --output out");
    assert_err("g.yaml:2:3");
    assert_err("did you mean rejected_no_customer?");
    assert_run(2, "run o.csv --gate orphans --output out");
    assert_err("KIND=note");
    assert_run(2, "run o.csv --gate mixed_currencies=ignore --output out");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
        IN_SANDBOX(shows_columns_and_findings),         IN_SANDBOX(prints_json),
        IN_SANDBOX(reports_what_a_run_refuses),         IN_SANDBOX(tells_a_refused_unit_once),
        IN_SANDBOX(goes_on_beside_what_cannot_be_read), IN_SANDBOX(draws_a_page),
        IN_SANDBOX(writes_what_it_understood),          IN_SANDBOX(refuses_by_gate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
