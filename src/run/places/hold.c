/* hold.c: who stays near the segment that he was in keeps it, so that customers at a border do not go to and fro.
 * docs/methods/anchors.md. */
#include "run/places/hold.h"

#include "base/error.h"
#include "model/rows.h"
#include "stat/weights.h"

#include <math.h>

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

tsl_status tsl__hold_rows(const tsl__hold *hold, tsl_sweep *sweep, uint64_t *held, tsl_error *err)
{
    tsl_candidate *best = &sweep->candidate[sweep->best];
    tsl_assignment *a = sweep->assignment;
    *held = 0;
    if (!a || a->rows != hold->x->rows || hold->x->cols != sweep->cols || hold->x->dtype != TSL_F64) {
        return tsl__error_set(err, TSL_E_INTERNAL, "hold: the rows are not those of the sweep");
    }
    for (size_t r = 0; r < a->rows; r++) {
        const int32_t then = hold->then[r];
        if (then < 0 || then == a->label[r]) {
            continue;
        }
        const double *row = (const double *)hold->x->data + r * hold->x->stride;
        const double distance = sqrt(tsl__row_squared(row, best->center + (size_t)then * sweep->cols, sweep->cols));
        if (distance <= hold->factor * a->distance[r]) {
            a->runner_up[r] = a->label[r];
            a->runner_up_distance[r] = a->distance[r];
            a->label[r] = then;
            a->distance[r] = distance;
            ++*held;
        }
    }
    if (*held) {
        count_again(hold, sweep, best);
    }
    return TSL_OK;
}
