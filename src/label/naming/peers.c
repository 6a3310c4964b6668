/* peers.c: the clusters among each other. Who bought once or never, and is set apart, makes everybody's mean, too, but
 * is no rival: beside him all who came back are frequent. What is said of a cluster holds among its peers as well. */
#include "label/naming/naming.h"

#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>

int tsl__naming_is_told_of(const tsl__naming_plan *p, size_t s)
{
    return s < (size_t)p->job->model->k && p->labels->segments[s].weight > 0 && p->naming[s].purchases != 0;
}

typedef struct sums {
    double weight, sum, square;
} sums;

static void add(sums *to, double w, double t)
{
    to->weight += w;
    to->sum += w * t;
    to->square += w * (t * t);
}

static double get_variance(const sums *of)
{
    const double mean = of->sum / of->weight;
    return of->square / of->weight - mean * mean;
}

/* By how much more everybody varies than the peers do; sums are of what is above the first known value. */
static double get_ratio(const tsl__naming_plan *p, size_t f)
{
    const tsl_features *features = p->labels->features;
    sums all = {0}, peers = {0};
    double origin = NAN;
    for (size_t i = 0; i < p->labels->customers; i++) {
        const double t = tsl__reach_get_value(p, i, f), w = tsl__weight_get(features->weight, i);
        if (!isnan(t) && w > 0) {
            origin = isnan(origin) ? t : origin;
            add(&all, w, t - origin);
            if (tsl__naming_is_told_of(p, (size_t)p->labels->customer_segment[i] - 1)) {
                add(&peers, w, t - origin);
            }
        }
    }
    const double varies = get_variance(&all), within = get_variance(&peers);
    return varies > 0 && within > 0 ? sqrt(varies / within) : 1;
}

static void measure(const tsl__naming_plan *p, size_t f, tsl__peers *out)
{
    double weight = 0, mean = 0, effect = 0;
    int apart = 0, peers = 0;
    *out = (tsl__peers){.ratio = 1};
    for (size_t s = 0; s < p->k; s++) {
        const tsl_trait *trait = p->trait[s * p->features + f];
        const int known = trait && trait->known > 0 && p->labels->segments[s].weight > 0;
        if (known && tsl__naming_is_told_of(p, s)) {
            peers++;
            weight += trait->known * p->labels->segments[s].weight;
            mean += trait->known * p->labels->segments[s].weight * trait->mean;
            effect += trait->effect * p->labels->segments[s].weight;
        } else if (known) {
            apart = 1;
        }
        out->mean = known ? trait->mean_all : out->mean;
    }
    if (apart && peers > 1) {
        *out = (tsl__peers){.mean = mean / weight, .shift = effect / weight, .ratio = get_ratio(p, f)};
    }
}

void tsl__peers_find(const tsl__naming_plan *p)
{
    const int threads = p->job->threads;
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t f = 0; f < p->features; f++) {
        measure(p, f, &p->peers[f]);
    }
}

double tsl__peers_get_effect(const tsl__naming_plan *p, const tsl_trait *trait)
{
    const tsl__peers *peers = &p->peers[trait->feature];
    return (trait->effect - peers->shift * trait->known) * peers->ratio;
}

int tsl__peers_are_beside(const tsl__naming_plan *p, const tsl_trait *trait, int high)
{
    const double sign = high ? 1 : -1;
    return sign * trait->effect >= TSL__TRAIT_LEAST && sign * (trait->mean - trait->mean_all) > 0 &&
           sign * tsl__peers_get_effect(p, trait) >= TSL__TRAIT_LEAST &&
           sign * (trait->mean - p->peers[trait->feature].mean) > 0;
}

int tsl__peers_are_tied(const tsl__naming_plan *p, const tsl_trait *a, const tsl_trait *b)
{
    const tsl__peers *peers = &p->peers[a->feature];
    const double way = fmax(fabs(a->mean - peers->mean), fabs(b->mean - peers->mean));
    return fabs(a->effect - b->effect) * peers->ratio < TSL__RANK_STEP &&
           fabs(a->mean - b->mean) <= TSL__RANK_STEP * way;
}

size_t tsl__peers_count_beyond(const tsl__naming_plan *p, size_t s, size_t f, int high)
{
    const tsl_trait *own = p->trait[s * p->features + f];
    size_t beyond = 0;
    for (size_t other = 0; other < p->k; other++) {
        const tsl_trait *trait = p->trait[other * p->features + f];
        beyond += other != s && tsl__naming_is_told_of(p, other) && trait && trait->known > 0 &&
                  (high ? trait->mean > own->mean : trait->mean < own->mean) && !tsl__peers_are_tied(p, own, trait);
    }
    return beyond;
}
