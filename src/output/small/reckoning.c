/* reckoning.c: what follows from the sums of a document that hides some of its sets, and from what. */
#include "output/small/reckoning.h"

#include "base/alloc.h"
#include "base/rng.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PRIME 2147483647u
#define SEED 1
#define USE 0x5e75 /* of the random numbers */

typedef struct term {
    size_t at;
    uint64_t by;
} term;

/* An equation that tells an unknown by what stands before it: other unknowns, and before all of these told sets. */
typedef struct equation {
    term *term;
    size_t count;
} equation;

typedef struct equations {
    tsl__small_sets *sets;
    size_t *place, *set; /* of each set, and what stands there: told sets first */
    size_t told;
    uint64_t *work;   /* one equation, by place */
    size_t low, high; /* between which it is not 0 */
    equation *of;     /* by place of its unknown */
} equations;

static uint64_t power(uint64_t base, uint32_t exponent)
{
    uint64_t out = 1;
    for (; exponent; exponent >>= 1) {
        out = exponent & 1 ? out * base % PRIME : out;
        base = base * base % PRIME;
    }
    return out;
}

static void add_term(equations *e, size_t at, uint64_t by)
{
    e->work[at] = (e->work[at] + by) % PRIME;
    e->low = at < e->low ? at : e->low;
    e->high = at > e->high ? at : e->high;
}

static void load_sum(equations *e, size_t sum)
{
    const tsl__small_sets *sets = e->sets;
    e->low = sets->count;
    e->high = 0;
    add_term(e, e->place[sets->total[sum]], PRIME - 1);
    for (size_t m = sum ? sets->end[sum - 1] : 0; m < sets->end[sum]; m++) {
        add_term(e, e->place[sets->part[m]], 1);
    }
}

static void clear(equations *e)
{
    memset(e->work + e->low, 0, (e->high + 1 - e->low) * sizeof *e->work);
}

/* Keeps what is left of the equation, whose last place is that of an unknown; 0: out of memory. */
static int keep(equations *e, size_t last)
{
    const uint64_t scale = power(e->work[last], PRIME - 2);
    equation *own = &e->of[last];
    size_t count = 0;
    for (size_t at = e->low; at < last; at++) {
        count += e->work[at] != 0;
    }
    own->term = tsl__alloc(count + 1, sizeof *own->term);
    for (size_t at = e->low; own->term && at < last; at++) {
        if (e->work[at]) {
            own->term[own->count++] = (term){at, e->work[at] * scale % PRIME};
        }
    }
    return own->term != NULL;
}

/* Puts what tells an unknown in its place. */
static void replace(equations *e, size_t at)
{
    const uint64_t by = PRIME - e->work[at];
    const equation *own = &e->of[at];
    e->work[at] = 0;
    for (size_t t = 0; t < own->count; t++) {
        add_term(e, own->term[t].at, by * own->term[t].by % PRIME);
    }
}

/* Each equation without the unknowns that others tell; 0: out of memory. */
static int solve(equations *e)
{
    int room = 1;
    for (size_t sum = 0; sum < e->sets->sums && room; sum++) {
        load_sum(e, sum);
        for (size_t at = e->high + 1; at-- > e->told;) {
            if (e->work[at] && !e->of[at].term) {
                room = keep(e, at);
                break;
            }
            if (e->work[at]) {
                replace(e, at);
            }
        }
        clear(e);
    }
    return room;
}

/* By place: 1 where an unknown is 0 in a solution without what is told; NULL: out of memory. */
static unsigned char *find_certain(equations *e)
{
    const size_t count = e->sets->count;
    tsl__rng rng = tsl__rng_open(SEED, USE, 0);
    unsigned char *certain = tsl__alloc_zero(count + 1, 1);
    for (size_t at = e->told; certain && at < count; at++) {
        const equation *own = &e->of[at];
        uint64_t value = own->term ? 0 : 1 + tsl__rng_below(&rng, PRIME - 1);
        for (size_t t = 0; t < own->count; t++) {
            value = (value + (PRIME - own->term[t].by) * e->work[own->term[t].at]) % PRIME;
        }
        e->work[at] = value;
        certain[at] = value == 0;
    }
    memset(e->work, 0, count * sizeof *e->work);
    return certain;
}

/* Hides the smallest set that tells the unknown, of those that hold somebody if there is one; 1: it did. Where one is
 * hidden by now that tells it, it is uncertain already. */
static int cover(equations *e, size_t at)
{
    tsl__small_set *of = e->sets->of, *best = NULL;
    int is_covered = 0;
    e->low = e->high = at;
    e->work[at] = 1;
    for (at++; at-- > e->told;) {
        if (e->work[at]) {
            replace(e, at);
        }
    }
    for (size_t t = e->low; t < e->told; t++) {
        tsl__small_set *own = &of[e->set[t]];
        is_covered |= e->work[t] && own->is_hidden;
        if (e->work[t] && !own->is_given &&
            (!best || (own->size > 0) > (best->size > 0) ||
             ((own->size > 0) == (best->size > 0) && own->size < best->size))) {
            best = own;
        }
    }
    clear(e);
    if (best && !is_covered) {
        best->is_hidden = 1;
    }
    return best && !is_covered;
}

static int open_equations(equations *e, tsl__small_sets *sets)
{
    const size_t count = sets->count;
    *e = (equations){.sets = sets, .place = tsl__alloc(count + 1, sizeof *e->place)};
    e->set = tsl__alloc(count + 1, sizeof *e->set);
    e->work = tsl__alloc_zero(count + 1, sizeof *e->work);
    e->of = tsl__alloc_zero(count + 1, sizeof *e->of);
    if (!e->place || !e->set || !e->work || !e->of) {
        return 0;
    }
    size_t at = 0;
    for (int told = 1; told >= 0; told--) {
        for (size_t i = 0; i < count; i++) {
            if ((sets->of[i].is_known && !sets->of[i].is_hidden) == told) {
                e->place[i] = at;
                e->set[at++] = i;
            }
        }
        e->told = told ? at : e->told;
    }
    return 1;
}

static void close_equations(equations *e)
{
    for (size_t i = 0; e->of && i < e->sets->count; i++) {
        free(e->of[i].term);
    }
    free(e->place);
    free(e->set);
    free(e->work);
    free(e->of);
}

/* covers: whether those that must not be certain are made uncertain. */
static int reckon(tsl__small_sets *sets, int covers)
{
    equations e;
    int changed = -1;
    unsigned char *certain = NULL;
    if (open_equations(&e, sets) && solve(&e) && (certain = find_certain(&e))) {
        changed = 0;
        for (size_t at = 0; at < sets->count; at++) { /* of what is told it is 0 */
            tsl__small_set *own = &sets->of[e.set[at]];
            own->is_certain = certain[at];
            if (covers && certain[at] && (own->is_wanted || tsl__small_sets_is_few(sets, own->size))) {
                changed |= cover(&e, at);
            }
        }
    }
    free(certain);
    close_equations(&e);
    return changed;
}

int tsl__reckoning_find(tsl__small_sets *sets)
{
    return reckon(sets, 0);
}

int tsl__reckoning_cover(tsl__small_sets *sets)
{
    return reckon(sets, 1);
}
