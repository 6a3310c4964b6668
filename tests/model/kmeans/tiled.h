/* tiled.h: a matrix as the search sees it, for tests of its parts. */
#ifndef TESTS_MODEL_KMEANS_TILED_H
#define TESTS_MODEL_KMEANS_TILED_H

#include "model/kmeans/tiles.h"
#include "model/sets.h"

typedef struct tiled {
    tsl__row_view rows;
    tsl__weights weights;
    double *mean, variance;
    tsl__tiles tiles;
} tiled;

static inline void tiled_must(tsl_status status)
{
    if (status != TSL_OK) {
        abort();
    }
}

static inline tiled tiled_open_weighted(const tsl_matrix *x, const double *weight, int threads)
{
    tiled t = {.rows = tsl__row_view_of(x, 1), .mean = set_alloc(x->cols)};
    double scale;
    tiled_must(tsl__weights_check(weight, x->rows, &t.weights, NULL));
    tiled_must(tsl__matrix_moments(&t.rows, &t.weights, threads, t.mean, &t.variance, NULL, NULL));
    tiled_must(tsl__tiles_scale(&t.rows, t.mean, threads, &scale, NULL));
    tiled_must(tsl__tiles_open(&t.tiles, &t.rows, t.mean, weight, scale, threads, NULL));
    return t;
}

static inline tiled tiled_open(const tsl_matrix *x, int threads)
{
    return tiled_open_weighted(x, NULL, threads);
}

static inline void tiled_close(tiled *t)
{
    tsl__tiles_free(&t->tiles);
    free(t->mean);
}

#endif
