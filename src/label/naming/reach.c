/* reach.c: how far apart segments lie, for names: a few rows far from all others widen the standard deviation until
 * nobody differs by it. Values beyond the outer fences count as though they lay on them. Tukey (1977), Exploratory Data
 * Analysis, section 2D. docs/methods/segment-names.md. */
#include "label/naming/effect.h"
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/columns/normalise.h"
#include "stat/quantile.h"
#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>

#define ROWS_MOST 16384 /* that quartiles are taken of */
#define FEW 0.05        /* of the customers */
#define OUTER 3         /* midspreads beyond the quartiles */

double tsl__reach_get_value(const tsl__naming_plan *p, size_t i, size_t f)
{
    const tsl_features *features = p->labels->features;
    const double x = features->x[i * features->feature_count + f];
    const double t = isnan(x) ? x : tsl__transform_get(features->feature[f].transform, x);
    const tsl__reach *reach = &p->reach[f];
    return isnan(t) ? t : t < reach->low ? reach->low : t > reach->high ? reach->high : t;
}

/* The outer fences; where most values are the same, nothing is far. */
static void find_fences(const tsl__naming_plan *p, size_t f, double *value)
{
    static const double quarters[] = {.25, .75};
    const tsl_labels *labels = p->labels;
    const size_t step = labels->customers / ROWS_MOST + 1;
    double quartile[2] = {0, 0};
    size_t n = 0;
    p->reach[f] = (tsl__reach){-INFINITY, INFINITY};
    for (size_t i = 0; i < labels->customers; i += step) {
        const double t = tsl__reach_get_value(p, i, f);
        if (!isnan(t) && tsl__weight_get(labels->features->weight, i) > 0) {
            value[n++] = t;
        }
    }
    if (n > 0) {
        tsl__quantiles(value, n, quarters, 2, quartile);
    }
    const double midspread = quartile[1] - quartile[0];
    if (midspread > 0) {
        p->reach[f] = (tsl__reach){quartile[0] - OUTER * midspread, quartile[1] + OUTER * midspread};
    }
}

/* The effects in the feature once more, with all within reach; sums: one a segment, and one for all. */
static void measure_within(const tsl__naming_plan *p, size_t f, tsl__effect_sums *sums)
{
    const tsl_labels *labels = p->labels;
    double origin = NAN;
    for (size_t s = 0; s <= p->k; s++) {
        sums[s] = (tsl__effect_sums){0};
    }
    for (size_t i = 0; i < labels->customers; i++) {
        const double value = tsl__reach_get_value(p, i, f), w = tsl__weight_get(labels->features->weight, i);
        if (!isnan(value) && w > 0) {
            origin = isnan(origin) ? value : origin;
            tsl__effect_add(&sums[labels->customer_segment[i] - 1], &sums[p->k], value - origin, w);
        }
    }
    for (size_t s = 0; s < p->k; s++) {
        p->within[s * p->features + f].effect = tsl__effect_get(&sums[s], &sums[p->k], labels->segments[s].weight);
    }
}

/* Whether values lie beyond the fences: of few, else that is how the column spreads, and all of it counts. */
static int reaches_beyond(const tsl__naming_plan *p, size_t f)
{
    const tsl_features *features = p->labels->features;
    const tsl__reach reach = p->reach[f];
    double beyond = 0, known = 0;
    for (size_t i = 0; i < features->customers && isfinite(reach.high); i++) {
        const double x = features->x[i * features->feature_count + f], w = tsl__weight_get(features->weight, i);
        const double t = isnan(x) ? x : tsl__transform_get(features->feature[f].transform, x);
        known += isnan(t) ? 0 : w;
        beyond += t < reach.low || t > reach.high ? w : 0;
    }
    if (!(beyond > 0 && beyond <= FEW * known)) {
        p->reach[f] = (tsl__reach){-INFINITY, INFINITY};
        return 0;
    }
    return 1;
}

/* The traits of all segments, into the plan. */
static void take_traits(tsl__naming_plan *p)
{
    for (size_t s = 0; s < p->k; s++) {
        const tsl_segment *segment = &p->labels->segments[s];
        for (size_t i = 0; i < segment->trait_count; i++) {
            const size_t place = s * p->features + segment->trait[i].feature;
            p->within[place] = segment->trait[i];
            p->trait[place] = &p->within[place];
        }
    }
}

tsl_status tsl__reach_find(tsl__naming_plan *p, tsl_error *err)
{
    const int threads = p->job->threads;
    const size_t each = p->k + 1;
    tsl_status status = TSL_OK;
    size_t taken = 0;
    tsl__effect_sums *sums = NULL;
    double *value = NULL;
    TSL__NEED(sums = tsl__alloc((size_t)threads * each, sizeof *sums));
    TSL__NEED(value = tsl__alloc((size_t)threads * ROWS_MOST, sizeof *value));
    take_traits(p);
#pragma omp parallel num_threads(threads)
    {
        size_t own;
#pragma omp critical
        own = taken++;
#pragma omp for schedule(dynamic, 1)
        for (size_t f = 0; f < p->features; f++) {
            find_fences(p, f, value + own * ROWS_MOST);
            if (reaches_beyond(p, f)) {
                measure_within(p, f, sums + own * each);
            }
        }
    }
done:
    free(sums);
    free(value);
    return status;
}
