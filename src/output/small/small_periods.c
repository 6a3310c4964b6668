/* small_periods.c: what a document tells of other days: the months before, an earlier run, those of the fit, the period
 * held out. */
#include "output/small/small_places.h"

#include "label/kept_names.h"
#include "output/summary.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* ---- The months before ---------------------------------------------------------------------- */

/* A point's sets, one behind the other: customers by segment, absent, active by segment and of those not known. */
typedef struct history_sets {
    size_t customers, absent, active;
} history_sets;

static size_t add_at(tsl__small_places *p, json_t *counts, json_t *values, size_t i)
{
    const size_t set = tsl__small_sets_add(&p->sets, json_number_value(json_array_get(counts, i)));
    tsl__small_put_at(p, set, counts, i);
    tsl__small_put_at(p, set, values, i);
    return set;
}

static history_sets add_point(tsl__small_places *p, json_t *point, size_t k)
{
    json_t *customers = json_object_get(point, "customers"), *active = json_object_get(point, "active");
    history_sets of = {.customers = p->sets.count};
    for (size_t s = 0; s < k; s++) {
        tsl__small_sets_part(&p->sets, add_at(p, customers, NULL, s));
    }
    of.absent = tsl__small_count(p, point, "absent");
    tsl__small_sets_part(&p->sets, of.absent);
    tsl__small_sets_sum(&p->sets, p->customers);
    of.active = p->sets.count;
    for (size_t s = 0; s <= k && json_array_size(active); s++) {
        tsl__small_sets_part(&p->sets, add_at(p, active, json_object_get(point, "revenue"), s));
    }
    tsl__small_sets_sum(&p->sets, TSL__NO_SET);
    return of;
}

/* Rows add up to the point before, columns to that after; the last row, with those still absent, to those absent
 * before, and with them who bought is a part of whoever stood there. The first set. */
static size_t add_move(tsl__small_places *p, const json_t *move, history_sets before, history_sets after, size_t k)
{
    const size_t first = p->sets.count;
    for (size_t r = 0; r <= k; r++) {
        json_t *counts = json_array_get(json_object_get(move, "counts"), r);
        json_t *value = json_array_get(json_object_get(move, "value"), r);
        for (size_t c = 0; c < k; c++) {
            (void)add_at(p, counts, value, c);
        }
    }
    for (size_t c = 0; c < k; c++) {
        for (size_t r = 0; r <= k; r++) {
            tsl__small_sets_part(&p->sets, first + r * k + c);
        }
        tsl__small_sets_sum(&p->sets, after.customers + c);
    }
    for (size_t r = 0; r < k; r++) {
        for (size_t c = 0; c < k; c++) {
            tsl__small_sets_part(&p->sets, first + r * k + c);
        }
        tsl__small_sets_sum(&p->sets, before.customers + r);
        tsl__small_sets_part(&p->sets, after.active + r);
        tsl__small_sets_sum(&p->sets, before.customers + r);
    }
    for (size_t c = 0; c < k; c++) {
        tsl__small_sets_part(&p->sets, first + k * k + c);
    }
    tsl__small_sets_part(&p->sets, after.absent);
    tsl__small_sets_sum(&p->sets, before.absent);
    return first;
}

