/* test_crm_export.c: tesela export as a user has it: every target from one run, a mapping file, what has changed since
 * an earlier run, what is refused, and what stands in the folder and on the screen. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const targets[] = {"csv", "excel", "salesforce", "zoho", "hubspot", "fxiaoke"};
enum { TARGETS = sizeof targets / sizeof *targets };

/* A run of a bundled data set, "may"; and its model applied to fewer orders of other customers, "june". */
static void make_runs(void)
{
    put_orders("orders.csv", 80, 6);
    put_orders("more.csv", 90, 8);
    assert_run(0, "run --quiet --transactions orders.csv --output may --evidence none --holdout 0");
    assert_run(0, "run --quiet --transactions more.csv --model may/model.h5 --output june --as-of 2024-12-31");
}

static void make_run(void)
{
    assert_run(0, "run --quiet --transactions %s --output run --evidence none --holdout 0 --no-value-models",
               source("datasets/rfm/rfm_data_orders.csv"));
}

static size_t count_lines(const char *name)
{
    char *text = get(name, NULL);
    size_t lines = 0;
    for (const char *p = text; *p; p++) {
        lines += *p == '\n';
    }
    free(text);
    return lines;
}

static void test_every_target(void **state)
{
    (void)state;
    static const char *const jobs[TARGETS] = {
        NULL, NULL, "salesforce-job.json", "zoho-bulk-write.json", "hubspot-import.json", NULL};
    make_run();
    const size_t customers = count_lines("run/segments.csv") - 1;
    for (size_t t = 0; t < TARGETS; t++) {
        char file[64];
        assert_run(0, "export run --for %s --output %s --json", targets[t], targets[t]);
        json_t *json = get_json(), *again;
        assert_string_equal(json_text_at(json, "format"), "tesela export");
        assert_string_equal(json_text_at(json, "target"), targets[t]);
        assert_true(json_at(json, "customers.read") == (double)customers);
        assert_true(json_at(json, "customers.written") == (double)customers);
        snprintf(file, sizeof file, "%s/%s", targets[t], json_text_at(json, "files.0.name"));
        assert_true(exists(file));
        snprintf(file, sizeof file, "%s/manifest.json", targets[t]);
        char *text = get(file, NULL);
        again = json_loads(text, 0, NULL);
        assert_true(json_equal(json, again));
        free(text);
        json_decref(again);
        json_decref(json);
        const char *const beside[] = {"fields.csv", "picklists.csv", "README.md", jobs[t] ? jobs[t] : "fields.csv"};
        for (size_t i = 0; i < 4; i++) {
            snprintf(file, sizeof file, "%s/%s", targets[t], beside[i]);
            assert_true(exists(file));
        }
    }
    assert_int_equal(count_lines("csv/customers-0001.csv"), customers + 1);
    assert_int_equal(count_lines("zoho/customers-0001.csv"), customers + 1);
    assert_true(exists("zoho/customers-0001.zip"));
}

/* The README says it in the language asked for, whole; the table on the screen likewise. */
static void test_languages(void **state)
{
    (void)state;
    make_run();
    for (size_t t = 0; t < TARGETS; t++) {
        char file[64];
        assert_run(0, "export run --for %s --output %s --lang zh", targets[t], targets[t]);
        assert_out("客户数");
        assert_out("README.md");
        snprintf(file, sizeof file, "%s/README.md", targets[t]);
        char *text = get(file, NULL);
        assert_non_null(strstr(text, "## 如何导入"));
        assert_null(strstr(text, "How to import"));
        free(text);
    }
    assert_run(0, "export run --for csv --output csv --lang en --force");
    assert_out("Customers ");
    char *text = get("csv/README.md", NULL);
    assert_non_null(strstr(text, "## How to import it"));
    free(text);
    assert_run(0, "export run --for csv --output csv --force --quiet");
    assert_string_equal(last_outcome()->out, "");
}

