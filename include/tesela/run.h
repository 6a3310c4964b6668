/*
 * run.h: the whole job as one object: read -> features -> fit or apply -> label
 * -> write.
 *
 *     const tsl_source orders = {.path = "orders.csv"};
 *     const tsl_target target = {.path = "segments.csv"};
 *     tsl_error err;
 *     tsl_run *run;
 *     if (tsl_run_open(NULL, NULL, NULL, &run, &err) != TSL_OK ||             // a fit; with a segmentation: an apply
 *         tsl_run_read(run, TSL_TRANSACTIONS, &orders, 1, NULL, NULL, &err) != TSL_OK || // tables; customers first
 *         tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err) != TSL_OK ||   // features, clusters, labels
 *         tsl_segments_write(tsl_run_get_labels(run), &target, NULL, &err) != TSL_OK) {
 *         fputs(err.message, stderr);
 *     }
 *     tsl_run_free(run);
 *
 * What a stage no longer needs is freed when the stage ends. The program
 * `tesela` is made of this; nothing in it decides.
 */
#ifndef TESELA_RUN_H
#define TESELA_RUN_H

#include <tesela/base.h>
#include <tesela/feature.h>
#include <tesela/label.h>
#include <tesela/model.h>
#include <tesela/output.h>
#include <tesela/table.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tsl_run tsl_run; /* opaque */

#define TSL_HOLDOUT_USUAL INT32_MIN

/* Typical places that draw the clusters, so that they come out alike month by month
 * (docs/methods/anchors.md). */
typedef enum tsl_anchors {
    TSL_ANCHORS_DEFAULT, /* typical, unless k, another range of k than the default, or initial centres are asked for */
    TSL_ANCHORS_NONE,    /* k-means alone */
    TSL_ANCHORS_TYPICAL  /* the built-in ones of the core basis, where no initial centres are given; of another basis
                            there are none. TSL_E_OPTION beside a k, or a range of it */
} tsl_anchors;

