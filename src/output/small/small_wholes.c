/*
 * small_wholes.c: of how many of all customers something is known, and of which of them that have most value.
 *
 * Such sets hold each other, and two that differ by few tell of these. The first of them stays.
 */
#include "output/small/small_places.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sizes that are told. */
typedef struct told_sizes {
    double least, *size;
    size_t count, room;
} told_sizes;

static void tell(tsl__small_places *p, told_sizes *told, double size)
{
    void *block = told->size;
    if (tsl__reserve(&block, &told->room, told->count + 1, sizeof *told->size)) {
        p->doc->failed = 1;
        return;
    }
    told->size = block;
    told->size[told->count++] = size;
}

/* 1: it is told from now on; 0: it differs by few from one that is. */
static int may_tell(tsl__small_places *p, told_sizes *told, double size)
{
    for (size_t i = 0; i < told->count; i++) {
        const double apart = fabs(told->size[i] - size);
        if (apart >= .5 && apart < told->least - .5) {
            return 0;
        }
    }
    tell(p, told, size);
    return 1;
}

/* ---- Of how many something is known -------------------------------------------------------------- */

/* The object, how many customers it is of, and what tells how many there are: of means the denominator can be found. */
static const struct {
    const char *path, *key, *with[2];
} wholes[] = {
    {"totals", "customers_with_purchase", {NULL}},
    {"grid", "customers", {NULL}},
    {"lorenz", "customers", {NULL}},
    {"map", "rows", {NULL}},
    {"churn", "size", {NULL}},
    {"score", "known", {"mean"}},
    {"next", "customers", {"value_mean"}},
    {"next.churn", "customers", {NULL}},
    {"next.purchases", "customers", {"actual"}},
    {"evidence", "customers", {NULL}},
    {"target", "rows", {"mean"}},
    {"descriptors", "rows", {"accuracy", "base"}},
    {"valuation", "customers", {NULL}},
    {"holdout", "customers", {"actual"}},
    {"evaluation", "used", {NULL}},
};

/* Of whom nothing is known is often who never bought, whose stage is told. */
static void add_whole(tsl__small_places *p, size_t set)
{
    const double rest = p->sets.of[p->customers].size - p->sets.of[set].size;
    const size_t strangers = p->stages; /* the first stage: potential customers */
    tsl__small_sets_part(&p->sets, set);
    if (strangers != TSL__NO_SET && fabs(p->sets.of[strangers].size - rest) < .5) {
        tsl__small_sets_part(&p->sets, strangers);
    }
    tsl__small_sets_sum(&p->sets, p->customers);
}

/* A part of all customers, by itself. */
static const struct {
    const char *path, *key;
} parts[] = {{"tiering.policy", "held"}, {"next", "new_size"},      {"next", "unknown"},         {"next", "unlabelled"},
             {"holdout", "newcomers"},   {"valuation", "repeated"}, {"target", "structure_rows"}};

static void add_parts(tsl__small_places *p)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        tsl__small_sets_part(&p->sets, tsl__small_count(p, tsl__small_find(p->doc->root, parts[i].path), parts[i].key));
        tsl__small_sets_sum(&p->sets, p->customers);
    }
}

/* The score: of whom each part and each feature of it is known. */
static void add_known(tsl__small_places *p, told_sizes *told, json_t *list)
{
    json_t *entry;
    size_t i;
    json_array_foreach(list, i, entry)
    {
        const size_t set = tsl__small_count(p, entry, "known");
        if (set != TSL__NO_SET && p->customers != TSL__NO_SET) {
            tsl__small_put_all(p, set, entry);
            add_whole(p, set);
            p->sets.of[set].is_hidden |= !may_tell(p, told, p->sets.of[set].size);
        }
        add_known(p, told, json_object_get(entry, "features"));
    }
}

/* How many rows a step had: of all but those who are set apart, or lie far. Told where no segment is hidden. */
static const char *const of_clusters[] = {"rows",     "silhouette_rows", "sample_rows", "stability_rows",
                                          "far_rows", "smallest_share",  NULL},
                         *const of_map[] = {"set_apart", "edge", "axis_rows", NULL};

