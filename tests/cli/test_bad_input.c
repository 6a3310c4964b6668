/* test_bad_input.c: input that cannot be used: a clear message, the right exit
 * status, and nothing left behind. */
#include "program.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- Tables ------------------------------------------------------------------------- */

typedef struct table {
    const char *what, *text; /* of the transactions */
    const char *options;
    int status;
    const char *message;
} table;

#define HEAD "CustomerID,Date,Amount\n"
#define THREE HEAD "A,2020-01-02,5\nB,2020-01-03,6\nC,2020-01-04,9\n"

static const table tables[] = {
    {"an empty file", "", "", 3, "t.csv: is empty"},
    {"header only", HEAD, "", 3, "t.csv: holds a header only"},
    {"no customer", "a,b,c\n1,2,3\n2,3,4\n", "", 3, "no column of these transactions is recognised as the customer"},
    {"dates both ways", HEAD "A,01/02/2020,5\nB,02/03/2020,6\n", "", 3,
     "t.csv:2: \"01/02/2020\" reads as 2020-01-02 (month first) or 2020-02-01 (day first)"},
    {"such dates, settled", HEAD "A,01/02/2020,5\nB,02/03/2020,6\nC,03/04/2020,9\n", "--dates mdy", 0, ""},
    {"no numbers", HEAD "A,2020-01-02,x5\nB,2020-01-03,y\n", "", 3, "t.csv:2: Amount: \"x5\" is not a decimal number"},
    {"an open quote", HEAD "A,2020-01-02,\"5\nand so on\n", "", 3,
     "t.csv:2: the quote that opens on this line is not closed"},
    {"a quote by mistake", THREE "D,2020-01-05,\"5\nE,2020-01-06,8\n", "--max-rejects 20%", 0,
     "5 rows read, 4 used, 1 rejected (1 ragged)"},
    {"too many of these", THREE "D,2020-01-05,\"5\nE,2020-01-06,8\n", "", 3,
     "t.csv:5: a quote opens here that the line does not close, and what it would take in are rows"},
    {"no UTF-8", HEAD "A\xFF,2020-01-02,5\nB\xFE,2020-01-03,6\n", "", 3,
     "t.csv:2: the row is not valid UTF-8 (--encoding says"},
    {"one customer", HEAD "A,2020-01-02,5\nA,2020-02-02,7\n", "", 3, "one customer cannot be segmented"},
    {"all alike", HEAD "A,2020-01-02,5\nB,2020-01-02,5\nC,2020-01-02,5\n", "", 3, "all 3 customers are alike"},
    {"k too large", THREE, "--k 4", 3, "k = 4 is more than the 3 distinct rows"},
    {"a sweep too long", THREE, "--k-max 9", 0, "note: k goes up to 3, not 9"},
    {"an unknown feature", THREE, "--exclude recency_day", 2,
     "no feature is called \"recency_day\"; did you mean \"recency_days\"?"},
    {"a feature without its unit", THREE, "--basis core+tenure --holdout 0", 0, ""},
    {"a part of a feature's name", THREE, "--exclude chase_d", 2,
     "no feature is called \"chase_d\"; did you mean \"purchase_days\"?"},
    {"an unknown value", THREE, "--value monetary_totl", 2,
     "value: no feature is called \"monetary_totl\"; did you mean \"monetary_total\"?"},
    {"nothing left", THREE, "--exclude '*'", 2, "no feature is left to cluster by"},
    {"all after as-of", THREE, "--as-of 2019-01-01", 3, "none of the 3 rows can be used (3 after_as_of)"},
};

static void refuses_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const table *t = &tables[i];
        put("t.csv", t->text);
        assert_run(t->status, "run --transactions t.csv --output out %s", t->options);
        assert_err(t->message);
        if (t->status) {
            assert_err("tesela: ");
            assert_string_equal(last_outcome()->out, "");
            assert_entries("t.csv");
        }
        remove_all("out");
    }
}

