/* test_cluster.c: plain numeric data through `tesela cluster`. */
#include "program.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tesela/model.h>

#include "base/rng.h"
#include "base/text.h"

/* The best k-means of three classic sets, and the price of explaining it by a
 * tree of k leaves, as computed by scikit-learn and by R (z: population sd). */
typedef struct figure {
    const char *set, *scale;
    int k;
    double inertia, silhouette, calinski_harabasz, davies_bouldin, cost_ratio; /* 0: not published */
} figure;

static const figure figures[] = {
    {"iris", "none", 2, 152.347952, .681046, 513.9246, .404293, 0},
    {"iris", "none", 3, 78.851441, .552819, 561.6278, .661972, 1.0365},
    {"wine", "none", 3, 2370689.6868, .571138, 561.8157, .534243, 0},
    {"wine", "z", 3, 1277.928489, .284859, 70.9400, 1.389188, 1.0470},
    {"wdbc", "none", 2, 77943099.878, .697265, 1300.2082, .504404, 0},
    {"wdbc", "z", 2, 11595.461474, .344974, 267.6964, 1.312320, 1.0264},
};

static void assert_near(double seen, double expected, double half_a_digit)
{
    if (!(fabs(seen - expected) <= half_a_digit * 1.0001)) {
        fail_msg("%.9f is not %.9f", seen, expected);
    }
}

static void finds_the_known_optima(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        const figure *f = &figures[i];
        assert_run(
            0, "cluster %s/%s.csv --ignore class --k %d --scale %s --restarts 50 --leaves %d --round 0 --json --quiet",
            source("datasets/quality"), f->set, f->k, f->scale, f->k);
        json_t *json = get_json();
        assert_near(json_at(json, "clusters.inertia"), f->inertia,
                    f->inertia > 1e7   ? 5e-4
                    : f->inertia > 1e6 ? 5e-5
                                       : 5e-7);
        assert_near(json_at(json, "clusters.silhouette"), f->silhouette, 5e-7);
        assert_near(json_at(json, "clusters.candidates.0.calinski_harabasz"), f->calinski_harabasz, 1e-4);
        assert_near(json_at(json, "clusters.candidates.0.davies_bouldin"), f->davies_bouldin, 5e-7);
        if (f->cost_ratio > 0) {
            assert_near(json_at(json, "clusters.tree.cost_ratio"), f->cost_ratio, 5e-5);
        }
        json_decref(json);
    }
}

/* Rules are on the data as they are, whatever the scale. */
static void explains_in_the_data_s_own_units(void **state)
{
    (void)state;
    const char *iris = source("datasets/quality/iris.csv");
    assert_run(0, "cluster %s --ignore class --k 3 --scale z --output z.h5 --quiet", iris);
    assert_run(0, "cluster %s --ignore class --k 3 --scale none --output raw.h5 --quiet", iris);
    assert_run(0, "explain raw.h5");
    assert_out("petal length cm at most 2:"); /* 1.9 to 3: the roundest */
    assert_out("Leaves  ");
    assert_out("3  1.0365");
    assert_out("precision 100.0 %");
    assert_run(0, "explain z.h5 --json");
    json_t *json = get_json();
    assert_true(strstr(json_text_at(json, "clusters.groups.0.rule"), " cm") != NULL);
    json_decref(json);
}

/* A model through pipes is the model in a file; two outputs are not mixed into one. */
static void speaks_through_pipes(void **state)
{
    (void)state;
    put_orders("t.csv", 60, 6);
    assert_run(0, "features --transactions t.csv --output f.h5 --quiet");
    run_with(&(setting){.output = "piped.h5"}, "features --transactions t.csv --output -");
    assert_int_equal(last_outcome()->status, 0);
    assert_same_file("piped.h5", "f.h5");
    assert_run(0, "cluster f.h5 --k 3 --output m.h5 --quiet");
    run_with(&(setting){.output = "piped-m.h5"}, "cluster f.h5 --k 3 --output -");
    assert_int_equal(last_outcome()->status, 0);
    assert_same_file("piped-m.h5", "m.h5");
    assert_run(2, "cluster f.h5 --k 3 --output - --labels -");
    assert_err("--output and --labels cannot both be standard output");
}

