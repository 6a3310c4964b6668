/* test_apply.c: the law of fit and apply, on files: a model applied to what it was
 * fitted on gives the fit's own bytes, to some of the customers their bytes, by
 * whatever road, in whatever order, with any number of threads. */
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/feature.h>

#define TABLES "--customers customers.csv --transactions transactions.csv --interactions interactions.csv"
#define CONFIG "--config company.yaml"

/* The company's three tables, in the folder. */
static void make_company(int customers, int seed)
{
    static const char *const tables[] = {"customers.csv", "transactions.csv", "interactions.csv"};
    assert_run(0, "synth company --customers %d --lines %d --interactions %d --seed %d --output made --quiet",
               customers, 5 * customers, 3 * customers, seed);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char path[256];
        snprintf(path, sizeof path, "made/%s", tables[i]);
        assert_int_equal(rename(path, tables[i]), 0);
    }
    remove_all("made");
    put("company.yaml", "customers:\n  columns:\n    education:\n      type: ordinal\n"
                        "      order: [basic, secondary, bachelor, master, doctorate]\n");
}

static void assert_same_outputs(const char *a, const char *b)
{
    static const char *const files[] = {"features.h5", "model.h5", "segments.csv"};
    char first[256], second[256];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(first, sizeof first, "%s/%s", a, files[i]);
        snprintf(second, sizeof second, "%s/%s", b, files[i]);
        assert_same_file(first, second);
    }
}

/* ---- Rows of files ----------------------------------------------------------------- */

/* The line of a CSV text that begins with this id and a comma, or NULL; *length of it. */
static const char *find_line(const char *text, const char *id, size_t *length)
{
    size_t n = strlen(id);
    for (const char *at = text; *at; at += strcspn(at, "\n") + 1) {
        if (strncmp(at, id, n) == 0 && at[n] == ',') {
            *length = strcspn(at, "\n");
            return at;
        }
    }
    return NULL;
}

/* Every line of `part` below its head is one of `whole`; the number of them. */
static size_t count_common_lines(const char *part, const char *whole)
{
    char *some = get(part, NULL), *all = get(whole, NULL);
    size_t count = 0;
    const char *from = all;
    assert_memory_equal(some, all, strcspn(all, "\n") + 1);
    for (char *at = some + strcspn(some, "\n") + 1; *at; at += strcspn(at, "\n") + 1) {
        size_t length = strcspn(at, "\n"), other;
        char id[64] = "";
        memcpy(id, at, strcspn(at, ","));
        const char *line = find_line(from, id, &other); /* both are in the order of the ids */
        if (!line || other != length || memcmp(line, at, length) != 0) {
            fail_msg("%s: \"%.*s\" is not \"%.*s\" of %s", part, (int)length, at, line ? (int)other : 0, line, whole);
        }
        from = line;
        count++;
    }
    free(some);
    free(all);
    return count;
}