/* An outcome that is asked for and plays a role already: which, and how it plays none. */
static void says_what_role_an_outcome_plays(void **state)
{
    (void)state;
    void *file = put_open("c.csv");
    put_line(file, "customer,satisfaction,last order,visits");
    for (int i = 0; i < 60; i++) {
        put_line(file, "c%d,%d,2024-0%d-1%d,%d", i, 1 + i % 5, 1 + i % 9, i % 10, i * 7 % 31);
    }
    put_close(file);
    assert_run(2, "features c.csv --outcome 'last order' --output f.h5");
    assert_err("outcome: \"last order\" plays the role last_order");
    assert_err("customers: {columns: {\"last order\": {type: date}}}");
    assert_run(2, "features c.csv --outcome customer --output f.h5");
    assert_err("outcome: \"customer\" tells the customers apart, and is no outcome");
    assert_run(2, "features c.csv --outcome satisfactoin --output f.h5");
    assert_err("did you mean \"satisfaction\"?");
    assert_run(2, "features c.csv --outcome satisfaction --output f.h5");
    assert_err(
        "outcome: \"satisfaction\" plays the role satisfaction, and a column that does is no outcome; with a type "
        "it plays none: customers: {columns: {\"satisfaction\": {type: number}}}");
    put("c.yaml", "customers: {columns: {\"satisfaction\": {type: number}}}\n");
    assert_run(0, "features c.csv --outcome satisfaction --output f.h5 --config c.yaml");
    assert_err("outcomes: satisfaction");
}

/* What is left, once an outcome is taken for one. */
static void says_what_is_an_outcome(void **state)
{
    (void)state;
    put("c.csv", "customer_id,churn\na,0\nb,1\nc,0\nd,1\n");
    assert_run(3, "run --customers c.csv --output out");
    assert_err("all 4 customers are alike but for churn, an outcome");
}

static void refuses_what_is_no_file(void **state)
{
    static const char *const commands[] = {"run --output out --transactions %s", "run --output out --customers %s",
                                           "features --output f.h5 --transactions %s", "cluster %s --output m.h5"};
    char line[256];
    (void)state;
    assert_int_equal(mkdir("folder", 0700), 0);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        snprintf(line, sizeof line, commands[i], "none.csv");
        assert_run(3, "%s", line);
        assert_err("none.csv: cannot");
        assert_err("No such file or directory");
        snprintf(line, sizeof line, commands[i], "folder");
        assert_run(3, "%s", line);
        assert_err("folder: is a folder");
        assert_entries("folder");
    }
}

/* ---- Rejects -------------------------------------------------------------------------- */

static void rejects_rows_one_by_one(void **state)
{
    (void)state;
    void *file = put_open("t.csv");
    put_line(file, "CustomerID,Date,Amount");
    for (int i = 0; i < 40; i++) {
        put_line(file, "C%d,2020-01-%02d,%d", i % 8, 1 + i % 28, 3 + i * i % 17);
    }
    put_line(file, "C1,2020-01-05,12o");
    put_line(file, "C2,2020-13-05,12");
    put_line(file, "C3,2020-01-05");
    put_line(file, ",2020-01-05,12");
    put_close(file);
    assert_run(0, "features --transactions t.csv --output f.h5 --rejects r.csv --json");
    json_t *json = get_json();
    assert_int_equal((int)json_at(json, "rows.transactions.read"), 44);
    assert_int_equal((int)json_at(json, "rows.transactions.used"), 40);
    assert_int_equal((int)json_at(json, "rows.transactions.rejected"), 4);
    assert_int_equal((int)json_at(json, "rows.transactions.rejected_by.no_customer"), 1);
    json_decref(json);
    char *rejects = get("r.csv", NULL);
    assert_non_null(strstr(rejects, "t.csv,42,Amount,bad_cell,12o,"));
    assert_non_null(strstr(rejects, "t.csv,43,Date,bad_cell,2020-13-05,"));
    assert_non_null(strstr(rejects, "t.csv,44,,ragged,"));
    assert_non_null(strstr(rejects, "t.csv,45,CustomerID,no_customer,"));
    free(rejects);
}

