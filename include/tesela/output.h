/*
 * output.h: what people hold in their hands: segments.csv, labels.csv,
 * rejects.csv, summary.json, manifest.json, report.html.
 *
 * What is written goes to a tsl_target, which is opened after all that can be
 * refused was refused. In a CSV file no text begins a cell as a formula does
 * (docs/formats.md).
 *
 * The summary is one JSON document (docs/summary.schema.json) that holds every
 * aggregate; the report is drawn from the summary alone. No personal data
 * stands in either.
 */
#ifndef TESELA_OUTPUT_H
#define TESELA_OUTPUT_H

#include <tesela/base.h>
#include <tesela/feature.h>
#include <tesela/label.h>
#include <tesela/model.h>
#include <tesela/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of these three each row is put into words by one of exec's threads, and written
 * in its place: the same bytes for any number of them. A million rows take about
 * a third of a second of one processor.
 *
 * segments.csv, UTF-8, LF, RFC 4180 quoting, sorted by id; starts
 * customer_id,segment,segment_name,tier,lifecycle,confidence; numbers printed
 * free of the locale. A column that cannot be had stays empty. */
TSL_API TSL_FALLIBLE tsl_status tsl_segments_write(const tsl_labels *labels, const tsl_target *target,
                                                   const tsl_exec *exec, tsl_error *err);

/* labels.csv of an assignment to a model: one line a row, in the order of the
 * features: id (customer_id; row from 1 where plain numbers have none), segment,
 * name, distance, runner_up, confidence, columns_outside_range: how many of the
 * columns that the clusters were found on lie outside what the fit saw. */
TSL_API TSL_FALLIBLE tsl_status tsl_labels_write(const tsl_labels *labels, const tsl_target *target,
                                                 const tsl_exec *exec, tsl_error *err);
/* The cluster of each row, from 1: customer_id,cluster; of plain numbers id,cluster or row,cluster. */
TSL_API TSL_FALLIBLE tsl_status tsl_clusters_write(const tsl_features *features, const tsl_assignment *assignment,
                                                   const tsl_target *target, const tsl_exec *exec, tsl_error *err);

/* rejects.csv: file,line,column,kind,text,message. A sink for tsl_table_read. close publishes the file, and
 * frees, also on failure; free gives it up. */
typedef struct tsl_rejects tsl_rejects;
TSL_API TSL_FALLIBLE tsl_status tsl_rejects_open(const tsl_target *target, tsl_rejects **out, tsl_error *err);
TSL_API const tsl_reject_sink *tsl_rejects_get_sink(tsl_rejects *rejects); /* borrowed */
TSL_API TSL_FALLIBLE tsl_status tsl_rejects_close(tsl_rejects *rejects, tsl_error *err);
TSL_API void tsl_rejects_free(tsl_rejects *rejects);

/* What one of these files is, by its first line without the end: "segments",
 * "labels" (of an assignment or of clusters), "movers", "rejects"; NULL: none of them. */
TSL_API const char *tsl_csv_get_kind(const char *head);

/* ---- Rules -------------------------------------------------------------- */

/* What the explanation tree says of a cluster: each text is "" where the tree
 * has no leaf for it, and NULL where the model has no tree. Bounds on one column
 * are merged; several leaves are joined by "or". */
typedef struct tsl_rule {
    char *words[TSL_LANGS]; /* plain: "days since last purchase at most 45 and Gender is F"; shorter than the condition:
                               who is set apart is taken for granted, small leaves are summed up
                               (docs/methods/explanation-trees.md) */
    char *condition;        /* by signs and the columns' own names: "recency_days <= 45 and Gender is F" */
} tsl_rule;

/* One a cluster and class (tsl_model_get_groups), owned. Cost: k x nodes of the tree, and for each cluster its leaves
 * squared. */
TSL_API TSL_FALLIBLE tsl_status tsl_rules_build(const tsl_model *model, tsl_rule **out, tsl_error *err);
/* NULL is fine. */
TSL_API void tsl_rules_free(tsl_rule *rule, size_t count);
/* The whole tree as indented text in plain words, owned (tsl_text_free). lang: "en" or "zh". */
TSL_API TSL_FALLIBLE tsl_status tsl_rules_get_tree(const tsl_tree *tree, const char *lang, char **out, tsl_error *err);

/* What a tree can be written as. Each says the same: a row ends where tsl_tree_predict puts it. */
typedef enum tsl_rules_format {
    TSL_RULES_TEXT, /* the whole tree, then each segment's rule with precision, coverage and lift */
    TSL_RULES_SQL,  /* one query: a flat CASE, one WHEN a leaf */
    TSL_RULES_JSON, /* nodes, leaves and segments: docs/tree.schema.json */
    TSL_RULES_PMML, /* a TreeModel of PMML 4.4 */
    TSL_RULES_SVG,  /* one picture that needs nothing besides itself */
    TSL_RULES_FORMATS
} tsl_rules_format;
TSL_API const char *tsl_rules_format_get_name(tsl_rules_format format); /* "text", "sql", "json", "pmml", "svg" */

/* How a database quotes names and texts and reads numbers. */
typedef enum tsl_sql_dialect {
    TSL_SQL_POSTGRESQL,
    TSL_SQL_DUCKDB,
    TSL_SQL_SQLITE,
    TSL_SQL_BIGQUERY,
    TSL_SQL_DIALECTS
} tsl_sql_dialect;
TSL_API const char *
tsl_sql_dialect_get_name(tsl_sql_dialect dialect); /* "postgresql", "duckdb", "sqlite", "bigquery" */

