/* init.h: where runs begin. */
#ifndef TSL_MODEL_KMEANS_INIT_H
#define TSL_MODEL_KMEANS_INIT_H

#include "base/rng.h"
#include "model/kmeans/lloyd.h"

/* Seeds are drawn from all rows up to this many, else from a sample of so many
 * rows (more for a large k), one of its own for each run. */
#define TSL__SAMPLE_ROWS 20000
#define TSL__SAMPLE_ROWS_EACH 50

/* The rows to draw from, less a shift, in tiles of doubles. */
typedef struct tsl__seedbed {
    tsl__row_view x; /* view */
    const double *shift;
    double *tile;   /* [tile][cols][64] */
    double *weight; /* [tile][64]: how often a row counts; 0 beyond the last row */
} tsl__seedbed;

/* weight may be NULL: each row counts once. 0 on success. */
int tsl__seedbed_open(tsl__seedbed *bed, const tsl__row_view *x, const double *shift, const double *weight);
void tsl__seedbed_free(tsl__seedbed *bed);

/* Greedy k-means++ (Arthur & Vassilvitskii 2007): each centre is the best of
 * 2 + ln k rows drawn in proportion to weight and squared distance from the
 * centres so far, of which the first `given` are there. center: k x cols, less
 * the shift; not all of them once the cancel has stopped. 0 on success. */
int tsl__seedbed_draw(const tsl__seedbed *bed, tsl__rng *rng, int given, int k, double *center, tsl__cancel *cancel);

/* The rows that a run with so many clusters is seeded on, of so many. */
size_t tsl__sample_rows(size_t rows, int k);

/* A sample of the rows: one from each of so many equal strata of chances that
 * are half in proportion to the row's weight and half to that times its squared
 * distance from the mean (Bachem, Lucic & Krause 2018), so that no sample misses
 * the outliers; weights make up for it. */
typedef struct tsl__sample {
    tsl__row_view x; /* owned: doubles */
    double *weight;  /* rows; whole numbers >= 1: 2^31 times the share of the row's chance that its weight makes */
    double weights;  /* their sum */
} tsl__sample;

/* Of which rows samples are drawn. */
typedef struct tsl__chances {
    const tsl__tiles *tiles;
    size_t tile_count;
    double *before; /* tile_count + 1: sum of the rows' chances before each tile */
    double weights; /* sum of the rows' weights */
    double norms;   /* sum of weight * norm */
} tsl__chances;

int tsl__chances_open(tsl__chances *of, const tsl__tiles *tiles); /* 0 on success */
void tsl__chances_free(tsl__chances *of);
int tsl__sample_open(tsl__sample *out, const tsl__chances *of, tsl__rng *rng, size_t rows); /* 0 on success */
void tsl__sample_free(tsl__sample *sample);
/* Prior places as they draw the sample's clusters, whose rows weigh otherwise. */
tsl__prior tsl__prior_of_sample(const tsl__prior *prior, const tsl__chances *of, const tsl__sample *sample);

/* How runs are seeded. */
typedef struct tsl__seeding {
    uint64_t seed;
    double stop; /* squared shift at which Lloyd's iterations on a sample stop */
    int threads;
    tsl__prior prior;
} tsl__seeding;

/* Sets the centres of every run, keyed by (seed, k, restart). Where its
 * rows are sampled, Lloyd's iterations on the sample come first. */
void tsl__runs_seed(const tsl__tiles *tiles, const tsl__seeding *how, tsl__lloyd_run *const *run, size_t count,
                    tsl__cancel *cancel);

#endif
