/* natural_agreement.c: whether clusters are the natural groups that the test found: a number of
 * clusters alone does not tell. docs/methods/evidence.md. */
#include "model/natural/natural_agreement.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/natural/natural_rows.h"
#include "model/rows.h"
#include "stat/moments.h"
#include "stat/sort.h"
#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>

typedef struct scaled {
    double *values; /* rows x cols */
    double *column, *scratch;
    size_t counted; /* rows that have a weight */
} scaled;

static void scaled_free(scaled *s)
{
    free(s->values);
    free(s->column);
    free(s->scratch);
}

/* Cuts a column off and standardises it as the test does, by all rows that have a weight. */
static void scale_column(scaled *s, const double *weight, size_t rows, size_t cols, size_t col)
{
    double *value = s->values + col, low, high;
    size_t n = 0;
    for (size_t r = 0; r < rows; r++) {
        if (tsl__weight_get(weight, r) > 0) {
            s->column[n++] = value[r * cols];
        }
    }
    tsl__sort(s->column, s->scratch, n);
    tsl__natural_bounds_get(s->column, n, &low, &high);
    for (size_t i = 0; i < n; i++) {
        s->column[i] = fmin(fmax(s->column[i], low), high);
    }
    const tsl__moments moments = tsl__moments_get(s->column, NULL, n, 1);
    const double unit = moments.sd > 0 ? moments.sd : 1;
    for (size_t r = 0; r < rows; r++) {
        value[r * cols] = (fmin(fmax(value[r * cols], low), high) - moments.mean) / unit;
    }
}

static tsl_status scaled_open(const tsl_matrix *x, const double *weight, scaled *s, tsl_error *err)
{
    const tsl__row_view view = tsl__row_view_of(x, 1);
    tsl_status status = TSL_OK;
    TSL__NEED(s->values = tsl__alloc(x->rows, x->cols * sizeof *s->values));
    TSL__NEED(s->column = tsl__alloc(x->rows, sizeof *s->column));
    TSL__NEED(s->scratch = tsl__alloc(x->rows, sizeof *s->scratch));
    for (size_t r = 0; r < x->rows; r++) {
        tsl__row_take(&view, r, s->values + r * x->cols);
        s->counted += tsl__weight_get(weight, r) > 0;
    }
    for (size_t c = 0; s->counted && c < x->cols; c++) {
        scale_column(s, weight, x->rows, x->cols, c);
    }
done:
    return status;
}

tsl_status tsl__natural_agreement_get(const tsl_matrix *x, const double *weight, const int32_t *label, int k,
                                      const tsl_natural *natural, uint64_t seed, const tsl_exec *exec, double *out,
                                      tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_kmeans_options opt;
    scaled s = {.values = NULL};
    tsl_sweep *sweep = NULL;
    tsl_comparison *comparison = NULL;
    *out = (double)NAN;
    if (natural->k < 2) {
        return TSL_OK;
    }
    TSL__TRY(scaled_open(x, weight, &s, err));
    TSL_DEFAULTS(kmeans, &opt);
    opt.k = natural->k;
    opt.silhouette_rows = 0;
    opt.seed = seed;
    const tsl_matrix view = {s.values, x->rows, x->cols, x->cols, TSL_F64};
    TSL__TRY(tsl_kmeans_fit(&view, weight, NULL, &opt, exec, &sweep, err));
    TSL__TRY(tsl_comparison_build(label, k, sweep->assignment->label, natural->k, weight, x->rows, &comparison, err));
    *out = comparison->adjusted_rand;
done:
    tsl_comparison_free(comparison);
    tsl_sweep_free(sweep);
    scaled_free(&s);
    return status;
}
