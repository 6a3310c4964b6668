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

#ifdef __cplusplus
extern "C" {
#endif

typedef enum tsl_transform { TSL_IDENTITY, TSL_LOG1P, TSL_SIGNED_LOG1P } tsl_transform;
TSL_API const char *tsl_transform_get_name(tsl_transform t); /* "identity", "log1p", "signed_log1p" */

typedef enum tsl_scale { TSL_SCALE_NONE, TSL_SCALE_Z, TSL_SCALE_MINMAX, TSL_SCALE_ROBUST, TSL_SCALES } tsl_scale;
TSL_API const char *tsl_scale_get_name(tsl_scale s); /* "none", "z", "minmax", "robust" */

typedef struct tsl_feature_options {
    int32_t as_of;             /* first day after the data; default TSL_NO_DAY: the day after the last transaction
                                  (without transactions: interaction, else date column of the customers). No row of
                                  transactions or interactions may lie at or after it: read the interactions with
                                  the day after the last transaction as their as_of (else TSL_E_OPTION) */
    tsl_scale scale;           /* default TSL_SCALE_Z */
    double winsor_low;         /* quantile, default 0.001 */
    double winsor_high;        /* quantile, default 0.999 */
    double weight[TSL_GROUPS]; /* default 1, 1, 1; 0 leaves a group out of clustering */
    int max_categories;        /* one column a value up to this many, then "other"; default 32 */
    int max_shares;            /* channel:, payment: columns; default 8 */
    double missing_share;      /* over this share of missing a "..._missing" column; default 0.01 */
    int threads;               /* default 0 */
    const tsl_progress *progress;
} tsl_feature_options;

TSL_API tsl_feature_options tsl_feature_defaults(void);

/* What a raw column holds; decides how a rule on it is worded. */
typedef enum tsl_feature_form {
    TSL_FORM_NUMBER,
    TSL_FORM_BOOLEAN, /* 0, 1 */
    TSL_FORM_VALUE    /* 0, 1: one value of a category; name is "Column=value" */
} tsl_feature_form;
TSL_API const char *tsl_feature_form_get_name(tsl_feature_form f); /* "number", "boolean", "value" */

/* One column of the raw matrix X. */
typedef struct tsl_feature {
    char *name; /* "recency_days", "Gender=F" */
    tsl_group group;
    char *unit;       /* "days", "orders", "currency", "share", "" ... */
    char *definition; /* one English sentence */
    tsl_feature_form form;
    int profile; /* 1: described and usable in rules, not in the default vectors */
    int sensitive;
    tsl_transform transform;
    size_t block; /* features that share a block (a category's values) weigh as one */
} tsl_feature;

/* One column of a vector: v = (clamp(transform(x), low, high) - center) / scale,
 * v = (fill - center) / scale where x is missing; a "..._missing" column has
 * x = 1 where the feature is missing, else 0. fill is on the transformed
 * scale. */
typedef struct tsl_vector_column {
    char *name;     /* the feature's, or "<feature>_missing" */
    size_t feature; /* index into tsl_features.feature */
    int indicator;  /* 1: a "..._missing" column */
    tsl_transform transform;
    double low, high, center, scale, fill;
    double weight; /* the column's multiplier in clustering: sqrt(group weight / features of the group) */
} tsl_vector_column;

typedef struct tsl_vector {
    size_t cols;
    tsl_vector_column *column;
    float *values; /* customers x cols, row-major, normalised, all finite */
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
 * amount of the repeat purchase days. Gaps run between consecutive purchase
 * days. */
typedef enum tsl_history_column {
    TSL_HISTORY_X,
    TSL_HISTORY_TX,
    TSL_HISTORY_T,
    TSL_HISTORY_SPEND_MEAN,
    TSL_HISTORY_GAP_LAST,
    TSL_HISTORY_GAP_MEDIAN,
    TSL_HISTORY_GAP_P90,
    TSL_HISTORY_GAP_MAX,
    TSL_HISTORY_COLUMNS
} tsl_history_column;

typedef struct tsl_feature_info {
    uint64_t customers, lines, orders, purchases, customers_with_purchase;
    int64_t monetary_total; /* sum over all customers, exact, 1/10000 */
    int64_t margin_total;   /* likewise; TSL_MISSING_INT where no cost is known */
    int64_t purchase_total; /* sum of the positive lines, exact */
    tsl_notes notes;        /* columns left out and why, constants dropped, ... */
    double seconds;
} tsl_feature_info;

typedef struct tsl_features {
    size_t customers;
    size_t id_width; /* bytes of an id in the file, >= longest id */
    char **id;       /* customers ids, UTF-8, rising bytewise, distinct */
    size_t feature_count;
    tsl_feature *feature;
    double *x; /* customers x feature_count raw values; NaN missing */
    size_t category_count;
    tsl_category *category;
    tsl_vector vector[TSL_GROUPS];
    double *history;              /* customers x TSL_HISTORY_COLUMNS, or NULL without transactions */
    int32_t as_of;                /* TSL_NO_DAY where no date is known */
    int decimals;                 /* currency decimals, 0 to 4 */
    tsl_feature_options settings; /* as used; threads and progress are zero */
    char *options;                /* JSON: settings, for provenance */
    tsl_feature_info info;        /* info.notes and seconds are not in the file */
} tsl_features;

/* Any of the tables may be NULL, but not both customers and transactions.
 * Errors: TSL_E_INPUT (no customer; one customer; all customers alike),
 * TSL_E_OPTION, TSL_E_CANCELLED, TSL_E_NOMEM. Cost: O(lines log lines a
 * customer + customers * features * log). */
TSL_API tsl_status tsl_features_build(const tsl_table *customers, const tsl_table *transactions,
                                      const tsl_table *interactions, const tsl_feature_options *opt, tsl_features **out,
                                      tsl_error *err);
TSL_API void tsl_features_free(tsl_features *features);

/* The file: valid AnnData (docs/formats.md). What is no plain file is built in
 * memory first, and read into memory; read checks every array's checksum
 * (TSL_E_FORMAT: damaged, or another kind of file). */
TSL_API TSL_FALLIBLE tsl_status tsl_features_write(const tsl_features *features, const tsl_target *target,
                                                   tsl_error *err);
TSL_API TSL_FALLIBLE tsl_status tsl_features_read(const tsl_source *source, tsl_features **out, tsl_error *err);

/* Index of a raw feature by name, or feature_count. */
TSL_API size_t tsl_features_get_index(const tsl_features *features, const char *name);
/* The same of a feature that customers can be ranked by. TSL_E_OPTION, with
 * what comes near, for a name that there is not and for a category. */
TSL_API tsl_status tsl_features_get_value(const tsl_features *features, const char *name, size_t *index,
                                          tsl_error *err);

/* What a feature is called to a reader, owned (free with tsl_text_free): "days
 * since last purchase"; its own name where the catalogue has no words for it.
 * lang "en" or "zh". */
TSL_API tsl_status tsl_feature_get_label(const char *name, const char *lang, char **out, tsl_error *err);
/* The same of count names, owned (free with tsl_texts_free). */
TSL_API tsl_status tsl_feature_get_labels(char *const *name, size_t count, const char *lang, char ***out,
                                          tsl_error *err);

/* The matrix that clustering runs on: chosen columns of the three vectors,
 * side by side, each multiplied by its weight. Names may hold * and ?. First
 * `exclude` takes columns out of the default, then `include` takes columns in
 * (also profile and sensitive features, which are normalised here). An unknown
 * name is TSL_E_OPTION with the nearest right one. */
typedef struct tsl_selection {
    const char *const *include;
    size_t include_count;
    const char *const *exclude;
    size_t exclude_count;
} tsl_selection;

typedef struct tsl_feature_matrix {
    size_t rows, cols;
    double *values;            /* rows x cols, row-major, weighted */
    tsl_vector_column *column; /* owned copies; weight as applied */
    tsl_group *group;          /* cols */
} tsl_feature_matrix;

TSL_API tsl_status tsl_features_get_matrix(const tsl_features *features, const tsl_selection *selection,
                                           tsl_feature_matrix **out, tsl_error *err);
TSL_API void tsl_feature_matrix_free(tsl_feature_matrix *matrix);

#ifdef __cplusplus
}
#endif
#endif
