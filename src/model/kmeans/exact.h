/* exact.h: the last word on a clustering, in double and from the caller's own
 * rows: labels, sizes, inertia and spread of given centres. */
#ifndef TSL_MODEL_KMEANS_EXACT_H
#define TSL_MODEL_KMEANS_EXACT_H

#include "model/matrix.h"

typedef struct tsl__exact {
    int k;
    double *center; /* k x cols, of the rows as they are */
    uint64_t *size; /* k */
    double *spread; /* k: sum of the distances of a cluster's rows to its centre */
    double inertia;
    uint16_t *label; /* rows */
    int updates;     /* times the centres may move on; where a cluster is empty they do in any case */
    int iterations;  /* updates after which a label changed */
    int converged;   /* 1: each centre is the mean of its rows, each row nearest to its centre */

    /* While it settles. */
    int fresh, done;
    double *sum;
} tsl__exact;

int tsl__exact_open(tsl__exact *settled, int k, size_t rows, size_t cols); /* 0 on success */
void tsl__exact_free(tsl__exact *settled);

/* Settles all of them in the same passes. Failures go to the cancel. */
void tsl__exact_fit(const tsl_matrix *x, tsl__exact *settled, size_t count, int threads, tsl__cancel *cancel,
                    uint64_t *passes);

#endif
