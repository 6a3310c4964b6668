/*
 * model.h: k-means, the sweep over k, quality measures, natural groups, explanation trees,
 * descriptors.
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
    double min_share; /* k is chosen among those whose smallest cluster holds this share, 0 to 1; default 0.02 ... */
    size_t min_rows;  /* ... and so many rows; default 10 */
    int scaled;       /* 1: the rows were scaled for the fit; what is said of rows that are alike says so, as they
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
    size_t doubts_from,
        doubts; /* of notes: the first of those that leave the choice of k open, and how many they are */
} tsl_sweep_info;

/* What draws clusters: nothing that is known, typical places, those of a file, the centres of an earlier run. */
typedef enum tsl_place_kind {
    TSL_PLACES_UNKNOWN,
    TSL_PLACES_TYPICAL,
    TSL_PLACES_GIVEN,
    TSL_PLACES_PREVIOUS
} tsl_place_kind;
TSL_API const char *tsl_place_kind_get_name(tsl_place_kind kind); /* "typical", "given", "previous"; "" */

typedef struct tsl_sweep {
    size_t rows, cols;
    size_t count;
    tsl_candidate *candidate; /* by rising k */
    size_t best;              /* index of the chosen one */
    double *column_share;     /* cols: of the sum of all squared distances between rows, the part that lies in each
                                 column; owned. NULL after reading a file without it */
    tsl_sweep_info info;
    tsl_assignment *assignment; /* by the chosen one; owned. NULL once it is a model's */
    int placed; /* the first so many clusters of each candidate are drawn by prior places, whose numbers they have */
    tsl_place_kind places; /* what these are, where a run drew them */
} tsl_sweep;

/* weight: rows numbers >= 0, how often each row counts: a row of weight 2 is two
 * rows, one of weight 0 takes no part in the fit and is assigned at the end;
 * NULL: once each.
 * Chosen k: the greatest silhouette among those with smallest_share >=
 * min_share and min_rows rows (where none, among all, with a note; without silhouettes, the
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

/* Dunn's index is asked of no more rows than this by a run and an evaluation: its cost grows with their square. */
#define TSL_DUNN_ROWS 20000

/* What any labelling of any matrix is worth, from the rows alone. An index that is
 * not defined (docs/methods/quality.md) is NaN. */
typedef struct tsl_quality {
    double inertia;               /* to the clusters' means */
    double silhouette;            /* Rousseeuw (1987), mean of the rows; see silhouette_rows */
    double calinski_harabasz;     /* Calinski & Harabasz (1974) */
    double davies_bouldin;        /* Davies & Bouldin (1979) */
    uint64_t silhouette_rows;     /* rows that it was measured on, each against all */
    double silhouette_error;      /* its standard error; 0 where it was measured on all rows */
    double silhouette_macro;      /* mean of the clusters' means */
    double simplified_silhouette; /* distances to the centres in place of rows: Hruschka, de Castro & Campello (2004) */
    double simplified_macro;      /* mean of the clusters' means */
    double bic;                   /* of X-means, Pelleg & Moore (2000): higher is better */
    double dunn; /* Dunn (1974): least distance between clusters / greatest within one; NaN unless asked for */
} tsl_quality;

/* The same of one cluster. */
typedef struct tsl_cluster_quality {
    uint64_t size;                /* rows that have a weight */
    double weight;                /* sum of the rows' weights */
    double silhouette;            /* mean of its rows; NaN where none was drawn */
    double silhouette_error;      /* its standard error */
    uint64_t silhouette_rows;     /* rows that it was measured on */
    double simplified_silhouette; /* mean of its rows */
    double mean_distance;         /* of its rows to their mean */
} tsl_cluster_quality;

typedef struct tsl_quality_options {
    size_t size;             /* of this struct */
    size_t silhouette_rows;  /* where there are more than silhouette_exact rows: so many are drawn, from every cluster,
                                and measured against all; default 1000; 0: no silhouette */
    uint64_t seed;           /* of the sample; default 1 */
    size_t silhouette_exact; /* up to so many rows all are measured; default 20000 */
    int dunn;                /* 1: Dunn's index, O(rows^2 * cols); default 0 */
} tsl_quality_options;

TSL_API void tsl_quality_defaults(tsl_quality_options *opt, size_t size);
TSL_API TSL_FALLIBLE tsl_status tsl_quality_check(const tsl_quality_options *opt, tsl_error *err);

