/* contingency.c: the cells of two partitions, found by a counting sort. */
#include "model/comparison/contingency.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void tsl__contingency_free(tsl__contingency *table)
{
    free(table->sum[0]);
    free(table->sum[1]);
    free(table->cell);
    *table = (tsl__contingency){0};
}

static tsl_status check_label(const int32_t *label, int k, size_t row, tsl_error *err)
{
    return label[row] >= -1 && label[row] < k ? TSL_OK
                                              : tsl__error_set(err, TSL_E_INPUT, "row %zu: label %d is outside 0 to %d",
                                                               row + 1, (int)label[row], k - 1);
}

/* 1: the row takes part. */
static int counts(const int32_t *const label[2], const double *weight, size_t row)
{
    return label[0][row] >= 0 && label[1][row] >= 0 && tsl__weight_get(weight, row) > 0;
}

/* first[a]: how many rows have a label below a; the number of rows in all. */
static tsl_status count_rows(const int32_t *const label[2], const int k[2], const double *weight, size_t rows,
                             size_t *first, tsl__contingency *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t r = 0; r < rows; r++) {
        TSL__TRY(check_label(label[0], k[0], r, err));
        TSL__TRY(check_label(label[1], k[1], r, err));
        if (counts(label, weight, r)) {
            first[label[0][r] + 1]++;
            out->rows++;
            out->whole = out->whole && (!weight || weight[r] == floor(weight[r]));
        }
    }
    for (int a = 0; a < k[0]; a++) {
        first[a + 1] += first[a];
    }
done:
    return status;
}

/* The rows of each label of the first, together; within one in their order. first
 * moves on to the end of each. */
static void sort_rows(const int32_t *const label[2], const double *weight, size_t rows, size_t *first, size_t *sorted)
{
    for (size_t r = 0; r < rows; r++) {
        if (counts(label, weight, r)) {
            sorted[first[label[0][r]]++] = r;
        }
    }
}

/* Where the cells of one label of the first are gathered: a sum for each label of
 * the second, and which of them are not 0. */
typedef struct gather {
    double *sum;
    int32_t *seen;
} gather;

/* Adds the cells of label a, whose rows are sorted[begin..end). */
static tsl_status add_cells(const int32_t *second, const double *weight, const size_t *sorted, const size_t range[2],
                            int32_t a, const gather *g, size_t *room, tsl__contingency *out, tsl_error *err)
{
    size_t seen = 0;
    for (size_t i = range[0]; i < range[1]; i++) {
        const int32_t b = second[sorted[i]];
        if (g->sum[b] == 0) {
            g->seen[seen++] = b;
        }
        g->sum[b] += tsl__weight_get(weight, sorted[i]);
    }
    void *cell = out->cell;
    if (tsl__reserve(&cell, room, out->count + seen, sizeof *out->cell)) {
        return tsl__error_nomem(err);
    }
    out->cell = cell;
    for (size_t i = 0; i < seen; i++) {
        const int32_t b = g->seen[i];
        out->cell[out->count++] = (tsl__contingency_cell){a, b, g->sum[b]};
        out->sum[0][a] += g->sum[b];
        out->sum[1][b] += g->sum[b];
        g->sum[b] = 0;
    }
    return TSL_OK;
}

static void total_up(tsl__contingency *out)
{
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < out->k[side]; i++) {
            out->present[side] += out->sum[side][i] > 0;
        }
    }
    for (size_t i = 0; i < out->k[0]; i++) {
        out->total += out->sum[0][i];
    }
    out->whole = out->whole && out->total < 0x1p53;
}

tsl_status tsl__contingency_build(const int32_t *const label[2], const int k[2], const double *weight, size_t rows,
                                  tsl__contingency *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__weights checked;
    size_t *first = NULL, *sorted = NULL, room = 0;
    gather g = {0};
    *out = (tsl__contingency){.k = {(size_t)k[0], (size_t)k[1]}, .whole = 1};
    TSL__TRY(tsl__weights_check(weight, rows, &checked, err));
    TSL__NEED(first = tsl__alloc_zero(out->k[0] + 1, sizeof *first));
    TSL__NEED(g.sum = tsl__alloc_zero(out->k[1], sizeof *g.sum));
    TSL__NEED(g.seen = tsl__alloc(out->k[1], sizeof *g.seen));
    TSL__NEED(out->sum[0] = tsl__alloc_zero(out->k[0], sizeof *out->sum[0]));
    TSL__NEED(out->sum[1] = tsl__alloc_zero(out->k[1], sizeof *out->sum[1]));
    TSL__TRY(count_rows(label, k, weight, rows, first, out, err));
    TSL__NEED(sorted = tsl__alloc((size_t)out->rows, sizeof *sorted));
    sort_rows(label, weight, rows, first, sorted);
    for (int32_t a = 0; a < k[0]; a++) {
        const size_t range[2] = {a ? first[a - 1] : 0, first[a]};
        TSL__TRY(add_cells(label[1], weight, sorted, range, a, &g, &room, out, err));
    }
    total_up(out);
done:
    free(first);
    free(sorted);
    free(g.sum);
    free(g.seen);
    return status;
}
