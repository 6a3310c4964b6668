/* small_choice.c: which sets of customers must not be told. */
#include "output/small/reckoning.h"

#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>

#define HALF .5 /* sizes are counts, or shares times counts */

static int is_told(const tsl__small_set *set)
{
    return set->is_known && !set->is_hidden;
}

/* ---- What must be hidden --------------------------------------------------------------------------- */

static void hide_few(tsl__small_sets *sets)
{
    for (size_t i = 0; i < sets->count; i++) {
        sets->of[i].is_hidden |= tsl__small_sets_is_few(sets, sets->of[i].size);
    }
}

/* The smaller one of two sets that hold anybody, of those whose size is known and need not be; TSL__NO_SET: neither. */
static size_t choose(const tsl__small_sets *sets, size_t best, size_t other)
{
    const tsl__small_set *of = &sets->of[other];
    const int may_be = (is_told(of) && !of->is_given) || (of->is_hidden && of->is_certain && !of->is_wanted);
    return may_be && of->size >= HALF && (best == TSL__NO_SET || of->size < sets->of[best].size) ? other : best;
}

/* Sum s: the parts from *begin on. */
static size_t get_parts(const tsl__small_sets *sets, size_t s, size_t *begin)
{
    *begin = s ? sets->end[s - 1] : 0;
    return sets->end[s];
}

/* 1: the total of the sum is known, and few of its parts are all that is uncertain of it. */
static int leaves_few(const tsl__small_sets *sets, size_t s)
{
    const tsl__small_set *total = &sets->of[sets->total[s]];
    double uncertain = 0;
    size_t begin;
    const size_t end = get_parts(sets, s, &begin);
    for (size_t m = begin; m < end; m++) {
        const tsl__small_set *part = &sets->of[sets->part[m]];
        uncertain += is_told(part) || part->is_certain ? 0 : part->size;
    }
    return (is_told(total) || total->is_certain) && tsl__small_sets_is_few(sets, uncertain);
}

/* Makes more of a sum uncertain that leaves few, or its total; 1: it did. */
static int settle_sum(tsl__small_sets *sets, size_t s)
{
    size_t cover = TSL__NO_SET, begin;
    const size_t end = get_parts(sets, s, &begin);
    for (size_t m = begin; m < end; m++) {
        cover = choose(sets, cover, sets->part[m]);
    }
    cover = cover == TSL__NO_SET ? choose(sets, cover, sets->total[s]) : cover;
    if (cover != TSL__NO_SET) {
        sets->of[cover].is_wanted = sets->of[cover].is_hidden;
        sets->of[cover].is_hidden = 1;
    }
    return cover != TSL__NO_SET;
}

/* 1: some sum was not settled. */
static int settle_sums(tsl__small_sets *sets)
{
    int changed = 0, goes_on = 1;
    while (goes_on) {
        goes_on = 0;
        for (size_t s = 0; s < sets->sums; s++) {
            goes_on |= leaves_few(sets, s) && settle_sum(sets, s);
        }
        changed |= goes_on;
    }
    return changed;
}

/* ---- What need not be --------------------------------------------------------------------------- */

/* 1: nothing tells of few. */
static int is_safe(tsl__small_sets *sets)
{
    int safe = 1;
    sets->failed |= tsl__reckoning_find(sets) != 0;
    for (size_t i = 0; i < sets->count && safe; i++) {
        safe = !sets->of[i].is_certain || !tsl__small_sets_is_few(sets, sets->of[i].size);
    }
    for (size_t s = 0; s < sets->sums && safe; s++) {
        safe = !leaves_few(sets, s);
    }
    return safe && !sets->failed;
}

enum { TRIES_MOST = 100 }; /* each is as much work as all that comes before */

/* Tells what was hidden for others' sake and need not be, as something else does by now: what the document has first
 * comes first. kept: whether a set was told when nothing but few were hidden. */
static void tell_again(tsl__small_sets *sets, const unsigned char *kept)
{
    for (size_t i = 0, tries = 0; i < sets->count && tries < TRIES_MOST && !sets->failed; i++) {
        tsl__small_set *of = &sets->of[i];
        if (of->is_hidden && kept[i]) {
            of->is_hidden = 0;
            of->is_hidden = !is_safe(sets);
            tries++;
        }
    }
    (void)is_safe(sets); /* which are certain in the end */
}

void tsl__small_sets_hide(tsl__small_sets *sets)
{
    unsigned char *kept = tsl__alloc(sets->count + 1, 1);
    sets->failed |= !kept;
    hide_few(sets);
    for (size_t i = 0; kept && i < sets->count; i++) {
        kept[i] = is_told(&sets->of[i]) != 0;
    }
    (void)settle_sums(sets);
    for (int goes_on = !sets->failed; goes_on;) {
        const int covered = tsl__reckoning_cover(sets);
        sets->failed |= covered < 0;
        goes_on = !sets->failed && (settle_sums(sets) || covered);
    }
    if (!sets->failed && is_safe(sets)) {
        tell_again(sets, kept);
    }
    free(kept);
}
