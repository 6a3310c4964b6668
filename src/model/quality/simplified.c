/* simplified.c: the simplified silhouette: distances to centres in place of rows. */
#include "model/quality/quality.h"

#include "base/alloc.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>

typedef struct center_pass {
    const tsl__row_view *x;
    const tsl__weights *weights;
    const double *center, *mass;
    const tsl__labelling *labelling;
    size_t most, parts;
    double *sums; /* parts x k */
} center_pass;

/* The rows of a tile: distance to the own centre and to the nearest other. */
static void measure_tile(const center_pass *pass, const tsl__kernel *kernel, size_t begin, size_t end, double *tile,
                         double *sum)
{
    double squared[TSL__TILE] __attribute__((aligned(64))), own[TSL__TILE] = {0}, other[TSL__TILE];
    const int32_t *label = pass->labelling->label + begin;
    const size_t lanes = end - begin < TSL__TILE ? end - begin : TSL__TILE;
    tsl__tile_fill(pass->x, begin, NULL, tile);
    for (size_t i = 0; i < TSL__TILE; i++) {
        other[i] = HUGE_VAL;
    }
    for (int c = 0; c < pass->labelling->k; c++) {
        if (!(pass->mass[c] > 0)) {
            continue;
        }
        kernel->distance(tile, pass->x->cols, pass->center + (size_t)c * pass->x->cols, squared);
        for (size_t i = 0; i < lanes; i++) {
            own[i] = label[i] == c ? squared[i] : own[i];
            other[i] = label[i] != c && squared[i] < other[i] ? squared[i] : other[i];
        }
    }
    for (size_t i = 0; i < lanes; i++) {
        const double a = sqrt(own[i]), b = sqrt(other[i]), most = a > b ? a : b;
        const double silhouette = pass->mass[label[i]] > 1 && most > 0 ? (b - a) / most : 0;
        sum[label[i]] += tsl__weight_get(pass->weights->of, begin + i) * silhouette;
    }
}

static void run_parts(const center_pass *pass, int threads, tsl__cancel *cancel)
{
    const size_t k = (size_t)pass->labelling->k;
    const tsl__kernel *kernel = tsl__kernel_get();
    const int team = tsl__team_size(threads, (double)pass->x->rows * (double)pass->x->cols * (double)k);
#pragma omp parallel num_threads(team)
    {
        double *tile = tsl__alloc_aligned(pass->x->cols * TSL__TILE, sizeof *tile);
        if (!tile) {
            tsl__cancel_fail(cancel, TSL_E_NOMEM);
        }
#pragma omp for schedule(dynamic)
        for (size_t p = 0; p < pass->parts; p++) {
            size_t begin, end;
            tsl__part_get(pass->x->rows, pass->most, p, &begin, &end);
            for (; begin < end && !tsl__cancel_stopped(cancel); begin += TSL__TILE) {
                measure_tile(pass, kernel, begin, end, tile, pass->sums + p * k);
            }
        }
        free(tile);
    }
}

void tsl__simplified_silhouettes(const tsl__row_view *x, const tsl__weights *weights, const double *center,
                                 const double *mass, const tsl__labelling *labelling, int threads, tsl__cancel *cancel,
                                 double *sum)
{
    const size_t k = (size_t)labelling->k;
    center_pass pass = {.x = x, .weights = weights, .center = center, .mass = mass, .labelling = labelling};
    pass.most = tsl__part_most(k);
    pass.parts = tsl__part_count(x->rows, pass.most);
    pass.sums = tsl__alloc_zero(pass.parts * k, sizeof *pass.sums);
    if (!pass.sums) {
        tsl__cancel_fail(cancel, TSL_E_NOMEM);
        return;
    }
    run_parts(&pass, threads, cancel);
    for (size_t c = 0; c < k; c++) {
        sum[c] = 0;
        for (size_t p = 0; p < pass.parts; p++) {
            sum[c] += pass.sums[p * k + c];
        }
    }
    free(pass.sums);
}
