/* test_evaluate.c: the labels of any tool through `tesela evaluate`. */
#include "program.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_at(const json_t *json, const char *path, double expected, double most)
{
    const double seen = json_at(json, path);
    if (!(fabs(seen - expected) <= most)) {
        fail_msg("%s: %.17g is not %.17g", path, seen, expected);
    }
}

/* The best k-means of iris and its classes: published values, to the printed digits. */
static void judges_its_own_clusters(void **state)
{
    (void)state;
    const char *iris = source("datasets/quality/iris.csv");
    assert_run(0, "cluster %s --ignore class --k 3 --scale none --restarts 50 --labels c.csv --quiet", iris);
    assert_run(0, "evaluate --data %s --ignore class --labels c.csv --truth %s --truth-column class --dunn --json",
               iris, iris);
    json_t *json = get_json();
    assert_at(json, "evaluation.internal.inertia", 78.851441, 5e-7);
    assert_at(json, "evaluation.internal.silhouette", .552819, 5e-7);
    assert_at(json, "evaluation.internal.simplified_silhouette", .666386, 5e-7);
    assert_at(json, "evaluation.internal.calinski_harabasz", 561.6278, 5e-5);
    assert_at(json, "evaluation.internal.davies_bouldin", .661972, 5e-7);
    assert_at(json, "evaluation.internal.dunn", .098807, 5e-7);
    assert_at(json, "evaluation.internal.bic", -442.0780, 5e-5);
    assert_at(json, "evaluation.external.adjusted_rand", .730238, 5e-7);
    assert_at(json, "evaluation.external.adjusted_mutual_information", .755119, 5e-7);
    assert_at(json, "evaluation.external.normalised_mutual_information", .758176, 5e-7);
    assert_at(json, "evaluation.external.v_measure", .758176, 5e-7);
    assert_at(json, "evaluation.external.fowlkes_mallows", .820808, 5e-7);
    assert_at(json, "evaluation.external.matched_share", 134. / 150, 1e-12);
    assert_string_equal(json_text_at(json, "evaluation.groups.0.match"), "versicolor");
    assert_at(json, "evaluation.groups.1.matched", 50, 0);
    json_decref(json);
    assert_run(0, "evaluate --data %s --ignore class --labels c.csv --truth %s --truth-column class", iris, iris);
    assert_out("3 labels (cluster) of 150 of 150 rows on 4 columns");
    assert_out("0.730238");
    assert_out("versicolor");
    assert_err("scale: none (columns as they are)");
    assert_err("matched by row");
    assert_run(0, "evaluate --data %s --ignore class --labels c.csv --lang zh", iris);
    assert_out("轮廓系数");
}

/* What a run says of its segments is what evaluate says of the same features and labels. */
static void agrees_with_the_run(void **state)
{
    (void)state;
    static const char *const index[] = {"inertia",           "silhouette", "silhouette_error",
                                        "silhouette_macro",  "bic",        "simplified_silhouette",
                                        "calinski_harabasz", "gap",        "davies_bouldin"};
    static char table[400 * 40] = "customer_id,income,visits\n";
    unsigned draw = 1;
    for (int i = 0; i < 400; i++) {
        const unsigned a = (draw = draw * 1664525U + 1013904223U) >> 16;
        const unsigned b = (draw = draw * 1664525U + 1013904223U) >> 16;
        snprintf(table + strlen(table), 40, "c%d,%u,%u\n", i, 100 + a % 9000, i % 2 ? b % 500 : 500 + b % 5000);
    }
    put("people.csv", table);
    assert_run(0, "run --customers people.csv --output judged --json --seed 7");
    json_t *run = get_json();
    assert_run(0, "evaluate --data judged/features.h5 --labels judged/segments.csv --label-column segment --seed 7 "
                  "--json");
    json_t *judged = get_json();
    for (size_t i = 0; i < sizeof index / sizeof *index; i++) {
        char path[80], other[80];
        snprintf(path, sizeof path, "clusters.delivered.%s", index[i]);
        snprintf(other, sizeof other, "evaluation.%s.%s", strcmp(index[i], "gap") == 0 ? "recurrence" : "internal",
                 index[i]);
        const double expected = json_at(judged, other);
        assert_at(run, path, expected, 1e-9 * (1 + fabs(expected)));
    }
    assert_at(run, "clusters.silhouette", json_at(judged, "evaluation.internal.silhouette"), 1e-9);
    assert_at(run, "clusters.silhouette_rows", 400, 0);
    json_decref(run);
    json_decref(judged);
}

