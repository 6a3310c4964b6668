/* across.c: how much the rows of each cluster come from one of another clustering.
 * docs/methods/stability.md. */
#include "model/quality/across.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>

double tsl__across(const double *cell, size_t before, double all)
{
    double entropy = 0;
    if (before < 2 || !(all > 0)) {
        return NAN;
    }
    for (size_t b = 0; b < before; b++) {
        const double share = cell[b] / all;
        entropy -= share > 0 ? share * log(share) : 0;
    }
    return 1 - entropy / log((double)before);
}

static tsl_status label_rows(const tsl_matrix *x, const double *center, int k, const tsl_exec *exec, int32_t **label,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*label = tsl__alloc(x->rows, sizeof **label));
    tsl_assignment to = {.rows = x->rows, .label = *label};
    TSL__TRY(tsl_kmeans_predict(x, center, k, exec, &to, err));
done:
    return status;
}

tsl_status tsl__across_get(const tsl_matrix *x, const double *center, int k, const tsl_matrix *from,
                           const tsl_candidate *before, const double *weight, const tsl_exec *exec, double *across,
                           tsl_error *err)
{
    const size_t width = (size_t)before->k;
    tsl_status status = TSL_OK;
    int32_t *label = NULL, *old = NULL;
    double *cell = NULL, *all = NULL;
    TSL__TRY(label_rows(x, center, k, exec, &label, err));
    TSL__TRY(label_rows(from, before->center, before->k, exec, &old, err));
    TSL__NEED(cell = tsl__alloc_zero((size_t)k, width * sizeof *cell));
    TSL__NEED(all = tsl__alloc_zero((size_t)k, sizeof *all));
    for (size_t r = 0; r < x->rows; r++) {
        const double w = tsl__weight_get(weight, r);
        cell[(size_t)label[r] * width + (size_t)old[r]] += w;
        all[label[r]] += w;
    }
    for (int c = 0; c < k; c++) {
        across[c] = tsl__across(cell + (size_t)c * width, width, all[c]);
    }
done:
    free(label);
    free(old);
    free(cell);
    free(all);
    return status;
}
