/* test_small_cells.c: nobody is told of as one of few, and nothing that is hidden can be reckoned back. */
#include "output/small/small_cells.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"

#include <string.h>

#define LEAST 10

static json_t *parse(const char *text)
{
    json_error_t why;
    json_t *json = json_loads(text, 0, &why);
    if (!json) {
        fail_msg("%s", why.text);
    }
    return json;
}

static json_t *hide(json_t *root, int least)
{
    tsl__json doc = {.root = root};
    const tsl_results results = {.size = sizeof results, .min_cell = least};
    tsl__small_cells_hide(&doc, &results);
    assert_false(doc.failed);
    return root;
}

static void test_off(void **state)
{
    (void)state;
    json_t *given = parse("{\"privacy\":{},\"segments\":[{\"segment\":1,\"size\":3}]}"), *same = json_deep_copy(given);
    assert_true(json_equal(hide(given, 0), same) && json_equal(hide(given, 1), same));
    json_decref(given);
    json_decref(same);
}

/* One small segment: itself, and the smallest other, which would be what is left. */
static void test_list(void **state)
{
    (void)state;
    json_t *doc = hide(parse("{\"privacy\":{},\"customers\":133,\"segments\":["
                             "{\"segment\":1,\"colour\":0,\"size\":100,\"share\":0.75,\"names\":{\"en\":\"A\"}},"
                             "{\"segment\":2,\"colour\":1,\"size\":30,\"share\":0.22,\"names\":{\"en\":\"B\"}},"
                             "{\"segment\":3,\"colour\":2,\"size\":3,\"share\":0.02,\"names\":{\"en\":\"C\"}}],"
                             "\"notes\":[{\"text\":\"3 of 30 customers, and 12 customers of 40, by 3 %\"}]}"),
                       LEAST);
    json_t *expected = parse("{\"privacy\":{\"hidden\":5},\"customers\":133,\"segments\":["
                             "{\"segment\":1,\"colour\":0,\"size\":100,\"share\":0.75,\"names\":{\"en\":\"A\"}},"
                             "{\"segment\":2,\"colour\":1,\"size\":null,\"share\":null,\"names\":{\"en\":\"B\"}},"
                             "{\"segment\":3,\"colour\":2,\"size\":null,\"share\":null,\"names\":{\"en\":\"C\"}}],"
                             "\"notes\":[{\"text\":\"<10 of some customers, and some customers of 40, by 3 %\"}]}");
    if (!json_equal(doc, expected)) {
        fail_msg("%s", json_dumps(doc, JSON_COMPACT));
    }
    json_decref(doc);
    json_decref(expected);
}

/* ---- Tables that add up ---------------------------------------------------------- */

enum { ROWS = 4, COLS = 5 };

/* Segments by tiers, whose cells are small at times. */
static json_t *draw_table(uint32_t seed, int64_t cell[ROWS][COLS])
{
    static const char *const codes[COLS] = {"vip", "gold", "silver", "bronze", "normal"};
    tsl__rng rng = tsl__rng_open(seed, 1, 1);
    json_t *doc = parse("{\"privacy\":{},\"segments\":[],\"tiers\":[]}");
    int64_t sums[COLS] = {0};
    for (int s = 0; s < ROWS; s++) {
        json_t *tiers = json_object();
        json_int_t size = 0;
        for (int t = 0; t < COLS; t++) {
            cell[s][t] = (int64_t)tsl__rng_below(&rng, 3) ? (int64_t)tsl__rng_below(&rng, 60) : 0;
            size += cell[s][t];
            sums[t] += cell[s][t];
            json_object_set_new(tiers, codes[t], json_integer(cell[s][t]));
        }
        json_array_append_new(json_object_get(doc, "segments"),
                              json_pack("{s:i, s:I, s:o}", "segment", s + 1, "size", size, "tiers", tiers));
    }
    for (int t = 0; t < COLS; t++) {
        json_array_append_new(json_object_get(doc, "tiers"),
                              json_pack("{s:s, s:I}", "tier", codes[t], "size", (json_int_t)sums[t]));
    }
    return doc;
}