static void stops_at_too_many(void **state)
{
    (void)state;
    void *file = put_open("t.csv");
    put_line(file, "CustomerID,Date,Amount");
    for (int i = 0; i < 100; i++) {
        put_line(file, "C%d,2020-01-%02d,%s%d", i % 8, 1 + i % 28, i % 9 ? "" : "x", 3 + i * i % 17);
    }
    for (int i = 0; i < 100; i++) {
        put_line(file, ",2020-01-01,5"); /* rows without a customer are not held against the table */
    }
    put_close(file);
    assert_run(0, "features --transactions t.csv --output f.h5");
    assert_run(3, "features --transactions t.csv --output g.h5 --rejects r.csv --max-rejects 5%%");
    assert_err("over the 5 % that --max-rejects allows");
    assert_run(0, "features --transactions t.csv --output g.h5 --max-rejects 0.06");
    assert_entries("f.h5,g.h5,t.csv");
}

/* ---- HDF5 files ------------------------------------------------------------------------ */

static void put_cut(const char *from, const char *to, size_t keep)
{
    size_t length;
    char *bytes = get(from, &length);
    FILE *file = fopen(to, "wb");
    assert_non_null(file);
    assert_true(keep < length);
    assert_int_equal(fwrite(bytes, 1, keep, file), keep);
    fclose(file);
    free(bytes);
}

static void refuses_damaged_files(void **state)
{
    static const char *const lines[] = {"cluster cut.h5 --output x.h5", "label cut.h5 m.h5 --output x.csv",
                                        "explain m.h5 --features cut.h5 --leaves 5", "inspect cut.h5"};
    (void)state;
    put_orders("t.csv", 40, 6);
    assert_run(0, "features --transactions t.csv --output f.h5 --quiet");
    assert_run(0, "cluster f.h5 --k 3 --output m.h5 --quiet");
    for (size_t keep = 100; keep < 20000; keep *= 5) {
        put_cut("f.h5", "cut.h5", keep);
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
            assert_run(3, "%s", lines[i]);
            assert_err("cut.h5: ");
        }
    }
    put_cut("m.h5", "cut.h5", 9000);
    assert_run(3, "label f.h5 cut.h5 --output x.csv");
    assert_run(3, "explain cut.h5");
    assert_err("cut.h5: is an HDF5 file that is damaged or cut short");
    put("cut.h5", "no HDF5 at all");
    assert_run(3, "label cut.h5 m.h5 --output x.csv");
    assert_run(3, "explain cut.h5");
    assert_entries("cut.h5,f.h5,m.h5,t.csv");
}

static void refuses_files_of_another_kind(void **state)
{
    (void)state;
    put_orders("t.csv", 40, 6);
    put_orders("u.csv", 41, 6);
    assert_run(0, "features --transactions t.csv --output f.h5 --quiet");
    assert_run(0, "features --transactions u.csv --output g.h5 --quiet");
    assert_run(0, "cluster f.h5 --k 3 --output m.h5 --quiet");
    assert_run(3, "label m.h5 f.h5 --output x.csv"); /* the model is read first */
    assert_err("f.h5: is a features file, expected a model file");
    assert_run(3, "run --transactions t.csv --model f.h5 --output out");
    assert_err("f.h5: is a features file, expected a model file");
    assert_run(3, "explain f.h5 --features f.h5 --leaves 4");
    assert_err("f.h5: is a features file, expected a model file");
    assert_run(3, "label m.h5 m.h5 --output x.csv");
    assert_err("m.h5: is a model file, expected a features file");
    assert_run(3, "assign m.h5 m.h5 --output x.csv");
    assert_err("m.h5: is a model file, expected a features file or plain data");
    assert_run(3, "assign f.h5 f.h5 --output x.csv");
    assert_err("f.h5: is a features file, expected a model file");
    assert_run(3, "explain f.h5");
    assert_err("f.h5: is a features file, expected a model file");
    assert_run(3, "label g.h5 m.h5 --output x.csv");
    assert_err("g.h5: was made by another recipe than the model's: tesela features --like MODEL");
    assert_run(3, "assign g.h5 m.h5 --output x.csv");
    assert_err("g.h5: was made by another recipe than the model's");
    assert_run(3, "explain m.h5 --features g.h5 --leaves 5");
    assert_err("g.h5: was made by another recipe than the model's");
    assert_run(3, "report t.csv --output r.html");
    assert_err("t.csv: summary:1:10: not valid JSON, expected the summary of a run");
    put("text.h5", "a,b\n1,2\n");
    assert_run(3, "cluster text.h5 --k 2");
    assert_err("text.h5: is no HDF5 file");
    remove("text.h5");
    assert_run(0, "label f.h5 m.h5 --output /dev/stdout --quiet");
    assert_out("customer_id,segment");
    assert_run(3, "inspect t.csv");
    assert_err("t.csv: is a text or table that tesela did not write; inspect takes features.h5");
    put("s.json", "{\"format\": \"something else\"}");
    assert_run(3, "inspect s.json");
    assert_err("s.json: is a JSON file that tesela did not write");
    assert_run(3, "report s.json --output r.html");
    assert_entries("f.h5,g.h5,m.h5,s.json,t.csv,u.csv");
}

