/* test_show_summary.c: what the program shows: tables at the end, explain, inspect and
 * report, in both languages. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void make_run(const char *options)
{
    put_orders("t.csv", 200, 10);
    assert_run(0, "run --transactions t.csv --k 3 --output out --force %s", options);
}

static void ends_with_a_table(void **state)
{
    (void)state;
    make_run("");
    assert_out("200 customers, as of 20");
    assert_out("Segment");
    assert_out("VIP");
    assert_out("Reactivated");
    assert_out("out/: features.h5, model.h5, segments.csv, rejects.csv, summary.json, manifest.json, report.json\n"
               "out/report.html\n");
    assert_err("transactions: 2,000 rows read, 2,000 used, 0 rejected");
    assert_err("  customer: CustomerID (text)");
    assert_err("clusters: k = 3 was asked for");
    make_run("--lang zh");
    assert_out("200 位客户，截至 20");
    assert_out("客群");
    assert_out("金卡");
    assert_out("流失");
    struct stat folder;
    assert_int_equal(stat("out", &folder), 0);
    assert_int_equal(folder.st_mode & 0777, 0700); /* customers' data are for their owner */
}

/* What a tree is written as, and what cannot go together. */
static void writes_rules(void **state)
{
    (void)state;
    assert_run(0, "run --transactions %s --output out --quiet", source("datasets/rfm/rfm_data_orders.csv"));
    assert_run(0, "explain out/model.h5 --format sql --dialect bigquery --table a.b --key who");
    assert_out("FROM `a.b` AS c");
    assert_out("s.`who`,");
    assert_run(0, "explain out/model.h5 --format svg --lang zh --output tree.svg");
    assert_out("tree.svg\n");
    assert_run(1, "explain out/model.h5 --format svg --output tree.svg");
    assert_err("tree.svg");
    assert_run(0, "explain out/model.h5 --format pmml --output tree.svg --force --quiet");
    assert_string_equal(last_outcome()->out, "");
    assert_run(0, "explain out/model.h5 --format json");
    json_t *json = get_json();
    assert_true(json_at(json, "leaves") >= 2);
    json_decref(json);
    assert_run(2, "explain out/model.h5 --dialect duckdb");
    assert_err("--dialect goes with --format sql");
    assert_run(2, "explain out/model.h5 --format text --key who");
    assert_err("--key goes with --format sql");
    assert_run(2, "explain out/model.h5 --format sql --json");
    assert_err("--json and --format sql contradict each other");
    assert_run(2, "explain out/model.h5 --format xml");
    assert_err("xml");
    assert_run(2, "explain out/model.h5 --json --output x");
    assert_err("--output goes with --format");
}

static void explains_a_customer(void **state)
{
    (void)state;
    put_orders("t.csv", 200, 12);
    assert_run(0, "run --transactions t.csv --output out --quiet");
    assert_run(0, "explain out/model.h5 --features out/features.h5 --customer C00012");
    assert_out("Customer C00012: segment ");
    assert_out("\n  by the tree: would become ");
    assert_out("\n  by distance: ");
    assert_run(0, "explain out/model.h5 --features out/features.h5 --customer C00012 --lang zh");
    assert_out("客户 C00012：客群 ");
    assert_run(0, "explain out/model.h5 --features out/features.h5 --customer C00012 --json");
    json_t *json = get_json();
    assert_true(json_at(json, "segment.segment") >= 1);
    json_decref(json);
    assert_run(0, "explain out/model.h5 --features out/features.h5 --leaves 20 --customer C00012");
    assert_run(3, "explain out/model.h5 --features out/features.h5 --customer C0012");
    assert_err("--customer: there is no \"C0012\"; did you mean \"C00012\"?");
    assert_run(2, "explain out/model.h5 --customer C00012");
    assert_err("--customer needs --features FILE");
    assert_run(2, "explain out/model.h5 --features out/features.h5 --customer x --format sql");
    assert_err("--format sql is of the whole tree");
}

