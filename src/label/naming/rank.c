/* rank.c: segments in between by their place: "second-highest income". */
#include "label/naming/naming.h"

#include "label/place_words.h"

#include <math.h>
#include <string.h>

#define STEP_AT_LAST 0.1
#define LABEL_MOST 24   /* characters: "days since last purchase" */
#define FOUND_FIRST 1e9 /* what clusters are found by comes before all else */
#define SHORT_FIRST 1e3 /* then what has a short word */

int tsl__rank_get(const tsl__naming_plan *p, size_t s, size_t f, double step, int *high)
{
    const tsl_trait *own = p->trait[s * p->features + f];
    int above = 0, below = 0;
    for (size_t other = 0; other < p->k; other++) {
        const tsl_trait *trait = p->trait[other * p->features + f];
        if (other == s || !trait || !(trait->known > 0)) {
            continue;
        }
        if (trait->mean > own->mean && trait->effect - own->effect >= step) {
            above++;
        } else if (trait->mean < own->mean && own->effect - trait->effect >= step) {
            below++;
        } else {
            return 0;
        }
    }
    *high = above <= below;
    const int rank = 1 + (*high ? above : below);
    return rank > 1 && rank <= TSL__PLACE_LAST ? rank : 0;
}

/* What one can have more or less of, in few words. Who bought once, or never, has no rhythm. */
static int is_countable(const tsl__naming_plan *p, size_t s, const tsl__speech *speech)
{
    const int once = p->naming[s].purchases >= 0 && strcmp(speech->topic, "frequency") == 0;
    return !once && (speech->words ? *speech->words->unit && !*speech->value &&
                                         tsl__text_width(speech->words->label[0]) <= LABEL_MOST
                                   : !speech->yes_no);
}

/* Clusters are found by it, and many more, or fewer, are or have it than of all. */
static int is_other_state(const tsl__speech *speech, const tsl_trait *trait)
{
    return tsl__speech_is_state(speech) && speech->found_by && fabs(trait->mean - trait->mean_all) >= TSL__STATE_APART;
}

int tsl__rank_is_average(const tsl__naming_plan *p, size_t s)
{
    for (size_t f = 0; f < p->features; f++) {
        const tsl__speech *speech = &p->speech[f];
        const tsl_trait *trait = p->trait[s * p->features + f];
        if (!speech->topic || !tsl__feature_is_nameable(speech->feature) || !trait ||
            !(fabs(trait->effect) >= TSL__TRAIT_LEAST)) {
            continue;
        }
        if (is_countable(p, s, speech) || is_other_state(speech, trait)) {
            return 0;
        }
    }
    return 1;
}

static int is_said(const tsl__naming *naming, const char *topic)
{
    int said = 0;
    for (size_t i = 0; i < naming->count; i++) {
        said |= strcmp(naming->said[i].speech->topic, topic) == 0;
    }
    return said;
}

tsl__said tsl__rank_find(const tsl__naming_plan *p, size_t s, int at_last)
{
    tsl__said found = {0};
    const double least = at_last ? 0 : TSL__TRAIT_LEAST, step = at_last ? STEP_AT_LAST : TSL__RANK_STEP;
    double best = -1;
    for (size_t f = 0; f < p->features && p->k <= TSL__NAMES_CHECKED && p->labels->segments[s].weight > 0; f++) {
        const tsl__speech *speech = &p->speech[f];
        const tsl_trait *trait = p->trait[s * p->features + f];
        int high;
        if (!speech->topic || !tsl__feature_is_nameable(speech->feature) || !is_countable(p, s, speech) || !trait ||
            is_said(&p->naming[s], speech->topic) || !(trait->known > 0) || !(fabs(trait->effect) >= least)) {
            continue;
        }
        const double strength = fabs(trait->effect) + (speech->found_by ? FOUND_FIRST : 0) +
                                (tsl__speech_is_gradable(speech) ? SHORT_FIRST : 0);
        const int rank = strength > best ? tsl__rank_get(p, s, f, step, &high) : 0;
        if (rank && tsl__repeats_are_so(p, s, f, high)) {
            best = strength;
            found = (tsl__said){.speech = speech, .high = high, .rank = rank};
        }
    }
    return found;
}
