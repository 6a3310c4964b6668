/* finding.c: what is told of customers who stand out. docs/methods/outliers.md. */
#include "run/finding.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/quantile.h"

#include <math.h>
#include <stdlib.h>

void tsl__findings_free(tsl_findings *findings)
{
    if (findings) {
        for (size_t i = 0; findings->of && i < findings->count; i++) {
            free(findings->of[i].name);
            free(findings->of[i].customer);
        }
        free(findings->of);
        free(findings);
    }
}

tsl_status tsl__known_median_get(const double *value, size_t stride, size_t count, double *median, tsl_error *err)
{
    const double half = .5;
    tsl_status status = TSL_OK;
    double *known = NULL;
    size_t n = 0;
    *median = NAN;
    TSL__NEED(known = tsl__alloc(count, sizeof *known));
    for (size_t i = 0; i < count; i++) {
        if (!isnan(value[i * stride])) {
            known[n++] = value[i * stride];
        }
    }
    if (n) {
        tsl__quantiles(known, n, &half, 1, median);
    }
done:
    free(known);
    return status;
}

tsl_status tsl__finding_measure(const tsl_features *features, size_t feature, tsl_finding *finding, tsl_error *err)
{
    const size_t all = features->feature_count;
    tsl_status status = TSL_OK;
    double *value = NULL;
    TSL__NEED(value = tsl__alloc(finding->count, sizeof *value));
    for (size_t i = 0; i < finding->count; i++) {
        value[i] = features->x[finding->customer[i] * all + feature];
    }
    TSL__TRY(tsl__known_median_get(value, 1, finding->count, &finding->value, err));
    TSL__TRY(tsl__known_median_get(features->x + feature, all, features->customers, &finding->typical, err));
done:
    free(value);
    return status;
}
