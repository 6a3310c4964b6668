/* exact.h: the last word on a clustering, in double and from the caller's own
 * rows: labels, sizes, inertia and spread of given centres. */
#ifndef TSL_MODEL_KMEANS_EXACT_H
#define TSL_MODEL_KMEANS_EXACT_H

#include "model/kmeans/lloyd.h"

typedef struct tsl__exact {
    int k;
    double *center;  /* k x cols, of the rows as they are */
    int64_t *size;   /* k: rows, those without weight included */
    int64_t *count;  /* k: rows that have a weight */
    double *mass;    /* k: sum of the rows' weights */
    double *spread;  /* k: sum of weight times distance to the centre over a cluster's rows */
    double inertia;  /* sum of weight times squared distance to the nearest centre */
    uint16_t *label; /* rows: the nearest centre */
    int updates;     /* passes after which the centres may still move to the means; where a cluster is empty, they move
                        in any case */
    int iterations;  /* moves after which a label changed */
    int converged;   /* 1: each centre is the mean of its rows, each row nearest to its centre */

    /* While it settles. */
    int fresh;   /* 1: no pass was made yet */
    int done;    /* 1: no further pass is needed */
    double *sum; /* k x cols: weighted sum of row - centre over a cluster's rows */
} tsl__exact;

/* What all clusterings share. */
typedef struct tsl__exact_input {
    const tsl__row_view *x;
    const double *weight; /* rows; NULL: once each */
    tsl__prior prior;     /* places as the rows are, without a shift */
} tsl__exact_input;

int tsl__exact_open(tsl__exact *settled, int k, size_t rows, size_t cols); /* 0 on success */
void tsl__exact_free(tsl__exact *settled);

/* Settles all of them in the same passes. Failures go to the cancel. */
void tsl__exact_fit(const tsl__exact_input *input, tsl__exact *settled, size_t count, int threads, tsl__cancel *cancel,
                    uint64_t *passes);

#endif
