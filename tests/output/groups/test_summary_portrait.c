/* test_summary_portrait.c: what the summary says of grid, map, concentration, crosses and advice. */
#include "files.h"
#include "sample.h"

#include <jansson.h>
#include <math.h>

static sample run;

static json_t *make(void)
{
    char *text;
    assert_int_equal(tsl_summary_build(&run.run, &text, NULL), TSL_OK);
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    tsl_text_free(text);
    return root;
}

static json_t *pick(json_t *object, const char *key, size_t index)
{
    return json_array_get(json_object_get(object, key), index);
}

static uint64_t add_up(const json_t *counts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < json_array_size(counts); i++) {
        sum += (uint64_t)json_integer_value(json_array_get(counts, i));
    }
    return sum;
}

static uint64_t count(json_t *object, const char *key)
{
    return (uint64_t)json_integer_value(json_object_get(object, key));
}

/* The cells sum to the customers, and each one's segments to it. */
static void grid(void **state)
{
    (void)state;
    sample_make(&run, SAMPLE_FULL, "en");
    json_t *root = make(), *grid = json_object_get(root, "grid"), *cells = json_object_get(grid, "cells");
    uint64_t sum = 0;
    assert_int_equal(json_array_size(json_object_get(grid, "recency")), 3);
    assert_true(json_number_value(pick(grid, "recency", 1)) == 90);
    assert_true(json_is_null(pick(grid, "recency", 2)) && json_is_null(pick(grid, "frequency", 1)));
    assert_int_equal(json_array_size(cells), 6);
    for (size_t c = 0; c < 6; c++) {
        json_t *cell = json_array_get(cells, c);
        assert_int_equal(count(cell, "r"), c / 2);
        assert_int_equal(count(cell, "f"), c % 2);
        assert_int_equal(json_array_size(json_object_get(cell, "segments")), SAMPLE_SEGMENTS);
        assert_int_equal(add_up(json_object_get(cell, "segments")), count(cell, "n"));
        sum += count(cell, "n");
    }
    assert_int_equal(sum, count(grid, "customers"));
    json_decref(root);
}

static void map_and_curve(void **state)
{
    (void)state;
    sample_make(&run, SAMPLE_FULL, "en");
    json_t *root = make(), *map = json_object_get(root, "map"), *lorenz = json_object_get(root, "lorenz");
    json_t *loading = pick(pick(map, "axes", 0), "loadings", 1);
    assert_string_equal(json_string_value(json_object_get(loading, "name")), "frequency");
    assert_string_equal(json_string_value(json_object_get(json_object_get(loading, "label"), "en")), "purchases");
    assert_true(json_number_value(json_object_get(loading, "loading")) == .8);
    uint64_t sum = 0;
    for (size_t h = 0; h < 3; h++) {
        sum += (uint64_t)json_integer_value(json_array_get(pick(map, "hexagons", h), 2));
    }
    assert_int_equal(sum, count(map, "rows"));
    assert_int_equal(json_integer_value(json_array_get(pick(map, "hexagons", 0), 3)), 5);
    assert_true(json_is_null(json_array_get(pick(map, "medians", SAMPLE_SEGMENTS - 1), 0)));
    assert_true(json_number_value(pick(map, "extent", 1)) == 3 && json_number_value(pick(map, "extent", 2)) == -1);
    assert_int_equal(json_array_size(json_object_get(lorenz, "points")), 4);
    assert_true(json_number_value(json_object_get(pick(lorenz, "top", 2), "share")) == .2);
    assert_true(json_number_value(json_object_get(pick(lorenz, "top", 2), "value_share")) == .65);
    json_decref(root);
}

/* Tiers and stages by segment sum to them, a stage's tiers to it. */
static void crosses(void **state)
{
    (void)state;
    sample_make(&run, SAMPLE_FULL, "en");
    json_t *root = make();
    for (size_t t = 0; t < SAMPLE_TIERS; t++) {
        json_t *tier = pick(root, "tiers", t);
        assert_int_equal(add_up(json_object_get(tier, "segments")), count(tier, "size"));
    }
    for (size_t s = 0; s < TSL_STAGES; s++) {
        json_t *stage = pick(root, "lifecycle", s);
        uint64_t sum = 0;
        for (size_t t = 0; t < SAMPLE_TIERS; t++) {
            sum += (uint64_t)json_integer_value(json_array_get(pick(stage, "tiers", t), 0));
        }
        assert_int_equal(sum, count(stage, "size"));
        assert_int_equal(add_up(json_object_get(stage, "segments")), count(stage, "size"));
    }
    json_decref(root);
}

static void segments(void **state)
{
    (void)state;
    sample_make(&run, SAMPLE_FULL, "en");
    run.usual[2].value_mean = 2000;
    run.usual[2].recency_median = 50;
    json_t *root = make(), *champions = pick(root, "segments", 0), *other = pick(root, "segments", 2);
    json_t *advice = json_object_get(champions, "advice");
    assert_true(json_number_value(json_object_get(champions, "recency_median")) == 10);
    assert_true(json_number_value(json_object_get(champions, "value_mean")) == 9800);
    assert_non_null(json_string_value(json_object_get(json_object_get(advice, "do"), "zh")));
    assert_non_null(strstr(json_string_value(json_object_get(json_object_get(advice, "avoid"), "en")), "Discounts"));
    assert_true(json_is_null(json_object_get(advice, "action")));
    assert_true(json_array_size(json_object_get(champions, "rule_parts")) > 0);
    assert_true(json_is_null(json_object_get(other, "advice"))); /* no code, and nothing that stands out */
    json_decref(root);
    run.run.portrait = NULL; /* of an old caller */
    root = make();
    champions = pick(root, "segments", 0);
    assert_null(json_object_get(champions, "advice"));
    assert_null(json_object_get(champions, "value_mean"));
    assert_non_null(json_object_get(champions, "rule_parts"));
    assert_null(json_object_get(root, "grid"));
    assert_null(json_object_get(root, "first"));
    json_decref(root);
}

/* A segment of nobody is in no list, and what stands behind it moves up. */
static void nobody(void **state)
{
    (void)state;
    sample_make(&run, SAMPLE_FULL, "en");
    run.segment[1].size = 0;
    run.model.size[1] = 0;
    json_t *root = make();
    assert_int_equal(json_array_size(json_object_get(root, "segments")), SAMPLE_SEGMENTS - 1);
    assert_int_equal(json_array_size(json_object_get(pick(root, "tiers", 0), "segments")), SAMPLE_SEGMENTS - 1);
    json_t *map = json_object_get(root, "map");
    assert_int_equal(json_array_size(json_object_get(map, "medians")), SAMPLE_SEGMENTS - 1);
    assert_int_equal(json_integer_value(json_array_get(pick(map, "hexagons", 0), 3)), 4);
    assert_int_equal(json_integer_value(json_array_get(pick(map, "hexagons", 1), 3)), 0);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grid),     cmocka_unit_test(map_and_curve), cmocka_unit_test(crosses),
        cmocka_unit_test(segments), cmocka_unit_test(nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
