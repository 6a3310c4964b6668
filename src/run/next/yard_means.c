/* yard_means.c: plain k-means on the logarithms of recency, frequency and spend, each of variance 1: what an analyst
 * does without more ado. */
#include "run/next/yardstick.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/kmeans/predict.h"
#include "stat/quantile.h"

#include <tesela/model.h>

#include <math.h>
#include <stdlib.h>

#define RESTARTS 5

/* Rows of those who bought. */
typedef struct buyers {
    size_t count;
    size_t *customer;
    double *x; /* count x TSL__YARD_COLUMNS */
} buyers;

static void free_buyers(buyers *b)
{
    free(b->customer);
    free(b->x);
}

/* Who bought, of those who are kept, with recency, frequency and spend. */
static tsl_status open_buyers(const tsl_features *features, const unsigned char *kept, buyers *b, tsl_error *err)
{
    static const char *const names[TSL__YARD_COLUMNS] = {"recency_days", "frequency", "monetary_total"};
    const double *column[TSL__YARD_COLUMNS];
    tsl_status status = TSL_OK;
    for (int c = 0; c < TSL__YARD_COLUMNS; c++) {
        column[c] = tsl__yard_get_column(features, names[c]);
    }
    TSL__NEED(b->customer = tsl__alloc(features->customers, sizeof *b->customer));
    TSL__NEED(b->x = tsl__alloc(features->customers, TSL__YARD_COLUMNS * sizeof *b->x));
    for (size_t i = 0; i < features->customers && column[0] && column[1] && column[2]; i++) {
        const size_t at = i * features->feature_count;
        double *x = b->x + b->count * TSL__YARD_COLUMNS;
        if ((!kept || kept[i]) && column[1][at] > 0 && isfinite(column[0][at]) && isfinite(column[2][at])) {
            for (int c = 0; c < TSL__YARD_COLUMNS; c++) {
                x[c] = column[c][at];
            }
            b->customer[b->count++] = i;
        }
    }
done:
    return status;
}

/* Spend counts in medians of itself, so that no currency matters. */
static tsl_status fit_unit(const buyers *b, tsl__yard *yard, tsl_error *err)
{
    const double half = .5;
    tsl_status status = TSL_OK;
    double *spend = NULL;
    size_t count = 0;
    yard->unit = 1;
    TSL__NEED(spend = tsl__alloc(b->count, sizeof *spend));
    for (size_t i = 0; i < b->count; i++) {
        spend[count] = b->x[i * TSL__YARD_COLUMNS + 2];
        count += spend[count] > 0;
    }
    if (count) {
        tsl__quantiles(spend, count, &half, 1, &yard->unit);
    }
done:
    free(spend);
    return status;
}

static void take_logarithms(const tsl__yard *yard, buyers *b)
{
    for (size_t i = 0; i < b->count; i++) {
        double *x = b->x + i * TSL__YARD_COLUMNS;
        x[0] = log1p(x[0]);
        x[1] = log1p(x[1]);
        x[2] = log1p(fmax(0, x[2]) / yard->unit);
    }
}

static void fit_scales(const buyers *b, tsl__yard *yard)
{
    for (int c = 0; c < TSL__YARD_COLUMNS; c++) {
        double sum = 0, square = 0;
        for (size_t i = 0; i < b->count; i++) {
            sum += b->x[i * TSL__YARD_COLUMNS + (size_t)c];
        }
        yard->shift[c] = b->count ? sum / (double)b->count : 0;
        for (size_t i = 0; i < b->count; i++) {
            const double away = b->x[i * TSL__YARD_COLUMNS + (size_t)c] - yard->shift[c];
            square += away * away;
        }
        yard->scale[c] = square > 0 ? sqrt(square / (double)b->count) : 1;
    }
}

static tsl_matrix scale(const tsl__yard *yard, buyers *b)
{
    for (size_t i = 0; i < b->count * TSL__YARD_COLUMNS; i++) {
        b->x[i] = (b->x[i] - yard->shift[i % TSL__YARD_COLUMNS]) / yard->scale[i % TSL__YARD_COLUMNS];
    }
    return (tsl_matrix){b->x, b->count, TSL__YARD_COLUMNS, TSL__YARD_COLUMNS, TSL_F64};
}

tsl_status tsl__yard_fit_means(const tsl_features *features, const unsigned char *kept, const tsl_exec *exec,
                               tsl__yard *yard, tsl_error *err)
{
    tsl_status status = TSL_OK;
    buyers b = {.count = 0};
    tsl_sweep *sweep = NULL;
    tsl_kmeans_options kmeans;
    TSL_DEFAULTS(kmeans, &kmeans);
    kmeans.k = yard->k;
    kmeans.seed = yard->seed;
    kmeans.restarts = RESTARTS;
    kmeans.silhouette_rows = 0; /* k is said */
    TSL__TRY(open_buyers(features, kept, &b, err));
    TSL__TRY(fit_unit(&b, yard, err));
    take_logarithms(yard, &b);
    fit_scales(&b, yard);
    const tsl_matrix x = scale(yard, &b);
    TSL__TRY(tsl_kmeans_fit(&x, NULL, NULL, &kmeans, exec, &sweep, err));
    const tsl_candidate *best = &sweep->candidate[sweep->best];
    yard->k = best->k;
    free(yard->centre);
    TSL__NEED(yard->centre = tsl__alloc((size_t)best->k, TSL__YARD_COLUMNS * sizeof *yard->centre));
    for (size_t i = 0; i < (size_t)best->k * TSL__YARD_COLUMNS; i++) {
        yard->centre[i] = best->center[i];
    }
done:
    tsl_sweep_free(sweep);
    free_buyers(&b);
    return status;
}

tsl_status tsl__yard_predict_means(const tsl__yard *yard, const tsl_features *features, const tsl_exec *exec,
                                   int32_t *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    buyers b = {.count = 0};
    tsl_assignment *nearest = NULL;
    for (size_t i = 0; i < features->customers; i++) {
        out[i] = -1;
    }
    TSL__TRY(open_buyers(features, NULL, &b, err));
    take_logarithms(yard, &b);
    const tsl_matrix x = scale(yard, &b);
    TSL__NEED(nearest = tsl__assignment_open(b.count));
    TSL__TRY(tsl_kmeans_predict(&x, yard->centre, yard->k, exec, nearest, err));
    for (size_t i = 0; i < b.count; i++) {
        out[b.customer[i]] = nearest->label[i];
    }
done:
    tsl__assignment_free(nearest);
    free_buyers(&b);
    return status;
}
