/* tree_curve.h: leaves against price, as a tree grows. */
#ifndef TSL_MODEL_TREE_TREE_CURVE_H
#define TSL_MODEL_TREE_TREE_CURVE_H

#include "model/tree/tree.h"

typedef struct tsl__curve {
    const tsl__tree_work *work;
    tsl_tree *tree;   /* whose curve it is */
    double *mass;     /* k: what the rows that are drawn in a cluster weigh */
    double *shift;    /* k x x->cols: sum of weight * (row - centre) over them */
    double *part;     /* what parts of rows add up to, and a row for each */
    int64_t cost;     /* distances to the centre that a row is drawn to */
    double reference; /* those to the means of the clusters as they are */
    double hits, all; /* weight of the rows that are drawn in their cluster, and of all */
    int32_t *cluster; /* a node's: what all of its leaves have; -1: several */
    int *leaves;      /* a node's, where such a node is one leaf */
} tsl__curve;

/* Begins with the tree as it is, and how it draws the rows. */
TSL_FALLIBLE tsl_status tsl__curve_open(tsl__curve *curve, const tsl__tree_work *work, tsl_tree *tree,
                                        const int32_t *drawn, tsl_error *err);
/* A leaf of a cluster was cut, which gained so much. */
void tsl__curve_add(tsl__curve *curve, int32_t node, int cluster, int64_t gain, tsl__tree_rows left,
                    tsl__tree_rows right);
void tsl__curve_close(tsl__curve *curve); /* what it holds */

#endif