static void explains(void **state)
{
    (void)state;
    assert_run(0, "run --transactions %s --k 6 --apart none --output out --quiet",
               source("datasets/rfm/rfm_data_orders.csv"));
    assert_run(0, "explain out/model.h5");
    assert_out("\nSegment 1: ");
    assert_out("precision ");
    assert_out(", lift ");
    assert_out("agreement ");
    assert_run(0, "explain out/model.h5 --lang zh");
    assert_out("\n客群 1：");
    assert_out("，提升度 ");
    assert_run(0, "explain out/model.h5 --json");
    json_t *json = get_json();
    assert_in_range((int)json_at(json, "clusters.tree.leaves"), 6, 12); /* 2k, or fewer */
    assert_string_equal(json_text_at(json, "clusters.tree.method"), "greedy");
    assert_int_equal((int)json_at(json, "clusters.tree.curve.0.leaves"), 6);
    double price = json_at(json, "clusters.tree.cost_ratio");
    json_decref(json);
    assert_run(0, "explain out/model.h5 --features out/features.h5 --leaves 20 --round 0 --json");
    json = get_json();
    assert_true(json_at(json, "clusters.tree.leaves") > 12);
    assert_true(json_at(json, "clusters.tree.cost_ratio") < price);
    json_decref(json);
    assert_run(0, "explain out/model.h5 --features out/features.h5 --json"); /* the one that is kept */
    json = get_json();
    assert_true(json_at(json, "clusters.tree.cost_ratio") == price);
    json_decref(json);
    assert_run(0, "explain out/model.h5 --features out/features.h5 --tree imm --leaves 6 --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "clusters.tree.method"), "imm");
    assert_int_equal((int)json_at(json, "clusters.tree.leaves"), 6);
    json_decref(json);
    assert_run(2, "explain out/model.h5 --round 0");
    assert_err("--round needs --features FILE");
    assert_run(2, "explain out/model.h5 --features out/features.h5 --leaves 2");
    assert_err("--leaves 2 is below the model's k, 6");
}

/* The features that clusters were found on are found again from the model's own options. */
static void explains_a_selection(void **state)
{
    (void)state;
    make_run("--quiet --include lines --exclude 'monetary_*,recency_days'");
    assert_run(0, "explain out/model.h5 --features out/features.h5 --leaves 5");
    assert_null(strstr(last_outcome()->out, "monetary_"));
    assert_null(strstr(last_outcome()->out, "recency_days"));
}

static void inspects(void **state)
{
    (void)state;
    make_run("--quiet --seed 77");
    assert_run(0, "inspect out/features.h5");
    assert_out("recency_days");
    assert_out("Median");
    assert_out("200 customers, as of 20");
    assert_run(0, "inspect out/features.h5 --json");
    json_t *json = get_json();
    assert_int_equal((int)json_at(json, "customers"), 200);
    json_decref(json);
    assert_run(0, "inspect out/model.h5");
    assert_out("3 clusters of 200 rows on ");
    assert_out("numbered by monetary_total");
    assert_out("chosen");
    assert_run(0, "inspect out/model.h5 --json");
    json = get_json();
    assert_int_equal((int)json_at(json, "clusters.k"), 3);
    assert_int_equal((int)json_at(json, "seed"), 77);
    json_decref(json);
    assert_run(0, "inspect out/segments.csv");
    assert_out("segments: 200 rows, ");
    assert_out("\n  lifecycle_since ");
    assert_run(0, "inspect out/manifest.json");
    assert_out("\"format\": \"tesela manifest\"");
}

/* Clusters about typical places, and groups that a rule sets apart, one of them of nobody. */
static void inspects_those_who_are_apart(void **state)
{
    (void)state;
    assert_run(0, "run --transactions %s --until 2006-06-30 --output out --json",
               source("datasets/rfm/rfm_data_orders.csv"));
    json_t *json = get_json();
    const size_t segments = json_array_size(json_object_get(json, "segments"));
    assert_int_equal((int)json_at(json, "clusters.placed"), (int)json_at(json, "clusters.k"));
    assert_int_equal((int)segments, (int)json_at(json, "clusters.k") + (int)json_at(json, "clusters.set_apart"));
    json_t *profile = json_object_get(json, "profile");
    for (size_t i = 0; i < json_array_size(profile); i++) {
        assert_int_equal(json_array_size(json_object_get(json_array_get(profile, i), "segments")), segments);
    }
    json_decref(json);
    assert_run(0, "inspect out");
    assert_null(strstr(last_outcome()->out, "\n  6  "));
    assert_run(0, "inspect out/model.h5");
    assert_out("drawn by typical places\n1 group of ");
    assert_out(" rows set apart by rule\n");
    assert_out("days with a purchase at most 0: segment 6, rows 0\n"); /* whom a later table may have */
    assert_out("Segment 6: Potential (nobody)\n  days with a purchase at most 0\n");
    assert_null(strstr(last_outcome()->out, "precision ,"));
    assert_run(0, "inspect out/model.h5 --lang zh");
    assert_out("由典型位置牵引");
    assert_out("客群 6：潜在客户（无人）");
    assert_run(0, "run --transactions %s --until 2006-06-30 --model out/model.h5 --output b --json",
               source("datasets/rfm/rfm_data_orders.csv"));
    json = get_json();
    json_t *drift = json_object_get(json_object_get(json, "drift"), "segments");
    assert_int_equal(json_array_size(drift), segments);
    assert_true(json_is_null(json_object_get(json_array_get(drift, segments - 1), "distance_now")));
    json_decref(json);
    assert_run(0, "inspect b");
    assert_out("–      –\n");
    assert_run(0, "cluster out/features.h5 --json");
    json = get_json();
    assert_int_equal(json_array_size(json_object_get(json_object_get(json, "clusters"), "groups")), segments);
    json_decref(json);
}

/* What is printed on standard output has no English words in it, but for names and units. */
static void speaks_chinese(void **state)
{
    static const char *const lines[] = {"run --transactions t.csv --k 3 --output zh --force",
                                        "inspect zh",
                                        "inspect zh/features.h5",
                                        "inspect zh/model.h5",
                                        "inspect zh/segments.csv",
                                        "explain zh/model.h5",
                                        "features --transactions t.csv --output f.h5",
                                        "cluster f.h5 --k-min 2 --k-max 3",
                                        "label zh/features.h5 zh/model.h5 --output s.csv"};
    static const char *const words[] = {"rows",      "columns",    "customers", "lines,",       "Feature", "Group",
                                        "Median",    "behavioral", "vector",    "transactions", "threads", "seconds",
                                        " s,",       "kernel",     "numbered",  "Nothing",      "Segment", "precision",
                                        "agreement", "chosen",     "Tier"};
    (void)state;
    put_orders("t.csv", 200, 10);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_run(0, "%s --lang zh", lines[i]);
        for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
            if (strstr(last_outcome()->out, words[w])) {
                fail_msg("%s: \"%s\" in\n%s", lines[i], words[w], last_outcome()->out);
            }
        }
    }
}