static tsl_features *read_features(const char *path)
{
    tsl_features *features = NULL;
    tsl_error err;
    if (tsl_features_read(&(tsl_source){.path = path}, NULL, &features, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return features;
}

/* A comma within quotes parts no cells. */
static void mask_commas(char *csv)
{
    int quoted = 0;
    for (; *csv; csv++) {
        quoted ^= *csv == '"';
        *csv = quoted && *csv == ',' ? ';' : *csv;
    }
}

/* The rows of X, of the vectors and of the history of `part` are those of `whole`, bit by bit. */
static void assert_same_rows(const char *part, const char *whole)
{
    tsl_features *some = read_features(part), *all = read_features(whole);
    size_t cols = all->feature_count, j = 0;
    assert_int_equal(some->feature_count, cols);
    for (size_t i = 0; i < some->customers; i++) {
        while (j < all->customers && strcmp(all->id[j], some->id[i]) != 0) {
            j++;
        }
        assert_true(j < all->customers);
        assert_memory_equal(some->x + i * cols, all->x + j * cols, cols * sizeof *all->x);
        for (int g = 0; g < TSL_GROUPS; g++) {
            size_t n = all->vector[g].cols;
            assert_memory_equal(some->vector[g].values + i * n, all->vector[g].values + j * n, n * sizeof(float));
        }
        assert_int_equal(!some->history, !all->history);
        if (all->history) {
            assert_memory_equal(some->history + i * TSL_HISTORY_COLUMNS, all->history + j * TSL_HISTORY_COLUMNS,
                                TSL_HISTORY_COLUMNS * sizeof *all->history);
        }
    }
    tsl_features_free(some);
    tsl_features_free(all);
}

/* ---- Parts of tables ---------------------------------------------------------------- */

typedef int (*chooser)(const char *line);

/* The table of those lines that a chooser takes by their ids, after its head; their number. */
static size_t put_part(const char *name, const char *part, chooser take)
{
    char *text = get(name, NULL);
    size_t count = 0, head = strcspn(text, "\n");
    void *file = put_open(part);
    put_line(file, "%.*s", (int)head, text);
    for (const char *at = text + head + 1; *at; at += strcspn(at, "\n") + 1) {
        if (take(at)) {
            put_line(file, "%.*s", (int)strcspn(at, "\n"), at);
            count++;
        }
    }
    put_close(file);
    free(text);
    return count;
}

static char *customers_text; /* of make_company, for choosers that look at more than the id */

static int in_last_digit_3(const char *line)
{
    return line[strcspn(line, ",") - 1] == '3';
}

/* Customers whose line in the customers table holds a word. */
static int has_word(const char *line, const char *word)
{
    char id[64] = "";
    size_t length;
    memcpy(id, line, strcspn(line, ","));
    const char *own = find_line(customers_text, id, &length);
    const char *at = own ? strstr(own, word) : NULL;
    return at && at < own + length;
}

static int is_woman(const char *line)
{
    return has_word(line, ",F,");
}

static int is_northern_clerk(const char *line)
{
    return has_word(line, ",north,") && has_word(line, ",clerk,");
}

static char one_id[64];

static int is_one(const char *line)
{
    size_t n = strlen(one_id);
    return strncmp(line, one_id, n) == 0 && line[n] == ',';
}

/* The first customer who both bought and was seen. */
static void find_one(void)
{
    char *orders = get("transactions.csv", NULL), *visits = get("interactions.csv", NULL);
    size_t length;
    for (int i = 1; i < 400; i++) {
        snprintf(one_id, sizeof one_id, "C%08d", i);
        if (find_line(orders, one_id, &length) && find_line(visits, one_id, &length)) {
            break;
        }
    }
    free(orders);
    free(visits);
}

/* Lines in reverse, the first half of them by turns in two files. */
static void put_shuffled(const char *name, const char *whole, const char *odd, const char *even)
{
    char *text = get(name, NULL), *line[16384];
    size_t count = 0;
    void *files[3] = {put_open(whole), odd ? put_open(odd) : NULL, even ? put_open(even) : NULL};
    char *head = strtok(text, "\n");
    for (char *at = strtok(NULL, "\n"); at; at = strtok(NULL, "\n")) {
        assert_true(count < sizeof line / sizeof *line);
        line[count++] = at;
    }
    for (int f = 0; f < 3; f++) {
        for (size_t i = 0; i <= count && files[f]; i++) {
            const char *at = i ? line[count - i] : head;
            if (i == 0 || f == 0 || (int)(i * 7 % 3 == 0) == f - 1) {
                put_line(files[f], "%s", at);
            }
        }
        if (files[f]) {
            put_close(files[f]);
        }
    }
    free(text);
}

/* ---- The law -------------------------------------------------------------------------- */

static void gives_the_fit_s_own_bytes(void **state)
{
    (void)state;
    make_company(400, 7);
    assert_run(0, "run " CONFIG " " TABLES " --k 4 --output fit --quiet");
    for (int threads = 1; threads <= 5; threads += 2) {
        assert_run(0, "run " CONFIG " " TABLES " --model fit/model.h5 --threads %d --output again --force", threads);
        assert_same_outputs("fit", "again");
        assert_out("the model still fits");
    }
    /* without what the configuration said of the columns: the recipe knows it */
    assert_run(0, "run " TABLES " --model fit/model.h5 --output again --force --quiet");
    assert_same_outputs("fit", "again");
    put_shuffled("customers.csv", "c.csv", NULL, NULL);
    put_shuffled("transactions.csv", "t.csv", "t1.csv", "t2.csv");
    put_shuffled("interactions.csv", "i.csv", "i1.csv", "i2.csv");
    assert_run(0, "run --customers c.csv --transactions t.csv --interactions i.csv --model fit/model.h5 --output again "
                  "--force --quiet");
    assert_same_outputs("fit", "again");
    assert_run(0,
               "run --customers c.csv --transactions t2.csv t1.csv --interactions i2.csv i1.csv --model fit/model.h5 "
               "--output again --force --quiet");
    assert_same_outputs("fit", "again");
}

/* Headers that say nothing, a total that is to be worked out, days before months, words
 * of its own for missing: the configuration says it once, the model ever after. */
static void reads_new_tables_as_those_of_the_fit(void **state)
{
    (void)state;
    put("c.yaml",
        "transactions:\n  columns: {customer: who, time: when, amount: paid * 2}\n"
        "customers:\n  id: person\n  columns:\n    grade: {type: ordinal, order: [low, mid, high], missing: [nix]}\n"
        "    code: {type: category}\n");
    for (int month = 1; month <= 2; month++) {
        void *people = put_open(month == 1 ? "p1.csv" : "p2.csv"), *orders = put_open(month == 1 ? "o1.csv" : "o2.csv");
        put_line(people, "person,grade,code%s", month == 1 ? "" : ",customer_id");
        put_line(orders, "who,when,paid%s", month == 1 ? "" : ",amount,date");
        for (int i = 0; i < 30; i++) {
            static const char *const grades[] = {"low", "mid", "high", "nix"};
            put_line(people, "c%02d,%s,%d%s", i, grades[i % 4], i % 2, month == 1 ? "" : ",x");
            /* the first month shows the order of the days, the second leaves it open */
            put_line(orders, "c%02d,%d/%d/2024,%d%s", i, month == 1 ? 13 + i % 12 : 1 + i % 12, month + 1,
                     i * i % 17 + 1, month == 1 ? "" : ",1,2024-01-01");
        }
        put_close(people);
        put_close(orders);
    }
    assert_run(0, "run --config c.yaml --customers p1.csv --transactions o1.csv --k 2 --output fit --quiet");
    assert_run(
        0, "run --config c.yaml --customers p2.csv --transactions o2.csv --model fit/model.h5 --output with --quiet");
    assert_run(0, "run --customers p2.csv --transactions o2.csv --model fit/model.h5 --output without --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "as_of"), "2024-03-13");
    json_decref(json);
    assert_same_outputs("with", "without");
    tsl_features *features = read_features("without/features.h5");
    assert_true(features->x[tsl_features_get_index(features, "monetary_total")] == 2); /* of c00, who paid 1 */
    tsl_features_free(features);
    /* what the user says now goes before it */
    assert_run(
        3,
        "run --transactions o2.csv --customers p2.csv --customer-id customer_id --model fit/model.h5 --output other");
}

/* Stage by stage: features by a recipe of either file, then labels of two kinds. */
static void gives_them_stage_by_stage(void **state)
{
    (void)state;
    make_company(400, 8);
    assert_run(0, "run " CONFIG " " TABLES " --k 4 --output fit --quiet");
    assert_run(0, "features " TABLES " --like fit/model.h5 --output a.h5 --quiet");
    assert_run(0, "features " TABLES " --like fit/features.h5 --output b.h5 --quiet");
    assert_same_file("fit/features.h5", "a.h5");
    assert_same_file("fit/features.h5", "b.h5");
    assert_run(0, "label a.h5 fit/model.h5 --output s.csv --quiet");
    assert_same_file("fit/segments.csv", "s.csv");
    assert_run(0, "assign a.h5 fit/model.h5 --output l.csv --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "drift.verdict"), "fits");
    for (int i = 0; i < 10; i++) {
        char path[64];
        snprintf(path, sizeof path, "drift.features.%d.psi", i);
        assert_true(json_at(json, path) == 0);
    }
    json_decref(json);
    assert_run(0, "inspect l.csv --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "file.kind"), "labels");
    json_decref(json);
    /* labels.csv says of segment, name, distance, runner-up and confidence what segments.csv says */
    char *labels = get("l.csv", NULL), *segments = get("s.csv", NULL);
    mask_commas(labels);
    mask_commas(segments);
    const char *p = strchr(labels, '\n') + 1, *q = strchr(segments, '\n') + 1;
    size_t count = 0, apart = 0;
    for (; *p; p = strchr(p, '\n') + 1, q = strchr(q, '\n') + 1, count++) {
        char id[2][32], name[2][128], confidence[2][16], distance[2][32], runner_up[2][8], line[512];
        int segment[2], outside;
        distance[0][0] = runner_up[0][0] = '\0'; /* of those who are set apart */
        if (sscanf(p, "%31[^,],%d,%127[^,],,,%15[^,],%d", id[0], &segment[0], name[0], confidence[0], &outside) != 5) {
            assert_int_equal(sscanf(p, "%31[^,],%d,%127[^,],%31[^,],%7[^,],%15[^,],%d", id[0], &segment[0], name[0],
                                    distance[0], runner_up[0], confidence[0], &outside),
                             7);
        }
        apart += !distance[0][0];
        assert_int_equal(
            sscanf(q, "%31[^,],%d,%127[^,],%*[^,],%*[^,],%15[^,],", id[1], &segment[1], name[1], confidence[1]), 4);
        assert_string_equal(id[0], id[1]);
        assert_int_equal(segment[0], segment[1]);
        assert_string_equal(name[0], name[1]);
        assert_string_equal(confidence[0], confidence[1]);
        assert_int_equal(outside, 0);
        snprintf(line, sizeof line, ",%s,%s,", distance[0], runner_up[0]);
        const char *at = strstr(q, line);
        assert_true(at && at < strchr(q, '\n'));
    }
    assert_int_equal(count, 400);
    assert_true(apart > 0 && apart < 200); /* who never bought */
    free(labels);
    free(segments);
}

/* ---- Some of the customers ---------------------------------------------------------------- */

static void check_part(chooser take, const char *as_of)
{
    size_t customers = put_part("customers.csv", "c.csv", take);
    size_t lines = put_part("transactions.csv", "t.csv", take);
    size_t visits = put_part("interactions.csv", "i.csv", take);
    assert_true(customers > 0 && lines > 0 && visits > 0 && lines < 2000);
    assert_run(
        0,
        "run --customers c.csv --transactions t.csv --interactions i.csv --as-of %s --model fit/model.h5 --output "
        "part --force --quiet",
        as_of);
    assert_int_equal(count_common_lines("part/segments.csv", "fit/segments.csv"), customers);
    assert_same_rows("part/features.h5", "fit/features.h5");
    assert_same_file("part/model.h5", "fit/model.h5"); /* all of it is frozen */
    assert_run(0,
               "features --customers c.csv --transactions t.csv --interactions i.csv --as-of %s --like fit/model.h5 "
               "--output p.h5 --force --quiet",
               as_of);
    assert_same_file("part/features.h5", "p.h5");
    assert_run(0, "assign p.h5 fit/model.h5 --output l.csv --force --quiet");
    assert_int_equal(count_common_lines("l.csv", "all.csv"), customers);
}

/* Whatever the part looks like by itself: one gender, one region and trade, one customer. */
static void gives_some_of_them_their_bytes(void **state)
{
    static const chooser parts[] = {in_last_digit_3, is_woman, is_northern_clerk, is_one};
    (void)state;
    make_company(400, 9);
    customers_text = get("customers.csv", NULL);
    find_one();
    assert_run(0, "run " CONFIG " " TABLES " --k 4 --output fit --json");
    json_t *json = get_json();
    char as_of[16];
    snprintf(as_of, sizeof as_of, "%s", json_text_at(json, "as_of"));
    json_decref(json);
    assert_run(0, "assign fit/features.h5 fit/model.h5 --output all.csv --quiet");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        check_part(parts[i], as_of);
    }
    free(customers_text);
}

/* ---- Fitted anew, and asked for in vain ------------------------------------------------------- */

/* What is fitted anew is said, and is kept in the model that comes out; the rest is as it was. */
static void fits_anew_what_it_is_told(void **state)
{
    static const char *const parts[] = {"tiers", "rfm", "lifecycle", "names"};
    (void)state;
    make_company(400, 10);
    customers_text = get("customers.csv", NULL);
    assert_run(0, "run " CONFIG " " TABLES " --k 4 --output fit --quiet");
    put_part("customers.csv", "c.csv", is_woman);
    put_part("transactions.csv", "t.csv", is_woman);
    put_part("interactions.csv", "i.csv", is_woman);
    free(customers_text);
    const char *tables = "--customers c.csv --transactions t.csv --interactions i.csv";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_run(0, "run %s --model fit/model.h5 --refit %s --output part --force --json", tables, parts[i]);
        json_t *json = get_json();
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++) {
            char path[64];
            snprintf(path, sizeof path, "drift.parts.%s", parts[j]);
            assert_string_equal(json_text_at(json, path), i == j ? "fitted" : "frozen");
        }
        json_decref(json);
        /* what comes out is a whole model: applied again, it gives the same, with nothing fitted anew */
        assert_run(0, "run %s --model part/model.h5 --output again --force --quiet", tables);
        assert_same_outputs("part", "again");
    }
    /* by the command's own options, too; a value of another name is one of them */
    assert_run(0, "run %s --model fit/model.h5 --tiers quantile:2%%,5%%,20%%,30%% --output part --force --json",
               tables);
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "drift.parts.tiers"), "fitted");
    assert_true(json_at(json, "tiers.0.share") >= .02 && json_at(json, "tiers.0.share") < .03);
    json_decref(json);
    assert_run(0, "features %s --like fit/model.h5 --output f.h5 --quiet", tables);
    assert_run(0, "label f.h5 fit/model.h5 --value frequency --output s.csv --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "value.name"), "frequency");
    json_decref(json);
    assert_run(2, "run %s --refit tiers --output none", tables);
    assert_err("--refit: without --model everything is fitted");
    assert_run(2, "run %s --model fit/model.h5 --refit cuts --output none", tables);
    assert_err("\"cuts\" is not rfm, value, tiers, lifecycle or names");
}

/* The manifest of the last run; owned. */
static json_t *get_manifest(const char *name)
{
    char *text = get(name, NULL);
    json_t *manifest = json_loads(text, 0, NULL);
    assert_non_null(manifest);
    free(text);
    return manifest;
}

/* A manifest tells what was gone by: the model's own settings, and no defaults that nobody used. */
static void records_what_the_model_settled(void **state)
{
    static const char *const settled[] = {
        "features.scale", "features.winsorise", "cluster.k",           "cluster.restarts",
        "seed",           "tiers.by",           "tiers.shares",        "lifecycle.new_days",
        "tiers.value",    "cluster.init",       "features.max_shares", "cluster.weight"};
    (void)state;
    put_orders("t.csv", 200, 8);
    put("c.yaml", "cluster: {k: 4}\nlifecycle: {new_days: 45}\n");
    assert_run(0, "run --config c.yaml --transactions t.csv --scale robust --seed 9 --restarts 3 --tiers revenue "
                  "--output fit --quiet");
    assert_run(0, "run --transactions t.csv --model fit/model.h5 --output again --quiet");
    json_t *manifest = get_manifest("again/manifest.json"), *options = json_object_get(manifest, "options"),
           *of_model = json_object_get(json_object_get(manifest, "model"), "options");
    for (size_t i = 0; i < sizeof settled / sizeof *settled; i++) {
        if (json_object_get(options, settled[i])) {
            fail_msg("%s is recorded as if it had been used", settled[i]);
        }
    }
    assert_string_equal(json_string_value(json_object_get(options, "model")), "fit/model.h5");
    assert_string_equal(json_string_value(json_object_get(of_model, "features.scale")), "robust");
    assert_string_equal(json_string_value(json_object_get(of_model, "tiers.by")), "revenue");
    assert_int_equal(json_integer_value(json_object_get(of_model, "cluster.k")), 4);
    assert_int_equal(json_integer_value(json_object_get(of_model, "cluster.restarts")), 3);
    assert_int_equal(json_integer_value(json_object_get(of_model, "seed")), 9);
    assert_int_equal(json_integer_value(json_object_get(of_model, "lifecycle.new_days")), 45);
    assert_true(json_at(manifest, "seed") == 9 && json_at(manifest, "model.k") == 4);
    assert_string_equal(json_text_at(manifest, "inputs.1.role"), "model");
    assert_string_equal(json_text_at(manifest, "inputs.1.name"), "fit/model.h5");
    assert_int_equal(strlen(json_text_at(manifest, "inputs.1.sha256")), 64);
    json_decref(manifest);
    /* what is fitted anew goes by the model's parameters, but for those that were given */
    assert_run(0, "run --transactions t.csv --model fit/model.h5 --refit tiers --output anew --quiet");
    manifest = get_manifest("anew/manifest.json");
    options = json_object_get(manifest, "options");
    assert_string_equal(json_string_value(json_object_get(options, "tiers.by")), "revenue");
    assert_string_equal(json_string_value(json_object_get(options, "tiers.value")), "monetary_total");
    assert_null(json_object_get(options, "lifecycle.new_days"));
    json_decref(manifest);
}

/* A column that the tables lack, a value that is new, a table that is one too many. */
static void meets_other_tables(void **state)
{
    (void)state;
    make_company(400, 11);
    put("few.csv", "customer_id,birth_date,gender,income,education,region,member\n"
                   "C00000001,1980-02-03,F,40000,master,moon,yes\nC00000002,1990-05-06,X,50000,master,north,no\n");
    assert_run(0,
               "run " CONFIG " --customers customers.csv --transactions transactions.csv --k 3 --output fit --quiet");
    assert_run(3, "run --customers few.csv --transactions transactions.csv --model fit/model.h5 --output a --quiet");
    assert_err("the tables lack what the recipe was fitted with: occupation; --allow-missing");
    assert_run(0, "run --customers few.csv --transactions transactions.csv --interactions interactions.csv --model "
                  "fit/model.h5 --allow-missing --output a --json");
    assert_err("note: taken as missing, as the tables lack it: occupation");
    assert_err("note: the interactions are not used: the recipe was fitted without such a table");
    assert_err("region (1 row, such as \"moon\", counted as none of the known)");
    json_t *json = get_json();
    assert_true(json_at(json, "drift.unseen_values") == 2);
    json_decref(json);
    /* a month without any orders is none that the model fits, whatever of the customers is as it was */
    assert_run(0, "run --customers customers.csv --model fit/model.h5 --allow-missing --output c --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "drift.verdict"), "refit");
    assert_true(json_is_null(json_object_get(json_object_get(json, "value"), "total"))); /* and not 0 */
    assert_true(json_is_null(json_object_get(json_array_get(json_object_get(json, "tiers"), 4), "value_total")));
    json_decref(json);
    put("empty.csv", "customer_id,birth_date,gender,INCOME,education,region,occupation,member\n"
                     "C00000001,1980-02-03,F,,master,north,clerk,yes\nC00000002,1990-05-06,M,,master,north,clerk,no\n");
    assert_run(0, "run --customers empty.csv --transactions transactions.csv --model fit/model.h5 --output e");
    assert_err("note: no customer has a value in these columns, as some had in the fit: INCOME");
    remove_all("e");
    remove_all("empty.csv");
    assert_run(0, "inspect c");
    assert_out("–");
    assert_out("When the model was fitted:\n");
    assert_null(strstr(last_outcome()->out, " 0.00  ")); /* an amount */
    assert_run(3, "features --transactions transactions.csv --like fit/model.h5 --output b.h5");
    assert_err("the tables lack what the recipe was fitted with: the table customers; --allow-missing");
    assert_entries("a,c,company.yaml,customers.csv,few.csv,fit,interactions.csv,transactions.csv");
}

/* ---- The verdict ------------------------------------------------------------------------------- */

/* Two groups of 300 points each, in corners of a square. */
static void put_corners(const char *name, int crossed, double tail)
{
    void *file = put_open(name);
    put_line(file, "x,y");
    for (int i = 0; i < 600; i++) {
        double x = (i % 2 ? 6 : 0) + (i * 37 % 101 - 50) / 50.,
               y = ((i + crossed) % 2 ? 6 : 0) + (i * 53 % 97 - 48) / 48.;
        put_line(file, "%.4f,%.4f", x > 6.5 ? x * tail : x, y > 6.5 ? y * tail : y);
    }
    put_close(file);
}

/* The verdict of the run that was made with --json, and what its sentence says. */
static void assert_verdict(const char *verdict, const char *words)
{
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "drift.verdict"), verdict);
    if (!strstr(json_text_at(json, "drift.sentence.en"), words)) {
        fail_msg("\"%s\" does not say \"%s\"", json_text_at(json, "drift.sentence.en"), words);
    }
    json_decref(json);
}

