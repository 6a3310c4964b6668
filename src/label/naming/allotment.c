/* allotment.c: whose turn it is to say something, round by round. */
#include "label/naming/naming.h"

#include "base/error.h"

/* A second trait is not said at the price of the first, which its words, or those of others, may have made longer. */
static tsl_status drop_cut(tsl__naming_plan *p, tsl_error *err)
{
    for (size_t s = 0; s < p->k; s++) {
        tsl__naming *naming = &p->naming[s];
        const int whole = naming->count < 2 ? 1 : tsl__name_is_whole(naming);
        if (whole < 0) {
            return tsl__error_nomem(err);
        }
        if (!whole) {
            const tsl__said *last = &naming->said[--naming->count];
            tsl__said_mark(&p->speech[last->speech - p->speech], last, -1);
        }
    }
    return TSL_OK;
}

/* In the order of their turns. */
enum { FIRST, SHARED, RANK, STATE, SPARE, LAST, SECOND, ROUNDS };

/* What somebody is or has, by the way: the clusters are of something else. */
static int is_by_the_way(const tsl__speech *speech)
{
    return speech->yes_no && !speech->found_by;
}

/* Whether a segment may say it in this round. */
static int is_due(const tsl__naming_plan *p, const tsl__sayable *c, int round)
{
    const tsl__naming *naming = &p->naming[c->segment];
    const double least = round == SECOND && !naming->anchored ? TSL__TRAIT_STRONG : TSL__TRAIT_LEAST;
    return !naming->untold && naming->count == (round == SECOND) && c->shared == (round == SHARED || round == SPARE) &&
           c->spare == (round == SPARE) && naming->purchases != 0 && c->effect >= least &&
           (round >= STATE || !is_by_the_way(&p->speech[c->feature]));
}

static tsl_status allot_items(tsl__naming_plan *p, int round, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < p->count; i++) {
        const tsl__sayable *c = &p->item[i];
        int taken;
        if (is_due(p, c, round)) {
            TSL__TRY(tsl__said_take(p, c, round == SECOND, &taken, err));
        }
    }
done:
    return status;
}

/* To those without a word; at last those who are no average are said to be without. */
static tsl_status allot_ranks(tsl__naming_plan *p, int at_last, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t s = 0; s < p->k; s++) {
        tsl__naming *naming = &p->naming[s];
        int taken = 0;
        if (!naming->count && !naming->base[0] && !(at_last && tsl__rank_is_average(p, s))) {
            TSL__TRY(tsl__rank_take(p, s, at_last, &taken, err));
            naming->untold = at_last && !taken;
        }
    }
done:
    return status;
}

/* What all are graded by comes first, or what parts those that are found by states; then the strongest; each segment
 * has its first before any has its second. Those of whom nothing else is left to say are named by what their neighbour
 * is, too, by where they stand among all, or by what they are by the way. */
tsl_status tsl__said_allot(tsl__naming_plan *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__grades_allot(p, 0, err));
    TSL__TRY(tsl__grades_allot(p, 1, err));
    TSL__TRY(drop_cut(p, err));
    TSL__TRY(tsl__states_allot(p, err));
    for (int round = FIRST; round < ROUNDS; round++) {
        TSL__TRY(round == RANK || round == LAST ? allot_ranks(p, round == LAST, err) : allot_items(p, round, err));
    }
    TSL__TRY(drop_cut(p, err));
    TSL__TRY(tsl__names_complete(p, err));
done:
    return status;
}
