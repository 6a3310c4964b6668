/* contradiction.c: names of segments that expect less of them than they did in the period
 * held out. docs/methods/next-period.md. */
#include "run/next/contradiction.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "label/kept_names.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What an English name says of a segment that is expected to buy less than one of whom the other is said. */
typedef struct contraries {
    const char *less, *more;
    int reworded; /* 1: the segment is named by what is certain instead */
} contraries;

static const contraries pairs[] = {{"gone quiet", "Active", 1},
                                   {"Once, lapsed", "Once, recent", 1},
                                   {"Mostly once, lapsed", "Mostly once, recent", 1},
                                   {"orders falling off", "orders picking up", 0},
                                   {"Small", "Champions", 0}};
#define PAIRS (sizeof pairs / sizeof *pairs)

/* More than what the intervals leave open, which are wide where few are counted: of 3 of whom nobody bought up to
 * 56 % may, of 23 up to 14 %. */
static int is_above(const tsl_outcome_segment *own, const tsl_outcome_segment *of)
{
    return own->size && of->size && own->rate_low > of->rate_high;
}

/* What those did who were in a segment at the cut; NULL: it was not there, or nobody was in it. */
static const tsl_outcome_segment *get_outcome(const tsl_next *next, const tsl_segment *segment)
{
    for (int n = 0; n < next->k; n++) {
        const tsl_outcome_segment *of = &next->segment[n].outcome;
        if (strcmp(next->segment[n].name, segment->code) == 0 && of->size) {
            return of;
        }
    }
    return NULL;
}

/* The first of whom more was to be expected than of this one, and who came back less often; NULL: there is none. */
static const tsl_segment *find_contrary(const tsl_next *next, const tsl_labels *labels, size_t s, const contraries *say)
{
    const tsl_outcome_segment *own = get_outcome(next, &labels->segments[s]);
    for (size_t o = 0; o < labels->segment_count && own && strstr(labels->segments[s].names[0], say->less); o++) {
        const tsl_outcome_segment *of = get_outcome(next, &labels->segments[o]);
        if (of && strstr(labels->segments[o].names[0], say->more) && is_above(own, of)) {
            return &labels->segments[o];
        }
    }
    return NULL;
}

/* Of the pairs that are reworded, or of the others. */
static const tsl_segment *find_any_contrary(const tsl_next *next, const tsl_labels *labels, size_t s, int reworded)
{
    const tsl_segment *found = NULL;
    for (size_t i = 0; i < PAIRS && !found; i++) {
        found = pairs[i].reworded == reworded ? find_contrary(next, labels, s, &pairs[i]) : NULL;
    }
    return found;
}

tsl_status tsl__contradictions_find(const tsl_next *next, const tsl_labels *labels, unsigned char **back,
                                    tsl_error *err)
{
    tsl_status status = TSL_OK;
    *back = NULL;
    for (size_t s = 0; s < labels->segment_count; s++) {
        if (find_any_contrary(next, labels, s, 1)) {
            TSL__NEED(*back = *back ? *back : tsl__alloc_zero(labels->segment_count, 1));
            (*back)[s] = 1;
        }
    }
done:
    return status;
}

#define RATIO "%" PRIu64 " of %" PRIu64

/* A name that stays is one that somebody gave or keeps, or speaks of a trend. */
static tsl_status note(const tsl_next *next, const tsl_labels *before, size_t s, const tsl_segment *other,
                       tsl_labels *labels, tsl_error *err)
{
    const char *was = before->segments[s].names[0], *is = labels->segments[s].names[0];
    const int reworded = strcmp(was, is) != 0;
    const tsl_outcome_segment *own = get_outcome(next, &before->segments[s]), *of = get_outcome(next, other);
    return tsl__notes_put(
        &labels->notes, err,
        "segment %d is called \"%s\"%s%s%s %.0f %% of those who were in it (" RATIO
        ") bought in the %d days that were held out, more than the %.0f %% (" RATIO ") of segment %d, \"%s\"",
        before->segments[s].segment, is, reworded ? ", not \"" : "", reworded ? was : "",
        reworded ? "\":" : ", and yet", 100 * own->rate, own->happened, own->size, next->days, 100 * of->rate,
        of->happened, of->size, other->segment, labels->segments[other - before->segments].names[0]);
}

tsl_status tsl__contradictions_note(const tsl_next *next, const tsl_labels *before, tsl_labels *labels, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t s = 0; s < labels->segment_count; s++) {
        const tsl_segment *quieter = find_any_contrary(next, before, s, 1);
        const tsl_segment *falling = quieter ? NULL : find_any_contrary(next, labels, s, 0);
        TSL__TRY(quieter ? note(next, before, s, quieter, labels, err) : TSL_OK);
        TSL__TRY(falling ? note(next, labels, s, falling, labels, err) : TSL_OK);
    }
done:
    return status;
}

/* ---- Segments of the cut alone ------------------------------------------------------- */

static int is_there(const tsl_labels *labels, const char *code)
{
    int there = 0;
    for (size_t s = 0; s < labels->segment_count && !there; s++) {
        there = strcmp(labels->segments[s].code, code) == 0;
    }
    return there;
}

/* By what their codes say; NULL: there is none. */
static const tsl_next_segment *find_former_contrary(const tsl_next *next, const tsl_next_segment *own)
{
    const char *says = tsl_segment_get_base(own->name, 0);
    for (size_t i = 0; i < PAIRS && says && tsl__base_get_other(own->name, 0); i++) {
        for (int s = 0; s < next->k && pairs[i].reworded && strstr(says, pairs[i].less); s++) {
            const char *other = tsl_segment_get_base(next->segment[s].name, 0);
            if (other && strstr(other, pairs[i].more) && is_above(&own->outcome, &next->segment[s].outcome)) {
                return &next->segment[s];
            }
        }
    }
    return NULL;
}

tsl_status tsl__contradictions_mark_former(tsl_next *next, tsl_labels *labels, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int s = 0; s < next->k; s++) {
        tsl_next_segment *own = &next->segment[s];
        const tsl_next_segment *of = is_there(labels, own->name) ? NULL : find_former_contrary(next, own);
        own->back = of != NULL;
        TSL__TRY(!of ? TSL_OK
                     : tsl__notes_put(&labels->notes, err,
                                      "%s, a segment of the cut, is called \"%s\", not \"%s\": %.0f %% of those who "
                                      "were in it (" RATIO ") bought in the %d days that were held out, more than the "
                                      "%.0f %% (" RATIO ") of %s, \"%s\"",
                                      own->name, tsl__base_get_other(own->name, 0), tsl_segment_get_base(own->name, 0),
                                      100 * own->outcome.rate, own->outcome.happened, own->outcome.size, next->days,
                                      100 * of->outcome.rate, of->outcome.happened, of->outcome.size, of->name,
                                      tsl_segment_get_base(of->name, 0)));
    }
done:
    return status;
}
