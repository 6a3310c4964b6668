/* exact.c: Lloyd's last steps, and the figures that are reported, by direct
 * differences in double. */
#include "model/kmeans/exact.h"

#include "base/alloc.h"
#include "base/error.h"
#include "kernel/kernel.h"
#include "model/kmeans/farthest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

#define NO_LABEL UINT16_MAX

/* What one part of the rows adds up to for one clustering. */
typedef struct part_sums {
    uint64_t changed;
    double inertia;
    double *sum;    /* k x cols: of row - centre, by weight */
    double *spread; /* k */
    double *mass;   /* k */
    int64_t *size;  /* k */
    int64_t *count; /* k */
} part_sums;

int tsl__exact_open(tsl__exact *settled, int k, size_t rows, size_t cols)
{
    *settled = (tsl__exact){.k = k, .fresh = 1};
    settled->center = tsl__alloc((size_t)k * cols, sizeof *settled->center);
    settled->sum = tsl__alloc((size_t)k * cols, sizeof *settled->sum);
    settled->size = tsl__alloc((size_t)k, sizeof *settled->size);
    settled->count = tsl__alloc((size_t)k, sizeof *settled->count);
    settled->mass = tsl__alloc((size_t)k, sizeof *settled->mass);
    settled->spread = tsl__alloc((size_t)k, sizeof *settled->spread);
    settled->label = tsl__alloc(rows, sizeof *settled->label);
    if (!settled->center || !settled->sum || !settled->size || !settled->count || !settled->mass || !settled->spread ||
        !settled->label) {
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
    free(settled->count);
    free(settled->mass);
    free(settled->spread);
    free(settled->label);
    *settled = (tsl__exact){0};
}

/* Memory of one thread. */
typedef struct scratch {
    double *tile; /* cols x 64 */
    double *row;  /* cols */
} scratch;

/* Nearest centres of one tile, and what follows from them. A row without
 * weight is labelled and no more. */
static void settle_tile(const tsl__exact_input *input, const tsl__kernel *kernel, const scratch *at, size_t begin,
                        tsl__exact *settled, part_sums *part)
{
    const tsl__row_view *x = input->x;
    const size_t left = x->rows - begin, rows = left < TSL__TILE ? left : TSL__TILE;
    int32_t label[TSL__TILE] __attribute__((aligned(64))), runner[TSL__TILE] __attribute__((aligned(64)));
    double best[TSL__TILE] __attribute__((aligned(64))), second[TSL__TILE] __attribute__((aligned(64)));
    kernel->rank(at->tile, x->cols, settled->center, settled->k, label, runner, best, second);
    for (size_t i = 0; i < rows; i++) {
        const size_t to = (size_t)label[i];
        const double weight = tsl__weight_get(input->weight, begin + i), *row = tsl__row(x, begin + i, at->row);
        uint16_t *old = &settled->label[begin + i];
        const int changed = *old != to;
        *old = (uint16_t)to;
        part->size[to]++;
        if (weight > 0) {
            part->changed += (uint64_t)changed;
            part->inertia += weight * best[i];
            part->spread[to] += weight * sqrt(best[i]);
            part->mass[to] += weight;
            part->count[to]++;
            kernel->add(part->sum + to * x->cols, row, settled->center + to * x->cols, weight, x->cols);
        }
    }
}

/* Sums of part `p` for every clustering that is not done; slots: [count]. */
static void settle_part(const tsl__exact_input *input, const tsl__kernel *kernel, size_t begin, size_t end,
                        const scratch *at, tsl__exact *settled, size_t count, part_sums *slot, tsl__cancel *cancel)
{
    for (size_t s = 0; s < count; s++) {
        const size_t k = (size_t)settled[s].k;
        slot[s].changed = 0;
        slot[s].inertia = 0;
        memset(slot[s].sum, 0, k * (input->x->cols + 2) * sizeof(double));
        memset(slot[s].size, 0, k * 2 * sizeof(int64_t));
    }
    for (size_t row = begin; row < end; row += TSL__TILE) {
        if ((row - begin) % TSL__BLOCK_ROWS == 0 && tsl__cancel_stopped(cancel)) {
            return;
        }
        tsl__tile_fill(input->x, row, NULL, at->tile);
        for (size_t s = 0; s < count; s++) {
            if (!settled[s].done) {
                settle_tile(input, kernel, at, row, &settled[s], &slot[s]);
            }
        }
    }
}

/* Gives each empty cluster that no prior place draws the farthest row, in
 * order; 1 where there was one. buffer: cols. */
static int fill_empty(const tsl__exact_input *input, const tsl__kernel *kernel, tsl__exact *settled, double *buffer)
{
    const size_t cols = input->x->cols;
    const tsl__labelled labelled = {input->x, NULL, settled->label, settled->count, settled->center};
    int filled = 0;
    for (size_t c = input->prior.count; c < (size_t)settled->k; c++) {
        const size_t row = settled->count[c] > 0 ? SIZE_MAX : tsl__farthest_row(&labelled);
        if (row == SIZE_MAX) {
            continue;
        }
        const size_t from = settled->label[row];
        const double weight = tsl__weight_get(input->weight, row), *values = tsl__row(input->x, row, buffer);
        kernel->add(settled->sum + from * cols, values, settled->center + from * cols, -weight, cols);
        settled->mass[from] -= weight;
        settled->count[from]--;
        memcpy(settled->center + c * cols, values, cols * sizeof *values);
        memset(settled->sum + c * cols, 0, cols * sizeof *values);
        settled->mass[c] = weight;
        settled->count[c] = 1;
        settled->label[row] = (uint16_t)c;
        filled = 1;
    }
    return filled;
}

/* Adds the parts up; returns the number of changed labels. */
static uint64_t take_parts(tsl__exact *settled, size_t cols, const part_sums *slot, size_t parts, size_t count)
{
    const size_t k = (size_t)settled->k;
    uint64_t changed = 0;
    settled->inertia = 0;
    memset(settled->sum, 0, k * cols * sizeof *settled->sum);
    memset(settled->spread, 0, k * sizeof *settled->spread);
    memset(settled->mass, 0, k * sizeof *settled->mass);
    memset(settled->size, 0, k * sizeof *settled->size);
    memset(settled->count, 0, k * sizeof *settled->count);
    for (size_t p = 0; p < parts; p++, slot += count) {
        changed += slot->changed;
        settled->inertia += slot->inertia;
        for (size_t i = 0; i < k * cols; i++) {
            settled->sum[i] += slot->sum[i];
        }
        for (size_t c = 0; c < k; c++) {
            settled->spread[c] += slot->spread[c];
            settled->mass[c] += slot->mass[c];
            settled->size[c] += slot->size[c];
            settled->count[c] += slot->count[c];
        }
    }
    return changed;
}

/* Moves the centres to the means, or to where prior places draw them. */
static void move_centers(const tsl__prior *prior, tsl__exact *settled, size_t cols)
{
    for (size_t i = 0; i < (size_t)settled->k * cols; i++) {
        const size_t c = i / cols;
        const double n = settled->count[c] > 0 ? settled->mass[c] : 0, sum = n > 0 ? settled->sum[i] : 0;
        const double place = c < prior->count ? prior->place[i] : (double)NAN;
        if (!isnan(place)) {
            settled->center[i] = place + (n * (settled->center[i] - place) + sum) / (n + prior->weight);
        } else if (n > 0) {
            settled->center[i] += sum / n;
        }
    }
}

/* Ends one pass for one clustering. buffer: cols. */
static void end_pass(const tsl__exact_input *input, const tsl__kernel *kernel, tsl__exact *settled,
                     const part_sums *slot, size_t parts, size_t count, double *buffer)
{
    const uint64_t changed = take_parts(settled, input->x->cols, slot, parts, count);
    settled->iterations += changed > 0 && !settled->fresh;
    settled->fresh = 0;
    if (changed == 0) {
        settled->converged = settled->done = 1;
        return;
    }
    if (!fill_empty(input, kernel, settled, buffer) && settled->updates-- <= 0) {
        settled->done = 1;
        return;
    }
    move_centers(&input->prior, settled, input->x->cols);
}

/* Room for the sums of every part. */
typedef struct all_slots {
    part_sums *slot; /* [part][clustering] */
    double *values;
    int64_t *counts;
    size_t most; /* parts that there may be */
} all_slots;

static int open_slots(const tsl__row_view *x, const tsl__exact *settled, size_t count, all_slots *out)
{
    size_t clusters = 0;
    for (size_t s = 0; s < count; s++) {
        clusters += (size_t)settled[s].k;
    }
    out->most = tsl__part_most(clusters * (x->cols + 2));
    const size_t parts = tsl__part_count(x->rows, out->most);
    out->slot = tsl__alloc(parts * count, sizeof *out->slot);
    double *at = out->values = tsl__alloc_aligned(parts * clusters, (x->cols + 2) * sizeof *out->values);
    int64_t *n = out->counts = tsl__alloc(parts * clusters, 2 * sizeof *out->counts);
    if (!out->slot || !at || !n) {
        return -1;
    }
    for (size_t i = 0; i < parts * count; i++) {
        const size_t k = (size_t)settled[i % count].k;
        out->slot[i] = (part_sums){0, 0, at, at + k * x->cols, at + k * (x->cols + 1), n, n + k};
        at = out->slot[i].mass + k;
        n += 2 * k;
    }
    return 0;
}

static void free_slots(all_slots *slots)
{
    free(slots->slot);
    free(slots->values);
    free(slots->counts);
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
static void settle_pass(const tsl__exact_input *input, const tsl__kernel *kernel, tsl__exact *settled, size_t count,
                        const all_slots *slots, int threads, tsl__cancel *cancel)
{
    const tsl__row_view *x = input->x;
    const size_t parts = tsl__part_count(x->rows, slots->most);
    const int team = tsl__team_size(threads, (double)x->rows * (double)(x->cols * count) * settled->k);
#pragma omp parallel num_threads(team)
    {
        double *memory = tsl__alloc_aligned(x->cols * (TSL__TILE + 1), sizeof *memory);
        if (!memory) {
            tsl__cancel_fail(cancel, TSL_E_NOMEM);
        }
        const scratch at = {memory, memory ? memory + x->cols * TSL__TILE : NULL};
#pragma omp for schedule(dynamic)
        for (size_t p = 0; p < parts; p++) {
            size_t begin, end;
            tsl__part_get(x->rows, slots->most, p, &begin, &end);
            if (!tsl__cancel_stopped(cancel)) {
                settle_part(input, kernel, begin, end, &at, settled, count, slots->slot + p * count, cancel);
            }
        }
        free(memory);
    }
}

void tsl__exact_fit(const tsl__exact_input *input, tsl__exact *settled, size_t count, int threads, tsl__cancel *cancel,
                    uint64_t *passes)
{
    const tsl__kernel *kernel = tsl__kernel_get();
    all_slots slots = {0};
    double *buffer = tsl__alloc(input->x->cols, sizeof *buffer);
    if (!buffer || open_slots(input->x, settled, count, &slots)) {
        tsl__cancel_fail(cancel, TSL_E_NOMEM);
    }
    while (!tsl__cancel_stopped(cancel) && !all_done(settled, count)) {
        settle_pass(input, kernel, settled, count, &slots, threads, cancel);
        ++*passes;
        if (tsl__cancel_stopped(cancel)) {
            break;
        }
        const size_t parts = tsl__part_count(input->x->rows, slots.most);
        for (size_t s = 0; s < count; s++) {
            if (!settled[s].done) {
                end_pass(input, kernel, &settled[s], slots.slot + s, parts, count, buffer);
            }
        }
    }
    free_slots(&slots);
    free(buffer);
}