/* A row ends at the end of its line, but not within quotes. */
static void counts_rows(void **state)
{
    (void)state;
    put("s.csv", "customer_id,segment,segment_name,reason\na,1,\"two\nlines\",x\n"
                 "b,1,\"a \"\"quoted\n\nname\"\"\",x\nc,2,one,x\n");
    assert_run(0, "inspect s.csv");
    assert_out("segments: 3 rows, 4 columns\n");
}

/* Cents are shown until a value reaches 100,000. */
static void rounds_large_values(void **state)
{
    static const char *const cases[][3] = {
        {"99999.5", " 99,999.50 ", " 7.25 "}, {"100000.25", " 100,000 ", " 7 "}, {"-100000.25", " -100,000 ", " 7 "}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "{\"format\": \"tesela summary\", \"value\": {\"unit\": \"currency\"}, \"segments\": ["
                 "{\"segment\": 1, \"name\": \"A\", \"size\": 1, \"value_total\": %s, \"value_share\": 0.9},"
                 "{\"segment\": 2, \"name\": \"B\", \"size\": 1, \"value_total\": 7.25, \"value_share\": 0.1}]}",
                 cases[i][0]);
        put("s.json", text);
        assert_run(0, "inspect s.json");
        assert_out(cases[i][1]);
        assert_out(cases[i][2]);
    }
}

