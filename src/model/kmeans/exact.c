/* exact.c: Lloyd's last steps, and the figures that are reported, by direct
 * differences in double. */
#include "model/kmeans/exact.h"

#include "base/alloc.h"
#include "base/error.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

#define NO_LABEL UINT16_MAX

/* What one part of the rows adds up to for one clustering. */
typedef struct part_sums {
    uint64_t changed;
    double inertia;
    double *sum;    /* k x cols: of row - centre */
    double *spread; /* k */
    double *size;   /* k */
} part_sums;

int tsl__exact_open(tsl__exact *settled, int k, size_t rows, size_t cols)
{
    *settled = (tsl__exact){.k = k, .fresh = 1};
    settled->center = tsl__alloc((size_t)k * cols, sizeof *settled->center);
    settled->sum = tsl__alloc((size_t)k * cols, sizeof *settled->sum);
    settled->size = tsl__alloc((size_t)k, sizeof *settled->size);
    settled->spread = tsl__alloc((size_t)k, sizeof *settled->spread);
    settled->label = tsl__alloc(rows, sizeof *settled->label);
    if (!settled->center || !settled->sum || !settled->size || !settled->spread || !settled->label) {
        tsl__exact_free(settled);
        return -1;
    }
    memset(settled->label, 0xFF, rows * sizeof *settled->label);
    return 0;
}

void tsl__exact_free(tsl__exact *settled)
{
    free(settled->center);
    free(settled->sum);
    free(settled->size);
    free(settled->spread);
    free(settled->label);
    *settled = (tsl__exact){0};
}

/* Nearest centres of one tile, and what follows from them. */
static void settle_tile(const tsl_matrix *x, const tsl__kernel *kernel, const double *tile, size_t begin,
                        tsl__exact *settled, part_sums *part)
{
    const size_t left = x->rows - begin, rows = left < TSL__TILE ? left : TSL__TILE;
    int32_t label[TSL__TILE] __attribute__((aligned(64))), runner[TSL__TILE] __attribute__((aligned(64)));
    double best[TSL__TILE] __attribute__((aligned(64))), second[TSL__TILE] __attribute__((aligned(64)));
    kernel->rank(tile, x->cols, settled->center, settled->k, label, runner, best, second);
    for (size_t i = 0; i < rows; i++) {
        const size_t at = (size_t)label[i];
        uint16_t *old = &settled->label[begin + i];
        part->changed += *old != at;
        *old = (uint16_t)at;
        part->inertia += best[i];
        part->spread[at] += sqrt(best[i]);
        part->size[at] += 1;
        kernel->add(part->sum + at * x->cols, tsl__row(x, begin + i), settled->center + at * x->cols, 1, x->cols);
    }
}

/* Sums of part `p` for every clustering that is not done; slots: [count]. */
static void settle_part(const tsl_matrix *x, const tsl__kernel *kernel, size_t begin, size_t end, double *tile,
                        tsl__exact *settled, size_t count, part_sums *slot, tsl__cancel *cancel)
{
    for (size_t s = 0; s < count; s++) {
        const size_t k = (size_t)settled[s].k;
        slot[s].changed = 0;
        slot[s].inertia = 0;
        memset(slot[s].sum, 0, k * (x->cols + 2) * sizeof(double));
    }
    for (size_t row = begin; row < end; row += TSL__TILE) {
        if ((row - begin) % TSL__BLOCK_ROWS == 0 && tsl__cancel_stopped(cancel)) {
            return;
        }
        tsl__tile_fill(x, row, NULL, tile);
        for (size_t s = 0; s < count; s++) {
            if (!settled[s].done) {
                settle_tile(x, kernel, tile, row, &settled[s], &slot[s]);
            }
        }
    }
}

/* The row farthest from its centre in clusters of more than one row. */
static int find_farthest(const tsl_matrix *x, const tsl__exact *settled, size_t *row)
{
    double most = 0;
    for (size_t r = 0; r < x->rows; r++) {
        const size_t label = settled->label[r];
        if (settled->size[label] < 2) {
            continue;
        }
        const double *values = tsl__row(x, r), *center = settled->center + label * x->cols;
        double squared = 0;
        for (size_t j = 0; j < x->cols; j++) {
            squared += (values[j] - center[j]) * (values[j] - center[j]);
        }
        if (squared > most) {
            most = squared;
            *row = r;
        }
    }
    return most > 0;
}

/* Gives each empty cluster the farthest row, in order; 1 where there was one. */
static int fill_empty(const tsl_matrix *x, const tsl__kernel *kernel, tsl__exact *settled)
{
    int filled = 0;
    for (size_t c = 0; c < (size_t)settled->k; c++) {
        size_t row = 0;
        if (settled->size[c] > 0 || !find_farthest(x, settled, &row)) {
            continue;
        }
        const size_t from = settled->label[row];
        const double *values = tsl__row(x, row);
        kernel->add(settled->sum + from * x->cols, values, settled->center + from * x->cols, -1, x->cols);
        settled->size[from]--;
        memcpy(settled->center + c * x->cols, values, x->cols * sizeof *values);
        memset(settled->sum + c * x->cols, 0, x->cols * sizeof *values);
        settled->size[c] = 1;
        settled->label[row] = (uint16_t)c;
        filled = 1;
    }
    return filled;
}

