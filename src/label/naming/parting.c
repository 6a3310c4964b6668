/* parting.c: two segments of the same words are told apart by a column in which one is high and the other low, though
 * others are called so, before they are numbered: "Low score, high usage", "Low score, low usage". Who is called by
 * that column alone, and is plainly on the other side by what the two have in common, says that as well.
 * docs/methods/segment-names.md. */
#include "label/naming/naming.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

static const tsl__sayable *find_item(const tsl__naming_plan *p, size_t s, size_t f, int high)
{
    const tsl__sayable *found = NULL;
    for (size_t i = 0; i < p->count && !found; i++) {
        const tsl__sayable *c = &p->item[i];
        found = c->segment == s && c->feature == f && c->high == high && tsl__said_may(p, c) ? c : NULL;
    }
    return found;
}

/* The column in which they differ most, of those that clusters are found by before others; 0: there is none. */
static int find_parting(const tsl__naming_plan *p, size_t a, size_t b, const tsl__sayable *out[2])
{
    double most = 0;
    int by_found = 0;
    for (size_t i = 0; i < 2 * p->features; i++) {
        const size_t f = i / 2;
        const int high = i % 2 == 0, found_by = p->speech[f].found_by;
        const tsl__sayable *of_a = find_item(p, a, f, high), *of_b = of_a ? find_item(p, b, f, !high) : NULL;
        if (of_b && tsl__speech_is_gradable(&p->speech[f]) && found_by >= by_found &&
            (found_by > by_found || of_a->effect + of_b->effect > most)) {
            most = of_a->effect + of_b->effect;
            by_found = found_by;
            out[0] = of_a;
            out[1] = of_b;
        }
    }
    return most > 0;
}

/* Who says nothing but that would have a name that is part of the longer one: *common is what the two have in common,
 * and he has the other side of it where he plainly is on it. */
static tsl_status complete(tsl__naming_plan *p, size_t s, const tsl__sayable *c, const tsl__said *common,
                           tsl_error *err)
{
    tsl__naming *naming = &p->naming[s];
    const size_t g = (size_t)(common->speech - p->speech);
    const tsl_trait *own = tsl__naming_get_trait(p, s, g), *theirs = tsl__naming_get_trait(p, c->segment, g);
    const int high = !common->high;
    tsl_status status = TSL_OK;
    int taken = 0;
    if (naming->base[0] || naming->count != 1 || naming->said[0].speech != &p->speech[c->feature] ||
        naming->said[0].high != c->high || !own || !theirs || common->speech->extreme[high] ||
        !tsl__speech_is_gradable(common->speech) || fabs(own->effect - theirs->effect) < TSL__TRAIT_STRONG ||
        (high ? own->mean <= own->mean_all : own->mean >= own->mean_all)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__said_add(p, s, &(tsl__said){.speech = common->speech, .high = high, .graded = 1}, 1, &taken, err));
    if (taken) { /* in the same order as the two */
        const tsl__said last = naming->said[1];
        naming->said[1] = naming->said[0];
        naming->said[0] = last;
    }
done:
    return status;
}

tsl_status tsl__names_part(tsl__naming_plan *p, size_t a, size_t b, int *changed, tsl_error *err)
{
    const tsl__sayable *by[2] = {NULL, NULL};
    tsl_status status = TSL_OK;
    if (p->naming[a].count == 0 || !find_parting(p, a, b, by)) {
        return TSL_OK;
    }
    const tsl__said common = p->naming[a].said[0];
    for (int i = 0; i < 2; i++) {
        const size_t beyond = tsl__peers_count_beyond(p, by[i]->segment, by[i]->feature, by[i]->high);
        const tsl__said said = {
            .speech = &p->speech[by[i]->feature], .high = by[i]->high, .graded = beyond > 0, .beyond = beyond};
        int taken = 0;
        TSL__TRY(tsl__said_add(p, by[i]->segment, &said, 1, &taken, err));
        *changed |= taken;
        for (size_t s = 0; s < p->k && taken && !common.rank; s++) {
            TSL__TRY(s != a && s != b ? complete(p, s, by[i], &common, err) : TSL_OK);
        }
    }
done:
    return status;
}

/* What the segment is by what the other one says: on the same side of it, on the other, or in the middle. */
static tsl__said find_beside(const tsl__naming_plan *p, size_t s, const tsl__said *theirs)
{
    const size_t f = (size_t)(theirs->speech - p->speech);
    const tsl_trait *own = tsl__naming_get_trait(p, s, f);
    tsl__said said = {.speech = theirs->speech, .high = theirs->high, .medium = 1};
    for (int high = 0; high < 2; high++) {
        if (tsl__peers_are_beside(p, own, high)) {
            const size_t beyond = tsl__peers_count_beyond(p, s, f, high);
            said = (tsl__said){.speech = theirs->speech, .high = high, .graded = 1, .beyond = beyond ? beyond : 1};
        }
    }
    return said;
}

static int is_said(const tsl__naming_plan *p, const tsl__said *said)
{
    int is = 0;
    for (size_t i = 0; i < p->said_count; i++) {
        const tsl__said *other = &p->said[i];
        is = is || (other->speech == said->speech && other->medium == said->medium && other->graded == said->graded &&
                    (said->medium || other->high == said->high));
    }
    return is;
}

tsl_status tsl__names_say_beside(tsl__naming_plan *p, size_t s, int *taken, tsl_error *err)
{
    const tsl__naming *own = &p->naming[s];
    tsl_status status = TSL_OK;
    *taken = 0;
    for (size_t other = 0; other < p->k && !*taken && own->base[0] && own->count == 0; other++) {
        const tsl__naming *theirs = &p->naming[other];
        const tsl__said *first = &theirs->said[0];
        if (other == s || !theirs->base[0] || strcmp(theirs->base[0], own->base[0]) != 0 || theirs->count == 0 ||
            first->rank || !tsl__speech_is_gradable(first->speech)) {
            continue;
        }
        const size_t f = (size_t)(first->speech - p->speech);
        const tsl_trait *trait = tsl__naming_get_trait(p, s, f);
        if (trait && trait->known > 0 && !tsl__peers_are_tied(p, trait, tsl__naming_get_trait(p, other, f))) {
            const tsl__said said = find_beside(p, s, first);
            TSL__TRY(is_said(p, &said) ? TSL_OK : tsl__said_add(p, s, &said, 1, taken, err));
        }
    }
done:
    return status;
}
