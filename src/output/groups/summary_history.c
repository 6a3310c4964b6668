/* summary_history.c: the summary of the months before: who stood in which segment, who moved, what changed last. Arrays
 * by segment are in the order of the summary's segments. */
#include "output/summary.h"

#include <math.h>

/* The groups that the summary has, then those who were not known. */
typedef struct order {
    const tsl_history *of;
    size_t group[TSL_HISTORY_SEGMENTS + 1];
    size_t count; /* of groups */
} order;

static order open_order(const tsl_results *results)
{
    order o = {.of = results->history};
    const size_t k = (size_t)o.of->k;
    for (size_t s = 0; s < k; s++) {
        if (tsl__summary_has_segment(results, s)) {
            o.group[o.count++] = s;
        }
    }
    o.group[o.count] = k;
    return o;
}

/* Where a group stands among the summary's segments; those who were not known come behind them. */
static json_t *get_place(const order *o, int group)
{
    size_t i = 0;
    while (i < o->count && o->group[i] != (size_t)group) {
        i++;
    }
    return group < 0 ? json_null() : json_integer((json_int_t)i);
}

static void add_counts(tsl__json *doc, json_t *object, const char *key, const order *o, size_t count,
                       const uint64_t *from)
{
    json_t *array = tsl__json_set_array(doc, object, key);
    for (size_t i = 0; i < count; i++) {
        tsl__json_push(doc, array, tsl__json_count(from[o->group[i]]));
    }
}

static void add_points(tsl__json *doc, json_t *history, const order *o)
{
    const tsl_history *h = o->of;
    const size_t k = (size_t)h->k;
    json_t *points = tsl__json_set_array(doc, history, "points");
    for (size_t c = 0; c < h->cuts; c++) {
        json_t *point = tsl__json_push_object(doc, points);
        tsl__json_set(doc, point, "cut", tsl__json_day(h->cut[c]));
        add_counts(doc, point, "customers", o, o->count, h->customers + c * k);
        tsl__json_set(doc, point, "absent", tsl__json_count(h->absent[c]));
        if (c == 0) {
            tsl__json_set(doc, point, "revenue", json_null());
            tsl__json_set(doc, point, "active", json_null());
            continue;
        }
        json_t *revenue = tsl__json_set_array(doc, point, "revenue");
        for (size_t i = 0; i <= o->count; i++) {
            tsl__json_push(doc, revenue, tsl__json_decimal(h->revenue[c * (k + 1) + o->group[i]]));
        }
        add_counts(doc, point, "active", o, o->count + 1, h->active + c * (k + 1));
    }
}

static void add_moves(tsl__json *doc, json_t *history, const order *o)
{
    const tsl_history *h = o->of;
    const size_t k = (size_t)h->k;
    json_t *moves = tsl__json_set_array(doc, history, "moves");
    for (size_t c = 1; c < h->cuts; c++) {
        json_t *move = tsl__json_push_object(doc, moves);
        tsl__json_set(doc, move, "from", tsl__json_day(h->cut[c - 1]));
        tsl__json_set(doc, move, "to", tsl__json_day(h->cut[c]));
        json_t *counts = tsl__json_set_array(doc, move, "counts");
        json_t *value = h->value ? tsl__json_set_array(doc, move, "value") : NULL;
        for (size_t i = 0; i <= o->count; i++) {
            json_t *row = tsl__json_push_array(doc, counts), *worth = value ? tsl__json_push_array(doc, value) : NULL;
            for (size_t to = 0; to < o->count; to++) {
                const size_t cell = (c * (k + 1) + o->group[i]) * k + o->group[to];
                tsl__json_push(doc, row, tsl__json_count(h->moves[cell]));
                if (worth) {
                    tsl__json_push(doc, worth, tsl__json_decimal(h->value[cell]));
                }
            }
        }
        if (!value) {
            tsl__json_set(doc, move, "value", json_null());
        }
    }
}

static void add_drift(tsl__json *doc, json_t *history, const tsl_history *h)
{
    json_t *drift = tsl__json_set_array(doc, history, "drift");
    for (size_t i = 0; i < h->drift_count; i++) {
        json_t *column = tsl__json_push_object(doc, drift);
        tsl__summary_name(doc, column, h->drift[i].name);
        tsl__json_set(doc, column, "psi", tsl__json_number(h->drift[i].psi));
        tsl__json_set(doc, column, "was", tsl__json_number(h->drift[i].was));
        tsl__json_set(doc, column, "now", tsl__json_number(h->drift[i].now));
    }
    tsl__json_set(doc, history, "drift_segments", h->drift_count ? tsl__json_number(h->drift_segments) : json_null());
}

/* A count that may not be known. */
static json_t *get_count(double count)
{
    return isnan(count) ? json_null() : tsl__json_count((uint64_t)count);
}

static void add_change(tsl__json *doc, json_t *changes, const order *o, const tsl_month_change *from)
{
    json_t *change = tsl__json_push_object(doc, changes);
    tsl__json_set(doc, change, "kind", json_string(tsl_month_change_kind_get_name(from->kind)));
    switch (from->kind) {
    case TSL_CHANGE_REVENUE:
        tsl__json_set(doc, change, "value", tsl__json_number(from->value));
        tsl__json_set(doc, change, "before", tsl__json_number(from->before));
        tsl__json_set(doc, change, "segment", get_place(o, from->segment));
        tsl__json_set(doc, change, "share", tsl__json_number(from->share));
        break;
    case TSL_CHANGE_GREW:
    case TSL_CHANGE_SHRANK:
        tsl__json_set(doc, change, "segment", get_place(o, from->segment));
        tsl__json_set(doc, change, "size", tsl__json_count(from->size));
        tsl__json_set(doc, change, "by", tsl__json_count(from->by));
        tsl__json_set(doc, change, "joined", tsl__json_count(from->joined));
        tsl__json_set(doc, change, "left", tsl__json_count(from->left));
        tsl__json_set(doc, change, "left_to", get_place(o, from->left_to));
        break;
    case TSL_CHANGE_QUIET:
        tsl__json_set(doc, change, "count", tsl__json_count(from->count));
        tsl__json_set(doc, change, "value", tsl__json_number(from->value));
        tsl__json_set(doc, change, "between_orders", json_boolean(from->between_orders));
        break;
    case TSL_CHANGE_RETURNED:
        tsl__json_set(doc, change, "count", tsl__json_count(from->count));
        tsl__json_set(doc, change, "between_orders", json_boolean(from->between_orders));
        tsl__json_set(doc, change, "second", get_count(from->second));
        break;
    default:
        tsl__json_set(doc, change, "count", tsl__json_count(from->count));
        tsl__json_set(doc, change, "lapsed", get_count(from->lapsed));
    }
}

void tsl__summary_history(tsl__json *doc, const tsl_results *results)
{
    const tsl_history *from = results->history;
    if (!from || from->cuts == 0 || !results->labels) {
        return;
    }
    const order o = open_order(results);
    json_t *history = tsl__json_set_object(doc, doc->root, "history");
    json_t *cuts = tsl__json_set_array(doc, history, "cuts");
    for (size_t c = 0; c < from->cuts; c++) {
        tsl__json_push(doc, cuts, tsl__json_day(from->cut[c]));
    }
    add_points(doc, history, &o);
    add_moves(doc, history, &o);
    add_drift(doc, history, from);
    json_t *changes = tsl__json_set_array(doc, doc->root, "changes");
    for (size_t i = 0; i < from->change_count; i++) {
        add_change(doc, changes, &o, &from->change[i]);
    }
}