/* Views, to be kept until the run is freed. NULL: the defaults. */
typedef struct tsl_run_options {
    size_t size; /* of this struct */
    const tsl_feature_options *features;
    const tsl_kmeans_options *kmeans;
    const tsl_tree_options *tree;
    const tsl_label_options *labels;
    unsigned refit;   /* with a segmentation: TSL_REFIT_..., in place of those in features and labels; default 0 */
    const char *kept; /* JSON object kept in the model as the options that it was made with; default "{}" */
    /* What summary.json and manifest.json record of the program that runs it; default none. */
    const char *const *argument; /* the command line */
    size_t argument_count;
    const char *options; /* all options as a JSON object; any other text, here and in kept, is TSL_E_OPTION */
    /* Called as each stage begins ("features", "cluster", "tree", "labels"), and with NULL at the end: what the
     * stages before made can be looked at. A status other than TSL_OK ends the run with it. Default NULL. */
    tsl_status (*stage)(void *user, const tsl_run *run, const char *name, tsl_error *err);
    void *user;
    /* In a fit: the feature, or column of plain numbers, that says how often each customer counts when clusters are
     * found; what they are found by leaves it out. Default NULL: once each, or by what features from a file name. */
    const char *weight;
    tsl_anchors anchors; /* of a fit */
    /* 1, the default: a fit of customers gathers evidence of its clusters (tsl_evidence_build, of the plain sweep, and
     * the stability of the clusters that are delivered), and clusters that are natural groups are delivered as such, by
     * plain k-means, where neither anchors nor k nor initial centres are asked for; 2: of plain numbers as well;
     * 0: none. */
    int evidence;
    /* Days at the end of the data that are held out in a fit with transactions, up to the labels: the same segmentation
     * is made of what lies before, and judged by what came after (tsl_run_get_next). 0: none; 1 to 36,500; default
     * TSL_HOLDOUT_USUAL: the greater of 90 and the recipe's gap_days, where the history allows. Nothing else that comes
     * out depends on it, but names that the period speaks against (docs/methods/next-period.md). */
    int holdout_days;
    /* With a previous run (tsl_run_read_previous) a customer keeps the segment that he was in, unless its centre is
     * over so many times as far as the nearest; 1: nobody does; at most 1e6, default 1.5, as is 0 */
    double hold;
    /* 1, the default: a fit of customers up to the labels tells which demographic columns say who is in which segment,
     * and how well, by CART (tsl_descriptor_fit); 2: by CHAID; 0: not. Of columns of the customers that the clusters
     * are not found by, that are no outcomes and were not excluded. Nothing else that comes out depends on it. */
    int descriptors;
    /* Of a fit of customers: a feature that can be ranked by, such as monetary_total, or an outcome. The segments are
     * then the leaves of a tree that tells it (docs/methods/tree-segments.md), k of them, or 3 (k_min, where it is
     * asked for) to 8 (k_max) as cross-validation bears out: no anchors, nobody set apart, no evidence of clusters, no
     * period held out. Or "next": the net amount in the period that holdout_days says, told by the features as they
     * were before it; the tree then labels the customers of today. It takes tables that go to clusters in one call,
     * TSL_E_INPUT where there is less history before the period than it is long, or fewer than 100 customers had
     * bought. TSL_E_OPTION beside weights, initial centres, places of a file and typical anchors.
     * Default NULL: clusters. */
    const char *target;
    /* 1: the evidence has Dunn's index of each k, of at most TSL_DUNN_ROWS rows: of more TSL_E_OPTION; default 0. */
    int dunn;
    /* The first day that the previous run (tsl_run_read_previous, tsl_run_read_former) knew nothing of; a note of the
     * labels says where it is not before this run's. TSL_NO_DAY, the default: it is not known. */
    int32_t previous_as_of;
    /* 1: kmeans->k_min, or k_max, is asked for though it is the default, as one that is not always is; default 0. */
    int k_min_asked, k_max_asked;
    /* 1: tables keep their cells when features have been made of them, for who looks at them again
     * (tsl_valuation_build); default 0. */
    int keep_tables;
    const tsl_report_options *report; /* what is asked of report.html and report.json; their language is that of labels
                                         where it is NULL; default NULL */
    /* Calendar months back from as_of for which a run of transactions up to the labels tells who stood in which segment
     * and how customers moved (tsl_run_get_history): 0: none; at most TSL_HISTORY_MONTHS, default 12. It takes tables
     * that go to labels in one call. Nothing else that comes out depends on it. */
    int history_months;
    /* In place of ids, in all that comes out, and in messages nothing that names somebody: as in tsl_table_options, for
     * all that the run reads. Features and models that are given must be by the same key: features with ids of their
     * own get pseudonyms, a model that keeps nobody's id may be of none; TSL_E_INPUT else. A view; default NULL: ids as
     * they are, where those that are read are no pseudonyms. */
    const tsl_pseudonyms *pseudonyms;
    /* Customers who are left out of all that the run reads, as in tsl_table_options; a view; default NULL: nobody. */
    const tsl_suppression *suppression;
    /* Counts of fewer customers are hidden in the summary, and so in the report (tsl_results.min_cell): 0, the default:
     * none is; up to 1,000,000. */
    int min_cell;
} tsl_run_options;