/* Adds the parts up; returns the number of changed labels. */
static uint64_t take_parts(const tsl_matrix *x, tsl__exact *settled, const part_sums *slot, size_t parts, size_t count)
{
    const size_t k = (size_t)settled->k;
    uint64_t changed = 0;
    settled->inertia = 0;
    memset(settled->sum, 0, k * x->cols * sizeof *settled->sum);
    memset(settled->spread, 0, k * sizeof *settled->spread);
    memset(settled->size, 0, k * sizeof *settled->size);
    for (size_t p = 0; p < parts; p++, slot += count) {
        changed += slot->changed;
        settled->inertia += slot->inertia;
        for (size_t i = 0; i < k * x->cols; i++) {
            settled->sum[i] += slot->sum[i];
        }
        for (size_t c = 0; c < k; c++) {
            settled->spread[c] += slot->spread[c];
            settled->size[c] += (uint64_t)slot->size[c];
        }
    }
    return changed;
}

/* Ends one pass for one clustering. */
static void end_pass(const tsl_matrix *x, const tsl__kernel *kernel, tsl__exact *settled, const part_sums *slot,
                     size_t parts, size_t count)
{
    const uint64_t changed = take_parts(x, settled, slot, parts, count);
    settled->iterations += changed > 0 && !settled->fresh;
    settled->fresh = 0;
    if (changed == 0) {
        settled->converged = settled->done = 1;
        return;
    }
    if (!fill_empty(x, kernel, settled) && settled->updates-- <= 0) {
        settled->done = 1;
        return;
    }
    for (size_t c = 0; c < (size_t)settled->k; c++) {
        for (size_t j = 0; settled->size[c] > 0 && j < x->cols; j++) {
            settled->center[c * x->cols + j] += settled->sum[c * x->cols + j] / (double)settled->size[c];
        }
    }
}

/* Room for the sums of every part; most: parts that there may be. */
static part_sums *open_slots(const tsl_matrix *x, const tsl__exact *settled, size_t count, size_t *most,
                             double **values)
{
    size_t clusters = 0;
    for (size_t s = 0; s < count; s++) {
        clusters += (size_t)settled[s].k;
    }
    *most = tsl__part_most(clusters * (x->cols + 2));
    const size_t parts = tsl__part_count(x->rows, *most);
    part_sums *slot = tsl__alloc(parts * count, sizeof *slot);
    double *at = *values = tsl__alloc_aligned(parts * clusters, (x->cols + 2) * sizeof **values);
    for (size_t i = 0; slot && at && i < parts * count; i++) {
        const size_t k = (size_t)settled[i % count].k;
        slot[i].sum = at;
        slot[i].spread = at + k * x->cols;
        slot[i].size = slot[i].spread + k;
        at += k * (x->cols + 2);
    }
    return slot;
}

static int all_done(const tsl__exact *settled, size_t count)
{
    for (size_t s = 0; s < count; s++) {
        if (!settled[s].done) {
            return 0;
        }
    }
    return 1;
}

/* One pass over the rows for every clustering. */
static void settle_pass(const tsl_matrix *x, const tsl__kernel *kernel, tsl__exact *settled, size_t count,
                        part_sums *slot, size_t most, int threads, tsl__cancel *cancel)
{
    const size_t parts = tsl__part_count(x->rows, most);
    const int team = tsl__team_size(threads, (double)x->rows * (double)(x->cols * count) * settled->k);
#pragma omp parallel num_threads(team)
    {
        double *tile = tsl__alloc_aligned(x->cols * TSL__TILE, sizeof *tile);
        if (!tile) {
            tsl__cancel_fail(cancel, TSL_E_NOMEM);
        }
#pragma omp for schedule(dynamic)
        for (size_t p = 0; p < parts; p++) {
            size_t begin, end;
            tsl__part_get(x->rows, most, p, &begin, &end);
            if (!tsl__cancel_stopped(cancel)) {
                settle_part(x, kernel, begin, end, tile, settled, count, slot + p * count, cancel);
            }
        }
        free(tile);
    }
}

void tsl__exact_fit(const tsl_matrix *x, tsl__exact *settled, size_t count, int threads, tsl__cancel *cancel,
                    uint64_t *passes)
{
    const tsl__kernel *kernel = tsl__kernel_get();
    size_t most;
    double *values = NULL;
    part_sums *slot = open_slots(x, settled, count, &most, &values);
    const size_t parts = tsl__part_count(x->rows, most);
    if (!slot || !values) {
        tsl__cancel_fail(cancel, TSL_E_NOMEM);
    }
    while (!tsl__cancel_stopped(cancel) && !all_done(settled, count)) {
        settle_pass(x, kernel, settled, count, slot, most, threads, cancel);
        ++*passes;
        if (tsl__cancel_stopped(cancel)) {
            break;
        }
        for (size_t s = 0; s < count; s++) {
            if (!settled[s].done) {
                end_pass(x, kernel, &settled[s], slot + s, parts, count);
            }
        }
    }
    free(slot);
    free(values);
}