/* Each sum of the table hides none, or one that is not of few, or more; and what is shown is what it was. */
static void check_table(const json_t *doc, int64_t cell[ROWS][COLS])
{
    static const char *const codes[COLS] = {"vip", "gold", "silver", "bronze", "normal"};
    int by_row[ROWS] = {0}, by_col[COLS] = {0}, few_row[ROWS] = {0}, few_col[COLS] = {0};
    for (int s = 0; s < ROWS; s++) {
        const json_t *row = json_array_get(json_object_get(doc, "segments"), (size_t)s);
        by_row[s] = json_is_null(json_object_get(row, "size"));
        for (int t = 0; t < COLS; t++) {
            const json_t *own = json_object_get(json_object_get(row, "tiers"), codes[t]);
            const int is_hidden = json_is_null(own), is_few = cell[s][t] > 0 && cell[s][t] < LEAST;
            assert_true(is_hidden ? 1 : !is_few && json_integer_value(own) == cell[s][t]);
            by_row[s] += is_hidden;
            by_col[t] += is_hidden;
            few_row[s] |= is_few;
            few_col[t] |= is_few;
        }
        assert_true(by_row[s] != 1 || !few_row[s]);
    }
    for (int t = 0; t < COLS; t++) {
        const json_t *own = json_object_get(json_array_get(json_object_get(doc, "tiers"), (size_t)t), "size");
        by_col[t] += json_is_null(own);
        assert_true(by_col[t] != 1 || !few_col[t]);
    }
}

static void test_tables(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 500; seed++) {
        int64_t cell[ROWS][COLS];
        json_t *doc = hide(draw_table(seed, cell), LEAST);
        check_table(doc, cell);
        json_decref(doc);
    }
}

/* A rate is a count of those of whom it is so. */
static void test_rates(void **state)
{
    (void)state;
    json_t *doc =
        hide(parse("{\"privacy\":{},\"segments\":[{\"segment\":1,\"size\":50,\"traits\":[{\"name\":\"city=Lima\","
                   "\"mean\":0.06}]},{\"segment\":2,\"size\":40,\"traits\":[]},{\"segment\":3,\"size\":60,"
                   "\"traits\":[]}],\"profile\":[{\"name\":\"city=Lima\",\"form\":\"value\",\"segments\":["
                   "{\"mean\":0.06},{\"mean\":0.5},{\"mean\":0}]},{\"name\":\"age\",\"form\":\"number\","
                   "\"segments\":[{\"mean\":3},{\"mean\":0.06},{\"mean\":1}]}]}"),
             LEAST);
    const json_t *profile = json_object_get(doc, "profile");
    const json_t *rates = json_object_get(json_array_get(profile, 0), "segments");
    assert_true(json_is_null(json_object_get(json_array_get(rates, 0), "mean"))); /* 3 of 50 */
    assert_true(json_is_null(json_object_get(json_array_get(rates, 1), "mean"))); /* which would be what is left */
    assert_true(json_is_real(json_object_get(json_array_get(json_object_get(json_array_get(profile, 1), "segments"), 1),
                                             "mean"))); /* a mean is no count */
    const json_t *traits = json_object_get(json_array_get(json_object_get(doc, "segments"), 0), "traits");
    assert_int_equal(json_array_size(traits), 0); /* nor that it sets the segment apart */
    json_decref(doc);
}

/* Entries of few go, and points that differ by few from what is told; both languages of a note are read. */
static void test_entries(void **state)
{
    (void)state;
    json_t *doc =
        hide(parse("{\"privacy\":{},\"customers\":1000,\"findings\":[{\"size\":3,\"words\":{\"en\":\"3 "
                   "customers\"}},{\"size\":30}],"
                   "\"map\":{\"rows\":1000,\"size\":3.5,\"hexagons\":[[0,0,500,0],[1,0,4,0],[0,1,488,0],[3,3,8,0]]},"
                   "\"lorenz\":{\"customers\":1000,\"points\":[[0,0],[0.001,0.1],[0.01,0.3],[0.015,0.4],[0.02,0.5],[0."
                   "995,0.99],[1,1]],"
                   "\"top\":[{\"share\":0.005,\"customers\":5,\"value_share\":0.2},{\"share\":0.01,\"customers\":10,"
                   "\"value_share\":0.3}]},"
                   "\"notes\":[{\"text\":\"4 customers\",\"text_in\":{\"en\":\"4 customers\",\"zh\":\"4 位客户\"}}]}"),
             LEAST);
    json_t *expected =
        parse("{\"privacy\":{\"hidden\":11},\"customers\":1000,\"findings\":[{\"size\":30}],"
              "\"map\":{\"rows\":1000,\"size\":3.5,\"hexagons\":[[0,0,500,0],[0,1,488,0]]},"
              "\"lorenz\":{\"customers\":1000,\"points\":[[0,0],[0.01,0.3],[0.02,0.5],[1,1]],"
              "\"top\":[{\"share\":0.005,\"customers\":null,\"value_share\":null},{\"share\":0.01,\"customers\":10,"
              "\"value_share\":0.3}]},"
              "\"notes\":[{\"text\":\"<10 customers\",\"text_in\":{\"en\":\"<10 customers\",\"zh\":\"<10 位客户\"}}]}");
    if (!json_equal(doc, expected)) {
        fail_msg("%s", json_dumps(doc, JSON_COMPACT));
    }
    json_decref(doc);
    json_decref(expected);
}

