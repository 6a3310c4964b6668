/* test_refitted_segments.c: segments that are found anew beside a previous run: which are the same, which are split,
 * merged, new or retired, and that nothing hangs on how clusters are numbered. */
#include "nightly.h"
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Customers about a place, with ids from `from` on. */
typedef struct crowd {
    int from, count;
    double x, y;
} crowd;

static void put_crowds(const char *name, const crowd *of, size_t count)
{
    void *file = put_open(name);
    put_line(file, "customer_id,points,visits\n");
    for (size_t i = 0; i < count; i++) {
        for (int c = 0; c < of[i].count; c++) { /* a square of ten by ten */
            put_line(file, "c%04d,%.2f,%.2f\n", of[i].from + c, of[i].x + c % 10 * .1, of[i].y + c / 10 % 10 * .1);
        }
    }
    put_close(file);
}

static json_t *read_summary(const char *folder)
{
    char path[64];
    json_error_t why;
    snprintf(path, sizeof path, "%s/summary.json", folder);
    char *text = get(path, NULL);
    json_t *summary = json_loads(text, 0, &why);
    free(text);
    assert_non_null(summary);
    return summary;
}

/* The number of the segment that the customer is in. */
static int get_number(const char *folder, int customer)
{
    char path[64], id[16];
    snprintf(path, sizeof path, "%s/segments.csv", folder);
    snprintf(id, sizeof id, "\nc%04d,", customer);
    char *text = get(path, NULL);
    const char *line = strstr(text, id);
    assert_non_null(line);
    const int number = atoi(line + strlen(id));
    free(text);
    return number;
}

static const json_t *find(const json_t *array, const char *key, int number)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (json_integer_value(json_object_get(json_array_get(array, i), key)) == number) {
            return json_array_get(array, i);
        }
    }
    fail_msg("no %s %d", key, number);
    return NULL;
}

/* "kept", and by the code that the segment with that number has. */
static void check_then(const json_t *summary, int number, const char *fate)
{
    const json_t *row = find(json_object_get(json_object_get(summary, "previous"), "segments"), "segment_then", number);
    assert_string_equal(json_string_value(json_object_get(row, "fate")), fate);
}

static void check_now(const json_t *summary, int number, const char *fate)
{
    const json_t *row = find(json_object_get(json_object_get(summary, "previous"), "now"), "segment", number);
    assert_string_equal(json_string_value(json_object_get(row, "fate")), fate);
}

static const json_t *get_segment(const json_t *summary, int number)
{
    return find(json_object_get(summary, "segments"), "segment", number);
}

/* What a kept segment keeps. */
static void check_kept(const json_t *then, const json_t *now, int number)
{
    static const char *const keys[] = {"code", "colour", "names"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        assert_true(json_equal(json_object_get(get_segment(then, number), keys[i]),
                               json_object_get(get_segment(now, number), keys[i])));
    }
}

#define ANEW "--basis all --evidence none --descriptors none --k"

/* The same, but for the segment before, which an apply beside no earlier run does not know. */
static void check_applied(const char *fit, const char *applied)
{
    char *a = get(fit, NULL), *b = get(applied, NULL), *p = strchr(a, '\n'), *q = strchr(b, '\n');
    size_t befores = 0;
    assert_non_null(p);
    for (; *p == *q && *p; p++, q++) {
        if (strncmp(p, ",place,", 7) == 0 && strncmp(q, ",place,", 7) == 0) {
            p += 7;
            q += 7;
            befores += *p != ',';
            p += strcspn(p, ",\n");
            assert_true(*q == ',');
        }
    }
    assert_true(*p == '\0' && *q == '\0' && befores > 0);
    free(a);
    free(b);
}