/* The clusters of 0, 1, 10 and 11 in each scale: (x - center) / scale worked out by hand. */
static void scales_columns(void **state)
{
    static const struct {
        const char *scale;
        double inertia; /* of k = 1: the sum of squares of the scaled column */
    } cases[] = {{"none", 101},
                 {"z", 4},
                 {"minmax", 101.0 / 121},
                 {"robust", 101.0 / (9.5 * 9.5)},
                 {"rank-normal", 2.38052263369268}}; /* of Phi^-1((i - 3/8) / 4.25) */
    (void)state;
    put("data.csv", "x\n0\n1\n10\n11\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_run(0, "cluster data.csv --k 1 --scale %s --json", cases[i].scale);
        json_t *json = get_json();
        assert_near(json_at(json, "clusters.inertia"), cases[i].inertia, 1e-12 * cases[i].inertia);
        json_decref(json);
        assert_err(cases[i].scale);
    }
    assert_run(0, "cluster data.csv --k 2");
    assert_err("scale: z: columns less their mean, by their population standard deviation (the default;");
    assert_run(0, "cluster data.csv --k 2 --scale z");
    assert_null(strstr(last_outcome()->err, "default"));
}

/* More than half of a column alike: its quartiles are one, so its sd stands in. */
static void scales_odd_columns(void **state)
{
    static const char *const scales[] = {"z", "minmax", "robust", "rank-normal"};
    (void)state;
    put("data.csv", "x,flat\n5,3\n5,3\n5,3\n5,3\n9,3\n");
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        assert_run(0, "cluster data.csv --k 2 --scale %s --json", scales[i]);
        assert_err("note: flat is constant and tells nothing apart");
        assert_null(strstr(last_outcome()->err, "note: x "));
        json_t *json = get_json();
        assert_near(json_at(json, "clusters.inertia"), 0, 1e-20);
        json_decref(json);
    }
}

static void writes_labels(void **state)
{
    (void)state;
    put("data.csv", "name,x,y\n\"a,1\",1,5\nb,30,5\n\"c\"\"\",31,5\nd,29,6\ne,2,5\n");
    assert_run(0, "cluster data.csv --id name --k 2 --labels l.csv --output m.h5 --scale none");
    char *text = get("l.csv", NULL);
    assert_string_equal(text, "id,cluster\n\"a,1\",2\nb,1\n\"c\"\"\",1\nd,1\ne,2\n"); /* the larger one is the first */
    free(text);
    assert_run(0, "cluster data.csv --ignore name --k 2 --labels n.csv --value y --scale none");
    text = get("n.csv", NULL);
    assert_string_equal(text, "row,cluster\n1,2\n2,1\n3,1\n4,1\n5,2\n");
    free(text);
    put("data.csv", "name,x,spend\na,1,50\nb,30,5\nc,31,5\nd,29,6\ne,2,50\n");
    assert_run(0, "cluster data.csv --ignore name --k 2 --labels v.csv --value spend --scale none");
    text = get("v.csv", NULL);
    assert_string_equal(text, "row,cluster\n1,1\n2,2\n3,2\n4,2\n5,1\n"); /* the more valuable one is the first */
    free(text);
    assert_run(2, "cluster data.csv --ignore name --k 2 --value spent");
    assert_err("value: no column is called \"spent\"; did you mean \"spend\"?");
    assert_entries("data.csv,l.csv,m.h5,n.csv,v.csv");
}

/* A .npy of version 1.0 with six rows of two float64. */
static void put_npy(const char *name)
{
    static const double values[] = {0, 0, 0, 1, 1, 0, 10, 10, 10, 11, 11, 10};
    static const char magic[10] = {'\x93', 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(magic, 1, sizeof magic, file), sizeof magic);
    assert_int_equal(fprintf(file, "%-117s\n", "{'descr': '<f8', 'fortran_order': False, 'shape': (6, 2), }"), 118);
    assert_int_equal(fwrite(values, 1, sizeof values, file), sizeof values);
    assert_int_equal(fclose(file), 0);
}

