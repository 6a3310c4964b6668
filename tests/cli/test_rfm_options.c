/* test_rfm_options.c: RFM scores and segments through the program: published cuts, borders, nesting, maps, and that a
 * model keeps all of it. */
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ORDERS "datasets/rfm/rfm_data_orders.csv"
#define APPLY "run %s --until 2006-12-30 "
#define RUN APPLY "--evidence none "

static json_t *read_json(const char *name)
{
    char *text = get(name, NULL);
    json_t *json = json_loads(text, 0, NULL);
    free(text);
    assert_non_null(json);
    return json;
}

/* ---- Rows of segments.csv and values.csv --------------------------------------------- */

enum { ROWS = 1000, CELLS = 64 };

typedef struct row {
    char id[64], segment[32], name[64];
    int r, f, m;
    double value;
} row;

static row first[ROWS], second[ROWS];

/* Moves past the cell and its comma or line end. */
static const char *read_cell(const char *p, char *out, size_t room)
{
    const int quoted = *p == '"';
    size_t length = 0;
    for (p += quoted; *p && (quoted ? *p != '"' || p[1] == '"' : *p != ',' && *p != '\n'); p++) {
        p += quoted && *p == '"';
        if (length + 1 < room) {
            out[length++] = *p;
        }
    }
    out[length] = '\0';
    p += quoted;
    return p + (*p == ',');
}

static size_t read_rows(const char *name, row *out)
{
    static const char *const column[] = {"customer_id", "rfm_segment", "rfm_segment_name", "r_score", "f_score",
                                         "m_score",     "value"};
    char *text = get(name, NULL), head[CELLS][64], cell[256];
    const char *p = text;
    size_t cells = 0, count = 0;
    while (*p != '\n') {
        p = read_cell(p, head[cells++], sizeof *head);
    }
    for (p++; *p; count++, p += *p == '\n') {
        memset(&out[count], 0, sizeof out[count]);
        for (size_t c = 0; c < cells; c++) {
            row *to = &out[count];
            p = read_cell(p, cell, sizeof cell);
            for (int k = 0; k < 7; k++) {
                char *const texts[] = {to->id, to->segment, to->name};
                int *const scores[] = {&to->r, &to->f, &to->m};
                if (strcmp(head[c], column[k]) == 0 && k < 3) {
                    strcpy(texts[k], cell);
                } else if (strcmp(head[c], column[k]) == 0 && k < 6) {
                    *scores[k - 3] = atoi(cell);
                } else if (strcmp(head[c], column[k]) == 0) {
                    to->value = atof(cell);
                }
            }
        }
    }
    free(text);
    return count;
}

/* ---- Scores ---------------------------------------------------------------------------- */

static void assert_cuts(const json_t *json, const char *of, const double *published, double below)
{
    for (int c = 0; c < 4; c++) {
        char path[64];
        snprintf(path, sizeof path, "valuation.rfm.%s.cuts.%d", of, c);
        if (!(fabs(json_at(json, path) + below - published[c]) < 1e-9)) {
            fail_msg("%s: %.17g", path, json_at(json, path));
        }
    }
}

/* The package's cuts are the quantiles and 1, with lower <= v < upper. */
static void published_cuts(void **state)
{
    (void)state;
    static const double published[3][4] = {{115, 181, 297.4, 482}, {4, 5, 6, 8}, {255.8, 382, 506.4, 666}};
    static const char *const name[] = {"recency", "frequency", "monetary"};
    assert_run(0, "value %s --as-of 2006-12-31 --json", source(ORDERS));
    json_t *json = get_json();
    for (int k = 0; k < 3; k++) {
        assert_cuts(json, name[k], published[k], 1);
    }
    assert_string_equal(json_text_at(json, "valuation.rfm.method"), "quantile");
    assert_true(json_at(json, "valuation.rfm.frequency.sizes.4") == 120);
    json_decref(json);
    assert_run(0,
               "value %s --as-of 2006-12-31 --json --rfm "
               "thresholds:114,180,297.4,481/3,4,5,7/254.8,381,505.4,665",
               source(ORDERS));
    json = get_json();
    static const double given[3][4] = {{114, 180, 297.4, 481}, {3, 4, 5, 7}, {254.8, 381, 505.4, 665}};
    for (int k = 0; k < 3; k++) {
        assert_cuts(json, name[k], given[k], 0);
    }
    assert_string_equal(json_text_at(json, "valuation.rfm.method"), "thresholds");
    json_decref(json);
}