/* Groups that change places column by column, and a tail that goes far: no column, or hardly one, has shifted. */
static void tells_groups_that_are_gone(void **state)
{
    (void)state;
    put_corners("then.csv", 0, 1);
    put_corners("crossed.csv", 1, 1);
    put_corners("far.csv", 0, 1000);
    assert_run(0, "cluster then.csv --k 2 --output m.h5 --quiet");
    assert_run(0, "assign then.csv m.h5 --json");
    assert_verdict("fits",
                   "none of the 2 features that the segments rest on has shifted, nor have the segments' sizes and "
                   "distances");
    assert_run(0, "assign crossed.csv m.h5 --json");
    assert_verdict("refit", "no longer fits: the mean distance to the segments' centres has grown far, from 0.");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "drift.features.0.level"), "stable");
    assert_string_equal(json_text_at(json, "drift.segments_level"), "stable");
    assert_string_equal(json_text_at(json, "drift.distance_level"), "drifted");
    assert_true(json_at(json, "drift.distance_now") > 5 * json_at(json, "drift.distance_then"));
    json_decref(json);
    assert_run(0, "assign far.csv m.h5 --json");
    assert_verdict("refit", "no longer fits: the mean distance to the segments' centres has grown far, from 0.");
    assert_run(0, "assign crossed.csv m.h5");
    assert_out("PSI of the sizes: 0.000 (stable)\nMean distance: 0.");
    assert_out("then, 1.");
    assert_out("now (drifted)\n");
}

