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
#include "model/tree/tree_grid.h"

/* ---- Bins: a first, coarse look at a column ------------------------------ */

/* A value v lies in the first bin b with v <= edge[b]; code `count` is missing.
 * Each cluster's place in the column is a bin by itself. */
typedef struct tsl__bins_column {
    double *edge; /* count: upper ends of the bins, rising; the last is DBL_MAX; grid.most infinite ones follow */
    tsl__grid grid;
    double *value; /* count: what all values in the bin are, where they are all the same */
    char *many;    /* count: 1: several distinct values lie in the bin */
    int count;     /* bins, that of the missing left out; >= 1 */
    size_t at;     /* bins of the columns before, those of the missing included */
    int missing;   /* 1: the column has missing values */
} tsl__bins_column;

typedef struct tsl__bins {
    size_t rows, cols;        /* of the raw matrix */
    uint16_t *code;           /* the bin of each value: tsl__bins_codes */
    size_t group;             /* columns whose codes of a row lie side by side */
    tsl__bins_column *column; /* cols */
    size_t all;               /* bins of all columns, those of the missing included */
    int most;                 /* greatest number of bins of a column, that of the missing included */
    size_t room;              /* rows whose values are read at once; at least those of any bin that is looked into */
} tsl__bins;

/* place: k x raw->cols. TSL_E_INPUT where a raw value is infinite. */
TSL_FALLIBLE tsl_status tsl__bins_build(const tsl__row_view *raw, const double *place, int k, int threads,
                                        tsl__bins *out, tsl_error *err);
void tsl__bins_free(tsl__bins *bins); /* what it holds */

/* Columns stand in groups, and in a group row by row: who reads all columns of rows here and there reads a few lines
 * of memory a row, and who reads one column of all rows not many times its codes. A column's begin here; they
 * are bins->group apart. */
static inline const uint16_t *tsl__bins_codes(const tsl__bins *bins, size_t column)
{
    return bins->code + column / bins->group * bins->group * bins->rows + column % bins->group;
}

/* The bin that a known value lies in. */
int tsl__bin_get(const tsl__bins_column *column, double value);

/* ---- The search for a cut ------------------------------------------------ */

typedef struct tsl__cut {
    int64_t cost;   /* sum over the node's rows, in units of work->distance: greedy: of the least distance to a centre
                       that the cut leaves on the row's side, over that to the nearest of the node's, and what the rules'
                       length costs; growth: of the distance to the one centre that its side takes */
    double promise; /* growth that gains nothing: (sum of the rows' excess)^2 / weight, added over the two sides, where
                       the excess of a row is its distance to the leaf's centre less that to its nearest; else 0 */
    double split;   /* value of the column: centres placed up to here go left; 0 in growth, which does not use it */
    double at;      /* value of the column: known values up to here go left */
    int64_t column; /* raw column; -1: no cut */
    int missing_left;  /* 1: missing values go left, 0: right */
    int side[2];       /* growth: the clusters that the two sides take */
    int64_t excess[2]; /* growth: what their rows cost there over their nearest centres */
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
    double value; /* of the column, known */
    size_t row;
} tsl__row_value;

typedef struct tsl__center_place {
    double place; /* tsl__center_place_get */
    int cluster;
} tsl__center_place;

/* Memory of one thread. What an array holds depends on who searches:
 * tree_greedy.c, tree_growth.c. */
