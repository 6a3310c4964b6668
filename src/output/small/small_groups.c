/* small_groups.c: what a document tells by segments, tiers and stages: how many there are of each, and of two at once.
 */
#include "label/internal.h"
#include "output/small/small_places.h"

#include <string.h>

/* ---- Lists ------------------------------------------------------------------------------ */

/* Lists each of whose entries counts customers, and what they add up to: a count of the document; "": all customers;
 * NULL: themselves. */
static const struct {
    const char *list, *key, *of, *total;
} lists[] = {
    {"rfm_segments", "size", "", ""},
    {"clusters.groups", "size", "clusters", "rows"},
    {"evaluation.groups", "size", "evaluation", "used"},
    {"target.segments", "rows", "target", "rows"},
    {"valuation.rfm.segments", "size", NULL, NULL},
};

static void add_lists(tsl__small_places *p)
{
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        json_t *list = tsl__small_find(p->doc->root, lists[l].list);
        size_t total = lists[l].of && !*lists[l].of ? p->customers : TSL__NO_SET;
        if (list && lists[l].of && *lists[l].of) {
            total = tsl__small_count(p, tsl__small_find(p->doc->root, lists[l].of), lists[l].total);
        }
        (void)tsl__small_list(p, list, lists[l].key, total);
    }
}

/* The stages of a phase are its parts. */
static void add_phases(tsl__small_places *p)
{
    json_t *phases = tsl__small_find(p->doc->root, "lifecycle_phases"),
           *stages = tsl__small_find(p->doc->root, "lifecycle");
    const size_t first = tsl__small_list(p, phases, "size", p->customers);
    for (size_t i = 0; i < json_array_size(phases) && p->stages != TSL__NO_SET; i++) {
        const json_t *code = json_object_get(json_array_get(phases, i), "phase");
        for (size_t s = 0; s < p->stage_count; s++) {
            const int is_of = json_equal(json_object_get(json_array_get(stages, s), "phase"), code);
            tsl__small_sets_part(&p->sets, is_of ? p->stages + s : TSL__NO_SET);
        }
        tsl__small_sets_sum(&p->sets, first + i);
    }
}

/* The set of the stage with this code. */
static size_t find_stage(const tsl__small_places *p, const json_t *code)
{
    const json_t *stages = tsl__small_find(p->doc->root, "lifecycle");
    for (size_t s = 0; s < p->stage_count; s++) {
        if (json_equal(json_object_get(json_array_get(stages, s), "stage"), code)) {
            return p->stages + s;
        }
    }
    return TSL__NO_SET;
}

/* What is foretold, of those of whom it is: of some of a stage. */
static void add_churn(tsl__small_places *p)
{
    json_t *churn = tsl__small_find(p->doc->root, "churn"), *stages = json_object_get(churn, "stages"), *stage;
    size_t i;
    if (!churn) {
        return;
    }
    const size_t all = tsl__small_count(p, churn, "size"), first = tsl__small_list(p, stages, "size", all);
    tsl__small_put_few(p, all, churn);
    for (i = 0; i < json_array_size(json_object_get(churn, "ranked")); i++) { /* shares of them */
        tsl__small_put(p, all, json_array_get(json_object_get(churn, "ranked"), i), "size");
    }
    tsl__small_sets_part(&p->sets, all);
    tsl__small_sets_sum(&p->sets, p->customers);
    const size_t unvalued = tsl__small_count(p, churn, "unvalued");
    tsl__small_sets_part(&p->sets, unvalued);
    tsl__small_sets_sum(&p->sets, all);
    json_array_foreach(stages, i, stage)
    {
        tsl__small_sets_part(&p->sets, first + i);
        tsl__small_sets_sum(&p->sets, find_stage(p, json_object_get(stage, "stage")));
    }
    const size_t unvalued_first = p->sets.count;
    json_array_foreach(stages, i, stage)
    {
        (void)tsl__small_count(p, stage, "unvalued");
    }
    for (i = 0; first != TSL__NO_SET && i < json_array_size(stages); i++) {
        tsl__small_sets_part(&p->sets, unvalued_first + i);
        tsl__small_sets_sum(&p->sets, first + i);
    }
    for (i = 0; first != TSL__NO_SET && i < json_array_size(stages); i++) {
        tsl__small_sets_part(&p->sets, unvalued_first + i);
    }
    tsl__small_sets_sum(&p->sets, unvalued);
}

