/* cluster_means.c: means of labelled rows and the cost of a labelling. Rows are cut
 * into a few parts, by the row count alone; each is summed by itself and the
 * parts are added up in order. */
#include "model/cluster_means.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "model/matrix.h"

#include <math.h>
#include <stdlib.h>

#define MOST_PARTS 32

static void add_rows(const tsl_matrix *x, const int32_t *label, size_t begin, size_t end, double *sum, double *known)
{
    for (size_t r = begin; r < end; r++) {
        const double *value = x->data + r * x->stride;
        double *s = sum + (size_t)label[r] * x->cols, *n = known + (size_t)label[r] * x->cols;
        for (size_t c = 0; c < x->cols; c++) {
            int there = !isnan(value[c]);
            s[c] += there ? value[c] : 0;
            n[c] += there;
        }
    }
}

tsl_status tsl__means_get(const tsl_matrix *x, const int32_t *label, int k, int threads, double *mean, tsl_error *err)
{
    size_t cells = (size_t)k * x->cols, parts = tsl__part_count(x->rows, MOST_PARTS);
    double *sum = tsl__alloc_zero(parts * 2, cells * sizeof *sum);
    if (!sum) {
        return tsl__error_nomem(err);
    }
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t part = 0; part < parts; part++) {
        size_t begin, end;
        tsl__part_get(x->rows, MOST_PARTS, part, &begin, &end);
        add_rows(x, label, begin, end, sum + part * 2 * cells, sum + (part * 2 + 1) * cells);
    }
    for (size_t i = 0; i < cells; i++) {
        double total = 0, known = 0;
        for (size_t part = 0; part < parts; part++) {
            total += sum[part * 2 * cells + i];
            known += sum[(part * 2 + 1) * cells + i];
        }
        mean[i] = known > 0 ? total / known : NAN;
    }
    free(sum);
    return TSL_OK;
}

tsl_status tsl__cost_get(const tsl_matrix *x, const int32_t *label, const double *center, int threads, double *cost,
                         tsl_error *err)
{
    size_t blocks = tsl__block_count(x->rows);
    double *sum = tsl__alloc_zero(blocks, sizeof *sum);
    if (!sum) {
        return tsl__error_nomem(err);
    }
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(x->rows, b, &begin, &end);
        for (size_t r = begin; r < end; r++) {
            const double *value = x->data + r * x->stride, *c = center + (size_t)label[r] * x->cols;
            double d = 0;
            for (size_t j = 0; j < x->cols; j++) {
                d += (value[j] - c[j]) * (value[j] - c[j]);
            }
            sum[b] += d;
        }
    }
    *cost = 0;
    for (size_t b = 0; b < blocks; b++) {
        *cost += sum[b];
    }
    free(sum);
    return TSL_OK;
}