typedef struct tsl__scratch {
    tsl__center_place *place; /* k: greedy: the node's centres by rising place in the column */
    int *rank;                /* k: greedy: where in that order a cluster's centre stands */
    int64_t *base;            /* k + 1: greedy: a gap's cost, of rows that no threshold in it moves; growth: cost of all
                                 rows at each centre, then each at its nearest */
    int64_t *best;            /* k + 1: growth: the same of the rows on the left so far */
    int64_t *sum;          /* most bins x 2: greedy: cost of a bin's rows on the left and on the right of the gap that
                              they move through */
    int64_t *margin;       /* greedy: for each of `together` columns most bins x k: the margins of a bin's rows, by
                              their nearest centre; NULL: too many to count */
    char *parted;          /* most bins x k: greedy: 1: a row of the bin with this nearest centre costs more in some
                              gap; NULL: as for `margin` */
    int64_t *tile;         /* growth: distances of work->tile_rows rows, as lines of a tally */
    uint16_t *tile_code;   /* growth: their bins in a column; greedy: places in a block of rows */
    size_t *count;         /* most bins: the node's rows in a bin */
    double *mass;          /* likewise: greedy: their weight */
    int *first;            /* most bins: greedy: the first gap that has the bin on its left */
    char *moving;          /* most bins: greedy: 1: thresholds in the gap before `first` part the bin from its left */
    char *wanted;          /* most bins: 1: the bin may hold a better cut, so that its rows are to be read */
    char *loaded;          /* most bins: 1: its rows are in `value` */
    tsl__row_value *value; /* work->bins.room: the rows of wanted bins of batch_begin to batch_end - 1, bin after bin */
    size_t values;         /* how many they are, where a thread helps another to read them */
    size_t *start;         /* most bins: where in `value` a bin's begin */
    int batch_begin, batch_end; /* bins whose rows are in `value` */
} tsl__scratch;

/* Told as each stage of a fit begins, for who measures them; "": the end. */
typedef struct tsl__tree_watch {
    void (*tell)(void *user, const char *stage); /* NULL: nobody is told */
    void *user;
} tsl__tree_watch;

typedef struct tsl__tree_work {
    const tsl__row_view *x;   /* rows in the space of clustering */
    const tsl__row_view *raw; /* the same rows' raw columns */
    const double *weight;     /* rows: how often each counts; NULL: once */
    const double *center;     /* k x x->cols, in the unit of x */
    const int32_t *label;     /* rows: 0 to k - 1 */
    int k;                    /* clusters, each with a row that has a weight */
    int leaves;               /* at most, >= k */
    int most;                 /* that the curve goes up to, >= leaves */
    tsl_tree_method method;
    double round; /* share of agreement and cost that rounded thresholds may take */
    double least; /* weight that a leaf of growth has at least */
    int threads;
    tsl__ticker ticker;
    tsl__tree_watch watch;
    int tallies;       /* as in tsl__tree_task */
    double *place;     /* k x raw->cols: means of the raw columns over each cluster; NaN where none is known */
    double *mean;      /* k x x->cols: means of the clusters' rows in the space of clustering */
    int64_t *distance; /* rows x (k + 1): weight * squared distance to each centre, then to the nearest, in whole
                          units (tree_distance.c); IMM, while it cuts: weight where it is not the row's own centre */
    const struct tsl__kernel *kernel;
    double whole; /* such units in a squared distance of 1 */
    tsl__bins bins;
    size_t together;       /* columns that are gathered in one pass over the rows */
    size_t tile_rows;      /* rows whose distances stay in the cache while several columns take them */
    tsl__scratch *scratch; /* threads */
    tsl__cut *rank;        /* raw->cols: greedy: columns in the order of looking */
    uint16_t *nearest;     /* rows, by place in the node: greedy: the nearest of the node's centres */
    int64_t *margin;       /* likewise: how much farther the second nearest is */
    int64_t *gap_least;    /* raw->cols x 2 x k: greedy: what a cut in each gap costs at least, missing right or left */
} tsl__tree_work;

/* The rows of one node that have a weight, in rising order. */
typedef struct tsl__tree_rows {
    const size_t *row;
    size_t count;
} tsl__tree_rows;

/* The place of a cluster in a column; where it has none (every value missing)
 * it stays with the missing: beyond all others, or before. */
double tsl__center_place_get(const tsl__tree_work *work, int cluster, size_t column, int missing_left);

/* The rows of a wanted bin of the column, count[bin] of them, by rising value,
 * until the next call. Bins are asked for in rising order; batch_end is 0 before
 * the first. */
const tsl__row_value *tsl__bins_values(const tsl__tree_work *work, size_t column, int bin, tsl__tree_rows rows,
                                       const size_t *count, tsl__scratch *scratch);

/* Ex-Greedy, and what else cuts by centres: the cut that keeps a centre of set
 * and a row on each side and costs least. bounded: a column's bits: the rules of
 * this node bound it from above (1), from below (2) already; NULL: the length of
 * rules is no matter. */
