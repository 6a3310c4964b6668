/* summary_portrait.c: the summary of what pictures of the customers are drawn from. docs/methods/portrait.md. */
#include "output/json/rule_parts_json.h"
#include "output/summary.h"
#include "output/wording/advice_wording.h"

#include <stdlib.h>

/* ---- Counts by segment ----------------------------------------------------------------------- */

/* What a count by segment is of. */
typedef uint64_t (*counter)(const tsl_results *results, size_t segment, size_t which);

static void add_counts(tsl__json *doc, json_t *object, const tsl_results *results, counter count, size_t which)
{
    json_t *array = tsl__json_set_array(doc, object, "segments");
    for (size_t s = 0; s < results->labels->segment_count; s++) {
        if (tsl__summary_has_segment(results, s)) {
            tsl__json_push(doc, array, tsl__json_count(count(results, s, which)));
        }
    }
}

static uint64_t count_tier(const tsl_results *results, size_t segment, size_t tier)
{
    return results->labels->segments[segment].tier_size[tier];
}

static uint64_t count_stage(const tsl_results *results, size_t segment, size_t stage)
{
    return results->labels->segments[segment].stage_size[stage];
}

static uint64_t count_cell(const tsl_results *results, size_t segment, size_t cell)
{
    return results->portrait->grid->cell[cell].segment[segment];
}

void tsl__summary_tier_segments(tsl__json *doc, json_t *object, const tsl_results *results, size_t tier)
{
    add_counts(doc, object, results, count_tier, tier);
}

/* ---- A segment ---------------------------------------------------------------------------- */

static void add_advice(tsl__json *doc, json_t *object, const tsl_results *results, size_t s)
{
    tsl__advice advice;
    tsl__advice_find(results, s, &advice);
    if (!advice.todo[0]) {
        tsl__json_set(doc, object, "advice", json_null());
        return;
    }
    json_t *of = tsl__json_set_object(doc, object, "advice");
    tsl__json_set_langs(doc, of, "do", advice.todo[0], advice.todo[1]);
    if (advice.avoid[0]) {
        tsl__json_set_langs(doc, of, "avoid", advice.avoid[0], advice.avoid[1]);
    } else {
        tsl__json_set(doc, of, "avoid", json_null());
    }
    tsl__json_set(doc, of, "action", tsl__json_text(advice.action));
}

void tsl__summary_portrait_segment(tsl__json *doc, json_t *object, const tsl_results *results, size_t s)
{
    tsl__json_set_rule_parts(doc, object, results->model, results->labels->segments[s].cluster);
    if (!results->portrait) {
        return;
    }
    const tsl_portrait_segment *from = &results->portrait->segment[s];
    tsl__json_set(doc, object, "recency_median", tsl__json_number(from->recency_median));
    tsl__json_set(doc, object, "frequency_median", tsl__json_number(from->frequency_median));
    tsl__json_set(doc, object, "value_mean", tsl__json_number(from->value_mean));
    tsl__json_set(doc, object, "value_median", tsl__json_number(from->value_median));
    tsl__json_set(doc, object, "purchase_median", tsl__json_number(from->purchase_median));
    if (!results->labels->features->recipe->plain) {
        add_advice(doc, object, results, s);
    }
}

/* ---- Stages by segments and tiers ----------------------------------------------------------- */

void tsl__summary_stage_crosses(tsl__json *doc, json_t *object, const tsl_results *results, size_t stage)
{
    const size_t tiers = results->labels->tier_count;
    add_counts(doc, object, results, count_stage, stage);
    if (!results->portrait || !results->portrait->stage_tier) {
        return;
    }
    json_t *array = tsl__json_set_array(doc, object, "tiers");
    for (size_t t = 0; t < tiers; t++) {
        const tsl_portrait_cell *from = &results->portrait->stage_tier[stage * tiers + t];
        json_t *pair = json_array();
        tsl__json_push(doc, pair, tsl__json_count(from->size));
        tsl__json_push(doc, pair, tsl__json_number(from->value_total));
        tsl__json_push(doc, array, pair);
    }
}

/* ---- The grid -------------------------------------------------------------------------------- */

static void add_limits(tsl__json *doc, json_t *object, const char *key, const double *limit, size_t classes)
{
    json_t *array = tsl__json_set_array(doc, object, key);
    for (size_t c = 0; c < classes; c++) {
        tsl__json_push(doc, array, c + 1 < classes ? tsl__json_number(limit[c]) : json_null());
    }
}

static void add_grid(tsl__json *doc, const tsl_results *results)
{
    const tsl_grid *from = results->portrait->grid;
    json_t *grid = tsl__json_set_object(doc, doc->root, "grid");
    add_limits(doc, grid, "recency", from->recency, from->rows);
    add_limits(doc, grid, "frequency", from->frequency, from->cols);
    tsl__json_set(doc, grid, "customers", tsl__json_count(from->customers));
    json_t *cells = tsl__json_set_array(doc, grid, "cells");
    for (size_t c = 0; c < from->rows * from->cols; c++) {
        json_t *cell = tsl__json_push_object(doc, cells);
        tsl__json_set(doc, cell, "r", tsl__json_count(c / from->cols));
        tsl__json_set(doc, cell, "f", tsl__json_count(c % from->cols));
        tsl__json_set(doc, cell, "n", tsl__json_count(from->cell[c].size));
        tsl__json_set(doc, cell, "value", tsl__json_number(from->cell[c].value_total));
        add_counts(doc, cell, results, count_cell, c);
    }
}