typedef struct tsl_rules_options {
    size_t size;             /* of this struct */
    tsl_rules_format format; /* default TSL_RULES_TEXT */
    tsl_sql_dialect dialect; /* of SQL; default TSL_SQL_POSTGRESQL */
    const char *table; /* SQL: one row a customer, one column a feature; dots part its schema from its name; default
                          "customer_features" */
    const char *id; /* SQL: its column that names the customers, not segment, segment_name or segment_code, in whatever
                       case; default "customer_id" */
    const char *lang; /* of text, picture and the names in SQL and PMML: "en" or "zh"; default "en" */
} tsl_rules_options;

TSL_API void tsl_rules_defaults(tsl_rules_options *opt, size_t size);
TSL_API TSL_FALLIBLE tsl_status tsl_rules_check(const tsl_rules_options *opt, tsl_error *err);

/* Lift: how much likelier a row that the rule catches is of the segment than any row: precision / share of the
 * segment. NaN without a rule or rows. */
TSL_API double tsl_rules_get_lift(const tsl_model *model, int segment); /* from 0 */

/* Writes the model's tree. Names come from the policy, what columns are and which levels a category has from the
 * recipe; both may be NULL: then segments have their numbers, and every level is a text that the column is compared
 * with. In SQL, a category's level is a condition on the category's own column ("Gender" = 'F'), a missing value is
 * NULL, and each threshold is read as the very double that it is. The same bytes each time. TSL_E_INPUT: no tree;
 * in SQL and PMML, two columns that one table cannot hold (a category called as a number is, in SQL but of PostgreSQL
 * names that differ in case). Cost: O(nodes * depth). */
TSL_API TSL_FALLIBLE tsl_status tsl_rules_write(const tsl_segmentation *segmentation, const tsl_rules_options *opt,
                                                const tsl_target *target, tsl_error *err);

/* Why one customer is in his segment, and what would move him: as TSL_RULES_TEXT, or TSL_RULES_JSON
 * (docs/guides/warehouse.md); other formats are TSL_E_OPTION. lang: of the text, "en" or "zh". */
TSL_API TSL_FALLIBLE tsl_status tsl_explanation_write(const tsl_explanation *explanation, tsl_rules_format format,
                                                      const char *lang, const tsl_target *target, tsl_error *err);

/* One line of a CSV file that the program wrote. */
typedef struct tsl_record {
    size_t count;
    char **column, **cell; /* count; owned */
} tsl_record;
/* The line whose first column is the id; *out NULL: there is none. Owned. Cost: the file up to it. */
TSL_API TSL_FALLIBLE tsl_status tsl_record_read(const tsl_source *source, const char *id, tsl_record **out,
                                                tsl_error *err);
/* The cell of a column, borrowed; NULL: there is no such column, or record is NULL. */
TSL_API const char *tsl_record_get_cell(const tsl_record *record, const char *column);
TSL_API void tsl_record_free(tsl_record *record); /* NULL is fine */

/* One customer of a run. Views; starts from tsl_customer_defaults, which knows of nothing. */
typedef struct tsl_customer {
    size_t size; /* of this struct */
    const tsl_features *features;
    size_t index;                       /* of the customer among them */
    const char *summary;                /* of the run, or NULL */
    const tsl_record *record;           /* his line of segments.csv; NULL: there is none */
    const tsl_explanation *explanation; /* of his segment, or NULL */
    const char *before_name;            /* of the run that this one goes on from; NULL: none is known */
    const char *before_summary;         /* its, or NULL */
    const tsl_record *before;           /* his line of its segments.csv; NULL: he was not there */
    int32_t before_as_of;               /* its first day after the data; default TSL_NO_DAY */
} tsl_customer;
TSL_API void tsl_customer_defaults(tsl_customer *customer, size_t size);
/* What he is, why, what is next to it and what has changed, as JSON (docs/customer.schema.json); owned
 * (tsl_text_free). What is not at hand is left out. TSL_E_OPTION: no such customer. Cost: O(customers) a figure. */
TSL_API TSL_FALLIBLE tsl_status tsl_customer_build(const tsl_customer *customer, char **json, tsl_error *err);

/* ---- Whom to call first ---------------------------------------------------- */

/* What a line of the list tells of a customer besides his rank, in the order of its columns. */
typedef enum tsl_warning_cell {
    TSL_WARNING_CUSTOMER,
    TSL_WARNING_SEGMENT_CODE,
    TSL_WARNING_SEGMENT_NAME,
    TSL_WARNING_TIER,
    TSL_WARNING_LIFECYCLE,
    TSL_WARNING_LIFECYCLE_NAME,
    TSL_WARNING_VALUE,
    TSL_WARNING_CHURN_RISK,
    TSL_WARNING_VALUE_AT_RISK,
    TSL_WARNING_REASON,
    TSL_WARNING_ACTION,
    TSL_WARNING_ACTION_TEXT,
    TSL_WARNING_CELLS
} tsl_warning_cell;
/* "customer_id", "segment_code", ...: what the column is called, in segments.csv as in the list. */
TSL_API const char *tsl_warning_cell_get_name(tsl_warning_cell cell);

typedef struct tsl_warning {
    char *cell[TSL_WARNING_CELLS];           /* as segments.csv has them; "": not known, or no such column; owned */
    double value, churn_risk, value_at_risk; /* NaN: not known */
    size_t row;                              /* of the file, from 0 */
} tsl_warning;

typedef struct tsl_warnings {
    size_t customers, known; /* rows of the file; those with a risk, or something at risk, of whom the list is */
    size_t count;
    tsl_warning *of; /* count, ranked; owned */
} tsl_warnings;

/* The `most` (from 1 on; SIZE_MAX: all) customers of a segments.csv with most at risk: by falling value_at_risk, then
 * by falling churn_risk, what is not known last, then by id. Whoever has neither is not among them. The same list
 * whatever the order of the rows. TSL_E_INPUT: no churn_risk column, nobody's risk known, a cell that is no number.
 * Memory: `most` rows. Cost: O(rows * log(most)). */
