/* comparison.c: tsl_comparison_get: two partitions of the same rows. */
#include "model/comparison/external.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"

#include <stdlib.h>

void tsl_comparison_free(tsl_comparison *comparison)
{
    if (comparison) {
        free(comparison->match);
        free(comparison->matched);
        free(comparison);
    }
}

tsl_status tsl_comparison_build(const int32_t *label, int k, const int32_t *truth, int truth_k, const double *weight,
                                size_t rows, tsl_comparison **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const int32_t *const labels[2] = {label, truth};
    const int ks[2] = {k, truth_k};
    tsl__contingency table = {0};
    tsl_comparison *made = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(k < 1 || truth_k < 1 ? tsl__error_set(err, TSL_E_OPTION, "k: %d is not at least 1", k < 1 ? k : truth_k)
                                  : TSL_OK);
    TSL__TRY(tsl__contingency_build(labels, ks, weight, rows, &table, err));
    TSL__NEED(made = tsl__alloc_zero(1, sizeof *made));
    made->k = k;
    made->truth_k = truth_k;
    made->rows = table.rows;
    TSL__NEED(made->match = tsl__alloc(table.k[0], sizeof *made->match));
    TSL__NEED(made->matched = tsl__alloc(table.k[0], sizeof *made->matched));
    tsl__compare_pairs(&table, made);
    TSL__NEED(tsl__compare_information(&table, made) == 0);
    TSL__NEED(tsl__compare_sets(&table, made) == 0);
    *out = made;
    made = NULL;
done:
    tsl__contingency_free(&table);
    tsl_comparison_free(made);
    return status;
}
