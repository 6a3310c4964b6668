/* summary_first.c: what is to be done first: the few things that the most depends on, where the data show them. */
#include "label/internal.h"
#include "output/summary.h"
#include "output/wording/advice_wording.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

#define FIRST_MOST 3
#define KEEP_SHARE .1   /* of the value: a segment with less is not what all depends on */
#define ORDER_SHARE .02 /* of the customers: so many are worth a programme */
#define TOP_SHARE .2    /* of the customers: the tiers that are called */

typedef struct found {
    const tsl_results *results;
    unsigned *traits; /* by segment */
    json_t *first;
} found;

static json_t *push(tsl__json *doc, const found *f, const char *kind)
{
    json_t *row = tsl__json_push_object(doc, f->first);
    tsl__json_set(doc, row, "kind", json_string(kind));
    return row;
}

/* A segment, with what is known of what its customers did next. */
static json_t *push_segment(tsl__json *doc, const found *f, const char *kind, size_t s)
{
    const tsl_segment *segment = &f->results->labels->segments[s];
    const tsl_outcome_segment *after = tsl__segment_get_outcome(f->results, s);
    json_t *row = push(doc, f, kind);
    tsl__json_set(doc, row, "segment", json_integer(tsl__summary_get_index(f->results, s)));
    tsl__json_set(doc, row, "size", tsl__json_count(segment->size));
    tsl__json_set(doc, row, "value", tsl__json_number(segment->value_total));
    tsl__json_set(doc, row, "rate", after ? tsl__json_number(after->rate) : json_null());
    return row;
}

/* Which segments come into question: of these traits, without those, of at least such shares. */
typedef struct wanted {
    unsigned with, without;
    double share, value_share; /* of the customers, of the value; 0: any, known or not */
    int paying;                /* 1: whose value, where it is known, is above 0 in all */
} wanted;

static int is_wanted(const tsl_segment *segment, unsigned traits, const wanted *want)
{
    return segment->size && (traits & want->with) == want->with && (traits & want->without) == 0 &&
           segment->share >= want->share && !(want->paying && segment->value_total <= 0) &&
           (want->value_share <= 0 || segment->value_share >= want->value_share);
}

/* The one that is worth most, without values the largest; none: segment_count. */
static size_t find_segment(const found *f, wanted want)
{
    const tsl_labels *labels = f->results->labels;
    size_t best = labels->segment_count;
    double most = -INFINITY;
    for (size_t s = 0; s < labels->segment_count; s++) {
        const tsl_segment *segment = &labels->segments[s];
        const double weight = isnan(segment->value_share) ? segment->share : segment->value_share;
        if (is_wanted(segment, f->traits[s], &want) && weight > most) {
            most = weight;
            best = s;
        }
    }
    return best;
}

/* Those on whom the value rests, while they buy. */
static void add_keep(tsl__json *doc, const found *f)
{
    const size_t s = find_segment(f, (wanted){.with = TSL__SEGMENT_DEAR,
                                              .without = TSL__SEGMENT_QUIET | TSL__SEGMENT_NEVER | TSL__SEGMENT_ONCE,
                                              .value_share = KEEP_SHARE});
    if (s < f->results->labels->segment_count) {
        json_t *row = push_segment(doc, f, "keep", s);
        tsl__json_set(doc, row, "returns", json_boolean((f->traits[s] & TSL__SEGMENT_RETURNS) != 0));
    }
}

/* Those of the upper tiers who are about to leave; tiers of whom nobody is are not named. */
static void add_call(tsl__json *doc, const found *f)
{
    const tsl_labels *labels = f->results->labels;
    const tsl_portrait_cell *cell = f->results->portrait->stage_tier;
    tsl__total value = {0};
    uint64_t above = 0, size = 0;
    size_t tiers = 0;
    while (cell && tiers < labels->tier_count) {
        const tsl_portrait_cell *of = &cell[TSL_AT_RISK * labels->tier_count + tiers];
        above += labels->tier[tiers].size;
        if (tiers > 0 && (double)above > TOP_SHARE * (double)labels->customers + 1) {
            break;
        }
        size += of->size;
        tsl__total_add(&value, of->size ? of->value_total : 0);
        tiers++;
    }
    if (size) {
        json_t *row = push(doc, f, "call"), *codes = tsl__json_set_array(doc, row, "tiers");
        for (size_t t = 0; t < tiers; t++) {
            if (cell[TSL_AT_RISK * labels->tier_count + t].size) {
                tsl__json_push(doc, codes, tsl__json_text(labels->tier[t].code));
            }
        }
        tsl__json_set(doc, row, "stage", json_string(tsl_stage_get_code(TSL_AT_RISK)));
        tsl__json_set(doc, row, "size", tsl__json_count(size));
        tsl__json_set(doc, row, "value", tsl__json_number(tsl__total_get(&value, tsl__value_is_money(labels))));
    }
}

/* Those who bought once, before the usual gap is over. */
static void add_second_order(tsl__json *doc, const found *f)
{
    const tsl_labels *labels = f->results->labels;
    const size_t s = find_segment(f, (wanted){.with = TSL__SEGMENT_ONCE | TSL__SEGMENT_LATELY, .share = ORDER_SHARE});
    if (s < labels->segment_count) {
        json_t *row = push_segment(doc, f, "second_order", s);
        tsl__json_set(doc, row, "days", tsl__json_number(floor(labels->features->recipe->gap_days)));
    }
}

/* Those of value who have been silent for long. */
static void add_win_back(tsl__json *doc, const found *f)
{
    const size_t s = find_segment(
        f, (wanted){.with = TSL__SEGMENT_QUIET, .without = TSL__SEGMENT_LESS | TSL__SEGMENT_NEVER, .paying = 1});
    if (s < f->results->labels->segment_count) {
        push_segment(doc, f, "win_back", s);
    }
}

/* Those who never bought. */
static void add_first_order(tsl__json *doc, const found *f)
{
    const size_t s = find_segment(f, (wanted){.with = TSL__SEGMENT_NEVER, .share = ORDER_SHARE});
    if (s < f->results->labels->segment_count) {
        push_segment(doc, f, "first_order", s);
    }
}

void tsl__summary_first(tsl__json *doc, const tsl_results *results)
{
    static void (*const add[])(tsl__json *, const found *) = {add_keep, add_call, add_second_order, add_win_back,
                                                              add_first_order};
    const size_t k = results->labels->segment_count;
    found f = {results, tsl__alloc(k, sizeof *f.traits), tsl__json_set_array(doc, doc->root, "first")};
    doc->failed |= !f.traits;
    for (size_t s = 0; f.traits && s < k; s++) {
        f.traits[s] = tsl__segment_find_traits(results, s);
    }
    for (size_t i = 0; f.traits && i < sizeof add / sizeof *add && json_array_size(f.first) < FIRST_MOST; i++) {
        add[i](doc, &f);
    }
    free(f.traits);
}