TSL_API TSL_FALLIBLE tsl_status tsl_warnings_read(const tsl_source *segments, size_t most, const tsl_exec *exec,
                                                  tsl_warnings **out, tsl_error *err);
/* A line for each: rank,customer_id,segment_code, ... as above; cells as segments.csv has them. */
TSL_API TSL_FALLIBLE tsl_status tsl_warnings_write(const tsl_warnings *warnings, const tsl_target *target,
                                                   const tsl_exec *exec, tsl_error *err);
TSL_API void tsl_warnings_free(tsl_warnings *warnings); /* NULL is fine */

/* ---- What came next -------------------------------------------------------- */

/* One segment of the customers at the cut. */
typedef struct tsl_next_segment {
    char *name; /* its code ("CHAMP"), "S" and its number where it has none ("S2"), or the label that was given */
    tsl_outcome_segment outcome;
    int back; /* 1: the run has no such segment now, its code says that it lapsed or went quiet, and it came back more
                 often than one that is recent or active by its code */
} tsl_next_segment;

/* Another way to segment the same customers, to compare with. */
typedef struct tsl_next_method {
    const char *name; /* "rfm_map", "spend_quintiles" */
    int k;            /* segments that somebody is in; 0: there is no such score */
    double eta2, auc; /* as of a tsl_outcome */
} tsl_next_method;
#define TSL_NEXT_METHODS 2 /* for good */

/* How well it was foretold at the cut who would buy nothing in the TSL_CHURN_DAYS days after it
 * (docs/methods/churn.md), of the customers with a purchase before it. */
#define TSL_CHURN_BINS 10 /* for good */
#define TSL_CHURN_OFF .15
typedef struct tsl_next_churn_bin {
    uint64_t size;
    double risk_mean, rate; /* as foretold, and as it came */
} tsl_next_churn_bin;
typedef struct tsl_next_churn {
    int days;     /* 0: nothing was foretold, or the period is shorter */
    int by_model; /* as of tsl_churn */
    uint64_t customers;
    double rate;             /* share who bought nothing */
    double auc, auc_recency; /* of two customers of whom one bought nothing, how often his risk was the higher; of the
                                days since the last purchase instead; NaN where all or none bought */
    double error;            /* mean |risk - rate| of the bins, by size; beyond TSL_CHURN_OFF risks are no figures to
                                reckon with, whatever their order tells */
    int bins;                /* tenths of the customers by rising risk, equal ones together */
    tsl_next_churn_bin bin[TSL_CHURN_BINS];
} tsl_next_churn;

/* How well the purchases of the period were foretold at the cut, by the model of what lay before it that foretells
 * then, and by the rate that each customer had (docs/methods/value.md). */
typedef struct tsl_next_purchases {
    uint64_t customers;       /* with a purchase before the cut; 0: nothing was foretold */
    tsl_purchase_kind chosen; /* the model */
    tsl_holdout model, naive;
} tsl_next_purchases;

#define TSL_TELLING_ETA2 0.01 /* from here on, in both, segments tell something of what comes next */
#define TSL_TELLING_AUC 0.55

/* Segments as they were at a cut, and what their customers did in the period after
 * it, of which the segments knew nothing: docs/methods/next-period.md. */
typedef struct tsl_next {
    int k; /* segments; 0: nothing could be held out, as the notes say */
    tsl_next_segment *segment;
    int32_t cut, until;      /* the period: the days cut <= day < until */
    int days;                /* its length */
    int refitted;            /* 1: the clusters were found again before the cut; 0: the labels that were given, or the
                                run's model as it is, of whose places the period was a part */
    uint64_t customers;      /* with a purchase before the cut: those that the following are of */
    int compared;            /* segments that one of them is in */
    double rate, value_mean; /* the share who bought in it; mean net amount */
    double eta2, auc;        /* as of a tsl_outcome */
    int telling;             /* 1: both have come to the marks above */
    uint64_t new_size;       /* customers who bought in it and were not known at the cut */
    double new_value;        /* their net amount in it */
    tsl_next_method method[TSL_NEXT_METHODS];
    double distinct;     /* of labels that were given: how many of recency, frequency and spend differ, mean over
                            the pairs of segments, 0 to 3; else NaN */
    char *column;        /* likewise: where they were found; else NULL */
    uint64_t unknown;    /* likewise: labels of customers who were not known at the cut */
    uint64_t unlabelled; /* likewise: customers with a purchase before it who have no label, and are left out */
    tsl_notes notes;
    double seconds;
    tsl_next_churn churn;
    tsl_next_purchases purchases; /* of a fit of which value models are a part */
} tsl_next;

/* ---- The months before ----------------------------------------------------- */

#define TSL_HISTORY_MONTHS 36   /* at most; for good, as the next two */
#define TSL_HISTORY_SEGMENTS 32 /* of more no history is told */
#define TSL_HISTORY_COLUMNS_MAX 9

/* A column at the last day and a calendar month before. */
typedef struct tsl_history_drift {
    char *name;      /* the feature's */
    double psi;      /* population stability index, in the bins of the fit */
    double was, now; /* medians; NaN of nobody */
} tsl_history_drift;