/* The code of the stage whose reason it is; "": it is of several, or of none. */
static const char *get_stage(const char *reason)
{
    const tsl_stage stage = tsl__reason_get_stage(reason);
    return stage < TSL_STAGES ? tsl_stage_get_code(stage) : "";
}

/* Who bought once is in a segment of his own where there is one, so that his reason is one of its stages: of a stage,
 * those of segments whose code begins so. */
static void add_once(tsl__small_places *p, size_t set, const char *stage)
{
    const json_t *segments = tsl__small_find(p->doc->root, "segments"),
                 *stages = tsl__small_find(p->doc->root, "lifecycle");
    for (size_t s = 0; s < p->segment_count; s++) {
        const char *code = json_string_value(json_object_get(json_array_get(segments, s), "code"));
        for (size_t l = 0; l < p->stage_count && code && strncmp(code, "ONCE", 4) == 0; l++) {
            const char *own = json_string_value(json_object_get(json_array_get(stages, l), "stage"));
            const int is_of = own && strcmp(own, stage) == 0;
            tsl__small_sets_part(&p->sets, is_of ? p->segment_stages + s * p->stage_count + l : TSL__NO_SET);
        }
    }
    tsl__small_sets_sum(&p->sets, set);
}

static void add_reasons(tsl__small_places *p)
{
    json_t *reasons = tsl__small_find(p->doc->root, "reasons"), *stage;
    const size_t first = tsl__small_list(p, reasons, "size", p->customers);
    size_t s;
    if (p->stages == TSL__NO_SET || first == TSL__NO_SET) {
        return;
    }
    json_array_foreach(tsl__small_find(p->doc->root, "lifecycle"), s, stage)
    {
        const char *code = json_string_value(json_object_get(stage, "stage"));
        for (size_t i = 0; code && i < json_array_size(reasons); i++) {
            const char *reason = json_string_value(json_object_get(json_array_get(reasons, i), "reason"));
            const int is_of = reason && strcmp(get_stage(reason), code) == 0;
            tsl__small_sets_part(&p->sets, is_of ? first + i : TSL__NO_SET);
        }
        tsl__small_sets_sum(&p->sets, p->stages + s);
    }
    for (size_t i = 0; i < json_array_size(reasons) && p->segment_stages != TSL__NO_SET; i++) {
        const char *reason = json_string_value(json_object_get(json_array_get(reasons, i), "reason"));
        if (reason && (strncmp(reason, "once_", 5) == 0 || strcmp(reason, "bought_once") == 0)) {
            add_once(p, first + i, get_stage(reason));
        }
    }
}

/* ---- Two at once --------------------------------------------------------------------------- */

/* Segments by the codes of another list: an object in each segment, and an array in each entry of the list; the first.
 */
static size_t add_codes(tsl__small_places *p, const char *list, const char *code, size_t cols)
{
    json_t *segments = tsl__small_find(p->doc->root, "segments"), *others = tsl__small_find(p->doc->root, list);
    const size_t count = json_array_size(others), first = p->sets.count;
    for (size_t s = 0; s < p->segment_count; s++) {
        json_t *of = json_object_get(json_array_get(segments, s), list);
        for (size_t j = 0; j < count; j++) {
            json_t *other = json_array_get(others, j);
            const char *name = json_string_value(json_object_get(other, code));
            const size_t set = tsl__small_sets_add(&p->sets, name ? tsl__small_get(of, name) : 0);
            tsl__small_put(p, set, of, name);
            tsl__small_put_at(p, set, json_object_get(other, "segments"), s);
        }
    }
    tsl__small_cross(p, first, p->segment_count, count, p->segments, cols);
    return first;
}

/* Customers and value of a stage by tier. */
static void add_crosses(tsl__small_places *p)
{
    json_t *stages = tsl__small_find(p->doc->root, "lifecycle");
    if (!json_array_size(json_object_get(json_array_get(stages, 0), "tiers")) || p->tiers == TSL__NO_SET) {
        return;
    }
    p->crosses = p->sets.count;
    for (size_t s = 0; s < p->stage_count; s++) {
        for (size_t t = 0; t < p->tier_count; t++) {
            json_t *pair = json_array_get(json_object_get(json_array_get(stages, s), "tiers"), t);
            const size_t set = tsl__small_sets_add(&p->sets, json_number_value(json_array_get(pair, 0)));
            tsl__small_put_at(p, set, pair, 0);
            tsl__small_put_at(p, set, pair, 1);
        }
    }
    tsl__small_cross(p, p->crosses, p->stage_count, p->tier_count, p->stages, p->tiers);
}