static void test_fates(void **state)
{
    (void)state;
    static const crowd first[] = {{0, 100, 0, 0}, {100, 100, 50, 0}, {200, 100, 0, 50}, {300, 80, 50, 50}},
                       second[] = {{0, 100, 0, 0},
                                   {100, 60, 50, -90},
                                   {160, 40, 140, 0},
                                   {200, 100, 25, 140},
                                   {300, 80, 25, 140}},
                       third[] = {{100, 60, 50, -90}, {160, 40, 140, 0}, {200, 180, 25, 140}, {400, 100, -90, -90}};
    put_crowds("first.csv", first, 4);
    put_crowds("second.csv", second, 5);
    put_crowds("third.csv", third, 4);
    assert_run(0, "run --customers first.csv " ANEW " 4 --output first --quiet");
    const int a = get_number("first", 0), b = get_number("first", 100), c = get_number("first", 200),
              d = get_number("first", 300);
    assert_true(a + b + c + d == 10);
    /* B is two, C and D are one */
    assert_run(0, "run --customers second.csv " ANEW " 4 --previous first --output second --quiet");
    json_t *then = read_summary("first"), *now = read_summary("second");
    assert_int_equal(get_number("second", 0), a);
    assert_int_equal(get_number("second", 100), b);
    assert_int_equal(get_number("second", 160), 5);
    assert_int_equal(get_number("second", 200), c);
    assert_int_equal(get_number("second", 300), c);
    check_then(now, a, "kept");
    check_then(now, b, "kept");
    check_then(now, c, "kept");
    check_then(now, d, "merged");
    check_now(now, 5, "split");
    check_kept(then, now, a);
    check_kept(then, now, b);
    check_kept(then, now, c);
    assert_string_equal(json_string_value(json_object_get(get_segment(now, 5), "code")), "S5");
    json_decref(then);
    then = now;
    /* A is gone, and others come: their number is none of before, not even D's, who is no more; nor is the colour */
    assert_run(0, "run --customers third.csv " ANEW " 4 --seed 9 --previous second --output third --quiet");
    now = read_summary("third");
    assert_int_equal(get_number("third", 100), b);
    assert_int_equal(get_number("third", 160), 5);
    assert_int_equal(get_number("third", 300), c);
    assert_int_equal(get_number("third", 400), 6);
    check_then(now, a, "retired");
    check_now(now, 6, "new");
    check_now(now, 5, "kept");
    check_kept(then, now, 5);
    assert_int_equal(json_integer_value(json_object_get(get_segment(now, 6), "colour")), d - 1);
    json_decref(then);
    json_decref(now);
    /* an apply of that model speaks of the same numbers, and so do rules in SQL */
    assert_run(0, "run --customers third.csv --model third/model.h5 --output applied --quiet");
    check_applied("third/segments.csv", "applied/segments.csv");
    assert_run(0, "explain third/model.h5 --format sql");
    assert_out("THEN 6");
    assert_out("WHEN 6 THEN 'S6'");
    put("names.yaml", "names: {6: Newcomers}\n");
    put("none.yaml", "names: {4: Nobody}\n");
    assert_run(0, "run --customers third.csv --model third/model.h5 --config names.yaml --output named --quiet");
    assert_run(2, "run --customers third.csv --model third/model.h5 --config none.yaml --output named --force");
    assert_err("there is no segment \"4\"; the segments are ");
    /* the next one goes on from there by evolving */
    assert_run(0, "run --customers third.csv --previous third --basis all --evidence none --output fourth --quiet");
    now = read_summary("fourth");
    check_now(now, 6, "kept");
    json_decref(now);
}

/* The same centres in another order: the same clusters under other numbers. */
static void test_numbering(void **state)
{
    (void)state;
    static const crowd then[] = {{0, 100, 0, 0}, {100, 100, 50, 0}, {200, 100, 0, 50}, {300, 80, 50, 50}},
                       now[] = {{0, 100, 1, 0}, {100, 60, 51, 0}, {160, 140, 1, 50}, {300, 120, 50, 52}};
    put_crowds("then.csv", then, 4);
    put_crowds("now.csv", now, 4);
    put("one.csv", "points,visits\n0,0\n50,0\n0,50\n50,50\n");
    put("other.csv", "points,visits\n50,50\n0,0\n0,50\n50,0\n");
    assert_run(0, "run --customers then.csv " ANEW " 4 --output then --quiet");
    assert_run(0, "run --customers now.csv --basis all --init one.csv --previous then --output one --quiet");
    assert_run(0, "run --customers now.csv --basis all --init other.csv --previous then --output other --quiet");
    assert_same_file("one/segments.csv", "other/segments.csv");
    json_t *a = read_summary("one"), *b = read_summary("other");
    static const char *const keys[] = {"segments", "previous"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        assert_true(json_equal(json_object_get(a, keys[i]), json_object_get(b, keys[i])));
    }
    json_decref(a);
    json_decref(b);
}

/* The same places, and nobody who was there: numbers go on, and nothing is said of what became of whom. */
static void test_strangers(void **state)
{
    (void)state;
    static const crowd then[] = {{0, 100, 0, 0}, {100, 100, 50, 0}}, now[] = {{500, 100, 0, 0}, {600, 100, 50, 0}};
    static const char *const ways[] = {"", "--k 2"};
    put_crowds("then.csv", then, 2);
    put_crowds("now.csv", now, 2);
    assert_run(0, "run --customers then.csv " ANEW " 2 --output then --quiet");
    for (int i = 0; i < 2; i++) {
        assert_run(0,
                   "run --customers now.csv --basis all --evidence none --descriptors none %s --previous then "
                   "--output now --force",
                   ways[i]);
        assert_err("note: then/model.h5: no customer of that run is in these data, and nothing is known of what they "
                   "were: are their ids written alike?");
        assert_out("unknown");
        assert_null(strstr(last_outcome()->out, "kept"));
        assert_null(strstr(last_outcome()->out, "New: "));
        json_t *summary = read_summary("now");
        for (int number = 1; number <= 2; number++) {
            check_then(summary, number, "unknown");
            check_now(summary, i ? number + 2 : number, "unknown");
        }
        json_decref(summary);
    }
    /* nor of tiers and stages, beside a model */
    put_orders("orders.csv", 120, 6);
    put("few.csv", "customer_id,tier\nc0001,vip\n");
    assert_run(0, "run --transactions orders.csv --output m --evidence none --holdout 0 --quiet");
    assert_run(0, "run --transactions orders.csv --model m/model.h5 --previous few.csv --output n");
    assert_err("note: few.csv: no customer of that run is in these data");
    assert_run(0, "run --transactions orders.csv --model m/model.h5 --previous m --output o");
    assert_null(strstr(last_outcome()->err, "written alike"));
}