/* What changed in the last month. */
typedef enum tsl_month_change_kind {
    TSL_CHANGE_REVENUE,  /* value, before: of the month and of the one before (NaN: not known); segment, share: who
                            brought most of it */
    TSL_CHANGE_GREW,     /* segment: that of most value; size, by, joined, left, left_to */
    TSL_CHANGE_SHRANK,   /* likewise */
    TSL_CHANGE_QUIET,    /* count, value: customers who moved from an active to a quiet segment; between_orders */
    TSL_CHANGE_RETURNED, /* count: of quiet segments who bought again; between_orders; second: of those of one purchase
                            who bought a second time */
    TSL_CHANGE_NEW,      /* count: who was not known; lapsed: of one purchase, no longer recent */
    TSL_CHANGE_KINDS
} tsl_month_change_kind;
TSL_API const char *tsl_month_change_kind_get_name(tsl_month_change_kind kind); /* "revenue", "grew", ..., "new" */
#define TSL_CHANGES 5                                                           /* at most; for good */

typedef struct tsl_month_change {
    tsl_month_change_kind kind;
    int segment, left_to; /* groups of the model; k: who was not known before; -1: none */
    double value, before, share;
    uint64_t size, by, joined, left, count;
    int between_orders;    /* 1: some of the quiet segments are called "between orders", as their silence is usual */
    double second, lapsed; /* NaN: no segment is of those who bought once */
} tsl_month_change;

/* The customers at days a calendar month apart, by the run's own clusters at each, and how they moved from one to the
 * next: docs/methods/history.md. Amounts are in 1/10000; row k of k + 1 is who was not known as yet. */
typedef struct tsl_history {
    int k;               /* groups of the model (tsl_model_get_groups) */
    size_t cuts;         /* 0: none is told, as the notes say; else at least 2 */
    int32_t *cut;        /* rising: first days that are not known; the last is as_of */
    uint64_t *customers; /* cuts x k: who stood in each */
    uint64_t *absent;    /* cuts: customers of the run who were not known */
    int64_t *revenue;    /* cuts x (k + 1): net amount of the days from the cut before, by the group held then; of the
                            first 0, as it is not known */
    uint64_t *active;    /* likewise: who bought in them */
    uint64_t *moves;     /* cuts x (k + 1) x k: from the group at the cut before to that at the cut; of the first 0 */
    int64_t *value;      /* likewise the sums of what the customers were worth at the cut, in 1/10000; NULL: there is no
                            value */
    char *value_name;    /* the feature that it is, or NULL */
    size_t drift_count;  /* at most TSL_HISTORY_COLUMNS_MAX: columns that clusters are found by, then the value */
    tsl_history_drift *drift;
    double drift_segments; /* the index of the shares of the groups */
    size_t change_count;
    tsl_month_change change[TSL_CHANGES];
    tsl_notes notes;
    double seconds;
} tsl_history;
/* ---- Ways of segmenting beside each other ------------------------------------- */

#define TSL_METHOD_CUTS 3
#define TSL_METHODS 7 /* at most */

typedef struct tsl_method {
    const char *name; /* "segments": those of the run; "rfm_map", "rfm_map_11": maps of RFM scores in 6 and 11 classes;
                         "kmeans"; "spend_quintiles" */
    int k;            /* classes that somebody who bought is in, at the last cut */
    double eta2, auc; /* as of a tsl_outcome, means over the cuts */
    double cut_eta2[TSL_METHOD_CUTS]; /* of each cut; NaN behind them */
    double agreement_sample; /* adjusted Rand index with the same way learned of 80 % of the customers, of these: mean
                                of 5 such samples at the last cut; NaN where it is not learned anew */
    double agreement_month;  /* ... learned a month earlier, and applied to the same customers: mean over the cuts but
                                the  first; NaN with one cut alone, or as above */
} tsl_method;

/* What each of them tells of the period after a cut, and whether it would have come out alike: docs/methods/ways.md. */
typedef struct tsl_methods {
    int cuts;                     /* 1 to TSL_METHOD_CUTS */
    int32_t cut[TSL_METHOD_CUTS]; /* a calendar month apart, rising */
    int days;                     /* of the period after each */
    uint64_t customers;           /* with a purchase before the last cut, that its figures are of */
    int sampled;                  /* 1: they are some of the customers, by hashes of their ids */
    size_t count;
    tsl_method method[TSL_METHODS];
    double seconds;
} tsl_methods;

/* ---- A target ---------------------------------------------------------------- */

/* A segment's mean of the target. */
typedef struct tsl_estimate {
    uint64_t rows;          /* customers that it is of */
    double mean, low, high; /* with an interval of 95 %; NaN where it is not known */
} tsl_estimate;

/* Segments that are the leaves of a tree of a target (docs/methods/tree-segments.md): honest estimates, of customers
 * that the tree was not grown from (Athey & Imbens 2016). */
typedef struct tsl_estimates {
    char *target; /* the feature; "next": the net amount in the period below */
    int k;
    tsl_estimate *segment;   /* k */
    tsl_estimate all;        /* of all of them together */
    double told;             /* 1 - squared error by the tree's own means / by their mean, of the same rows */
    uint64_t structure_rows; /* that the tree was grown from */
    size_t left_out_count;   /* features that are nearly the target, and cut nothing */
    char **left_out;
    int32_t cut, until; /* of "next": the days cut <= day < until, and what the tree cuts is of before */
    int days;           /* their number; else 0 */
    int rate;           /* 1: a feature that is 0 or 1: means are rates, with Wilson's intervals, else Student's */
} tsl_estimates;

/* ---- An evaluation ------------------------------------------------------- */

