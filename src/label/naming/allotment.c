/* allotment.c: who says what: each word is said of one segment alone. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALIKE 1e-9       /* two means, in their own size, that differ by rounding */
#define OVERLAP_MOST 0.5 /* of a trait beside another, that may be told by it */

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

/* The same of another segment; whether that may be is asked before. */
static int is_same_claim(const tsl__said *a, const tsl__said *b)
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
            repeated = words.failed || other.failed       ? -1
                       : is_same_claim(said, &p->said[i]) ? 0
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

static size_t get_place(const tsl__sayable *c)
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
    return !is_spoken_for(p, speech);
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

/* What is said changes the words of what was said of the same feature. */
static void mark_said(tsl__speech *speech, const tsl__said *said, int by)
{
    (said->rank ? speech->ranked : said->graded || said->medium ? speech->between : speech->extreme)[said->high] += by;
}

tsl_status tsl__said_add(tsl__naming_plan *p, size_t s, const tsl__said *said, int whole, int *taken, tsl_error *err)
{
    tsl__naming *naming = &p->naming[s];
    tsl__speech *speech = &p->speech[said->speech - p->speech];
    mark_said(speech, said, 1);
    const int repeated = is_repeated(p, said), fits = whole && !repeated ? is_whole_with(naming, said) : 1;
    *taken = repeated == 0 && fits == 1;
    if (*taken) {
        naming->said[naming->count++] = *said;
        p->said[p->said_count++] = *said;
    } else {
        mark_said(speech, said, -1);
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

/* Whatever is said beside it. */
static tsl_status take(tsl__naming_plan *p, const tsl__sayable *c, int whole, int *taken, tsl_error *err)
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
    if (tsl__said_may(p, c) && !p->used[get_place(c)] && !(above && p->used[get_place(c) | 1])) {
        TSL__TRY(tsl__said_add(p, c->segment, &said, whole, taken, err));
        p->used[get_place(c)] |= (unsigned char)*taken;
        p->used[get_place(c) | 1] |= (unsigned char)(*taken && above);
    }
done:
    return status;
}

tsl_status tsl__said_take(tsl__naming_plan *p, const tsl__sayable *c, int whole, int *taken, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int adds = 0;
    *taken = 0;
    if (tsl__said_may(p, c) && !p->used[get_place(c)]) {
        TSL__TRY(find_whether_adds(p, c, &adds, err));
        TSL__TRY(adds ? take(p, c, whole, taken, err) : TSL_OK);
    }
done:
    return status;
}

static int has_rank(const tsl__naming *naming)
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
    if (naming->anchored || naming->purchases == 0 || has_rank(naming) || naming->count == TSL__SAID_MOST ||
        s >= (size_t)p->job->model->k || p->silent[s]) {
        return TSL_OK;
    }
    const tsl__said said = tsl__rank_find(p, s, at_last);
    return said.rank ? tsl__said_add(p, s, &said, 0, taken, err) : TSL_OK;
}

/* ---- What all are graded by ------------------------------------------------------------ */

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
    const int is_told = p->lead[1] < p->features && !is_spoken_for(p, &p->speech[p->lead[1]]);
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
        return own->count > 0 && theirs->count > 1 && !is_same_claim(&own->said[0], &theirs->said[0]);
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
            if (is_same_claim(&p->naming[other].said[i], &said) && !are_parted(p, c->segment, other, which)) {
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
    if (rivals > 2 && c->graded && !has_rank(naming) && tsl__said_may(p, c)) {
        said.rank = tsl__rank_get(p, c->segment, c->feature, TSL__RANK_STEP, &high);
    }
    if (may_repeat(p, c, which) || (said.rank && high == c->high)) {
        return tsl__said_add(p, c->segment, &said, whole, &taken, err);
    }
    return take(p, c, whole, &taken, err);
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

/* All segments by one of the two columns that lead, in one scale. */
static tsl_status allot_grades(tsl__naming_plan *p, int which, tsl_error *err)
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
            mark_said(&p->speech[last->speech - p->speech], last, -1);
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

/* ---- Second places ---------------------------------------------------------------------- */

/* Says otherwise what the segment is by its place. */
static void reword(tsl__naming_plan *p, tsl__said *said, const tsl__said *as)
{
    tsl__speech *speech = &p->speech[said->speech - p->speech];
    for (size_t i = 0; i < p->said_count; i++) {
        p->said[i] = is_same_claim(&p->said[i], said) ? *as : p->said[i];
    }
    mark_said(speech, said, -1);
    mark_said(speech, as, 1);
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
        (is_so ? p->used[get_place(&as)] : is_medium_said(p, said->speech))) {
        return;
    }
    p->used[get_place(&as)] |= (unsigned char)is_so;
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

/* What all are graded by comes first, or what parts those that are found by states; then the strongest; each segment
 * has its first before any has its second. Those of whom nothing else is left to say are named by what their neighbour
 * is, too, by where they stand among all, or by what they are by the way. */
tsl_status tsl__said_allot(tsl__naming_plan *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(allot_grades(p, 0, err));
    TSL__TRY(allot_grades(p, 1, err));
    TSL__TRY(drop_cut(p, err));
    TSL__TRY(tsl__states_allot(p, err));
    for (int round = FIRST; round < ROUNDS; round++) {
        TSL__TRY(round == RANK || round == LAST ? allot_ranks(p, round == LAST, err) : allot_items(p, round, err));
    }
    TSL__TRY(drop_cut(p, err));
    for (size_t s = 0; s < p->k; s++) {
        TSL__TRY(complete_second(p, s, err));
        TSL__TRY(complete_rivalled(p, s, err));
    }
done:
    return status;
}