/* weight: as in the fit; label: 0..k-1, each on a row that has a weight. Rows of
 * weight w count w times in every index; where silhouettes are sampled, rows
 * without weight are not drawn. cluster: room for k, or NULL. Cost: O(rows * k *
 * cols) and, for the silhouette, O(rows * rows measured * cols). */
TSL_API TSL_FALLIBLE tsl_status tsl_quality_get(const tsl_matrix *x, const double *weight, const int32_t *label, int k,
                                                const tsl_quality_options *opt, const tsl_exec *exec, tsl_quality *out,
                                                tsl_cluster_quality *cluster, tsl_error *err);

/* ---- Two labellings of the same rows ------------------------------------- */

/* Labels are matched one to one where neither labelling has more than this. */
#define TSL_MATCH_MAX 1000

/* How far a labelling goes with another that is taken as the truth. All but
 * homogeneity, completeness, normalised_accuracy and match are the same where the two change
 * places; none depends on how labels are numbered. Logarithms are natural. */
typedef struct tsl_comparison {
    uint64_t rows;                        /* that count: with a weight, and a label in both */
    int k, truth_k;                       /* as given */
    double rand;                          /* Rand (1971) */
    double adjusted_rand;                 /* Hubert & Arabie (1985) */
    double fowlkes_mallows;               /* Fowlkes & Mallows (1983) */
    double mutual_information;            /* in nats */
    double normalised_mutual_information; /* by the mean of the entropies */
    double adjusted_mutual_information;   /* likewise, Vinh, Epps & Bailey (2010); NaN where weights are no whole
                                             numbers, as rows that are dealt out cannot be parted */
    double homogeneity, completeness;     /* Rosenberg & Hirschberg (2007) */
    double v_measure;                     /* their harmonic mean */
    double pair_sets_index;     /* Rezaei & Franti (2016); NaN, as the following, beyond TSL_MATCH_MAX labels */
    double normalised_accuracy; /* Gagolewski (2024): mean share of the true labels' rows that are matched,
                                   0 for a labelling that says nothing, 1 for the truth */
    double matched_share;       /* of the rows: that match finds */
    int32_t *match;             /* k: the true label of each, one to one, so that most rows agree; -1: none */
    double *matched;            /* k: weight of the rows of both */
} tsl_comparison;

/* label, truth: of each row 0 to k - 1 and 0 to truth_k - 1, or -1: the row is left
 * out; weight: as in the fit. Labels need not all be there. Owned. Cost: O(rows),
 * and O(k^3) for the matching. TSL_E_INPUT: a label outside, or a weight that is none. */
TSL_API TSL_FALLIBLE tsl_status tsl_comparison_build(const int32_t *label, int k, const int32_t *truth, int truth_k,
                                                     const double *weight, size_t rows, tsl_comparison **out,
                                                     tsl_error *err);
TSL_API void tsl_comparison_free(tsl_comparison *comparison);

/* ---- Stability: would another sample give the same clusters? -------------- */

/* The rows are drawn anew, with replacement, many times over; each replicate is
 * clustered as the rows were, and its centres are applied to all rows. Dolnicar &
 * Leisch (2010, 2017); Hennig (2007). */
typedef struct tsl_stability_options {
    size_t size;    /* of this struct */
    int replicates; /* 2 to 10000; default 0: 200000 / rows, but 100 to 600, and fewer, down to 20, where rows * sum of
                       k * replicates are over 250 million; 20 where rows are drawn once for all */
    size_t rows;  /* with more rows than this so many are drawn once, without replacement, and stand for all: what comes
                     out is the stability of so many rows, which that of all exceeds; at least 100; default 20000 */
    int restarts; /* of each k-means, where it is seeded; 1 to 1e6; default 0: 25000 / rows, but 3 to 20 */
    uint64_t seed; /* default 1 */
} tsl_stability_options;

