/* grading.c: the columns that lead grade all segments, in one scale. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

/* Whether it may be said now of the column that leads first, or second. */
static int is_led(const tsl__naming_plan *p, const tsl__sayable *c, int which, int high)
{
    const tsl__naming *naming = &p->naming[c->segment];
    return c->feature == p->lead[which] && c->high == high && naming->purchases != 0 &&
           (naming->count == 0 || (which == 1 && naming->count == 1 && c->led));
}

/* The next one from the high end, or the low one, whose turn has not been, of the segments that have said so much;
 * p->count: there is none. */
static size_t find_next(const tsl__naming_plan *p, int which, int high, size_t count, const char *done)
{
    size_t next = p->count;
    double best = 0;
    for (size_t i = 0; i < p->count; i++) {
        const tsl__sayable *c = &p->item[i];
        if (is_led(p, c, which, high) && !done[c->segment] && p->naming[c->segment].count == count) {
            const double mean = p->trait[c->segment * p->features + c->feature]->mean;
            if (next == p->count || (high ? mean > best : mean < best)) {
                best = mean;
                next = i;
            }
        }
    }
    return next;
}

/* The side that a segment will be told to be on by the second column that leads: 1, -1; 0: neither. */
static int get_led_side(const tsl__naming_plan *p, size_t s)
{
    const int is_told = p->lead[1] < p->features && !tsl__speech_is_spoken_for(p, &p->speech[p->lead[1]]);
    int side = 0;
    for (size_t i = 0; i < p->count && is_told && !side; i++) {
        const tsl__sayable *c = &p->item[i];
        side = c->segment == s && c->feature == p->lead[1] && c->led ? (c->high ? 1 : -1) : 0;
    }
    return side;
}

/* Whether two that say the same by one column are told apart by the other: neither name is part of the other's. */
static int are_parted(const tsl__naming_plan *p, size_t s, size_t other, int which)
{
    const tsl__naming *own = &p->naming[s], *theirs = &p->naming[other];
    const size_t f = p->lead[1];
    if (which == 1) {
        return own->count > 0 && theirs->count > 1 && !tsl__said_is_same(&own->said[0], &theirs->said[0]);
    }
    const int side = get_led_side(p, s), their_side = get_led_side(p, other);
    return side && their_side &&
           (side != their_side ||
            !tsl__peers_are_tied(p, tsl__naming_get_trait(p, s, f), tsl__naming_get_trait(p, other, f)));
}

/* Whether what others are called by a column that leads may be said of one more, who is as high. */
static int may_repeat(const tsl__naming_plan *p, const tsl__sayable *c, int which)
{
    const tsl__said said = {.speech = &p->speech[c->feature], .high = c->high};
    if (c->graded || !p->speech[c->feature].extreme[c->high] || !tsl__said_may(p, c)) {
        return 0;
    }
    for (size_t other = 0; other < p->k; other++) {
        for (size_t i = 0; i < p->naming[other].count; i++) {
            if (tsl__said_is_same(&p->naming[other].said[i], &said) && !are_parted(p, c->segment, other, which)) {
                return 0;
            }
        }
    }
    return 1;
}

/* The highest is high, and so is who is as high, by the same word; of two the other one is above average, of more each
 * has its place, where that is clear. */
static tsl_status say_grade(tsl__naming_plan *p, const tsl__sayable *c, int which, size_t rivals, tsl_error *err)
{
    const tsl__naming *naming = &p->naming[c->segment];
    const int whole = naming->count > 0;
    tsl__said said = {.speech = &p->speech[c->feature], .high = c->high};
    int high = c->high, taken = 0;
    if (rivals > 2 && c->graded && !tsl__naming_has_rank(naming) && tsl__said_may(p, c)) {
        said.rank = tsl__rank_get(p, c->segment, c->feature, TSL__RANK_STEP, &high);
    }
    if (may_repeat(p, c, which) || (said.rank && high == c->high)) {
        return tsl__said_add(p, c->segment, &said, whole, &taken, err);
    }
    return tsl__said_insist(p, c, whole, &taken, err);
}

/* Those on one side of a column that leads; who has said nothing yet goes first. */
static tsl_status allot_side(tsl__naming_plan *p, int which, int high, char *done_with, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t rivals = 0;
    for (size_t i = 0; i < p->count; i++) {
        rivals += (size_t)is_led(p, &p->item[i], which, high);
    }
    for (size_t count = 0, next; count <= (size_t)which; count++) {
        while ((next = find_next(p, which, high, count, done_with)) < p->count) {
            done_with[p->item[next].segment] = 1;
            TSL__TRY(say_grade(p, &p->item[next], which, rivals, err));
        }
    }
done:
    return status;
}

tsl_status tsl__grades_allot(tsl__naming_plan *p, int which, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *done_with = NULL;
    TSL__NEED(done_with = tsl__alloc_zero(p->k, 1));
    TSL__TRY(allot_side(p, which, 1, done_with, err));
    TSL__TRY(allot_side(p, which, 0, done_with, err));
done:
    free(done_with);
    return status;
}