/* What the last month changed: sums of its moves, and of who bought in it. */
static void add_changes(tsl__small_places *p, size_t moves, history_sets then, history_sets now, size_t k)
{
    json_t *change;
    size_t i;
    json_array_foreach(tsl__small_find(p->doc->root, "changes"), i, change)
    {
        const char *kind = json_string_value(json_object_get(change, "kind"));
        const size_t at = (size_t)json_integer_value(json_object_get(change, "segment"));
        if (kind && strcmp(kind, "revenue") == 0 && json_is_integer(json_object_get(change, "segment")) && at <= k) {
            tsl__small_put(p, now.active + at, change, "share");
        } else if (kind && json_object_get(change, "joined") && at < k) {
            const size_t joined = tsl__small_count(p, change, "joined"), left = tsl__small_count(p, change, "left");
            tsl__small_put_all(p, now.customers + at, change);
            for (size_t s = 0; s <= k; s++) {
                tsl__small_sets_part(&p->sets, s == at ? TSL__NO_SET : moves + s * k + at);
            }
            tsl__small_sets_sum(&p->sets, joined);
            for (size_t s = 0; s < k; s++) {
                tsl__small_sets_part(&p->sets, s == at ? TSL__NO_SET : moves + at * k + s);
            }
            tsl__small_sets_sum(&p->sets, left);
            tsl__small_put(p, then.customers + at, change, "by");
            tsl__small_put(p, joined, change, "by");
            tsl__small_put(p, left, change, "by");
        }
    }
}

#define ABSENT TSL__BASE_AS(31) /* who was not known before */
#define ANY (~0u)

/* Counts of a change by what segments are: who went from some to others, by the moves of the last month; to none: who
 * of some bought in it. */
static const struct {
    const char *kind, *key;
    unsigned from, to;
} flows[] = {{"quiet", "count", TSL__BASE_AS(TSL__BASE_ACTIVE), TSL__BASE_SILENT | TSL__BASE_AS(TSL__BASE_ONCE_LAPSED)},
             {"returned", "count", TSL__BASE_SILENT, 0},
             {"returned", "second", TSL__BASE_EVER_ONCE, 0},
             {"new", "count", ABSENT, ANY},
             {"new", "lapsed", TSL__BASE_AS(TSL__BASE_ONCE_RECENT), TSL__BASE_AS(TSL__BASE_ONCE_LAPSED)}};

/* What the segments of the document are. */
static void find_states(const tsl__small_places *p, unsigned *state, size_t k)
{
    const tsl_labels *labels = p->results->labels;
    size_t at = 0;
    memset(state, 0, k * sizeof *state);
    for (size_t s = 0; labels && s < labels->segment_count && at < k; s++) {
        if (tsl__summary_has_segment(p->results, s)) {
            state[at++] = TSL__BASE_AS(tsl__base_get_state(&labels->segments[s]));
        }
    }
    state[k] = ABSENT;
}

static void add_flow(tsl__small_places *p, json_t *change, size_t flow, const unsigned *state, size_t moves,
                     size_t active, size_t k)
{
    const size_t own = tsl__small_count(p, change, flows[flow].key);
    tsl__small_put(p, own, change, "value");
    for (size_t s = 0; s <= k; s++) {
        const int is_from = (state[s] & flows[flow].from) != 0;
        tsl__small_sets_part(&p->sets, is_from && !flows[flow].to ? active + s : TSL__NO_SET);
        for (size_t t = 0; t < k; t++) {
            const int is_to = flows[flow].to == ANY || (state[t] & flows[flow].to) != 0;
            tsl__small_sets_part(&p->sets, is_from && is_to ? moves + s * k + t : TSL__NO_SET);
        }
    }
    tsl__small_sets_sum(&p->sets, own);
}

static void add_flows(tsl__small_places *p, size_t moves, size_t active, size_t k)
{
    unsigned *state = tsl__alloc(k + 1, sizeof *state);
    json_t *change;
    size_t i;
    p->doc->failed |= !state;
    if (!state) {
        return;
    }
    find_states(p, state, k);
    json_array_foreach(tsl__small_find(p->doc->root, "changes"), i, change)
    {
        const char *kind = json_string_value(json_object_get(change, "kind"));
        for (size_t f = 0; kind && f < sizeof flows / sizeof *flows; f++) {
            if (strcmp(flows[f].kind, kind) == 0) {
                add_flow(p, change, f, state, moves, active, k);
            }
        }
    }
    free(state);
}