static const char *get_code(const json_t *row)
{
    return json_string_value(json_object_get(row, "code"));
}

/* One-time buyers are set apart by rule, and then are not: whoever is like them by customers is not called as them. */
static void test_rules(void **state)
{
    (void)state;
    size_t once = 0;
    assert_run(0, "synth ecommerce --customers 1000 --seed 5 --output ec --quiet");
    assert_run(0, "run --config ec/config.yaml --as-of 2024-07-01 --evidence none --holdout 0 --output then --quiet");
    assert_run(0, "run --config ec/config.yaml --as-of 2024-10-01 --evidence none --holdout 0 --previous then --k 5 "
                  "--output now --quiet");
    json_t *summary = read_summary("now");
    const json_t *previous = json_object_get(summary, "previous"), *then = json_object_get(previous, "segments"),
                 *now = json_object_get(previous, "now");
    for (size_t i = 0; i < json_array_size(then); i++) {
        const json_t *row = json_array_get(then, i);
        const int is_once = strncmp(get_code(row), "ONCE", 4) == 0, is_told = strcmp(get_code(row), "POTENTIAL") == 0;
        once += (size_t)is_once;
        if (is_once || is_told) {
            assert_int_equal(strcmp(json_string_value(json_object_get(row, "fate")), "kept") == 0, is_told);
        }
    }
    assert_true(once >= 2);
    for (size_t i = 0; i < json_array_size(now); i++) {
        assert_int_not_equal(strncmp(get_code(json_array_get(now, i)), "ONCE", 4), 0);
    }
    json_decref(summary);
}

static void test_refusals(void **state)
{
    (void)state;
    static const crowd of[] = {{0, 100, 0, 0}, {100, 100, 50, 0}};
    put_crowds("of.csv", of, 2);
    assert_run(0, "run --customers of.csv " ANEW " 2 --output then --quiet");
    assert_run(3, "run --customers of.csv " ANEW " 2 --previous then/model.h5 --output now");
    assert_err("it does not say who was in which; the run's folder");
    assert_run(2, "run --customers of.csv " ANEW " 2 --previous then --hold 2 --output now");
    assert_err("--hold: with --k segments are found anew");
}

static void fit(const char *until, const char *options, const char *folder)
{
    assert_run(0, "run --transactions '%s' --until %s %s --output %s --evidence none --holdout 0 --quiet",
               source("datasets/online-retail/online_retail_lines.csv.xz"), until, options, folder);
}

/* All that a run says of one as the same data give it by another seed, by a tree, and a month later. */
static void test_months(void **state)
{
    (void)state;
    fit("2011-09-30", "--k 6", "then");
    fit("2011-09-30", "--k 6 --seed 5 --previous then", "seed");
    assert_same_file("then/segments.csv", "seed/segments.csv");
    json_t *then = read_summary("then"), *now = read_summary("seed");
    const json_t *rows = json_object_get(json_object_get(now, "previous"), "segments");
    assert_true(json_array_size(rows) == 7);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const int number = (int)json_integer_value(json_object_get(json_array_get(rows, i), "segment_then"));
        check_then(now, number, "kept");
        check_kept(then, now, number);
    }
    json_decref(now);
    fit("2011-10-31", "--k 6 --previous then", "month");
    now = read_summary("month");
    size_t kept = 0;
    for (int number = 1; number <= 7; number++) {
        const json_t *row = find(json_object_get(json_object_get(now, "previous"), "segments"), "segment_then", number);
        if (strcmp(json_string_value(json_object_get(row, "fate")), "kept") == 0) {
            check_kept(then, now, number);
            kept++;
        }
    }
    assert_true(kept >= 5);
    json_decref(now);
    json_decref(then);
    fit("2011-10-31", "--target monetary_total --k 5 --previous then", "tree");
    fit("2011-10-31", "--target monetary_total --k 5 --previous tree", "again");
    now = read_summary("again");
    for (size_t i = 0; i < 5; i++) {
        const json_t *row = json_array_get(json_object_get(json_object_get(now, "previous"), "segments"), i);
        assert_string_equal(json_string_value(json_object_get(row, "fate")), "kept");
    }
    json_decref(now);
    assert_same_file("tree/segments.csv", "again/segments.csv");
    fit("2011-10-31", "--anchors typical --previous then", "places"); /* no k */
    fit("2011-10-31", "--basis value --previous places", "value");
    now = read_summary("value");
    json_decref(now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_fates, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_numbering, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_strangers, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_rules, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_refusals, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_months, sandbox_open, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
