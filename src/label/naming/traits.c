/* traits.c: how much each feature sets each segment apart. */
#include "label/naming/effect.h"
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/columns/normalise.h"
#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct sums {
    double raw;
    tsl__effect_sums effect;
} sums;

/* One feature's traits in all segments; scratch has a place a segment and one for all. */
static void measure(const tsl_labels *labels, size_t f, sums *scratch, size_t place)
{
    const tsl_features *features = labels->features;
    size_t k = labels->segment_count;
    double origin = NAN, weight = 0;
    memset(scratch, 0, (k + 1) * sizeof *scratch);
    for (size_t i = 0; i < labels->customers; i++) {
        double x = features->x[i * features->feature_count + f];
        double w = tsl__weight_get(features->weight, i);
        weight += w;
        if (!isnan(x) && w > 0) {
            double t = tsl__transform_get(features->feature[f].transform, x);
            sums *s = &scratch[labels->customer_segment[i] - 1], *all = &scratch[k];
            origin = isnan(origin) ? t : origin;
            s->raw += w * x;
            all->raw += w * x;
            tsl__effect_add(&s->effect, &all->effect, t - origin, w);
        }
    }
    const sums *all = &scratch[k];
    double n = all->effect.known;
    for (size_t s = 0; s < k; s++) {
        double m = scratch[s].effect.known, size = labels->segments[s].weight;
        labels->segments[s].trait[place] = (tsl_trait){
            .feature = f,
            .mean = m > 0 ? scratch[s].raw / m : NAN,
            .mean_all = n > 0 ? all->raw / n : NAN,
            .effect = tsl__effect_get(&scratch[s].effect, &all->effect, size),
            .known = size > 0 ? m / size : 0,
            .known_all = n / weight,
        };
    }
}

static int compare_traits(const void *pa, const void *pb)
{
    const tsl_trait *a = pa, *b = pb;
    double x = fabs(a->effect), y = fabs(b->effect);
    if (x != y) {
        return x > y ? -1 : 1;
    }
    return (a->feature > b->feature) - (a->feature < b->feature);
}

tsl_status tsl__traits_fill(const tsl__labeling *job, tsl_error *err)
{
    const int threads = job->threads;
    tsl_labels *labels = job->labels;
    const tsl_features *features = labels->features;
    size_t count = 0, k = labels->segment_count;
    size_t *chosen = tsl__alloc(features->feature_count, sizeof *chosen);
    if (!chosen) {
        return tsl__error_nomem(err);
    }
    for (size_t f = 0; f < features->feature_count; f++) {
        if (!features->feature[f].profile && !features->feature[f].sensitive && !features->feature[f].outcome) {
            chosen[count++] = f;
        }
    }
    tsl_status status = TSL_OK;
    for (size_t s = 0; s < k && status == TSL_OK; s++) {
        labels->segments[s].trait = tsl__alloc_zero(count, sizeof(tsl_trait));
        labels->segments[s].trait_count = count;
        status = labels->segments[s].trait ? TSL_OK : TSL_E_NOMEM;
    }
    sums *scratch = tsl__alloc((size_t)threads * (k + 1), sizeof *scratch);
    status = scratch ? status : TSL_E_NOMEM;
    if (status == TSL_OK) {
        sums *next = scratch;
#pragma omp parallel num_threads(threads)
        {
            sums *own;
#pragma omp critical
            {
                own = next;
                next += k + 1;
            }
#pragma omp for schedule(dynamic, 1)
            for (size_t c = 0; c < count; c++) {
                measure(labels, chosen[c], own, c);
            }
        }
        for (size_t s = 0; s < k; s++) {
            qsort(labels->segments[s].trait, count, sizeof(tsl_trait), compare_traits);
        }
    }
    free(scratch);
    free(chosen);
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}
