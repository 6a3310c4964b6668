/*
 * model.h: k-means, the sweep over k, quality measures, explanation trees.
 *
 * Knows matrices and vectors only, never customers: NumPy or another program
 * can call it directly. All inputs are views; every value must be finite
 * unless stated. Results (sweep, tree, model) are made by the library alone and
 * are read only; their structs stay as they are within one soname (base.h). Rows
 * are counted from 1 in messages.
 *
 * Deterministic: same input, options, seed and kernel give the same bits for
 * any number of threads. Rows are split into fixed blocks, partial sums are
 * combined in block order, the random generator is counter-based, keyed by
 * (seed, k, restart, draw); ties go to the lowest index.
 */
#ifndef TESELA_MODEL_H
#define TESELA_MODEL_H

#include <tesela/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The SIMD kernel in use: "generic", "avx2", "avx512". All give the same bits. */
TSL_API const char *tsl_kernel_get_name(void);

/* ---- k-means and the sweep over k --------------------------------------- */

/* The most clusters there are, in a fit, a tree and a model: labels and a tree's
 * bins are counted in 16 bits. */
#define TSL_CLUSTERS_MAX 30000

/* Lloyd (1982) from greedy k-means++ seeds (Arthur & Vassilvitskii 2007),
 * `restarts` runs a k, the lowest inertia wins. */
typedef struct tsl_kmeans_options {
    size_t size;            /* of this struct */
    int k;                  /* 1 to TSL_CLUSTERS_MAX; default 0: sweep k_min..k_max */
    int k_min, k_max;       /* likewise, k_min <= k_max unless there is a k; default 2, 10 */
    int restarts;           /* 1 to 1e6; default 10 */
    int max_iterations;     /* 1 to 1e6; default 300 */
    double tolerance;       /* a run stops when the centres' squared shift is at most this times the mean
                               column variance; 0 to 1, default 1e-4; the winner of each k is then polished
                               until no label changes */
    uint64_t seed;          /* default 1 */
    size_t silhouette_rows; /* default 10000: sampled; exact where there are no more rows; 0: left out */
    double min_share;       /* k is chosen among those whose smallest cluster holds this share, 0 to 1; default 0.01 */
    int scaled;             /* 1: the rows were scaled for the fit; what is said of rows that are alike says so, as they
                               may have come to be so by that. Changes no result; default 0 */
} tsl_kmeans_options;

