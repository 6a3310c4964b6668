/* quantile.c: quantiles by selection (GSL), without a full sort. */
#include "stat/quantile.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>

void tsl__quantiles(double *values, size_t n, const double *p, size_t count, double *out)
{
    size_t low = 0; /* values before `low` are in their final places */
    for (size_t i = 0; i < count; i++) {
        double place = (double)(n - 1) * p[i];
        size_t k = (size_t)place;
        double fraction = place - (double)k;
        double at = gsl_stats_select(values + low, 1, n - low, k - low);
        low = k;
        if (fraction > 0 && k + 1 < n) {
            double next = values[k + 1]; /* selection leaves the greater ones behind k */
            for (size_t j = k + 2; j < n; j++) {
                next = values[j] < next ? values[j] : next;
            }
            at += fraction * (next - at);
        }
        out[i] = at;
    }
}
