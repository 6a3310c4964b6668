/* tiles.h: the rows as the search sees them: the caller's matrix, never
 * copied in double, and a rounded copy in tiles of floats for the filter. */
#ifndef TSL_MODEL_KMEANS_TILES_H
#define TSL_MODEL_KMEANS_TILES_H

#include "model/matrix.h"

typedef struct tsl__tiles {
    tsl__row_view x;      /* view */
    const double *shift;  /* cols, view: y = x - shift */
    const double *weight; /* rows, view: how often each row counts; NULL: once */
    double scale;         /* a power of two */
    double total;         /* sum of weight * |y|^2 */
    float *tile;          /* [tile][cols][64]: y * scale */
    float *norm;          /* [tile][64]: |y * scale|^2, rounded up */
} tsl__tiles;

/* The power of two that brings the largest |x - shift| to [0.5, 1). */
TSL_FALLIBLE tsl_status tsl__tiles_scale(const tsl__row_view *x, const double *shift, int threads, double *scale,
                                         tsl_error *err);

/* scale as of tsl__tiles_scale over these rows or more. weight may be NULL. */
TSL_FALLIBLE tsl_status tsl__tiles_open(tsl__tiles *tiles, const tsl__row_view *x, const double *shift,
                                        const double *weight, double scale, int threads, tsl_error *err);
void tsl__tiles_free(tsl__tiles *tiles);

#endif
