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

/* Places that draw the first `count` clusters of a run, each as so many rows
 * would that lie there: a centre is (sum w x + weight * place) / (sum w + weight). */
typedef struct tsl__prior {
    const double *place; /* count x cols, less the tiles' shift; NaN: the coordinate is free */
    size_t count;        /* 0: none */
    double weight;       /* > 0; infinite: centres stay at their places */
} tsl__prior;

typedef struct tsl__lloyd_run {
    int k;          /* clusters, 1 to TSL_CLUSTERS_MAX */
    int restart;    /* number of the run among those of its k, from 0 */
    double *center; /* k x cols: centres, less the tiles' shift */
    int iterations; /* made so far */
    int converged;  /* 1: no label changed in the last iteration */
    double cost; /* sum of w |x - mean of x's cluster|^2 by the labels of the last iteration (with prior places: to the
                    drawn centres, plus what they cost); an estimate from sums that are kept up by differences */
    double gain; /* what the last iteration took off the cost; infinite after the first one */

    /* While it runs. */
    int fresh;       /* 1: no row has a label yet */
    int done;        /* 1: it iterates no more */
    int dense;       /* rows of a tile: where more than this must be looked at, the whole tile is */
    double *sum;     /* k x cols: weighted sums of the clusters' rows, less the tiles' shift */
    double *mass;    /* k: sums of their weights */
    int64_t *count;  /* k: rows that have a weight */
    double *moved;   /* k: in units of the tiles' scale, the sum over the iterations of the centre's own way and the
                        farthest way of another: a row's gap has closed by no more since its label was found */
    float *limit;    /* k: `moved`, rounded up; a row is looked at again unless its gap exceeds this */
    uint16_t *label; /* rows: clusters, of the last iteration */
    float *gap; /* rows, in units of the scale: distance to the second nearest centre less that to the nearest, when
                   the row was last looked at, plus `moved` of its cluster at that time, rounded down */
    tsl__filter filter;
} tsl__lloyd_run;

typedef struct tsl__lloyd {
    double stop;     /* squared shift of all centres: a run stops when it is at most this; < 0: when no label changes */
    double patience; /* gains: a run is given up when so many times its last gain would leave it more than a share of
                        `margin` above the best of its k; the runs stand by k then; 0: never */
    double margin;   /* share, >= 0 */
    int max_iterations; /* of a run, those it has had included */
    int threads;
    int report; /* 1: runs that end are counted in the cancel's event */
    tsl__prior prior;
    uint64_t passes, iterations; /* counted up */
} tsl__lloyd;

int tsl__lloyd_run_open(tsl__lloyd_run *run, int k, int restart, size_t cols); /* 0 on success */
void tsl__lloyd_run_free(tsl__lloyd_run *run);

/* Carries count runs on, from their centres, until each is done. Failures go
 * to the cancel. An empty cluster takes the row farthest from its centre. */
void tsl__lloyd_fit(tsl__lloyd *lloyd, const tsl__tiles *tiles, tsl__lloyd_run *const *run, size_t count,
                    tsl__cancel *cancel);

#endif
