/* allotment.c: who says what: each word is said of one segment alone. */
#include "label/naming/naming.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

/* One of a kind ("high spend" of this year and of all years) speaks for all of its topic. */
static int is_spoken_for(const tsl__naming_plan *p, const tsl__speech *speech)
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
            repeated = words.failed || other.failed ? -1 : strcmp(words.data, other.data) == 0;
        }
        tsl__text_free(&words);
        tsl__text_free(&other);
    }
    return repeated;
}

static size_t get_place(const tsl__sayable *c)
{
    return c->feature * 4 + (size_t)(c->high * 2 + c->graded);
}

static int can_say(const tsl__naming_plan *p, const tsl__sayable *c)
{
    const tsl__naming *naming = &p->naming[c->segment];
    const tsl__speech *speech = &p->speech[c->feature];
    if (naming->count == TSL__SAID_MOST || p->used[get_place(c)]) {
        return 0;
    }
    if (naming->purchases >= 0 && strcmp(speech->topic, "frequency") == 0) {
        return 0;
    }
    for (size_t i = 0; i < naming->count; i++) {
        if (strcmp(naming->said[i].speech->topic, speech->topic) == 0) {
            return 0;
        }
    }
    return !is_spoken_for(p, speech);
}

/* *taken: 1 where it is said from now on. */
tsl_status tsl__said_take(tsl__naming_plan *p, const tsl__sayable *c, int *taken, tsl_error *err)
{
    tsl__naming *naming = &p->naming[c->segment];
    const tsl__said said = {&p->speech[c->feature], c->high, c->graded};
    *taken = 0;
    if (!can_say(p, c)) {
        return TSL_OK;
    }
    const int repeated = is_repeated(p, &said);
    if (repeated == 0) {
        naming->said[naming->count++] = said;
        p->said[p->said_count++] = said;
        p->used[get_place(c)] = 1;
        *taken = 1;
    }
    return repeated < 0 ? tsl__error_nomem(err) : TSL_OK;
}

enum { FIRST, SECOND, SHARED, ROUNDS };

/* Whether a segment may say it in this round. */
static int is_due(const tsl__sayable *c, const tsl__naming *naming, int round)
{
    const double least = round == SECOND && !naming->anchored ? TSL__TRAIT_STRONG : TSL__TRAIT_LEAST;
    return naming->count == (round == SECOND) && c->shared == (round == SHARED) && naming->purchases != 0 &&
           c->effect >= least;
}

/* The strongest first; each segment has its first before any has its second. Those
 * of whom nothing else is left to say are named by what their neighbour is, too. */
tsl_status tsl__said_allot(tsl__naming_plan *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int round = FIRST; round < ROUNDS; round++) {
        for (size_t i = 0; i < p->count; i++) {
            const tsl__sayable *c = &p->item[i];
            int taken;
            if (is_due(c, &p->naming[c->segment], round)) {
                TSL__TRY(tsl__said_take(p, c, &taken, err));
            }
        }
    }
done:
    return status;
}
