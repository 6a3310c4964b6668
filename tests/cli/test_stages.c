/* test_stages.c: one answer: whatever the threads, the order of the lines, the
 * split into files, and whether the stages run together or one by one. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/label.h>

enum { CUSTOMERS = 240, LINES = 12, SWEEP_MAX = 5 };

/* Two tables, some lines of which are no good. */
static void put_tables(void)
{
    put_orders("orders.csv", CUSTOMERS, LINES);
    void *file = put_open("people.csv");
    put_line(file, "CustomerID,Gender,Income,Member");
    for (int i = 0; i < CUSTOMERS + 10; i++) {
        put_line(file, "C%05d,%s,%d,%s", i, i % 3 ? "F" : "M", 20000 + 137 * (i % 91), i % 2 ? "yes" : "no");
    }
    put_close(file);
}

static void assert_same_runs(const char *a, const char *b)
{
    static const char *const files[] = {"features.h5", "model.h5", "segments.csv", "rejects.csv"};
    char first[256], second[256];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(first, sizeof first, "%s/%s", a, files[i]);
        snprintf(second, sizeof second, "%s/%s", b, files[i]);
        assert_same_file(first, second);
    }
}

static void has_one_answer_for_any_threads(void **state)
{
    static const int threads[] = {1, 2, 3, 7, 1};
    (void)state;
    put_tables();
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        assert_run(
            0, "run --transactions orders.csv --customers people.csv --k-max %d --output out%zu --threads %d --quiet",
            SWEEP_MAX, i, threads[i]);
        if (i > 0) {
            char name[16];
            snprintf(name, sizeof name, "out%zu", i);
            assert_same_runs("out0", name);
        }
    }
}

static void gives_the_same_bytes_stage_by_stage(void **state)
{
    static const struct {
        const char *run, *features, *cluster, *label;
    } options[] = {
        {"", "", "", ""},
        {"--lang zh", "", "", "--lang zh"},
        /* the choice of columns is the recipe's, and the value that of whoever makes the model */
        {"--value lines --include lines --exclude 'Gender*' --leaves 9 --seed 5 --restarts 3",
         "--include lines --exclude 'Gender*'",
         "--value lines --include lines --exclude 'Gender*' --leaves 9 --seed 5 --restarts 3", ""},
        {"--tiers revenue:50%,20%,15%,10%", "", "--tiers revenue:50%,20%,15%,10%", ""},
    };
    (void)state;
    put_tables();
    put("bad.csv", "CustomerID,InvoiceNo,InvoiceDate,Amount,StockCode\n,1,2018-01-01,5,P1\n");
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        assert_run(0, "run --transactions orders.csv bad.csv --customers people.csv --k-max %d --output out --force %s",
                   SWEEP_MAX, options[i].run);
        assert_run(0,
                   "features --transactions orders.csv bad.csv --customers people.csv --output f.h5 --rejects r.csv "
                   "--force --apart potential %s", /* as a range of k sets apart */
                   options[i].features);
        assert_run(0, "cluster f.h5 --k-max %d --output m.h5 --force %s", SWEEP_MAX, options[i].cluster);
        assert_run(0, "label f.h5 m.h5 --output s.csv --force %s", options[i].label);
        assert_same_file("out/features.h5", "f.h5");
        assert_same_file("out/model.h5", "m.h5");
        assert_same_file("out/segments.csv", "s.csv");
        assert_same_file("out/rejects.csv", "r.csv");
        assert_run(0, "report out/summary.json --output r.html --force");
        assert_same_file("out/report.html", "r.html");
    }
}