static void reads_other_formats(void **state)
{
    (void)state;
    put_npy("data.npy");
    put("data.csv", "0;0\n0;1\n1;0\n10;10\n10;11\n11;10\n");
    put("data.tsv", "x\ty\n0\t0\n0\t1\n1\t0\n10\t10\n10\t11\n11\t10\n");
    assert_run(0, "cluster data.npy --k 2 --labels a.csv --scale none --json");
    json_t *json = get_json();
    assert_near(json_at(json, "clusters.inertia"), 8.0 / 3, 1e-12);
    json_decref(json);
    assert_run(0, "cluster data.csv --k 2 --labels b.csv --header no --delimiter semicolon");
    assert_run(0, "cluster data.tsv --k 2 --labels c.csv --delimiter tab");
    assert_same_file("a.csv", "b.csv");
    assert_same_file("a.csv", "c.csv");
    put_orders("orders.csv", 40, 6);
    assert_run(0, "features --transactions orders.csv --output f.h5 --quiet");
    assert_run(0, "cluster f.h5:/obsm/value --k 2 --scale none --json --quiet");
    json = get_json();
    assert_int_equal((int)json_at(json, "clusters.rows"), 40);
    json_decref(json);
    char *text = get("data.tsv", NULL);
    assert_int_equal(run_with(&(setting){.input = text}, "cluster - --k 2 --labels d.csv --quiet")->status, 0);
    free(text);
    assert_same_file("a.csv", "d.csv");
}

static void refuses_options_that_would_do_nothing(void **state)
{
    static const char *const features[] = {"--scale z", "--id x", "--ignore x", "--delimiter tab", "--header no"};
    static const char *const data[] = {"--include x", "--exclude x"};
    static const char *const customers[] = {"--anchors typical", "--apart none"};
    (void)state;
    put_orders("orders.csv", 40, 6);
    put("data.csv", "x\n1\n2\n9\n");
    assert_run(0, "features --transactions orders.csv --output f.h5 --quiet");
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        assert_run(2, "cluster f.h5 --k 2 %s", features[i]);
        assert_err("is for plain data");
    }
    for (size_t i = 0; i < sizeof data / sizeof *data; i++) {
        assert_run(2, "cluster data.csv --k 2 %s", data[i]);
        assert_err("is for a features file; columns of plain data are left out by --ignore");
    }
    for (size_t i = 0; i < sizeof customers / sizeof *customers; i++) {
        assert_run(2, "cluster data.csv %s", customers[i]);
        assert_err("is for a features file; all rows of plain data are clustered, by k-means alone");
    }
    assert_run(2, "cluster f.h5 --k 2 --dunn --evidence none");
    assert_err("dunn: is part of the evidence, which --evidence full gathers");
    assert_run(0, "cluster f.h5 --k 2 --output m.h5 --quiet");
    assert_run(3, "cluster m.h5 --k 2");
    assert_err("m.h5: is a model file, expected a features file or plain data");
}

static void shows_what_it_found(void **state)
{
    (void)state;
    put("data.csv", "x\n0\n1\n10\n11\n20\n21\n");
    assert_run(0, "cluster data.csv --k-max 4 --scale none");
    assert_out("Silhouette");
    assert_out("chosen");
    assert_out("x at most 6");
    assert_out("Nothing was written: --output MODEL.h5 keeps the model");
    assert_run(0, "cluster %s --ignore class --k 3 --leaves 5 --scale none --json",
               source("datasets/quality/iris.csv"));
    json_t *json = get_json();
    assert_int_equal((int)json_at(json, "clusters.tree.leaves"), 5);
    json_decref(json);
    assert_run(0, "cluster %s --ignore class --k 31 --evidence full --json", source("datasets/quality/iris.csv"));
    assert_err("gap statistic and prediction strength up to k = 30");
    json = get_json();
    json_t *judged = json_array_get(json_object_get(json_object_get(json, "clusters"), "candidates"), 0);
    assert_true(json_is_null(json_object_get(judged, "gap")));
    assert_true(json_is_null(json_object_get(judged, "prediction_strength")));
    json_decref(json);
    assert_run(0, "cluster data.csv --k-min 3 --k-max 4 --leaves 2 --scale none --json");
    assert_err("note: the tree has 3 leaves, one a cluster, as 2 are fewer than k");
}

