/* small_sets.c: sets of customers that a document tells of, and how they add up. */
#include "output/small/small_sets.h"

#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>

#define HALF .5 /* sizes are counts, or shares times counts */

/* ---- Sets and sums ---------------------------------------------------------------------- */

size_t tsl__small_sets_add(tsl__small_sets *sets, double size)
{
    void *of = sets->of;
    if (tsl__reserve(&of, &sets->room, sets->count + 1, sizeof *sets->of)) {
        sets->failed = 1;
        return TSL__NO_SET;
    }
    sets->of = of;
    sets->of[sets->count] = (tsl__small_set){.size = size, .is_known = 1};
    return sets->count++;
}

static void push(tsl__small_sets *sets, size_t **list, size_t *count, size_t *room, size_t value)
{
    void *block = *list;
    if (tsl__reserve(&block, room, *count + 1, sizeof **list)) {
        sets->failed = 1;
        return;
    }
    *list = block;
    (*list)[(*count)++] = value;
}

void tsl__small_sets_part(tsl__small_sets *sets, size_t part)
{
    if (part != TSL__NO_SET) {
        push(sets, &sets->part, &sets->parts, &sets->part_room, part);
    }
}

void tsl__small_sets_sum(tsl__small_sets *sets, size_t total)
{
    const size_t begin = sets->sums ? sets->end[sets->sums - 1] : 0;
    double held = 0;
    size_t ends = sets->sums;
    for (size_t m = begin; m < sets->parts && !sets->failed; m++) {
        held += sets->of[sets->part[m]].size;
    }
    if (total == TSL__NO_SET && !sets->failed) {
        total = tsl__small_sets_add(sets, held);
        if (total != TSL__NO_SET) {
            sets->of[total].is_given = 1;
        }
    }
    if (sets->failed || begin == sets->parts || held > sets->of[total].size + HALF) {
        sets->parts = begin;
        return;
    }
    if (held < sets->of[total].size - HALF) {
        const size_t rest = tsl__small_sets_add(sets, sets->of[total].size - held);
        tsl__small_sets_part(sets, rest);
        if (rest != TSL__NO_SET) {
            sets->of[rest].is_known = 0;
        }
    }
    push(sets, &sets->total, &ends, &sets->total_room, total);
    push(sets, &sets->end, &sets->sums, &sets->end_room, sets->parts);
}

int tsl__small_sets_is_few(const tsl__small_sets *sets, double size)
{
    return size >= HALF && size < sets->least - HALF;
}

void tsl__small_sets_free(tsl__small_sets *sets)
{
    free(sets->of);
    free(sets->part);
    free(sets->end);
    free(sets->total);
    *sets = (tsl__small_sets){0};
}