/* Columns chosen for the clusters alone are the model's: its recipe labels and explains features of the default. */
static void labels_by_the_model_s_choice(void **state)
{
    (void)state;
    put_tables();
    const char *options = "--k 3 --include lines --exclude 'Gender*'";
    assert_run(0, "run --transactions orders.csv --customers people.csv --output out %s", options);
    assert_run(0, "features --transactions orders.csv --customers people.csv --output f.h5");
    assert_run(0, "cluster f.h5 --output m.h5 %s", options);
    assert_same_file("out/model.h5", "m.h5");
    assert_run(0, "label f.h5 m.h5 --output s.csv");
    assert_same_file("out/segments.csv", "s.csv");
    assert_run(0, "explain m.h5 --json");
    json_t *kept = get_json();
    assert_run(0, "explain m.h5 --features f.h5 --json");
    json_t *built = get_json();
    assert_true(json_at(built, "clusters.tree.cost_ratio") == json_at(kept, "clusters.tree.cost_ratio"));
    json_decref(kept);
    json_decref(built);
}

/* Customers alone, ranked by a column whose name does not tell that it is a value. */
static void counts_what_ranks_as_value(void **state)
{
    (void)state;
    void *file = put_open("points.csv");
    put_line(file, "Region,Points,Age");
    for (int i = 0; i < 60; i++) {
        put_line(file, "%d,%d,%d", 1 + i % 3, i * i % 101, 20 + i * 7 % 50);
    }
    put_close(file);
    assert_run(0, "run --customers points.csv --customer-id # --value Points --k-max 3 --output out --force");
    assert_err("  Points: number, value\n");
    assert_err("  Region: category, demographic (by its name the numbers are codes)\n");
    assert_run(0, "features --customers points.csv --customer-id # --value Points --output f.h5");
    assert_run(0, "cluster f.h5 --value Points --k-max 3 --output m.h5");
    assert_run(0, "label f.h5 m.h5 --output s.csv");
    assert_same_file("out/features.h5", "f.h5");
    assert_same_file("out/model.h5", "m.h5");
    assert_same_file("out/segments.csv", "s.csv");
    put("c.yaml", "customers: {id: \"#\"}\ntiers: {value: Points}\n");
    assert_run(0, "features --customers points.csv --config c.yaml --output g.h5");
    assert_same_file("f.h5", "g.h5");
}

/* ---- The main job: clusters about typical places, and those who are set apart --------- */

/* Some who came back, 90 who bought once and then or lately, 7 who only gave back. */
static void put_shop(const char *name)
{
    put_orders(name, CUSTOMERS, LINES);
    FILE *file = fopen(name, "ab");
    assert_non_null(file);
    for (int i = 0; i < 97; i++) {
        put_line(file, "S%03d,SI%d,%s-%02d,%d.%02d,P1", i, i, i % 2 ? "2018-03" : "2019-06", 1 + i % 14,
                 i < 90 ? 1 + i * i % 300 : -5, i % 100);
    }
    put_close(file);
}

static tsl_features *read_features(const char *path)
{
    tsl_features *f = NULL;
    assert_int_equal(tsl_features_read(&(tsl_source){.path = path}, NULL, &f, NULL), TSL_OK);
    return f;
}

/* The way of every customer down the tree of the model. */
static int32_t *predict_by_tree(const tsl_features *f, const tsl_tree *tree)
{
    double *x = calloc(f->customers * tree->cols, sizeof *x);
    int32_t *group = calloc(f->customers, sizeof *group);
    for (size_t c = 0; c < tree->cols; c++) {
        const size_t from = tsl_features_get_index(f, tree->column[c].name);
        assert_true(from < f->feature_count);
        for (size_t i = 0; i < f->customers; i++) {
            x[i * tree->cols + c] = f->x[i * f->feature_count + from];
        }
    }
    const tsl_matrix raw = {x, f->customers, tree->cols, tree->cols, TSL_F64};
    assert_int_equal(tsl_tree_predict(tree, &raw, NULL, NULL, group, NULL), TSL_OK);
    free(x);
    return group;
}

