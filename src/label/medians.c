/* medians.c: the median of a value in each segment. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/quantile.h"

#include <math.h>
#include <stdlib.h>

tsl_status tsl__segment_medians_get(const tsl_labels *labels, const double *value, size_t stride, double *median,
                                    tsl_error *err)
{
    const size_t k = labels->segment_count;
    const double half = .5;
    tsl_status status = TSL_OK;
    double *known = NULL;
    size_t *end = NULL;
    TSL__NEED(known = tsl__alloc_aligned(labels->customers, sizeof *known));
    TSL__NEED(end = tsl__alloc(k, sizeof *end));
    for (size_t s = 0, begin = 0; s < k; s++) {
        median[s] = NAN;
        end[s] = begin;
        begin += labels->segments[s].size;
    }
    for (size_t i = 0; i < labels->customers; i++) {
        const double x = value[i * stride];
        if (!isnan(x)) {
            known[end[labels->customer_segment[i] - 1]++] = x;
        }
    }
    for (size_t s = 0, begin = 0; s < k; s++) {
        if (end[s] > begin) {
            tsl__quantiles(known + begin, end[s] - begin, &half, 1, &median[s]);
        }
        begin += labels->segments[s].size;
    }
done:
    free(known);
    free(end);
    return status;
}