/* ---- Outputs ------------------------------------------------------------------------------ */

static void refuses_outputs_at_once(void **state)
{
    static const char *const lines[] = {"run --transactions none.csv --output %s",
                                        "features --transactions none.csv --output %s",
                                        "features --transactions none.csv --output x --rejects %s",
                                        "cluster none.csv --output %s",
                                        "cluster none.csv --labels %s",
                                        "label none.h5 none.h5 --output %s",
                                        "assign none.h5 none.h5 --output %s",
                                        "report none --output %s"};
    char line[256];
    (void)state;
    put("there", "old");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) { /* the input is not even looked for */
        snprintf(line, sizeof line, lines[i], "there");
        assert_run(1, "%s", line);
        assert_err("there: is there already");
        snprintf(line, sizeof line, lines[i], "no/where");
        assert_run(1, "%s", line);
        assert_err("no/where: cannot be written, as");
    }
    assert_entries("there");
    char *text = get("there", NULL);
    assert_string_equal(text, "old");
    free(text);
}

static void replaces_what_it_may(void **state)
{
    (void)state;
    put("t.csv", THREE);
    assert_run(0, "run --transactions t.csv --output out --quiet");
    assert_run(1, "run --transactions t.csv --output out --quiet");
    assert_run(0, "run --transactions t.csv --output out --quiet --force");
    assert_int_equal(mkdir("mine", 0700), 0);
    put("mine/diary.txt", "dear diary");
    assert_run(1, "run --transactions t.csv --output mine --quiet --force");
    assert_true(exists("mine/diary.txt"));
    assert_run(0, "features --transactions t.csv --output f.h5 --quiet");
    assert_run(1, "features --transactions t.csv --output f.h5 --quiet");
    assert_run(0, "features --transactions t.csv --output f.h5 --quiet --force");
    assert_run(0, "report out --quiet"); /* the run's own */
    assert_run(1, "report out --quiet --output out/report.html");
    assert_entries("f.h5,mine,out,t.csv");
}

static void keeps_inputs_and_outputs_apart(void **state)
{
    static const char *const lines[] = {"features --transactions t.csv --output t.csv --force",
                                        "features --transactions t.csv --output f.h5 --rejects ./t.csv --force",
                                        "features --transactions t.csv --output f.h5 --rejects ./f.h5 --force",
                                        "features --transactions t.csv --config c.yaml --output c.yaml --force",
                                        "cluster t.csv --output m.h5 --labels .//m.h5",
                                        "run --transactions link.csv --output t.csv --force"};
    (void)state;
    put("t.csv", THREE);
    put("c.yaml", "seed: 1\n");
    assert_int_equal(symlink("t.csv", "link.csv"), 0);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_run(2, "%s", lines[i]);
        assert_err("would be written over");
    }
    char *text = get("t.csv", NULL);
    assert_string_equal(text, THREE);
    free(text);
    assert_entries("c.yaml,link.csv,t.csv");
}