/* Cents for units, which few of the features tell; a table that is gone, which none of the segments tells. */
static void tells_other_units_and_a_lost_table(void **state)
{
    (void)state;
    make_company(600, 12);
    assert_run(0, "run " CONFIG " " TABLES " --basis all --apart none --k 4 --output fit --quiet");
    char *text = get("transactions.csv", NULL);
    void *cents = put_open("cents.csv");
    put_line(cents, "%.*s", (int)strcspn(text, "\n"), text);
    for (char *at = text + strcspn(text, "\n") + 1; *at; at += strcspn(at, "\n") + 1) {
        int amount = 0; /* the fifth column */
        for (int comma = 0; comma < 4; amount++) {
            comma += at[amount] == ',';
        }
        int end = amount + (int)strcspn(at + amount, ",");
        put_line(cents, "%.*s%.2f%.*s", amount, at, 100 * strtod(at + amount, NULL), (int)strcspn(at + end, "\n"),
                 at + end);
    }
    put_close(cents);
    free(text);
    assert_run(0, "run --customers customers.csv --transactions cents.csv --interactions interactions.csv --model "
                  "fit/model.h5 --output a --json");
    assert_verdict("refit", "; the segments' sizes have shifted far (PSI ");
    assert_run(0, "run --customers customers.csv --transactions transactions.csv --model fit/model.h5 --allow-missing "
                  "--output b --json");
    assert_verdict("refit", " (missing for everybody); fit it anew");
    assert_run(0, "run " TABLES " --model fit/model.h5 --output c --json");
    assert_verdict("fits", "nor have the segments' sizes and distances");
    /* recency, frequency and spend do not rest on that table */
    assert_run(0, "run " CONFIG " " TABLES " --k 4 --output core --quiet");
    assert_run(0, "run --customers customers.csv --transactions transactions.csv --model core/model.h5 --allow-missing "
                  "--output d --json");
    assert_verdict("fits", "none of the 3 features that the segments rest on has shifted");
}