/* ---- The map ---------------------------------------------------------------------------------- */

static void add_axis(tsl__json *doc, json_t *axes, const tsl_results *results, const tsl_map_axis *from)
{
    const tsl_customer_map *map = results->portrait->map;
    const tsl_recipe *recipe = results->labels->features->recipe;
    json_t *axis = tsl__json_push_object(doc, axes);
    tsl__json_set(doc, axis, "share", tsl__json_number(from->share));
    json_t *loadings = tsl__json_set_array(doc, axis, "loadings");
    for (size_t c = 0; c < map->cols; c++) {
        json_t *loading = tsl__json_push_object(doc, loadings);
        tsl__summary_vector_column(doc, loading, recipe, &map->matrix->column[c]);
        tsl__json_set(doc, loading, "loading", tsl__json_number(from->loading[c]));
    }
}

static void add_hexagons(tsl__json *doc, json_t *object, const tsl_results *results)
{
    const tsl_customer_map *from = results->portrait->map;
    json_t *hexagons = tsl__json_set_array(doc, object, "hexagons");
    for (size_t h = 0; h < from->hexagon_count; h++) {
        const tsl_hexagon *of = &from->hexagon[h];
        json_t *hexagon = json_array();
        tsl__json_push(doc, hexagon, json_integer(of->q));
        tsl__json_push(doc, hexagon, json_integer(of->r));
        tsl__json_push(doc, hexagon, tsl__json_count(of->size));
        tsl__json_push(doc, hexagon, json_integer(tsl__summary_get_index(results, (size_t)of->segment)));
        tsl__json_push(doc, hexagons, hexagon);
    }
}

static void add_pair(tsl__json *doc, json_t *array, double x, double y)
{
    json_t *pair = json_array();
    tsl__json_push(doc, pair, tsl__json_number(x));
    tsl__json_push(doc, pair, tsl__json_number(y));
    tsl__json_push(doc, array, pair);
}

static void add_map(tsl__json *doc, const tsl_results *results)
{
    const tsl_customer_map *from = results->portrait->map;
    json_t *map = tsl__json_set_object(doc, doc->root, "map"), *axes = tsl__json_set_array(doc, map, "axes");
    for (size_t a = 0; a < 2; a++) {
        add_axis(doc, axes, results, &from->axis[a]);
    }
    tsl__json_set(doc, map, "rows", tsl__json_count(from->customers));
    tsl__json_set(doc, map, "set_apart", tsl__json_count(from->apart));
    tsl__json_set(doc, map, "edge", tsl__json_count(from->edge));
    tsl__json_set(doc, map, "axis_rows", tsl__json_count(from->axis_rows));
    json_t *extent = tsl__json_set_array(doc, map, "extent");
    for (size_t a = 0; a < 2; a++) {
        tsl__json_push(doc, extent, tsl__json_number(from->low[a]));
        tsl__json_push(doc, extent, tsl__json_number(from->high[a]));
    }
    tsl__json_set(doc, map, "size", tsl__json_number(from->size));
    add_hexagons(doc, map, results);
    json_t *medians = tsl__json_set_array(doc, map, "medians");
    for (size_t s = 0; s < results->labels->segment_count; s++) {
        if (tsl__summary_has_segment(results, s)) {
            add_pair(doc, medians, from->median[s][0], from->median[s][1]);
        }
    }
}

/* ---- The Lorenz curve --------------------------------------------------------------------------- */

static void add_lorenz(tsl__json *doc, const tsl_concentration *from)
{
    static const double share[TSL_TOP_SHARES] = {.01, .05, .2, .5};
    json_t *lorenz = tsl__json_set_object(doc, doc->root, "lorenz");
    tsl__json_set(doc, lorenz, "customers", tsl__json_count(from->customers));
    json_t *points = tsl__json_set_array(doc, lorenz, "points");
    for (size_t p = 0; p < from->count; p++) {
        add_pair(doc, points, from->point[p].share, from->point[p].value_share);
    }
    json_t *tops = tsl__json_set_array(doc, lorenz, "top");
    for (size_t t = 0; t < TSL_TOP_SHARES; t++) {
        json_t *top = tsl__json_push_object(doc, tops);
        tsl__json_set(doc, top, "share", tsl__json_number(share[t]));
        tsl__json_set(doc, top, "customers", tsl__json_count(from->top[t].customers));
        tsl__json_set(doc, top, "value_share", tsl__json_number(from->top[t].value_share));
    }
}

void tsl__summary_portrait(tsl__json *doc, const tsl_results *results)
{
    const tsl_portrait *portrait = results->labels ? results->portrait : NULL;
    if (portrait && portrait->grid) {
        add_grid(doc, results);
    }
    if (portrait && portrait->map) {
        add_map(doc, results);
    }
    if (portrait && portrait->concentration) {
        add_lorenz(doc, portrait->concentration);
    }
    if (portrait && !results->labels->features->recipe->plain) {
        tsl__summary_first(doc, results);
    }
}