static void add_steps(tsl__small_places *p, told_sizes *told, json_t *value, const char *const *keys)
{
    json_t *entry;
    const char *key;
    size_t i;
    for (i = 0; json_is_object(value) && keys[i]; i++) {
        const int is_share = strcmp(keys[i], "smallest_share") == 0;
        const size_t set = is_share ? TSL__NO_SET : tsl__small_count(p, value, keys[i]);
        if (set != TSL__NO_SET) {
            p->sets.of[set].is_hidden |= !may_tell(p, told, p->sets.of[set].size);
        }
        for (size_t s = 0; s < p->segment_count && (is_share || set != TSL__NO_SET); s++) {
            tsl__small_put(p, p->segments + s, value, keys[i]);
        }
    }
    json_object_foreach(value, key, entry)
    {
        add_steps(p, told, strcmp(key, "tree") == 0 ? NULL : entry, keys);
    }
    json_array_foreach(value, i, entry)
    {
        add_steps(p, told, entry, keys);
    }
}

/* ---- Money of few rows ------------------------------------------------------------------------------ */

/* Rows with a customer are of no more customers: of fewer the money goes, and the rows stay. */
static void add_rows(tsl__small_places *p)
{
    json_t *quality = tsl__small_find(p->doc->root, "quality"), *entry;
    size_t i;
    json_array_foreach(json_object_get(quality, "months"), i, entry)
    {
        const double rows = tsl__small_get(entry, "read") - tsl__small_get(entry, "rejected");
        const size_t set = tsl__small_sets_add(&p->sets, rows);
        tsl__small_put(p, set, entry, "value");
        tsl__small_sets_part(&p->sets, set);
    }
    tsl__small_sets_sum(&p->sets, TSL__NO_SET);
    tsl__small_put(p, tsl__small_sets_add(&p->sets, tsl__small_get(quality, "returns")), quality, "returns_value");
    json_array_foreach(tsl__small_find(p->doc->root, "rows.transactions.converted"), i, entry)
    {
        const size_t set = tsl__small_sets_add(&p->sets, tsl__small_get(entry, "amounts"));
        tsl__small_put(p, set, entry, "sum");
        tsl__small_put(p, set, entry, "worth");
        tsl__small_sets_part(&p->sets, set);
    }
    tsl__small_sets_sum(&p->sets, TSL__NO_SET);
}

/* ---- Tiers and those of most value ------------------------------------------------------------------ */

/* Puts the points of the curve, and the tops, that are of so many to a set; 1: there is one. */
static int put_top(tsl__small_places *p, size_t set, double size)
{
    static const char *const keys[] = {"customers", "value_share"};
    json_t *lorenz = tsl__small_find(p->doc->root, "lorenz"), *points = json_object_get(lorenz, "points"), *entry;
    const double customers = tsl__small_get(lorenz, "customers");
    int found = 0;
    size_t i;
    json_array_foreach(json_object_get(lorenz, "top"), i, entry)
    {
        for (size_t k = 0; tsl__small_get(entry, keys[0]) == size && k < sizeof keys / sizeof *keys; k++) {
            tsl__small_put(p, set, entry, keys[k]);
            found = 1;
        }
    }
    json_array_foreach(points, i, entry)
    {
        const int is_inner = i > 0 && i + 1 < json_array_size(points);
        if (is_inner && fabs(json_number_value(json_array_get(entry, 0)) * customers - size) < .5) {
            tsl__small_put_entry(p, set, points, entry);
            found = 1;
        }
    }
    return found;
}

/* The upper tiers together, where the curve tells of as many. */
static void add_upper_tiers(tsl__small_places *p)
{
    double size = 0;
    for (size_t t = 0; p->tiers != TSL__NO_SET && t < p->tier_count && !p->sets.failed; t++) {
        size += p->sets.of[p->tiers + t].size;
        const size_t set = tsl__small_sets_add(&p->sets, size);
        if (set != TSL__NO_SET) {
            p->sets.of[set].is_known = put_top(p, set, size);
        }
        for (size_t upper = 0; upper <= t; upper++) {
            tsl__small_sets_part(&p->sets, p->tiers + upper);
        }
        tsl__small_sets_sum(&p->sets, set);
    }
}

