/* test_outliers.c: no segment of a few by default; who lies far is told of. */
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"

/* Three groups of 100, and five rows far from all. */
static void put_groups(const char *name, int far)
{
    static const char *const extreme[] = {"900,0,0", "0,-900,10", "800,810,0", "-950,0,0", "905,10,0"};
    tsl__rng rng = tsl__rng_open(7, 1, 0);
    void *file = put_open(name);
    put_line(file, "a,b,c");
    for (int i = 0; i < 300; i++) {
        double x[3];
        for (int c = 0; c < 3; c++) {
            x[c] = 7. * (i % 3 == c) + 4 * (tsl__rng_uniform(&rng) - .5);
        }
        put_line(file, "%.4f,%.4f,%.4f", x[0], x[1], x[2]);
    }
    for (int i = 0; i < far; i++) {
        put_line(file, "%s", extreme[i]);
    }
    put_close(file);
}

static int64_t find_least(const json_t *json)
{
    const json_t *groups = json_object_get(json_object_get(json, "clusters"), "groups");
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < json_array_size(groups); i++) {
        const int64_t size = json_integer_value(json_object_get(json_array_get(groups, i), "size"));
        least = size < least ? size : least;
    }
    return least;
}

/* The same three groups, with and without the five, where the scale is not theirs. */
static void leaves_out_who_is_far(void **state)
{
    (void)state;
    put_groups("near.csv", 0);
    put_groups("far.csv", 5);
    assert_run(0, "cluster near.csv --scale none --json");
    json_t *near = get_json();
    assert_int_equal(json_array_size(json_object_get(near, "findings")), 0);
    assert_run(0, "cluster far.csv --scale none --json --labels labels.csv");
    assert_err("rows 301, 305; clusters are found without them");
    json_t *far = get_json();
    assert_int_equal(json_at(near, "clusters.k"), 3);
    assert_int_equal(json_at(far, "clusters.k"), 3);
    assert_true(find_least(far) >= 100);
    assert_true(fabs(json_at(far, "clusters.inertia") - json_at(near, "clusters.inertia")) < 1e-6);
    assert_int_equal(json_array_size(json_object_get(far, "findings")), 4);
    assert_int_equal(json_at(far, "findings.0.size"), 2);
    assert_string_equal(json_text_at(far, "findings.0.name"), "a");
    assert_true(json_at(far, "findings.0.value") == 902.5);
    json_decref(near);
    json_decref(far);
    assert_run(0, "cluster far.csv");
    assert_out("1 row lies far from all others by a: -950 where the median of all is ");
}

static void delivers_what_is_asked_for(void **state)
{
    (void)state;
    put_groups("far.csv", 5);
    assert_run(0, "cluster far.csv --k 3 --json");
    assert_err("they are clustered like all others");
    json_t *json = get_json();
    assert_true(find_least(json) < 10);
    assert_int_equal(json_array_size(json_object_get(json, "findings")), 4);
    json_decref(json);
    assert_run(0, "cluster far.csv --min-share 0 --min-rows 0 --json");
    json = get_json();
    assert_true(find_least(json) < 10);
    json_decref(json);
}

/* 380 of 400 customers are alike: the other twenty, just as many as may be far, are not taken from the evidence, which
 * would be left with one kind. */
static void judges_where_most_are_alike(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(3, 1, 0);
    void *file = put_open("same.csv");
    put_line(file, "customer_id,spend,age");
    for (int i = 0; i < 400; i++) {
        const double age = i < 380 ? 30 : i == 380 ? 28 : 42 + 30 * tsl__rng_uniform(&rng);
        put_line(file, "c%d,%s,%.0f", i, i < 390 ? "10" : "2", age);
    }
    put_close(file);
    assert_run(0, "run --customers same.csv --output out");
    assert_out("kinds of customers: the test of natural groups needs numbers that spread");
    assert_null(strstr(last_outcome()->out, "Findings"));
}

/* Tails that are no exception: every k has a small cluster, and none is delivered. */
static void joins_what_is_too_small(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(9, 1, 0);
    void *file = put_open("tails.csv");
    put_line(file, "a,b");
    for (int i = 0; i < 500; i++) {
        const double a = tan(3.14159265 * (tsl__rng_uniform(&rng) - .5)),
                     b = tan(3.14159265 * (tsl__rng_uniform(&rng) - .5));
        put_line(file, "%.5f,%.5f", a, b);
    }
    put_close(file);
    assert_run(0, "cluster tails.csv --json --evidence full");
    json_t *json = get_json();
    assert_true(find_least(json) >= 10);
    assert_non_null(strstr(json_text_at(json, "clusters.choice"), "the others were joined to these"));
    assert_int_equal(json_array_size(json_object_get(json_object_get(json, "clusters"), "candidates")), 9);
    json_decref(json);
}