/* Who moved: rows and columns add up to who stood where, and what they are worth goes with them. */
static void test_moves(void **state)
{
    (void)state;
    json_t *doc = hide(
        parse(
            "{\"privacy\":{},\"customers\":200,\"segments\":[{\"segment\":1,\"size\":95},{\"segment\":2,\"size\":95}],"
            "\"history\":{\"points\":[{\"customers\":[90,90],\"absent\":20,\"active\":null,\"revenue\":null},"
            "{\"customers\":[95,95],\"absent\":10,\"active\":[50,40,10],\"revenue\":[5,4,1]}],"
            "\"moves\":[{\"counts\":[[86,4],[3,87],[6,4]],\"value\":[[8,7],[6,5],[4,3]]}]}}"),
        LEAST);
    const json_t *move = json_array_get(json_object_get(json_object_get(doc, "history"), "moves"), 0);
    for (size_t r = 0; r < 3; r++) {
        for (size_t c = 0; c < 2; c++) {
            const json_t *count = json_array_get(json_array_get(json_object_get(move, "counts"), r), c);
            const json_t *value = json_array_get(json_array_get(json_object_get(move, "value"), r), c);
            assert_true(json_is_null(count) == json_is_null(value));
            assert_true(json_is_null(count) || json_integer_value(count) >= LEAST);
        }
    }
    json_decref(doc);
}

/* The curve has as many customers as the upper tiers together, less one of which are the other. */
static void test_upper_tiers(void **state)
{
    (void)state;
    json_t *doc = hide(parse("{\"privacy\":{},\"customers\":460,\"tiers\":[{\"tier\":\"vip\",\"size\":4},{\"tier\":"
                             "\"gold\",\"size\":19},"
                             "{\"tier\":\"silver\",\"size\":60},{\"tier\":\"normal\",\"size\":377}],"
                             "\"lorenz\":{\"customers\":460,\"points\":[[0,0],[0.05,0.4],[0.5,0.8],[1,1]],"
                             "\"top\":[{\"share\":0.05,\"customers\":23,\"value_share\":0.4}]}}"),
                       LEAST);
    const json_t *tiers = json_object_get(doc, "tiers"), *lorenz = json_object_get(doc, "lorenz");
    const json_t *top = json_array_get(json_object_get(lorenz, "top"), 0);
    assert_true(json_is_null(json_object_get(json_array_get(tiers, 0), "size")));
    assert_true(json_is_null(json_object_get(json_array_get(tiers, 1), "size")) ||
                json_is_null(json_object_get(top, "customers")));
    assert_true(json_is_null(json_object_get(json_array_get(tiers, 1), "size")) ||
                json_array_size(json_object_get(lorenz, "points")) == 3);
    json_decref(doc);
}

/* A business of few tells nothing of them. */
static void test_few(void **state)
{
    (void)state;
    json_t *doc =
        hide(parse("{\"privacy\":{},\"customers\":8,\"totals\":{\"orders\":20,\"decimals\":2,\"monetary_total\":5.5},"
                   "\"segments\":[{\"segment\":1,\"size\":8,\"next\":{\"size\":7}}],\"map\":{\"extent\":[1,2]},"
                   "\"rows\":{\"transactions\":{\"read\":20}}}"),
             LEAST);
    json_t *expected =
        parse("{\"privacy\":{\"hidden\":7},\"customers\":null,\"totals\":{\"orders\":null,\"decimals\":2,"
              "\"monetary_total\":null},\"segments\":[{\"segment\":1,\"size\":null,\"next\":{\"size\":null}}],"
              "\"rows\":{\"transactions\":{\"read\":20}}}");
    if (!json_equal(doc, expected)) {
        fail_msg("%s", json_dumps(doc, JSON_COMPACT));
    }
    json_decref(doc);
    json_decref(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_off),         cmocka_unit_test(test_list),
                                       cmocka_unit_test(test_tables),      cmocka_unit_test(test_rates),
                                       cmocka_unit_test(test_entries),     cmocka_unit_test(test_moves),
                                       cmocka_unit_test(test_upper_tiers), cmocka_unit_test(test_few)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
