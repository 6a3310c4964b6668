/* states.c: segments of clusters that are found by what customers are or have ("City: A, Member: yes"). What parts one
 * from its nearest neighbour is said first, then what parts it from the others; the same words may be said of several,
 * as no two have all of them. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PARTED 0.5    /* shares that differ by it tell two segments apart */
#define NEARLY 0.9    /* a share from it on: "City: B/C" */
#define MAINLY 0.7    /* a share of more than it: "City: A" */
#define STATES_MOST 3 /* a name of more tells nobody anything */

/* What a segment could say. */
typedef struct claim {
    size_t segment, feature;
    int high;
    const char *open; /* of each segment: 1: it is yet to be told apart; NULL: the nearest neighbour alone */
} claim;

/* Who is hardly of a level is of one of few others; of what is yes or no both sides are said alike. */
static int is_other_side(const tsl__naming_plan *p, const claim *c)
{
    return !c->high && p->speech[c->feature].feature->form == TSL_FORM_VALUE;
}

static int is_level_left(const tsl__naming_plan *p, const claim *c, const tsl__said *said, size_t f)
{
    const tsl__speech *speech = &p->speech[f];
    int left = f != c->feature && speech->topic && strcmp(speech->topic, p->speech[c->feature].topic) == 0 &&
               speech->feature->form == TSL_FORM_VALUE && tsl__naming_get_trait(p, c->segment, f);
    for (size_t i = 0; i < TSL__LEVELS_SAID; i++) {
        left = left && said->speech != speech && (i == 0 || said->or_else[i - 1] != speech);
    }
    return left;
}

/* The few other levels of the column that nearly all of the segment are of, the most frequent first; 0: they are many.
 */
static int find_levels(const tsl__naming_plan *p, const claim *c, tsl__said *out)
{
    double share = 0;
    *out = (tsl__said){.high = 1};
    for (size_t i = 0; i < TSL__LEVELS_SAID && share < NEARLY; i++) {
        double most = -1;
        size_t level = p->features;
        for (size_t f = 0; f < p->features; f++) {
            if (is_level_left(p, c, out, f) && tsl__naming_get_trait(p, c->segment, f)->mean > most) {
                most = tsl__naming_get_trait(p, c->segment, f)->mean;
                level = f;
            }
        }
        if (level == p->features) {
            return 0;
        }
        *(i ? &out->or_else[i - 1] : &out->speech) = &p->speech[level];
        share += most;
    }
    return share >= NEARLY;
}

static int can_claim(const tsl__naming_plan *p, const claim *c)
{
    const tsl__naming *naming = &p->naming[c->segment];
    const tsl__speech *speech = &p->speech[c->feature];
    const tsl_trait *trait = tsl__naming_get_trait(p, c->segment, c->feature);
    const double sign = c->high ? 1 : -1;
    if (!tsl__speech_is_state(speech) || !speech->found_by || !trait || !(trait->known > 0)) {
        return 0;
    }
    for (size_t i = 0; i < naming->count; i++) {
        if (strcmp(naming->said[i].speech->topic, speech->topic) == 0) {
            return 0;
        }
    }
    return (c->high ? trait->mean : 1 - trait->mean) * trait->known >
               (speech->feature->form == TSL_FORM_VALUE ? MAINLY : 0.5) &&
           sign * (trait->mean - trait->mean_all) >= TSL__STATE_APART && sign * trait->effect >= TSL__TRAIT_LEAST &&
           (!is_other_side(p, c) || find_levels(p, c, &(tsl__said){0}));
}

/* By how much more the segment is so than another; 0 where that is not known. */
static double get_distance(const tsl__naming_plan *p, const claim *c, size_t other)
{
    const tsl_trait *own = tsl__naming_get_trait(p, c->segment, c->feature),
                    *theirs = tsl__naming_get_trait(p, other, c->feature);
    return theirs && theirs->known > 0 ? (c->high ? 1 : -1) * (own->mean - theirs->mean) : 0;
}