/* A value at a cut scores as those below it; recency counts the other way round. */
static void borders(void **state)
{
    (void)state;
    static const row expected[] = {{.id = "a", .r = 3, .f = 1, .m = 1},
                                   {.id = "b", .r = 3, .f = 1, .m = 1},
                                   {.id = "c", .r = 2, .f = 2, .m = 2},
                                   {.id = "d", .r = 2, .f = 2, .m = 2},
                                   {.id = "e", .r = 1, .f = 3, .m = 3}};
    put("orders.csv", "customer_id,date,amount\n"
                      "a,2024-06-02,99.99\n" /* 29 days before 2024-07-01 */
                      "b,2024-06-01,100\n"   /* 30 */
                      "c,2024-05-31,50.01\nc,2024-05-30,50\n"
                      "d,2024-04-02,100\nd,2024-04-01,50\nd,2024-03-31,50\n" /* 90 */
                      "e,2024-04-01,50.01\ne,2024-03-31,50\ne,2024-03-30,50\ne,2024-03-29,50\n");
    assert_run(0, "value orders.csv --as-of 2024-07-01 --rfm thresholds:30,90/1,3/100,200 --output v.csv");
    assert_int_equal(read_rows("v.csv", first), 5);
    for (int i = 0; i < 5; i++) {
        assert_string_equal(first[i].id, expected[i].id);
        assert_true(first[i].r == expected[i].r && first[i].f == expected[i].f && first[i].m == expected[i].m);
        assert_string_equal(first[i].segment, "");
    }
    assert_err("RFM scores go from 1 to 3, and the map of RFM segments is of 1 to 5");
}

/* How many pairs there are whose value scores are the wrong way round, all together or of one R and F. */
static size_t count_inversions(const row *rows, size_t count, int within)
{
    size_t inversions = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            const int same = rows[i].r == rows[k].r && rows[i].f == rows[k].f;
            inversions += (!within || same) && ((rows[i].value < rows[k].value && rows[i].m > rows[k].m) ||
                                                (rows[i].value == rows[k].value && rows[i].m != rows[k].m));
        }
    }
    return inversions;
}

static void nested_and_not(void **state)
{
    (void)state;
    assert_run(0, RUN "--rfm rank:4 --output plain", source(ORDERS));
    assert_run(0, RUN "--rfm rank:4,nested --output nested", source(ORDERS));
    const size_t count = read_rows("plain/segments.csv", first);
    assert_int_equal(read_rows("nested/segments.csv", second), count);
    assert_int_equal(count_inversions(first, count, 0), 0);
    assert_int_equal(count_inversions(second, count, 1), 0);
    assert_true(count_inversions(second, count, 0) > 0);
    size_t size[5][5] = {{0}};
    for (size_t i = 0; i < count; i++) {
        assert_true(first[i].r == second[i].r); /* nothing is before it */
        assert_true(second[i].r >= 1 && second[i].r <= 4 && second[i].f >= 1 && second[i].f <= 4);
        size[second[i].r][second[i].f]++;
    }
    for (int r = 1; r <= 4;
         r++) { /* each of the scores of F has somebody of this R, although many have as many orders */
        assert_true(size[r][1] && size[r][2] && size[r][3] && size[r][4]);
    }
}

/* ---- Segments ---------------------------------------------------------------------------- */

