/* test_succession.c: what became of the segments of an earlier run, counted by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "label/evolution/succession.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void assert_close(double a, double b, double most)
{
    if (!(fabs(a - b) <= most)) {
        fail_msg("%.17g is not %.17g", a, b);
    }
}

/* Six customers in three segments now. */
static char *ids[] = {"+a", "b", "c", "d", "e", "f"};
static int32_t segment_now[] = {1, 1, 2, 3, 3, 3};
static tsl_segment segments[] = {{.segment = 1, .code = "X"}, {.segment = 2, .code = "Y"}, {.segment = 3, .code = "W"}};
static char code_x[] = "X", code_z[] = "Z", code_y[] = "Y";
static tsl_policy_segment then[] = {
    {{"one", "yi"}, code_x, 1, 0}, {{"two", "er"}, code_z, 2, 1}, {{"three", "san"}, code_y, 3, 2}};

static tsl_partition *read_partition(const char *csv)
{
    tsl_partition_options opt;
    tsl_partition *out = NULL;
    tsl_error err;
    TSL_DEFAULTS(partition, &opt);
    opt.column = "segment";
    opt.id = "#1";
    if (tsl_partition_read(&(tsl_source){.bytes = csv, .count = strlen(csv)}, &opt, NULL, &out, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return out;
}

static tsl_status build(const char *csv, char **id, tsl_succession **out, tsl_error *err)
{
    const tsl_features features = {.customers = 6, .id = id};
    const tsl_labels labels = {.customers = 6,
                               .features = &features,
                               .segment_count = 3,
                               .segments = segments,
                               .customer_segment = segment_now};
    const tsl_policy policy = {.segment_count = 3, .segment = then};
    tsl_partition *p = read_partition(csv);
    tsl_status status = tsl_succession_build(&labels, NULL, &policy, p, out, err);
    tsl_partition_free(p);
    return status;
}

/* The id that a spreadsheet would run stands in the file with a ' before it. */
static void test_counts(void **state)
{
    (void)state;
    tsl_succession *s = NULL;
    tsl_error err;
    assert_int_equal(build("customer_id,segment\n\"'+a\",1\nb,3\nc,3\nd,2\nz,1\ny,2\n", ids, &s, &err), TSL_OK);
    assert_int_equal(s->both, 4);
    assert_int_equal(s->stayed, 2); /* a in X, c in Y */
    assert_int_equal(s->gone, 2);
    assert_int_equal(s->arrivals, 2);
    assert_close(s->share, .5, 0);
    /* {a, b}, {c}, {d} against {a}, {b, c}, {d}: no pair of one is one of the other: -1/5 */
    assert_close(s->agreement, -.2, 1e-12);
    assert_int_equal(s->count, 3);
    assert_int_equal(s->of[0].segment, 1);
    assert_int_equal(s->of[1].segment, 0); /* Z is no more */
    assert_int_equal(s->of[2].segment, 2);
    assert_int_equal(s->of[0].size, 2);
    assert_int_equal(s->of[0].gone, 1);
    assert_int_equal(s->of[0].stayed, 1);
    assert_int_equal(s->of[1].to[2], 1);
    assert_int_equal(s->of[1].stayed, 0);
    assert_int_equal(s->of[2].to[0], 1);
    assert_int_equal(s->of[2].to[1], 1);
    assert_string_equal(s->of[2].names[0], "three");
    assert_int_equal(s->arrived[0] + s->arrived[1], 0);
    assert_int_equal(s->arrived[2], 2);
    tsl_succession_free(s);
}

/* One part of the recent was too small: the two are one now (X); then all of the lapsed were, and went to the other
 * recency's parts by their cut of 50 (Y, W). */
static void test_joined(void **state)
{
    (void)state;
    static char larger[] = "Z", smaller[] = "V", lapsed[] = "L", none[] = "P", x[] = "X", y[] = "Y", w[] = "W";
    static const struct {
        tsl_class then[4], now[3];
        int joined[3][3], stayed[3];
    } ways[] = {
        {{{larger, 1, -INFINITY, 30, 50, INFINITY},
          {smaller, 1, -INFINITY, 30, -INFINITY, 50},
          {lapsed, 1, 30, INFINITY, -INFINITY, INFINITY},
          {none, 0, -INFINITY, INFINITY, -INFINITY, INFINITY}},
         {{x, 1, -INFINITY, 30, -INFINITY, INFINITY},
          {lapsed, 1, 30, INFINITY, -INFINITY, INFINITY},
          {none, 0, -INFINITY, INFINITY, -INFINITY, INFINITY}},
         {{1, 0, 0}, {1, 0, 0}, {0, 0, 0}},
         {1, 1, 0}},
        {{{larger, 1, -INFINITY, 30, 50, INFINITY},
          {smaller, 1, -INFINITY, 30, -INFINITY, 50},
          {lapsed, 1, 30, INFINITY, -INFINITY, INFINITY},
          {none, 0, -INFINITY, INFINITY, -INFINITY, INFINITY}},
         {{y, 1, -INFINITY, INFINITY, 50, INFINITY},
          {w, 1, -INFINITY, INFINITY, -INFINITY, 50},
          {none, 0, -INFINITY, INFINITY, -INFINITY, INFINITY}},
         {{0, 1, 0}, {0, 0, 1}, {0, 1, 1}},
         {0, 0, 2}},
    };
    tsl_policy_segment old[] = {
        {{"one", "yi"}, larger, 1, 0}, {{"two", "er"}, smaller, 2, 1}, {{"three", "san"}, lapsed, 3, 2}};
    const tsl_policy policy = {.segment_count = 3, .segment = old};
    tsl_partition *p = read_partition("customer_id,segment\n\"'+a\",1\nb,2\nc,3\nd,3\n");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        tsl_class before[4], after[3];
        memcpy(before, ways[i].then, sizeof before);
        memcpy(after, ways[i].now, sizeof after);
        tsl_recipe was = {.class_count = 4}, is = {.class_count = 3};
        memcpy(was.classes, before, sizeof before);
        memcpy(is.classes, after, sizeof after);
        const tsl_features features = {.customers = 6, .id = ids, .recipe = &is};
        const tsl_labels labels = {.customers = 6,
                                   .features = &features,
                                   .segment_count = 3,
                                   .segments = segments,
                                   .customer_segment = segment_now};
        tsl_succession *s = NULL;
        assert_int_equal(tsl_succession_build(&labels, &was, &policy, p, &s, NULL), TSL_OK);
        for (int of = 0; of < 3; of++) {
            assert_int_equal(s->of[of].segment, 0);
            assert_int_equal(s->of[of].stayed, ways[i].stayed[of]);
            for (int to = 0; to < 3; to++) {
                assert_int_equal(s->of[of].joined[to], ways[i].joined[of][to]);
            }
        }
        assert_int_equal(s->stayed, 2);
        tsl_succession_free(s);
    }
    tsl_partition_free(p);
}

static void test_refusals(void **state)
{
    (void)state;
    tsl_succession *s = NULL;
    tsl_error err;
    assert_int_equal(build("customer_id,segment\nb,1\nb,2\n", ids, &s, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "bytes: row 2: customer_id stands there twice");
    assert_int_equal(build("customer_id,segment\nb,1\nc,4\n", ids, &s, &err), TSL_E_INPUT);
    assert_int_equal(build("customer_id,segment\nb,1\n", NULL, &s, &err), TSL_E_INPUT);
    assert_null(s);
    assert_int_equal(build("customer_id,segment\nq,1\n", ids, &s, &err), TSL_OK); /* nobody in common */
    assert_int_equal(s->both, 0);
    assert_true(isnan(s->share) && isnan(s->agreement));
    tsl_succession_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_counts), cmocka_unit_test(test_joined),
                                       cmocka_unit_test(test_refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
