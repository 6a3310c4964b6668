/* identity.c: which segment of an earlier run each group of now goes on from: the assignment problem over the customers
 * whom both have. docs/methods/identity.md. */
#include "label/evolution/identity.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/comparison/external.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What both sides have in common. */
typedef struct overlap {
    uint64_t *shared;    /* then_count x now_count */
    uint64_t *then, *of; /* sums of its rows, and of its columns */
    size_t *order;       /* of the groups now: by the first customer of each */
    size_t *place;       /* likewise, the other way round; now_count: it has none yet */
    size_t ordered;
} overlap;

static void close_overlap(overlap *o)
{
    free(o->shared);
    free(o->then);
    free(o->of);
    free(o->order);
    free(o->place);
}

static void put_in_order(overlap *o, size_t group, size_t count)
{
    if (o->place[group] == count) {
        o->place[group] = o->ordered;
        o->order[o->ordered++] = group;
    }
}

static tsl_status count_overlap(const tsl__identity_input *in, overlap *o, tsl_error *err)
{
    const size_t count = in->now_count;
    tsl_status status = TSL_OK;
    TSL__NEED(o->shared = tsl__alloc_zero(in->then_count * count, sizeof *o->shared));
    TSL__NEED(o->then = tsl__alloc_zero(in->then_count, sizeof *o->then));
    TSL__NEED(o->of = tsl__alloc_zero(count, sizeof *o->of));
    TSL__NEED(o->order = tsl__alloc(count, sizeof *o->order));
    TSL__NEED(o->place = tsl__alloc(count, sizeof *o->place));
    for (size_t g = 0; g < count; g++) {
        o->place[g] = count;
    }
    for (size_t i = 0; i < in->customers; i++) {
        if (in->was[i] >= 0 && in->now[i] >= 0) {
            const size_t then = (size_t)in->was[i], now = (size_t)in->now[i];
            o->shared[then * count + now]++;
            o->then[then]++;
            o->of[now]++;
            put_in_order(o, now, count);
        }
    }
    for (size_t g = 0; g < count; g++) {
        put_in_order(o, g, count);
    }
done:
    return status;
}

/* The customers of both, where they are enough of either; else 0. */
static double get_gain(const tsl__identity_input *in, const overlap *o, size_t then, size_t now)
{
    const uint64_t shared = o->shared[then * in->now_count + now];
    const double either = (double)(o->then[then] + o->of[now] - shared);
    const int known = (in->then_known && in->then_known[then]) || (in->now_known && in->now_known[now]);
    return !known && shared && (double)shared >= TSL__IDENTITY_JACCARD * either ? (double)shared : 0;
}

static tsl_status solve(const tsl__identity_input *in, const overlap *o, int32_t *match, tsl_error *err)
{
    const int turned = in->then_count > in->now_count; /* rows are the fewer */
    const size_t rows = turned ? in->now_count : in->then_count, cols = turned ? in->then_count : in->now_count;
    tsl_status status = TSL_OK;
    double *gain = NULL;
    size_t *place = NULL;
    TSL__NEED(gain = tsl__alloc(rows * cols, sizeof *gain));
    TSL__NEED(place = tsl__alloc(rows, sizeof *place));
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < cols; c++) {
            gain[r * cols + c] = get_gain(in, o, turned ? c : r, o->order[turned ? r : c]);
        }
    }
    TSL__NEED(tsl__optimal_matching(gain, rows, cols, place) == 0);
    for (size_t r = 0; r < rows; r++) {
        if (gain[r * cols + place[r]] > 0) {
            match[o->order[turned ? r : place[r]]] = (int32_t)(turned ? place[r] : r);
        }
    }
done:
    free(gain);
    free(place);
    return status;
}

tsl_status tsl__identity_match(const tsl__identity_input *in, int32_t *match, tsl_error *err)
{
    const size_t most = in->then_count > in->now_count ? in->then_count : in->now_count;
    tsl_status status = TSL_OK;
    overlap o = {.ordered = 0};
    for (size_t g = 0; g < in->now_count; g++) {
        match[g] = -1;
    }
    if (most > TSL_MATCH_MAX) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "segments are matched to those of the previous run up to %d of them; there were %zu, and "
                              "are %zu now",
                              TSL_MATCH_MAX, in->then_count, in->now_count);
    }
    TSL__TRY(count_overlap(in, &o, err));
    TSL__TRY(in->then_count && in->now_count ? solve(in, &o, match, err) : TSL_OK);
done:
    close_overlap(&o);
    return status;
}

/* ---- What became of each -------------------------------------------------------------- */

