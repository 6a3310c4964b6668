/*
 * model.h: k-means, the sweep over k, quality measures, explanation trees.
 *
 * Knows matrices and vectors only, never customers: NumPy or another program
 * can call it directly. All inputs are views; every value must be finite
 * unless stated.
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

/* Lloyd (1982) from greedy k-means++ seeds (Arthur & Vassilvitskii 2007),
 * `restarts` runs a k, the lowest inertia wins. */
typedef struct tsl_kmeans_options {
    int k;                  /* >= 1; default 0: sweep k_min..k_max */
    int k_min, k_max;       /* default 2, 10 */
    int restarts;           /* >= 1; default 10 */
    int max_iterations;     /* >= 1; default 300 */
    double tolerance;       /* a run stops when the centres' squared shift is at most this times the mean
                               column variance; >= 0, default 1e-4; the winner of each k is then polished
                               until no label changes */
    uint64_t seed;          /* default 1 */
    size_t silhouette_rows; /* default 10000: sampled; exact where there are no more rows; 0: left out */
    double min_share;       /* k is chosen among those whose smallest cluster holds this share; default 0.01 */
    int threads;            /* default 0 */
    const tsl_progress *progress;
} tsl_kmeans_options;

TSL_API tsl_kmeans_options tsl_kmeans_defaults(void);

typedef struct tsl_candidate {
    int k;
    double inertia;           /* sum of squared distances to the nearest centre, from the double input */
    double silhouette;        /* mean; NaN where left out or k = 1 */
    double calinski_harabasz; /* NaN for k = 1 or k = rows */
    double davies_bouldin;    /* NaN for k = 1 */
    double smallest_share;    /* rows of the smallest cluster / rows */
    int iterations;           /* of the winning run, polish included */
    int converged;            /* 1: no label changed in the last iteration */
    int restart;              /* the winning one, from 0 */
    double *center;           /* k x cols, owned */
    uint64_t *size;           /* k, all > 0 */
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
} tsl_sweep;

/* Chosen k: the greatest silhouette among those with smallest_share >=
 * min_share (where none, among all, with a note; without silhouettes, the
 * greatest Calinski-Harabasz); ties go to the smaller k.
 * Errors: TSL_E_INPUT (no row or column; a value that is not finite, with row
 * and column; an explicit k above the number of distinct rows; all rows
 * alike), TSL_E_OPTION, TSL_E_CANCELLED, TSL_E_NOMEM.
 * opt NULL: the defaults. Cost: O(rows * cols * sum of k * restarts * iterations). */
TSL_API tsl_status tsl_sweep_fit(const tsl_matrix *x, const tsl_kmeans_options *opt, tsl_sweep **out, tsl_error *err);
TSL_API void tsl_sweep_free(tsl_sweep *sweep);

/* Nearest and second nearest centre of each row (k x cols centres). Any output
 * may be NULL. label: 0..k-1. distance: Euclidean. runner_up: -1 and
 * runner_up_distance NaN where k = 1. Cost O(rows * k * cols). */
TSL_API tsl_status tsl_kmeans_predict(const tsl_matrix *x, const double *center, int k, int threads, int32_t *label,
                                      double *distance, int32_t *runner_up, double *runner_up_distance, tsl_error *err);

/* ---- Quality of any labelling ------------------------------------------- */

typedef struct tsl_quality {
    double inertia;           /* to the clusters' means */
    double silhouette;        /* Rousseeuw (1987); see rows */
    double calinski_harabasz; /* Calinski & Harabasz (1974) */
    double davies_bouldin;    /* Davies & Bouldin (1979) */
    uint64_t silhouette_rows; /* rows it was computed on */
} tsl_quality;

/* Labels 0..k-1, each in use. silhouette_rows and seed as in the sweep: a
 * sample of so many rows drawn without replacement, against each other. */
TSL_API tsl_status tsl_quality_get(const tsl_matrix *x, const int32_t *label, int k, size_t silhouette_rows,
                                   uint64_t seed, int threads, tsl_quality *out, tsl_error *err);

/* ---- Explanation tree ---------------------------------------------------- */

/* What a raw column holds: decides the wording of rules. */
typedef enum tsl_tree_form { TSL_TREE_NUMBER, TSL_TREE_BOOLEAN, TSL_TREE_VALUE } tsl_tree_form;

/* Ex-Greedy (Laber & Murtinho 2021) to k leaves: each cut minimises the
 * k-means cost with the reference centres; then, for more leaves, ExKMC growth
 * (Frost, Moshkovitz & Rashtchian 2020). Cuts are on raw, interpretable
 * columns, where NaN means missing and goes to the side that costs less;
 * costs are measured in the space the clusters were found in. */
typedef struct tsl_tree_options {
    int leaves;                /* >= k; default 0: k */
    const char *const *name;   /* raw columns' names; NULL: c1, c2, ... */
    const tsl_tree_form *form; /* NULL: numbers */
    int threads;
    const tsl_progress *progress;
} tsl_tree_options;

TSL_API tsl_tree_options tsl_tree_defaults(void);

