/* dunn.c: Dunn's index: how far clusters lie apart, against how wide they are. */
#include "model/quality/quality.h"

#include "base/alloc.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>

/* Squared distances. Greatest and least do not depend on the order in which pairs are gone through. */
typedef struct reach {
    double apart; /* the least between rows of two clusters */
    double wide;  /* the greatest within one */
} reach;

/* The rows of a tile against those that follow. */
static void measure_tile(const tsl__row_view *x, const tsl__weights *weights, const int32_t *label, size_t begin,
                         double *tile, double *buffer, reach *out)
{
    const tsl__kernel *kernel = tsl__kernel_get();
    double squared[TSL__TILE] __attribute__((aligned(64))), apart[TSL__TILE], wide[TSL__TILE];
    int32_t own[TSL__TILE];
    for (size_t i = 0; i < TSL__TILE; i++) { /* rows that do not count have a label like no other, and no distance */
        const int counts = begin + i < x->rows && tsl__weight_get(weights->of, begin + i) > 0;
        own[i] = counts ? label[begin + i] : -1;
        apart[i] = HUGE_VAL;
        wide[i] = 0;
    }
    tsl__tile_fill(x, begin, NULL, tile);
    for (size_t r = begin; r < x->rows; r++) {
        if (!(tsl__weight_get(weights->of, r) > 0)) {
            continue;
        }
        kernel->distance(tile, x->cols, tsl__row(x, r, buffer), squared);
        for (size_t i = 0; i < TSL__TILE; i++) {
            wide[i] = own[i] == label[r] && squared[i] > wide[i] ? squared[i] : wide[i];
            apart[i] = own[i] != label[r] && squared[i] < apart[i] ? squared[i] : apart[i];
        }
    }
    for (size_t i = 0; i < TSL__TILE; i++) {
        out->wide = wide[i] > out->wide ? wide[i] : out->wide;
        out->apart = own[i] >= 0 && apart[i] < out->apart ? apart[i] : out->apart;
    }
}

double tsl__dunn(const tsl__row_view *x, const tsl__weights *weights, const tsl__labelling *labelling, int threads,
                 tsl__cancel *cancel)
{
    const size_t tiles = (x->rows + TSL__TILE - 1) / TSL__TILE;
    const int team = tsl__team_size(threads, (double)x->rows * (double)x->rows * (double)x->cols);
    reach all = {HUGE_VAL, 0};
    atomic_size_t done;
    atomic_init(&done, 0);
#pragma omp parallel num_threads(team)
    {
        double *tile = tsl__alloc_aligned(x->cols * TSL__TILE, sizeof *tile);
        double *buffer = tsl__alloc(x->cols, sizeof *buffer);
        reach own = {HUGE_VAL, 0};
        if (!tile || !buffer) {
            tsl__cancel_fail(cancel, TSL_E_NOMEM);
        }
#pragma omp for schedule(dynamic)
        for (size_t t = 0; t < tiles; t++) {
            tsl__cancel_done(cancel, atomic_load(&done), tiles);
            if (!tsl__cancel_stopped(cancel)) {
                measure_tile(x, weights, labelling->label, t * TSL__TILE, tile, buffer, &own);
                atomic_fetch_add(&done, 1);
            }
        }
#pragma omp critical(tsl_dunn)
        {
            all.apart = own.apart < all.apart ? own.apart : all.apart;
            all.wide = own.wide > all.wide ? own.wide : all.wide;
        }
        free(tile);
        free(buffer);
    }
    return all.apart < HUGE_VAL && all.wide > 0 ? sqrt(all.apart / all.wide) : (double)NAN;
}
