/* portrait_columns.c: what a portrait looks at of each customer, column by column. */
#include "label/portrait/portrait_parts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/shelves.h"

#include <stdlib.h>

static const char *const names[TSL__PORTRAIT_COLUMNS] = {"recency_days", "frequency", "monetary_mean"};

tsl_status tsl__portrait_columns_build(const tsl_labels *labels, int threads, tsl__portrait_columns *out,
                                       tsl_error *err)
{
    const tsl_features *features = labels->features;
    const size_t blocks = tsl__block_count(labels->customers);
    tsl_status status = TSL_OK;
    size_t from[TSL__PORTRAIT_COLUMNS];
    *out = (tsl__portrait_columns){0};
    for (size_t c = 0; c < TSL__PORTRAIT_COLUMNS; c++) {
        from[c] = tsl_features_get_index(features, names[c]);
        if (from[c] < features->feature_count) {
            TSL__NEED(out->of[c] = tsl__alloc_aligned(labels->customers, sizeof *out->of[c]));
        }
    }
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(labels->customers, b, &begin, &end);
        for (size_t i = begin; i < end; i++) {
            for (size_t c = 0; c < TSL__PORTRAIT_COLUMNS; c++) {
                if (out->of[c]) {
                    out->of[c][i] = tsl__x_get(features, i, from[c]);
                }
            }
        }
    }
done:
    if (status != TSL_OK) {
        tsl__portrait_columns_free(out);
    }
    return status;
}

void tsl__portrait_columns_free(tsl__portrait_columns *columns)
{
    for (size_t c = 0; c < TSL__PORTRAIT_COLUMNS; c++) {
        free(columns->of[c]);
        columns->of[c] = NULL;
    }
}