typedef struct tsl_tree_node {
    int32_t left, right;  /* children, -1 in a leaf; node 0 is the root */
    int32_t column;       /* raw column of the cut, -1 in a leaf */
    double threshold;     /* x <= threshold goes left; +infinity: every known value does */
    int32_t missing_left; /* 1: missing goes left, 0: right; -1: no missing row came here in training, so that
                             rules do not speak of it; a new one goes to the child with more rows (tie: left) */
    int32_t cluster;      /* the leaf's cluster, -1 in an inner node */
    int32_t parent;       /* -1 for the root */
    uint64_t rows;
    uint64_t hits; /* rows whose cluster is the leaf's (leaves) */
} tsl_tree_node;

typedef struct tsl_tree {
    size_t node_count;
    tsl_tree_node *node;  /* parents before children */
    int k, leaves, depth; /* fewer leaves than asked for where no further cut tells rows apart or gains */
    size_t cols;          /* raw columns */
    char **name;          /* cols */
    tsl_tree_form *form;  /* cols */
    double cost;          /* sum of squared distances to the mean of each leaf's cluster as the tree draws it */
    double cost_ratio;    /* cost / reference inertia: the price of explanation, >= 1 up to rounding; 1 for 0/0 */
    double agreement;     /* share of rows whose leaf has their cluster */
    double *precision;    /* k: of the rows the rule catches, the share in the cluster; NaN: catches none */
    double *coverage;     /* k: of the cluster's rows, the share the rule catches */
} tsl_tree;

/* x: rows x cols in cluster space; center: k x x->cols; label: each row's
 * cluster; raw: rows x raw columns, NaN allowed. Exact: every threshold
 * between two neighbouring values is looked at. */
TSL_API tsl_status tsl_tree_fit(const tsl_matrix *x, const double *center, int k, const int32_t *label,
                                const tsl_matrix *raw, const tsl_tree_options *opt, tsl_tree **out, tsl_error *err);
TSL_API tsl_status tsl_tree_predict(const tsl_tree *tree, const tsl_matrix *raw, int32_t *leaf, int32_t *cluster,
                                    tsl_error *err);
TSL_API void tsl_tree_free(tsl_tree *tree);

/* The rule of one cluster, owned (free with tsl_text_free): bounds on one column
 * are merged; several leaves are joined by "or". lang "en" or "zh". label: what
 * each raw column is called to a reader (cols texts, view), for a rule in plain
 * words: "days since last purchase at most 45 and Gender is F"; NULL: columns'
 * names and signs: "recency_days <= 45 and Gender is F". */
TSL_API tsl_status tsl_tree_get_rule(const tsl_tree *tree, int cluster, char *const *label, const char *lang,
                                     char **out, tsl_error *err);
/* The whole tree as indented text, owned. */
TSL_API tsl_status tsl_tree_get_text(const tsl_tree *tree, char *const *label, const char *lang, char **out,
                                     tsl_error *err);

/* ---- The model and its file ---------------------------------------------- */

/* All that is needed to assign new rows and to explain the clusters. */
typedef struct tsl_model {
    size_t rows, cols;     /* of the training matrix */
    char **column;         /* cols names */
    double *column_weight; /* cols: multiplier applied to the normalised column */
    double *column_center; /* cols: normalised = (transformed - center) / scale */
    double *column_scale;
    int k;
    double *center;     /* k x cols, in the space of clustering */
    double *center_raw; /* k x raw_cols: means of the raw columns in each cluster, NaN where all are missing */
    size_t raw_cols;
    char **raw_column;
    uint64_t *size;         /* k */
    tsl_sweep *sweep;       /* owned; candidates without centres after reading */
    tsl_tree *tree;         /* owned, or NULL */
    char *value;            /* raw column by which clusters are numbered (descending total), or NULL: by size */
    uint64_t features_hash; /* of the training matrix, so that a model is not used with other features */
    char *options;          /* JSON: the options that can change the result */
} tsl_model;

/* Takes the chosen candidate of sweep as the model: clusters renumbered by
 * descending sum of `value` (rows long; NaN counts 0; NULL: by size), ties by
 * old number. Owns sweep from here on, also on failure. Names and raw columns
 * are copied. tree is built with tree_options (NULL: defaults; leaves = k
 * unless set); raw NULL: no tree, no raw columns. Left to the caller to fill:
 * column_weight (1), column_center (0), column_scale (1), value (NULL),
 * options ("{}"). */
TSL_API tsl_status tsl_model_build(const tsl_matrix *x, char *const *column, tsl_sweep *sweep, const tsl_matrix *raw,
                                   const tsl_tree_options *tree_options, const double *value, tsl_model **out,
                                   tsl_error *err);
TSL_API void tsl_model_free(tsl_model *model);

/* A hash of the matrix (shape and bits). */
TSL_API uint64_t tsl_matrix_get_hash(const tsl_matrix *x);

/* The file (docs/formats.md). What is no plain file is built in memory first, and read into memory. Seconds, threads,
 * kernel and passes are not in it, nor are the candidates' centres. */
TSL_API TSL_FALLIBLE tsl_status tsl_model_write(const tsl_model *model, const tsl_target *target, tsl_error *err);
TSL_API TSL_FALLIBLE tsl_status tsl_model_read(const tsl_source *source, tsl_model **out, tsl_error *err);

#ifdef __cplusplus
}
#endif
#endif