/* ---- Given centres and weights --------------------------------------------------- */

#define POINTS "x,y,times\n0,0,1\n0,2,1\n10,0,0\n10,2,2\n20,9,1\n20,7,3\n"

/* Centres from every kind of file, in the data's units; k is their number. */
static void begins_with_given_centres(void **state)
{
    static const char *const kinds[] = {"i.csv", "plain.csv", "i.npy", "m.h5"};
    (void)state;
    put("d.csv", "x,y\n0,0\n0,1\n1,0\n10,10\n10,11\n11,10\n");
    put("i.csv", "y,x\n10,10\n0,0\n");
    put("plain.csv", "10,10\n0,0\n");
    put_npy("i.npy"); /* six: each row itself */
    assert_run(0, "cluster d.csv --init i.csv --labels first.csv --output m.h5 --quiet");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        assert_run(0, "cluster d.csv --init %s --labels l.csv --force --json", kinds[i]);
        json_t *json = get_json();
        assert_int_equal((int)json_at(json, "clusters.k"), i == 2 ? 6 : 2);
        assert_string_equal(json_text_at(json, "clusters.choice"), i == 2
                                                                       ? "k = 6 is the number of the initial centres"
                                                                       : "k = 2 is the number of the initial centres");
        json_decref(json);
        if (i != 2) {
            assert_same_file("l.csv", "first.csv");
        }
    }
    char *text = get("first.csv", NULL);
    assert_string_equal(text, "row,cluster\n1,2\n2,2\n3,2\n4,1\n5,1\n6,1\n");
    free(text);
    assert_run(0, "cluster d.csv --init i.csv --k 2 --quiet");
    const setting piped = {.input = "x,y\n0,0\n10,10\n"};
    assert_int_equal(run_with(&piped, "cluster d.csv --init - --quiet")->status, 0);
}

static void refuses_what_is_no_start(void **state)
{
    static const struct {
        const char *file, *more, *message;
        int status;
    } cases[] = {
        {"x,y\n1,2\n3,4\n", "--k 3", "i.csv: holds 2 initial centres, but k is 3; k is their number", 2},
        {"x,y\n1,2\n3,4\n", "--k-min 2", "--k-min does nothing beside --init, whose rows are the centres", 2},
        {"x,y\n1,2\n3,4\n", "--k-max 9", "--k-max does nothing beside --init", 2},
        {"x,y\n1,2\n3,4\n", "--restarts 3", "--restarts does nothing beside --init", 2},
        {"x,y\n1,2\n3,4\n", "--output i.csv --force", "--output i.csv would be written over --init i.csv", 2},
        {"x,z\n1,2\n3,4\n", "", "i.csv: no column of the data is called \"z\"; there are x, y, times", 3},
        {"x,y\n1,2\n3,4\n", "", "i.csv: lacks columns that clusters are found by: times", 3},
        {"x,y,times\n1,2,1\n3,NaN,1\n", "", "i.csv:3: y", 3},
        {"1,2\n3,4\n", "", "i.csv: has 2 columns; without names 3 are expected, those of the data", 3},
    };
    (void)state;
    put("d.csv", POINTS);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put("i.csv", cases[i].file);
        assert_run(cases[i].status, "cluster d.csv --init i.csv %s", cases[i].more);
        assert_err(cases[i].message);
    }
    assert_run(3, "cluster d.csv --init none.csv");
    assert_err("none.csv: cannot be read: No such file or directory");
    assert_run(2, "cluster - --init -");
    assert_err("standard input (-) can be read only once");
}

