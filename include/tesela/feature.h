/*
 * feature.h: rows -> one line a customer -> normalised vectors.
 *
 * Aggregates the tables into the default catalogue (docs/methods/features.md),
 * one row a customer sorted bytewise by id, and normalises it into the
 * demographic, behavioral and value vectors. Every feature is one line of one
 * declarative table (src/feature/catalogue.c).
 *
 * Deterministic: the same bits for any thread count, row order and split into
 * files. Money is summed exactly.
 */
#ifndef TESELA_FEATURE_H
#define TESELA_FEATURE_H

#include <tesela/base.h>
#include <tesela/table.h>
#include <tesela/value.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum tsl_transform {
    TSL_IDENTITY,
    TSL_LOG1P,
    TSL_SIGNED_LOG1P,
    TSL_LOG1P_UNITS /* ln(1 + max(0, x) / unit): amounts, whatever the currency */
} tsl_transform;
/* "identity", "log1p", "signed_log1p", "log1p_units" */
TSL_API const char *tsl_transform_get_name(tsl_transform t);

typedef enum tsl_scale {
    TSL_SCALE_NONE,
    TSL_SCALE_Z,
    TSL_SCALE_MINMAX,
    TSL_SCALE_ROBUST,
    TSL_SCALE_RANK_NORMAL, /* Phi^-1((r - 3/8) / (n + 1/4)), r the mean rank of a value among the n known ones: Blom
                              (1958), Statistical estimates and transformed beta-variables */
    TSL_SCALES
} tsl_scale;
TSL_API const char *tsl_scale_get_name(tsl_scale s); /* "none", "z", "minmax", "robust", "rank-normal" */

/* ---- What is asked ------------------------------------------------------- */

/* The columns that the distance between customers is made of; all others describe
 * them. docs/methods/basis.md has the reasons. */
typedef enum tsl_basis {
    TSL_BASIS_DEFAULT, /* core where there are transactions, else numeric */
    TSL_BASIS_CORE,    /* recency, frequency, spend: ln(1 + recency_days), ln(1 + frequency), ln(1 + max(0,
                          monetary_total) / a), a the median of monetary_mean; each clamped and scaled over the
                          customers who are not set apart, and of equal weight */
    TSL_BASIS_ALL,     /* the three vectors, by the weights of their groups */
    TSL_BASIS_DEMOGRAPHIC,
    TSL_BASIS_BEHAVIORAL,
    TSL_BASIS_VALUE,   /* one vector, without its "..._missing" columns */
    TSL_BASIS_NUMERIC, /* the two numbers of the vectors that say most of all of them: each ln(1 + |x|) with its sign
                          where it is skewed by over 1, clamped, scaled, of equal weight. Without numbers the yes/no
                          columns and categories, centred, not scaled (tsl_part) */
    TSL_BASES
} tsl_basis;
TSL_API const char *tsl_basis_get_name(tsl_basis basis); /* "core", "all", ..., "numeric"; "default" */

/* Which customers are set apart by rule before clusters are looked for, where there are transactions. */
typedef enum tsl_apart {
    TSL_APART_DEFAULT,   /* once; potential where a run is asked for a k or a range of it */
    TSL_APART_NONE,      /* nobody: one who never bought counts as silent for longest */
    TSL_APART_POTENTIAL, /* those without a purchase */
    TSL_APART_ONCE,      /* and those of one purchase day, where they are many (tsl_class) */
    TSL_APARTS
} tsl_apart;
TSL_API const char *tsl_apart_get_name(tsl_apart apart); /* "none", "potential", "once"; "default" */

/* Which columns the clusters are found on, and of whom. Names may hold * and ?; all
 * else in them is meant as it stands. First `exclude` takes columns out of the
 * basis, then `include` takes columns in, profile and sensitive features too, but no
 * outcomes. A name that fits nothing, or an outcome alone, is TSL_E_OPTION. */
typedef struct tsl_selection {
    const char *const *include;
    size_t include_count;
    const char *const *exclude;
    size_t exclude_count;
    tsl_basis basis;
    tsl_apart apart;
    int wide; /* numeric: 1: all its columns that are not struck out, for k-means alone; 0: the two that lead, for the
                 typical places. Where columns are not scaled to z there are no places, and it is always wide */
} tsl_selection;

/* What of a recipe is fitted anew when it is applied. */
enum { TSL_REFIT_RFM = 1, TSL_REFIT_VALUE = 16, TSL_REFIT_FEATURES = TSL_REFIT_RFM | TSL_REFIT_VALUE };

/* The days of a customer that his history is made of. */
typedef enum tsl_events {
    TSL_EVENTS_PURCHASES, /* those with a purchase */
    TSL_EVENTS_ALL        /* those with a line, whatever it is worth, returns too */
} tsl_events;
TSL_API const char *tsl_events_get_name(tsl_events events); /* "purchases", "all" */