/* Labels in another order, some of them missing, some of strangers. */
static void matches_by_id(void **state)
{
    (void)state;
    put("d.csv", "who,x,y\na,0,0\nb,0,1\nc,9,9\nd,9,8\ne,5,5\n");
    put("l.csv", "who,label\nd,far\nb,near\nz,far\na,near\nc,far\ne,\n");
    put("t.csv", "id,class\na,1\nb,1\nc,2\nd,1\ne,2\n");
    assert_run(0, "evaluate --data d.csv --id who --labels l.csv --truth t.csv --json");
    json_t *json = get_json();
    assert_at(json, "evaluation.rows", 5, 0);
    assert_at(json, "evaluation.used", 4, 0);
    assert_at(json, "evaluation.unlabelled", 1, 0);
    assert_at(json, "evaluation.unknown", 1, 0);
    assert_at(json, "evaluation.internal.inertia", 1, 1e-15);
    assert_at(json, "evaluation.external.rows", 4, 0);
    assert_at(json, "evaluation.external.rand", 0.5, 1e-15);
    assert_string_equal(json_text_at(json, "evaluation.groups.0.label"), "far");
    json_decref(json);
    assert_err("1 of 5 rows has no label and is left out");
    assert_err("1 label is of an id that the data lack");
    assert_err("labels: label, matched by id");
}

static void leaves_noise_out(void **state)
{
    (void)state;
    put("d.csv", "x\n0\n1\n10\n11\n500\n");
    put("l.csv", "label\n0\n0\n1\n1\n-1\n");
    assert_run(0, "evaluate --data d.csv --labels l.csv --json");
    json_t *json = get_json();
    assert_at(json, "evaluation.k", 3, 0);
    json_decref(json);
    assert_err("the label -1 counts as a segment of its own");
    assert_run(0, "evaluate --data d.csv --labels l.csv --noise -1 --json");
    json = get_json();
    assert_at(json, "evaluation.k", 2, 0);
    assert_at(json, "evaluation.noise", 1, 0);
    assert_at(json, "evaluation.unlabelled", 0, 0);
    assert_at(json, "evaluation.internal.silhouette", (9.5 / 10.5 + 8.5 / 9.5) / 2, 1e-15);
    json_decref(json);
    assert_run(2, "evaluate --data d.csv --labels l.csv --noise noise");
    assert_err("l.csv has no label \"noise\"");
}