/* Each pair of scores is one segment, and the summary counts what the file has. */
static void segments_are_a_partition(void **state)
{
    (void)state;
    assert_run(0, RUN "--lang zh --output out", source(ORDERS));
    const size_t count = read_rows("out/segments.csv", first);
    json_t *json = read_json("out/summary.json");
    double sizes = 0;
    for (size_t s = 0; s < json_array_size(json_object_get(json, "rfm_segments")); s++) {
        const json_t *segment = json_array_get(json_object_get(json, "rfm_segments"), s);
        double size = 0, value = 0;
        for (size_t i = 0; i < count; i++) {
            if (strcmp(first[i].segment, json_text_at(segment, "rfm_segment")) == 0) {
                assert_string_equal(first[i].name, json_text_at(segment, "names.zh"));
                size++;
                value += first[i].value;
            }
        }
        assert_true(size == json_at(segment, "size") && fabs(value - json_at(segment, "value_total")) < 1e-6);
        sizes += size;
    }
    assert_true(sizes == (double)count && count == 995);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            assert_true(first[i].r != first[k].r || first[i].f != first[k].f ||
                        strcmp(first[i].segment, first[k].segment) == 0);
        }
    }
    json_decref(json);
    assert_run(0, "inspect out --lang en");
    assert_out(
        "RFM segments: Champions 99 (9.9 %), Loyal customers 167 (16.8 %), Potential loyalists 147 (14.8 %),\n  ");
    assert_run(0, "inspect out"); /* in the language of the run */
    assert_out("RFM 客群：核心客户 99（9.9 %），忠诚客户 167（16.8 %），");
}

static void put_map(void)
{
    put("map.csv", "code,name_en,name_zh,r,f\n"
                   "stars,Stars,明星客户,3,2..3\n"
                   "base,\"The others, all\",其他客户,1..2,1..3\n"
                   "base,,,3,1\n");
}

static void a_model_keeps_them(void **state)
{
    (void)state;
    put_map();
    put("shop.yaml", "rfm:\n  method: rank\n  bins: 3\n  nested: yes\n  map: map.csv\n");
    assert_run(0, RUN "--rfm rank:3,nested --rfm-map map.csv --output fit", source(ORDERS));
    assert_run(0, RUN "--config shop.yaml --output same", source(ORDERS));
    assert_same_file("fit/segments.csv", "same/segments.csv");
    assert_same_file("fit/model.h5", "same/model.h5");
    assert_run(0, APPLY "--model fit/model.h5 --output again", source(ORDERS));
    assert_same_file("fit/segments.csv", "again/segments.csv");
    assert_same_file("fit/model.h5", "again/model.h5");
    const size_t count = read_rows("again/segments.csv", first);
    size_t stars = 0;
    for (size_t i = 0; i < count; i++) {
        const int is_star = first[i].r == 3 && first[i].f >= 2;
        assert_string_equal(first[i].segment, is_star ? "stars" : "base");
        assert_string_equal(first[i].name, is_star ? "Stars" : "The others, all");
        stars += (size_t)is_star;
    }
    assert_true(stars > 50 && stars < count / 3);
    /* Fitted anew, scores are cut in the same way, and segments are of the same map. */
    assert_run(0, APPLY "--model fit/model.h5 --refit rfm --output anew", source(ORDERS));
    assert_same_file("fit/segments.csv", "anew/segments.csv");
    assert_run(0, "features %s --until 2006-12-30 --like fit/model.h5 --output like.h5", source(ORDERS));
    assert_run(0, "label like.h5 fit/model.h5 --output labels.csv");
    assert_same_file("fit/segments.csv", "labels.csv");
}

static int is_same(const row *a, const row *b)
{
    return strcmp(a->id, b->id) == 0 && strcmp(a->segment, b->segment) == 0 && strcmp(a->name, b->name) == 0 &&
           a->r == b->r && a->f == b->f && a->m == b->m && a->value == b->value;
}

