/* claims.c: what a segment may say of itself, and says: each word is said of one alone. */
#include "label/naming/naming.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

#define ALIKE 1e-9       /* two means, in their own size, that differ by rounding */
#define OVERLAP_MOST 0.5 /* of a trait beside another, that may be told by it */

int tsl__speech_is_spoken_for(const tsl__naming_plan *p, const tsl__speech *speech)
{
    for (size_t i = 0; i < p->said_count && speech->words; i++) {
        const tsl__speech *other = p->said[i].speech;
        if (other->words && other != speech && strcmp(other->topic, speech->topic) == 0 &&
            strcmp(other->value, speech->value) == 0) {
            return 1;
        }
    }
    return 0;
}

int tsl__said_is_same(const tsl__said *a, const tsl__said *b)
{
    return a->speech == b->speech && a->high == b->high && a->graded == b->graded && a->medium == b->medium &&
           a->rank == b->rank && memcmp(a->or_else, b->or_else, sizeof a->or_else) == 0;
}

/* 1 where the same words have been said, of columns that a reader cannot tell from one another; -1: no memory. */
static int is_repeated(const tsl__naming_plan *p, const tsl__said *said)
{
    int repeated = 0;
    for (int lang = 0; lang < TSL_LANGS && !repeated; lang++) {
        tsl__text words = {0}, other = {0};
        tsl__said_write(said, lang, TSL__NAME_WIDTH, &words);
        for (size_t i = 0; i < p->said_count && !repeated; i++) {
            tsl__text_clear(&other);
            tsl__said_write(&p->said[i], lang, TSL__NAME_WIDTH, &other);
            repeated = words.failed || other.failed           ? -1
                       : tsl__said_is_same(said, &p->said[i]) ? 0
                                                              : strcmp(words.data, other.data) == 0;
        }
        tsl__text_free(&words);
        tsl__text_free(&other);
    }
    return repeated;
}

/* How often somebody buys is said once: "frequent" beside "slow to reorder" or "buying less often" puzzles. */
static const char *get_matter(const tsl__speech *speech)
{
    const char *topic = speech->topic;
    return speech->words && (strcmp(topic, "rhythm") == 0 || strcmp(topic, "trend") == 0) ? "frequency" : topic;
}

size_t tsl__sayable_get_place(const tsl__sayable *c)
{
    return c->feature * 4 + (size_t)(c->high * 2 + c->graded);
}

int tsl__said_may(const tsl__naming_plan *p, const tsl__sayable *c)
{
    const tsl__naming *naming = &p->naming[c->segment];
    const tsl__speech *speech = &p->speech[c->feature];
    if (naming->count == TSL__SAID_MOST) {
        return 0;
    }
    if (naming->purchases >= 0 && strcmp(speech->topic, "frequency") == 0) {
        return 0;
    }
    for (size_t i = 0; i < naming->count; i++) {
        if (strcmp(get_matter(naming->said[i].speech), get_matter(speech)) == 0) {
            return 0;
        }
    }
    return !tsl__speech_is_spoken_for(p, speech);
}

/* *adds: 0 where the traits before tell over half of it. */
static tsl_status find_whether_adds(const tsl__naming_plan *p, const tsl__sayable *c, int *adds, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl__naming *naming = &p->naming[c->segment];
    *adds = 1;
    for (size_t i = 0; i < naming->count && *adds; i++) {
        double overlap;
        TSL__TRY(tsl__overlap_get(p, (size_t)(naming->said[i].speech - p->speech), c->feature, &overlap, err));
        *adds = overlap <= OVERLAP_MOST;
    }
done:
    return status;
}

/* Whether a name that says this, too, needs no cutting; -1: no memory. */
static int is_whole_with(const tsl__naming *naming, const tsl__said *said)
{
    tsl__naming longer = *naming;
    longer.said[longer.count++] = *said;
    return tsl__name_is_whole(&longer);
}

void tsl__said_mark(tsl__speech *speech, const tsl__said *said, int by)
{
    (said->rank ? speech->ranked : said->graded || said->medium ? speech->between : speech->extreme)[said->high] += by;
}