/* What the labels of any tool are worth on some rows (tsl_evaluation_build in <tesela/run.h>). */
typedef struct tsl_evaluation {
    uint64_t rows;                  /* of the data; used + unlabelled + noise + apart */
    uint64_t used;                  /* rows that were judged: with a label that is not left out */
    uint64_t unlabelled;            /* rows without a label */
    uint64_t noise;                 /* rows whose label is left out */
    uint64_t unknown;               /* labels of ids that the data lack */
    uint64_t untrue;                /* used rows without a true label */
    uint64_t apart;                 /* customers who are set apart and have no place in the space of clustering */
    size_t cols;                    /* of the space that was judged in */
    tsl_scale scale;                /* of plain numbers */
    int plain;                      /* 1: plain numbers; 0: the space of clustering of features */
    int matched_by_id, truth_by_id; /* 1: by their ids; 0: by the number of their row */
    int k, truth_k;                 /* labels of the used rows */
    char **name, **truth_name;      /* k, truth_k: the labels as texts */
    char *column, *truth_column;    /* where they were found; truth_column NULL: no truth */
    char *noise_label;              /* that is left out, or NULL */
    int weighted;                   /* 1: rows count by a weight */
    tsl_quality quality;
    tsl_cluster_quality *cluster; /* k */
    tsl_recurrence *recurrence;   /* whether k-means finds the labels; NULL: not measured */
    tsl_comparison *comparison;   /* of the used rows that have a true label; NULL: no truth */
    tsl_notes notes;
    double seconds_read, seconds_quality;
} tsl_evaluation;

/* ---- Two runs compared ---------------------------------------------------- */

/* movers.csv: a line for each customer who is in another group, came or vanished, by the id, as segments.csv has it:
 * customer_id,change,segment_code_then,segment_code_now,tier_then,tier_now,tier_change,lifecycle_then,lifecycle_now,
 * value_then,value_now,changed,reason. lang: of `changed`, "en" or "zh". */
TSL_API TSL_FALLIBLE tsl_status tsl_migration_write(const tsl_migration *migration, const char *lang,
                                                    const tsl_target *target, const tsl_exec *exec, tsl_error *err);
/* All of it but single customers, as JSON (docs/compare.schema.json), owned (tsl_text_free). effects: NULL, or what was
 * made of it. */
TSL_API TSL_FALLIBLE tsl_status tsl_migration_get_json(const tsl_migration *migration, const tsl_effects *effects,
                                                       char **json, tsl_error *err);
/* An effect in a sentence without a full stop, owned (tsl_text_free): "churn of VIP: -20 % ...". lang: "en" or "zh".
 */
TSL_API TSL_FALLIBLE tsl_status tsl_effects_get_sentence(const tsl_effects *effects, size_t index, const char *lang,
                                                         char **out, tsl_error *err);
/* ---- A valuation --------------------------------------------------------- */

/* What a valuation counts time in. */
typedef enum tsl_time_unit { TSL_UNIT_DAY, TSL_UNIT_WEEK, TSL_UNIT_MONTH, TSL_TIME_UNITS } tsl_time_unit;
TSL_API const char *tsl_time_unit_get_name(tsl_time_unit unit); /* "day", "week", "month" */
TSL_API double tsl_time_unit_get_days(tsl_time_unit unit);      /* 1, 7, 365.25 / 12 */

/* Figures of a customer, in the order of the columns of values.csv. */
typedef enum tsl_valuation_figure {
    TSL_VALUATION_X, /* events after the first */
    TSL_VALUATION_TX,
    TSL_VALUATION_T,
    TSL_VALUATION_SPEND_MEAN,
    TSL_VALUATION_WEIGHT, /* how many customers the row stands for */
    TSL_VALUATION_R,
    TSL_VALUATION_F,
    TSL_VALUATION_M,
    TSL_VALUATION_RFM,
    TSL_VALUATION_ALIVE,       /* NaN where the model says that nobody leaves */
    TSL_VALUATION_PURCHASES,   /* expected up to the horizon */
    TSL_VALUATION_NO_PURCHASE, /* probability of none up to it */
    TSL_VALUATION_SPEND,       /* expected of a purchase */
    TSL_VALUATION_DISCOUNTED,  /* purchases, each discounted to today */
    TSL_VALUATION_DERT,        /* likewise all that are to come, whatever the horizon; NaN where the discount is 0 */
    TSL_VALUATION_CLV,         /* those up to the horizon times the spend */
    TSL_VALUATION_FIGURES
} tsl_valuation_figure;
TSL_API const char *tsl_valuation_figure_get_name(tsl_valuation_figure figure); /* "x", "t_x", "T", "spend_mean", ... */

/* Who foretells purchases besides the models, which come by their kinds. */
typedef enum tsl_foreteller {
    TSL_FORETELLER_NAIVE = TSL_PURCHASE_KINDS, /* everybody goes on as he did: tsl_histories_predict */
    TSL_FORETELLERS
} tsl_foreteller;
/* "nbd", ..., "naive"; NULL beyond. */
TSL_API const char *tsl_foreteller_get_name(tsl_foreteller foreteller);

/* What was foretold of customers as they were at a cut, beside what came (docs/methods/value.md). */
typedef struct tsl_valuation_holdout {
    int32_t cut, until;          /* the period: the days cut <= day < until; of rows TSL_NO_DAY */
    int days;                    /* its length */
    double customers, newcomers; /* who had bought before the cut; who bought first in the period, and is left out */
    unsigned fitted;             /* bits 1 << kind: models of what lay before the cut */
    tsl_purchase_model model[TSL_PURCHASE_KINDS];
    tsl_purchase_kind chosen;            /* of these; TSL_PURCHASE_KINDS: none */
    tsl_holdout judged[TSL_FORETELLERS]; /* purchases of the period; of models that are fitted, and naive. All NaN where
                                            nothing is foretold */
    size_t steps, steps_before;          /* of the track, of some seven days each; those up to the cut. 0: of rows */
    double step_days;
    double *actual;                    /* steps: purchases after the first, of all customers, up to the end of each;
                                          or NULL */
    double *expected[TSL_FORETELLERS]; /* the same as of tsl_track_predict; naive: from the cut on, NaN before it. NULL:
                                          there is none such */
} tsl_valuation_holdout;

