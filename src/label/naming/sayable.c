/* sayable.c: what could be said of each segment: what sets it apart from everybody and
 * from its nearest neighbour, in words that are true of it beside all others. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* In standard deviations of the population. */
#define LEAST_APART 0.5      /* from the nearest neighbour, beside a base */
#define LEAST_APART_BARE 0.2 /* likewise, without a base */
#define ALIKE 1e-9           /* two effects, or two means in their own size, that differ by rounding */
#define LAST_OF_ALL 1e-3     /* likewise where the neighbour has as much of it */
#define BY_THE_WAY 0.5       /* what counts of a trait that no cluster is found by, where there is no base */

/* ---- Neighbours and extremes ----------------------------------------------------------- */

/* The nearest other cluster of each, of those that somebody is in. */
static tsl_status find_neighbours(const tsl__naming_plan *p, tsl_error *err)
{
    const tsl_model *model = p->job->model;
    const tsl_exec exec = {.size = sizeof exec, .threads = p->job->threads};
    const size_t k = (size_t)model->k, cols = model->cols;
    tsl_status status = TSL_OK;
    tsl_assignment near = {0};
    double *centre = NULL;
    size_t *segment = NULL;
    TSL__NEED(centre = tsl__alloc(k, cols * sizeof *centre));
    TSL__NEED(segment = tsl__alloc(k, sizeof *segment));
    TSL__NEED(near.label = tsl__alloc(k, sizeof *near.label));
    TSL__NEED(near.runner_up = tsl__alloc(k, sizeof *near.runner_up));
    for (size_t s = 0; s < p->k; s++) {
        p->neighbour[s] = p->k;
        if (s < k && p->labels->segments[s].weight > 0) {
            memcpy(centre + near.rows * cols, model->center + s * cols, cols * sizeof *centre);
            segment[near.rows++] = s;
        }
    }
    if (near.rows > 1) {
        const tsl_matrix x = {centre, near.rows, cols, cols, TSL_F64};
        TSL__TRY(tsl_kmeans_predict(&x, centre, (int)near.rows, &exec, &near, err));
        for (size_t i = 0; i < near.rows; i++) {
            const size_t other = (size_t)(near.label[i] == (int32_t)i ? near.runner_up[i] : near.label[i]);
            p->neighbour[segment[i]] = segment[other];
        }
    }
done:
    free(centre);
    free(segment);
    free(near.label);
    free(near.runner_up);
    return status;
}

const tsl_trait *tsl__naming_get_trait(const tsl__naming_plan *p, size_t s, size_t f)
{
    return p->trait[s * p->features + f];
}

/* Who never bought has little of all that buyers have: that is no extreme. */
static int counts(const tsl__naming_plan *p, size_t s, size_t f)
{
    const tsl_trait *trait = tsl__naming_get_trait(p, s, f);
    return trait && trait->known > 0 &&
           !(p->naming[s].purchases == 0 && p->speech[f].words && p->speech[f].words->buying);
}

static void find_extremes(const tsl__naming_plan *p)
{
    for (size_t f = 0; f < p->features; f++) {
        tsl__extremes *e = &p->bounds[f];
        *e = (tsl__extremes){{INFINITY, -INFINITY}, {p->k, p->k}};
        for (size_t s = 0; s < p->k; s++) {
            for (int high = 0; high < 2 && counts(p, s, f); high++) {
                const double mean = tsl__naming_get_trait(p, s, f)->mean;
                if (high ? mean > e->mean[1] : mean < e->mean[0]) {
                    e->mean[high] = mean;
                    e->segment[high] = s;
                }
            }
        }
    }
}

/* ---- What could be said ---------------------------------------------------------------- */

/* A trait says something where there are words for that side of it: "not north" tells little. What one is or
 * is not is said of a segment only where it holds for most of it, and silence where most have been silent for
 * longer than is usual; of these nobody buys more than before. */
static int is_telling(const tsl__naming_plan *p, size_t s, const tsl__speech *speech, const tsl_trait *trait, int high)
{
    if (speech->words) {
        const int silence = strcmp(speech->words->topic, "recency") == 0;
        const int silent = high == (strcmp(speech->feature->name, "recency_days") == 0);
        const int trend = strcmp(speech->words->topic, "trend") == 0, rising = high && trend;
        return tsl__repeats_are_so(p, s, (size_t)(speech - p->speech), high) && (high || speech->words->low[0]) &&
               !(silence && p->quiet[s] >= 0 && p->quiet[s] != silent) && !(rising && p->quiet[s] == 1);
    }
    return !speech->yes_no || ((high ? trait->mean : 1 - trait->mean) * trait->known > 0.5 &&
                               (high || speech->feature->form != TSL_FORM_VALUE));
}

/* What somebody is or has is told by shares that differ plainly, not by standard deviations: a rare thing has small
 * ones. */