/* The grid: its cells by segment. Of a segment those whose silence and orders are known are in it. */
static void add_grid(tsl__small_places *p)
{
    json_t *grid = tsl__small_find(p->doc->root, "grid"), *cells = json_object_get(grid, "cells");
    const size_t count = json_array_size(cells);
    if (!count) {
        return;
    }
    const size_t rows = tsl__small_list(p, cells, "n", tsl__small_count(p, grid, "customers")), first = p->sets.count;
    for (size_t c = 0; c < count; c++) {
        json_t *of = json_object_get(json_array_get(cells, c), "segments");
        for (size_t s = 0; s < p->segment_count; s++) {
            const size_t set = tsl__small_sets_add(&p->sets, json_number_value(json_array_get(of, s)));
            tsl__small_put_at(p, set, of, s);
        }
    }
    const size_t known = p->sets.count;
    for (size_t s = 0; s < p->segment_count && !p->sets.failed; s++) {
        double size = 0;
        for (size_t c = 0; c < count; c++) {
            size += p->sets.of[first + c * p->segment_count + s].size;
        }
        if (tsl__small_sets_add(&p->sets, size) != TSL__NO_SET) {
            p->sets.of[known + s].is_known = 0;
        }
    }
    tsl__small_cross(p, first, count, p->segment_count, rows, known);
    for (size_t s = 0; s < p->segment_count && !p->sets.failed; s++) {
        tsl__small_sets_part(&p->sets, known + s);
        tsl__small_sets_sum(&p->sets, p->segments + s);
    }
}

/* Hexagons of few go; the count of a hexagon is its third number. */
static void add_map(tsl__small_places *p)
{
    json_t *map = tsl__small_find(p->doc->root, "map"), *hexagons = json_object_get(map, "hexagons"), *hexagon;
    size_t i;
    if (!map) {
        return;
    }
    const size_t rows = tsl__small_count(p, map, "rows");
    json_array_foreach(hexagons, i, hexagon)
    {
        const size_t set = tsl__small_sets_add(&p->sets, json_number_value(json_array_get(hexagon, 2)));
        tsl__small_put_entry(p, set, hexagons, hexagon);
        tsl__small_sets_part(&p->sets, set);
    }
    tsl__small_sets_sum(&p->sets, rows);
}

/* ---- Sensitive columns -------------------------------------------------------------------- */

/* The set of a segment with this number; of a tier that stands at this place. */
static size_t find_group(const tsl__small_places *p, const json_t *row, size_t place)
{
    const json_t *number = json_object_get(row, "segment");
    return number ? tsl__small_find_segment(p, number) : p->tiers == TSL__NO_SET ? TSL__NO_SET : p->tiers + place;
}

/* A column by segments, or by tiers; what is measured of all its cells goes with each. */
static void add_audited(tsl__small_places *p, json_t *part, size_t levels)
{
    const json_t *rows = json_object_get(part, "rows");
    const size_t count = json_array_size(rows), first = p->sets.count;
    const size_t width = json_array_size(json_object_get(json_array_get(rows, 0), "cells"));
    for (size_t g = 0; g < count; g++) {
        const json_t *cells = json_object_get(json_array_get(rows, g), "cells");
        for (size_t l = 0; l < width; l++) {
            json_t *cell = json_array_get(cells, l);
            const size_t set = tsl__small_sets_add(&p->sets, tsl__small_get(cell, "count"));
            tsl__small_put_all(p, set, cell);
            tsl__small_put(p, set, part, "chi_square");
            tsl__small_put(p, set, part, "p");
        }
    }
    for (size_t g = 0; g < count; g++) {
        for (size_t l = 0; l < width; l++) {
            tsl__small_sets_part(&p->sets, first + g * width + l);
        }
        tsl__small_sets_sum(&p->sets, find_group(p, json_array_get(rows, g), g));
    }
    for (size_t l = 0; l < width; l++) {
        for (size_t g = 0; g < count; g++) {
            tsl__small_sets_part(&p->sets, first + g * width + l);
        }
        tsl__small_sets_sum(&p->sets, levels == TSL__NO_SET ? levels : levels + l);
    }
}

