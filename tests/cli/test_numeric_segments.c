/* test_numeric_segments.c: the segments of a run by default on public tables of customers, as a reference in NumPy
 * finds them, which knows the rule alone (docs/methods/basis.md) and reads the tables by itself; and what is said of
 * outcomes. */
#include "program.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <tesela/label.h>

typedef struct group {
    uint64_t size;
    double centre[2]; /* of the first column, and of the second */
} group;

static const struct expected {
    const char *table, *lead[2]; /* NULL: there is none */
    group group[4];              /* by the places' order */
} expected[] = {
    {"--customer-id # --customers datasets/wholesale/Wholesale_customers_data.csv",
     {"Milk", "Fresh"},
     {{127, {0.784242053631, 0.748821388196}},
      {107, {0.787563902622, -0.83970927711}},
      {150, {-0.809432345927, 0.684576285047}},
      {56, {-0.83396891585, -0.864309107088}}}},
    {"--customers datasets/adventureworks/AdventureWorks_Customers.csv",
     {"AnnualIncome", "TotalChildren"},
     {{6084, {0.775845277127, 0.853363395525}},
      {3599, {0.782805247367, -0.82355651149}},
      {3432, {-0.817615334039, 0.739358611447}},
      {5033, {-0.812054741835, -0.832549051819}}}},
    {"--customer-id # --customers datasets/quality/mcdonalds.csv",
     {"Age", NULL},
     {{335, {1.36492348774}}, {407, {0.474992709687}}, {382, {-0.468999800965}}, {329, {-1.39022665968}}}},
};

static void check_model(const struct expected *want)
{
    tsl_segmentation *s = NULL;
    assert_int_equal(tsl_segmentation_read(&(tsl_source){.path = "out/model.h5"}, &s, NULL), TSL_OK);
    const tsl_model *model = s->model;
    const size_t cols = want->lead[1] ? 2 : 1;
    assert_int_equal(model->k, 4);
    assert_int_equal(model->cols, cols);
    for (size_t j = 0; j < cols; j++) {
        size_t at = 0;
        while (at < cols && strcmp(model->column[at], want->lead[j]) != 0) {
            at++;
        }
        assert_true(at < cols);
        for (int g = 0; g < 4; g++) {
            assert_true(fabs(model->center[(size_t)g * cols + at] - want->group[g].centre[j]) < 1e-9);
            assert_int_equal(tsl_model_get_size(model, g), want->group[g].size);
        }
    }
    tsl_segmentation_free(s);
}

static void agrees_on_public_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        char line[4096];
        const char *path = strstr(expected[i].table, "datasets/");
        snprintf(line, sizeof line, "%.*s%s", (int)(path - expected[i].table), expected[i].table, source(path));
        assert_run(0, "run %s --output out --force", line);
        assert_err("clusters are found by ");
        assert_err(expected[i].lead[0]);
        check_model(&expected[i]);
        /* from features, and by another number of threads */
        assert_run(0, "features %s --output f.h5 --force --threads 3 --quiet", line);
        assert_run(0, "cluster f.h5 --output c.h5 --force --threads 1 --quiet");
        assert_run(0, "run %s --output again --force --threads 3 --quiet", line);
        assert_same_file("out/model.h5", "again/model.h5");
        assert_same_file("out/segments.csv", "again/segments.csv");
        remove_all("again");
    }
}

/* ---- No amounts ------------------------------------------------------------------------- */

/* As pandas writes a table: its index in front, which has no name; and where customers live. */
static void put_places(const char *name)
{
    void *file = put_open(name);
    put_line(file, ",spend,visits,Latitude,Longitude");
    for (int i = 0; i < 400; i++) {
        put_line(file, "%d,%d,%d,%d.25,%d.5", i, 100 + (i % 2) * 400 + (i * 37) % 90, (i * 13) % 50, 30 + (i * 7) % 40,
                 100 + (i * 7) % 40);
    }
    put_close(file);
}

/* Neither the index nor coordinates are in the distance, unless they are asked for. */
static void leaves_out_what_is_no_amount(void **state)
{
    (void)state;
    put_places("places.csv");
    assert_run(0, "run --customers places.csv --output out --force --evidence none");
    assert_err("the customers' ids are those of c1, the first column, which has no name");
    assert_err("by their names no amounts: Latitude (coordinates), Longitude (coordinates)");
    assert_err("clusters are found by spend and visits, ");
    assert_run(0, "features --customers places.csv --output f.h5 --force --quiet");
    assert_run(0, "cluster f.h5 --output c.h5 --force --k 3 --evidence none");
    assert_err("clusters are found by spend and visits, ");
    assert_run(0, "run --customers places.csv --output out --force --evidence none --include Latitude --k 3");
    assert_err("clusters are found by spend and visits, ");
    assert_out("Latitude 33.3 %");
}

/* ---- Outcomes -------------------------------------------------------------------------- */

/* Customers of two plain numbers; who left is told in their words, of four of five. */
static void put_customers(const char *name, const char *head, const char *yes, const char *no)
{
    void *file = put_open(name);
    put_line(file, "customer_id,spend,visits,%s", head);
    for (int i = 0; i < 400; i++) {
        const int left = (i * 7) % 100 < (i % 2 ? 60 : 10);
        put_line(file, "c%03d,%d,%d,%s", i, 100 + (i % 2) * 400 + (i * 37) % 90, (i * 13) % 50,
                 i % 5 == 0 ? ""
                 : left     ? yes
                            : no);
    }
    put_close(file);
}

static const json_t *member(const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);
    assert_non_null(value);
    return value;
}