const char *tsl_fate_get_code(tsl_fate fate)
{
    static const char *const codes[TSL_FATES] = {"kept", "new", "retired", "split", "merged", "unknown"};
    return (unsigned)fate < TSL_FATES ? codes[fate] : NULL;
}

/* Customers of a segment then who are here now. */
static uint64_t count_here(const tsl_succession *all, size_t s)
{
    return all->of[s].size - all->of[s].gone;
}

/* Customers of a segment now who were there then. */
static uint64_t count_there(const tsl_succession *all, size_t t)
{
    uint64_t sum = 0;
    for (size_t s = 0; s < all->count; s++) {
        sum += all->of[s].to[t];
    }
    return sum;
}

static int is_half(uint64_t part, uint64_t whole)
{
    return part > 0 && part >= whole - part;
}

/* Of one that is not kept: into where half of it went, or by rule. */
static void find_merged(tsl_succession *all, tsl_succession_segment *of, uint64_t here)
{
    size_t most = 0;
    int joined = 0;
    for (size_t t = 0; t < all->segment_count; t++) {
        const int is_joined = of->joined[t] != 0;
        if (is_joined > joined || (is_joined == joined && of->to[t] > of->to[most])) {
            most = t;
            joined = is_joined;
        }
    }
    if (joined || is_half(of->to[most], here)) {
        of->fate = TSL_FATE_MERGED;
        of->into = (int)most + 1;
    }
}

/* Of one that goes on from none: made of those that are merged into it, or parted from another. */
static void find_origin(tsl_succession *all, size_t t)
{
    const uint64_t there = count_there(all, t);
    uint64_t merged = 0;
    size_t most = 0;
    for (size_t s = 0; s < all->count; s++) {
        merged += all->of[s].fate == TSL_FATE_MERGED && all->of[s].into == (int)t + 1 ? all->of[s].to[t] : 0;
        most = all->of[s].to[t] > all->of[most].to[t] ? s : most;
    }
    if (is_half(merged, there)) {
        all->now[t].fate = TSL_FATE_MERGED;
    } else if (all->count && is_half(all->of[most].to[t], there)) {
        all->now[t].fate = TSL_FATE_SPLIT;
        all->now[t].from = (int)most + 1;
    }
}

/* Of one that is neither kept nor merged: where half of it is in what parted from it. */
static void find_parted(tsl_succession *all, size_t s)
{
    uint64_t parted = 0;
    for (size_t t = 0; t < all->segment_count; t++) {
        parted += all->now[t].fate == TSL_FATE_SPLIT && all->now[t].from == (int)s + 1 ? all->of[s].to[t] : 0;
    }
    if (is_half(parted, count_here(all, s))) {
        all->of[s].fate = TSL_FATE_SPLIT;
    }
}

/* Where no customer is in both, codes may go on, and nobody shows that the segments do. */
static void find_none(tsl_succession *all)
{
    for (size_t s = 0; s < all->count; s++) {
        all->of[s].fate = TSL_FATE_UNKNOWN;
        all->of[s].jaccard = NAN;
    }
    for (size_t t = 0; t < all->segment_count; t++) {
        all->now[t].fate = TSL_FATE_UNKNOWN;
        all->now[t].from = 0;
    }
}

void tsl__fates_find(tsl_succession *all)
{
    if (!all->both) {
        find_none(all);
        return;
    }
    for (size_t t = 0; t < all->segment_count; t++) {
        all->now[t].fate = TSL_FATE_NEW;
        all->now[t].from = 0;
    }
    for (size_t s = 0; s < all->count; s++) {
        tsl_succession_segment *of = &all->of[s];
        const size_t t = (size_t)of->segment - 1; /* where there is one */
        const uint64_t here = count_here(all, s);
        of->fate = of->segment ? TSL_FATE_KEPT : TSL_FATE_RETIRED;
        of->jaccard = NAN;
        if (of->segment) {
            all->now[t].fate = TSL_FATE_KEPT;
            all->now[t].from = (int)s + 1;
            of->jaccard = (double)of->to[t] / (double)(here + count_there(all, t) - of->to[t]); /* NaN of nobody */
        } else if (all->segment_count) {
            find_merged(all, of, here);
        }
    }
    for (size_t t = 0; t < all->segment_count; t++) {
        if (all->now[t].fate == TSL_FATE_NEW) {
            find_origin(all, t);
        }
    }
    for (size_t s = 0; s < all->count; s++) {
        if (all->of[s].fate == TSL_FATE_RETIRED) {
            find_parted(all, s);
        }
    }
}