void tsl__small_wholes(tsl__small_places *p)
{
    told_sizes told = {.least = p->sets.least};
    if (p->customers == TSL__NO_SET || p->sets.failed) {
        return;
    }
    tell(p, &told, p->sets.of[p->customers].size);
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes && !p->sets.failed; i++) {
        json_t *of = tsl__small_find(p->doc->root, wholes[i].path);
        const size_t set = tsl__small_count(p, of, wholes[i].key);
        if (set != TSL__NO_SET) {
            tsl__small_put_few(p, set, of);
            for (size_t k = 0; k < 2 && wholes[i].with[k]; k++) {
                tsl__small_put(p, set, of, wholes[i].with[k]);
            }
            add_whole(p, set);
            p->sets.of[set].is_hidden |= !may_tell(p, &told, p->sets.of[set].size);
        }
    }
    json_t *top, *lorenz = tsl__small_find(p->doc->root, "lorenz");
    size_t i;
    json_array_foreach(json_object_get(lorenz, "top"), i, top)
    {
        tsl__small_put(p, tsl__small_count(p, lorenz, "customers"), top, "customers");
    }
    add_parts(p);
    add_rows(p);
    add_upper_tiers(p);
    add_known(p, &told, tsl__small_find(p->doc->root, "score.parts"));
    add_known(p, &told, tsl__small_find(p->doc->root, "valuation.score.columns"));
    add_steps(p, &told, tsl__small_find(p->doc->root, "clusters"), of_clusters);
    add_steps(p, &told, tsl__small_find(p->doc->root, "map"), of_map);
    free(told.size);
}

/* ---- Those of most value ----------------------------------------------------------------------------- */

/* Tiers by values hold whoever is worth more. */
static void tell_tiers(tsl__small_places *p, told_sizes *told)
{
    double size = 0;
    for (size_t t = 0; p->tiers != TSL__NO_SET && t < p->tier_count; t++) {
        size += p->sets.of[p->tiers + t].size;
        tell(p, told, size);
    }
}

/* Where it is not told of how many the curve is, shares of them are rounded: they are fractions of that number. */
static void round_shares(tsl__small_places *p, json_t *lorenz)
{
    json_t *points = json_object_get(lorenz, "points"), *point;
    const size_t set = tsl__small_count(p, lorenz, "customers");
    size_t i;
    json_array_foreach(points, i, point)
    {
        if (set != TSL__NO_SET && p->sets.of[set].is_hidden) {
            const double share = json_number_value(json_array_get(point, 0));
            json_array_set_new(point, 0, tsl__json_number(round(1000 * share) / 1000));
        }
    }
}

static void hide_points(tsl__small_places *p, told_sizes *told, json_t *lorenz)
{
    json_t *points = json_object_get(lorenz, "points");
    const double customers = tsl__small_get(lorenz, "customers");
    for (size_t i = 1; i + 1 < json_array_size(points);) {
        const double share = json_number_value(json_array_get(json_array_get(points, i), 0));
        if (may_tell(p, told, round(share * customers))) {
            i++;
        } else {
            p->hidden += json_array_remove(points, i) == 0;
        }
    }
}

static void hide_tops(tsl__small_places *p, told_sizes *told, json_t *list, const char *key)
{
    static const char *const others[] = {"value_share", "risk_mean", "value_at_risk", "unvalued"};
    json_t *top;
    size_t i;
    json_array_foreach(list, i, top)
    {
        if (!json_is_number(json_object_get(top, key)) || may_tell(p, told, tsl__small_get(top, key))) {
            continue;
        }
        tsl__json_set(p->doc, top, key, json_null());
        p->hidden++;
        for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
            if (json_is_number(json_object_get(top, others[k]))) {
                tsl__json_set(p->doc, top, others[k], json_null());
                p->hidden++;
            }
        }
    }
}

void tsl__small_nested(tsl__small_places *p)
{
    told_sizes told = {.least = p->sets.least}, risks = {.least = p->sets.least};
    json_t *lorenz = tsl__small_find(p->doc->root, "lorenz"), *churn = tsl__small_find(p->doc->root, "churn");
    tell(p, &told, 0);
    tell(p, &told, tsl__small_get(lorenz, "customers"));
    tell_tiers(p, &told);
    hide_tops(p, &told, json_object_get(lorenz, "top"), "customers");
    hide_points(p, &told, lorenz);
    round_shares(p, lorenz);
    tell(p, &risks, 0);
    tell(p, &risks, tsl__small_get(churn, "size"));
    hide_tops(p, &risks, json_object_get(churn, "ranked"), "size");
    free(told.size);
    free(risks.size);
}
