/* cluster_means.c: means of labelled rows and the cost of a labelling. Rows are cut
 * into a few parts, by the row count alone; each is summed by itself and the
 * parts are added up in order. */
#include "model/cluster_means.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

#define MOST_PARTS 32

/* What one part of the rows adds up to. */
typedef struct part_sums {
    double *sum;    /* k x cols */
    double *known;  /* k x cols: weight of the known values */
    double *buffer; /* cols: a row that is not read in its place */
} part_sums;

static void add_rows(const tsl__row_view *x, const double *weight, const int32_t *label, double unit, size_t begin,
                     size_t end, const part_sums *to)
{
    for (size_t r = begin; r < end; r++) {
        const double *value = tsl__row(x, r, to->buffer), w = tsl__weight_get(weight, r);
        double *s = to->sum + (size_t)label[r] * x->cols, *n = to->known + (size_t)label[r] * x->cols;
        for (size_t c = 0; c < x->cols; c++) {
            int there = !isnan(value[c]);
            s[c] += there ? w * (value[c] * unit) : 0;
            n[c] += there ? w : 0;
        }
    }
}

/* A unit in which no sum of values and weights overflows. */
#define SMALL 0x1p-600

/* The means, found in a unit; *bad: 1 where a sum overflowed. Where it is 1
 * already, only such means are found. */
static tsl_status find_means(const tsl__row_view *x, const double *weight, const int32_t *label, int k, int threads,
                             double unit, int *bad, double *mean, tsl_error *err)
{
    size_t cells = (size_t)k * x->cols, parts = tsl__part_count(x->rows, MOST_PARTS), each = 2 * cells + x->cols;
    const int mend = *bad;
    double *sum = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(sum = tsl__alloc_zero(parts, each * sizeof *sum));
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t part = 0; part < parts; part++) {
        double *at = sum + part * each;
        const part_sums to = {at, at + cells, at + 2 * cells};
        size_t begin, end;
        tsl__part_get(x->rows, MOST_PARTS, part, &begin, &end);
        add_rows(x, weight, label, unit, begin, end, &to);
    }
    for (size_t i = 0; i < cells; i++) {
        double total = 0, known = 0;
        for (size_t part = 0; part < parts; part++) {
            total += sum[part * each + i];
            known += sum[part * each + cells + i];
        }
        if (!mend || (known > 0 && !isfinite(mean[i]))) {
            mean[i] = known > 0 ? total / known / unit : NAN;
            *bad |= known > 0 && !isfinite(mean[i]);
        }
    }
done:
    free(sum);
    return status;
}

tsl_status tsl__means_get(const tsl__row_view *x, const double *weight, const int32_t *label, int k, int threads,
                          double *mean, tsl_error *err)
{
    int bad = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(find_means(x, weight, label, k, threads, 1, &bad, mean, err));
    if (bad) {
        TSL__TRY(find_means(x, weight, label, k, threads, SMALL, &bad, mean, err));
    }
done:
    return status;
}

/* Sum over rows of weight * squared distance to the centre of their cluster. */
static double sum_costs(const tsl__row_view *x, const double *weight, const int32_t *label, const double *center,
                        size_t begin, size_t end, double *buffer)
{
    double sum = 0;
    for (size_t r = begin; r < end; r++) {
        const double *value = tsl__row(x, r, buffer), *c = center + (size_t)label[r] * x->cols;
        double d = 0;
        for (size_t j = 0; j < x->cols; j++) {
            d += (value[j] - c[j]) * (value[j] - c[j]);
        }
        sum += tsl__weight_get(weight, r) * d;
    }
    return sum;
}

tsl_status tsl__cost_get(const tsl__row_view *x, const double *weight, const int32_t *label, const double *center,
                         int threads, double *cost, tsl_error *err)
{
    size_t blocks = tsl__block_count(x->rows);
    double *sum = NULL;
    int failed = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(sum = tsl__alloc(blocks, sizeof *sum));
#pragma omp parallel num_threads(threads)
    {
        double *buffer = tsl__alloc(x->cols, sizeof *buffer);
        if (!buffer) {
#pragma omp atomic write
            failed = 1;
        }
#pragma omp for schedule(dynamic, 1)
        for (size_t b = 0; b < blocks; b++) {
            size_t begin, end;
            tsl__block_get(x->rows, b, &begin, &end);
            sum[b] = buffer ? sum_costs(x, weight, label, center, begin, end, buffer) : 0;
        }
        free(buffer);
    }
    TSL__NEED(!failed);
    *cost = 0;
    for (size_t b = 0; b < blocks; b++) {
        *cost += sum[b];
    }
done:
    free(sum);
    return status;
}