/* Customers parted by when they bought first. */
typedef enum tsl_cohort_span {
    TSL_COHORTS_NONE,
    TSL_COHORTS_MONTH,
    TSL_COHORTS_QUARTER,
    TSL_COHORTS_YEAR,
    TSL_COHORT_SPANS
} tsl_cohort_span;
TSL_API const char *tsl_cohort_span_get_name(tsl_cohort_span span); /* "none", "month", "quarter", "year" */

#define TSL_COHORT_NAME_BYTES 16
/* A model of purchases for each of them, and one for all (docs/methods/value.md). */
typedef struct tsl_valuation_cohorts {
    tsl_cohort_span span;
    size_t count;
    char (*name)[TSL_COHORT_NAME_BYTES]; /* count: "1997-03", "1997-Q1", "1997", rising */
    tsl_purchase_cohort *of;             /* count */
    tsl_purchase_model pooled;           /* of all customers */
    size_t own;                          /* cohorts whose model is their own */
    double ratio;                        /* twice what log-likelihood these gain over one model of their customers; */
    int degrees;                         /* that many more parameters; */
    double p_value; /* how often chance alone gains as much (chi-square). With fewer than two of them NaN, 0, NaN */
} tsl_valuation_cohorts;

/* A column of the customers that bears on purchases: a number, standardised, or the values of a category but the most
 * common one, each 0 or 1. */
typedef struct tsl_valuation_column {
    char *name;
    char *base;          /* of a category: the most common value; else NULL */
    size_t first, count; /* of its covariates */
    double missing;      /* customers of whom it is not known: they go by the mean of the others */
    double ratio;        /* twice the log-likelihood that the model loses without it; */
    int degrees;         /* that many coefficients; */
    double p_value;      /* how often chance alone does as much (chi-square) */
} tsl_valuation_column;

typedef struct tsl_valuation_covariates {
    tsl_covariate_model model; /* of the kind that foretells; base: who has the mean of each number, and the most common
                                  value of each category */
    size_t column_count;
    tsl_valuation_column *column;
    char *name[TSL_COVARIATES_MOST];                              /* model.count: "income", "city=Rome" */
    double mean[TSL_COVARIATES_MOST], scale[TSL_COVARIATES_MOST]; /* a covariate is (value - mean) / scale; of yes/no
                                                                     and the values of a category 0 and 1: as it is */
    double fill[TSL_COVARIATES_MOST]; /* the covariate of who lacks the value: the mean of the others */
} tsl_valuation_covariates;

/* A weighted score, and what each column adds to it (docs/methods/score.md). */
typedef struct tsl_valuation_score {
    tsl_score score;
    char **part, **feature; /* score.part_count, score.column_count: their names */
    double *total;          /* customers, 0 to 100 */
    double **contribution;  /* score.column_count of customers each: they add up to the total */
    double *known;          /* score.column_count: customers whose value is known */
} tsl_valuation_score;
/* What a column weighs: the share of its part, and its own within it. */
TSL_API void tsl_valuation_score_get_weight(const tsl_valuation_score *score, size_t column, double *part, double *own);

/* What customers are worth by models of purchases and spend, and by RFM (tsl_valuation_build in <tesela/run.h>). */
typedef struct tsl_valuation {
    size_t customers;                      /* rows */
    char **id;                             /* customers; NULL: rows have no names */
    double *figure[TSL_VALUATION_FIGURES]; /* customers each, NaN unknown; NULL: there is none such */
    double known, repeated;                /* customers whose history is known; of these those of x > 0; by weight */
    unsigned fitted;                       /* bits 1 << kind */
    tsl_purchase_model model[TSL_PURCHASE_KINDS]; /* those that are fitted, in the unit */
    tsl_purchase_kind chosen;                     /* that foretells; TSL_PURCHASE_KINDS: none */
    tsl_spend_model spend;
    tsl_time_unit unit;
    tsl_events events;
    int32_t as_of;      /* TSL_NO_DAY: it is not known */
    double horizon;     /* in the unit */
    double discount;    /* a year */
    double expected[2]; /* purchases and clv up to the horizon, of all customers; NaN where none is known */
    double dert;        /* all purchases to come, each discounted, likewise */
    int has_rfm;
    tsl_rfm rfm;
    uint64_t score_size[3][TSL_RFM_BINS_MOST]; /* customers of each score of R, F, M */
    tsl_notes notes;
    double seconds;
    tsl_valuation_holdout *holdout;       /* NULL: nothing was held out */
    tsl_valuation_cohorts *cohorts;       /* NULL: none were asked for, or no model foretells */
    tsl_valuation_covariates *covariates; /* likewise; then what is expected goes by them */
    tsl_valuation_score *score;           /* NULL: none was asked for */
    tsl_rfm_map rfm_map;                  /* count 0: there is none */
    int8_t *rfm_segment;                  /* customers: index of each one's, -1: a score is not known; NULL without */
    uint64_t rfm_size[TSL_RFM_SEGMENTS];  /* customers of each */
    double rfm_clv[TSL_RFM_SEGMENTS];     /* theirs together; NaN where none is known */
    int lang;                             /* of the names of RFM segments in values.csv: 0 "en", 1 "zh" */
} tsl_valuation;

/* values.csv: one line a customer, in the order of the valuation: customer_id (or row), then its figures, and
 * rfm_segment with its name; what is unknown is empty. */
TSL_API TSL_FALLIBLE tsl_status tsl_valuation_write(const tsl_valuation *valuation, const tsl_target *target,
                                                    const tsl_exec *exec, tsl_error *err);

/* ---- The summary, the manifest, the report ------------------------------ */