/* One document in a form that is documented, whatever the file is; of a file that is refused nothing. */
static void inspects_as_json(void **state)
{
    static const struct {
        const char *file, *kind;
        int rows;
    } files[] = {
        {"out", NULL, 0},
        {"out/summary.json", NULL, 0},
        {"out/features.h5", NULL, 0},
        {"out/model.h5", NULL, 0},
        {"out/manifest.json", "manifest", -1},
        {"out/segments.csv", "segments", 200},
        {"out/rejects.csv", "rejects", 0},
        {"labels.csv", "labels", 200},
    };
    static const char *const others[] = {"t.csv", "x.json", "broken.json", "x.npy", "out/report.html", "empty"};
    (void)state;
    make_run("--quiet --max-rejects 0.25"); /* a number that is printed as it was written: 0.25, and 0.01 */
    assert_run(0, "cluster out/features.h5 --k 2 --labels labels.csv --quiet");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_run(0, "inspect %s --json", files[i].file);
        assert_string_equal(last_outcome()->err, "");
        json_t *json = get_json();
        assert_string_equal(json_text_at(json, "format"), "tesela summary");
        if (files[i].kind) {
            assert_string_equal(json_text_at(json, "file.kind"), files[i].kind);
        }
        if (files[i].kind && files[i].rows >= 0) {
            assert_int_equal((int)json_at(json, "file.rows"), files[i].rows);
        }
        json_decref(json);
    }
    assert_run(0, "inspect labels.csv --json");
    assert_out("\"columns\": [\n      \"customer_id\",\n      \"cluster\"\n    ],\n");
    assert_run(0, "inspect out/manifest.json --json");
    assert_out("\"format\": \"tesela manifest\"");
    assert_out(": 0.25"); /* numbers as they were written */
    put("x.json", "{\"format\": \"tesela nothing\"}");
    put("broken.json", "{\"format\": ");
    put("x.npy", "\x93NUMPY\x01");
    put("empty", "");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_run(3, "inspect %s --json", others[i]);
        assert_string_equal(last_outcome()->out, "");
        assert_err(others[i]);
    }
}

/* A run's folder and its summary.json are the same thing; --json gives it back as it is. */
static void inspects_a_run(void **state)
{
    (void)state;
    make_run("--quiet");
    assert_run(0, "inspect out/summary.json");
    char *first = strdup(last_outcome()->out);
    assert_run(0, "inspect out");
    assert_string_equal(last_outcome()->out, first);
    free(first);
    assert_out("transactions");
    assert_out("VIP");
    assert_out("kernel: ");
    assert_run(0, "inspect out --lang zh");
    assert_out("金卡");
    assert_out("消费"); /* in a segment's name, though the run was in English */
    assert_run(0, "inspect out --json");
    json_t *json = get_json();
    char *text = get("out/summary.json", NULL);
    json_t *kept = json_loads(text, 0, NULL);
    assert_true(json_equal(json, kept));
    json_decref(json);
    json_decref(kept);
    free(text);
    remove("out/summary.json");
    assert_run(3, "inspect out");
    assert_err("out/summary.json: ");
}

static void draws_the_report_again(void **state)
{
    (void)state;
    make_run("--quiet");
    assert_run(0, "report out --lang zh");
    assert_string_equal(last_outcome()->out, "out/report.html\n");
    char *zh = get("out/report.html", NULL);
    assert_run(0, "report out --output en.html --lang en");
    char *en = get("en.html", NULL);
    assert_string_not_equal(zh, en);
    assert_non_null(strstr(zh, "\"zh\""));
    free(zh);
    free(en);
    remove("out/report.html");
    remove("out/report.json");
    assert_run(0, "report out/summary.json"); /* beside it, where none is */
    assert_string_equal(last_outcome()->out, "out/report.html\n");
    assert_same_file("out/report.html", "en.html");
    assert_same_file("out/report.json", "en.json");
    assert_run(1, "report out/summary.json");
    assert_err("out/report.html: is there already; --force replaces it");
    assert_run(0, "report out/summary.json --force --quiet");
    assert_false(exists("report.html"));
    assert_run(0, "report out --output -");
    assert_non_null(strstr(last_outcome()->out, "</html>"));
    assert_run(0, "report out --output r.html --json");
    json_t *json = get_json();
    assert_int_equal((int)json_at(json, "customers"), 200);
    json_decref(json);
}