/* A line of the user's own in the catalogue of features, in words (docs/methods/features.md, "Lines of your own").
 * NULL or "": as the comment says. It never grows. */
typedef struct tsl_feature_line {
    const char *name;      /* letters, digits and _; required, and no other feature's */
    const char *group;     /* "behavioral" (NULL), "value" */
    const char *unit;      /* NULL: as the aggregate has it */
    const char *level;     /* "lines", "purchase_lines", "purchases", "days", "interactions"; required */
    const char *aggregate; /* "count", "sum", ...; required */
    const char *source; /* "amount", "margin", "quantity", ..., a column of the table, or an expression; NULL: none */
    const char *filter; /* a condition over columns of the table (docs/expressions.md); NULL: all */
    const char *window; /* "all" (NULL), "90 days", "previous 90 days", "12 months", "previous 12 months" */
    const char *transform;  /* "identity" (NULL), "log1p", "signed_log1p" */
    const char *definition; /* one sentence; NULL: made of the others */
    int profile;            /* 1: described, and in no vector unless asked for */
} tsl_feature_line;
/* TSL_E_OPTION, with the field and the words that may stand there. Which columns there are is found out with the
 * tables. */
TSL_API TSL_FALLIBLE tsl_status tsl_feature_line_check(const tsl_feature_line *line, tsl_error *err);

typedef enum tsl_returns {
    TSL_RETURNS_NET,    /* it lowers the net amount of the order that it stands in */
    TSL_RETURNS_MATCHED /* it is set against the purchase of the product that it undoes */
} tsl_returns;
TSL_API const char *tsl_returns_get_name(tsl_returns returns); /* "net", "matched" */

typedef struct tsl_feature_options {
    size_t size; /* of this struct */
    /* Fitting a recipe; applying one heeds none of these. */
    tsl_scale scale;           /* default TSL_SCALE_Z */
    double winsor_low;         /* quantile, default 0.001 */
    double winsor_high;        /* quantile, default 0.999 */
    double weight[TSL_GROUPS]; /* of each group in clustering; default 1, 1, 1; 0 leaves the group out */
    int max_categories;        /* one column a value up to this many, then "other"; default 32 */
    int max_shares;            /* channel:, payment: columns; default 8 */
    double missing_share;      /* over this share of missing a "..._missing" column; default 0.01 */
    tsl_selection selection;   /* default none; kept by the recipe */
    /* Applying one. */
    int allow_missing; /* 1: features whose columns the new tables lack are missing, with a note; default 0: refused */
    unsigned refit;    /* TSL_REFIT_..., default 0: all as it was fitted */
    /* Fitting one: what the customers are known to have done in the end, such as churn, which no basis, rule or name
     * holds, and which each segment is told by (tsl_response). */
    int outcomes_given;         /* 0, the default: the columns of the customers that are outcomes by their names
                                   (docs/methods/outcomes.md); 1: those called `outcome`, or none */
    const char *const *outcome; /* outcome_count names of columns */
    size_t outcome_count;       /* default 0 */
    /* Fitting one: the features that are made, by name, and no others; names may hold * and ?, "channel" is all its
     * shares, a column of the customers all that is made of it. A score comes with what it is made of. Where none of
     * them is of a purchase, the history and the numbers of orders and purchases are not there. What there is not is
     * TSL_E_OPTION. */
    const char *const *select;
    size_t select_count;          /* default 0: all features */
    const tsl_feature_line *line; /* further lines of the catalogue; kept by the recipe */
    size_t line_count;            /* default 0 */
    double pca[TSL_GROUPS]; /* fitting one: the principal components that stand for each group's columns in clustering:
                               how many, 1 and more; or as many as hold this share of the variance, above 0 and below 1;
                               default 0: the columns themselves. In the bases of vectors alone */
    /* Fitting one: what a line of a negative amount does to purchases; kept by the recipe (docs/methods/features.md).
     */
    tsl_returns returns; /* default TSL_RETURNS_NET */
    /* Fitting one: 1, the default: purchase and spend models are fitted to the history, and the features that they give
     * are made (p_alive and further); 0: there are none. */
    int value_models;
    double discount;   /* of a year, by which they discount what is expected of it: 0 to 1, default 0.1 */
    tsl_events events; /* fitting one: default TSL_EVENTS_PURCHASES; kept by the recipe */
    /* How RFM scores are cut, in a fit and where they are fitted anew; NULL, the default: as tsl_rfm_defaults, where
     * they are fitted anew as the recipe's were. */
    const tsl_rfm_options *rfm;
} tsl_feature_options;