/* Of customers: the columns are features by name; a model of last month's is a warm start. */
static void begins_with_features(void **state)
{
    (void)state;
    put_orders("orders.csv", 60, 6);
    assert_run(0, "features --transactions orders.csv --output f.h5 --quiet");
    assert_run(0, "cluster f.h5 --k 3 --output m.h5 --labels a.csv --quiet");
    assert_run(0, "cluster f.h5 --init m.h5 --labels b.csv --output n.h5 --quiet");
    assert_same_file("a.csv", "b.csv");
    assert_run(0, "run --transactions orders.csv --init m.h5 --output out --quiet");
    assert_run(0, "inspect out/model.h5 --json");
    json_t *json = get_json();
    assert_int_equal((int)json_at(json, "clusters.k"), 3);
    json_decref(json);
    char *manifest = get("out/manifest.json", NULL);
    assert_non_null(strstr(manifest, "\"cluster.init\": \"m.h5\"")); /* what went in stands there alone ... */
    json_t *made = json_loads(manifest, 0, NULL);
    assert_string_equal(json_text_at(made, "inputs.1.role"), "init");
    assert_string_equal(json_text_at(made, "inputs.1.name"), "m.h5");
    assert_int_equal(strlen(json_text_at(made, "inputs.1.sha256")), 64);
    json_decref(made);
    free(manifest);
    assert_run(0, "cluster f.h5 --init ./m.h5 --output o.h5 --quiet");
    assert_same_file("n.h5", "o.h5"); /* ... and its name is not in the model */
    put("i.csv", "recency_days,frequency\n10,5\n200,1\n");
    assert_run(3, "cluster f.h5 --init i.csv");
    assert_err("i.csv: lacks columns that clusters are found by: ");
    assert_run(0, "cluster f.h5 --exclude '*' --include recency_days,frequency --init i.csv --quiet");
    assert_run(3, "cluster f.h5 --init f.h5");
    assert_err("f.h5: is a features file; initial centres are a CSV file");
    assert_run(2, "run --transactions orders.csv --model m.h5 --init m.h5 --output p");
    assert_err("--init: what it says is settled by --model");
    assert_run(2, "run --transactions orders.csv --model m.h5 --weight frequency --output p");
    assert_err("--weight: what it says is settled by --model");
}