/* The sentence in segments.csv: one day is a day, and who has no tier is told which one he is under. */
static void says_why(void **state)
{
    (void)state;
    put("t.csv", "customer_id,order_id,date,amount\na,1,2024-01-05,25.50\na,2,2024-02-03,31\nb,3,2024-03-10,8\n"
                 "c,4,2024-03-10,-8\nd,5,2024-02-10,900\n");
    static const struct {
        const char *tiers, *lang, *reason;
    } cases[] = {
        {"cuts:1000,500,100,50", "en",
         ",\"bought once, 1 day ago, new for 30 days; value 8.00, under Bronze (from 50.00)\","},
        {"cuts:1000,500,100,50", "en",
         ",\"bought once, 30 days ago, new for 30 days; value 900.00, Gold from 500.00\","},
        {"cuts:1000,500,100,80", "en", "the usual 29; value 56.50, under Bronze (from 80.00)\","},
        {"cuts:1000,500,100,50", "zh", ",仅购买一次，在 1 天前，新客期为 30 天；价值 8.00，低于铜卡起点 50.00,"},
        {"quantile:25%,0%,0%,0%", "en", "returns or cancelled orders only; value -8.00, under VIP (from 900.00)\","},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_run(0, "run --transactions t.csv --k 2 --output out --force --quiet --tiers %s --lang %s",
                   cases[i].tiers, cases[i].lang);
        char *csv = get("out/segments.csv", NULL);
        if (!strstr(csv, cases[i].reason)) {
            fail_msg("%s: not in\n%s", cases[i].reason, csv);
        }
        free(csv);
    }
}

static void says_nothing_twice(void **state)
{
    (void)state;
    put_orders("t.csv", 60, 6);
    put("bad.csv", "CustomerID,InvoiceNo,InvoiceDate,Amount,StockCode\n,1,2018-01-01,5,P1\n");
    assert_run(0, "features --transactions t.csv bad.csv --output f.h5");
    assert_err("361 rows read, 360 used, 1 rejected (1 no_customer)");
    assert_out("60 customers");
    for (const char *line = last_outcome()->err; *line; line += strcspn(line, "\n") + 1) {
        char one[1024];
        snprintf(one, sizeof one, "%.*s\n", (int)strcspn(line, "\n"), line);
        const char *rest = line + strcspn(line, "\n") + 1;
        assert_null(strstr(rest, one));
    }
}

/* Rules that are the segments are shown whole, on as many lines as they take. */
static void shows_rules_whole(void **state)
{
    (void)state;
    void *file = put_open("people.csv");
    put_line(file, "customer_id,visits_to_the_shop_in_a_usual_year,letters_answered_in_a_usual_year,score,responded\n");
    for (int i = 0; i < 800; i++) {
        const int visits = i * 37 % 41, letters = i * 53 % 47;
        put_line(file, "c%03d,%d,%d,%d,%d\n", i, visits, letters, 100 * (visits > 20) + 40 * (letters > 23) + i % 7,
                 visits > 20 ? i % 2 : i % 10 == 0);
    }
    put_close(file);
    assert_run(0, "run --customers people.csv --target score --k 4 --descriptors none --output out");
    const char *table = strstr(last_outcome()->out, "Target: score");
    assert_non_null(table);
    assert_null(strstr(table, "\xE2\x80\xA6"));
    assert_out(
        "at most 20 and letters\n                                           answered in a usual year at most 23\n");
    assert_out("customers of whom it is known\n");
    assert_run(0, "run --customers people.csv --target responded --descriptors none --output out --force");
    assert_out("customers of whom it is known and whom the tree was not grown from");
    assert_run(0, "run --customers people.csv --target responded --lang zh --descriptors none --output out --force");
    assert_out("均为未参与建树者");
}

/* A cluster's rule is shown whole, too. */
static void shows_rules_of_clusters_whole(void **state)
{
    (void)state;
    void *file = put_open("calls.csv");
    put_line(file, "minutes_of_calls_in_a_usual_month,messages_answered_in_a_usual_year\n");
    for (int i = 0; i < 400; i++) {
        put_line(file, "%d,%d\n", 10 + 40 * (i % 2) + i % 7, 10 + 40 * (i / 2 % 2) + i % 5);
    }
    put_close(file);
    assert_run(0, "cluster calls.csv --k 4");
    const char *table = strstr(last_outcome()->out, "Coverage  Rule");
    assert_non_null(table);
    assert_null(strstr(table, "\xE2\x80\xA6"));
    assert_non_null(strstr(table, "minutes of calls in a usual month over"));
    assert_non_null(strstr(table, "answered in a usual year at most")); /* the end of a rule, on its second line */
}