/* The space of clustering, and the scale of plain numbers. */
static void judges_in_the_right_space(void **state)
{
    (void)state;
    const char *wine = source("datasets/quality/wine.csv");
    assert_run(0, "cluster %s --ignore class --k 3 --scale z --restarts 50 --labels w.csv --quiet", wine);
    assert_run(0, "evaluate --data %s --ignore class --labels w.csv --scale z --json", wine);
    json_t *json = get_json();
    assert_at(json, "evaluation.internal.bic", -2900.0703, 5e-5);
    assert_string_equal(json_text_at(json, "evaluation.space"), "z");
    json_decref(json);
    put_orders("orders.csv", 300, 5);
    assert_run(0, "run --transactions orders.csv --output out --k 3 --quiet");
    assert_run(0, "inspect out/model.h5 --json");
    json = get_json();
    const double inertia = json_at(json, "clusters.inertia"), silhouette = json_at(json, "clusters.silhouette");
    json_decref(json);
    assert_run(0, "evaluate --data out/features.h5 --labels out/segments.csv --json");
    json = get_json();
    assert_at(json, "evaluation.internal.inertia", inertia, 1e-9 * inertia);
    assert_at(json, "evaluation.internal.silhouette", silhouette, 1e-12);
    assert_string_equal(json_text_at(json, "evaluation.space"), "clustering");
    assert_string_equal(json_text_at(json, "evaluation.column"), "segment");
    json_decref(json);
    assert_err("labels: segment, matched by id");
    assert_run(2, "evaluate --data out/features.h5 --labels out/segments.csv --scale z");
    assert_run(2, "evaluate --data out/features.h5 --labels out/segments.csv --id customer_id");
    assert_err("id: is for plain data; a features file has its ids, columns and weights already");
    assert_run(2, "evaluate --data out/features.h5 --labels out/segments.csv --weight frequency");
    assert_err("weight: is for plain data");
    assert_run(3, "evaluate --data out/model.h5 --labels out/segments.csv");
    assert_err("is a model file");
}

/* A row of weight 2 is two rows. */
static void counts_by_weight(void **state)
{
    (void)state;
    put("w.csv", "x,w\n0,2\n1,1\n10,1\n12,3\n40,0\n");
    put("all.csv", "x\n0\n0\n1\n10\n12\n12\n12\n");
    put("l.csv", "label\na\na\nb\nb\nb\n");
    put("k.csv", "label\na\na\na\nb\nb\nb\nb\n");
    assert_run(0, "evaluate --data w.csv --weight w --labels l.csv --truth l.csv --json");
    json_t *one = get_json();
    assert_run(0, "evaluate --data all.csv --labels k.csv --truth k.csv --json");
    json_t *two = get_json();
    static const char *const same[] = {"internal.inertia",
                                       "internal.silhouette",
                                       "internal.simplified_silhouette",
                                       "internal.bic",
                                       "external.adjusted_mutual_information",
                                       "groups.1.weight"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char path[100];
        snprintf(path, sizeof path, "evaluation.%s", same[i]);
        assert_at(one, path, json_at(two, path), 1e-12);
    }
    json_decref(one);
    json_decref(two);
}

/* Beyond the exact rows: the same for any number of threads, and the error stands there. */
static void draws_of_many(void **state)
{
    (void)state;
    void *data = put_open("d.csv"), *labels = put_open("l.csv");
    put_line(data, "x,y\n");
    put_line(labels, "label\n");
    for (int i = 0; i < 21000; i++) {
        put_line(data, "%d,%d\n", i * 7919 % 1000 + i % 3 * 700, i * 31337 % 997);
        put_line(labels, "%d\n", i % 3);
    }
    put_close(data);
    put_close(labels);
    assert_run(0, "evaluate --data d.csv --labels l.csv --stability 0 --silhouette-rows 300 --threads 1");
    char *one = strdup(last_outcome()->out);
    assert_run(0, "evaluate --data d.csv --labels l.csv --stability 0 --silhouette-rows 300 --threads 2");
    assert_string_equal(one, last_outcome()->out);
    assert_out("Error");
    free(one);
    assert_run(0, "evaluate --data d.csv --labels l.csv --stability 0 --silhouette-rows 300 --seed 2 --json");
    json_t *json = get_json();
    const double silhouette = json_at(json, "evaluation.internal.silhouette"),
                 error = json_at(json, "evaluation.internal.silhouette_error");
    assert_true(error > 0 && error < 0.05);
    json_decref(json);
    assert_run(0, "evaluate --data d.csv --labels l.csv --stability 0 --silhouette-rows 30000 --json");
    json = get_json();
    assert_true(fabs(json_at(json, "evaluation.internal.silhouette") - silhouette) < 4 * error);
    assert_at(json, "evaluation.internal.silhouette_rows", 21000, 0);
    json_decref(json);
}