/* What a run wrote is not written over by what is drawn of it, nor by a run that goes on from it. */
static void keeps_what_a_run_wrote(void **state)
{
    static const struct {
        const char *line, *message;
    } cases[] = {{"report out --force --output out/summary.json", "would be written over the input"},
                 {"report out --force --output linked.json", "would be written over the input"},
                 {"report out/summary.json --force --output out/summary.json", "would be written over the input"},
                 {"report out --force --output out/model.h5", "out/model.h5: another file of a run has this name"},
                 {"report out --force --output other/segments.csv", "another file of a run has this name"},
                 {"run --transactions t.csv --previous out --output out --force", "would be written over --previous"},
                 {"run --transactions t.csv --previous out/model.h5 --output ./out/ --force", "over --previous"},
                 {"run --transactions t.csv --model out/model.h5 --output out --force", "over --model"},
                 {"label out/features.h5 old.h5 --previous out --output out/segments.csv --force", "over --previous"},
                 {"label out/features.h5 old.h5 --previous out/ --write-strategies linked.json --force",
                  "would be written over --previous"},
                 {"run --customers out/segments.csv --output out --force", "would be written over --customers"}};
    (void)state;
    put("t.csv", THREE);
    assert_run(0, "run --transactions t.csv --output out --quiet");
    copy_file("out/summary.json", "old.json");
    copy_file("out/model.h5", "old.h5");
    assert_int_equal(symlink("out/summary.json", "linked.json"), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_run(2, "%s", cases[i].line);
        assert_err(cases[i].message);
        assert_same_file("out/summary.json", "old.json");
        assert_same_file("out/model.h5", "old.h5");
    }
    assert_entries("linked.json,old.h5,old.json,out,t.csv");
}

/* ---- A full disk ---------------------------------------------------------------------------- */

static void meets_a_full_disk(void **state)
{
    static const char *const outputs[] = {"out", "g.h5", "n.h5", "l.csv", "s.csv"};
    (void)state;
#ifdef __clang__
    skip(); /* LLVM's OpenMP ends the process where its own shared memory meets the limit */
#endif
    put_orders("t.csv", 400, 10);
    assert_run(0, "features --transactions t.csv --output f.h5 --quiet");
    assert_run(0, "cluster f.h5 --k 3 --output m.h5 --quiet");
    for (long bytes = 1; bytes < 400000; bytes = bytes * 7 + 100) { /* no file grows beyond: each output meets it */
        static const char *const lines[] = {"run --transactions t.csv --k 3 --output out --quiet",
                                            "features --transactions t.csv --output g.h5 --quiet",
                                            "cluster f.h5 --k 3 --output n.h5 --labels l.csv --quiet",
                                            "label f.h5 m.h5 --output s.csv --quiet"};
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
            const outcome *seen = run_with(&(setting){.file_bytes = bytes}, "%s", lines[i]);
            if (seen->status != 1 && seen->status != 0) {
                fail_msg("%s, %ld bytes: status %d: %s", lines[i], bytes, seen->status, seen->err);
            }
            if (seen->status == 1) {
                assert_err("cannot be written");
                assert_entries("f.h5,m.h5,t.csv");
            }
            assert_true(bytes > 1 || seen->status == 1);
            for (size_t o = 0; o < sizeof outputs / sizeof *outputs; o++) {
                remove_all(outputs[o]);
            }
        }
    }
}

/* One fits, the other does not, whichever is larger: neither is left. */
static void publishes_both_or_neither(void **state)
{
    static const int rows[] = {100, 20000};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        void *file = put_open("d.csv");
        put_line(file, "x");
        for (int row = 0; row < rows[i]; row++) {
            put_line(file, "%d", row % 2 * 100 + row % 7);
        }
        put_close(file);
        assert_run(0, "cluster d.csv --k 2 --output m.h5 --labels l.csv --quiet");
        size_t model, labels;
        free(get("m.h5", &model));
        free(get("l.csv", &labels));
        assert_int_equal(model < labels, i);
        remove("m.h5");
        remove("l.csv");
        const setting how = {.file_bytes = (long)(model + labels) / 2};
        assert_int_equal(run_with(&how, "cluster d.csv --k 2 --output m.h5 --labels l.csv --quiet")->status, 1);
        assert_err(i ? "l.csv: cannot be written" : "m.h5: cannot be written");
        assert_entries("d.csv");
        remove("d.csv");
    }
}