/* Weights that favour who lies near the centre: the model's mean distances are theirs. */
static void weighs_distances_as_the_fit(void **state)
{
    (void)state;
    void *people = put_open("p.csv"), *numbers = put_open("n.csv"), *bare = put_open("b.csv");
    put_line(people, "customer_id,a,b,w");
    put_line(numbers, "a,b,w");
    put_line(bare, "a,b");
    for (int i = 0; i < 400; i++) {
        int a = i * 37 % 101 - 50, b = i * 53 % 97 - 48, w = a * a + b * b < 900 ? 1000 : 1;
        put_line(people, "c%03d,%d,%d,%d", i, a, b + i % 2 * 200, w);
        put_line(numbers, "%d,%d,%d", a, b + i % 2 * 200, w);
        put_line(bare, "%d,%d", a, b + i % 2 * 200);
    }
    put_close(people);
    put_close(numbers);
    put_close(bare);
    assert_run(0, "run --customers p.csv --weight w --k 2 --output fit --quiet");
    assert_run(0, "run --customers p.csv --model fit/model.h5 --output now --json");
    json_t *json = get_json();
    assert_true(fabs(json_at(json, "drift.distance_now") / json_at(json, "drift.distance_then") - 1) < 1e-9);
    assert_string_equal(json_text_at(json, "drift.distance_level"), "stable");
    json_decref(json);
    /* plain numbers leave their weights behind, so that distances cannot be compared */
    assert_run(0, "cluster n.csv --weight w --k 2 --output m.h5 --quiet");
    assert_run(0, "assign b.csv m.h5 --json");
    json = get_json();
    assert_true(json_at(json, "drift.distance_now") > 1.25 * json_at(json, "drift.distance_then"));
    json_decref(json);
    assert_verdict("fits", "nor have the segments' sizes");
    assert_null(strstr(last_outcome()->out, "sizes and distances"));
}

