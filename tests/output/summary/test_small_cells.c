/* test_small_cells.c: nobody is told of as one of few, and nothing that is hidden can be reckoned back. */
#include "output/summary/small_cells.h"

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
    tsl__small_cells_hide(&doc, least);
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
    json_t *expected = parse("{\"privacy\":{\"hidden\":3},\"customers\":133,\"segments\":["
                             "{\"segment\":1,\"colour\":0,\"size\":100,\"share\":0.75,\"names\":{\"en\":\"A\"}},"
                             "{\"segment\":2,\"colour\":1,\"size\":null,\"share\":null,\"names\":{\"en\":\"B\"}},"
                             "{\"segment\":3,\"colour\":2,\"size\":null,\"share\":null,\"names\":{\"en\":\"C\"}}],"
                             "\"notes\":[{\"text\":\"<10 of 30 customers, and 12 customers of 40, by 3 %\"}]}");
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

/* Each sum of the table has no hidden part, or two at least; and what is shown is what it was. */
static void check_table(const json_t *doc, int64_t cell[ROWS][COLS])
{
    static const char *const codes[COLS] = {"vip", "gold", "silver", "bronze", "normal"};
    int by_col[COLS] = {0}, margins = 0, tiers = 0;
    for (int s = 0; s < ROWS; s++) {
        const json_t *row = json_array_get(json_object_get(doc, "segments"), (size_t)s);
        int hidden = json_is_null(json_object_get(row, "size"));
        margins += hidden;
        for (int t = 0; t < COLS; t++) {
            const json_t *own = json_object_get(json_object_get(row, "tiers"), codes[t]);
            const int is_hidden = json_is_null(own);
            assert_true(is_hidden || json_integer_value(own) == cell[s][t]);
            assert_true(is_hidden || cell[s][t] == 0 || cell[s][t] >= LEAST);
            hidden += is_hidden;
            by_col[t] += is_hidden;
        }
        assert_int_not_equal(hidden, 1);
    }
    for (int t = 0; t < COLS; t++) {
        const json_t *own = json_object_get(json_array_get(json_object_get(doc, "tiers"), (size_t)t), "size");
        by_col[t] += json_is_null(own);
        tiers += json_is_null(own);
        assert_int_not_equal(by_col[t], 1);
    }
    assert_true(margins != 1 && tiers != 1);
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
    assert_true(json_is_null(json_object_get(json_array_get(traits, 0), "mean")));
    json_decref(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_off), cmocka_unit_test(test_list),
                                       cmocka_unit_test(test_tables), cmocka_unit_test(test_rates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