/* Whom a rule sets apart is in the leaf of his segment, and nobody else is there. */
static void check_tree(const char *features_path, const char *model_path)
{
    tsl_features *f = read_features(features_path);
    tsl_segmentation *s = NULL;
    size_t apart = 0;
    assert_int_equal(tsl_segmentation_read(&(tsl_source){.path = model_path}, &s, NULL), TSL_OK);
    int32_t *group = predict_by_tree(f, s->model->tree);
    for (size_t i = 0; i < f->customers; i++) {
        if (f->apart[i] >= 0) {
            assert_int_equal(group[i], s->model->k + f->apart[i]);
            apart++;
        } else {
            assert_true(group[i] < s->model->k);
        }
    }
    assert_int_equal(apart, 97);
    assert_int_equal(s->model->class_count, s->recipe->class_count);
    for (int g = 0; g < tsl_model_get_groups(s->model); g++) {
        assert_true(s->model->code[g][0] != '\0');
    }
    free(group);
    tsl_segmentation_free(s);
    tsl_features_free(f);
}

/* The second field of each line below the head, one a line. */
static void assert_same_groups(const char *a, const char *b)
{
    char *p = get(a, NULL), *q = get(b, NULL);
    const char *at = strchr(p, '\n') + 1, *bt = strchr(q, '\n') + 1;
    for (; *at && *bt; at = strchr(at, '\n') + 1, bt = strchr(bt, '\n') + 1) {
        assert_int_equal(strtol(strchr(at, ',') + 1, NULL, 10), strtol(strchr(bt, ',') + 1, NULL, 10));
    }
    assert_true(!*at && !*bt);
    free(p);
    free(q);
}