/* Customers who lie far from all others in one way, or whose value was cut off by far (docs/methods/outliers.md). */
typedef struct tsl_finding {
    char *name;       /* the feature that they lie farthest by, or a "..._missing" column */
    int above;        /* 1: they have more of it than others; 0: less */
    size_t count;     /* of them */
    size_t *customer; /* count: rows of the features, rising */
    double value;     /* the median of theirs, in the feature's unit ... */
    double typical;   /* ... and of all customers; both NaN where it is not known */
    double bound;     /* what the values were cut off to, in that unit; 0: nothing was, they lie far */
} tsl_finding;

typedef struct tsl_findings {
    size_t count;
    tsl_finding *of;
    size_t customers; /* far, in all of them */
    int left_out;     /* 1: the clusters were found without them, and each is in the nearest; 0: with them */
} tsl_findings;

/* What is known of a run; NULL for a stage that did not run. All views. Starts
 * from tsl_results_defaults, which knows of nothing. */
typedef struct tsl_results {
    size_t size; /* of this struct */
    const tsl_table *table[TSL_TABLE_KINDS];
    const tsl_features *features;
    const tsl_model *model;
    const tsl_labels *labels;
    const tsl_drift *drift; /* of an apply, with the recipe, the policy and the segments then and now */
    const tsl_recipe *recipe;
    const tsl_policy *policy;
    const tsl_segment_drift *segment_drift; /* one a segment of the policy */
    unsigned refit;                         /* of an apply: TSL_REFIT_... */
    uint64_t seed;                          /* that of the model's options stands before it */
    int threads;
    double seconds_total;
    const char *const *stage; /* stage names and their seconds, in order */
    const double *stage_seconds;
    size_t stage_count;
    const char *const *argument; /* manifest: the command line */
    size_t argument_count;
    const char *options; /* manifest: all options that went in, as a JSON object, or NULL */
    const char *lang;    /* "en", "zh": default language of the report; default "en" */
    const char *file;    /* what is said of one file alone (the schema's "file"), as a JSON object; NULL: nothing */
    const tsl_segmentation_drift *segmentation_drift; /* of an apply; NULL: the verdict is on the features alone */
    const tsl_segmentation *given;    /* manifest: what was applied, its file and its options; NULL: nothing was */
    const tsl_file_info *init;        /* manifest: the file of initial centres, or NULL */
    const tsl_evaluation *evaluation; /* of any tool's labels, or NULL */
    const tsl_next *next;             /* what came after a cut, or NULL */
    const tsl_segmentation *previous; /* manifest: of the run that this one goes on from, or NULL */
    const tsl_succession *succession; /* what became of them; NULL: not known */
    const tsl_estimates *estimates;   /* of the target that the segments were found by, or NULL */
    const tsl_descriptor *descriptor; /* which demographics tell the segments, or NULL */
    const tsl_findings *findings;     /* customers far from all others; NULL: they were not looked for */
    size_t memory;                    /* bytes that the run was to stay within; 0: no limit, of which nothing is said */
    size_t memory_peak;               /* the most that the process has held in memory so far */
    const tsl_valuation *valuation;   /* of customers, or NULL */
    const tsl_file_info *former;      /* manifest: the segments.csv of the run that this one goes on from, or NULL */
    const tsl_history *history;       /* of the customers' segments, or NULL */
    const tsl_portrait *portrait;     /* of the labels, or NULL */
    const tsl_methods *methods;       /* ways of segmenting beside the run's, or NULL */
    const tsl_suppression *suppression; /* who was left out, or NULL */
    const tsl_audit *audit;             /* how sensitive columns go with segments and tiers, or NULL */
    int min_cell; /* counts of fewer customers are hidden, and those that they could be reckoned from; 0: none */
    const char *currency; /* code of ISO 4217 that amounts are in, where the data do not say; NULL: not known either */
} tsl_results;

TSL_API void tsl_results_defaults(tsl_results *results, size_t size);

/* ---- The data as they stand ------------------------------------------------- */

/* What tesela check tells. Views. Starts from tsl_data_quality_defaults, which knows of nothing. */
typedef struct tsl_data_quality {
    size_t size;                                       /* of this struct */
    const tsl_table_profile *profile[TSL_TABLE_KINDS]; /* NULL: no such table */
    const char *const *unreadable;                     /* what is said of files that cannot be read at all */
    size_t unreadable_count;
    const char *const *refusal; /* why the tables would not be taken, besides their own findings */
    size_t refusal_count;
    int values;       /* 1: cells of columns that name people or orders are shown as well; default 0 */
    const char *lang; /* "en", "zh": of the page; default "en" */
    int32_t as_of;    /* first day after the data, as a run takes it; TSL_NO_DAY, the default: there is none */
} tsl_data_quality;

TSL_API void tsl_data_quality_defaults(tsl_data_quality *quality, size_t size);
/* As JSON (docs/check.schema.json); owned (tsl_text_free). The same bytes for any number of threads. */
TSL_API TSL_FALLIBLE tsl_status tsl_data_quality_build(const tsl_data_quality *quality, char **json, tsl_error *err);
/* ... to a target, and as one HTML page that needs nothing besides itself. */
TSL_API TSL_FALLIBLE tsl_status tsl_data_quality_write(const tsl_data_quality *quality, const tsl_target *target,
                                                       tsl_error *err);
TSL_API TSL_FALLIBLE tsl_status tsl_data_quality_write_page(const tsl_data_quality *quality, const tsl_target *target,
                                                            tsl_error *err);

/* ---- Notes ------------------------------------------------------------------- */

/* What a note of any result (tsl_notes), or a line of tsl_table_info.understood, says, owned (tsl_text_free): "zh": in
 * Chinese, save where nobody has said it so; "en": as it is. TSL_E_OPTION for another language. */