static int is_plain_state(const tsl_trait *trait, const tsl_trait *near, double sign)
{
    return sign * (trait->mean - trait->mean_all) >= TSL__STATE_APART &&
           !(near && sign * (trait->mean - near->mean) < TSL__STATE_APART);
}

/* Whether its nearest neighbour is so, too; near: the neighbour's trait, or NULL. */
static int is_shared(const tsl_trait *trait, const tsl_trait *near, double apart, int based)
{
    return !(apart >= (based ? LEAST_APART : LEAST_APART_BARE)) ||
           (near && (trait->effect > 0 ? trait->mean < near->mean : trait->mean > near->mean));
}

/* Whether no other segment's mean is beyond it, or none by so much that it would have another place. */
static int is_last(const tsl__naming_plan *p, size_t s, size_t f, int high)
{
    const tsl_trait *trait = tsl__naming_get_trait(p, s, f);
    const tsl__extremes *e = &p->bounds[f];
    return (high ? 1 : -1) * (e->mean[high] - trait->mean) <= ALIKE * fabs(trait->mean) ||
           (tsl__speech_is_gradable(&p->speech[f]) && e->segment[high] < p->k &&
            tsl__peers_are_tied(p, trait, tsl__naming_get_trait(p, e->segment[high], f)));
}

/* Whether it may be said, though the nearest neighbour is so, too. */
static int is_said_alike(const tsl__speech *speech, int most, double effect)
{
    return most ? !tsl__speech_is_state(speech) && effect >= TSL__TRAIT_STRONG : tsl__speech_is_gradable(speech);
}

static void add_item(tsl__naming_plan *p, size_t s, size_t f)
{
    const tsl__speech *speech = &p->speech[f];
    const tsl_trait *trait = tsl__naming_get_trait(p, s, f);
    const size_t n = p->neighbour[s];
    const tsl_trait *near = n < p->k ? tsl__naming_get_trait(p, n, f) : NULL;
    const int high = trait->effect > 0, based = p->naming[s].anchored, state = tsl__speech_is_state(speech);
    const double sign = high ? 1 : -1, effect = fabs(trait->effect);
    const double apart = near ? sign * (trait->effect - near->effect) : effect;
    if (!tsl__peers_are_beside(p, trait, high) || (based && speech->told) || !counts(p, s, f) ||
        !is_telling(p, s, speech, trait, high) || (state && !is_plain_state(trait, near, sign))) {
        return;
    }
    const int most = is_last(p, s, f, high);
    const int shared = is_shared(trait, near, apart, based), leads = f == p->lead[0] || f == p->lead[1];
    const int spare = shared && (!most || (near && tsl__peers_are_tied(p, trait, near)));
    if (leads || (shared ? is_said_alike(speech, most, effect) && !based : most || tsl__speech_is_gradable(speech))) {
        const double weight =
            (most ? 1 : .5) * (spare ? LAST_OF_ALL : 1) * (based || speech->found_by ? 1 : BY_THE_WAY);
        p->item[p->count++] = (tsl__sayable){
            .segment = s,
            .feature = f,
            .high = high,
            .graded = !most,
            .shared = shared,
            .spare = spare,
            .led = f == p->lead[1] && (p->narrow || (!shared && effect >= TSL__TRAIT_STRONG)),
            .effect = effect,
            .strength = (shared ? effect : fmin(effect, apart)) * weight,
        };
    }
}

static int compare_items(const void *pa, const void *pb)
{
    const tsl__sayable *a = pa, *b = pb;
    if (a->strength != b->strength) {
        return a->strength > b->strength ? -1 : 1;
    }
    if (a->segment != b->segment) {
        return a->segment < b->segment ? -1 : 1;
    }
    return (a->feature > b->feature) - (a->feature < b->feature);
}

/* Those who are set apart, and those whom nobody is in, are what they are. */
static void find_items(tsl__naming_plan *p)
{
    for (size_t s = 0; s < p->k && s < (size_t)p->job->model->k; s++) {
        for (size_t f = 0; f < p->features && p->labels->segments[s].weight > 0 && !p->silent[s]; f++) {
            if (tsl__naming_get_trait(p, s, f) && p->speech[f].topic &&
                tsl__feature_is_nameable(p->speech[f].feature)) {
                add_item(p, s, f);
            }
        }
    }
    qsort(p->item, p->count, sizeof *p->item, compare_items);
}

tsl_status tsl__sayable_find(tsl__naming_plan *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__speech_fill(p, err));
    TSL__TRY(find_neighbours(p, err));
    TSL__TRY(tsl__reach_find(p, err));
    find_extremes(p);
    tsl__peers_find(p);
    TSL__TRY(tsl__leads_find(p, err));
    find_items(p);
done:
    return status;
}