TSL_API void tsl_stability_defaults(tsl_stability_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_stability_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_stability_check(const tsl_stability_options *opt, tsl_error *err);

/* Of one clustering; NaN where too few replicates had as many distinct rows as clusters. */
typedef struct tsl_stable_clusters {
    int k;
    double agreement; /* mean adjusted Rand index over pairs of replicates: of the two models' labels of all rows */
    double agreement_error; /* its standard error, that of a U-statistic (Hoeffding 1948) */
    double *jaccard; /* k: of each cluster, mean over the replicates of the greatest Jaccard index with one of theirs
                        (clusterboot; above .85 highly stable, .75 valid, .6 a pattern, below .5 dissolved) */
    double *within;  /* k: median over pairs of the mean of both such indices (SLSW) */
    double *across;  /* k: 1 - entropy of the cluster's rows over those of the candidate before, / ln of their
                        number (SLSA); NaN for the first candidate, and after one of k = 1 */
} tsl_stable_clusters;

typedef struct tsl_stability {
    size_t count;            /* of candidates, as in the sweep */
    tsl_stable_clusters *of; /* by rising k */
    int replicates;          /* each is compared with the ten that follow it, the last with the first */
    size_t rows;             /* that were drawn from, and that the models were applied to */
} tsl_stability;

/* Of all candidates of a sweep that was fitted to x, weight, start and kmeans: its replicates
 * are fitted likewise, all k in the same passes. Owned. The same bits for any number of
 * threads. Errors: as of tsl_kmeans_fit. Cost: a sweep of so many rows for each replicate. */
TSL_API TSL_FALLIBLE tsl_status tsl_stability_build(const tsl_matrix *x, const double *weight, const tsl_start *start,
                                                    const tsl_kmeans_options *kmeans, const tsl_sweep *sweep,
                                                    const tsl_stability_options *opt, const tsl_exec *exec,
                                                    tsl_stability **out, tsl_error *err);
TSL_API void tsl_stability_free(tsl_stability *stability);

/* Would k-means find labels that any tool gave the rows? Replicates as above are clustered into as many clusters as
 * there are labels. NaN where too few of their rows differ, and where there is one label. */
typedef struct tsl_recurrence {
    int k;                             /* labels */
    double agreement, agreement_error; /* mean adjusted Rand index of the labels and each replicate's, and its error */
    double between, between_error;     /* of two replicates, as tsl_stable_clusters.agreement: what k-means of this k
                                          agrees with itself */
    double *jaccard;                   /* k: as tsl_stable_clusters.jaccard; owned */
    int replicates;
    size_t rows;                     /* that were drawn from */
    double gap, gap_error;           /* tsl_gap, with the labels' inertia; NaN of more than 20 labels */
    double strength, strength_error; /* tsl_strength of k-means of this k; likewise */
    size_t sample_rows;              /* that gap and strength are of: at most 2000; 0: not measured */
} tsl_recurrence;

/* label: 0 to k - 1 of each row that has a weight. opt NULL: the defaults, but 20 replicates. Owned. The same bits for
 * any number of threads. Errors: as of tsl_kmeans_fit, and TSL_E_INPUT for a k, or a label, that cannot be. Cost:
 * k-means of at most opt->rows rows for each replicate, and 41 sweeps of at most 2000 rows. */
TSL_API TSL_FALLIBLE tsl_status tsl_recurrence_build(const tsl_matrix *x, const double *weight, const int32_t *label,
                                                     int k, const tsl_stability_options *opt, const tsl_exec *exec,
                                                     tsl_recurrence **out, tsl_error *err);
TSL_API void tsl_recurrence_free(tsl_recurrence *recurrence);

/* ---- Natural groups -------------------------------------------------------- */

/* Are there groups with gaps between them, and how many? The prism dip
 * (docs/methods/natural-groups.md). For each k = 2..k_max k-means clusters a
 * sample of the rows; neighbouring clusters are the k - 1 edges of the minimum
 * spanning tree of their centres. On rows that the centres were not found by, and
 * of them those that lie over the facet that the two cells share, Hartigan's dip
 * (Hartigan & Hartigan 1985) along the way from centre to centre must be one that
 * a single mode gives in 2 of 100 samples at most, and the emptiest place between
 * the centres must hold at most 0.7 of what the emptier centre does. k passes where
 * all of its pairs do; the greatest k that passes, and is not flat, is the answer. What has no density
 * does not count: columns of two values, columns whose gap single values make, codes among them, rows of
 * a few kinds, clusters without a width; where nothing is left no test is made. */
typedef struct tsl_natural_options {
    size_t size;   /* of this struct */
    int k_max;     /* 2 to 1000; default 20 */
    int folds;     /* 1 to 100: each part of the sample is tested by centres that were found without it; 1: by those of
                      all rows, which is faster and a little less strict; default 5 */
    size_t rows;   /* sampled where there are more; default 20000 */
    uint64_t seed; /* of the sample, the folds, the spread of ties, the runs; default 1 */
} tsl_natural_options;

TSL_API void tsl_natural_defaults(tsl_natural_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_natural_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_natural_check(const tsl_natural_options *opt, tsl_error *err);

/* What was seen of one k. */
typedef struct tsl_natural_test {
    int k;
    int pairs;     /* of neighbouring clusters: k - 1 */
    int pairs_hit; /* of them those with a gap between them */
    int passes;    /* 1: all of them; k counts unless it is flat */
    double dip;    /* the least over the pairs of sqrt(N) * dip as a share of what has a chance of .02; >= 1 is a gap */
    double valley; /* the greatest over the pairs of what the emptiest place between two centres holds as a share of
                      the emptier centre; <= 0.7 is a gap; infinite where a pair has too few rows */
    size_t rows;   /* the least over the pairs of the rows that the dip is of; below 8 there is no gap */
    int flat;      /* 1: k passes, but is refused: its clusters have no width in a direction in which all rows have one,
                      as yes/no columns leave them that were mixed into numbers */
} tsl_natural_test;

/* k = 1 means that no natural groups were found, which is no proof that there are
 * none: below some 4 standard deviations between centres, and with fewer than some
 * 30 rows a group, many are missed. */
#define TSL_NATURAL_FEW 50
/* Rows are of a few kinds where they are no more than TSL_NATURAL_FEW, and so many rows are of a kind, on average. */
#define TSL_NATURAL_EACH_KIND 4

typedef struct tsl_natural {
    int k;        /* how many groups; 1: none found */
    int at_limit; /* 1: k is k_max or next to it: "at least k" */
    int only_two; /* 1: no other k than 2 passes: the weakest claim, which thin curves make, too */
    size_t rows;  /* tested */
    size_t cols;  /* those in which the tested rows differ */
    int k_max;    /* the greatest k looked at, which has 5 rows a cluster and as many distinct rows; below 2: none */
    size_t count;
    tsl_natural_test *test; /* count: by rising k from 2 on */
    double seconds;
    size_t distinct; /* rows among those tested that differ from one another, where there are no more than
                        TSL_NATURAL_FEW; else 0 */
    size_t counted; /* of cols those that may tell of a gap: of more than two values, and not pinned; 0: there are none,
                       or the rows are of a few kinds, and no test was made (k and k_max are 1) */
    size_t two_valued; /* of cols those of two values: yes/no columns, and the values of categories */
    size_t pinned;     /* of cols those of more than two values whose gap is there by single values alone, as many zeros
                          beside amounts, a scale of a few answers, or codes and price points: such a value is a yes/no
                          column in disguise */
    size_t far_rows;   /* a run: rows that lie far from all others, and were left out of the test; 0: none */
    int k_with_far;    /* how many groups there are with these; k where there are none */
} tsl_natural;

/* x: as k-means sees it; columns are cut off at their quantiles .001 and .999
 * (from 1,000 rows on) and standardised in here, and where values occur more than
 * once they are spread over half the way to their neighbours for the test.
 * weight: NULL, or numbers >= 0 as of k-means. Rows that weigh more are likelier to be in the
 * sample, but each is in it once, as a row that counts twice is no second
 * observation; it holds no more rows than equal weights would need to tell as much
 * ((sum w)^2 / sum w^2, Kish 1965). Few rows, and rows that are all alike, are
 * no error: k is 1.
 * Errors: TSL_E_INPUT (no row or column; a value that is not finite; weights as of
 * k-means), TSL_E_OPTION, TSL_E_CANCELLED, TSL_E_NOMEM.
 * Cost: O(min(rows, opt.rows) * cols * sum of k * iterations), and reading the
 * rows once. */
TSL_API TSL_FALLIBLE tsl_status tsl_natural_fit(const tsl_matrix *x, const double *weight,
                                                const tsl_natural_options *opt, const tsl_exec *exec, tsl_natural **out,
                                                tsl_error *err);
TSL_API void tsl_natural_free(tsl_natural *natural);
/* ---- How many clusters: references and divisions -------------------------- */

/* The gap statistic of Tibshirani, Walther & Hastie (2001): how far the logarithm of
 * the inertia lies below that of rows without clusters, drawn evenly from the box
 * about the rows along their principal axes (the paper's (b)). */
typedef struct tsl_gap_options {
    size_t size;    /* of this struct */
    int k_max;      /* k is 1 to k_max; 1 to TSL_CLUSTERS_MAX; default 10 */
    int references; /* sets that are drawn; 2 to 1e6; default 100 */
    int restarts;   /* of each k-means; 1 to 1e6; default 10 */
    uint64_t seed;  /* default 1 */
} tsl_gap_options;

TSL_API void tsl_gap_defaults(tsl_gap_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_gap_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_gap_check(const tsl_gap_options *opt, tsl_error *err);

typedef struct tsl_gap {
    int k_max;       /* less than asked for where there are no more distinct rows, or no inertia is left */
    double *inertia; /* k_max: of the rows, by k from 1 */
    double *gap;     /* k_max: mean of ln inertia over the references - ln inertia of the rows */
    double *error;   /* k_max: standard deviation over the references * sqrt(1 + 1 / references) */
    int best;        /* the least k with gap(k) >= gap(k + 1) - error(k + 1); k_max where none is */
} tsl_gap;

/* weight: as in the fit; a reference has as many rows that have a weight, with the
 * same weights. Owned. Errors: as of tsl_kmeans_fit. Cost: references + 1 sweeps of k-means. */
TSL_API TSL_FALLIBLE tsl_status tsl_gap_build(const tsl_matrix *x, const double *weight, const tsl_gap_options *opt,
                                              const tsl_exec *exec, tsl_gap **out, tsl_error *err);
TSL_API void tsl_gap_free(tsl_gap *gap);

/* Prediction strength of Tibshirani & Walther (2005): the rows are divided into two
 * halves, each clustered by itself. Of the pairs of rows in a cluster of one half, the
 * share that the other half's centres put together, too; of all clusters the least;
 * the mean over both halves. */
typedef struct tsl_strength_options {
    size_t size;      /* of this struct */
    int k_max;        /* k is 1 to k_max; 1 to TSL_CLUSTERS_MAX; default 10 */
    int divisions;    /* 1 to 1e6; default 20 */
    int restarts;     /* of each k-means; 1 to 1e6; default 10 */
    double threshold; /* 0 to 1; default 0.8 */
    uint64_t seed;    /* default 1 */
} tsl_strength_options;

TSL_API void tsl_strength_defaults(tsl_strength_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_strength_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_strength_check(const tsl_strength_options *opt, tsl_error *err);

typedef struct tsl_strength {
    int k_max;        /* less than asked for where a half has no more distinct rows */
    double *strength; /* k_max: mean over the divisions, 0 to 1, by k from 1, which is 1 */
    double *error;    /* k_max: its standard error; NaN for one division */
    int best;         /* the greatest k whose strength + error is at least the threshold */
} tsl_strength;

/* weight: as in the fit; rows are divided whole. Owned. Errors: as of tsl_kmeans_fit,
 * and TSL_E_INPUT for fewer than four rows that have a weight. Cost: 2 * divisions sweeps of k-means. */
TSL_API TSL_FALLIBLE tsl_status tsl_strength_build(const tsl_matrix *x, const double *weight,
                                                   const tsl_strength_options *opt, const tsl_exec *exec,
                                                   tsl_strength **out, tsl_error *err);
TSL_API void tsl_strength_free(tsl_strength *strength);

/* ---- Evidence: all of it, for every k of a sweep -------------------------- */

typedef struct tsl_evidence_options {
    size_t size;                            /* of this struct */
    const tsl_natural_options *natural;     /* NULL: the defaults, as of the following */
    const tsl_stability_options *stability; /* its restarts and seed are those of all replicates */
    size_t silhouette_rows;  /* beyond silhouette_exact rows so many are measured against all; default 1000 */
    size_t silhouette_exact; /* default 20000 */
    size_t sample_rows;      /* gap statistic and prediction strength are of so many rows at most; default 2000 */
    int references;          /* of the gap statistic; 2 to 1e6; default 20 */
    int divisions;           /* of the prediction strength; 1 to 1e6; default 10 */
    int dunn;                /* 1: Dunn's index too, O(rows^2 * cols); default 0 */
    uint64_t seed;           /* default 1 */
} tsl_evidence_options;

TSL_API void tsl_evidence_defaults(tsl_evidence_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_evidence_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_evidence_check(const tsl_evidence_options *opt, tsl_error *err);

/* Gap statistic and prediction strength take a sweep of every k up to the greatest: beyond this k they are not
 * measured. */
#define TSL_EVIDENCE_K_MAX 30

/* Of one candidate, beside what the candidate says itself; NaN where an index is not defined. */
typedef struct tsl_candidate_evidence {
    int k;
    double silhouette, silhouette_error, silhouette_macro; /* as of tsl_quality */
    double simplified_silhouette;                          /* mean of the rows, distances to the candidate's centres */
    double bic;                                            /* X-means */
    double dunn;                                           /* NaN unless asked for */
    double gap, gap_error;           /* tsl_gap; NaN beyond TSL_EVIDENCE_K_MAX, as the following */
    double strength, strength_error; /* tsl_strength */
} tsl_candidate_evidence;

typedef struct tsl_evidence {
    size_t count;                /* as in the sweep */
    tsl_candidate_evidence *of;  /* by rising k */
    size_t silhouette_rows;      /* measured */
    size_t sample_rows;          /* that gap and strength are of */
    int gap_best, strength_best; /* the k that each would choose, 1: one cluster; 0: not known */
    tsl_stability *stability;    /* owned; of the same candidates */
    tsl_natural *natural;        /* owned */
    double seconds;
} tsl_evidence;

/* sweep: as fitted to x, weight, start and kmeans. Owned. Errors and determinism: as of its
 * parts. Cost at 1,000,000 x 16, k = 2 to 10: about two sweeps more (bench/bench_evidence.c). */
TSL_API TSL_FALLIBLE tsl_status tsl_evidence_build(const tsl_matrix *x, const double *weight, const tsl_start *start,
                                                   const tsl_kmeans_options *kmeans, const tsl_sweep *sweep,
                                                   const tsl_evidence_options *opt, const tsl_exec *exec,
                                                   tsl_evidence **out, tsl_error *err);
TSL_API void tsl_evidence_free(tsl_evidence *evidence);

/* What the clusters are worth that a model was made of. */
typedef struct tsl_validity {
    double natural_agreement; /* adjusted Rand index of the clusters and the natural groups: k-means of as many, in the
                                 space of the test; NaN: there are none */
    tsl_quality quality;      /* of the rows as they are labelled, those who lie far from all others included */
    double gap, gap_error;    /* as of tsl_recurrence: with the clusters' inertia */
    double strength, strength_error; /* likewise, of k-means of this k; NaN where places draw the clusters */
    size_t sample_rows; /* that gap and strength are of: at most 2000; 0: not measured, of over 20 clusters */
} tsl_validity;

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
    double least; /* share of the weight, up to 1: growth leaves no leaf with less; those of the first k leaves may have
                     less; default 0: 0.001, or, of fewer than 200,000 rows, 0.001 rows / 200,000 */
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
    double cost_ratio; /* cost / that of the clusters themselves, to their means: the price of explanation; 1 for 0/0 */
    double agreement;  /* share of rows whose leaf has their cluster */
    double *precision; /* k: of the rows the rule catches, the share in the cluster; NaN: catches none */
    double *coverage;  /* k: of the cluster's rows, the share the rule catches */
    tsl_tree_method method; /* of its first leaves */
    size_t curve_count;     /* 0 where the file has none */
    tsl_tree_point *curve;  /* curve_count, leaves rising: leaves against price */
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
    double low, high; /* -infinity, +infinity: no bound; low = +infinity: no known value passes, and high is, too */
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

/* ---- Descriptors ---------------------------------------------------------- */

/* Which columns tell the classes of rows, or a value of them, and how well: by trees. */
typedef enum tsl_descriptor_method {
    TSL_DESCRIPTOR_CART,  /* two children a cut, of the least Gini impurity, or variance (Breiman, Friedman, Olshen &
                             Stone 1984); cut best first, as many leaves as cross-validation bears out */
    TSL_DESCRIPTOR_CHAID, /* two or more children, of the least p of chi-square, Bonferroni adjusted (Kass 1980); of
                             classes alone */
    TSL_DESCRIPTOR_METHODS
} tsl_descriptor_method;
TSL_API const char *tsl_descriptor_method_get_name(tsl_descriptor_method method); /* "cart", "chaid" */

/* What the columns tell of the target, by the skill of rows that were left out. */
typedef enum tsl_descriptor_verdict {
    TSL_DESCRIPTOR_NOTHING, /* skill under .01, or within two standard errors of 0 */
    TSL_DESCRIPTOR_LITTLE,  /* under .13 */
    TSL_DESCRIPTOR_SOME,    /* under .26: medium and large by Cohen (1988), chapter 9 */
    TSL_DESCRIPTOR_MUCH,
    TSL_DESCRIPTOR_VERDICTS
} tsl_descriptor_verdict;
TSL_API const char *tsl_descriptor_verdict_get_name(tsl_descriptor_verdict verdict); /* "nothing", "little", ... */

typedef struct tsl_descriptor_options {
    size_t size;                  /* of this struct */
    tsl_descriptor_method method; /* default TSL_DESCRIPTOR_CART */
    int leaves;       /* CART: so many, 1 to 1024, where that many can be cut; default 0: as few as have, within one
                         standard error, the least loss of all up to leaves_max on rows that were left out; without
                         folds leaves_max */
    int leaves_max;   /* 2 to 1024; default 16 */
    int depth;        /* the most cuts above a leaf, 1 to 64; default 5 */
    int min_rows;     /* the least rows of a leaf, 1 to 1e9; default 10 ... */
    double min_share; /* ... and the least share of the weight, 0 to 0.5; default 0.005 */
    int folds;        /* of the cross-validation, 2 to 100; 0: none, and no skill; default 10 */
    int fold_rows;    /* beyond so many rows it is of so many drawn at random; 100 to 1e9, 0: of all; default 100000 */
    double alpha_merge; /* CHAID: categories of which a greater p says that they are alike are merged, 0 to 1; default
                           0.05 */
    double alpha_split; /* CHAID: the greatest adjusted p of a cut, 0 to 1; default 0.05 */
    double effect;      /* CHAID: the least Cramer's V of a cut, and of two categories that stay apart, 0 to 1, as of
                           many rows every p is small; default 0.05 */
    int bins;           /* CHAID: a number of more values is cut into so many quantile bins, 2 to 64; default 10 */
    uint64_t seed;      /* of the folds; default 1 */
    int leaves_min;     /* CART: no fewer are chosen, 1 to 1024, where that many can be cut; default 1 */
} tsl_descriptor_options;

TSL_API void tsl_descriptor_defaults(tsl_descriptor_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_descriptor_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_descriptor_check(const tsl_descriptor_options *opt, tsl_error *err);

#define TSL_LEVELS_MAX 1000 /* of a category */

/* A column that describes: a number, or the levels of a category. */
typedef struct tsl_descriptor_column {
    const char *name;
    size_t level_count;       /* 0: a number; a category's values are 0 to level_count - 1; at most TSL_LEVELS_MAX */
    const char *const *level; /* level_count texts; NULL where a caller gives none: "0", "1", ... */
    size_t rank_count;        /* of a number that is a rank: what 1 to rank_count are called; 0: it is none */
    const char *const *rank;
} tsl_descriptor_column;

/* Views: rows x cols, NaN: missing; all else finite. */
typedef struct tsl_descriptor_columns {
    const tsl_matrix *values;
    const tsl_descriptor_column *column; /* cols; NULL: numbers called c1, c2, ... */
} tsl_descriptor_columns;

/* What they are to tell, of the same rows: classes, or a value. A view. */
typedef struct tsl_descriptor_target {
    const int32_t *label; /* 0 to k - 1; NULL: a value */
    int k;                /* classes, 1 to TSL_CLUSTERS_MAX */
    const double *value;  /* finite */
} tsl_descriptor_target;

/* A node; where it is cut, its children stand side by side. A number x goes to child i where cut[i - 1] < x <= cut[i];
 * a category to child part[level]. What did not come here in training goes to `other`. */
typedef struct tsl_descriptor_node {
    int32_t parent;        /* -1: the root */
    int32_t child;         /* the first child; -1: a leaf */
    int32_t child_count;   /* 0: a leaf */
    int32_t column;        /* that is cut; -1: a leaf */
    size_t cut_count;      /* of a number: the children of known values, less one */
    double *cut;           /* cut_count, rising */
    int32_t *part;         /* of a category: child of each level, -1: not seen here; else NULL */
    int32_t missing;       /* child of missing values; -1: none were seen here */
    int32_t other;         /* child of the most rows */
    int32_t order;         /* how many cuts were made before this one; -1: a leaf */
    int32_t depth;         /* cuts above it */
    uint64_t rows;         /* that have a weight */
    double weight;         /* sum of theirs */
    double *share;         /* classes: k, of the weight; else NULL */
    int32_t label;         /* the greatest share; ties: the lowest class; -1: a value */
    double mean, variance; /* of the value; NaN of classes */
    double gain;           /* the cut takes so much of the root's Gini impurity or variance away; NaN: a leaf */
    double chi_square, degrees, p, effect; /* of CHAID's cut: p adjusted, effect Cramer's V; else NaN */
} tsl_descriptor_node;

typedef struct tsl_descriptor_point {
    int leaves;
    double skill, error; /* as of tsl_descriptor */
} tsl_descriptor_point;

typedef struct tsl_descriptor {
    tsl_descriptor_method method;
    size_t cols;
    tsl_descriptor_column *column; /* owned, as all of it */
    int k;                         /* classes; 0: a value */
    size_t node_count;
    tsl_descriptor_node *node; /* parents before children; node 0 is the root */
    int leaves, depth;
    double *importance; /* cols: sums of the gains of its cuts */
    /* Of rows that were left out, each told by a tree, and a base, of the others; NaN and NOTHING without folds. */
    double skill;       /* 1 - loss of the tree / loss of the base, where the loss is the Brier score (1950), or the
                           squared error, and the base the shares of the classes, or the mean: 0: it tells nothing, 1:
                           all; below 0: it misleads */
    double skill_error; /* its standard error, of a ratio over rows */
    double accuracy;    /* share of the weight whose class is its leaf's; NaN of a value */
    double base;        /* likewise, whose class is the most frequent one */
    tsl_descriptor_verdict verdict;
    uint64_t skill_rows;         /* that were left out in turn */
    int folds;                   /* as used */
    size_t curve_count;          /* CART: 1 to leaves_max leaves, as far as they could be cut; else none */
    tsl_descriptor_point *curve; /* curve_count */
    double seconds;
} tsl_descriptor;

/* weight: as in the fit of k-means; rows of weight 0 take no part.
 * A missing number goes, at each cut of CART, to the side where it costs less, or is parted from the known ones; of a
 * category missing is a level. A category is cut by CART in the order of its levels' means, which is exact for a value
 * and two classes (Fisher 1958); of more classes in the order of their shares of one class, the best of all such cuts.
 * CHAID merges neighbouring bins of a number, any levels of a category, and missing with any; merged ones are not
 * parted again. Exact: CART looks at every threshold between two values.
 * Errors: TSL_E_INPUT (no row or column, a value that is not finite, a level that there is not, a weight as of k-means,
 * a label outside 0 to k - 1), TSL_E_OPTION (CHAID of a value; too many levels), TSL_E_CANCELLED, TSL_E_NOMEM.
 * Cost: O(rows x cols) for each level of the tree, and as much again for each of (folds - 1) / folds of
 * min(rows, fold_rows). */
TSL_API TSL_FALLIBLE tsl_status tsl_descriptor_fit(const tsl_descriptor_columns *columns, const double *weight,
                                                   const tsl_descriptor_target *target,
                                                   const tsl_descriptor_options *opt, const tsl_exec *exec,
                                                   tsl_descriptor **out, tsl_error *err);
/* Each row's leaf, a node number. values: of its cols; a level that there is not goes to `other`. */
TSL_API TSL_FALLIBLE tsl_status tsl_descriptor_predict(const tsl_descriptor *descriptor, const tsl_matrix *values,
                                                       const tsl_exec *exec, int32_t *leaf, tsl_error *err);
TSL_API void tsl_descriptor_free(tsl_descriptor *descriptor); /* NULL is fine */

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
    /* Groups of rows that a rule set apart before clusters were looked for, numbered k to k + class_count - 1. Where
     * there are any, the assignment, the tree (whose k is that of all groups) and the shares are of all rows; rows,
     * centres and the sweep are of those that were not set apart. */
    int class_count;
    uint64_t *class_size; /* class_count */
    double *class_weight; /* class_count: sums of the rows' weights */
    char **code;          /* a short name of each group that it keeps ("CHAMP"), for the caller to fill; NULL: none */
    int by_tree; /* 1: the groups are the leaves of its tree, which assigns rows, and the centres are the means of them;
                    for the caller to fill. 0: rows go to the nearest centre */
    /* What the clusters were judged by, for the caller to fill; owned, and kept in the file. Each NULL: there is none.
     */
    tsl_evidence *evidence;   /* of the plain sweep */
    tsl_stability *delivered; /* of the model's clusters, by their numbers: its one entry */
    tsl_sweep *plain; /* the plain sweep, where it is not the model's; candidates without centres, sizes and weights
                         after reading */
    tsl_validity *validity; /* of the model's clusters */
} tsl_model;

/* Takes the chosen candidate of sweep, fitted on x and weight, as the model, and
 * the sweep with it: its clusters are renumbered, once and for all, but those that
 * prior places draw, by falling
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
/* How many groups there are: clusters, then classes; and of group 0 to that - 1 its rows, and the share of all rows, or
 * of their weight where they had one. */
TSL_API int tsl_model_get_groups(const tsl_model *model);
TSL_API uint64_t tsl_model_get_size(const tsl_model *model, int group);
TSL_API double tsl_model_get_share(const tsl_model *model, int group);

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