static void add_history(tsl__small_places *p)
{
    json_t *points = tsl__small_find(p->doc->root, "history.points"),
           *moves = tsl__small_find(p->doc->root, "history.moves");
    const size_t count = json_array_size(points);
    const size_t k = json_array_size(json_object_get(json_array_get(points, 0), "customers"));
    history_sets before = {0}, after = {0};
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        before = after;
        after = add_point(p, json_array_get(points, i), k);
        first = i ? add_move(p, json_array_get(moves, i - 1), before, after, k) : 0;
    }
    for (size_t s = 0; s < k && count && k == p->segment_count && !p->sets.failed; s++) {
        if (p->sets.of[after.customers + s].size == p->sets.of[p->segments + s].size) { /* nobody is held elsewhere */
            tsl__small_sets_part(&p->sets, after.customers + s);
            tsl__small_sets_sum(&p->sets, p->segments + s);
        }
    }
    if (count > 1) {
        add_changes(p, first, before, after, k);
        add_flows(p, first, after.active, k);
    }
}

/* ---- An earlier run ---------------------------------------------------------------------------- */

/* 1: who is in the segment now has stayed in the one of then. */
static int is_stay(const json_t *then, const json_t *number)
{
    const json_t *joined = json_object_get(then, "joined_into"), *one;
    int found = json_equal(json_object_get(then, "segment"), number);
    size_t i;
    json_array_foreach(joined, i, one)
    {
        found |= json_equal(one, number);
    }
    return found;
}

/* A segment of then: where its customers are now, who of them stayed, who is gone. */
static void add_former(tsl__small_places *p, json_t *then, const json_t *now, size_t own)
{
    json_t *to = json_object_get(then, "to");
    const size_t count = json_array_size(now), first = p->sets.count;
    for (size_t s = 0; s < count; s++) {
        const size_t set = tsl__small_sets_add(&p->sets, json_number_value(json_array_get(to, s)));
        tsl__small_put_at(p, set, to, s);
        tsl__small_put(p, set, then, "jaccard");
        tsl__small_sets_part(&p->sets, set);
    }
    const size_t stayed = tsl__small_count(p, then, "stayed"), gone = tsl__small_count(p, then, "gone");
    tsl__small_sets_part(&p->sets, gone);
    tsl__small_sets_sum(&p->sets, own);
    for (size_t s = 0; s < count; s++) {
        const json_t *number = json_object_get(json_array_get(now, s), "segment");
        tsl__small_sets_part(&p->sets, is_stay(then, number) ? first + s : TSL__NO_SET);
    }
    tsl__small_sets_sum(&p->sets, stayed);
}

/* Sets of each segment of then: those it went to, who stayed, who is gone, in `each` sets. */
static void add_former_sums(tsl__small_places *p, json_t *previous, size_t first, size_t count, size_t width,
                            size_t each)
{
    const size_t both = tsl__small_count(p, previous, "customers_both"),
                 stayed = tsl__small_count(p, previous, "customers_stayed"),
                 gone = tsl__small_count(p, previous, "customers_gone"),
                 arrivals = tsl__small_count(p, previous, "customers_new");
    for (size_t s = 0; s < count; s++) {
        for (size_t c = 0; c < width; c++) {
            tsl__small_sets_part(&p->sets, first + s * each + c);
        }
    }
    tsl__small_sets_sum(&p->sets, both);
    for (size_t s = 0; s < count; s++) {
        tsl__small_sets_part(&p->sets, first + s * each + width);
    }
    tsl__small_sets_sum(&p->sets, stayed);
    for (size_t s = 0; s < count; s++) {
        tsl__small_sets_part(&p->sets, first + s * each + width + 1);
    }
    tsl__small_sets_sum(&p->sets, gone);
    tsl__small_put(p, stayed, previous, "share_stayed");
    tsl__small_sets_part(&p->sets, stayed);
    tsl__small_sets_sum(&p->sets, both);
    tsl__small_sets_part(&p->sets, arrivals);
    tsl__small_sets_part(&p->sets, both);
    tsl__small_sets_sum(&p->sets, p->customers);
    tsl__small_sets_part(&p->sets, tsl__small_count(p, previous, "customers_held"));
    tsl__small_sets_sum(&p->sets, p->customers);
    const size_t came = tsl__small_counts(p, json_object_get(previous, "new"), arrivals);
    const json_t *now = json_object_get(previous, "now");
    for (size_t c = 0; c < width; c++) {
        for (size_t s = 0; s < count; s++) {
            tsl__small_sets_part(&p->sets, first + s * each + c);
        }
        tsl__small_sets_part(&p->sets, came == TSL__NO_SET ? came : came + c);
        tsl__small_sets_sum(&p->sets, tsl__small_find_segment(p, json_object_get(json_array_get(now, c), "segment")));
    }
}

