/* portrait.c: what a picture of all customers is drawn from. docs/methods/portrait.md. */
#include "label/portrait/portrait_parts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"

#include <stdlib.h>

/* The longest first. */
typedef tsl_status (*part)(const tsl_labels *, const tsl__portrait_columns *, tsl_portrait *, tsl_error *);
static const part parts[] = {tsl__usual_fill, tsl__concentration_fill, tsl__recency_grid_fill, tsl__stage_tier_fill};
#define PARTS ((int)(sizeof parts / sizeof *parts))
#define PART_BYTES (2 * sizeof(double)) /* of a customer, that the hungriest of them takes on the way */

static tsl_status fill_parts(const tsl_labels *labels, const tsl__portrait_columns *columns, int threads,
                             tsl_portrait *portrait, tsl_error *err)
{
    int failed = 0;
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (int p = 0; p < PARTS; p++) {
        if (parts[p](labels, columns, portrait, NULL) != TSL_OK) {
#pragma omp atomic write
            failed = 1;
        }
    }
    return failed ? tsl__error_nomem(err) : TSL_OK;
}

tsl_status tsl_portrait_build(const tsl_labels *labels, const tsl_exec *exec, tsl_portrait **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_exec run;
    tsl_portrait *portrait = NULL;
    tsl__portrait_columns columns = {0};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__exec_open(exec, &run, err));
    const int threads = tsl__memory_get_threads(&run, labels->customers * PART_BYTES);
    TSL__NEED(portrait = tsl__alloc_zero(1, sizeof *portrait));
    portrait->labels = labels;
    TSL__TRY(tsl__portrait_columns_build(labels, threads, &columns, err));
    TSL__TRY(fill_parts(labels, &columns, threads, portrait, err));
    tsl__portrait_columns_free(&columns);
    TSL__TRY(tsl__customer_map_build(labels, threads, &portrait->map, err));
    *out = portrait;
    portrait = NULL;
done:
    tsl__portrait_columns_free(&columns);
    tsl_portrait_free(portrait);
    return status;
}

void tsl_portrait_free(tsl_portrait *portrait)
{
    if (portrait) {
        tsl__recency_grid_free(portrait->grid);
        tsl__customer_map_free(portrait->map);
        tsl__concentration_free(portrait->concentration);
        free(portrait->segment);
        free(portrait->stage_tier);
        free(portrait);
    }
}