/* Values that the fit has not seen are counted, of a category and of an ordinal column, in one go and stage by stage.
 */
static void counts_what_is_new(void **state)
{
    (void)state;
    put("c.yaml", "customers:\n  columns:\n    grade: {type: ordinal, order: [low, mid, high]}\n");
    for (int month = 1; month <= 2; month++) {
        void *people = put_open(month == 1 ? "p1.csv" : "p2.csv");
        put_line(people, "customer_id,grade,city,age");
        for (int i = 0; i < 60; i++) {
            static const char *const grades[] = {"low", "mid", "high", "Low"};
            put_line(people, "c%02d,%s,%s,%d", i, grades[i % (month + 2)],
                     i % 10       ? i % 2 ? "Rome" : "Bonn"
                     : month == 1 ? "Oslo"
                                  : "Kyiv",
                     20 + i * i % 41);
        }
        put_close(people);
    }
    assert_run(0, "run --config c.yaml --customers p1.csv --k 2 --output fit --quiet");
    assert_run(0, "run --customers p2.csv --model fit/model.h5 --output now --json");
    json_t *json = get_json();
    assert_true(json_at(json, "drift.unseen_values") == 15 + 6);
    json_decref(json);
    assert_err("grade: 15 cells are not one of its levels and taken as missing (\"Low\")");
    assert_run(0, "features --customers p2.csv --like fit/model.h5 --output f.h5 --quiet");
    assert_same_file("now/features.h5", "f.h5");
    assert_run(0, "assign f.h5 fit/model.h5 --json");
    json = get_json();
    assert_true(json_at(json, "drift.unseen_values") == 15 + 6);
    json_decref(json);
}