/* Who was where before is told by codes: the numbers of then and now are not the same. */
static void shows_the_previous_by_codes(void **state)
{
    (void)state;
    put_orders("t.csv", 200, 10);
    put_orders("few.csv", 120, 4);
    assert_run(0, "run --transactions few.csv --output before --evidence none --quiet");
    assert_run(0, "run --transactions t.csv --previous before --output after --evidence none");
    assert_out("\n  Code ");
    assert_out("\n  SMALL_QUIET   Small, "); /* the name goes on in the next line */
    assert_out("GOOD_QUIET (56)\n");
    char *text = get("after/summary.json", NULL);
    json_t *json = json_loads(text, 0, NULL);
    const json_t *then = json_object_get(json_object_get(json, "previous"), "segments");
    const json_t *now = json_object_get(json, "segments");
    assert_string_equal(json_string_value(json_object_get(json_array_get(then, 0), "code")), "ACTIVE_SMALL");
    assert_string_equal(json_string_value(json_object_get(json_array_get(now, 0), "code")), "GOOD_QUIET");
    json_decref(json);
    free(text);
}

/* 240 customers: 180 bought once, a third of them long ago, of the others half much and half little; with later, all
 * but three of those who bought much bought again. */
static void put_singles(const char *name, int later)
{
    void *file = put_open(name);
    put_line(file, "customer_id,date,amount");
    for (int i = 0; i < 240; i++) {
        const int kind = i / 60; /* little, much, long ago, more than once */
        put_line(file, "c%03d,2023-%02d-%02d,%d", i, kind == 2 ? 1 : 12, 1 + i % 28, (kind == 1 ? 900 : 9) + i % 5);
        for (int n = 0; n < (kind == 3 ? 2 + i % 4 : later && kind == 1 && i > 62); n++) {
            put_line(file, "c%03d,2023-%02d-%02d,%d", i, 10 - 2 * n, 1 + (i + 9 * n) % 28, 30 + i % 50);
        }
    }
    put_close(file);
}

/* Who is in the class that his was joined into has stayed, and that one is not new. */
static void shows_what_was_joined(void **state)
{
    (void)state;
    put_singles("then.csv", 0);
    put_singles("now.csv", 1);
    assert_run(0, "run --transactions then.csv --output before --evidence none --holdout 0");
    assert_out("Once, recent, larger");
    for (int zh = 0; zh < 2; zh++) {
        assert_run(0,
                   "run --transactions now.csv --previous before --output after --evidence none --holdout 0 --force "
                   "--lang %s",
                   zh ? "zh" : "en");
        assert_out(zh ? "并入 ONCE_RECENT" : "joined into ");
        assert_out(zh ? "ONCE_RECENT_SMALLER"
                      : "Merged of ONCE_RECENT_LARGER, ONCE_RECENT_SMALLER: ONCE_RECENT, Once, recent");
        assert_null(strstr(last_outcome()->out, zh ? "本次新增：ONCE" : "New: ONCE"));
        assert_null(strstr(last_outcome()->out, "ONCE_RECENT ("));
    }
    char *text = get("after/summary.json", NULL);
    json_t *json = json_loads(text, 0, NULL);
    const json_t *then = json_object_get(json_object_get(json, "previous"), "segments");
    for (size_t s = 0, joined = 0; s < json_array_size(then); s++) {
        const json_t *of = json_array_get(then, s);
        joined += json_array_size(json_object_get(of, "joined_into"));
        if (strcmp(json_string_value(json_object_get(of, "code")), "ONCE_RECENT_SMALLER") == 0) {
            assert_int_equal(json_integer_value(json_object_get(of, "stayed")), 60);
        }
        assert_true(s + 1 < json_array_size(then) || joined == 2);
    }
    json_decref(json);
    free(text);
}

/* Six hundred customers, of whom every second bought once in the first ten months; with later, the others bought again
 * in the nine months after, so that nobody is left who bought once and lately. */