TSL_API void tsl_kmeans_defaults(tsl_kmeans_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_kmeans_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_kmeans_check(const tsl_kmeans_options *opt, tsl_error *err);

/* The nearest and the second nearest centre of each row. In a sweep and a model
 * all arrays are there, and owned by it; where a caller hands one over to be
 * filled, they are the caller's, each NULL (not wanted) or with room for `rows`. */
typedef struct tsl_assignment {
    size_t rows;
    int32_t *label;             /* 0 to k - 1 */
    double *distance;           /* Euclidean, to the centre of label */
    int32_t *runner_up;         /* 0 to k - 1; -1 where k = 1 */
    double *runner_up_distance; /* NaN where k = 1 */
} tsl_assignment;

/* Where k-means begins, and what draws its centres. NULL for it: k-means++
 * seeds, and the rows alone. */
typedef struct tsl_start {
    size_t size;         /* of this struct */
    const double *init;  /* init_count x cols, view: the centres that the one run begins with, such as those of an
                            earlier  model; k is their number. NULL: seeds */
    size_t init_count;   /* at most TSL_CLUSTERS_MAX; default 0 */
    const double *prior; /* prior_count x cols, view: places that draw the first clusters, as prior_weight rows would
                            that lie there: centre = (sum w x + prior_weight * prior) / (sum w + prior_weight). NaN: the
                            coordinate is free. NULL: none */
    size_t prior_count;  /* <= k; the other clusters are free; default 0 */
    double prior_weight; /* >= 0, in rows; 0: k-means, to the bit; INFINITY: centres stay at their places; default 0 */
} tsl_start;

TSL_API void tsl_start_defaults(tsl_start *start, size_t size);

typedef struct tsl_candidate {
    int k;
    double inertia;    /* sum of weight * squared distance to the nearest centre, from the rows as they were given;
                          infinite or 0 where a double does not hold it */
    double silhouette; /* mean; NaN where left out or k = 1 */
    double calinski_harabasz; /* NaN for k = 1 or k = rows */
    double davies_bouldin;    /* NaN for k = 1 */
    double smallest_share;    /* weight of the smallest cluster / weight of all rows */
    int iterations;           /* of the winning run, polish included */
    int converged;            /* 1: no label changed in the last iteration */
    int restart;              /* the winning one, from 0 */
    double *center;           /* k x cols, owned */
    uint64_t *size; /* k: rows, those without weight included; > 0 but for clusters that a prior place draws */
    double *weight; /* k: sum of the rows' weights, owned; in a model that was read of the chosen one alone, NULL where
                       they counted once each */
    double penalty; /* prior_weight * sum of the squared ways of the centres from their prior places; 0 without;
                       the runs are judged by inertia + penalty, which no iteration raises */
} tsl_candidate;

typedef struct tsl_sweep_info {
    double seconds_seed, seconds_fit, seconds_quality;
    int threads;
    const char *kernel;
    uint64_t passes;          /* passes over the rows */
    uint64_t iterations;      /* over all runs */
    uint64_t silhouette_rows; /* as used */
    int k_max_lowered;        /* 0, or the k_max that was asked for and could not be had */
    char choice[160];         /* why this k: one English sentence */
    tsl_notes notes;
} tsl_sweep_info;

typedef struct tsl_sweep {
    size_t rows, cols;
    size_t count;
    tsl_candidate *candidate; /* by rising k */
    size_t best;              /* index of the chosen one */
    tsl_sweep_info info;
    tsl_assignment *assignment; /* by the chosen one; owned. NULL once it is a model's */
} tsl_sweep;

/* weight: rows numbers >= 0, how often each row counts: a row of weight 2 is two
 * rows, one of weight 0 takes no part in the fit and is assigned at the end;
 * NULL: once each.
 * Chosen k: the greatest silhouette among those with smallest_share >=
 * min_share (where none, among all, with a note; without silhouettes, the
 * greatest Calinski-Harabasz); ties go to the smaller k.
 * Errors: TSL_E_INPUT (no row or column; a value that is not finite, with row
 * and column; an explicit k above the number of distinct rows; all rows
 * alike; a weight that is negative or not finite), TSL_E_OPTION, TSL_E_CANCELLED, TSL_E_NOMEM.
 * Cost: O(rows * cols * sum of k * restarts * iterations). */
TSL_API TSL_FALLIBLE tsl_status tsl_kmeans_fit(const tsl_matrix *x, const double *weight, const tsl_start *start,
                                               const tsl_kmeans_options *opt, const tsl_exec *exec, tsl_sweep **out,
                                               tsl_error *err);
TSL_API void tsl_sweep_free(tsl_sweep *sweep);
/* A candidate, by rising k, borrowed; NULL beyond the last. */
TSL_API const tsl_candidate *tsl_sweep_get_candidate(const tsl_sweep *sweep, size_t index);
/* Each row's cluster under the chosen candidate, borrowed; NULL where there is no assignment. */
TSL_API const int32_t *tsl_sweep_get_labels(const tsl_sweep *sweep);

/* The nearest of k centres (k x cols). out->rows must be x->rows, which may be
 * 0. Ties go to the lowest centre. Cost O(rows * k * cols). */
TSL_API TSL_FALLIBLE tsl_status tsl_kmeans_predict(const tsl_matrix *x, const double *center, int k,
                                                   const tsl_exec *exec, tsl_assignment *out, tsl_error *err);

/* ---- Quality of any labelling ------------------------------------------- */

typedef struct tsl_quality {
    double inertia;           /* to the clusters' means */
    double silhouette;        /* Rousseeuw (1987); see rows */
    double calinski_harabasz; /* Calinski & Harabasz (1974) */
    double davies_bouldin;    /* Davies & Bouldin (1979) */
    uint64_t silhouette_rows; /* rows it was computed on */
} tsl_quality;

typedef struct tsl_quality_options {
    size_t size;            /* of this struct */
    size_t silhouette_rows; /* as in the sweep: a sample of so many rows drawn without replacement, against each
                               other; default 10000 */
    uint64_t seed;          /* of the sample; default 1 */
} tsl_quality_options;

TSL_API void tsl_quality_defaults(tsl_quality_options *opt, size_t size);
TSL_API TSL_FALLIBLE tsl_status tsl_quality_check(const tsl_quality_options *opt, tsl_error *err);

/* weight: as in the fit; label: 0..k-1, each on a row that has a weight. Rows of
 * weight w count w times in every index; where silhouettes are sampled, rows
 * without weight are not drawn. */
TSL_API TSL_FALLIBLE tsl_status tsl_quality_get(const tsl_matrix *x, const double *weight, const int32_t *label, int k,
                                                const tsl_quality_options *opt, const tsl_exec *exec, tsl_quality *out,
                                                tsl_error *err);

/* ---- Explanation tree ---------------------------------------------------- */

/* What a raw column holds. */
typedef enum tsl_tree_form {
    TSL_TREE_NUMBER,
    TSL_TREE_BOOLEAN, /* 0, 1 */
    TSL_TREE_LEVEL    /* 0, 1: one level of a category */
} tsl_tree_form;

/* How the first k leaves are cut; cuts minimise, over the rows of a node, */
typedef enum tsl_tree_method {
    TSL_TREE_GREEDY,  /* the k-means cost with the centres of a row's side: Ex-Greedy (Laber & Murtinho 2021) */
    TSL_TREE_IMM,     /* the weight of the rows that part from their centre (Dasgupta et al. 2020, algorithm 1) */
    TSL_TREE_SHALLOW, /* the cost of Ex-Greedy over its least, plus 0.03 a condition that the rules below are expected
                         to need: ExShallow (Laber, Murtinho & Oliveira 2022) */
    TSL_TREE_METHODS
} tsl_tree_method;
TSL_API const char *tsl_tree_method_get_name(tsl_tree_method method); /* "greedy", "imm", "shallow" */

/* k leaves by the method; then, for more leaves, ExKMC growth (Frost,
 * Moshkovitz & Rashtchian 2020). Cuts are on raw, interpretable columns, where
 * NaN means missing and goes to the side that costs less; costs are measured in
 * the space the clusters were found in. */
typedef struct tsl_tree_options {
    size_t size;            /* of this struct */
    int leaves;             /* 1 to 1e6, and >= k; default 0: 2 k */
    tsl_tree_method method; /* default TSL_TREE_GREEDY */
    double round; /* 0 to 1: thresholds become numbers that people say as long as the agreement falls by less, and the
                     cost rises by less than this share; 0: none does but between two neighbouring values;
                     default 0.005 */
    int curve;    /* 1 to 1e6: the leaves that tsl_tree.curve goes up to, at least those of the tree; default 0: 4 k,
                     but no more than 1024 */
} tsl_tree_options;

TSL_API void tsl_tree_defaults(tsl_tree_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_tree_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_tree_check(const tsl_tree_options *opt, tsl_error *err);

/* A raw column. */
typedef struct tsl_tree_column {
    const char *name; /* its own: "recency_days", "Gender=F" */
    tsl_tree_form form;
    const char *category; /* of a level: the category's name, "Gender"; else "", or NULL where a caller gives it */
    const char *level;    /* of a level: its text, "F"; else likewise */
} tsl_tree_column;

typedef struct tsl_tree_node {
    int32_t left, right;  /* children, -1 in a leaf; node 0 is the root */
    int32_t column;       /* raw column of the cut, -1 in a leaf */
    double threshold;     /* x <= threshold goes left; +infinity: every known value does */
    int32_t missing_left; /* 1: missing goes left, 0: right; -1: no missing row came here in training, so that
                             rules do not speak of it; a new one goes to the child with more rows (tie: left) */
    int32_t cluster;      /* the leaf's cluster, -1 in an inner node */
    int32_t parent;       /* -1 for the root */
    uint64_t rows;        /* that have a weight */
    uint64_t hits;        /* of them, those whose cluster is the leaf's (leaves) */
} tsl_tree_node;

/* What a tree of so many leaves costs and tells, before its thresholds are rounded. */
typedef struct tsl_tree_point {
    int leaves;
    double cost_ratio, agreement;
} tsl_tree_point;

typedef struct tsl_tree {
    size_t node_count;
    tsl_tree_node *node;     /* parents before children */
    int k, leaves, depth;    /* fewer leaves than asked for where no further cut tells rows apart or gains */
    size_t cols;             /* raw columns */
    tsl_tree_column *column; /* cols; owned, names included */
    double cost;             /* sum of squared distances to the mean of each leaf's cluster as the tree draws it */
    double cost_ratio;       /* cost / reference inertia: the price of explanation, >= 1 up to rounding; 1 for 0/0 */
    double agreement;        /* share of rows whose leaf has their cluster */
    double *precision;       /* k: of the rows the rule catches, the share in the cluster; NaN: catches none */
    double *coverage;        /* k: of the cluster's rows, the share the rule catches */
    tsl_tree_method method;  /* of its first leaves */
    size_t curve_count;      /* 0 where the file has none */
    tsl_tree_point *curve;   /* curve_count, leaves rising: leaves against price */
} tsl_tree;

/* What a tree cuts, a view: rows x raw columns, NaN allowed, and what they are,
 * NULL: numbers called c1, c2, ... */
typedef struct tsl_raw_columns {
    const tsl_matrix *values;
    const tsl_tree_column *column;
} tsl_raw_columns;

/* x: rows x cols in cluster space; weight: as in the fit of k-means, NULL: once
 * each; center: k x x->cols; label: each row's cluster, one without rows gets no
 * leaf; raw: of the same rows, copied from. Exact: every threshold between two
 * neighbouring values is looked at. Cost: O(rows x raw columns x k) for each
 * level of the tree, at most. */
TSL_API TSL_FALLIBLE tsl_status tsl_tree_fit(const tsl_matrix *x, const double *weight, const double *center, int k,
                                             const int32_t *label, const tsl_raw_columns *raw,
                                             const tsl_tree_options *opt, const tsl_exec *exec, tsl_tree **out,
                                             tsl_error *err);
/* leaf: node numbers; cluster; either may be NULL. */
TSL_API TSL_FALLIBLE tsl_status tsl_tree_predict(const tsl_tree *tree, const tsl_matrix *raw, const tsl_exec *exec,
                                                 int32_t *leaf, int32_t *cluster, tsl_error *err);
TSL_API void tsl_tree_free(tsl_tree *tree);

/* Which values of one column pass: known ones with low < x <= high, and missing
 * ones or not. */
typedef struct tsl_tree_bound {
    int32_t column;
    double low, high; /* -infinity, +infinity: no bound; low = +infinity: no known value passes */
    int yes;          /* boolean or level: 1: it is, 0: it is not; -1: a number */
    int missing;      /* 1: a missing value passes, 0: it does not */
    int missing_seen; /* 1: one came to these cuts in training; 0: none did, so that a rule need not speak of it */
} tsl_tree_bound;

/* The way to a leaf: what passes all of its bounds ends there. */
typedef struct tsl_tree_path {
    int32_t leaf;    /* its node */
    int32_t cluster; /* the leaf's */
    size_t count;
    tsl_tree_bound *bound; /* count: one a column, by the first cut of it on the way from the root */
} tsl_tree_path;

/* The ways to a cluster's leaves, left before right; cluster -1: to all leaves.
 * None (*count 0) where the cluster has no leaf. Owned: free with
 * tsl_tree_paths_free. */
TSL_API TSL_FALLIBLE tsl_status tsl_tree_get_paths(const tsl_tree *tree, int cluster, tsl_tree_path **out,
                                                   size_t *count, tsl_error *err);
TSL_API void tsl_tree_paths_free(tsl_tree_path *path, size_t count);
/* What the one cut above a node, which is not the root, lets pass to it. */
TSL_API void tsl_tree_get_bound(const tsl_tree *tree, int32_t node, tsl_tree_bound *out);

/* ---- The model and its file ---------------------------------------------- */

/* All that is needed to assign new rows and to explain the clusters. */
typedef struct tsl_model {
    size_t rows, cols; /* of the training matrix */
    char **column;     /* cols names */
    int k;
    double *center;     /* k x cols, in the space of clustering */
    double *center_raw; /* k x raw_cols: means of the raw columns in each cluster, NaN where all are missing */
    size_t raw_cols;
    char **raw_column;
    uint64_t *size;        /* k */
    double *mean_distance; /* k: weighted mean distance of a cluster's training rows to its centre; NaN without rows, or
                              in a file without it */
    tsl_assignment *assignment; /* of the training rows, in the model's numbers; owned. NULL after reading */
    tsl_sweep *sweep;           /* owned; candidates without centres after reading */
    tsl_tree *tree;             /* owned, or NULL */
    char *value;                /* raw column by which clusters are numbered (descending total), or NULL: by size */
    uint64_t features_hash;     /* of the training matrix (tsl_matrix_get_hash): which one it was */
    char *options;              /* JSON: the options that can change the result */
    char *weight;               /* the column that says how often each row counted, or NULL: none, or not known */
    uint64_t weights_hash;      /* of the rows' weights; 0: they counted once each */
    uint64_t init_hash;         /* of the centres that the fit was given to begin with; 0: none */
} tsl_model;

/* Takes the chosen candidate of sweep, fitted on x and weight, as the model, and
 * the sweep with it: its clusters are renumbered, once and for all, by falling
 * total of `value` times weight (rows long; NaN counts 0; NULL: none), then
 * falling weight of their rows, then old number. Values that all are decimals of
 * up to four places are added up exactly. On failure the sweep is the caller's
 * as it was. column: names of x's columns, or NULL: c1, c2, ...; raw, as for the
 * tree, is copied from; NULL: no tree, no raw columns. Left to the caller to fill: value (NULL), options ("{}"), weight
 * (NULL), init_hash (0). */
TSL_API TSL_FALLIBLE tsl_status tsl_model_build(const tsl_matrix *x, const double *weight, const char *const *column,
                                                tsl_sweep *sweep, const tsl_raw_columns *raw, const double *value,
                                                const tsl_tree_options *opt, const tsl_exec *exec, tsl_model **out,
                                                tsl_error *err);
TSL_API void tsl_model_free(tsl_model *model);
/* The share of the training rows that a cluster, 0 to k - 1, holds: of their weight where they had one. */
TSL_API double tsl_model_get_share(const tsl_model *model, int cluster);

/* A hash of the matrix: shape and values, as bits of doubles. */
TSL_API TSL_FALLIBLE tsl_status tsl_matrix_get_hash(const tsl_matrix *x, uint64_t *hash, tsl_error *err);

/* The file (docs/formats.md). What is no plain file is built in memory first, and
 * read into memory. Seconds, threads, kernel and passes are not in it, nor are the
 * candidates' centres. */
TSL_API TSL_FALLIBLE tsl_status tsl_model_write(const tsl_model *model, const tsl_target *target, tsl_error *err);
TSL_API TSL_FALLIBLE tsl_status tsl_model_read(const tsl_source *source, tsl_model **out, tsl_error *err);

#ifdef __cplusplus
}
#endif
#endif