static void add_audit(tsl__small_places *p)
{
    json_t *column;
    size_t i;
    json_array_foreach(tsl__small_find(p->doc->root, "audit.columns"), i, column)
    {
        const size_t levels = tsl__small_list(p, json_object_get(column, "levels"), "size", TSL__NO_SET);
        for (size_t l = 0; levels != TSL__NO_SET && l < json_array_size(json_object_get(column, "levels")); l++) {
            tsl__small_sets_part(&p->sets, levels + l);
        }
        tsl__small_sets_part(&p->sets, tsl__small_count(p, column, "missing"));
        tsl__small_sets_sum(&p->sets, p->customers);
        add_audited(p, json_object_get(column, "segments"), levels);
        add_audited(p, json_object_get(column, "tiers"), levels);
    }
}

/* ---- What is said of a segment or a stage elsewhere ------------------------------------------ */

static void add_first(tsl__small_places *p)
{
    json_t *row;
    size_t i;
    json_array_foreach(tsl__small_find(p->doc->root, "first"), i, row)
    {
        const json_t *segment = json_object_get(row, "segment"), *tiers = json_object_get(row, "tiers");
        if (segment && p->segments != TSL__NO_SET) {
            tsl__small_put_all(p, p->segments + (size_t)json_integer_value(segment), row);
            continue;
        }
        const size_t set = tsl__small_sets_add(&p->sets, tsl__small_get(row, "size"));
        tsl__small_put_all(p, set, row);
        for (size_t s = 0; p->crosses != TSL__NO_SET && s < p->stage_count; s++) {
            const json_t *stage = json_array_get(tsl__small_find(p->doc->root, "lifecycle"), s);
            for (size_t t = 0; t < json_array_size(tiers); t++) { /* the upper ones, in their order */
                const int is_of = json_equal(json_object_get(stage, "stage"), json_object_get(row, "stage"));
                tsl__small_sets_part(&p->sets, is_of ? p->crosses + s * p->tier_count + t : TSL__NO_SET);
            }
        }
        tsl__small_sets_sum(&p->sets, set);
    }
}

/* A leaf of the descriptors by segment: shares of it, which are counts. */
static void add_leaves(tsl__small_places *p)
{
    json_t *leaves = tsl__small_find(p->doc->root, "descriptors.leaves"), *leaf;
    const size_t width = json_array_size(json_object_get(json_array_get(leaves, 0), "shares"));
    const size_t rows = tsl__small_list(p, leaves, "rows", p->customers), first = p->sets.count;
    size_t i;
    json_array_foreach(leaves, i, leaf)
    {
        json_t *shares = json_object_get(leaf, "shares");
        for (size_t c = 0; c < width; c++) {
            const double share = json_number_value(json_array_get(shares, c));
            const size_t set = tsl__small_sets_add(&p->sets, share * tsl__small_get(leaf, "rows"));
            tsl__small_put_at(p, set, shares, c);
            if (json_number_value(json_object_get(leaf, "segment_share")) == share) {
                tsl__small_put(p, set, leaf, "segment_share");
            }
        }
    }
    if (rows != TSL__NO_SET) {
        tsl__small_cross(p, first, json_array_size(leaves), width, rows,
                         width == p->segment_count ? p->segments : TSL__NO_SET);
    }
}

void tsl__small_groups(tsl__small_places *p)
{
    json_t *root = p->doc->root;
    p->customers = tsl__small_count(p, root, "customers");
    if (p->customers != TSL__NO_SET) {
        p->sets.of[p->customers].is_given = 1;
    }
    p->segment_count = json_array_size(tsl__small_find(root, "segments"));
    p->tier_count = json_array_size(tsl__small_find(root, "tiers"));
    p->stage_count = json_array_size(tsl__small_find(root, "lifecycle"));
    p->segments = tsl__small_list(p, tsl__small_find(root, "segments"), "size", p->customers);
    p->tiers = tsl__small_list(p, tsl__small_find(root, "tiers"), "size", p->customers);
    p->stages = tsl__small_list(p, tsl__small_find(root, "lifecycle"), "size", p->customers);
    p->crosses = p->segment_stages = TSL__NO_SET;
    if (p->segments != TSL__NO_SET && p->tiers != TSL__NO_SET) {
        (void)add_codes(p, "tiers", "tier", p->tiers);
    }
    if (p->segments != TSL__NO_SET && p->stages != TSL__NO_SET) {
        p->segment_stages = add_codes(p, "lifecycle", "stage", p->stages);
        add_crosses(p);
    }
    add_lists(p);
    add_phases(p);
    add_churn(p);
    add_reasons(p);
    add_audit(p);
    add_first(p);
    add_leaves(p);
    if (p->segments != TSL__NO_SET) {
        add_grid(p);
    }
    add_map(p);
}
