/* prism.h: whether there is a gap between two neighbouring clusters, seen over the
 * facet that their cells share. */
#ifndef TSL_MODEL_NATURAL_PRISM_H
#define TSL_MODEL_NATURAL_PRISM_H

#include "model/natural/natural_rows.h"

/* A partition, and the centres that each part of the rows is tested by: fold h is
 * of the rows h * rows / folds up to the next one's first. */
typedef struct tsl__prism_centers {
    int k;
    const double *center;      /* k x cols: of all rows; says which clusters are neighbours */
    size_t folds;              /* <= rows */
    const double *const *fold; /* folds: k x cols each: the same found without the fold's rows */
} tsl__prism_centers;

/* A pair of neighbouring clusters. */
typedef struct tsl__prism_pair {
    int a, b;      /* a < b */
    size_t rows;   /* the dip is of so many */
    double dip;    /* sqrt(rows) * dip, as a share of what has a chance of .02; 0 where there are fewer than 8 rows */
    double valley; /* rows at the emptiest place between the centres, as a share of those at the emptier centre;
                      infinite where there are fewer than 8 rows */
    int passes;    /* 1: there is a gap */
} tsl__prism_pair;

/* Measures the k - 1 pairs of the centres' minimum spanning tree. flat: 1 where all of them pass, but the clusters have
 * no width (flat.h), else 0. 0 on success. */
int tsl__prism_measure(const tsl__natural_rows *rows, const tsl__prism_centers *of, tsl__prism_pair *pair, int *flat);

/* Of n places s on the way from a centre (0) to its neighbour (1), which are
 * sorted: rows, dip, valley, passes. work: 4 n. */
void tsl__prism_judge(const double *s, size_t n, size_t *work, tsl__prism_pair *pair);

#endif