/* Half of the customers have the scores that they have among all. */
static void some_customers_score_alike(void **state)
{
    (void)state;
    char *text = get(source(ORDERS), NULL);
    FILE *half = fopen("half.csv", "w");
    int line = 0;
    for (char *p = text, *end; (end = strchr(p, '\n')); p = end + 1, line++) {
        if (line == 0 || *p < 'K') {
            fwrite(p, 1, (size_t)(end - p) + 1, half);
        }
    }
    fclose(half);
    free(text);
    assert_run(0, RUN "--output all", source(ORDERS));
    assert_run(0, APPLY "--model all/model.h5 --output half", "half.csv");
    const size_t all = read_rows("all/segments.csv", first), some = read_rows("half/segments.csv", second);
    assert_true(some > 300 && some < 700);
    for (size_t i = 0, k = 0; i < some; i++, k++) {
        while (k < all && strcmp(first[k].id, second[i].id) != 0) {
            k++;
        }
        assert_true(k < all && is_same(&first[k], &second[i]));
    }
}

static void a_map_of_other_scores(void **state)
{
    (void)state;
    put_map();
    assert_run(0, RUN "--output fit", source(ORDERS));
    assert_run(0, APPLY "--model fit/model.h5 --rfm quantile:3 --output three", source(ORDERS));
    assert_err("RFM scores go from 1 to 3, and the map of RFM segments is of 1 to 5");
    assert_int_equal(read_rows("three/segments.csv", first), 995);
    assert_string_equal(first[0].segment, "");
    assert_run(0, APPLY "--model fit/model.h5 --rfm quantile:3 --rfm-map map.csv --output three --force",
               source(ORDERS));
    assert_int_equal(read_rows("three/segments.csv", first), 995);
    assert_true(strcmp(first[0].segment, "stars") == 0 || strcmp(first[0].segment, "base") == 0);
    assert_run(0, "label fit/features.h5 fit/model.h5 --rfm-map none --output none.csv");
    assert_int_equal(read_rows("none.csv", first), 995);
    assert_string_equal(first[0].segment, "");
    assert_run(2, "cluster fit/features.h5 --rfm-map map.csv --output m.h5");
    assert_err("rfm_map: the map is of scores from 1 to 3, but those here go to 5");
    assert_false(exists("m.h5"));
}

static void rules_go_by_them(void **state)
{
    (void)state;
    put("shop.yaml", "rules:\n  care:\n"
                     "    - {code: keep, when: \"rfm_segment in ('champion', 'loyal')\"}\n"
                     "    - {code: wake, when: \"rfm_segment = 'hibernating'\"}\n");
    assert_run(0, RUN "--config shop.yaml --output out", source(ORDERS));
    json_t *json = read_json("out/summary.json");
    assert_true(json_at(json, "rules.0.classes.0.size") ==
                json_at(json, "rfm_segments.0.size") + json_at(json, "rfm_segments.1.size"));
    assert_true(json_at(json, "rules.0.classes.1.size") == json_at(json, "rfm_segments.9.size"));
    json_decref(json);
    put("shop.yaml", "rules:\n  care:\n    - {code: keep, when: \"rfm_segment = 'champions'\"}\n");
    assert_run(2, RUN "--config shop.yaml --output out --force", source(ORDERS));
    assert_err("rules.care.keep: no rfm_segment is called \"champions\" (did you mean \"champion\"?)");
    put("shop.yaml", "rules:\n  rfm_segment:\n    - {code: keep, when: \"segment = 'CHAMP'\"}\n");
    assert_run(2, RUN "--config shop.yaml --output out --force", source(ORDERS));
    assert_err("is a column of segments.csv already");
}

/* ---- What is refused -------------------------------------------------------------------------- */

