/* cluster_means.c: means of labelled rows and the cost of a labelling. Rows are cut
 * into a few parts, by the row count alone; each is summed by itself and the
 * parts are added up in order. */
#include "model/cluster_means.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_PARTS 32
#define LANES 4

/* What one part of the rows adds up to. */
typedef struct part_sums {
    double *sum;    /* k x cols */
    double *known;  /* k x cols: weight of the known values */
    double *mass;   /* k: weight of the rows before the first that lacks a value */
    double *buffer; /* cols: a row that is not read in its place */
} part_sums;

/* Is every number of a row finite? Some side by side, as each sum waits for the one before. */
static int is_whole(const double *value, size_t cols)
{
    double none[LANES] = {0}; /* 0 times what is not finite is no number */
    size_t c = 0;
    for (; c + LANES <= cols; c += LANES) {
        for (size_t l = 0; l < LANES; l++) {
            none[l] += 0 * value[c + l];
        }
    }
    for (; c < cols; c++) {
        none[0] += 0 * value[c];
    }
    return none[0] + none[1] + none[2] + none[3] == 0;
}

/* Adds rows up to the first that is not whole: of those all columns know the same. The place of that row. */
static size_t add_whole(const tsl__row_view *x, const double *weight, const int32_t *label, double unit, size_t begin,
                        size_t end, const part_sums *to)
{
    size_t r = begin;
    for (; r < end; r++) {
        const double *value = tsl__row(x, r, to->buffer), w = tsl__weight_get(weight, r);
        double *restrict sum = to->sum + (size_t)label[r] * x->cols;
        if (!is_whole(value, x->cols)) {
            break;
        }
        for (size_t c = 0; c < x->cols; c++) {
            sum[c] += w * (value[c] * unit);
        }
        to->mass[label[r]] += w;
    }
    return r;
}

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

static void add_part(const tsl__row_view *x, const double *weight, const int32_t *label, int k, double unit,
                     size_t begin, size_t end, const part_sums *to)
{
    const size_t from = add_whole(x, weight, label, unit, begin, end, to);
    for (size_t i = 0; i < (size_t)k * x->cols; i++) {
        to->known[i] = to->mass[i / x->cols];
    }
    add_rows(x, weight, label, unit, from, end, to);
}

/* A unit in which no sum of values and weights overflows. */
#define SMALL 0x1p-600

/* The means, found in a unit; *bad: 1 where a sum overflowed. Where it is 1
 * already, only such means are found. */
static tsl_status find_means(const tsl__row_view *x, const double *weight, const int32_t *label, int k, int threads,
                             double unit, int *bad, double *mean, tsl_error *err)
{
    size_t cells = (size_t)k * x->cols, parts = tsl__part_count(x->rows, MOST_PARTS);
    const size_t each = 2 * cells + (size_t)k + x->cols;
    const int mend = *bad;
    double *sum = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(sum = tsl__alloc_zero(parts, each * sizeof *sum));
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t part = 0; part < parts; part++) {
        double *at = sum + part * each;
        const part_sums to = {at, at + cells, at + 2 * cells, at + 2 * cells + k};
        size_t begin, end;
        tsl__part_get(x->rows, MOST_PARTS, part, &begin, &end);
        add_part(x, weight, label, k, unit, begin, end, &to);
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

/* The squared distances of LANES rows to their centres, side by side: each is added up in the order of columns. */
static void square_rows(const tsl__row_view *x, const int32_t *label, const double *center, size_t row, double *out)
{
    const double *value[LANES], *at[LANES];
    double d[LANES] = {0};
    for (size_t l = 0; l < LANES; l++) {
        value[l] = tsl__row(x, row + l, NULL);
        at[l] = center + (size_t)label[row + l] * x->cols;
    }
    for (size_t j = 0; j < x->cols; j++) {
        for (size_t l = 0; l < LANES; l++) {
            d[l] += (value[l][j] - at[l][j]) * (value[l][j] - at[l][j]);
        }
    }
    memcpy(out, d, sizeof d);
}

/* Sum over rows of weight * squared distance to the centre of their cluster. */
static double sum_costs(const tsl__row_view *x, const double *weight, const int32_t *label, const double *center,
                        size_t begin, size_t end, double *buffer)
{
    double sum = 0, d[LANES];
    size_t r = begin;
    for (; x->plain && r + LANES <= end; r += LANES) {
        square_rows(x, label, center, r, d);
        for (size_t l = 0; l < LANES; l++) {
            sum += tsl__weight_get(weight, r + l) * d[l];
        }
    }
    for (; r < end; r++) {
        const double *value = tsl__row(x, r, buffer);
        sum += tsl__weight_get(weight, r) * tsl__row_squared(value, center + (size_t)label[r] * x->cols, x->cols);
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