static void add_previous(tsl__small_places *p)
{
    json_t *previous = tsl__small_find(p->doc->root, "previous"), *segments = json_object_get(previous, "segments");
    const json_t *now = json_object_get(previous, "now");
    const size_t count = json_array_size(segments), width = json_array_size(now);
    if (!count || !width) {
        return;
    }
    const size_t own = tsl__small_list(p, segments, "size_then", TSL__NO_SET), first = p->sets.count;
    size_t each = 0;
    for (size_t s = 0; s < count; s++) {
        const size_t before = p->sets.count;
        add_former(p, json_array_get(segments, s), now, own + s);
        each = s == 0 ? p->sets.count - before : each;
    }
    if (p->sets.count == first + count * each) { /* all adds up */
        add_former_sums(p, previous, first, count, width, each);
    }
}

/* ---- Those of the fit ---------------------------------------------------------------------------- */

static void add_drift_features(tsl__small_places *p, size_t then, size_t now)
{
    static const char *const rates[][2] = {{"missing_then", NULL}, {"missing_now", NULL}, {"outside", NULL}};
    json_t *feature;
    size_t i;
    json_array_foreach(tsl__small_find(p->doc->root, "drift.features"), i, feature)
    {
        for (size_t r = 0; r < sizeof rates / sizeof *rates; r++) {
            (void)tsl__small_rate(p, feature, rates[r], r ? now : then);
        }
    }
}

/* Of a segment then and now: what else is told of each goes with it. */
static void add_drift(tsl__small_places *p)
{
    static const char *const with[][5] = {{"share_then", "distance_then", "precision_then", "coverage_then", NULL},
                                          {"share_now", "distance_now", "precision_now", "coverage_now", NULL}};
    static const char *const size[] = {"size_then", "size_now"};
    json_t *drift = tsl__small_find(p->doc->root, "drift"), *segments = json_object_get(drift, "segments");
    if (!drift) {
        return;
    }
    const size_t then = tsl__small_count(p, drift, "customers_then");
    size_t now = tsl__small_count(p, drift, "customers_now");
    for (size_t t = 0; t < 2; t++) {
        for (size_t s = 0; s < json_array_size(segments); s++) {
            json_t *of = json_array_get(segments, s);
            const size_t own = t && s < p->segment_count ? p->segments + s
                                                         : tsl__small_sets_add(&p->sets, tsl__small_get(of, size[t]));
            tsl__small_put(p, own, of, size[t]);
            tsl__small_put(p, own, drift, "segments_psi");
            for (size_t k = 0; with[t][k]; k++) {
                tsl__small_put(p, own, of, with[t][k]);
            }
            tsl__small_sets_part(&p->sets, own);
        }
        tsl__small_sets_sum(&p->sets, t ? now : then);
    }
    if (p->customers != TSL__NO_SET) {
        tsl__small_sets_part(&p->sets, now);
        tsl__small_sets_sum(&p->sets, p->customers);
        now = p->customers;
    }
    add_drift_features(p, then, now);
}

