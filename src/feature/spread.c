/* spread.c: how a feature is distributed over the customers. */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/error.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>

tsl_status tsl_features_get_spread(const tsl_features *features, size_t feature, tsl_spread *out, tsl_error *err)
{
    size_t n = features->customers, count = 0;
    double sum = 0;
    tsl__error_reset(err);
    *out = (tsl_spread){NAN, NAN, NAN, NAN, NAN};
    if (feature >= features->feature_count) {
        return tsl__error_set(err, TSL_E_OPTION, "feature: there are %zu, but not number %zu", features->feature_count,
                              feature + 1);
    }
    double *known = tsl__alloc(2 * n, sizeof *known);
    if (!known) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < n; i++) {
        double x = features->x[i * features->feature_count + feature];
        if (!isnan(x)) {
            known[count++] = x;
            sum += x;
        }
    }
    out->missing = n ? 1 - (double)count / (double)n : (double)NAN;
    if (count) {
        tsl__sort(known, known + n, count);
        out->mean = sum / (double)count;
        out->p05 = tsl__sorted_quantile(known, count, .05);
        out->median = tsl__sorted_quantile(known, count, .5);
        out->p95 = tsl__sorted_quantile(known, count, .95);
    }
    free(known);
    return TSL_OK;
}
