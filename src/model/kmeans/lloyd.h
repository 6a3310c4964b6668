/* lloyd.h: Lloyd's iterations of many runs in the same passes over the rows.
 *
 * A run's labels are exact: the nearest centre in double arithmetic, ties to
 * the lowest (tsl__kernel.nearest). The filter and the gaps kept of each row
 * only spare looking where the answer cannot have changed. */
#ifndef TSL_MODEL_KMEANS_LLOYD_H
#define TSL_MODEL_KMEANS_LLOYD_H

#include "kernel/kernel.h"
#include "model/kmeans/tiles.h"

#include <tesela/model.h>

/* Labels are kept in 16 bits. */
#define TSL__MOST_CLUSTERS 65535

typedef struct tsl__lloyd_run {
    int k, restart;
    double *center; /* k x cols, less the points' shift */
    int iterations;
    int converged;  /* 1: no label changed in the last iteration */
    double inertia; /* of the labels, to their means */
    double gain;    /* what the last iteration took off it */

    /* While it runs. */
    int fresh; /* 1: no row has a label yet */
    int done;
    int dense;       /* more stale rows of a tile than this: the whole tile is looked at */
    double *sum;     /* k x cols */
    int64_t *count;  /* k: of rows, by weight */
    double *moved;   /* k: how far gaps to this centre's rows may have closed since the start, scaled */
    float *limit;    /* k: `moved`, rounded up */
    uint16_t *label; /* rows */
    float *gap;      /* rows: gap to the second nearest centre + moved, as it was when the row was last looked at */
    tsl__filter filter;
} tsl__lloyd_run;

typedef struct tsl__lloyd {
    double stop;     /* a run stops when its squared shift is at most this; < 0: when no label changes */
    double patience; /* > 0: a run is given up when so many times its last gain would leave it more than a share of
                        `margin` above the best of its k; the runs stand by k then */
    double margin;
    int max_iterations; /* of a run, those it has had included */
    int threads;
    int report;                  /* 1: runs that end are counted in the cancel's event */
    uint64_t passes, iterations; /* counted up */
} tsl__lloyd;

int tsl__lloyd_run_open(tsl__lloyd_run *run, int k, int restart, size_t cols); /* 0 on success */
void tsl__lloyd_run_free(tsl__lloyd_run *run);

/* Carries count runs on, from their centres, until each is done. Failures go
 * to the cancel. An empty cluster takes the row farthest from its centre. */
void tsl__lloyd_fit(tsl__lloyd *lloyd, const tsl__tiles *points, tsl__lloyd_run *const *run, size_t count,
                    tsl__cancel *cancel);

#endif
