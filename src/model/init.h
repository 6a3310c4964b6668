/* init.h: where runs begin. */
#ifndef TSL_MODEL_INIT_H
#define TSL_MODEL_INIT_H

#include "base/rng.h"
#include "model/kmeans.h"

/* Seeds are drawn from all rows up to this many, else from a sample of so many
 * rows (more for a large k), one of its own for each run. */
#define TSL__SAMPLE_ROWS 20000
#define TSL__SAMPLE_ROWS_EACH 50

/* The rows to draw from, less a shift, in tiles of doubles. */
typedef struct tsl__seedbed {
    tsl_matrix x; /* view */
    const double *shift;
    double *tile;   /* [tile][cols][64] */
    double *weight; /* [tile][64]; 0 beyond the last row */
} tsl__seedbed;

/* weight may be NULL: each row counts once. 0 on success. */
int tsl__seedbed_open(tsl__seedbed *bed, const tsl_matrix *x, const double *shift, const uint32_t *weight);
void tsl__seedbed_free(tsl__seedbed *bed);

/* Greedy k-means++ (Arthur & Vassilvitskii 2007): each centre is the best of
 * 2 + ln k rows drawn in proportion to weight and squared distance from the
 * centres so far. center: k x cols, less the shift; not all of them once the
 * watch has stopped. 0 on success. */
int tsl__seedbed_draw(const tsl__seedbed *bed, tsl__rng *rng, int k, double *center, tsl__watch *watch);

/* The rows that a run with so many clusters is seeded on, of so many. */
size_t tsl__sample_rows(size_t rows, int k);

/* Sets the centres of every run, keyed by (seed, k, restart). Where its
 * rows are sampled, Lloyd's iterations on the sample come first. */
void tsl__runs_seed(const tsl__points *points, tsl__run *const *run, size_t count, uint64_t seed, double stop,
                    int threads, tsl__watch *watch);

#endif