/* Customers who are set apart have no place in the space: the others' labels are theirs, whether matched by id or by
 * row. */
static void leaves_those_apart_out(void **state)
{
    (void)state;
    const char *lines = source("datasets/online-retail/online_retail_lines.csv.xz");
    assert_run(0, "run --transactions %s --as-of 2011-12-10 --holdout 0 --evidence none --output out --quiet", lines);
    assert_run(0, "evaluate --data out/features.h5 --labels out/segments.csv --label-column segment --json");
    json_t *json = get_json();
    assert_err("1582 of 4372 customers are set apart by rule");
    assert_at(json, "evaluation.rows", 4372, 0);
    assert_at(json, "evaluation.apart", 1582, 0);
    assert_at(json, "evaluation.used", 4372 - 1582, 0);
    assert_at(json, "evaluation.k", 4, 0);
    const double silhouette = json_at(json, "evaluation.internal.silhouette");
    json_t *run = json_load_file("out/summary.json", 0, NULL);
    for (int s = 0; s < 4; s++) {
        char size[64], group[64];
        snprintf(size, sizeof size, "segments.%d.size", s);
        snprintf(group, sizeof group, "evaluation.groups.%d.size", s);
        assert_at(json, group, json_at(run, size), 0);
    }
    assert_at(json, "evaluation.internal.silhouette", json_at(run, "clusters.silhouette"), 1e-6);
    json_decref(run);
    json_decref(json);
    char *csv = get("out/segments.csv", NULL), *at = csv; /* the same labels by their rows alone */
    FILE *file = fopen("rows.csv", "w");
    for (int row = 0; *at; row++, at = strchr(at, '\n') + 1) {
        fprintf(file, "%.*s\n", row ? 1 : 7, strchr(at, ',') + 1);
    }
    assert_int_equal(fclose(file), 0);
    free(csv);
    assert_run(0, "evaluate --data out/features.h5 --labels rows.csv --json");
    json = get_json();
    assert_err("matched by row");
    assert_at(json, "evaluation.internal.silhouette", silhouette, 1e-15);
    json_decref(json);
}

/* ---- By what came next --------------------------------------------------------------- */

/* What a run holds out is what evaluate says of the segments of a run that ended at the cut. */
static void judges_by_the_next_period(void **state)
{
    (void)state;
    const char *lines = source("datasets/online-retail/online_retail_lines.csv.xz");
    assert_run(0, "run --transactions %s --as-of 2011-12-10 --evidence none --output out --json", lines);
    json_t *run = get_json();
    assert_string_equal(json_text_at(run, "next.cut"), "2011-09-11");
    assert_string_equal(json_text_at(run, "next.until"), "2011-12-10");
    assert_at(run, "next.customers", 3370, 0);
    assert_at(run, "next.eta2", .23, .03);
    assert_at(run, "next.auc", .73, .02);
    assert_at(run, "segments.0.next.rate", .954, .001);
    assert_at(run, "segments.1.next.rate", .676, .001);
    assert_at(run, "segments.2.next.rate", .808, .001);
    assert_run(0, "run --transactions %s --as-of 2011-09-11 --holdout 0 --evidence none --output before --json", lines);
    json_t *before = get_json();
    assert_null(json_object_get(before, "next"));
    json_decref(before);
    assert_run(0,
               "evaluate --transactions %s --labels before/segments.csv --label-column segment --cut 2011-09-11 "
               "--horizon 90 --json",
               lines);
    json_t *json = get_json();
    static const char *const same[] = {
        "next.eta2",          "next.auc",      "next.rate",      "next.value_mean",     "next.k",
        "next.customers",     "next.new_size", "next.new_value", "next.methods.0.eta2", "next.methods.0.auc",
        "next.methods.1.eta2"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_at(json, same[i], json_at(run, same[i]), 1e-12);
    }
    for (int s = 0; s < 7; s++) {
        static const char *const keys[] = {"size", "bought", "rate", "low", "high", "value_mean", "value_low"};
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            char a[64], b[64];
            snprintf(a, sizeof a, "next.groups.%d.%s", s, keys[i]);
            snprintf(b, sizeof b, "segments.%d.next.%s", s, keys[i]);
            assert_at(json, a, json_at(run, b), 1e-12);
        }
    }
    assert_true(json_at(json, "next.distinct") > 2);
    assert_null(json_object_get(json, "evaluation"));
    json_decref(json);
    json_decref(run);
    assert_run(0,
               "evaluate --transactions %s --data before/features.h5 --labels before/segments.csv "
               "--label-column segment --cut 2011-09-11",
               lines);
    assert_out("Simplified silhouette");
    assert_out("did in the next 90 days");
    assert_out("RFM map");
    assert_out("better than a map of RFM scores");
    assert_run(0,
               "evaluate --transactions %s --labels before/segments.csv --label-column segment --cut 2011-09-11 "
               "--lang zh",
               lines);
    assert_out("RFM 六类图");
    assert_out("购买率");
}

