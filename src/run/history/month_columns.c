/* month_columns.c: what a month changed in the columns that segments rest on: the population stability index, and the
 * medians. Values are added in any order, which tells nothing of counts and quantiles. */
#include "run/history/month_columns.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/drift.h"
#include "feature/recipe.h"
#include "stat/quantile.h"
#include "stat/stability.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Which --------------------------------------------------------------------------- */

static void add_feature(tsl__month_columns *c, size_t feature)
{
    size_t i = 0;
    while (i < c->count && c->feature[i] != feature) {
        i++;
    }
    if (i == c->count) {
        c->feature[c->count++] = feature;
    }
}

void tsl__month_columns_choose(const tsl_recipe *recipe, size_t value, tsl__month_columns *out)
{
    out->count = 0;
    for (size_t c = 0; c < recipe->column_count && out->count + 1 < TSL_HISTORY_COLUMNS_MAX; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        if (tsl__column_finds(column) && !column->component && !column->indicator) {
            add_feature(out, column->feature);
        }
    }
    if (value < recipe->feature_count) {
        add_feature(out, value);
    }
}

/* ---- Values -------------------------------------------------------------------------- */

/* Room for so many more values of each column. */
static tsl_status reserve(const tsl__month_columns *columns, int now, size_t more, tsl__month_values *of,
                          tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < columns->count; c++) {
        void *value = of->value[now][c];
        const int failed = tsl__reserve(&value, &of->capacity[now][c], of->count[now] + more + 1, sizeof(double));
        of->value[now][c] = value;
        TSL__NEED(failed ? NULL : value);
    }
done:
    return status;
}

tsl_status tsl__month_values_add(const tsl__month_columns *columns, const tsl_features *f, int now,
                                 tsl__month_values *of, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(reserve(columns, now, f->customers, of, err));
    for (size_t c = 0; c < columns->count; c++) {
        for (size_t i = 0; i < f->customers; i++) {
            of->value[now][c][of->count[now] + i] = f->x[i * f->feature_count + columns->feature[c]];
        }
    }
    of->count[now] += f->customers;
done:
    return status;
}

tsl_status tsl__month_values_merge(const tsl__month_columns *columns, tsl__month_values *into,
                                   const tsl__month_values *from, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int now = 0; now < 2; now++) {
        TSL__TRY(reserve(columns, now, from->count[now], into, err));
        for (size_t c = 0; c < columns->count && from->count[now]; c++) {
            memcpy(into->value[now][c] + into->count[now], from->value[now][c], from->count[now] * sizeof(double));
        }
        into->count[now] += from->count[now];
    }
done:
    return status;
}

void tsl__month_values_free(tsl__month_values *of)
{
    for (int now = 0; now < 2; now++) {
        for (size_t c = 0; c < TSL_HISTORY_COLUMNS_MAX; c++) {
            free(of->value[now][c]);
        }
    }
    *of = (tsl__month_values){.count = {0, 0}};
}

/* ---- What changed ----------------------------------------------------------------------- */

/* The median of what is known; the values lose their order. */
static double find_median(double *value, size_t count)
{
    const double half = .5;
    double median = NAN;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(value[i])) {
            value[known++] = value[i];
        }
    }
    if (known) {
        tsl__quantiles(value, known, &half, 1, &median);
    }
    return median;
}

/* Of the groups at the last two days. */
static tsl_status compare_groups(tsl_history *h, tsl_error *err)
{
    const size_t k = (size_t)h->k;
    const uint64_t *now = h->customers + (h->cuts - 1) * k, *then = now - k;
    tsl_status status = TSL_OK;
    double *share = NULL, all[2] = {0, 0};
    TSL__NEED(share = tsl__alloc(2 * k, sizeof *share));
    for (size_t s = 0; s < k; s++) {
        all[0] += (double)then[s];
        all[1] += (double)now[s];
    }
    for (size_t s = 0; s < k && all[0] > 0 && all[1] > 0; s++) {
        share[s] = (double)then[s] / all[0];
        share[k + s] = (double)now[s] / all[1];
    }
    h->drift_segments =
        all[0] > 0 && all[1] > 0 ? tsl__stability_get(share, share + k, k, all[0], all[1]).psi : (double)NAN;
done:
    free(share);
    return status;
}

tsl_status tsl__month_drift_build(const tsl_recipe *recipe, const tsl__month_columns *columns, tsl__month_values *of,
                                  tsl_history *h, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(h->drift = tsl__alloc_zero(columns->count, sizeof *h->drift));
    for (size_t c = 0; c < columns->count; c++) {
        const tsl_feature *feature = &recipe->feature[columns->feature[c]];
        double *then = of->value[0][c], *now = of->value[1][c];
        TSL__NEED(h->drift[c].name = tsl__strdup(feature->name));
        h->drift_count++;
        h->drift[c].psi = tsl__drift_between_values(&feature->bins, then, of->count[0], now, of->count[1]).psi;
        h->drift[c].was = find_median(then, of->count[0]);
        h->drift[c].now = find_median(now, of->count[1]);
    }
    TSL__TRY(compare_groups(h, err));
done:
    return status;
}