/* What the segments rest on comes first in the table, whatever else has moved more. */
static void shows_first_what_counts(void **state)
{
    (void)state;
    for (int month = 1; month <= 2; month++) {
        void *people = put_open(month == 1 ? "p1.csv" : "p2.csv");
        put_line(people, "customer_id,a,b,c");
        for (int i = 0; i < 400; i++) {
            put_line(people, "c%03d,%d,%d,%d", i, i * 7 % 101 + (month == 2 ? 25 : 0),
                     i * 11 % 97 + (month == 2 ? 900 : 0), i * 13 % 89);
        }
        put_close(people);
    }
    assert_run(0, "run --customers p1.csv --exclude b --k 2 --output fit --quiet");
    assert_run(0, "run --customers p2.csv --model fit/model.h5 --output now");
    const char *a = strstr(last_outcome()->out, "\n  a "), *b = strstr(last_outcome()->out, "\n  b ");
    assert_true(a && b && a < b);
    assert_true(strstr(a, "yes") && strstr(a, "yes") < b);
    assert_true(strstr(b, "no") && strstr(b, "no") < strchr(b + 1, '\n'));
    assert_out("Feature  Counts");
}

/* ---- Real data ------------------------------------------------------------------------------ */

static void holds_on_adventureworks(void **state)
{
    char tables[8192];
    int at = snprintf(tables, sizeof tables, "--config %s", source("datasets/adventureworks/adventureworks.yaml"));
    (void)state;
    at += snprintf(tables + at, sizeof tables - (size_t)at, " --customers %s --transactions",
                   source("datasets/adventureworks/AdventureWorks_Customers.csv"));
    for (int year = 2017; year < 2020; year++) {
        at += snprintf(tables + at, sizeof tables - (size_t)at, " %s/AdventureWorks_Sales_%d.csv",
                       source("datasets/adventureworks"), year);
    }
    assert_run(0, "run %s --k 3 --output fit --quiet", tables);
    assert_run(0, "run %s --model fit/model.h5 --output again --quiet", tables);
    assert_same_outputs("fit", "again");
}