/* The column is left out of the clusters; rows of 0 are assigned, and counted in a note. */
static void counts_rows_by_weight(void **state)
{
    (void)state;
    put("d.csv", POINTS);
    put("repeated.csv", "x,y\n0,0\n0,2\n10,2\n10,2\n20,9\n20,7\n20,7\n20,7\n");
    put("i.csv", "x,y\n0,1\n10,1\n20,8\n");
    assert_run(0, "cluster repeated.csv --init i.csv --scale none --json");
    json_t *json = get_json();
    double inertia = json_at(json, "clusters.inertia"), share = json_at(json, "clusters.candidates.0.smallest_share");
    json_decref(json);
    assert_run(0, "cluster d.csv --weight times --init i.csv --scale none --output m.h5 --labels l.csv --json");
    assert_err("note: 1 of 6 rows have a weight (times) of 0 and take no part in finding the clusters");
    json = get_json();
    assert_true(json_at(json, "clusters.inertia") == inertia && inertia == 5); /* 2 + 0 + 3 */
    assert_true(json_at(json, "clusters.candidates.0.smallest_share") == share);
    assert_int_equal((int)json_at(json, "clusters.columns"), 2);
    assert_string_equal(json_text_at(json, "clusters.weight"), "times");
    json_decref(json);
    char *text = get("l.csv", NULL);
    assert_string_equal(text, "row,cluster\n1,2\n2,2\n3,3\n4,3\n5,1\n6,1\n"); /* the heaviest is the first */
    free(text);
    assert_run(0, "cluster d.csv --weight times --init i.csv --scale none");
    assert_out("  Cluster  Rows  Weight   Share");
    assert_out("        1     2       4  50.0 %");
    assert_run(0, "explain m.h5");
    assert_out(" (2, weight 4, 50.0 %), ");
    assert_run(0, "explain m.h5 --lang zh");
    assert_out("（2，权重 4，50.0 %）");
    assert_run(0, "cluster d.csv --weight '#3' --init i.csv --scale none --output n.h5 --quiet");
    assert_run(0, "inspect n.h5 --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "clusters.weight"), "times");
    json_decref(json);
    put_npy("d.npy");
    assert_run(0, "cluster d.npy --weight '#2' --k 2 --json --quiet");
    json = get_json();
    assert_int_equal((int)json_at(json, "clusters.columns"), 1);
    json_decref(json);
    put("more.csv", "y,x\n0,1\n7,20\n");
    assert_run(0, "assign more.csv m.h5 --output more-labels.csv --quiet"); /* new rows need no weight */
}

/* 900 rows of weights 0 to 3: whole numbers and any, in groups of which one is mostly light. The same written out, the
 * rows of 0 by themselves, and centres to begin with. */
static size_t put_weighed(double *weight)
{
    enum { ROWS = 900 };
    tsl__text with = {0}, out = {0}, none = {0};
    tsl__rng rng = tsl__rng_open(12, 1, 1);
    tsl__text_puts(&with, "a,b,w\n");
    tsl__text_puts(&out, "a,b\n");
    tsl__text_puts(&none, "a,b\n");
    for (int i = 0; i < ROWS; i++) {
        const int group = i % 3, units = (int)tsl__rng_below(&rng, 30) + 25 * group,
                  cents = (int)tsl__rng_below(&rng, 300) + (group == 1 ? 500 : 0);
        const int times = group ? (int)tsl__rng_below(&rng, 4) : 3 - (int)tsl__rng_below(&rng, 5) / 2;
        weight[i] = times;
        tsl__text_printf(&with, "%d,%d.%02d,%d\n", units, cents / 100, cents % 100, times);
        for (int t = 0; t < times; t++) {
            tsl__text_printf(&out, "%d,%d.%02d\n", units, cents / 100, cents % 100);
        }
        if (!times) {
            tsl__text_printf(&none, "%d,%d.%02d\n", units, cents / 100, cents % 100);
        }
    }
    put("w.csv", with.data);
    put("out.csv", out.data);
    put("none.csv", none.data);
    put("i.csv", "a,b\n0,1\n40,6\n70,2\n");
    tsl__text_free(&with);
    tsl__text_free(&out);
    tsl__text_free(&none);
    return ROWS;
}

/* The clusters of labels.csv, row by row; the names where the file has them. */
static size_t get_clusters(const char *file, int *cluster, char (*name)[64])
{
    char *text = get(file, NULL), *rest = NULL;
    size_t rows = 0;
    for (char *line = strtok_r(text, "\n", &rest); (line = strtok_r(NULL, "\n", &rest)) != NULL; rows++) {
        const int fields = sscanf(line, "%*[^,],%d,%63[^,]", &cluster[rows], name ? name[rows] : (char[64]){0});
        assert_true(fields >= (name ? 2 : 1));
    }
    free(text);
    return rows;
}

static void assert_alike(const json_t *a, const json_t *b, const char *const *path, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double x = json_at(a, path[i]), y = json_at(b, path[i]);
        if (!(fabs(x - y) <= 1e-12 * fabs(y))) {
            fail_msg("%s: %.17g is not %.17g", path[i], x, y);
        }
    }
}

/* Groups: shares and rules are to the letter, where their cuts stand with all their digits. */
static void check_groups(const json_t *a, const json_t *b, double weight)
{
    double sum = 0;
    for (int g = 0; g < 3; g++) {
        char path[64];
        snprintf(path, sizeof path, "clusters.groups.%d.condition", g);
        assert_string_equal(json_text_at(a, path), json_text_at(b, path));
        snprintf(path, sizeof path, "clusters.groups.%d.share", g);
        assert_true(json_at(a, path) == json_at(b, path));
        snprintf(path, sizeof path, "clusters.groups.%d.weight", g);
        sum += json_at(a, path);
        snprintf(path, sizeof path, "clusters.groups.%d.precision", g);
        assert_true(json_at(a, path) == json_at(b, path));
    }
    assert_true(sum == weight);
}