TSL_API void tsl_feature_defaults(tsl_feature_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_feature_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_feature_check(const tsl_feature_options *opt, tsl_error *err);

/* The tables of a fit or of an apply: views. Any may be NULL, but not both
 * customers and transactions. */
typedef struct tsl_tables {
    const tsl_table *customers, *transactions, *interactions;
    int32_t as_of; /* first day after the data; TSL_NO_DAY: the day after the last row of transactions and interactions
                      (without both: after the last date of the customers, but of columns that are called after what
                      ends then, or births). No row of transactions or interactions may lie at or after it, unless they
                      are clipped (else TSL_E_OPTION) */
    int clip;      /* 1: rows at or after as_of are left out, as if the tables ended there; the customers table stays as
                      it is. 0, the default: they are refused */
} tsl_tables;

/* ---- The recipe: how features are made ------------------------------------- */

/* What a raw column holds; decides how a rule on it is worded. */
typedef enum tsl_feature_form {
    TSL_FORM_NUMBER,
    TSL_FORM_BOOLEAN, /* 0, 1 */
    TSL_FORM_VALUE    /* 0, 1: one value of a category; name is "Column=value" */
} tsl_feature_form;
TSL_API const char *tsl_feature_form_get_name(tsl_feature_form f); /* "number", "boolean", "value" */

/* How a fitted column was distributed: the shares of its known values between
 * rising cuts, value <= cut[i] being in bin i or before. The cuts are the
 * deciles (type 7); a value that fills a decile has a bin of its own. No bin of a
 * number is empty; booleans and values have two, 0 and 1. */
#define TSL_BINS_MAX 20 /* for good */
typedef struct tsl_bins {
    size_t count;               /* of bins, 0 where no value is known; cuts are one fewer */
    double cut[TSL_BINS_MAX];   /* count - 1, in the column's own unit */
    double share[TSL_BINS_MAX]; /* count; they sum to 1 */
    double low, high;           /* least and greatest known value; NaN where none is */
    double missing;             /* share of the customers, 0 to 1 */
} tsl_bins;

/* One column of the raw matrix X, and how it is made: as the catalogue's entry
 * says, or from a column of the customers table. */
typedef struct tsl_feature {
    char *name; /* "recency_days", "Gender=F" */
    tsl_group group;
    char *unit;       /* "days", "orders", "currency", "share", "" ... */
    char *definition; /* one English sentence */
    tsl_feature_form form;
    int profile; /* 1: described and usable in rules, not in the default vectors */
    int sensitive;
    int outcome; /* 1: what customers did in the end: in no vector, basis, rule or name */
    tsl_transform transform;
    size_t block;         /* features that share a block (a category's values) weigh as one */
    char *entry;          /* of the catalogue; "": none */
    char *column;         /* of the customers; "": none */
    tsl_role role;        /* of that column; TSL_ROLE_NONE: a plain one */
    tsl_column_type type; /* of that column; TSL_TYPE_AUTO: none */
    char *level;          /* the value that it counts (a share by value, a category); "": none */
    int rest;             /* 1: it counts the values that have no feature of their own */
    int window_days;      /* of the entry; 0: all of the past */
    char **known; /* values that the fit saw: of an ordinal column all, in rising order; of a category or a share, with
                     the first feature of its block, bytewise; else NULL */
    size_t known_count;
    tsl_bins bins; /* of the fit */
    int excluded;  /* 1: taken out by the selection: no segment is named by it */
} tsl_feature;

/* What a column of the numeric basis is in it. Of the numbers, in their raw values but where said: told ones are struck
 * out first, then filled ones, neither where nothing would be left. With r the correlations of those that
 * remain, the first has s_j = sum_i r_ij^2 of at least .8 of the greatest; P = r - r_1 r_1' is what it leaves, and of
 * those with P_jj > .5 (else .1; else there is none) the second has sum_i P_ij^2 / P_jj of at least .8 of the greatest.
 * Of several that have it, value comes before behavioral before demographic, then the order of the features. McCabe
 * (1984), Principal variables, Technometrics 26, for the idea. */
typedef enum tsl_part {
    TSL_PART_NONE, /* of another basis, or asked for by name */
    TSL_PART_FIRST,
    TSL_PART_SECOND,
    TSL_PART_REST,   /* says less than these */
    TSL_PART_TOLD,   /* over half of its variance, scaled, is told by one yes/no column or one value of a category */
    TSL_PART_FILLED, /* one value, missing ones counted as the median, is that of over half of the customers */
    TSL_PART_FLAG,   /* no number: yes or no, or a value of a category */
    TSL_PARTS
} tsl_part;
TSL_API const char *tsl_part_get_name(tsl_part part); /* "none", "first", "second", "rest", "told", "filled", "flag" */

#define TSL_KNOTS_MAX 1000 /* for good */
/* One column of a vector: v = (clamp(transform(x), low, high) - center) / scale,
 * v = (fill - center) / scale where x is missing; a "..._missing" column has
 * x = 1 where the feature is missing, else 0. fill is on the transformed
 * scale. Where there are knots, v is read off them instead of centred and scaled (center 0, scale 1): at a knot its
 * score, between two on the line from one to the other, beyond the ends theirs. Each value that the fit saw is a knot;
 * of more than TSL_KNOTS_MAX those at even ranks. */
typedef struct tsl_vector_column {
    char *name;     /* the feature's, or "<feature>_missing" */
    size_t feature; /* index into tsl_recipe.feature */
    int indicator;  /* 1: a "..._missing" column */
    tsl_transform transform;
    double low, high, center, scale, fill;
    tsl_group group;
    int extra;     /* 1: in no vector, but in clustering where weight > 0; fitted on the customers not set apart */
    double weight; /* multiplier in clustering; 0: not chosen. Of a vector's column sqrt(group weight / chosen features
                      of the group); of a core or numeric basis, and what is included with it, sqrt(group weight) */
    double unit;   /* of TSL_LOG1P_UNITS: what amounts are counted in; else 1 */
    tsl_part part; /* of an extra column of the numeric basis */
    int added;     /* 1: an extra column that was asked for by name */
    size_t knot_count; /* of TSL_SCALE_RANK_NORMAL: 1 to TSL_KNOTS_MAX; else 0 */
    double *knot;      /* knot_count values on the transformed scale, rising, then their scores; owned; NULL: none */
    int pooled;        /* 1: in clustering by the components of its group (tsl_pool), and not itself: weight is 0 */
    int component; /* 1, 2, ...: an extra column, no feature's, but this principal component of its group; `feature` is
                      that of its largest loading; 0: none */
} tsl_vector_column;

/* The principal components of a group's columns: of row v of the normalised values of the pooled ones component i is
 * sum_j loading_ij (v_j - mean_j) / sd_j. Eigenvectors of the correlations of those columns, of the customers who are
 * not set apart (Jolliffe 2002, Principal Component Analysis, 2.3); each has length 1, and its loading that is largest
 * in absolute value (the first of equal ones) is positive. In clustering each weighs sqrt(group weight / sum of
 * variance), so that all of them together have the variance of a group. */
typedef struct tsl_pool {
    size_t count;      /* of pooled columns; 0: there is no pool */
    size_t *column;    /* count: of the recipe's, rising */
    double *mean, *sd; /* count */
    size_t components;
    size_t first;     /* of the recipe's columns: component 1; the others follow */
    double *loading;  /* components x count, row-major */
    double *variance; /* components: eigenvalues, falling, of all `count` of them, which sum to count */
} tsl_pool;

/* Two columns of the vectors that say nearly the same of the customers of the fit. */
#define TSL_CORRELATED 0.98
typedef struct tsl_correlated {
    size_t a, b; /* columns of the recipe, a < b, of two blocks */
    double
        r; /* Pearson's, of the normalised values, of up to 131,072 customers at even places; |r| >= TSL_CORRELATED */
} tsl_correlated;

/* Customers who are set apart by a rule: those with so many purchase days whose
 * recency_days and monetary_total lie within low < x <= high. The classes of a
 * recipe overlap nowhere. Those of one purchase day are set apart where they are 5 %
 * of the buyers and 50 others remain; parted at `gap_days` into recent and lapsed where both
 * hold 5 %; a part of over 40 % is parted again by monetary_total, between its two levels or else at its
 * median (docs/methods/basis.md), where both hold 5 %. */
typedef struct tsl_class {
    char *code; /* "ONCE", "ONCE_RECENT", "ONCE_LAPSED", with "_LARGER" or "_SMALLER" where parted; "POTENTIAL" */
    double purchase_days;             /* 0 or 1 */
    double recency_low, recency_high; /* days; infinite: no bound */
    double total_low, total_high;     /* likewise, currency */
} tsl_class;
#define TSL_CLASSES_MAX 5 /* for good */

/* What became of silences: customers at a cut, TSL_SILENCE_DAYS before as-of, by the days on which they had bought and
 * by how long they had been silent, and those of them who bought in the days after it. */
#define TSL_SILENCE_DAYS 90  /* for good, as the next two */
#define TSL_SILENCE_HABITS 6 /* purchase days: 1, 2, to 4, to 8, to 16, more */
#define TSL_SILENCE_SPANS                                                                                              \
    18 /* days: to 1, 3, 7, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365, 545, more                        \
        */
typedef struct tsl_silences {
    uint64_t seen[TSL_SILENCE_HABITS][TSL_SILENCE_SPANS], back[TSL_SILENCE_HABITS][TSL_SILENCE_SPANS];
} tsl_silences;

/* All that was learned from the tables, and enough to treat others likewise.
 * Made by tsl_features_build only; readers may look at every field. */
typedef struct tsl_recipe {
    size_t feature_count;
    tsl_feature *feature;
    size_t column_count;
    tsl_vector_column *column; /* those of the three vectors, by group; then the basis's own */
    tsl_basis basis;           /* what clusters are found by */
    tsl_apart apart;           /* who is set apart before, as asked for */
    size_t class_count;        /* and who is so by it; those without a purchase last, also where there are none */
    tsl_class classes[TSL_CLASSES_MAX];
    double gap_days;              /* the usual gap: the median over the customers who came back of each one's 90 % gap;
                                     90 where nobody did; NaN without transactions */
    uint64_t customers;           /* that it was fitted on; plain numbers: rows of a weight above 0, once each */
    unsigned tables;              /* bits 1 << tsl_table_kind: those that there were */
    int decimals;                 /* of the currency, 0 to 4 */
    double median_purchase;       /* net amount of the median purchase; 0 without one */
    int has_rfm;                  /* 0: nothing to score */
    tsl_rfm rfm;                  /* cuts of the scores */
    int has_value;                /* 0: no feature is of the following */
    tsl_value_model value;        /* purchase and spend models, in days */
    tsl_feature_options settings; /* as fitted; no selection: the columns' weights tell */
    int plain;                    /* 1: of a matrix of plain numbers: no tables, vectors in double */
    char *reading[TSL_TABLE_KINDS]; /* how each table was read (tsl_table_get_reading), for the `like` of the next;
                                       NULL: there was none */
    char *weight;                   /* the feature that says how often each customer counts; NULL: once each */
    tsl_feature_line *line;         /* lines of the user's own that features are made by; owned texts, none NULL */
    size_t line_count;
    tsl_pool pool[TSL_GROUPS];                  /* where principal components were asked for */
    size_t correlated_count;                    /* at most 1,000 */
    tsl_correlated *correlated;                 /* by falling |r|; then by a, b */
    tsl_silences silences;                      /* all 0 without transactions, and where these do not go back so far */
    char pseudonyms[TSL_FINGERPRINT_CHARS + 1]; /* of the customers at hand, not only of the fit: the fingerprint of the
                                                   key that their ids are pseudonyms by; "": their own ids */
} tsl_recipe;

TSL_API void tsl_recipe_free(tsl_recipe *recipe); /* of one that was given away; NULL is fine */

/* ---- The features ------------------------------------------------------------ */

typedef struct tsl_vector {
    size_t cols;
    const tsl_vector_column *column; /* the recipe's */
    float *values; /* customers x cols, row-major, normalised, all finite; NULL where memory is limited
                      (tsl_exec), and of a run: the file has them nevertheless */
} tsl_vector;

/* Categorical columns of the customers, as they were (AnnData's obs). */
typedef struct tsl_category {
    char *name;
    int ordered;
    int32_t *code; /* customers; -1 missing */
    char **level;
    size_t level_count;
} tsl_category;

/* Columns of the history, in this order (obsm/history). Days; NaN where
 * undefined. x: purchase days after the first. t_x: day of the last less day
 * of the first. T: last day before as-of less day of the first. spend_mean: mean net
 * amount of the repeat purchase days, of all orders of the day, those below 0 (returns)
 * as well; it may be 0 or less. Gaps run between consecutive purchase
 * days. With TSL_EVENTS_ALL days with a line stand for purchase days. */
typedef enum tsl_history_column {
    TSL_HISTORY_X,
    TSL_HISTORY_TX,
    TSL_HISTORY_T,
    TSL_HISTORY_SPEND_MEAN,
    TSL_HISTORY_GAP_LAST,
    TSL_HISTORY_GAP_MEDIAN,
    TSL_HISTORY_GAP_P90,
    TSL_HISTORY_GAP_MAX
} tsl_history_column;
#define TSL_HISTORY_COLUMNS 8 /* for good */

typedef struct tsl_feature_info {
    uint64_t customers, lines, orders, purchases, customers_with_purchase;
    int64_t monetary_total; /* sum over all customers, exact, 1/10000 */
    int64_t margin_total;   /* likewise; TSL_MISSING_INT where no cost is known */
    int64_t purchase_total; /* sum of the positive lines, exact */
    uint64_t unseen;        /* rows of the tables whose category, channel or level the recipe does not know */
    tsl_notes notes;        /* columns left out and why, constants dropped, ... */
    size_t own_notes;       /* of them, the first so many are of tables and features, the rest of the vectors */
    double seconds;
} tsl_feature_info;

typedef struct tsl_features {
    size_t customers;
    size_t id_width; /* bytes of an id in the file, >= longest id */
    char **id;       /* customers ids, UTF-8, rising bytewise, distinct */
    tsl_recipe *recipe;
    int applied;          /* 1: made by a recipe that was given; 0: fitted on these customers, or read from a file */
    size_t feature_count; /* the recipe's */
    const tsl_feature *feature; /* the recipe's */
    double *x;                  /* customers x feature_count raw values; NaN missing; plain numbers: a view */
    double *owned;              /* plain numbers: x where it had to be made; else NULL */
    size_t category_count;
    tsl_category *category;
    tsl_vector vector[TSL_GROUPS];
    double *history;        /* customers x TSL_HISTORY_COLUMNS, or NULL: no transactions, or nothing of purchases */
    int32_t as_of;          /* TSL_NO_DAY where no date is known */
    const char *as_of_from; /* what set it: "given", "transactions", "interactions", "customers"; "": none, or read from
                               a file */
    char *time_zone;        /* the clock of all times: a zone, or "as written" */
    int decimals;           /* currency decimals, 0 to 4 */
    char *options;          /* JSON: as-of and settings, for provenance */
    tsl_feature_info info;  /* info.notes and seconds are not in the file */
    /* Plain numbers: a view of the rows' weights, or NULL. Customers: NULL; the recipe names theirs. */
    const double *weight;
    int8_t *apart;                /* customers: the recipe's class of each, -1: none; NULL where it has no classes */
    struct tsl__shelves *shelves; /* where memory is limited, what id, x and history belong to and are read of only */
} tsl_features;

/* Fits a recipe to the tables (recipe NULL), or applies one; both ways the
 * features are made by the same code from the recipe, so that applying it to
 * the tables it was fitted on gives the same bytes, and to some of the customers
 * their bytes. A value of a category that the recipe does not know goes to
 * "other" where there is one, else to none, and is counted; a column that the tables lack is TSL_E_INPUT by name,
 * unless allow_missing. The recipe is copied.
 * Errors: TSL_E_INPUT (no customer; in a fit: one customer, all customers
 * alike), TSL_E_OPTION, TSL_E_CANCELLED, TSL_E_NOMEM. Cost: O(lines log lines a
 * customer + customers * features * log). */
TSL_API TSL_FALLIBLE tsl_status tsl_features_build(const tsl_tables *tables, const tsl_recipe *recipe,
                                                   const tsl_feature_options *opt, const tsl_exec *exec,
                                                   tsl_features **out, tsl_error *err);
TSL_API void tsl_features_free(tsl_features *features);

/* The file: valid AnnData (docs/formats.md). What is no plain file is built in
 * memory first, and read into memory; read checks every array's checksum
 * (TSL_E_FORMAT: damaged, or another kind of file). */
TSL_API TSL_FALLIBLE tsl_status tsl_features_write(const tsl_features *features, const tsl_target *target,
                                                   const tsl_exec *exec, tsl_error *err);
TSL_API TSL_FALLIBLE tsl_status tsl_features_read(const tsl_source *source, const tsl_exec *exec, tsl_features **out,
                                                  tsl_error *err);

/* Index of a raw feature by name, or feature_count. */
TSL_API size_t tsl_features_get_index(const tsl_features *features, const char *name);
/* The same of a feature that customers can be ranked by. TSL_E_OPTION, with
 * what comes near, for a name that there is not and for a category. */
TSL_API TSL_FALLIBLE tsl_status tsl_features_get_value(const tsl_features *features, const char *name, size_t *index,
                                                       tsl_error *err);
/* The index of the customer with this id; customers where there is none, and where customers have no ids. */
TSL_API size_t tsl_features_get_customer(const tsl_features *features, const char *id);
/* The same of the customer whose own id this is, as it is written or in another spelling, where customers go by
 * pseudonyms of the key; or whose pseudonym. key NULL: they go by their own ids. TSL_E_INPUT: they go by another
 * key, or are called otherwise than the key says. */
TSL_API TSL_FALLIBLE tsl_status tsl_features_get_customer_by_key(const tsl_features *features, const char *id,
                                                                 const tsl_pseudonyms *key, size_t *customer,
                                                                 tsl_error *err);

/* How a feature is distributed over the customers. */
#define TSL_SPREAD_BARS 8 /* for good */
typedef struct tsl_spread {
    double missing;          /* share */
    double mean;             /* of the known values, as are the rest; NaN without one */
    double p05, median, p95; /* type-7 quantiles */
    double low, q25, q75, high;
    double
        bar[TSL_SPREAD_BARS]; /* shares of the known values in as many stretches of one width from p05 to p95, what lies
                                 beyond with the first and the last; where these are the same from low to high */
} tsl_spread;
TSL_API TSL_FALLIBLE tsl_status tsl_features_get_spread(const tsl_features *features, size_t feature, tsl_spread *out,
                                                        tsl_error *err);

/* Where a customer stands in a feature. */
typedef struct tsl_standing {
    double value;      /* raw; NaN: missing */
    double percentile; /* of the customers whose value is known, himself included: the share below, and half of those
                          who have the same, 0 to 1; NaN where his is missing */
    double normalised; /* in the vector, without weight; NaN where the feature is in none */
} tsl_standing;
/* TSL_E_OPTION where there is no such customer or feature. Cost: O(customers). */
TSL_API TSL_FALLIBLE tsl_status tsl_features_get_standing(const tsl_features *features, size_t customer, size_t feature,
                                                          tsl_standing *out, tsl_error *err);

/* How a feature is computed, in English: what is said, and of which side of it: "definition", "computed", "records",
 * "fitted", "source", "filter", "window", "needs" (roles), "unit", "scale", "missing", ...; those of which there is
 * something to say. */
#define TSL_DERIVATION_MAX 16 /* for good */
typedef struct tsl_derivation {
    size_t count;
    const char *field[TSL_DERIVATION_MAX]; /* count */
    char *text[TSL_DERIVATION_MAX];
} tsl_derivation;
/* Of a feature of the catalogue, of opt->line (opt NULL: the defaults), or of a recipe (NULL: none is at hand), whose
 * columns of the customers are then told, too. tables (NULL: none): those at hand, whose columns are named. "channel"
 * and "channel:" mean the family. TSL_E_OPTION, with what comes near, for a name that there is not. */
TSL_API TSL_FALLIBLE tsl_status tsl_derivation_build(const char *name, const tsl_feature_options *opt,
                                                     const tsl_recipe *recipe, const tsl_tables *tables,
                                                     tsl_derivation **out, tsl_error *err);
TSL_API void tsl_derivation_free(tsl_derivation *derivation);
/* All names that it takes, owned (free with tsl_texts_free): of the recipe, of lines, then of the catalogue. */
TSL_API TSL_FALLIBLE tsl_status tsl_derivation_get_names(const tsl_feature_options *opt, const tsl_recipe *recipe,
                                                         char ***out, size_t *count, tsl_error *err);

/* What a feature is called to a reader, owned (free with tsl_text_free): "days
 * since last purchase"; where the catalogue has no words for it its own name, written for
 * readers: "Marital status" of Marital_Status, MaritalStatus or MARITAL_STATUS, "Marital status: Married" of
 * Marital_Status=Married.
 * lang "en" or "zh". */
TSL_API TSL_FALLIBLE tsl_status tsl_feature_get_label(const char *name, const char *lang, char **out, tsl_error *err);
/* The same of count names, owned (free with tsl_texts_free). */
TSL_API TSL_FALLIBLE tsl_status tsl_feature_get_labels(const char *const *name, size_t count, const char *lang,
                                                       char ***out, tsl_error *err);

/* The same of a column that clusters are found by, owned: of a component "behavioral 1: frequent, large orders, less
 * visits", its three largest loadings in words. */
TSL_API TSL_FALLIBLE tsl_status tsl_vector_column_get_label(const tsl_recipe *recipe, const tsl_vector_column *column,
                                                            const char *lang, char **out, tsl_error *err);

/* Chooses other columns to cluster on, and other customers to set apart: the
 * recipe's weights change, and its classes and extra columns are fitted here. NULL: the
 * default. */
TSL_API TSL_FALLIBLE tsl_status tsl_features_fit_selection(tsl_features *features, const tsl_selection *selection,
                                                           tsl_error *err);

/* Lets a feature of numbers say how often each customer counts when clusters are
 * found, which leaves it out of what they are found by, whatever is selected. The
 * recipe keeps its name. TSL_E_OPTION for a name that there is not and for a
 * category; TSL_E_INPUT, with the customer, where a weight is missing, negative or
 * infinite, and where all are 0. */
TSL_API TSL_FALLIBLE tsl_status tsl_features_fit_weight(tsl_features *features, const char *name, tsl_error *err);
/* The weights, as checked, of all customers: 1 each where the recipe names no feature. Of plain numbers those that they
 * were given, or 1 each. */
TSL_API TSL_FALLIBLE tsl_status tsl_features_get_weights(const tsl_features *features, double *out, tsl_error *err);

/* The matrix that clustering runs on: the customers who are not set apart, the
 * columns of weight > 0, by group, each multiplied by its weight. */
typedef struct tsl_feature_matrix {
    size_t rows, cols;
    double *values;            /* rows x cols, row-major, weighted */
    tsl_vector_column *column; /* cols: copies of the recipe's, names included */
    size_t *customer;          /* rows: which each is, rising; NULL: all of them */
} tsl_feature_matrix;

TSL_API TSL_FALLIBLE tsl_status tsl_features_get_matrix(const tsl_features *features, const tsl_exec *exec,
                                                        tsl_feature_matrix **out, tsl_error *err);
TSL_API void tsl_feature_matrix_free(tsl_feature_matrix *matrix);

/* Places in the space of clustering, such as centres to begin with: of rows of raw
 * values (rows x cols, in the features' units; NaN stays NaN), whose columns are
 * called `name` (NULL: all features, in order). TSL_E_INPUT where one lacks that
 * clusters are found by. */
TSL_API TSL_FALLIBLE tsl_status tsl_places_build(const tsl_recipe *recipe, const double *raw, size_t rows,
                                                 const char *const *name, size_t cols, tsl_feature_matrix **out,
                                                 tsl_error *err);
/* ... of the centres (count x columns of clustering) that were found in the space
 * of another recipe: the same where the recipes' columns are the same. */
TSL_API TSL_FALLIBLE tsl_status tsl_places_build_converted(const tsl_recipe *from, const double *center, size_t count,
                                                           const tsl_recipe *to, tsl_feature_matrix **out,
                                                           tsl_error *err);

/* ---- Drift ------------------------------------------------------------------------ */

/* How far customers have moved from those that a recipe was fitted on. */
#define TSL_PSI_SHIFTED 0.1  /* from here on a feature has shifted ... */
#define TSL_PSI_DRIFTED 0.25 /* ... and from here on drifted */

/* It has shifted or drifted where psi has come to the mark and is over psi_limit,
 * too: of few customers chance alone gives 0.25 and more. */
typedef struct tsl_feature_drift {
    double psi; /* population stability index, sum of (a - e) ln(a / e) of the customers' shares now (a) and in the
                   fit (e) over the bins and, as one more, those without a value; none is taken as less than 0.0001
                   or than half a customer's. NaN where no value is known, now or in the fit, or nobody is there; of an
                   outcome where none is known now */
    double psi_chance; /* what chance alone is expected to give: (cells - 1) (1 / now + 1 / fit), of the bins and the
                          missing those that somebody is or was in */
    double psi_limit;  /* what chance alone exceeds once in 1,000 times: chi-square in place of cells - 1 */
    double missing;    /* share of the customers now */
    double outside;    /* share of the customers whose value lies below the least or above the greatest of the fit */
} tsl_feature_drift;

typedef struct tsl_drift {
    size_t customers; /* now */
    size_t feature_count;
    tsl_feature_drift *feature; /* the recipe's features, in order */
} tsl_drift;

/* Cost: O(customers * features). Siddiqi (2006), Credit Risk Scorecards, for the
 * index and its two marks; Yurdakul (2018), Statistical properties of population
 * stability index, for what chance gives. */
TSL_API TSL_FALLIBLE tsl_status tsl_drift_build(const tsl_features *features, const tsl_exec *exec, tsl_drift **out,
                                                tsl_error *err);
TSL_API void tsl_drift_free(tsl_drift *drift);

/* A feature that two tables of features have, by name and unit. */
typedef struct tsl_feature_pair {
    size_t then, now;        /* index into each one's feature */
    unsigned used;           /* of two runs: bits 1 << tsl_by: which of their groups rest on it, in either */
    double missing_then;     /* share */
    tsl_feature_drift drift; /* of the customers now against those then, in the bins that the recipe of then cuts */
} tsl_feature_pair;

/* ---- Plain numbers --------------------------------------------------------------- */

/* A matrix of plain numbers as features: row i is customer i, with the ids given
 * (view; NULL: none), every column a feature as it is. recipe NULL: one is fitted,
 * columns scaled by opt->scale alone; else it is applied, columns matched by
 * name (name NULL: by place).
 * weight: rows numbers, 0 or 1e-100 to 1e100, how often each row counts (a view
 * that the features keep); NULL: once each. Scales go by it: a row of weight 2 is
 * two rows, one of weight 0 is none, and all 1 give the bits of NULL.
 *   z       sum w x / sum w, and sqrt(sum w (x - mean)^2 / sum w)
 *   minmax  least and greatest value of the rows of weight above 0
 *   rank-normal  ranks as of TSL_SCALE_RANK_NORMAL, as wide as the weights: r lies
 *           half of (its own width + u) above what is less, u as below; 3u/8, W + u/4
 *   robust  median and quartiles: values laid side by side in rising order, each
 *           as wide as its weight, W in all; quantile p is their mean from
 *           (W - u) p on over a width of u = 1, or the mean weight where that is
 *           less. Whole weights give the bits of type 7 (Hyndman & Fan 1996) of
 *           the rows written out, equal weights up to 1 the type 7 of the rows.
 *   bins    each row of weight above 0 once, as those that will be compared with
 *           them have no weights; likewise low, high, and recipe->customers
 * Errors: TSL_E_INPUT (a value that is not finite, no row or column, a column that
 * cannot be scaled, a weight out of range with its row, or none above 0; columns
 * that the recipe lacks), TSL_E_OPTION, TSL_E_NOMEM. Cost: O(rows * cols). The
 * threads change no bit. */
TSL_API TSL_FALLIBLE tsl_status tsl_features_build_plain(const tsl_matrix *x, const double *weight,
                                                         const char *const *name, const char *const *id,
                                                         const tsl_recipe *recipe, const tsl_feature_options *opt,
                                                         const tsl_exec *exec, tsl_features **out, tsl_error *err);

#ifdef __cplusplus
}
#endif
#endif
