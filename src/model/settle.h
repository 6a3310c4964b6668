/* settle.h: the last word on a clustering, in double and from the caller's own
 * rows: labels, sizes, inertia and spread of given centres. */
#ifndef TSL_MODEL_SETTLE_H
#define TSL_MODEL_SETTLE_H

#include "model/matrix.h"

typedef struct tsl__settled {
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
} tsl__settled;

int tsl__settled_open(tsl__settled *settled, int k, size_t rows, size_t cols); /* 0 on success */
void tsl__settled_free(tsl__settled *settled);

/* Settles all of them in the same passes. Failures go to the watch. */
void tsl__settle(const tsl_matrix *x, tsl__settled *settled, size_t count, int threads, tsl__watch *watch,
                 uint64_t *passes);

#endif