tsl_status tsl__said_add(tsl__naming_plan *p, size_t s, const tsl__said *said, int whole, int *taken, tsl_error *err)
{
    tsl__naming *naming = &p->naming[s];
    tsl__speech *speech = &p->speech[said->speech - p->speech];
    tsl__said_mark(speech, said, 1);
    const int repeated = is_repeated(p, said), fits = whole && !repeated ? is_whole_with(naming, said) : 1;
    *taken = repeated == 0 && fits == 1;
    if (*taken) {
        naming->said[naming->count++] = *said;
        p->said[p->said_count++] = *said;
    } else {
        tsl__said_mark(speech, said, -1);
    }
    return repeated < 0 || fits < 0 ? tsl__error_nomem(err) : TSL_OK;
}

/* Whether another one has more of it, if not clearly. */
static int is_exceeded(const tsl__naming_plan *p, const tsl__sayable *c)
{
    const double own = tsl__naming_get_trait(p, c->segment, c->feature)->mean;
    int exceeded = 0;
    for (size_t other = 0; other < p->k && !c->graded; other++) {
        const tsl_trait *trait = tsl__naming_get_trait(p, other, c->feature);
        const double more = trait && trait->known > 0 ? (c->high ? 1 : -1) * (trait->mean - own) : 0;
        exceeded = exceeded || (other != c->segment && tsl__naming_is_told_of(p, other) && more > ALIKE * fabs(own));
    }
    return exceeded;
}

tsl_status tsl__said_insist(tsl__naming_plan *p, const tsl__sayable *c, int whole, int *taken, tsl_error *err)
{
    tsl__said said = {.speech = &p->speech[c->feature], .high = c->high, .graded = c->graded};
    tsl_status status = TSL_OK;
    const int above = is_exceeded(p, c); /* none is clearly higher, but one is: so much alone is certain */
    int high = 0;
    said.graded = said.graded || above;
    if (said.graded) {
        const size_t beyond = tsl__peers_count_beyond(p, c->segment, c->feature, c->high);
        said.beyond = beyond ? beyond : 1;
    }
    if (c->graded) {
        said.place = tsl__rank_get(p, c->segment, c->feature, TSL__RANK_STEP, &high);
        said.place = high == c->high ? said.place : 0;
    }
    *taken = 0;
    if (tsl__said_may(p, c) && !p->used[tsl__sayable_get_place(c)] &&
        !(above && p->used[tsl__sayable_get_place(c) | 1])) {
        TSL__TRY(tsl__said_add(p, c->segment, &said, whole, taken, err));
        p->used[tsl__sayable_get_place(c)] |= (unsigned char)*taken;
        p->used[tsl__sayable_get_place(c) | 1] |= (unsigned char)(*taken && above);
    }
done:
    return status;
}

tsl_status tsl__said_take(tsl__naming_plan *p, const tsl__sayable *c, int whole, int *taken, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int adds = 0;
    *taken = 0;
    if (tsl__said_may(p, c) && !p->used[tsl__sayable_get_place(c)]) {
        TSL__TRY(find_whether_adds(p, c, &adds, err));
        TSL__TRY(adds ? tsl__said_insist(p, c, whole, taken, err) : TSL_OK);
    }
done:
    return status;
}

int tsl__naming_has_rank(const tsl__naming *naming)
{
    int has = 0;
    for (size_t i = 0; i < naming->count; i++) {
        has |= naming->said[i].rank > 0;
    }
    return has;
}

tsl_status tsl__rank_take(tsl__naming_plan *p, size_t s, int at_last, int *taken, tsl_error *err)
{
    const tsl__naming *naming = &p->naming[s];
    *taken = 0;
    if (naming->anchored || naming->purchases == 0 || tsl__naming_has_rank(naming) || naming->count == TSL__SAID_MOST ||
        s >= (size_t)p->job->model->k || p->silent[s]) {
        return TSL_OK;
    }
    const tsl__said said = tsl__rank_find(p, s, at_last);
    return said.rank ? tsl__said_add(p, s, &said, 0, taken, err) : TSL_OK;
}
