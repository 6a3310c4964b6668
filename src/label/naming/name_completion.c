/* name_completion.c: names that are not whole: a second place, and what another one has as much of, have something
 * beside them, or are said otherwise. */
#include "label/naming/naming.h"

#include "base/error.h"

#include <math.h>

/* Says otherwise what the segment is by its place. */
static void reword(tsl__naming_plan *p, tsl__said *said, const tsl__said *as)
{
    tsl__speech *speech = &p->speech[said->speech - p->speech];
    for (size_t i = 0; i < p->said_count; i++) {
        p->said[i] = tsl__said_is_same(&p->said[i], said) ? *as : p->said[i];
    }
    tsl__said_mark(speech, said, -1);
    tsl__said_mark(speech, as, 1);
    *said = *as;
}

static int is_medium_said(const tsl__naming_plan *p, const tsl__speech *speech)
{
    int said = 0;
    for (size_t i = 0; i < p->said_count; i++) {
        said |= p->said[i].speech == speech && p->said[i].medium;
    }
    return said;
}

/* The second place is "high" where the first is "highest", or "medium" where it is about the mean of all, unless others
 * have places, too, or are called so. */
static void grade_second(tsl__naming_plan *p, size_t s)
{
    tsl__said *said = &p->naming[s].said[0];
    const size_t f = (size_t)(said->speech - p->speech);
    const tsl_trait *trait = tsl__naming_get_trait(p, s, f);
    const tsl__sayable as = {.segment = s, .feature = f, .high = said->high, .graded = 1};
    const int is_so = tsl__peers_are_beside(p, trait, said->high);
    if (said->speech->ranked[said->high] > 1 || !tsl__speech_is_gradable(said->speech) ||
        (is_so ? p->used[tsl__sayable_get_place(&as)] : is_medium_said(p, said->speech))) {
        return;
    }
    p->used[tsl__sayable_get_place(&as)] |= (unsigned char)is_so;
    reword(p, said,
           &(tsl__said){.speech = said->speech, .high = said->high, .graded = is_so, .medium = !is_so, .beyond = 1});
}

/* A second place is no whole name: it has another trait beside it, however weak, or none is left. */
static tsl_status complete_second(tsl__naming_plan *p, size_t s, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl__naming *naming = &p->naming[s];
    int taken = 0;
    if (naming->base[0] || naming->count != 1 || naming->said[0].rank != 2) {
        return TSL_OK;
    }
    for (size_t i = 0; i < p->count && !taken; i++) {
        TSL__TRY(p->item[i].segment == s ? tsl__said_take(p, &p->item[i], 1, &taken, err) : TSL_OK);
    }
    grade_second(p, s);
done:
    return status;
}

/* A middling place, where it has one. */
static tsl_status add_medium(tsl__naming_plan *p, size_t s, tsl_error *err)
{
    const tsl__said found = tsl__rank_find(p, s, 1);
    const tsl__said said = {.speech = found.speech, .high = found.high, .medium = 1};
    int taken;
    if (found.rank != 2 || !tsl__speech_is_gradable(found.speech) || found.speech->ranked[found.high] ||
        is_medium_said(p, found.speech)) {
        return TSL_OK;
    }
    const tsl_trait *trait = tsl__naming_get_trait(p, s, (size_t)(found.speech - p->speech));
    return fabs(trait->effect) < TSL__TRAIT_LEAST && fabs(tsl__peers_get_effect(p, trait)) < TSL__TRAIT_LEAST
               ? tsl__said_add(p, s, &said, 1, &taken, err)
               : TSL_OK;
}

/* Whether another one has as much of what the segment alone is said to have. */
static int is_rivalled(const tsl__naming_plan *p, size_t s)
{
    const tsl__said *said = &p->naming[s].said[0];
    const size_t f = (size_t)(said->speech - p->speech);
    int rivalled = 0;
    for (size_t other = 0; other < p->k && tsl__speech_is_gradable(said->speech); other++) {
        const tsl_trait *trait = tsl__naming_get_trait(p, other, f);
        rivalled = rivalled || (other != s && tsl__naming_is_told_of(p, other) && trait && trait->known > 0 &&
                                tsl__peers_are_tied(p, tsl__naming_get_trait(p, s, f), trait));
    }
    return rivalled && said->speech->extreme[said->high] == 1;
}

/* Such a trait is no whole name: another one stands beside it, or that it is middling in something. */
static tsl_status complete_rivalled(tsl__naming_plan *p, size_t s, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl__naming *naming = &p->naming[s];
    int taken = 0;
    if (naming->base[0] || naming->count != 1 || naming->said[0].rank || naming->said[0].graded || !is_rivalled(p, s)) {
        return TSL_OK;
    }
    for (size_t i = 0; i < p->count && !taken; i++) {
        TSL__TRY(p->item[i].segment == s && !p->item[i].spare ? tsl__said_take(p, &p->item[i], 1, &taken, err)
                                                              : TSL_OK);
    }
    TSL__TRY(taken ? TSL_OK : add_medium(p, s, err));
done:
    return status;
}

tsl_status tsl__names_complete(tsl__naming_plan *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t s = 0; s < p->k; s++) {
        TSL__TRY(complete_second(p, s, err));
        TSL__TRY(complete_rivalled(p, s, err));
    }
done:
    return status;
}