TSL_API void tsl_run_defaults(tsl_run_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_run_get_ranges(size_t *count);
/* Checks all of them, those that they point to as well. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_check(const tsl_run_options *opt, tsl_error *err);

/* given NULL: a recipe, clusters and a policy are fitted; else those given are
 * applied (view, to be kept until the run is freed); a recipe alone gives
 * features alone. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_open(const tsl_run_options *opt, const tsl_segmentation *given,
                                             const tsl_exec *exec, tsl_run **out, tsl_error *err);
TSL_API void tsl_run_free(tsl_run *run);

/* What goes in: tables, or features, or plain numbers. Reads one table; the
 * customers table comes first, as the others are told by it whom it lacks
 * (TSL_E_OPTION after another). In an apply the table is read as that of the fit was, where the
 * options do not say otherwise (tsl_table_options.like, from the recipe). rejects:
 * NULL, or the sink of rejected rows where there is no folder. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_read(tsl_run *run, tsl_table_kind kind, const tsl_source *sources, size_t count,
                                             const tsl_reject_sink *rejects, const tsl_table_options *opt,
                                             tsl_error *err);
/* The same, and a profile of the files besides (tsl_table_profile_read), owned; a table that is refused is TSL_OK, told
 * by the profile, and none that the run has. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_read_profile(tsl_run *run, tsl_table_kind kind, const tsl_source *sources,
                                                     size_t count, const tsl_table_options *opt,
                                                     tsl_table_profile **out, tsl_error *err);
/* A table that there is already; borrowed, to be kept until the run is freed. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_read_table(tsl_run *run, const tsl_table *table, tsl_error *err);
TSL_API TSL_FALLIBLE tsl_status tsl_run_read_features(tsl_run *run, const tsl_source *source, tsl_error *err);
TSL_API TSL_FALLIBLE tsl_status tsl_run_read_data(tsl_run *run, const tsl_source *source, const tsl_data_options *opt,
                                                  tsl_error *err);

/* Centres that k-means begins with, of a fit, before its clusters are made: one run
 * begins with them, so that k is their number, and neither restarts nor a range of
 * k is heeded. A matrix (as of tsl_data_read), one centre a row, in the raw units
 * of the features, which its columns name; without names they are all features in
 * order. Names that are no feature, and features that clusters are found by and
 * that have no column, are TSL_E_INPUT in the build. Or a model file, whose centres
 * are put into the space of this fit (a warm start). TSL_E_OPTION where the run's
 * k is another one. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_read_init(tsl_run *run, const tsl_source *source, tsl_error *err);

/* Places that draw the clusters of a fit in the stead of typical ones (docs/methods/anchors.md), before its clusters
 * are made: CSV with a column `code` (A to Z, 0 to 9, _; unique, at most 32 characters), perhaps one `name`, and
 * columns of features that clusters are found by, in raw units; an empty cell, and a column that is not there, is free.
 * TSL_E_INPUT, with the place: a file that does not hold together; in the build: a column that clusters are not found
 * by. TSL_E_OPTION beside anchors, a k, or initial centres. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_read_anchors(tsl_run *run, const tsl_source *source, tsl_error *err);

/* The segments of an earlier run evolve, before features are made or read: the centres of its model (a whole model.h5)
 * are the places that draw the clusters, by weight 1, their numbers, codes, names and colours stay, the basis is its
 * own where neither basis, include nor exclude are asked for, and so are the limits of who is set apart, and the usual
 * gap, where no other tsl_apart is. segments: its segments.csv (NULL: nobody holds a segment, and there is no
 * succession), by which customers hold theirs (tsl_run_options.hold). Natural groups are not delivered. Chakrabarti,
 * Kumar & Tomkins (2006), Evolutionary clustering, KDD. With a k, or a range of it, anchors, a target, or initial
 * centres or places that were read before, segments are found anew, as without the earlier run, as they are where other
 * columns are asked for that its centres have no values in; and those that are like its segments by their customers
 * keep theirs (docs/methods/identity.md). TSL_E_INPUT: segments that are not of the model; that are the leaves of a
 * tree, where they would evolve; that are not given, where they are to be matched; in the build: columns that the
 * earlier clusters were found by and that are not there. TSL_E_OPTION: another previous run, features, or clusters that
 * are there already. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_read_previous(tsl_run *run, const tsl_source *model, const tsl_source *segments,
                                                      tsl_error *err);

/* The labels that customers had in an earlier run, before they get new ones: its segments.csv, from whose tiers they
 * rise at once and fall slowly where the policy says so (tsl_label_options.tier_grace). model: its model.h5, which
 * tells what they were cut by: nobody keeps a tier of something else; NULL: not known. tsl_run_read_previous reads them
 * by itself. TSL_E_INPUT: no such columns. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_read_former(tsl_run *run, const tsl_source *model, const tsl_source *segments,
                                                    tsl_error *err);

/* Plain numbers, of any number of rows, assigned as they are read: nothing is kept
 * of a row but its line in `labels` (labels.csv; NULL: none), what comes out is the
 * drift. The same bytes as by reading, building and tsl_labels_write. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_read_assign(tsl_run *run, const tsl_source *source, const tsl_data_options *opt,
                                                    const tsl_target *labels, tsl_error *err);

/* How far to go. */
typedef enum tsl_run_stage {
    TSL_RUN_FEATURES, /* tables -> features */
    TSL_RUN_MODEL,    /* ... -> clusters, or the assignment to those given */
    TSL_RUN_LABELS    /* ... -> labels, and drift in an apply */
} tsl_run_stage;

/* as_of: first day after the data, of tables; TSL_NO_DAY: found from them. May be
 * called again to go further: what is made is not made again, so that another
 * as_of than that of the features that are there is TSL_E_OPTION, as is any with
 * plain numbers. A period is held out in a fit that goes from tables to labels in one call. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_build(tsl_run *run, tsl_run_stage last, int32_t as_of, tsl_error *err);

/* Another tree of the model's clusters, of the size in the run's tree options,
 * on the customers at hand. Owned. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_build_tree(tsl_run *run, tsl_tree **out, tsl_error *err);

/* All outputs in one folder, which appears whole or not at all: features.h5,
 * model.h5, segments.csv, rejects.csv, summary.json, manifest.json, report.json,
 * report.html. Opened before anything is read, since rejected rows go to its rejects.csv;
 * replace and errors as of tsl_folder_open. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_open_folder(tsl_run *run, const char *path, int replace, tsl_error *err);
/* Where it is under construction; NULL: there is none. */
TSL_API const char *tsl_run_get_folder(const tsl_run *run);
/* Their names. */
TSL_API const char *const *tsl_run_get_outputs(size_t *count);
/* Writes them, after a build up to the labels. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_write_folder(tsl_run *run, tsl_error *err);
/* Publishes the folder. What was not published is taken away by tsl_run_free. */
TSL_API TSL_FALLIBLE tsl_status tsl_run_close_folder(tsl_run *run, tsl_error *err);
/* The summary as JSON, as it was written, or as of now; owned (tsl_text_free). */
TSL_API TSL_FALLIBLE tsl_status tsl_run_build_summary(const tsl_run *run, char **json, tsl_error *err);

/* What came out: borrowed, NULL where it was not made. A table that the run has read
 * has no cells any more once features are made of it, unless tsl_run_options.keep_tables says so. */
TSL_API const tsl_table *tsl_run_get_table(const tsl_run *run, tsl_table_kind kind);
TSL_API const tsl_data *tsl_run_get_data(const tsl_run *run);
TSL_API const tsl_features *tsl_run_get_features(const tsl_run *run);
TSL_API const tsl_model *tsl_run_get_model(const tsl_run *run);
TSL_API const tsl_assignment *tsl_run_get_assignment(const tsl_run *run);
TSL_API const tsl_labels *tsl_run_get_labels(const tsl_run *run);
TSL_API const tsl_portrait *tsl_run_get_portrait(const tsl_run *run); /* of the labels */
TSL_API const tsl_drift *tsl_run_get_drift(const tsl_run *run);
/* With k 0 where nothing could be held out, and its notes say why; NULL where it was not tried. */
TSL_API const tsl_next *tsl_run_get_next(const tsl_run *run);
TSL_API const tsl_history *tsl_run_get_history(const tsl_run *run);
/* NULL where no period was held out, or no evidence is gathered. */
TSL_API const tsl_methods *tsl_run_get_methods(const tsl_run *run);
/* What became of the segments of the previous run; NULL where there was none, or who was in them is not known. */
TSL_API const tsl_succession *tsl_run_get_succession(const tsl_run *run);
/* NULL where there was no column to tell by, or it was not asked for. */
TSL_API const tsl_descriptor *tsl_run_get_descriptor(const tsl_run *run);
/* Of the target; NULL without one. */
TSL_API const tsl_estimates *tsl_run_get_estimates(const tsl_run *run);
/* The parts as one, each NULL where it was not made. */
TSL_API void tsl_run_get_segmentation(const tsl_run *run, tsl_segmentation *view);
/* All of it, and the seconds of each stage, for the summary; size: of the view. */
TSL_API void tsl_run_get_results(const tsl_run *run, tsl_results *view, size_t size);

/* ---- The labels of any tool ------------------------------------------------ */

#define TSL_STABILITY_CHEAP INT32_MIN /* 20 replicates, of at most 100,000 rows and 100 labels */

typedef struct tsl_evaluation_options {
    size_t size;
    const tsl_data_options *data;       /* how plain numbers are read; NULL: the defaults. Its id is looked for among
                                           the labels too; its header, delimiter and encoding hold for all files */
    const tsl_quality_options *quality; /* NULL: the defaults */
    const char *label_column;           /* as tsl_partition_options.column; default NULL */
    const char *truth_column;           /* likewise */
    const char *noise; /* a label whose rows are left out, such as the -1 of HDBSCAN; default NULL: each
                          label is a segment */
    tsl_scale scale;   /* of plain numbers; default TSL_SCALE_NONE: the space that the data are in */
    int stability;     /* replicates of tsl_recurrence_build: 2 to 10,000; 0: none; default TSL_STABILITY_CHEAP */
} tsl_evaluation_options;

TSL_API void tsl_evaluation_defaults(tsl_evaluation_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_evaluation_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_evaluation_check(const tsl_evaluation_options *opt, tsl_error *err);

/* data: plain numbers, or features, which are judged in the space of clustering;
 * labels, truth (NULL: none): as of tsl_partition_read. Rows are matched by ids where
 * both the data and the labels have them, each once; by their number otherwise, and
 * then there must be as many. Rows without a label, and labels of ids that the data
 * lack, are left out and counted. Dunn's index is refused of more than TSL_DUNN_ROWS rows (TSL_E_OPTION). Owned.
 * TSL_E_INPUT: ids that stand twice or have none in common, no row that is left, more labels than TSL_CLUSTERS_MAX. */
TSL_API TSL_FALLIBLE tsl_status tsl_evaluation_build(const tsl_source *data, const tsl_source *labels,
                                                     const tsl_source *truth, const tsl_evaluation_options *opt,
                                                     const tsl_exec *exec, tsl_evaluation **out, tsl_error *err);
TSL_API void tsl_evaluation_free(tsl_evaluation *evaluation); /* NULL is fine */

/* ---- What came next ---------------------------------------------------------- */

typedef struct tsl_next_options {
    size_t size;
    int32_t cut;              /* first day of the period; required */
    int days;                 /* its length, 1 to 36,500; 0, the default: up to the end of the transactions */
    const char *label_column; /* as tsl_partition_options.column; default NULL */
    const char *id;           /* likewise; default NULL: "customer_id" or "id" */
    const char *noise;        /* a label that counts as none; default NULL */
    int header;               /* as in tsl_table_options */
    char delimiter;           /* likewise */
    int32_t labels_as_of;     /* first day that the labels know nothing of; a note says where that is after the cut, or
                                 not known: TSL_NO_DAY, the default */
    tsl_encoding encoding;    /* of the labels, as in tsl_table_options */
} tsl_next_options;

TSL_API void tsl_next_defaults(tsl_next_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_next_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_next_check(const tsl_next_options *opt, tsl_error *err);

/* Judges labels that customers had at the cut, of any tool (as of tsl_partition_read,
 * with ids), by what they did in the period after it. tables: transactions, and others where there are any; their rows
 * before the cut say who was known and what he had bought; as_of and clip are not heeded. Owned.
 * TSL_E_INPUT: labels without ids, ids that stand twice or of which none was known at the cut, nobody who bought before
 * the cut and has a label, more labels than TSL_CLUSTERS_MAX. TSL_E_OPTION: a cut, or a period, with no transaction
 * before it or in it. Cost: that of features, and O(10 * customers). */
TSL_API TSL_FALLIBLE tsl_status tsl_next_build(const tsl_tables *tables, const tsl_source *labels,
                                               const tsl_next_options *opt, const tsl_exec *exec, tsl_next **out,
                                               tsl_error *err);
TSL_API void tsl_next_free(tsl_next *next); /* NULL is fine */

/* ---- Two runs compared -------------------------------------------------------- */

/* The folder of a run as a roster: its segments.csv, and of what is there of summary.json (names and order of the
 * groups, the day), features.h5 and model.h5. Columns of segments.csv are found by their names. Owned.
 * TSL_E_NOT_FOUND: it has no segments.csv; TSL_E_INPUT: a row that cannot be read, features of other customers;
 * TSL_E_FORMAT: a part that is damaged. Cost: that of reading the files. */
TSL_API TSL_FALLIBLE tsl_status tsl_roster_read(const char *folder, const tsl_exec *exec, tsl_roster **out,
                                                tsl_error *err);

typedef struct tsl_arms_options {
    size_t size;
    const char *id;     /* column of the ids, by name or 1-based "#4"; default NULL: "customer_id" or "id", of a file of
                           ids else the first */
    const char *column; /* that says who was treated; default NULL: there are files of ids */
    const char *treated; /* what stands there of those who were; default NULL: yes, 1, true, treated and the like, where
                            no, 0, false, control and the like stand of the others */
    const tsl_pseudonyms *pseudonyms; /* of the key by whose pseudonyms the runs' customers go, where the file has their
                                         own ids; a view; default NULL: they stand as in the runs */
} tsl_arms_options;

TSL_API void tsl_arms_defaults(tsl_arms_options *opt, size_t size);
TSL_API TSL_FALLIBLE tsl_status tsl_arms_check(const tsl_arms_options *opt, tsl_error *err);

/* Who of the roster was treated: the ids of one file, and those of another who were not (NULL: nobody); or a table
 * whose column says it. Ids stand as customers' ids do, or as in segments.csv; in a file of ids empty
 * cells are nobody's; who has an empty one in the column is in neither arm. Owned. TSL_E_OPTION: a column that is not
 * there; TSL_E_INPUT: a text that says neither, a row of the table without an id, another key than the runs'. */
TSL_API TSL_FALLIBLE tsl_status tsl_arms_read(const tsl_roster *roster, const tsl_source *treated,
                                              const tsl_source *control, const tsl_arms_options *opt,
                                              const tsl_exec *exec, tsl_arms **out, tsl_error *err);

/* ---- What customers are worth ------------------------------------------------- */

/* Which models are fitted, and which of them foretells; beside each that of spend. */
enum {
    TSL_MODELS_AUTO,    /* all of tsl_purchase_choice_fit, by the one that it chooses */
    TSL_MODELS_ALL,     /* likewise, and the BG/BB, which is not chosen: of transactions each day is an opportunity,
                           whatever the unit; of rows where all times are whole numbers of opportunities */
    TSL_MODELS_SPEND,   /* that of spend alone */
    TSL_MODELS_ACCOUNT, /* none, nor that of spend: the weighted score alone, which needs no history */
    TSL_MODELS_ONE      /* + tsl_purchase_kind: this one */
};

typedef struct tsl_valuation_options {
    size_t size;
    int models;         /* TSL_MODELS_..., default TSL_MODELS_AUTO */
    tsl_time_unit unit; /* default TSL_UNIT_DAY */
    double horizon;  /* in the unit, above 0; default 0: 365 days; of the BG/BB as many opportunities as there were */
    double discount; /* of a year, 0 to 1, default 0.1 */
    const tsl_data_options *data; /* how rows are read: id, header, delimiter, encoding; NULL: the defaults */
    int holdout_days; /* 1 to 36,500: the models are fitted once more, to what lay before the last so many days, and
                         judged by these (tsl_valuation.holdout); of rows those after T, which a column counts; default
                         0: nothing is held out */
    tsl_cohort_span cohorts;      /* of features: a model for each cohort beside that which foretells; default none */
    const char *const *covariate; /* of features: columns of the customers that bear on purchases, in the model that
                                     foretells; default NULL */
    size_t covariate_count;       /* default 0 */
    const tsl_score_group *score; /* of features: parts of a weighted score, as of tsl_label_options; default NULL */
    size_t score_count;           /* default 0 */
    const tsl_rfm_map *rfm_map;   /* of features with RFM scores; of no segments: there are none; default NULL: that of
                                     tsl_rfm_map_defaults, where scores are in fifths */
    const char *lang;             /* of the names of RFM segments: "en" or "zh"; default "en" */
} tsl_valuation_options;

TSL_API void tsl_valuation_defaults(tsl_valuation_options *opt, size_t size);
TSL_API const tsl_option_range *tsl_valuation_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_valuation_check(const tsl_valuation_options *opt, tsl_error *err);

/* Of features with a history of purchases; those with RFM scores have their part in it. transactions: those that the
 * features are of, with their cells, where days are held out; else not looked at. Owned. TSL_E_INPUT: no history.
 * TSL_E_OPTION: the BG/BB in another unit than days, each of which is an opportunity; days held out before which nobody
 * bought; a covariate that is no column of the customers, or cannot be one; a feature of the score that there is not;
 * a map of other scores. */
TSL_API TSL_FALLIBLE tsl_status tsl_valuation_build(const tsl_features *features, const tsl_table *transactions,
                                                    const tsl_valuation_options *opt, const tsl_exec *exec,
                                                    tsl_valuation **out, tsl_error *err);
/* Of rows of histories: CSV with columns x, t_x and T, in the unit, perhaps m_x (mean spend of the x) and weight (how
 * many customers have it), x_after (purchases in the days held out, where there are such), and an id; by these names or
 * those of other tools (docs/methods/value.md). TSL_E_INPUT with the place: a column that is not there, a cell that is
 * no such number. */
TSL_API TSL_FALLIBLE tsl_status tsl_valuation_build_rows(const tsl_source *rows, const tsl_valuation_options *opt,
                                                         const tsl_exec *exec, tsl_valuation **out, tsl_error *err);
TSL_API void tsl_valuation_free(tsl_valuation *valuation); /* NULL is fine */

#ifdef __cplusplus
}
#endif
#endif