/* Rates of the summary, of each segment and of all, are those of the cells; no rule and no name holds the column. */
static void check_summary(const char *column)
{
    json_t *json = json_load_file("out/summary.json", 0, NULL);
    assert_non_null(json);
    const json_t *segments = member(json, "segments");
    double known = 0, left = 0;
    for (size_t i = 0; i < json_array_size(segments); i++) {
        const json_t *segment = json_array_get(segments, i), *of = json_array_get(member(segment, "outcomes"), 0);
        const double n = json_number_value(member(of, "known")), rate = json_number_value(member(of, "rate"));
        assert_string_equal(json_string_value(member(of, "name")), column);
        assert_true(json_number_value(member(of, "low")) <= rate && rate <= json_number_value(member(of, "high")));
        assert_null(strstr(json_string_value(member(segment, "rule")), column));
        assert_null(strstr(json_string_value(member(segment, "name")), column));
        known += n;
        left += n * rate;
    }
    const json_t *all = json_array_get(member(json, "outcomes"), 0);
    assert_int_equal((int)known, 320); /* one of five cells is empty */
    assert_int_equal((int)json_number_value(member(all, "known")), 320);
    assert_true(fabs(left / known - json_number_value(member(all, "rate"))) < 1e-12);
    json_decref(json);
}

static void tells_outcomes(void **state)
{
    (void)state;
    static const char *const words[][3] = {{"churn", "yes", "no"}, {"流失", "是", "否"}, {"是否续费", "1", "0"}};
    for (size_t i = 0; i < 3; i++) {
        put_customers("people.csv", words[i][0], words[i][1], words[i][2]);
        assert_run(0, "run --customers people.csv --output out --force --lang %s", i ? "zh" : "en");
        assert_err(i ? "按列名识别为结果列：" : "outcomes by their names: ");
        assert_err(words[i][0]);
        assert_out(i ? " (95 %)\n" : "churn (95 %)\n");
        assert_out(i ? "已知 320 位客户" : " of 320 customers of whom it is known");
        check_summary(words[i][0]);
    }
    assert_run(0, "inspect out/summary.json");
    /* taken as any other column, and named */
    assert_run(0, "run --customers people.csv --output out --force --outcome none");
    assert_null(strstr(last_outcome()->out, "95 %"));
    assert_run(0, "run --customers people.csv --output out --force --outcome visits");
    assert_out("visits (95 %)");
    put("conf.yaml", "outcome: none\n");
    assert_run(0, "run --config conf.yaml --customers people.csv --output out --force");
    assert_null(strstr(last_outcome()->out, "95 %"));
    put("conf.yaml", "outcome: [visits, spend]\n");
    assert_run(0, "run --config conf.yaml --customers people.csv --output out --force --lang en");
    assert_out("visits: ");
    assert_out("spend: ");
    assert_run(2, "run --customers people.csv --output out --force --outcome vists");
    assert_err("did you mean \"visits\"?");
    assert_run(2, "run --customers people.csv --output out --force --include 是否续费");
    assert_err("is an outcome");
}

/* Next month's customers, of whom it is not known yet. */
static void goes_on_without(void **state)
{
    (void)state;
    put_customers("people.csv", "churn", "yes", "no");
    assert_run(0, "run --customers people.csv --output out --force --quiet");
    put("new.csv", "customer_id,spend,visits\na,130,3\nb,520,40\nc,510,2\n");
    assert_run(0, "run --customers new.csv --model out/model.h5 --output next --lang en");
    assert_err("outcomes that are not known here: churn");
    assert_null(strstr(last_outcome()->out, "95 %"));
    remove_all("next");
}

static double draw_normal(unsigned *state)
{
    double u[2];
    for (int i = 0; i < 2; i++) {
        *state = *state * 1664525U + 1013904223U;
        u[i] = ((double)(*state >> 8) + .5) / (1 << 24);
    }
    return sqrt(-2 * log(u[0])) * cos(6.283185307179586 * u[1]);
}

/* Two bells so many standard deviations apart, and a column that says nothing. */
static void put_bells(int rows, double apart)
{
    unsigned seed = 3;
    void *file = put_open("bells.csv");
    put_line(file, "id,height,width");
    for (int i = 0; i < rows; i++) {
        const double height = 100 + 10 * (draw_normal(&seed) + apart * (i % 2));
        put_line(file, "%d,%.3f,%.3f", i, height, 50 + draw_normal(&seed));
    }
    put_close(file);
}

/* Two groups are found in all three, and delivered where the gap is plain: no shallow valley, however sure, and no
 * deep one of few customers. */
static void delivers_two_groups_where_plain(void **state)
{
    static const struct {
        int rows;
        double apart;
        int sure, deep;
    } bells[] = {{2000, 3.4, 1, 0}, {160, 4.5, 0, 1}, {300, 5, 1, 1}};
    (void)state;
    for (size_t i = 0; i < sizeof bells / sizeof *bells; i++) {
        put_bells(bells[i].rows, bells[i].apart);
        assert_run(0, "run --customers bells.csv --descriptors none --output out --force --json");
        json_t *json = get_json();
        assert_int_equal((int)json_at(json, "clusters.evidence.natural.k"), 2);
        assert_int_equal(json_at(json, "clusters.evidence.natural.tests.0.dip") >= 2, bells[i].sure);
        assert_int_equal(json_at(json, "clusters.evidence.natural.tests.0.valley") <= .35, bells[i].deep);
        assert_string_equal(json_text_at(json, "clusters.method"),
                            bells[i].sure && bells[i].deep ? "k-means" : "anchored");
        json_decref(json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(delivers_two_groups_where_plain, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(agrees_on_public_tables, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(leaves_out_what_is_no_amount, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(tells_outcomes, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(goes_on_without, sandbox_open, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