static void holds_on_customers_alone(void **state)
{
    (void)state;
    const char *wholesale = source("datasets/wholesale/Wholesale_customers_data.csv");
    assert_run(0, "run --customers %s --customer-id # --value Fresh --k 3 --output fit --quiet", wholesale);
    assert_run(0, "run --customers %s --customer-id # --model fit/model.h5 --output again --quiet", wholesale);
    assert_same_outputs("fit", "again");
}

/* ---- Plain numbers ----------------------------------------------------------------------------- */

/* The clusters of a fit are those of its rows assigned to its model, by whatever scale; columns by name. */
static void holds_on_plain_numbers(void **state)
{
    static const char *const scales[] = {"z", "minmax", "robust", "rank-normal", "none"};
    (void)state;
    const char *iris = source("datasets/quality/iris.csv");
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        assert_run(0, "cluster %s --ignore class --k 3 --scale %s --labels c.csv --output m.h5 --force --quiet", iris,
                   scales[i]);
        assert_run(0, "assign %s m.h5 --ignore class --output l.csv --force --json", iris);
        json_t *json = get_json();
        assert_string_equal(json_text_at(json, "drift.verdict"), "fits");
        assert_true(json_at(json, "drift.features.0.psi") == 0);
        json_decref(json);
        assert_run(0, "inspect l.csv --json");
        json = get_json();
        assert_string_equal(json_text_at(json, "file.kind"), "labels");
        json_decref(json);
        char *clusters = get("c.csv", NULL), *labels = get("l.csv", NULL);
        const char *p = strchr(clusters, '\n') + 1, *q = strchr(labels, '\n') + 1;
        for (int row = 1; row <= 150; row++, p = strchr(p, '\n') + 1, q = strchr(q, '\n') + 1) {
            int numbers[4];
            assert_int_equal(sscanf(p, "%d,%d", &numbers[0], &numbers[1]), 2);
            assert_int_equal(sscanf(q, "%d,%d,", &numbers[2], &numbers[3]), 2);
            assert_true(numbers[0] == row && numbers[2] == row && numbers[1] == numbers[3]);
        }
        assert_int_equal(*p, '\0');
        assert_int_equal(*q, '\0');
        free(clusters);
        free(labels);
    }
}

static json_t *get_summary(const char *name)
{
    char *text = get(name, NULL);
    json_t *summary = json_loads(text, 0, NULL);
    assert_non_null(summary);
    free(text);
    return summary;
}

/* What the fit was judged by stands in the model: an apply to other customers says the very same of it. */
static void says_the_verdict_of_the_fit(void **state)
{
    (void)state;
    static const char *const kept[] = {"verdict", "evidence", "candidates"};
    make_company(300, 3);
    assert_run(0, "run " CONFIG " " TABLES " --quiet --output first");
    make_company(200, 4);
    assert_run(0, "run " TABLES " --model first/model.h5 --output next");
    assert_out("Verdict when the model was fitted: ");
    json_t *first = get_summary("first/summary.json"), *next = get_summary("next/summary.json");
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const json_t *then = json_object_get(json_object_get(first, "clusters"), kept[i]);
        assert_non_null(then);
        assert_true(json_equal(then, json_object_get(json_object_get(next, "clusters"), kept[i])));
    }
    const json_t *then = json_array_get(json_object_get(first, "segments"), 0);
    const json_t *now = json_array_get(json_object_get(next, "segments"), 0);
    assert_true(json_number_value(json_object_get(then, "jaccard")) > 0);
    assert_true(json_equal(json_object_get(then, "jaccard"), json_object_get(now, "jaccard")));
    assert_true(json_equal(json_object_get(then, "across"), json_object_get(now, "across")));
    json_decref(first);
    json_decref(next);
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(gives_the_fit_s_own_bytes),      IN_SANDBOX(says_the_verdict_of_the_fit),
        IN_SANDBOX(gives_them_stage_by_stage),      IN_SANDBOX(gives_some_of_them_their_bytes),
        IN_SANDBOX(holds_on_adventureworks),        IN_SANDBOX(fits_anew_what_it_is_told),
        IN_SANDBOX(records_what_the_model_settled), IN_SANDBOX(meets_other_tables),
        IN_SANDBOX(holds_on_customers_alone),       IN_SANDBOX(holds_on_plain_numbers),
        IN_SANDBOX(tells_groups_that_are_gone),     IN_SANDBOX(tells_other_units_and_a_lost_table),
        IN_SANDBOX(weighs_distances_as_the_fit),    IN_SANDBOX(counts_what_is_new),
        IN_SANDBOX(shows_first_what_counts),        IN_SANDBOX(reads_new_tables_as_those_of_the_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
