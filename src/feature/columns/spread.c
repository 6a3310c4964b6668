/* spread.c: how a feature is distributed over the customers. */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/error.h"
#include "feature/columns/normalise.h"
#include "feature/shelves.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>

static void set_bars(const double *known, size_t count, tsl_spread *out)
{
    const int same = !(out->p95 > out->p05);
    const double low = same ? out->low : out->p05,
                 width = (same ? out->high : out->p95) / TSL_SPREAD_BARS - low / TSL_SPREAD_BARS;
    size_t held[TSL_SPREAD_BARS] = {0};
    for (size_t i = 0; i < count; i++) {
        const double place = width > 0 ? (known[i] - low) / width : 0;
        held[!(place > 0) ? 0 : place < TSL_SPREAD_BARS ? (size_t)place : TSL_SPREAD_BARS - 1]++;
    }
    for (size_t bar = 0; bar < TSL_SPREAD_BARS; bar++) {
        out->bar[bar] = (double)held[bar] / (double)count;
    }
}

tsl_status tsl_features_get_spread(const tsl_features *features, size_t feature, tsl_spread *out, tsl_error *err)
{
    size_t n = features->customers, count = 0;
    double sum = 0;
    tsl__error_reset(err);
    *out = (tsl_spread){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, {0}};
    if (feature >= features->feature_count) {
        return tsl__error_set(err, TSL_E_OPTION, "feature: there are %zu, but not number %zu", features->feature_count,
                              feature + 1);
    }
    double *known = tsl__alloc(2 * n, sizeof *known);
    if (!known) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < n; i++) {
        double x = tsl__x_get(features, i, feature);
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
        out->low = known[0];
        out->q25 = tsl__sorted_quantile(known, count, .25);
        out->q75 = tsl__sorted_quantile(known, count, .75);
        out->high = known[count - 1];
        set_bars(known, count, out);
    }
    free(known);
    return TSL_OK;
}

tsl_status tsl_features_get_standing(const tsl_features *features, size_t customer, size_t feature, tsl_standing *out,
                                     tsl_error *err)
{
    size_t below = 0, same = 0, known = 0;
    tsl__error_reset(err);
    *out = (tsl_standing){NAN, NAN, NAN};
    if (customer >= features->customers || feature >= features->feature_count) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "there are %zu customers and %zu features, but not customer %zu or feature %zu",
                              features->customers, features->feature_count, customer + 1, feature + 1);
    }
    const double value = tsl__x_get(features, customer, feature);
    for (size_t i = 0; i < features->customers; i++) {
        const double x = tsl__x_get(features, i, feature);
        known += (size_t)!isnan(x);
        below += x < value;
        same += x == value;
    }
    out->value = value + 0.; /* -0 is 0 */
    out->percentile = isnan(value) ? (double)NAN : ((double)below + (double)same / 2) / (double)known;
    for (size_t c = 0; c < features->recipe->column_count; c++) {
        const tsl_vector_column *column = &features->recipe->column[c];
        if (column->feature == feature && !column->extra && !column->indicator) {
            out->normalised = tsl__normalise_get(column, value);
        }
    }
    return TSL_OK;
}
