/* segment_drift.c: sizes and distances of the segments against those of the fit,
 * one by one and together. */
#include "label/evolution/segment_drift.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/stability.h"

#include <math.h>
#include <stdlib.h>

#define NORMAL_999 3.0902 /* what the normal distribution exceeds once in 1,000 times */
#define ROUNDING 1e-9     /* of the centres' size: distances that are no more are none */

void tsl__segment_sum_add(tsl__segment_sum *sum, double distance, double weight)
{
    sum->size++;
    sum->weight += weight;
    sum->weight_square += weight * weight;
    sum->distance += weight * distance;
    sum->distance_square += weight * distance * distance;
}

void tsl__segment_sum_merge(tsl__segment_sum *into, const tsl__segment_sum *from, size_t count)
{
    for (size_t s = 0; s < count; s++) {
        into[s].size += from[s].size;
        into[s].weight += from[s].weight;
        into[s].weight_square += from[s].weight_square;
        into[s].distance += from[s].distance;
        into[s].distance_square += from[s].distance_square;
    }
}

static double get_mean(const tsl__segment_sum *sum)
{
    return sum->weight > 0 ? sum->distance / sum->weight : (double)NAN;
}

/* The mean over all, as large as each segment is. */
static void add_distance(double *total, uint64_t size, double distance, double of)
{
    *total += size ? distance * ((double)size / of) : 0;
}

/* The greatest coordinate of a centre. */
static double get_reach(const tsl_model *model)
{
    double reach = 0;
    for (size_t i = 0; i < (size_t)model->k * model->cols; i++) {
        reach = fmax(reach, fabs(model->center[i]));
    }
    return reach;
}

/* How large the mean distance may be by chance. A fit's own rows lie nearer than others like them, the more so the
 * fewer a centre is the mean of; and both means waver as distances do, whose spread is that of now, and no less than
 * the mean then: few rows may look alike. */
static double get_limit(const tsl_model *model, const tsl__segment_sum *total, double then)
{
    const double rows = (double)model->rows, k = (double)model->k;
    const double mean = get_mean(total), spread = sqrt(fmax(0, total->distance_square / total->weight - mean * mean));
    const double counted = total->weight * total->weight / total->weight_square;
    if (rows <= k) {
        return INFINITY;
    }
    return then * (rows + k) / (rows - k) + NORMAL_999 * fmax(spread, then) * sqrt(1 / counted + 1 / rows) +
           ROUNDING * get_reach(model);
}

static void compare_shares(const tsl_segment_drift *segment, const double *then, const double *now, size_t k,
                           double rows_now, tsl_segmentation_drift *all)
{
    double rows_then = 0;
    for (size_t s = 0; s < k; s++) {
        rows_then += (double)segment[s].size_then;
    }
    if (rows_then > 0 && rows_now > 0) {
        const tsl__stability is = tsl__stability_get(then, now, k, rows_then, rows_now);
        all->psi = is.psi;
        all->psi_chance = is.chance;
        all->psi_limit = is.limit;
    }
}

static void compare_distances(const tsl_model *model, const tsl_segment_drift *segment, const tsl__segment_sum *sum,
                              int weighted, tsl_segmentation_drift *all)
{
    tsl__segment_sum total = {0};
    double then = 0, now = 0;
    for (size_t s = 0; s < (size_t)model->k; s++) {
        tsl__segment_sum_merge(&total, &sum[s], 1);
    }
    for (size_t s = 0; s < (size_t)model->k; s++) { /* those who are set apart lie at no distance */
        add_distance(&then, segment[s].size_then, segment[s].distance_then, (double)model->rows);
        add_distance(&now, segment[s].size_now, segment[s].distance_now, (double)total.size);
    }
    all->distance_then = then;
    all->distance_now = total.size ? now : (double)NAN;
    if (weighted == (model->weights_hash != 0) && total.weight > 0 && isfinite(then)) {
        all->distance_limit = get_limit(model, &total, then);
    }
}

tsl_status tsl__segment_drift_make(const tsl_model *model, const tsl__segment_sum *sum, int weighted,
                                   tsl_segment_drift **segments, tsl_segmentation_drift *all, tsl_error *err)
{
    const size_t k = (size_t)tsl_model_get_groups(model);
    tsl_status status = TSL_OK;
    double *then = NULL, *now = NULL, rows = 0, rows_then = 0;
    tsl_segment_drift *segment = NULL;
    *all = (tsl_segmentation_drift){NAN, NAN, NAN, NAN, NAN, NAN};
    TSL__NEED(segment = *segments = tsl__alloc_zero(k, sizeof *segment));
    TSL__NEED(then = tsl__alloc(k, sizeof *then));
    TSL__NEED(now = tsl__alloc(k, sizeof *now));
    for (size_t s = 0; s < k; s++) {
        rows += (double)sum[s].size;
        rows_then += (double)tsl_model_get_size(model, (int)s);
    }
    for (size_t s = 0; s < k; s++) {
        then[s] = (double)tsl_model_get_size(model, (int)s) / rows_then;
        now[s] = rows > 0 ? (double)sum[s].size / rows : 0;
        segment[s] = (tsl_segment_drift){
            .size_then = tsl_model_get_size(model, (int)s),
            .size_now = sum[s].size,
            .share_then = then[s],
            .share_now = now[s],
            .distance_then = s < (size_t)model->k ? model->mean_distance[s] : (double)NAN,
            .distance_now = get_mean(&sum[s]),
            .precision_then = model->tree ? model->tree->precision[s] : (double)NAN,
            .precision_now = NAN,
            .coverage_then = model->tree ? model->tree->coverage[s] : (double)NAN,
            .coverage_now = NAN,
        };
    }
    compare_shares(segment, then, now, k, rows, all);
    compare_distances(model, segment, sum, weighted, all);
done:
    free(then);
    free(now);
    if (status != TSL_OK) {
        free(segment);
        *segments = NULL;
    }
    return status;
}
