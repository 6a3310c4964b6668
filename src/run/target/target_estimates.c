/* target_estimates.c: what the target is in each segment: estimated on the half of the customers that the tree was
 * not grown from. docs/methods/tree-segments.md. */
#include "run/target/target_aim.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "stat/interval.h"

#include <math.h>
#include <stdlib.h>

/* Whom an outcome is told of, where it is the target. */
static tsl_status hold_estimating(const tsl__aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (a->then || !a->past.features->feature[a->target].outcome) {
        return TSL_OK;
    }
    TSL__NEED(a->run->estimating = tsl__alloc(a->past.rows, 1));
    for (size_t r = 0; r < a->past.rows; r++) {
        a->run->estimating[r] = a->structure[r] == 0;
    }
done:
    return status;
}

/* Of the rows of the other half that are of a node, or of all (-1). */
static void estimate(const tsl__aim *a, int32_t leaf, tsl_estimate *out)
{
    double sum = 0, square = 0;
    *out = (tsl_estimate){.mean = NAN, .low = NAN, .high = NAN};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t r = 0; r < a->past.rows; r++) {
            if (!isnan(a->value[r]) && a->structure[r] == 0 && (leaf < 0 || a->past.leaf[r] == leaf)) {
                out->rows += pass == 0;
                sum += pass == 0 ? a->value[r] : 0;
                square += pass == 0 ? 0 : (a->value[r] - out->mean) * (a->value[r] - out->mean);
            }
        }
        out->mean = out->rows ? sum / (double)out->rows : (double)NAN;
    }
    const tsl__interval interval = a->estimates->rate && out->rows
                                       ? tsl__interval_of_rate((uint64_t)llround(sum), out->rows)
                                       : tsl__interval_of_mean(out->mean, square, out->rows);
    out->low = interval.low;
    out->high = interval.high;
}

/* Of both halves: what readers find who average the customers of a segment. */
static tsl_status average_whole(const tsl__aim *a, tsl_error *err)
{
    const tsl_tree *tree = a->run->model->tree;
    double *mean = NULL, *rows = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(mean = a->run->target_mean = tsl__alloc_zero((size_t)tree->k, sizeof *mean));
    TSL__NEED(rows = tsl__alloc_zero((size_t)tree->k, sizeof *rows));
    for (size_t r = 0; r < a->past.rows; r++) {
        if (!isnan(a->value[r])) {
            const int32_t s = tree->node[a->past.leaf[r]].cluster;
            mean[s] += a->value[r];
            rows[s]++;
        }
    }
    for (int s = 0; s < tree->k; s++) {
        mean[s] = rows[s] > 0 ? mean[s] / rows[s] : (double)NAN;
    }
done:
    free(rows);
    return status;
}

static tsl_status estimate_all(tsl__aim *a, tsl_error *err)
{
    const tsl_tree *tree = a->run->model->tree;
    tsl_estimates *e = a->estimates;
    double of_tree = 0, of_mean = 0;
    tsl_status status = TSL_OK;
    e->k = tree->k;
    TSL__NEED(e->segment = tsl__alloc_zero((size_t)e->k, sizeof *e->segment));
    TSL__NEED(e->target = tsl__strdup(a->name));
    estimate(a, -1, &e->all);
    for (size_t i = 0; i < tree->node_count; i++) { /* in the model's numbers */
        if (tree->node[i].cluster >= 0) {
            estimate(a, (int32_t)i, &e->segment[tree->node[i].cluster]);
        }
    }
    for (size_t r = 0; r < a->past.rows; r++) {
        e->structure_rows += a->structure[r] > 0;
        if (!isnan(a->value[r]) && a->structure[r] == 0) {
            const double off = a->value[r] - a->descriptor->node[a->past.leaf[r]].mean, all = a->value[r] - e->all.mean;
            of_tree += off * off;
            of_mean += all * all;
        }
    }
    e->told = of_mean > 0 ? 1 - of_tree / of_mean : (double)NAN;
done:
    return status;
}

tsl_status tsl__aim_estimate(tsl__aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(estimate_all(a, err));
    TSL__TRY(average_whole(a, err));
    TSL__TRY(hold_estimating(a, err));
done:
    return status;
}