static tsl_model *get_model(const char *file)
{
    tsl_model *model = NULL;
    assert_int_equal(tsl_model_read(&(tsl_source){.path = file}, &model, NULL), TSL_OK);
    return model;
}

/* Centres agree; the cuts of the tree are the same numbers. */
static void check_models(const char *one, const char *two)
{
    tsl_model *a = get_model(one), *b = get_model(two);
    for (size_t i = 0; i < (size_t)a->k * a->cols; i++) {
        assert_true(fabs(a->center[i] - b->center[i]) <= 1e-12 * (1 + fabs(b->center[i])));
        assert_true(fabs(a->center_raw[i] - b->center_raw[i]) <= 1e-12 * (1 + fabs(b->center_raw[i])));
    }
    assert_int_equal(a->tree->node_count, b->tree->node_count);
    for (size_t i = 0; i < a->tree->node_count; i++) {
        assert_true(a->tree->node[i].threshold == b->tree->node[i].threshold);
    }
    for (int c = 0; c < a->k; c++) {
        assert_true(tsl_model_get_share(a, c) == tsl_model_get_share(b, c)); /* the file tells the weights */
    }
    tsl_model_free(a);
    tsl_model_free(b);
}

/* By every scale: a row of weight 2 is two rows, one of weight 0 is none. Figures agree to 1e-12; cuts, shares, names
 * and the cluster of each row are the same. */
static void takes_weights_for_rows(void **state)
{
    static const char *const scale[] = {"z", "minmax", "robust", "rank-normal", "none"};
    static const char *const measure[] = {"clusters.inertia",           "clusters.silhouette",
                                          "clusters.calinski_harabasz", "clusters.davies_bouldin",
                                          "clusters.tree.cost_ratio",   "clusters.candidates.0.smallest_share"};
    static double weight[1000];
    static int once[1000], each[3000], none[1000];
    static char name[1000][64], other[1000][64];
    (void)state;
    size_t rows = put_weighed(weight);
    double total = 0;
    for (size_t r = 0; r < rows; r++) {
        total += weight[r];
    }
    for (size_t s = 0; s < sizeof scale / sizeof *scale; s++) {
        assert_run(0, "cluster w.csv --weight w --init i.csv --scale %s --labels w.l --output w.h5 --force --json",
                   scale[s]);
        json_t *a = get_json();
        assert_run(0, "cluster out.csv --init i.csv --scale %s --labels out.l --output out.h5 --force --json",
                   scale[s]);
        json_t *b = get_json();
        assert_alike(a, b, measure, sizeof measure / sizeof *measure);
        check_groups(a, b, total);
        json_decref(a);
        json_decref(b);
        check_models("w.h5", "out.h5");
        size_t at = 0, light = 0;
        assert_int_equal(get_clusters("w.l", once, NULL), rows);
        assert_int_equal(get_clusters("out.l", each, NULL), (size_t)total);
        /* Rows of 0 are assigned as the other model assigns them, to segments of the same names. */
        assert_run(0, "assign none.csv out.h5 --output none.l --force --quiet");
        assert_true(get_clusters("none.l", none, name) > 100);
        assert_run(0, "assign none.csv w.h5 --output none.l --force --quiet");
        get_clusters("none.l", none, other);
        for (size_t r = 0; r < rows; r++) {
            for (int t = 0; t < (int)weight[r]; t++) {
                assert_int_equal(each[at++], once[r]);
            }
            if (weight[r] == 0) {
                assert_int_equal(none[light], once[r]);
                assert_string_equal(name[light], other[light]);
                light++;
            }
        }
    }
}

/* Rows that come to be alike by scaling: the message says that it was that. */
static void says_that_it_scaled(void **state)
{
    (void)state;
    put("d.csv", "x\n0\n1e-200\n1\n");
    assert_run(3, "cluster d.csv --k 3");
    assert_err("k = 3 is more than the 2 distinct rows after scaling");
    assert_run(0, "cluster d.csv --k 3 --scale none --quiet");
    put("d.csv", "x\n0\n0\n1\n");
    assert_run(3, "cluster d.csv --k 3 --scale none");
    assert_err("k = 3 is more than the 2 distinct rows\n");
}

