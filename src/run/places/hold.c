/* hold.c: who stays near the segment that he was in keeps it, so that customers at a border do not go to and fro.
 * docs/methods/anchors.md. */
#include "run/places/hold.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/rows.h"
#include "run/places/holding.h"
#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>

/* Of the clusters as they are now. */
static void count_again(const tsl__hold *hold, const tsl_sweep *sweep, tsl_candidate *best)
{
    double all = 0, least = INFINITY;
    for (int c = 0; c < best->k; c++) {
        best->size[c] = 0;
        best->weight[c] = 0;
    }
    for (size_t r = 0; r < hold->x->rows; r++) {
        const double weight = tsl__weight_get(hold->weight, r);
        best->size[sweep->assignment->label[r]]++;
        best->weight[sweep->assignment->label[r]] += weight;
        all += weight;
    }
    for (int c = 0; c < best->k; c++) {
        least = fmin(least, best->weight[c]);
    }
    best->smallest_share = all > 0 ? least / all : 0;
}

/* The distance to the cluster that the row was in, where it keeps that; -1: it does not. */
static double get_kept(const tsl__hold *hold, const tsl_sweep *sweep, size_t r)
{
    const tsl_assignment *a = sweep->assignment;
    const int32_t then = hold->then[r];
    if (then < 0 || then == a->label[r]) {
        return -1;
    }
    const double *row = (const double *)hold->x->data + r * hold->x->stride;
    const double *centre = sweep->candidate[sweep->best].center + (size_t)then * sweep->cols;
    const double distance = sqrt(tsl__row_squared(row, centre, sweep->cols));
    return distance <= hold->factor * a->distance[r] ? distance : -1;
}

/* The first cluster that would hold too little, and that could have more; count: none. left[]: 1: nobody whose nearest
 * it is keeps another. */
static size_t find_needy(const tsl__hold *hold, const tsl__holding *of, const char *left, size_t count)
{
    size_t c = 0;
    while (c < count && (left[c] || !tsl__holding_is_small(&of[c], hold->least_weight, hold->least_rows))) {
        c++;
    }
    return c;
}

/* kept: of each row the distance to what it keeps, -1 where it keeps nothing. Takes from those that keep another what a
 * cluster needs: those nearest to it, who were enough for it. */
static tsl_status limit(const tsl__hold *hold, const tsl_sweep *sweep, double *kept, tsl_error *err)
{
    const size_t rows = hold->x->rows, count = (size_t)sweep->candidate[sweep->best].k;
    const int32_t *nearest = sweep->assignment->label;
    tsl_status status = TSL_OK;
    tsl__holding *of = NULL;
    char *left = NULL;
    TSL__NEED(of = tsl__alloc_zero(count, sizeof *of));
    TSL__NEED(left = tsl__alloc_zero(count, 1));
    for (size_t r = 0; r < rows; r++) {
        tsl__holding_add(&of[kept[r] < 0 ? nearest[r] : hold->then[r]], tsl__weight_get(hold->weight, r));
    }
    for (size_t c; (c = find_needy(hold, of, left, count)) < count; left[c] = 1) {
        for (size_t r = 0; r < rows; r++) {
            if ((size_t)nearest[r] == c && kept[r] >= 0) {
                const double weight = tsl__weight_get(hold->weight, r);
                tsl__holding_remove(&of[hold->then[r]], weight);
                tsl__holding_add(&of[c], weight);
                kept[r] = -1;
            }
        }
    }
done:
    free(of);
    free(left);
    return status;
}

tsl_status tsl__hold_rows(const tsl__hold *hold, tsl_sweep *sweep, uint64_t *held, tsl_error *err)
{
    tsl_candidate *best = &sweep->candidate[sweep->best];
    tsl_assignment *a = sweep->assignment;
    tsl_status status = TSL_OK;
    double *kept = NULL;
    *held = 0;
    if (!a || a->rows != hold->x->rows || hold->x->cols != sweep->cols || hold->x->dtype != TSL_F64) {
        return tsl__error_set(err, TSL_E_INTERNAL, "hold: the rows are not those of the sweep");
    }
    TSL__NEED(kept = tsl__alloc(a->rows, sizeof *kept));
    for (size_t r = 0; r < a->rows; r++) {
        kept[r] = get_kept(hold, sweep, r);
    }
    TSL__TRY(limit(hold, sweep, kept, err));
    for (size_t r = 0; r < a->rows; r++) {
        if (kept[r] >= 0) {
            a->runner_up[r] = a->label[r];
            a->runner_up_distance[r] = a->distance[r];
            a->label[r] = hold->then[r];
            a->distance[r] = kept[r];
            ++*held;
        }
    }
    if (*held) {
        count_again(hold, sweep, best);
    }
done:
    free(kept);
    return status;
}
