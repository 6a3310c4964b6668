/* tree.h: what the parts of the explanation tree share.
 *
 * A cut parts the rows of a node by one raw column: known values up to a
 * threshold go left, greater ones right, missing ones together to one side.
 * Distances are whole numbers (tree_distance.c), so that costs are sums
 * without rounding: equal in any order, and ties are true ties. */
#ifndef TSL_MODEL_TREE_TREE_H
#define TSL_MODEL_TREE_TREE_H

#include <tesela/model.h>

#include "base/parallel.h"
#include "model/matrix.h"

/* ---- Bins: a first, coarse look at a column ------------------------------ */

/* A value v lies in the first bin b with v <= edge[b]; code `count` is missing.
 * Each cluster's place in the column is a bin by itself. */
typedef struct tsl__bins_column {
    double *edge; /* rising; the last is DBL_MAX */
    char *many;   /* 1: several distinct values lie in the bin */
    int count;
    int missing; /* 1: the column has missing values */
} tsl__bins_column;

typedef struct tsl__bins {
    size_t rows, cols;
    uint16_t *code; /* cols x rows */
    tsl__bins_column *column;
    int most;    /* greatest count of bins, that of the missing included */
    size_t room; /* rows whose values are read at once: at least a bin's */
} tsl__bins;

/* place: k x raw->cols. TSL_E_INPUT where a raw value is infinite. */
TSL_FALLIBLE tsl_status tsl__bins_build(const tsl__row_view *raw, const double *place, int k, int threads,
                                        tsl__bins *out, tsl_error *err);
void tsl__bins_free(tsl__bins *bins); /* what it holds */

/* ---- The search for a cut ------------------------------------------------ */

typedef struct tsl__cut {
    int64_t cost;   /* of the node's rows, each at the nearest (growth: the one) centre of its side */
    double promise; /* of a growth that gains nothing (tree_growth.c); else 0 */
    double split;   /* centres placed up to here go left; not used by growth */
    double at;      /* known values up to here go left */
    int64_t column; /* -1: no cut */
    int missing_left;
} tsl__cut;

extern const tsl__cut tsl__cut_none;
/* Less cost first, then more promise; ties go to the lowest column, then missing on the right,
 * then the lowest split and threshold. */
int tsl__cut_before(const tsl__cut *a, const tsl__cut *b);

/* Shared by the threads that search: the best cut, and what it costs. The
 * limit is read at any time, and only to leave out what is dearer, so that
 * the order of the threads cannot change the best cut. */
void tsl__cut_take(tsl__cut *best, const tsl__cut *cut);
int64_t tsl__limit_get(const int64_t *limit);
void tsl__limit_lower(int64_t *limit, int64_t cost);

typedef struct tsl__row_value {
    double value;
    size_t row;
} tsl__row_value;

typedef struct tsl__center_place {
    double place;
    int cluster;
} tsl__center_place;

/* Memory of one thread. */
typedef struct tsl__scratch {
    tsl__center_place *place; /* k: a node's centres in the order of the column */
    int64_t *best;            /* k + 1 */
    int64_t *base;            /* k + 1 */
    int64_t *sum;             /* most bins x (k + 1) */
    size_t *count;            /* most bins: rows */
    double *mass;             /* most bins: their weight */
    int *rank;                /* k: where a centre stands in that order */
    int *first;               /* most bins */
    char *moving;             /* most bins */
    tsl__row_value *value;    /* room: the rows of bins batch_begin to batch_end - 1 */
    size_t *start;            /* most bins: where theirs begin */
    int batch_begin, batch_end;
} tsl__scratch;

typedef struct tsl__tree_work {
    const tsl__row_view *x, *raw;
    const double *weight; /* rows; NULL: once each */
    const double *center;
    const int32_t *label;
    int k, leaves, threads;
    tsl__ticker ticker;
    double *place; /* k x raw->cols: the clusters' means of the raw columns */
    int64_t
        *distance; /* rows x (k + 1): weight * squared distance to each centre, then to the nearest, in whole units */
    tsl__bins bins;
    tsl__scratch *scratch; /* one a thread */
    tsl__cut *rank;        /* raw->cols: columns in the order of looking */
    uint16_t *nearest;     /* rows: the nearest of the centres of the node that is looked at */
} tsl__tree_work;

/* The rows of one node that have a weight, in rising order. */
typedef struct tsl__tree_rows {
    const size_t *row;
    size_t count;
} tsl__tree_rows;

/* The place of a cluster in a column; where it has none (every value missing)
 * it stays with the missing: beyond all others, or before. */
double tsl__center_place_get(const tsl__tree_work *work, int cluster, size_t column, int missing_left);

/* The rows of a bin of the column whose counts the scratch holds, by rising
 * value: count[bin] of them, until the next call. Bins are asked for in rising
 * order; batch_end is 0 before the first. */
const tsl__row_value *tsl__bins_values(const tsl__tree_work *work, size_t column, int bin, tsl__tree_rows rows,
                                       tsl__scratch *scratch);

/* Ex-Greedy: the cut that keeps a centre of set and a row on each side and
 * costs least. */
void tsl__tree_find_greedy(const tsl__tree_work *work, tsl__tree_rows rows, const int *set, int count, tsl__cut *best);
/* ExKMC: the cut of a leaf with a row on each side that costs least when each
 * side takes the one best of all k centres. keep: 1: one side must keep the
 * leaf's cluster. */
void tsl__tree_find_growth(const tsl__tree_work *work, tsl__tree_rows rows, int cluster, int keep, tsl__cut *best);
/* The clusters that the two sides take. */
void tsl__tree_assign(const tsl__tree_work *work, tsl__tree_rows left, tsl__tree_rows right, int cluster, int keep,
                      int side[2]);

/* ---- The parts of a fit -------------------------------------------------- */

/* Fills work->distance. TSL_E_INPUT where one is not finite. */
TSL_FALLIBLE tsl_status tsl__tree_measure(tsl__tree_work *work, tsl_error *err);
/* Grows the nodes of the tree; drawn: the cluster of each row's leaf. */
TSL_FALLIBLE tsl_status tsl__tree_shape(tsl__tree_work *work, tsl_tree *tree, int32_t *drawn, tsl_error *err);
/* Where a value goes at an inner node. */
int tsl__tree_goes_left(const tsl_tree *tree, const tsl_tree_node *node, double value);

#endif