/* Five of 300 customers who spend a thousand times as much are no natural group, and the report does not name them. */
static void makes_no_segment_of_customers(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(3, 1, 0);
    void *file = put_open("customers.csv");
    put_line(file, "customer_id,spend,visits");
    for (int i = 0; i < 300; i++) {
        const double spend = 50 + 100 * tsl__rng_uniform(&rng), visits = 10 * tsl__rng_uniform(&rng);
        put_line(file, "Cust%d,%.2f,%.2f", i, spend * (i % 60 == 7 ? 1000 : 1), visits);
    }
    put_close(file);
    assert_run(0, "run --customers customers.csv --anchors none --output out");
    assert_err("far from all others by spend: rows by id 33, 99, 166, 265, 268;");
    assert_out("5 customers lie far from everybody by spend: ");
    char *summary = get("out/summary.json", NULL);
    assert_null(strstr(summary, "Cust"));
    json_t *json = json_loads(summary, 0, NULL);
    assert_string_not_equal(json_text_at(json, "clusters.verdict.word"), "natural");
    for (size_t i = 0; i < json_array_size(json_object_get(json, "segments")); i++) {
        assert_true(json_integer_value(json_object_get(json_array_get(json_object_get(json, "segments"), i), "size")) >=
                    10);
    }
    json_decref(json);
    free(summary);
}

/* Of many customers one is cut off, and told of; at nine times the bound nobody is. */
static void tells_who_is_cut_off(void **state)
{
    static const char *const spend[] = {"1000000000", "-5000", "1300"};
    (void)state;
    for (size_t i = 0; i < sizeof spend / sizeof *spend; i++) {
        tsl__rng rng = tsl__rng_open(3, 1, 0);
        void *file = put_open("customers.csv");
        put_line(file, "customer_id,spend,visits");
        for (int c = 0; c < 1500; c++) {
            put_line(file, "Cust%d,%.2f,%.2f", c, 300 * (tsl__rng_uniform(&rng) - .5), 10 * tsl__rng_uniform(&rng));
        }
        put_line(file, "Slip,%s,3", spend[i]);
        put_close(file);
        assert_run(0, "run --customers customers.csv --output out --force --evidence none --json");
        json_t *json = get_json();
        assert_int_equal(json_array_size(json_object_get(json, "findings")), i < 2);
        if (i < 2) {
            assert_err("cut off by far by spend: rows by id 1501;");
            assert_string_equal(json_text_at(json, "findings.0.kind"), "cut");
            assert_int_equal(json_at(json, "findings.0.size"), 1);
            assert_true(json_at(json, "findings.0.value") == strtod(spend[i], NULL));
            assert_true(fabs(json_at(json, "findings.0.bound") - (i ? -150 : 150)) < 1);
            assert_non_null(strstr(json_text_at(json, "findings.0.words.en"), "where values are cut off"));
        }
        json_decref(json);
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)

/* Who is far counts where places draw, in two columns; not in the plain sweep of all of them. */
static void tells_of_whom_the_plain_sweep_is(void **state)
{
    (void)state;
    put_groups("far.csv", 5);
    assert_run(0, "run --customers far.csv --customer-id # --anchors typical --output out --json");
    assert_null(strstr(last_outcome()->err, "the choice is open"));
    assert_null(strstr(last_outcome()->err, "lies at the edge"));
    json_t *summary = get_json();
    assert_string_equal(json_text_at(summary, "clusters.method"), "anchored");
    assert_int_equal(json_at(summary, "clusters.rows"), 305);
    assert_int_equal(json_at(summary, "clusters.columns"), 2);
    assert_int_equal(json_at(summary, "clusters.plain.rows"), 300);
    assert_int_equal(json_at(summary, "clusters.plain.columns"), 3);
    json_decref(summary);
    assert_run(0, "inspect out");
    assert_out("Plain k-means beside, of 300 customers by 3 columns");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(leaves_out_who_is_far),         TEST(delivers_what_is_asked_for), TEST(joins_what_is_too_small),
        TEST(makes_no_segment_of_customers), TEST(tells_who_is_cut_off),       TEST(tells_of_whom_the_plain_sweep_is),
        TEST(judges_where_most_are_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
