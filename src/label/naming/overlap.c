/* overlap.c: whether a second trait says anything that the first does not. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/columns/normalise.h"
#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>

#define ROWS_MOST 4096

/* Sums over those of a segment for whom both are known. */
typedef struct pair_sums {
    double weight, x, y, xx, yy, xy;
} pair_sums;

static void add_row(const tsl_features *features, size_t i, size_t f, size_t g, pair_sums *sums)
{
    const double *row = features->x + i * features->feature_count;
    const double w = tsl__weight_get(features->weight, i);
    if (w > 0 && !isnan(row[f]) && !isnan(row[g])) {
        const double x = tsl__transform_get(features->feature[f].transform, row[f]);
        const double y = tsl__transform_get(features->feature[g].transform, row[g]);
        sums->weight += w;
        sums->x += w * x;
        sums->y += w * y;
        sums->xx += w * (x * x);
        sums->yy += w * (y * y);
        sums->xy += w * (x * y);
    }
}

tsl_status tsl__overlap_get(const tsl__naming_plan *p, size_t f, size_t g, double *out, tsl_error *err)
{
    const tsl_labels *labels = p->labels;
    const size_t step = labels->customers / ROWS_MOST + 1;
    tsl_status status = TSL_OK;
    pair_sums *sums = NULL;
    double xx = 0, yy = 0, xy = 0, scale_x = 0, scale_y = 0;
    *out = 0;
    TSL__NEED(sums = tsl__alloc_zero(p->k, sizeof *sums));
    for (size_t i = 0; i < labels->customers; i += step) {
        add_row(labels->features, i, f, g, &sums[labels->customer_segment[i] - 1]);
    }
    for (size_t s = 0; s < p->k; s++) {
        const pair_sums *of = &sums[s];
        if (of->weight > 0) {
            xx += of->xx - of->x * of->x / of->weight;
            yy += of->yy - of->y * of->y / of->weight;
            xy += of->xy - of->x * of->y / of->weight;
            scale_x += of->xx;
            scale_y += of->yy;
        }
    }
    /* What is left of rounding is no spread. */
    if (xx > 1e-9 * scale_x && yy > 1e-9 * scale_y) {
        *out = xy * xy / (xx * yy);
    }
done:
    free(sums);
    return status;
}