static void put_few_orders(void)
{
    put("o.csv", "customer_id,date,amount\na,2024-01-01,5\nb,2024-01-03,7\nc,2024-01-05,9\nd,2024-01-06,8\n"
                 "a,2024-02-01,5\ne,2024-02-02,20\nf,2024-02-02,-3\nc,2024-02-03,1\nc,2024-02-03,-4\n");
    put("l.csv", "id,label\na,1\nb,1\nc,2\nz,3\n");
}

static void counts_who_is_missing(void **state)
{
    (void)state;
    put_few_orders();
    assert_run(0, "evaluate --transactions o.csv --labels l.csv --cut 2024-01-31 --json");
    json_t *json = get_json();
    assert_at(json, "next.days", 4, 0);
    assert_at(json, "next.customers", 3, 0);
    assert_at(json, "next.unknown", 1, 0);
    assert_at(json, "next.unlabelled", 1, 0);
    assert_at(json, "next.new_size", 1, 0);
    assert_at(json, "next.new_value", 20, 0);
    assert_at(json, "next.groups.0.rate", .5, 0);
    assert_at(json, "next.groups.1.value_mean", -3, 0);
    assert_at(json, "next.groups.1.bought", 0, 0);
    json_decref(json);
    assert_err("1 label is of a customer who was not known before the cut");
    assert_err("1 customer has a purchase before the cut but no label, and is left out");
    assert_run(0, "evaluate --transactions o.csv --labels l.csv --cut 2024-01-31 --horizon 30");
    assert_err("the transactions end on 2024-02-03, 26 days before the period does");
    assert_run(0, "evaluate --transactions o.csv --labels l.csv --cut 2024-01-31 --horizon 5");
    assert_err("the transactions end on 2024-02-03, 1 day before the period does");
    assert_run(0, "evaluate --transactions o.csv --labels l.csv --cut 2024-02-03 --horizon 1");
    assert_out("did in the next 1 day:");
}

/* A run of all days tells what it has seen; one that ends at the cut does not; other files say nothing of it. */
static void knows_labels_of_the_future(void **state)
{
    (void)state;
    put_orders("orders.csv", 60, 6);
    const char *const judged = "evaluate --transactions orders.csv --cut 2018-03-01 --labels";
    assert_run(0, "run --transactions orders.csv --evidence none --holdout 0 --output late --quiet");
    assert_run(0, "run --transactions orders.csv --evidence none --holdout 0 --until 2018-02-28 --output then --quiet");
    assert_run(0, "%s late/segments.csv", judged);
    assert_err("note: late/segments.csv was made from data up to 2018-");
    assert_err("after the cut (2018-03-01): its labels know the period that they are judged by");
    assert_run(0, "%s then/segments.csv", judged);
    assert_null(strstr(last_outcome()->err, "made"));
    char *text = get("late/segments.csv", NULL);
    put("labels.csv", text);
    free(text);
    assert_run(0, "%s labels.csv", judged);
    assert_err("note: labels.csv does not say when its labels were made");
}

