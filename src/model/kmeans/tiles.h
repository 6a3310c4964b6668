/* tiles.h: the rows as the search sees them: the caller's matrix, never
 * copied in double, and a rounded copy in tiles of floats for the filter. */
#ifndef TSL_MODEL_KMEANS_TILES_H
#define TSL_MODEL_KMEANS_TILES_H

#include "model/matrix.h"

typedef struct tsl__tiles {
    tsl_matrix x;           /* view */
    const double *shift;    /* cols, view: y = x - shift */
    const uint32_t *weight; /* rows, view: how often each row counts; NULL: once */
    double scale;           /* a power of two */
    double total;           /* sum of weight * |y|^2 */
    float *tile;            /* [tile][cols][64]: y * scale */
    float *norm;            /* [tile][64]: |y * scale|^2, rounded up */
} tsl__tiles;

/* The power of two that brings the largest |x - shift| to [0.5, 1). */
double tsl__tiles_scale(const tsl_matrix *x, const double *shift, int threads);

/* scale as of tsl__tiles_scale over these rows or more. weight may be NULL. */
tsl_status tsl__tiles_open(tsl__tiles *points, const tsl_matrix *x, const double *shift, const uint32_t *weight,
                           double scale, int threads, tsl_error *err);
static inline uint32_t tsl__tiles_weight(const tsl__tiles *points, size_t row)
{
    return points->weight ? points->weight[row] : 1;
}

void tsl__tiles_free(tsl__tiles *points);

#endif
