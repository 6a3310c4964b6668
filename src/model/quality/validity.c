/* validity.c: what the clusters of a model are worth, as they are delivered: the same
 * indices as any tool's labels have, whatever drew them. docs/methods/evidence.md. */
#include "model/quality/validity.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/weights.h"

#include <stdlib.h>

/* Numbers those labels anew that rows have; *present: how many. */
static tsl_status take_present(const int32_t *label, const double *weight, size_t rows, int k, int32_t **out,
                               int *present, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int32_t *number = NULL; /* + 1 */
    *present = 0;
    TSL__NEED(number = tsl__alloc_zero((size_t)k, sizeof *number));
    TSL__NEED(*out = tsl__alloc(rows, sizeof **out));
    for (size_t r = 0; r < rows; r++) {
        number[label[r]] |= tsl__weight_get(weight, r) > 0;
    }
    for (int c = 0; c < k; c++) {
        number[c] = number[c] ? ++*present : 0;
    }
    for (size_t r = 0; r < rows; r++) {
        (*out)[r] = number[label[r]] ? number[label[r]] - 1 : 0;
    }
done:
    free(number);
    return status;
}

tsl_status tsl__validity_get(const tsl_matrix *x, const double *weight, const int32_t *label, int k,
                             const tsl_quality_options *opt, const tsl_exec *exec, tsl_validity *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_recurrence sampled;
    int32_t *taken = NULL;
    int present;
    TSL__TRY(take_present(label, weight, x->rows, k, &taken, &present, err));
    TSL__TRY(tsl_quality_get(x, weight, taken, present, opt, exec, &out->quality, NULL, err));
    TSL__TRY(tsl__recurrence_sample(x, weight, taken, present, opt->seed, exec, &sampled, err));
    out->gap = sampled.gap;
    out->gap_error = sampled.gap_error;
    out->strength = sampled.strength;
    out->strength_error = sampled.strength_error;
    out->sample_rows = sampled.sample_rows;
done:
    free(taken);
    return status;
}