TSL_API TSL_FALLIBLE tsl_status tsl_notes_get_words(const char *note, const char *lang, char **out, tsl_error *err);
/* The same of an error's message (tsl_error.message). Names, places, what was seen, and what libraries beneath say,
 * stay as they are. */
TSL_API TSL_FALLIBLE tsl_status tsl_error_get_words(const char *message, const char *lang, char **out, tsl_error *err);

/* ---- The verdict ------------------------------------------------------------ */

/* What kind of segments these are: Dolnicar, Gruen & Leisch (2018). */
typedef enum tsl_verdict_word {
    TSL_VERDICT_UNKNOWN,      /* no evidence was gathered */
    TSL_VERDICT_NATURAL,      /* groups with gaps between them, and the segments are these: adjusted Rand index .9 */
    TSL_VERDICT_REPRODUCIBLE, /* none found, but another sample gives the same segments: agreement .9, each segment .75
                               */
    TSL_VERDICT_CONSTRUCTED,  /* another sample gives much the same: agreement .6 */
    TSL_VERDICT_NONE          /* another sample gives others */
} tsl_verdict_word;
TSL_API const char *
tsl_verdict_get_name(tsl_verdict_word word); /* "natural", "reproducible", "constructed", "none"; "" */

typedef struct tsl_verdict {
    tsl_verdict_word word;
    int natural_k;                   /* groups that the test found; 1: none; 0: not tested */
    int at_least;                    /* 1: or more, as it looked no further */
    double agreement, least_jaccard; /* of the delivered clusters over bootstrap replicates; NaN: not known */
    const char *headline[TSL_LANGS]; /* the word as it is said: "reproducible segments, no natural groups" */
    size_t reason_count;
    char **reason[TSL_LANGS]; /* sentences without a full stop, owned */
    double natural_agreement; /* adjusted Rand index of the delivered clusters and the natural groups; NaN: there are
                                 none, or it is not known */
} tsl_verdict;
/* From the model and the evidence that it has. Owned. */
TSL_API TSL_FALLIBLE tsl_status tsl_verdict_build(const tsl_results *results, tsl_verdict **out, tsl_error *err);
TSL_API void tsl_verdict_free(tsl_verdict *verdict);

/* The summary as JSON text, owned (tsl_text_free). TSL_E_OPTION for another language. */
TSL_API TSL_FALLIBLE tsl_status tsl_summary_build(const tsl_results *results, char **json, tsl_error *err);
TSL_API TSL_FALLIBLE tsl_status tsl_summary_write(const tsl_results *results, const tsl_target *target, tsl_error *err);
/* Inputs with SHA-256, options, seed, as-of, version, rows, threads, times. */
TSL_API TSL_FALLIBLE tsl_status tsl_manifest_write(const tsl_results *results, const tsl_target *target,
                                                   tsl_error *err);

/* ---- The report ----------------------------------------------------------------- */

/* Whom the page is for. */
typedef enum tsl_audience {
    TSL_AUDIENCE_ANALYST,   /* all of it; what analysts ask for is folded below */
    TSL_AUDIENCE_EXECUTIVE, /* without that part */
    TSL_AUDIENCES
} tsl_audience;
TSL_API const char *tsl_audience_get_name(tsl_audience audience); /* "analyst", "executive"; NULL: none such */

/* Whose page it is. Views. */
typedef struct tsl_brand {
    const char *name;   /* stands at the top in place of "Tesela": 1 to 80 characters; NULL: Tesela */
    const char *colour; /* of lines and marks, "#1d4e96"; NULL: ink. Hues stay the segments' */
    const char *logo;   /* the bytes of a picture, PNG or SVG, which goes into the page; NULL: none */
    size_t logo_bytes;  /* at most 262,144 */
} tsl_brand;
/* TSL_E_INPUT: a logo that is no PNG or SVG, too large, or an SVG that holds scripts, handlers of events or loads
 * something; TSL_E_OPTION: a name or a colour that is none. */
TSL_API TSL_FALLIBLE tsl_status tsl_brand_check(const tsl_brand *brand, tsl_error *err);

typedef struct tsl_report_options {
    size_t size;            /* of this struct */
    const char *lang;       /* which comes first, "en" or "zh"; default NULL: as the run */
    tsl_audience audience;  /* default TSL_AUDIENCE_ANALYST */
    const char *currency;   /* code of ISO 4217 that amounts are in; default NULL: as the data say */
    const tsl_brand *brand; /* default NULL */
} tsl_report_options;

TSL_API void tsl_report_defaults(tsl_report_options *opt, size_t size);
TSL_API TSL_FALLIBLE tsl_status tsl_report_check(const tsl_report_options *opt, tsl_error *err);

/* One self-contained page from the text of a summary (opt NULL: the defaults): it loads nothing, and no script runs in
 * it but its own. The same bytes for any number of threads. TSL_E_FORMAT: no summary, or of a newer format;
 * TSL_E_OPTION: a currency beside data that have another. Cost: a few milliseconds, whatever the number of customers.
 */
TSL_API TSL_FALLIBLE tsl_status tsl_report_write(const char *summary_json, const tsl_report_options *opt,
                                                 const tsl_target *target, tsl_error *err);
/* report.json: the document that the page is drawn from, with the same figures: {"format": "tesela report",
 * "format_version": 1, "settings": ..., "summary": ...}. Errors as above. */
TSL_API TSL_FALLIBLE tsl_status tsl_report_write_figures(const char *summary_json, const tsl_report_options *opt,
                                                         const tsl_target *target, tsl_error *err);

#ifdef __cplusplus
}
#endif
#endif