static void test_map(void **state)
{
    (void)state;
    make_run();
    put("map.yaml", "fields:\n  id: Customer_No__c\n  segment: Group__c\nleave_out: [reason, action_text]\n"
                    "no_change: [confidence]\nobject: Contact\n");
    assert_run(0, "export run --for salesforce --map map.yaml --output out");
    char *text = get("out/customers-0001.csv", NULL);
    static const char header[] = "Customer_No__c,Group__c,Tesela_Segment_Label__c,";
    assert_memory_equal(text, header, sizeof header - 1);
    assert_null(strstr(text, "Tesela_Reason__c"));
    free(text);
    text = get("out/salesforce-job.json", NULL);
    assert_non_null(strstr(text, "\"Contact\""));
    assert_non_null(strstr(text, "\"Customer_No__c\""));
    free(text);
    assert_run(0, "export run --for salesforce --map map.yaml --id-column Ext__c --object Lead --output out --force");
    text = get("out/salesforce-job.json", NULL);
    assert_non_null(strstr(text, "\"Lead\""));
    assert_non_null(strstr(text, "\"Ext__c\""));
    free(text);
    put("map.yaml", "fields:\n  id: X\n  segmnt: Y\n");
    assert_run(2, "export run --for csv --map map.yaml --output other");
    assert_err("map.yaml:3");
    assert_err("\"segment\"");
    put("map.yaml", "fields:\n  id: X\n  segment: x\n");
    assert_run(2, "export run --for csv --map map.yaml --output other");
    assert_err("as id is");
    put("map.yaml", "leave_out: [id]\n");
    assert_run(2, "export run --for csv --map map.yaml --output other");
    assert_err("map.yaml:1:13: export.leave_out: id: no file goes without ids");
    assert_false(exists("other"));
}

/* The key that holds the fault is named, and the keys that a mapping has. */
static void test_wrong_maps(void **state)
{
    (void)state;
    make_run();
    put("map.yaml", "fields: {id: X}\nno_change: [clv, foo]\n");
    assert_run(2, "export run --for csv --map map.yaml --output other");
    assert_err("map.yaml:2:18: export.no_change: foo: there is no such field; there are id, ");
    put("map.yaml", "fields: {id: X}\nleave_out: [id]\n");
    assert_run(2, "export run --for csv --map map.yaml --output other");
    assert_err("map.yaml:2:13: export.leave_out: id: no file goes without ids");
    put("map.yaml", "names:\n  id: X\n");
    assert_run(2, "export run --for csv --map map.yaml --output other");
    assert_err("map.yaml:1:1: unknown key \"export.names\"; known are object, id_column, fields, leave_out and "
               "no_change");
    put("map.yaml", "id_column: X\nfields:\n  id: Y\n");
    assert_run(2, "export run --for csv --map map.yaml --output other");
    assert_err("map.yaml:3:7: export.fields.id: \"Y\" is another name than export.id_column has, \"X\"");
    assert_false(exists("other"));
    assert_run(0, "export run --for csv --map map.yaml --id-column Z --output other"); /* stands before both */
}

static void test_since(void **state)
{
    (void)state;
    make_runs();
    assert_run(0, "export june --since may --for fxiaoke --output out --lang zh");
    assert_out("新增");
    assert_run(0, "export june --since may --for csv --output csv --json");
    json_t *json = get_json();
    const double read = json_at(json, "customers.read");
    assert_true(read == json_at(json, "customers.written") + json_at(json, "customers.unchanged"));
    assert_true(json_at(json, "customers.written") ==
                json_at(json, "customers.new") + json_at(json, "customers.changed"));
    assert_true(read == (double)count_lines("june/segments.csv") - 1);
    assert_true(json_at(json, "customers.new") == (double)count_lines("csv/new-0001.csv") - 1);
    assert_true(json_at(json, "customers.changed") ==
                (double)(count_lines("csv/changed-0001.csv") + count_lines("csv/moved-0001.csv")) - 2);
    assert_true(json_at(json, "customers.moved") == (double)count_lines("csv/moved-0001.csv") - 1);
    assert_true(json_at(json, "customers.vanished") == (double)count_lines("csv/vanished-0001.csv") - 1);
    json_decref(json);
    assert_true(exists("out/create-0001.xlsx") && exists("out/update-0001.xlsx"));
    assert_run(0, "export may --since june --for csv --output back");
    assert_err("is not before this one");
}

static void test_two_models(void **state)
{
    (void)state;
    put_orders("orders.csv", 80, 6);
    put_orders("more.csv", 90, 8);
    assert_run(0, "run --quiet --transactions orders.csv --output may --evidence none --holdout 0");
    assert_run(0, "run --quiet --transactions more.csv --output june --evidence none --holdout 0 --k 3");
    assert_run(0, "export june --since may --for csv --output out");
    assert_err("of different models");
}

/* Who is on the list of a later run is in no file of what has changed, not as vanished either; and nobody is found
 * again by another key. */