static void refuses_what_is_no_weight(void **state)
{
    static const struct {
        const char *data, *more, *message;
        int status;
    } cases[] = {
        {"x,w\n1,1\n2,\n", "--weight w", "d.csv:3: w is missing", 3},
        {"x,w\n1,1\n2,-3\n", "--weight w", "d.csv: row 2: the weight (w) is -3; expected 0 or more", 3},
        {"x,w\n1,0\n2,0\n", "--weight w", "d.csv: the weight (w) is 0 in every row", 3},
        {"x,w\n1,1\n2,3\n", "--weight v", "weight: d.csv has no column \"v\"", 2},
        {"x,w\n1,1\n2,3\n", "--weight w --id w", "is left out, or names the rows", 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put("d.csv", cases[i].data);
        assert_run(cases[i].status, "cluster d.csv --k 1 %s", cases[i].more);
        assert_err(cases[i].message);
    }
}

/* Customers by weight: stage by stage as in one run, also by a column that is the same everywhere. */
static void counts_customers_by_weight(void **state)
{
    (void)state;
    put_orders("orders.csv", 60, 6);
    assert_run(0, "run --transactions orders.csv --weight frequency --k 3 --output out --quiet");
    assert_run(0, "features --transactions orders.csv --weight frequency --apart potential --output f.h5 --quiet");
    assert_same_file("f.h5", "out/features.h5");
    assert_run(0, "cluster f.h5 --k 3 --output m.h5 --labels a.csv --json --quiet");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "clusters.weight"), "frequency");
    double tree = json_at(json, "clusters.tree.cost_ratio");
    json_decref(json);
    assert_run(0, "features --transactions orders.csv --output g.h5 --quiet");
    assert_run(0, "cluster g.h5 --k 3 --weight frequency --labels b.csv --quiet");
    assert_same_file("a.csv", "b.csv");
    assert_run(0, "explain m.h5 --features f.h5 --json --quiet"); /* the tree counts as the clusters did */
    json = get_json();
    assert_true(json_at(json, "clusters.tree.cost_ratio") == tree);
    json_decref(json);
    assert_run(2, "cluster g.h5 --k 3 --weight frequncy");
    assert_err("weight: no feature is called \"frequncy\"; did you mean \"frequency\"?");
    assert_run(3, "cluster g.h5 --k 3 --weight gap_sd_days");
    assert_err(", in the order of ids: the weight (gap_sd_days) is missing");
    put("people.csv", "customer_id,age,one,city\na,20,1,x\nb,31,1,y\nc,42,1,x\nd,60,1,y\ne,22,1,x\n");
    assert_run(0, "features --customers people.csv --weight one --output w.h5 --quiet");
    assert_run(0, "features --customers people.csv --output u.h5 --quiet");
    assert_run(0, "cluster w.h5 --k 2 --labels w.csv --quiet");
    assert_run(0, "cluster u.h5 --k 2 --labels u.csv --quiet");
    assert_same_file("w.csv", "u.csv");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(finds_the_known_optima),
        IN_SANDBOX(explains_in_the_data_s_own_units),
        IN_SANDBOX(speaks_through_pipes),
        IN_SANDBOX(scales_columns),
        IN_SANDBOX(scales_odd_columns),
        IN_SANDBOX(writes_labels),
        IN_SANDBOX(reads_other_formats),
        IN_SANDBOX(shows_what_it_found),
        IN_SANDBOX(refuses_options_that_would_do_nothing),
        IN_SANDBOX(begins_with_given_centres),
        IN_SANDBOX(refuses_what_is_no_start),
        IN_SANDBOX(begins_with_features),
        IN_SANDBOX(counts_rows_by_weight),
        IN_SANDBOX(takes_weights_for_rows),
        IN_SANDBOX(says_that_it_scaled),
        IN_SANDBOX(refuses_what_is_no_weight),
        IN_SANDBOX(counts_customers_by_weight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