/* With --force the old ones stand where the new ones cannot be written. */
static void keeps_the_old_ones(void **state)
{
    (void)state;
    put_orders("t.csv", 40, 6);
    put("bad.csv", "CustomerID,InvoiceNo,InvoiceDate,Amount,StockCode\nA,1,x,1,b\n");
    assert_run(0, "features --transactions t.csv --output f.h5 --rejects r.csv --quiet");
    assert_run(0, "cluster f.h5 --k 2 --output m.h5 --labels l.csv --quiet");
    copy_file("f.h5", "f.old");
    copy_file("r.csv", "r.old");
    copy_file("m.h5", "m.old");
    copy_file("l.csv", "l.old");
    /* the model is written, the labels have no room; the features are written, the rejects not */
    run_with(&(setting){.file_bytes = 60000}, "cluster f.h5 --k 3 --output m.h5 --labels /dev/full --force --quiet");
    assert_int_equal(last_outcome()->status, 1);
    assert_err("/dev/full: cannot be written");
    assert_same_file("m.h5", "m.old");
    assert_run(1, "features --transactions t.csv bad.csv --output f.h5 --rejects /dev/full --force --quiet");
    assert_same_file("f.h5", "f.old");
    assert_run(3, "features --transactions bad.csv --output f.h5 --rejects r.csv --force --quiet");
    assert_same_file("f.h5", "f.old");
    assert_same_file("r.csv", "r.old");
    assert_same_file("l.csv", "l.old");
    assert_entries("bad.csv,f.h5,f.old,l.csv,l.old,m.h5,m.old,r.csv,r.old,t.csv");
}

static void meets_a_full_standard_output(void **state)
{
    static const char *const lines[] = {"help",
                                        "--version",
                                        "help run",
                                        "inspect f.h5",
                                        "explain m.h5",
                                        "inspect m.h5 --json",
                                        "cluster f.h5 --k 2",
                                        "label f.h5 m.h5 --output -",
                                        "run --transactions t.csv --output out --force --json"};
    (void)state;
    put_orders("t.csv", 40, 6);
    assert_run(0, "features --transactions t.csv --output f.h5 --quiet");
    assert_run(0, "cluster f.h5 --k 3 --output m.h5 --quiet");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_int_equal(run_with(&(setting){.output = "/dev/full"}, "%s", lines[i])->status, 1);
        assert_err("tesela: standard output: cannot be written");
        assert_err("No space left on device");
    }
}

/* A reader that goes away early, as head does, is no news. */
static void meets_a_closed_pipe(void **state)
{
    (void)state;
    put_orders("t.csv", 40, 6);
    assert_run(0, "features --transactions t.csv --output f.h5 --quiet");
    assert_int_equal(run_with(&(setting){.deaf = 1}, "inspect f.h5")->status, 1);
    assert_string_equal(last_outcome()->err, "");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(refuses_tables),
        IN_SANDBOX(says_what_is_an_outcome),
        IN_SANDBOX(says_what_role_an_outcome_plays),
        IN_SANDBOX(refuses_what_is_no_file),
        IN_SANDBOX(rejects_rows_one_by_one),
        IN_SANDBOX(stops_at_too_many),
        IN_SANDBOX(refuses_damaged_files),
        IN_SANDBOX(refuses_files_of_another_kind),
        IN_SANDBOX(refuses_outputs_at_once),
        IN_SANDBOX(replaces_what_it_may),
        IN_SANDBOX(keeps_inputs_and_outputs_apart),
        IN_SANDBOX(keeps_what_a_run_wrote),
        IN_SANDBOX(meets_a_full_disk),
        IN_SANDBOX(publishes_both_or_neither),
        IN_SANDBOX(keeps_the_old_ones),
        IN_SANDBOX(meets_a_full_standard_output),
        IN_SANDBOX(meets_a_closed_pipe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