static void put_months(const char *name, int later)
{
    void *file = put_open(name);
    put_line(file, "customer_id,date,amount\n");
    for (int i = 0; i < 600; i++) {
        const int purchases = i % 2 ? 1 : 2 + i / 2 % 11;
        for (int n = 0; n < purchases + later * (i % 2 ? 0 : 1 + i % 3); n++) {
            const int day = n < purchases ? (i * 37 + n * 101) % 300 : 560 + (i * 7 + n * 13) % 40;
            put_line(file, "c%03d,%d-%02d-%02d,%d.%02d\n", i, 2023 + day / 336, 1 + day % 336 / 28, 1 + day % 28,
                     5 + (i * 53 + n * 29) % 90, i % 100);
        }
    }
    put_close(file);
}

/* A segment of nobody is left out of the summary: behind it the others keep their numbers, and names go by these. */
static void shows_segments_by_number(void **state)
{
    (void)state;
    put_months("then.csv", 0);
    put_months("now.csv", 1);
    assert_run(0, "run --transactions then.csv --output before --evidence none --quiet");
    for (int zh = 0; zh < 2; zh++) {
        assert_run(0,
                   "run --transactions now.csv --previous before --output after --evidence none --history 0 --force "
                   "--lang %s",
                   zh ? "zh" : "en");
        assert_null(strstr(last_outcome()->out, "\xE2\x86\x92")); /* none has another name */
        assert_out("ONCE_LAPSED (");
        assert_null(strstr(last_outcome()->out, zh ? "本次新增：" : "New: "));
    }
    char *text = get("after/summary.json", NULL);
    json_t *json = json_loads(text, 0, NULL);
    const json_t *segments = json_object_get(json, "segments");
    const size_t last = json_array_size(segments) - 1;
    assert_true(json_number_value(json_object_get(json_array_get(segments, last), "segment")) > (double)last + 1);
    json_decref(json);
    free(text);
}

/* An id that would speak to the terminal does not: in errors and where a customer is told of; notes name nobody. */
static void cleans_ids(void **state)
{
    (void)state;
    void *file = put_open("people.csv");
    put_line(file, "customer_id,income,visits\n");
    for (int i = 0; i < 300; i++) {
        put_line(file, "c%03d,%d,%d\n", i, 1000 + i * 37 % 400, i * 53 % 47);
    }
    put_line(file, "far\033[31m,9000000,4\n");
    put_close(file);
    assert_run(0, "run --customers people.csv --output out --evidence none");
    assert_err(": rows by id 301; ");
    assert_null(strstr(last_outcome()->err, "[31m"));
    assert_null(strchr(last_outcome()->err, '\033'));
    assert_run(0, "explain out/model.h5 --features out/features.h5 --customer far\033[31m");
    assert_out("Customer far?[31m: ");
    assert_null(strchr(last_outcome()->out, '\033'));
    assert_run(3, "explain out/model.h5 --features out/features.h5 --customer fa\033[31m");
    assert_err("there is no \"fa?[31m\"; did you mean \"far?[31m\"?");
    assert_run(0, "explain out/model.h5 --features out/features.h5 --customer far\033[31m --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "customer"), "far\033[31m");
    json_decref(json);
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(ends_with_a_table),
        IN_SANDBOX(explains),
        IN_SANDBOX(explains_a_selection),
        IN_SANDBOX(inspects),
        IN_SANDBOX(inspects_those_who_are_apart),
        IN_SANDBOX(inspects_a_run),
        IN_SANDBOX(inspects_as_json),
        IN_SANDBOX(speaks_chinese),
        IN_SANDBOX(draws_the_report_again),
        IN_SANDBOX(says_nothing_twice),
        IN_SANDBOX(says_why),
        IN_SANDBOX(counts_rows),
        IN_SANDBOX(rounds_large_values),
        IN_SANDBOX(writes_rules),
        IN_SANDBOX(explains_a_customer),
        IN_SANDBOX(shows_rules_whole),
        IN_SANDBOX(shows_rules_of_clusters_whole),
        IN_SANDBOX(shows_the_previous_by_codes),
        IN_SANDBOX(shows_what_was_joined),
        IN_SANDBOX(shows_segments_by_number),
        IN_SANDBOX(cleans_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