/* ---- The period held out ----------------------------------------------------------------------- */

/* A segment's outcome: who was in it, and of these who bought. */
static void add_outcome(tsl__small_places *p, json_t *of, size_t *size, size_t *bought)
{
    static const char *const keys[] = {"rate", "bought", "low", "high", NULL};
    *size = *bought = TSL__NO_SET;
    if (json_is_object(of)) {
        *size = tsl__small_sets_add(&p->sets, tsl__small_get(of, "size"));
        tsl__small_put_all(p, *size, of);
        *bought = tsl__small_rate(p, of, keys, *size);
    }
}

/* Whoever is called to what is done first has done something in the period. */
static void put_first(tsl__small_places *p, size_t segment, size_t size, size_t bought)
{
    json_t *row;
    size_t i;
    json_array_foreach(tsl__small_find(p->doc->root, "first"), i, row)
    {
        const json_t *of = json_object_get(row, "segment");
        if (of && (size_t)json_integer_value(of) == segment) {
            tsl__small_put(p, size, row, "rate");
            tsl__small_put(p, bought, row, "rate");
        }
    }
}

static void add_next(tsl__small_places *p)
{
    static const char *const rate[] = {"rate", NULL};
    json_t *next = tsl__small_find(p->doc->root, "next"), *former = json_object_get(next, "former");
    const size_t count = p->segment_count + json_array_size(former);
    size_t *size = tsl__alloc(2 * count + 1, sizeof *size), *bought = size ? size + count : NULL;
    p->doc->failed |= !size;
    if (!next || !size) {
        free(size);
        return;
    }
    const size_t customers = tsl__small_count(p, next, "customers"), all = tsl__small_rate(p, next, rate, customers);
    for (size_t s = 0; s < count; s++) {
        json_t *of = s < p->segment_count ? json_array_get(tsl__small_find(p->doc->root, "segments"), s)
                                          : json_array_get(former, s - p->segment_count);
        add_outcome(p, s < p->segment_count ? json_object_get(of, "next") : of, &size[s], &bought[s]);
        put_first(p, s, size[s], bought[s]);
    }
    for (size_t s = 0; s < count; s++) {
        tsl__small_sets_part(&p->sets, size[s]);
    }
    tsl__small_sets_sum(&p->sets, customers);
    for (size_t s = 0; s < count; s++) {
        tsl__small_sets_part(&p->sets, bought[s]);
    }
    tsl__small_sets_sum(&p->sets, all);
    tsl__small_put(p, tsl__small_count(p, next, "new_size"), next, "new_value");
    free(size);
}

/* Groups of labels that were given, and tenths by their risk: each with the share of whom something holds. */
static void add_judged(tsl__small_places *p, const char *path, const char *list, const char *key)
{
    static const char *const rate[] = {"rate", "bought", "low", "high", NULL};
    json_t *of = tsl__small_find(p->doc->root, path), *entries = json_object_get(of, list), *entry;
    size_t i;
    if (!json_array_size(entries)) {
        return;
    }
    const size_t customers = tsl__small_count(p, of, key), all = tsl__small_rate(p, of, rate, customers);
    const size_t first = tsl__small_list(p, entries, "size", customers), held = p->sets.count;
    json_array_foreach(entries, i, entry)
    {
        (void)tsl__small_rate(p, entry, rate, first + i);
    }
    for (size_t set = held; set < p->sets.count; set++) {
        tsl__small_sets_part(&p->sets, p->sets.of[set].is_known ? set : TSL__NO_SET);
    }
    tsl__small_sets_sum(&p->sets, all);
}

void tsl__small_periods(tsl__small_places *p)
{
    add_history(p);
    add_previous(p);
    add_drift(p);
    add_next(p);
    add_judged(p, "next", "groups", "customers");
    add_judged(p, "next.churn", "calibration", "customers");
}
