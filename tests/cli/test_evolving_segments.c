/* test_evolving_segments.c: segments of Online Retail month by month: with the run of the month before they agree with
 * it far better than two fits by themselves do, and the summary says who moved. */
#include "nightly.h"
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>
#include <tesela/table.h>

static void fit(const char *until, const char *previous, const char *folder)
{
    assert_run(0, "run --transactions '%s' --until %s %s %s --output %s --evidence none --holdout 0 --quiet",
               source("datasets/online-retail/online_retail_lines.csv.xz"), until, previous ? "--previous" : "",
               previous ? previous : "", folder);
}

static tsl_partition *read_codes(const char *folder)
{
    char path[64];
    tsl_partition_options opt;
    tsl_partition *out = NULL;
    tsl_error err;
    TSL_DEFAULTS(partition, &opt);
    opt.column = "segment_code";
    snprintf(path, sizeof path, "%s/segments.csv", folder);
    if (tsl_partition_read(&(tsl_source){.path = path}, &opt, NULL, &out, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return out;
}

static int is_clustered(const tsl_partition *p, size_t r)
{
    const char *code = p->name[p->label[r]];
    return strncmp(code, "ONCE", 4) != 0 && strcmp(code, "POTENTIAL") != 0;
}

/* Over the customers of both; clustered 1: those who were not set apart then. The ids of both files rise. */
static double get_agreement(const char *then, const char *now, int clustered)
{
    tsl_partition *a = read_codes(then), *b = read_codes(now);
    tsl_comparison *comparison = NULL;
    tsl_error err;
    int32_t *x = malloc(a->rows * sizeof *x), *y = malloc(a->rows * sizeof *y);
    size_t count = 0;
    for (size_t i = 0, j = 0; i < a->rows; i++) {
        while (j < b->rows && strcmp(b->id[j], a->id[i]) < 0) {
            j++;
        }
        if (j < b->rows && strcmp(b->id[j], a->id[i]) == 0 && (!clustered || is_clustered(a, i))) {
            x[count] = a->label[i];
            y[count++] = b->label[j];
        }
    }
    assert_true(count > 1000);
    assert_int_equal(tsl_comparison_build(x, a->k, y, b->k, NULL, count, &comparison, &err), TSL_OK);
    const double agreement = comparison->adjusted_rand;
    tsl_comparison_free(comparison);
    tsl_partition_free(a);
    tsl_partition_free(b);
    free(x);
    free(y);
    return agreement;
}

static json_t *read_summary(const char *folder)
{
    char path[64];
    snprintf(path, sizeof path, "%s/summary.json", folder);
    json_error_t why;
    char *text = get(path, NULL);
    json_t *summary = json_loads(text, 0, &why);
    free(text);
    assert_non_null(summary);
    return summary;
}

/* All that the summary says of the moves adds up. */
static void check_summary(const json_t *summary, double agreement)
{
    const json_t *previous = json_object_get(summary, "previous");
    const json_t *segments = json_object_get(previous, "segments"), *arrived = json_object_get(previous, "new");
    double stayed = 0, gone = 0, now = 0;
    assert_true(fabs(json_at(previous, "agreement") - agreement) < 1e-12);
    for (size_t s = 0; s < json_array_size(segments); s++) {
        const json_t *of = json_array_get(segments, s), *to = json_object_get(of, "to");
        double all = json_at(of, "gone");
        for (size_t t = 0; t < json_array_size(to); t++) {
            all += json_number_value(json_array_get(to, t));
        }
        assert_true(all == json_at(of, "size_then"));
        now += all - json_at(of, "gone");
        stayed += json_at(of, "stayed");
        gone += json_at(of, "gone");
    }
    assert_true(now == json_at(previous, "customers_both"));
    assert_true(stayed == json_at(previous, "customers_stayed"));
    assert_true(gone == json_at(previous, "customers_gone"));
    for (size_t s = 0; s < json_array_size(arrived); s++) {
        now += json_number_value(json_array_get(arrived, s));
    }
    assert_true(now == json_at(summary, "customers"));
    assert_true(json_at(previous, "customers_held") > 0);
}

static void test_months(void **state)
{
    (void)state;
    static const char *const until[] = {"2011-08-10", "2011-09-09", "2011-07-10",
                                        "2011-08-10", "2011-06-10", "2011-07-10"};
    for (size_t pair = 0; pair < some_or_all(1, 3); pair++) {
        fit(until[2 * pair], NULL, "then");
        fit(until[2 * pair + 1], NULL, "alone");
        fit(until[2 * pair + 1], "then", "evolved");
        const double alone = get_agreement("then", "alone", 0), evolved = get_agreement("then", "evolved", 0);
        assert_true(evolved > alone + .02);
        assert_true(get_agreement("then", "evolved", 1) > get_agreement("then", "alone", 1) + .08);
        json_t *summary = read_summary("evolved");
        check_summary(summary, evolved);
        json_decref(summary);
        remove_all("then");
        remove_all("alone");
        remove_all("evolved");
    }
}

static double get_share(const char *folder)
{
    json_t *summary = read_summary(folder);
    const double share = json_at(summary, "previous.share_stayed");
    json_decref(summary);
    return share;
}

/* What drew the clusters is called what it was, of the run and of its model. */
static void check_places(const char *folder, const char *places, const char *said)
{
    json_t *summary = read_summary(folder);
    assert_string_equal(json_text_at(summary, "clusters.places"), places);
    json_decref(summary);
    assert_run(0, "inspect %s/model.h5", folder);
    assert_out(said);
}

/* The folder's two files, or the model alone; what contradicts it; the command line before the configuration. */
static void test_options(void **state)
{
    (void)state;
    put_orders("orders.csv", 300, 6);
    put("places.csv", "code,name,frequency\nMANY,Regulars,9\nFEW,,2\n");
    assert_run(0, "run --transactions orders.csv --output a --evidence none --holdout 0 --quiet");
    assert_run(0, "run --transactions orders.csv --output b --previous a/ --evidence none --holdout 0");
    assert_out("are in the same segment");
    assert_true(get_share("b") == 1); /* of the same day */
    check_places("a", "typical", "drawn by typical places");
    check_places("b", "previous", "drawn by the centres of a previous run's segments");
    assert_err("note: these segments go on from a previous run's");
    put("others.csv", "CustomerID,Date,Amount\nX,2020-01-02,5\nY,2020-01-03,6\nX,2020-02-04,9\nZ,2020-02-01,2\n");
    assert_run(0, "run --transactions others.csv --output apart --previous a --evidence none --holdout 0");
    assert_out("None of the customers then is here now (3 new, 300 gone)");
    assert_run(0, "run --transactions orders.csv --output c --previous a/model.h5 --evidence none --holdout 0");
    assert_err("customers hold no segments of the previous run");
    assert_run(0, "run --transactions orders.csv --output anew --previous a --anchors typical --evidence none "
                  "--holdout 0 --quiet"); /* found anew: the same places, the same segments */
    assert_true(get_share("anew") == 1);
    check_places("anew", "typical", "drawn by typical places");
    assert_run(2, "run --transactions orders.csv --output d --hold 2");
    assert_run(0, "run --transactions orders.csv --output tiers --model a/model.h5 --previous a"); /* whose it tells */
    assert_run(2, "run --transactions orders.csv --output a --previous a --force");
    assert_run(3, "run --transactions orders.csv --output d --previous nowhere");
    put("t.yaml", "cluster:\n  previous: a\n  hold: 1\n");
    assert_run(0, "run --config t.yaml --transactions orders.csv --output d --k 3 --evidence none --holdout 0 --quiet");
    json_t *summary = read_summary("d");
    assert_true(json_is_null(json_object_get(json_object_get(summary, "previous"), "hold"))); /* beside a k */
    assert_true(json_at(summary, "clusters.k") == 3);
    json_decref(summary);
    assert_run(0, "cluster --config t.yaml a/features.h5 --output m.h5 --evidence none"); /* run's alone */
    put("k.yaml", "cluster:\n  k: 3\n  anchors: none\n");
    assert_run(2, "run --config k.yaml --transactions orders.csv --output e --previous a --hold 1");
    assert_err("--hold: with cluster.k segments are found anew");
    assert_run(0, "run --transactions orders.csv --output e --previous a --hold 1 --evidence none --holdout 0 --quiet");
    summary = read_summary("e");
    assert_true(json_at(summary, "previous.hold") == 1);
    assert_true(json_at(summary, "previous.customers_held") == 0);
    json_decref(summary);
    put("f.yaml", "cluster:\n  anchors: places.csv\n");
    assert_run(0, "run --config f.yaml --transactions orders.csv --output f --evidence none --holdout 0");
    assert_out("Regulars");
    summary = read_summary("f");
    assert_string_equal(json_string_value(json_object_get(
                            json_object_get(json_object_get(summary, "clusters"), "options"), "cluster.anchors")),
                        "file");
    json_decref(summary);
    check_places("f", "given", "drawn by the places of a file");
    copy_file("places.csv", "typical");
    assert_run(0, "run --transactions orders.csv --anchors ./typical --output g --evidence none --holdout 0");
    assert_out("Regulars");
    assert_run(2, "run --transactions orders.csv --anchors places.csv --k 2 --output h");
}

/* An earlier run of a later day is taken, and it is said; places that know the period are no test of a forecast. */
static void test_backwards(void **state)
{
    (void)state;
    put_orders("orders.csv", 300, 6);
    assert_run(0, "run --transactions orders.csv --output late --until 2018-06-30 --evidence none --holdout 30");
    assert_out("These segments tell");
    assert_run(0, "run --transactions orders.csv --output early --until 2018-05-31 --previous late --evidence none "
                  "--holdout 30");
    assert_err("note: late/model.h5 is as of 2018-07-01, later than this run, which is as of 2018-06-01: its segments "
               "know of days that are not in these data, and what became of them is told backwards");
    assert_out("The places of these segments were found with this period too: this is no test of a forecast.");
    assert_null(strstr(last_outcome()->out, "These segments tell"));
    assert_run(0, "run --transactions orders.csv --output on --until 2018-06-30 --previous early --evidence none "
                  "--holdout 0");
    assert_null(strstr(last_outcome()->err, "told backwards"));
    assert_run(0, "run --transactions orders.csv --output alone --until 2018-05-31 --previous late/model.h5 "
                  "--evidence none --holdout 0");
    assert_err("note: late/model.h5 is as of 2018-07-01, later than this run");
    /* so are its tiers and stages, beside a model, and where they are labelled by themselves */
    static const char later[] =
        "note: late/segments.csv is as of 2018-07-01, later than this run, which is as of 2018-06-01: its tiers and "
        "stages know of days that are not in these data, and customers go on from these";
    assert_run(0, "run --transactions orders.csv --output applied --until 2018-05-31 --model early/model.h5 --previous "
                  "late");
    assert_err(later);
    assert_run(0, "label applied/features.h5 early/model.h5 --previous late/segments.csv --output l.csv");
    assert_err(later);
    assert_run(0, "label on/features.h5 on/model.h5 --previous early --output l.csv --force");
    assert_null(strstr(last_outcome()->err, " is as of "));
    /* and a run of the same day */
    assert_run(0, "run --transactions orders.csv --output same --until 2018-05-31 --previous early --evidence none "
                  "--holdout 0");
    assert_err("note: early/model.h5 is as of 2018-06-01, as this run is: no day lies between them\n");
    put("slow.yaml", "policy: {margin: 10%, grace: 2}\n");
    assert_run(0, "label applied/features.h5 early/model.h5 --config slow.yaml --previous applied --output s.csv");
    assert_err("note: applied/segments.csv is as of 2018-06-01, as this run is: no day lies between them, and an "
               "evaluation of tiers counts all the same");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_backwards, sandbox_open, sandbox_close),
                                       cmocka_unit_test_setup_teardown(test_months, sandbox_open, sandbox_close),
                                       cmocka_unit_test_setup_teardown(test_options, sandbox_open, sandbox_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