static void gives_the_main_job_one_answer(void **state)
{
    (void)state;
    put_shop("orders.csv");
    assert_run(0, "run --transactions orders.csv --anchors typical --output a --threads 1 --json");
    json_t *json = get_json();
    assert_int_equal((int)json_array_size(json_object_get(json, "segments")), (int)json_at(json, "clusters.k") + 3);
    json_decref(json);
    assert_run(0, "run --transactions orders.csv --anchors typical --output b --threads 2 --quiet");
    assert_run(0, "run --transactions orders.csv --anchors typical --output c --threads 3 --quiet");
    assert_same_runs("a", "b");
    assert_same_runs("a", "c");
    /* stage by stage */
    assert_run(0, "features --transactions orders.csv --output f.h5 --quiet");
    assert_run(0, "cluster f.h5 --anchors typical --output m.h5 --labels l.csv --quiet");
    assert_run(0, "label f.h5 m.h5 --output s.csv --quiet");
    assert_same_file("a/features.h5", "f.h5");
    assert_same_file("a/model.h5", "m.h5");
    assert_same_file("a/segments.csv", "s.csv");
    assert_same_groups("a/segments.csv", "l.csv");
    /* applied to what it was fitted on */
    assert_run(0, "run --transactions orders.csv --model a/model.h5 --output d --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "drift.verdict"), "fits");
    assert_true(json_at(json, "drift.segments_psi") == 0);
    assert_true(json_at(json, "drift.agreement_now") == json_at(json, "drift.agreement_then"));
    json_decref(json);
    assert_same_runs("a", "d");
    assert_run(0, "assign f.h5 a/model.h5 --output g.csv --quiet");
    assert_same_groups("a/segments.csv", "g.csv");
    check_tree("a/features.h5", "a/model.h5");
}

/* A k that is asked of features that are there sets apart whom a run with it does. */
static void asks_a_k_of_features(void **state)
{
    (void)state;
    put_shop("orders.csv");
    assert_run(0, "features --transactions orders.csv --exclude frequency --output f.h5 --quiet");
    assert_run(0, "run --transactions orders.csv --exclude frequency --k 3 --output out --quiet");
    assert_run(0, "cluster f.h5 --k 3 --output m.h5 --json");
    json_t *json = get_json();
    assert_int_equal((int)json_at(json, "clusters.columns"), 2); /* frequency stays out */
    json_decref(json);
    assert_run(0, "label f.h5 m.h5 --output s.csv --quiet");
    assert_same_file("out/segments.csv", "s.csv");
    assert_run(0, "features --transactions orders.csv --output g.h5 --quiet");
    assert_run(0, "run --transactions orders.csv --k 3 --output all --quiet");
    assert_run(0, "cluster g.h5 --k 3 --output n.h5 --quiet");
    assert_same_file("all/model.h5", "n.h5");
    assert_run(2, "cluster f.h5 --k 3 --anchors typical");
    assert_err("--k and --anchors contradict each other");
    assert_run(2, "cluster f.h5 --basis cor");
    assert_err("--basis: \"cor\" is none (did you mean core?)");
    assert_run(0, "cluster f.h5 --basis core+weekend_share --anchors none --json"); /* chosen anew */
    json = get_json();
    assert_int_equal((int)json_at(json, "clusters.columns"), 4);
    json_decref(json);
    put("c.yaml", "cluster: {k: 3, anchors: none}\n");
    assert_run(0, "cluster f.h5 --config c.yaml --anchors typical --json"); /* the line stands before it */
    json = get_json();
    assert_string_equal(json_text_at(json, "clusters.method"), "anchored");
    assert_non_null(strstr(json_text_at(json, "clusters.choice"), "typical places"));
    json_decref(json);
}

/* Lines in reverse, and the file split in two: the head goes with both. */
static void does_not_see_the_order_of_lines(void **state)
{
    size_t length, count = 0;
    char *lines[CUSTOMERS * LINES + 1];
    (void)state;
    put_tables();
    char *text = get("orders.csv", &length);
    const char *head = strtok(text, "\n");
    for (char *line = strtok(NULL, "\n"); line; line = strtok(NULL, "\n")) {
        lines[count++] = line;
    }
    void *turned = put_open("turned.csv"), *first = put_open("first.csv"), *second = put_open("second.csv");
    put_line(turned, "%s", head);
    put_line(first, "%s", head);
    put_line(second, "%s", head);
    for (size_t i = 0; i < count; i++) {
        put_line(turned, "%s", lines[count - 1 - i]);
        put_line(i * 37 % 5 < 2 ? first : second, "%s", lines[i]);
    }
    put_close(turned);
    put_close(first);
    put_close(second);
    free(text);
    assert_run(0, "run --transactions orders.csv --k-max %d --output a --quiet", SWEEP_MAX);
    assert_run(0, "run --transactions turned.csv --k-max %d --output b --quiet", SWEEP_MAX);
    assert_run(0, "run --transactions second.csv first.csv --k-max %d --output c --quiet", SWEEP_MAX);
    assert_same_file("a/segments.csv", "b/segments.csv");
    assert_same_file("a/segments.csv", "c/segments.csv");
    assert_same_file("a/features.h5", "b/features.h5");
    assert_same_file("a/features.h5", "c/features.h5");
    assert_run(0, "run --transactions orders.csv --output d --quiet"); /* by default, too */
    assert_run(0, "run --transactions turned.csv --output e --quiet");
    assert_same_file("d/model.h5", "e/model.h5");
    assert_same_file("d/segments.csv", "e/segments.csv");
}

static void reads_standard_input_and_writes_there(void **state)
{
    (void)state;
    put_tables();
    char *text = get("orders.csv", NULL);
    text[1 << 15] = '\0'; /* what a pipe surely takes, up to a whole line */
    *strrchr(text, '\n') = '\0';
    put("part.csv", text);
    assert_run(0, "features --transactions part.csv --output a.h5 --quiet");
    assert_int_equal(run_with(&(setting){.input = text}, "features --transactions - --output b.h5 --quiet")->status, 0);
    assert_same_file("a.h5", "b.h5");
    free(text);
    assert_run(0, "cluster a.h5 --k 3 --output m.h5 --quiet");
    assert_run(0, "label a.h5 m.h5 --output s.csv --quiet");
    assert_run(0, "label a.h5 m.h5 --output -");
    char *segments = get("s.csv", NULL);
    assert_string_equal(last_outcome()->out, segments);
    free(segments);
}

/* Without a day given, the day follows the last row of any event table, which is said. */
static void ends_with_the_last_row(void **state)
{
    (void)state;
    put("t.csv", "customer,date,amount\nx,2020-03-04,2\ny,2020-04-05 23:59:59,1\nz,2020-01-04,4\n");
    put("i.csv", "customer,date,kind\nx,2020-04-05,visit\ny,2020-04-06,visit\nz,2020-03-01,visit\n");
    assert_run(0, "features --transactions t.csv --interactions i.csv --output f.h5 --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "as_of"), "2020-04-07");
    assert_string_equal(json_text_at(json, "as_of_from"), "interactions");
    assert_int_equal((int)json_at(json, "rows.interactions.used"), 3);
    json_decref(json);
    assert_err("as of 2020-04-07, the day after the last row of interactions; the transactions end on 2020-04-05");
    assert_run(0, "features --transactions t.csv --interactions i.csv --output f.h5 --force");
    assert_out("3 customers, as of 2020-04-07, the day after the last row of interactions\n");
    assert_run(0, "features --transactions t.csv --interactions i.csv --output f.h5 --force --until 2020-03-31 --json");
    json = get_json();
    assert_int_equal((int)json_at(json, "rows.interactions.used"), 1);
    assert_int_equal((int)json_at(json, "rows.transactions.used"), 2);
    json_decref(json);
}

/* Where interactions go on long behind the transactions, no period without any of these is held out. */
static void holds_no_empty_period_out(void **state)
{
    (void)state;
    char orders[4000] = "customer,date,amount\n";
    for (int i = 0; i < 60; i++) {
        sprintf(orders + strlen(orders), "c%d,%d-%02d-%02d,%d\n", i % 12, 2019 + i % 2, 1 + i % 12, 1 + i % 28,
                5 + i * i % 40);
    }
    put("t.csv", orders);
    put("i.csv", "customer,date,kind\nc1,2020-03-04 10:00,visit\nc2,2021-06-01 10:00,visit\n");
    assert_run(0, "run --transactions t.csv --interactions i.csv --output out --force --evidence none");
    assert_err(
        "as of 2021-06-02, the day after the last row of interactions; the transactions end on 2020-12-24 (--as-of "
        "2020-12-25 ends all there)");
    assert_err("that takes a transaction in its 90 days, and the last is of 2020-12-24");
}

/* A declared zone holds for what is read like it. */
static void keeps_the_time_zone(void **state)
{
    (void)state;
    put("t.csv", "customer,date,amount\nx,2020-03-04T01:00Z,2\ny,2020-04-05T20:30Z,1\nz,2020-01-04T10:00Z,4\n");
    assert_run(0, "features --transactions t.csv --timezone Asia/Shanghai --output f.h5 --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "as_of"), "2020-04-07"); /* 04:30 of the next day */
    json_decref(json);
    assert_run(0, "features --transactions t.csv --like f.h5 --output g.h5 --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "as_of"), "2020-04-07");
    json_decref(json);
    put("c.yaml", "timezone: \"-08:00\"\n");
    assert_run(0, "features --config c.yaml --transactions t.csv --output h.h5 --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "as_of"), "2020-04-06");
    assert_string_equal(json_text_at(json, "rows.transactions.first"), "2020-01-04T02:00:00");
    json_decref(json);
    assert_run(2, "features --transactions t.csv --timezone Mars --output i.h5");
    assert_err("\"Mars\" is no time zone of the system's database");
}

/* Rates of the command line, of a configuration, and of an earlier run. */
static void converts_currencies(void **state)
{
    static const struct {
        const char *arguments;
        double worth;
    } ways[] = {{"--rates EUR=1,USD=0.5", 13},
                {"--config r.yaml", 13},
                {"--config long.yaml", 13},
                {"--config r.yaml --rates EUR=1,USD=2", 28},
                {"--config written.yaml", 13},
                {"--like f.h5", 13},
                {"--like f.h5 --rates USD=0.25,EUR=1", 10.5}};
    (void)state;
    put("t.csv", "customer,date,amount,currency\nx,2020-03-04,4,EUR\ny,2020-04-05,8,USD\nz,2020-01-04,4,EUR\n"
                 "x,2020-03-05,2,USD\n");
    put("r.yaml", "rates: {EUR: 1, USD: 0.50}\n");
    put("long.yaml", "rates:\n  EUR: {rate: 1}\n  USD: {rate: \"0.5\"}\n");
    assert_run(3, "features --transactions t.csv --output no.h5");
    assert_err("holds several currencies");
    assert_err("--rates converts them (EUR=1,USD=0.92)");
    assert_run(0, "check --transactions t.csv --config r.yaml --write-config written.yaml");
    assert_run(0, "features --transactions t.csv --config r.yaml --output f.h5");
    assert_err("amounts are converted to EUR by the rates given: 2 in EUR (8.00), 2 in USD at 0.5 (10.00, worth 5.00)");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_run(0, "features --transactions t.csv %s --output g.h5 --force --json", ways[i].arguments);
        json_t *json = get_json();
        assert_true(json_at(json, "totals.monetary_total") == ways[i].worth);
        assert_string_equal(json_text_at(json, "totals.currency"), "EUR");
        assert_string_equal(json_text_at(json, "rows.transactions.converted.1.currency"), "USD");
        assert_true(json_at(json, "rows.transactions.converted.1.sum") == 10);
        json_decref(json);
    }
    assert_run(2, "features --transactions t.csv --rates EUR --output h.h5");
    assert_err("--rates: \"EUR\" is not CURRENCY=RATE");
    assert_run(2, "features --transactions t.csv --rates EUR=1,EUR=2 --output h.h5");
    assert_err("rates: EUR stands twice");
    put("bad.yaml", "rates: {EUR: 1, USD: free}\n");
    assert_run(2, "features --transactions t.csv --config bad.yaml --output h.h5");
    assert_err("rates: USD: \"free\" is no number above 0");
    assert_run(3, "features --transactions t.csv --rates EUR=1,GBP=2 --output h.h5");
    assert_err("t.csv:3: currency: \"USD\" has no rate; there are rates of EUR and GBP");
}

/* Files of one length are the same where their bytes are, and switches stand in a configuration. */
static void tells_twins_and_heeds_switches(void **state)
{
    (void)state;
    static const char one[] = "customer_id,date,amount\na,2024-01-02,5.00\nA,2024-01-03,6.00\nc,2024-02-05,7.50\n";
    put("one.csv", one);
    put("two.csv", "customer_id,date,amount\na,2024-03-02,5.00\nA,2024-03-03,6.00\nd,2024-02-05,7.50\n");
    put("three.csv", one);
    put("switches.yaml", "id_normalise: yes\ndrop_duplicates: true\n");
    assert_run(0, "features one.csv two.csv --output f.h5");
    assert_null(strstr(last_outcome()->err, "same bytes"));
    assert_out("4 customers");
    assert_run(0, "features one.csv two.csv three.csv --output g.h5 --config switches.yaml");
    assert_err("three.csv holds the same bytes as one.csv");
    assert_err("9 rows read, 6 used, 3 rejected");
    assert_out("3 customers");
    put("switches.yaml", "id_normalise: no\n");
    assert_run(0, "features one.csv two.csv --output h.h5 --config switches.yaml");
    assert_out("4 customers");
}

/* --json and the summary of a run are one document, and nothing else is printed. */
static void prints_its_summary(void **state)
{
    (void)state;
    put_tables();
    assert_run(0, "run --transactions orders.csv --customers people.csv --k 3 --output out --json");
    json_t *json = get_json();
    char *text = get("out/summary.json", NULL);
    json_t *kept = json_loads(text, 0, NULL);
    assert_true(json_equal(json, kept));
    assert_int_equal((int)json_at(json, "clusters.k"), 3);
    assert_int_equal((int)json_at(json, "customers"), CUSTOMERS + 10);
    assert_int_equal((int)json_at(json, "rows.transactions.read"), CUSTOMERS * LINES);
    assert_true(json_at(json, "seconds.total") > 0);
    json_decref(json);
    json_decref(kept);
    free(text);
    text = get("out/manifest.json", NULL);
    kept = json_loads(text, 0, NULL);
    assert_string_equal(json_text_at(kept, "command.1"), "run");
    assert_int_equal(json_integer_value(json_object_get(json_object_get(kept, "options"), "cluster.k")), 3);
    json_decref(kept);
    free(text);
}

/* Two segments with the same total have the same numbers everywhere: in segments.csv, in the summary and so the
 * report, in explain and inspect, and after label. */
static void numbers_equal_totals_alike(void **state)
{
    (void)state;
    const char *orders = source("tests/cli/cases/equal-totals-number-differently/orders.csv");
    assert_run(0, "run --transactions %s --k 2 --output out --json", orders);
    assert_null(strstr(last_outcome()->err, "are numbered by"));
    json_t *json = get_json();
    for (int s = 0; s < 2; s++) { /* one customer of 20.00; the other three have 20.00, too */
        char path[64];
        snprintf(path, sizeof path, "segments.%d.size", s);
        assert_int_equal((int)json_at(json, path), s ? 1 : 3);
        snprintf(path, sizeof path, "segments.%d.value_total", s);
        assert_true(json_at(json, path) == 20);
    }
    json_decref(json);
    char *segments = get("out/segments.csv", NULL);
    assert_non_null(strstr(segments, "\nA,2,"));
    for (int id = 'B'; id <= 'D'; id++) {
        char line[8];
        snprintf(line, sizeof line, "\n%c,1,", id);
        assert_non_null(strstr(segments, line));
    }
    free(segments);
    assert_run(0, "explain out/model.h5");
    assert_out(" (3, 75.0 %), ");
    assert_out(" (1, 25.0 %), ");
    assert_run(0, "inspect out/model.h5 --json");
    json = get_json();
    assert_int_equal((int)json_at(json, "clusters.groups.0.size"), 3);
    json_decref(json);
    assert_run(0, "features --transactions %s --output f.h5", orders);
    assert_run(0, "cluster f.h5 --k 2 --labels c.csv --output m.h5");
    char *clusters = get("c.csv", NULL);
    assert_string_equal(clusters, "customer_id,cluster\nA,2\nB,1\nC,1\nD,1\n");
    free(clusters);
    assert_run(0, "label f.h5 m.h5 --output s.csv");
    assert_same_file("out/segments.csv", "s.csv");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(has_one_answer_for_any_threads),
        IN_SANDBOX(gives_the_same_bytes_stage_by_stage),
        IN_SANDBOX(labels_by_the_model_s_choice),
        IN_SANDBOX(counts_what_ranks_as_value),
        IN_SANDBOX(gives_the_main_job_one_answer),
        IN_SANDBOX(asks_a_k_of_features),
        IN_SANDBOX(does_not_see_the_order_of_lines),
        IN_SANDBOX(reads_standard_input_and_writes_there),
        IN_SANDBOX(prints_its_summary),
        IN_SANDBOX(numbers_equal_totals_alike),
        IN_SANDBOX(ends_with_the_last_row),
        IN_SANDBOX(holds_no_empty_period_out),
        IN_SANDBOX(keeps_the_time_zone),
        IN_SANDBOX(converts_currencies),
        IN_SANDBOX(tells_twins_and_heeds_switches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