void tsl__tree_find_greedy(const tsl__tree_work *work, tsl__tree_rows rows, const int *set, int count,
                           const unsigned char *bounded, tsl__cut *best);
/* How many more conditions a row's rule is expected to need, at least, where a
 * cut leaves so many centres and between these shares of the rows on its left,
 * and every cut below does likewise (tree_height.c). bounded: as above. */
double tsl__tree_height(int left, int right, double low, double high, unsigned bounded);

/* The best cuts of a leaf: any, and of those that keep the leaf's cluster on a side. */
#define TSL__GROWTHS 2
typedef struct tsl__growth {
    tsl__cut cut[TSL__GROWTHS];
    int64_t *total; /* k + 1: what the leaf's rows cost at each centre, then each at its nearest */
    double mass;    /* what they weigh */
} tsl__growth;

/* What the rows of a leaf add up to in the bins of all columns: bins.all, a
 * column's from its `at` on, that of the missing last. */
typedef struct tsl__tally {
    int64_t
        *sum; /* x tsl__tally_line: cost of a bin's rows at each centre, then each at its nearest; how many they are */
    double *mass; /* what they weigh; NULL: every row counts once */
} tsl__tally;

static inline size_t tsl__tally_line(const tsl__tree_work *work)
{
    return (size_t)work->k + 2;
}

static inline void tsl__costs_add(int64_t *restrict to, const int64_t *restrict from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] += from[i];
    }
}

size_t tsl__tally_bytes(const tsl__tree_work *work);
int tsl__tally_open(const tsl__tree_work *work, tsl__tally *tally); /* 0: out of memory */
void tsl__tally_free(tsl__tally *tally);                            /* what it holds */
void tsl__tally_gather(const tsl__tree_work *work, tsl__tree_rows rows, tsl__tally *to);
/* Takes a part of the rows away, all but from the weights. */
void tsl__tally_part(const tsl__tree_work *work, tsl__tally *from, const tsl__tally *part);
/* The weights alone, of these rows. */
void tsl__tally_weigh(const tsl__tree_work *work, tsl__tree_rows rows, tsl__tally *to);

/* ExKMC: the cut of a leaf with work->least on each side that costs least when
 * each side takes the one best of all k centres. */
void tsl__tree_find_growth(const tsl__tree_work *work, tsl__tree_rows rows, const tsl__tally *tally, int cluster,
                           tsl__growth *best);

/* ---- The parts of a fit -------------------------------------------------- */

/* The arguments of tsl_tree_fit. */
typedef struct tsl__tree_task {
    const tsl_matrix *x;
    const double *weight, *center;
    int k;
    const int32_t *label;
    const tsl_raw_columns *raw;
    const tsl_tree_options *opt;
    int tallies; /* kept at once, at most; 0: as many as there is room for */
} tsl__tree_task;

/* tsl_tree_fit itself, watched. */
TSL_FALLIBLE tsl_status tsl__tree_fit_watched(const tsl__tree_task *task, const tsl_exec *exec, tsl__tree_watch watch,
                                              tsl_tree **out, tsl_error *err);
void tsl__tree_tell(const tsl__tree_work *work, const char *stage);

/* Fills work->distance, which is there, and work->whole. mistakes: 1: with what IMM counts. */
TSL_FALLIBLE tsl_status tsl__tree_measure(tsl__tree_work *work, int mistakes, tsl_error *err);
/* Grows the nodes of the tree and its curve; drawn: the cluster of each row's leaf. */
TSL_FALLIBLE tsl_status tsl__tree_shape(tsl__tree_work *work, tsl_tree *tree, int32_t *drawn, tsl_error *err);
/* Where a value goes at an inner node. */
int tsl__tree_goes_left(const tsl_tree *tree, const tsl_tree_node *node, double value);

/* tree_graft.c: puts the tree where the rule has its open leaf (cluster -1); its other
 * leaves are groups that become clusters k to k + groups - 1, of so many rows each.
 * Their precision and coverage are the caller's to set. 0 on success; else the tree
 * is as it was. */
int tsl__tree_graft(tsl_tree *tree, const tsl_tree_node *rule, size_t rule_count, int groups, const uint64_t *rows);

#endif