/* How well it tells: the distance from the nearest neighbour, or how many it tells apart of those that are open. */
static double get_worth(const tsl__naming_plan *p, const claim *c)
{
    const size_t near = p->neighbour[c->segment];
    size_t parted = 0;
    if (!c->open) {
        const double least = p->naming[c->segment].count ? PARTED : TSL__STATE_APART;
        const double distance = near < p->k ? get_distance(p, c, near) : 0;
        return distance >= least ? distance : 0;
    }
    for (size_t other = 0; other < p->k; other++) {
        parted += c->open[other] && get_distance(p, c, other) >= PARTED;
    }
    return (double)parted;
}

/* The best of all, by its effect among equals; 0 where nothing tells anything. other_sides: 1: "B/C" alone. */
static int find_best(const tsl__naming_plan *p, size_t s, const char *open, int other_sides, claim *best)
{
    double worth = 0, effect = 0;
    for (size_t f = 0; f < p->features; f++) {
        for (int high = 1; high >= 0; high--) {
            const claim c = {.segment = s, .feature = f, .high = high, .open = open};
            if (is_other_side(p, &c) != other_sides || !can_claim(p, &c)) {
                continue;
            }
            const double own = get_worth(p, &c), strength = fabs(tsl__naming_get_trait(p, s, f)->effect);
            if (own > worth || (own > 0 && own == worth && strength > effect)) {
                worth = own;
                effect = strength;
                *best = c;
            }
        }
    }
    return worth > 0;
}

static tsl__said get_said(const tsl__naming_plan *p, const claim *c)
{
    tsl__said said;
    return is_other_side(p, c) && find_levels(p, c, &said)
               ? said
               : (tsl__said){.speech = &p->speech[c->feature], .high = c->high};
}

/* Says the best, where the name needs no cutting; *said: 1 where it did. */
static tsl_status say_best(tsl__naming_plan *p, size_t s, char *open, int of_all, int *said, tsl_error *err)
{
    tsl__naming *naming = &p->naming[s], longer = *naming;
    claim best = {0};
    *said = 0;
    if (naming->count >= STATES_MOST ||
        !(find_best(p, s, of_all ? open : NULL, 0, &best) || find_best(p, s, of_all ? open : NULL, 1, &best))) {
        return TSL_OK;
    }
    longer.said[longer.count++] = get_said(p, &best);
    const int whole = tsl__name_is_whole(&longer);
    if (whole > 0) {
        p->said[p->said_count++] = longer.said[naming->count];
        *naming = longer;
        *said = 1;
        for (size_t other = 0; other < p->k; other++) {
            open[other] = open[other] && get_distance(p, &best, other) < PARTED;
        }
    }
    return whole < 0 ? tsl__error_nomem(err) : TSL_OK;
}

/* In the columns' order, in all names alike. */
static int compare_said(const void *pa, const void *pb)
{
    const tsl__said *a = pa, *b = pb;
    return (a->speech > b->speech) - (a->speech < b->speech);
}

/* A segment that numbers tell already says of its states only what parts it plainly from its nearest neighbour. */
static tsl_status allot_segment(tsl__naming_plan *p, size_t s, char *open, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__naming *naming = &p->naming[s];
    const size_t before = naming->count;
    int said = 1;
    for (size_t other = 0; other < p->k; other++) {
        open[other] = (char)(other != s && tsl__naming_is_told_of(p, other));
    }
    TSL__TRY(say_best(p, s, open, 0, &said, err));
    for (said = before == 0; said;) {
        TSL__TRY(say_best(p, s, open, 1, &said, err));
    }
    qsort(naming->said + before, naming->count - before, sizeof *naming->said, compare_said);
done:
    return status;
}

tsl_status tsl__states_allot(tsl__naming_plan *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *open = NULL;
    int any = 0;
    for (size_t f = 0; f < p->features; f++) {
        any = any || (p->speech[f].found_by && tsl__speech_is_state(&p->speech[f]));
    }
    if (!any || p->k > TSL__NAMES_CHECKED) {
        return TSL_OK;
    }
    TSL__NEED(open = tsl__alloc(p->k, 1));
    for (size_t s = 0; s < p->k; s++) {
        if (tsl__naming_is_told_of(p, s) && !p->naming[s].anchored && !p->silent[s]) {
            TSL__TRY(allot_segment(p, s, open, err));
        }
    }
done:
    free(open);
    return status;
}
