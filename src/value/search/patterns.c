/* patterns.c: covariates checked, and histories sorted by them. */
#include "value/search/patterns.h"

#include "base/alloc.h"
#include "value/rows/histories.h"
#include "value/terms/purchase_kinds.h"

#include <math.h>
#include <stdlib.h>

tsl_status tsl__covariates_check(const tsl_covariates *covariates, size_t count, tsl_error *err)
{
    if (covariates->count < 1 || covariates->count > TSL_COVARIATES_MOST) {
        return tsl__error_set(err, TSL_E_INPUT, "there are %zu covariates, and must be from 1 to %d", covariates->count,
                              TSL_COVARIATES_MOST);
    }
    for (size_t c = 0; c < covariates->count; c++) {
        for (size_t i = 0; i < count; i++) {
            if (!isfinite(covariates->column[c][i])) {
                return tsl__error_set(err, TSL_E_INPUT, "covariate %s of history %zu is %g, and must be a number",
                                      covariates->name[c], i + 1, covariates->column[c][i]);
            }
        }
    }
    return TSL_OK;
}

tsl_status tsl__patterns_build(const tsl_covariates *covariates, const tsl_histories *histories, int threads,
                               tsl__distinct *patterns, tsl__distinct *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *pattern = NULL;
    *out = (tsl__distinct){.count = 0};
    TSL__TRY(tsl__histories_check(histories, 0, err));
    TSL__TRY(tsl__distinct_build(covariates->column, (int)covariates->count, histories->weight, histories->count,
                                 threads, patterns, err));
    TSL__NEED(pattern = tsl__alloc(histories->count, sizeof *pattern));
    for (size_t i = 0; i < histories->count; i++) {
        pattern[i] = patterns->of[i];
    }
    const double *const column[] = {pattern, histories->x, histories->t, histories->t_x};
    TSL__TRY(tsl__distinct_build(column, 4, histories->weight, histories->count, threads, out, err));
    double *first = out->column[0];
    for (int c = 0; c < TSL__HISTORY_COLUMNS; c++) {
        out->column[c] = out->column[c + 1];
    }
    out->column[TSL__HISTORY_PATTERN] = first;
done:
    free(pattern);
    if (status != TSL_OK) {
        tsl__distinct_free(patterns);
    }
    return status;
}

int tsl__pattern_get_dropout(tsl_purchase_kind kind, double *sign)
{
    *sign = kind == TSL_PARETO_NBD ? -1 : 1;
    return !tsl__purchase_has_dropout(kind) ? -1 : kind == TSL_PARETO_NBD ? TSL__P4 : TSL__P3;
}

#define FARTHEST 200.0 /* squares of what is so far off, either way, are finite and not 0 */

/* e^z: a customer whose covariate is fifty deviations from the mean has a parameter that nothing can tell from 0. */
static double get_power(double z)
{
    return exp(fmin(fmax(z, -FARTHEST), FARTHEST));
}

void tsl__pattern_put(const tsl__distinct *patterns, size_t pattern, size_t count, tsl_purchase_kind kind,
                      const double *base, const double *rate, const double *dropout, double *parameter)
{
    double sign, buys = 0, leaves = 0;
    const int at = tsl__pattern_get_dropout(kind, &sign);
    for (size_t c = 0; c < count; c++) {
        buys += rate[c] * patterns->column[c][pattern];
        leaves += at < 0 ? 0 : dropout[c] * patterns->column[c][pattern];
    }
    for (int i = 0; i < tsl_purchase_kind_get_count(kind); i++) {
        parameter[i] = base[i] * (i == TSL__P2 ? get_power(-buys) : i == at ? get_power(sign * leaves) : 1);
    }
}