static void what_cannot_be(void **state)
{
    (void)state;
    static const struct {
        const char *option, *said;
    } lines[] = {
        {"--rfm quintile", "--rfm: \"quintile\" is not quantile, thresholds or rank"},
        {"--rfm quantile:10", "--rfm: \"10\" is neither a number of scores, 2 to 9, nor \"nested\""},
        {"--rfm rank:1", "--rfm: \"1\" is neither a number of scores"},
        {"--rfm thresholds", "--rfm: the method thresholds needs some of recency (days), frequency and value"},
        {"--rfm thresholds:1,2/3", "--rfm: thresholds are three lists"},
        {"--rfm thresholds:3,2/1,2/1,2", "--rfm: the cuts must rise, but 3 is followed by 2"},
        {"--rfm thresholds:1/1,2/1", "--rfm: 2 cuts of frequency, but 1 of recency"},
        {"--rfm thresholds:1/a/1", "--rfm: \"a\" is no list of rising numbers"},
        {"--rfm-map gap.csv", "--rfm-map: gap.csv: 3 cells of the map belong to no segment: R5 F1, R5 F2, R5 F3"},
        {"--rfm-map over.csv", "--rfm-map: over.csv:3: r, f: R5 F4 belongs to stars already (over.csv:2)"},
        {"--rfm-map wide.csv", "--rfm-map: wide.csv:2: r: from 1 to 6 is no range of scores from 1 to 5"},
        {"--rfm-map absent.csv", "--rfm-map: absent.csv: cannot be read"},
        {"--config falling.yaml", "falling.yaml:6:23: rfm.cuts.frequency: the cuts must rise, but 3 is followed by 2"},
        {"--config short.yaml", "rfm.bins: scores from 1 to 5 need 4 cuts of each column, but there are 2"},
        {"--config both.yaml", "rfm: thresholds that are given hold for all: they cannot be nested"},
    };
#define CUTS(frequency) "  cuts:\n    recency: [30, 90]\n    frequency: [1, " frequency "]\n    monetary: [50, 200]\n"
    put("gap.csv", "code,r,f\nstars,5,4..5\nbase,1..4,1..5\n");
    put("over.csv", "code,r,f\nstars,5,4..5\nbase,1..5,1..5\n");
    put("wide.csv", "code,r,f\nbase,1..6,1..6\n");
    put("falling.yaml", "rfm:\n  method: thresholds\n  nested: no\n" CUTS("3, 2"));
    put("short.yaml", "rfm:\n  method: thresholds\n  bins: 5\n" CUTS("3"));
    put("both.yaml", "rfm:\n  method: thresholds\n  nested: yes\n" CUTS("3"));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const outcome *did = run("run %s %s --output out", source(ORDERS), lines[i].option);
        assert_true(did->status != 0 && did->status < 128);
        assert_err(lines[i].said);
        assert_false(exists("out"));
    }
    put("histories.csv", "x,t_x,T\n1,3,9\n0,0,9\n");
    put("few.csv", "customer,date,amount\na,2024-01-01,5\na,2024-02-01,5\nb,2024-01-01,5\nc,2024-01-01,7\n");
    assert_run(0, "value --transactions few.csv --rfm rank");
    assert_out("\n      2     <= 32          2    -          2 "); /* ties leave no cut of frequency there */
    assert_run(2, "value --histories histories.csv --rfm rank");
    assert_err("--rfm is of transactions");
}

/* Why fifths of frequency do not exist: a third of Online Retail's customers ordered once. */
static void many_bought_once(void **state)
{
    (void)state;
    put("rules.yaml",
        "rules: {orders: [{code: once, when: \"frequency = 1\"}, {code: more, when: \"frequency > 1\"}]}\n");
    assert_run(0,
               "run --transactions '%s' --config rules.yaml --evidence none --holdout 0 --no-value-models --json "
               "--output out",
               source("datasets/online-retail/online_retail_lines.csv.xz"));
    json_t *json = get_json();
    const double once = json_at(json, "rules.0.classes.0.size"), more = json_at(json, "rules.0.classes.1.size");
    assert_true(once + more > 4300 && fabs(once / (once + more) - .34) < .005);
    json_decref(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_SANDBOX(f) cmocka_unit_test_setup_teardown(f, sandbox_open, sandbox_close)
        IN_SANDBOX(published_cuts),        IN_SANDBOX(borders),
        IN_SANDBOX(nested_and_not),        IN_SANDBOX(segments_are_a_partition),
        IN_SANDBOX(a_model_keeps_them),    IN_SANDBOX(some_customers_score_alike),
        IN_SANDBOX(a_map_of_other_scores), IN_SANDBOX(rules_go_by_them),
        IN_SANDBOX(what_cannot_be),        IN_SANDBOX(many_bought_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