static void refuses_other_periods(void **state)
{
    (void)state;
    put_few_orders();
    put("m.csv", "id,label\np,1\nq,2\n");
    put("n.csv", "label\n1\n2\n");
    assert_run(2, "evaluate --transactions o.csv --labels l.csv");
    assert_err("--cut DATE says it");
    assert_run(2, "evaluate --transactions o.csv --labels l.csv --cut 2023-01-31");
    assert_err("they go from 2024-01-01 to 2024-02-03");
    assert_run(2, "evaluate --transactions o.csv --labels l.csv --cut 2024-02-04");
    assert_err("cut: 2024-02-04 is no day that transactions lie before and after");
    assert_run(3, "evaluate --transactions o.csv --labels m.csv --cut 2024-01-31");
    assert_err("none of its 2 ids (id) is one of the customers who were known before the cut");
    assert_run(3, "evaluate --transactions o.csv --labels n.csv --cut 2024-01-31");
    assert_err("has no ids");
    assert_run(2, "evaluate --data n.csv --labels n.csv --cut 2024-01-31");
    assert_err("--cut goes with --transactions FILE...");
    assert_run(2, "evaluate --transactions o.csv --labels l.csv --cut 2024-01-31 --horizon 0");
    assert_run(2, "evaluate --transactions o.csv --labels l.csv --cut 2024-01-31 --truth l.csv");
    assert_err("--truth goes with --data FILE");
    assert_run(2, "run --transactions o.csv --holdout 40000 --output out");
    assert_err("0 to 36500");
}

static void refuses(void **state)
{
    (void)state;
    put("d.csv", "id,x\na,0\na,1\nb,2\n");
    put("e.csv", "id,x\na,0\nc,1\nb,2\n");
    put("l.csv", "id,label\na,1\nb,2\na,1\n");
    put("m.csv", "id,label\np,1\nq,2\n");
    put("n.csv", "label\n1\n2\n");
    assert_run(2, "evaluate --data e.csv");
    assert_err("evaluate needs --data FILE and --labels FILE, or --labels FILE, --transactions FILE...");
    assert_run(2, "evaluate e.csv --labels l.csv");
    assert_err("files stand behind --data, --labels and --truth");
    assert_run(3, "evaluate --data d.csv --id id --labels l.csv");
    assert_err("the same id stands in the rows 1 and 2");
    assert_run(3, "evaluate --data e.csv --id id --labels l.csv");
    assert_err("l.csv: the same id stands in the rows 1 and 3");
    assert_run(3, "evaluate --data e.csv --id id --labels m.csv");
    assert_err("none of its 2 ids");
    assert_run(3, "evaluate --data e.csv --id id --labels n.csv");
    assert_err("n.csv: holds 2 labels, the data 3 rows");
    assert_run(2, "evaluate --data e.csv --id id --labels l.csv --label-column lable");
    assert_err("did you mean \"label\"?");
    assert_run(2, "evaluate --data - --labels - ");
    assert_err("standard input (-) can be read only once");
    assert_run(3, "evaluate --data e.csv --labels n.csv");
    assert_err("a column of texts is left out by --ignore");
    assert_run(2, "cluster e.csv --truth n.csv");
    assert_err("it belongs to: evaluate");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(judges_its_own_clusters, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(agrees_with_the_run, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(matches_by_id, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(leaves_noise_out, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(judges_in_the_right_space, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(counts_by_weight, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(draws_of_many, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(refuses, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(leaves_those_apart_out, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(judges_by_the_next_period, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(counts_who_is_missing, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(knows_labels_of_the_future, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(refuses_other_periods, sandbox_open, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