static void test_privacy(void **state)
{
    (void)state;
    put_orders("orders.csv", 80, 6);
    put("gone.csv", "customer_id\nC00007\n");
    put("key", "0123456789abcdef0123456789abcdef\n");
    assert_int_equal(chmod("key", 0600), 0);
    assert_run(0, "run --quiet --transactions orders.csv --output may --evidence none --holdout 0");
    assert_run(0, "run --quiet --transactions orders.csv --model may/model.h5 --output june --suppress gone.csv");
    assert_run(0, "run --quiet --transactions orders.csv --model may/model.h5 --output keyed --pseudonymise key");
    for (size_t t = 0; t < TARGETS; t++) {
        assert_run(0, "export june --since may --for %s --output %s", targets[t], targets[t]);
        assert_err("1 customer has vanished: counted and in no file");
        char vanished[64];
        snprintf(vanished, sizeof vanished, "%s/vanished-0001.%s", targets[t], t == 1 || t == 5 ? "xlsx" : "csv");
        assert_false(exists(vanished));
    }
    assert_run(3, "export keyed --since may --for csv --output out");
    assert_err("may: its customers stand by their own ids, and those of ");
    assert_run(3, "export may --since keyed --for csv --output out");
    assert_err("keyed: its customers stand by pseudonyms, and those of ");
    assert_false(exists("out"));
}

/* A run of a customers' table alone has no day. */
static void test_no_day(void **state)
{
    (void)state;
    void *file = put_open("customers.csv");
    put_line(file, "customer,spend,visits");
    for (int i = 0; i < 60; i++) {
        put_line(file, "C%03d,%d,%d", i, 100 + i * i * 7 % 997, 1 + i * 5 % 17);
    }
    put_close(file);
    assert_run(0, "run --quiet --customers customers.csv --value spend --output run");
    for (size_t t = 0; t < TARGETS; t++) {
        assert_run(0, "export run --for %s --output %s", targets[t], targets[t]);
        assert_out("60");
        assert_err("scored_on");
    }
}

static void test_refused(void **state)
{
    (void)state;
    make_run();
    assert_run(2, "export run --output out");
    assert_err("--for is missing: csv, excel, salesforce, zoho, hubspot or fxiaoke");
    assert_run(2, "export run --for salesfroce --output out");
    assert_err("salesforce");
    assert_run(2, "export --for csv --output out");
    assert_run(2, "export run --for salesforce --id-column 'My id' --output out");
    assert_err("\"My id\"");
    assert_run(3, "export nothing --for csv --output out");
    assert_err("nothing: is no folder of a run");
    assert_run(3, "export run --since nothing --for csv --output out");
    assert_err("nothing: is no folder of a run");
    assert_false(exists("out"));
    assert_run(0, "export run --for csv --output out --quiet");
    assert_run(1, "export run --for csv --output out");
    assert_err("out");
    assert_run(0, "export run --for excel --output out --force --quiet");
    assert_false(exists("out/customers-0001.csv"));
}

/* The run itself is not written over, nor what it is held against. */
static void test_output_is_input(void **state)
{
    (void)state;
    make_run();
    copy_file("run/segments.csv", "before.csv");
    assert_int_not_equal(run("export run --for csv --output run --force")->status, 0);
    assert_err("run");
    assert_int_not_equal(run("export run --for csv --output ./run/ --force")->status, 0);
    assert_same_file("before.csv", "run/segments.csv");
    assert_true(exists("run/model.h5"));
    assert_run(0, "export run --for csv --output run/crm"); /* beside them is fine */
    assert_true(exists("run/crm/README.md"));
}

/* A row that the target would refuse is said with its line, and nothing appears. */
static void test_refused_row(void **state)
{
    (void)state;
    make_run();
    size_t length;
    char *text = get("run/segments.csv", &length);
    FILE *file = fopen("run/segments.csv", "ab");
    char id[300];
    memset(id, 'z', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    const char *last = text + length - 1;
    while (last > text && last[-1] != '\n') {
        last--;
    }
    fprintf(file, "%s%s", id, strchr(last[0] == '"' ? strchr(last + 1, '"') : last, ','));
    fclose(file);
    free(text);
    assert_run(3, "export run --for salesforce --output out");
    assert_err("1 cell that Salesforce would refuse: ");
    assert_err("customer_id: has 299 characters, and Salesforce takes 255");
    assert_null(strstr(last_outcome()->err, "zz"));
    assert_false(exists("out"));
    assert_run(0, "export run --for csv --output out");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(test_every_target),    IN_SANDBOX(test_languages),   IN_SANDBOX(test_map),
        IN_SANDBOX(test_wrong_maps),      IN_SANDBOX(test_since),       IN_SANDBOX(test_two_models),
        IN_SANDBOX(test_privacy),         IN_SANDBOX(test_no_day),      IN_SANDBOX(test_refused),
        IN_SANDBOX(test_output_is_input), IN_SANDBOX(test_refused_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
