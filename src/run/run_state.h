/* run_state.h: the inside of a tsl_run. */
#ifndef TSL_RUN_RUN_STATE_H
#define TSL_RUN_RUN_STATE_H

#include "feature/basis/core.h"
#include "model/classes.h"
#include "model/kmeans/predict.h"
#include "run/class_rule.h"
#include "run/places/anchored.h"

#include <tesela/run.h>
#include <tesela/store.h>

#define TSL__RUN_STAGES 16

struct tsl_run {
    tsl_run_options opt;
    tsl_feature_options features_opt; /* of opt, over the defaults, with the run's refit */
    tsl_kmeans_options kmeans_opt;
    tsl_tree_options tree_opt;
    tsl_label_options label_opt;
    int k_asked;                   /* 1: a k, or a range of it, is asked for */
    const tsl_segmentation *given; /* or NULL */
    tsl_exec exec;                 /* as it can be had */

    tsl_table *own[TSL_TABLE_KINDS]; /* read here */
    const tsl_table *table[TSL_TABLE_KINDS];
    tsl_data *data;
    tsl_data *init_data;                /* initial centres, as they were read ... */
    tsl_segmentation *init_model;       /* ... or the model whose centres they are */
    char *init_name;                    /* of their file, or NULL */
    struct tsl__given_anchors *places;  /* that draw the clusters, of a file, or NULL */
    struct tsl__previous *previous;     /* the run that this one goes on from, or NULL */
    struct tsl__former *former;         /* the tiers of an earlier run, or NULL */
    int evolves;                        /* 1: its segments do; 0: those found without it are matched to them */
    struct tsl__identities *identities; /* what the groups of the model are by it, or NULL */
    uint64_t held;                      /* customers who hold a segment */
    tsl_succession *succession;         /* what became of its segments, or NULL */
    tsl_features *features;
    tsl_model *model;           /* fitted here; else given->model */
    tsl_assignment *assignment; /* predicted here; else the model's */
    tsl_sweep *plain;           /* beside an anchored one, or one of natural groups, until the model has it ... */
    tsl_evidence *evidence;     /* ... as this */
    tsl_findings *findings;     /* of a fit's clusters */
    tsl_labels *labels;
    tsl_portrait *portrait; /* of the labels */
    size_t assigned;        /* rows that were not kept */
    tsl_drift *drift;
    tsl_next *next;             /* what came after a cut, or NULL */
    tsl_history *history;       /* of the months before, or NULL */
    tsl_methods *methods;       /* other ways of segmenting, or NULL */
    tsl_descriptor *descriptor; /* which demographics tell the segments, or NULL */
    tsl_audit *audit;           /* how sensitive columns go with the labels, or NULL */
    tsl_estimates *estimates;   /* of the target, or NULL */
    double *target_mean;        /* likewise k: of all customers of whom it is known, in both halves */
    unsigned char
        *estimating; /* of a target that is an outcome: 1: the tree was not grown from this customer; or NULL */
    int bare;        /* 1: its segments alone are asked for: no tree, nor silhouettes that choose no k */
    tsl_segment_drift *segment_drift;          /* of rows that were not kept; else the labels have it */
    tsl_segmentation_drift segmentation_drift; /* likewise */

    tsl_folder *folder; /* or NULL */
    tsl_rejects *rejects;
    char *summary; /* as it was written into the folder */

    double begun, stage_begun;
    const char *stage[TSL__RUN_STAGES];
    double stage_seconds[TSL__RUN_STAGES];
    size_t stage_count;
};

/* TSL_E_OPTION where anything was given to it already. */
TSL_FALLIBLE tsl_status tsl__run_check_empty(const tsl_run *run, tsl_error *err);
/* Ends the stage that was on, if any, and begins the next; NULL: none. */
TSL_FALLIBLE tsl_status tsl__run_stage(tsl_run *run, const char *name, tsl_error *err);

/* run_init.c: the initial centres in the space of clustering, owned; *out NULL: there are none. */
TSL_FALLIBLE tsl_status tsl__run_get_init(const tsl_run *run, tsl_feature_matrix **out, tsl_error *err);

/* The centres of a model in the space of clustering of another recipe, owned. TSL_E_INPUT: columns that they have no
 * values in; the message does not name the model. */
TSL_FALLIBLE tsl_status tsl__run_place_model(const tsl_segmentation *segmentation, const tsl_recipe *to,
                                             tsl_feature_matrix **out, tsl_error *err);

/* Notes that centres with names went by place, as the data have none. */
TSL_FALLIBLE tsl_status tsl__run_note_init(const tsl_run *run, tsl_notes *notes, tsl_error *err);

/* run_evidence.c: evidence of the clusters of a fit. sweep: what will be the model's, replaced where natural groups
 * are delivered in its place: then *natural is 1. */
typedef struct tsl__fitted {
    tsl_matrix x;
    const double *weight;
    const double *counted;   /* weight, as the evidence goes by it */
    const double *everybody; /* weight, with those who are far from all others; NULL: once each */
    size_t far_rows;         /* rows that count there alone */
    tsl_kmeans_options kmeans;
    tsl_start start;          /* of the sweep */
    int drawn;                /* 1: places draw its clusters */
    tsl_feature_matrix *wide; /* owned; NULL: the matrix at hand is as wide. Natural groups are looked for in it */
} tsl__fitted;
TSL_FALLIBLE tsl_status tsl__run_build_evidence(tsl_run *run, tsl__fitted *fitted, tsl_sweep **sweep, int *natural,
                                                tsl_error *err);
/* How stable the model's clusters are, and what they are worth, where evidence is gathered. label: of the rows. */
TSL_FALLIBLE tsl_status tsl__run_build_delivered(tsl_run *run, const tsl__fitted *fitted, int natural,
                                                 const int32_t *label, tsl_error *err);

/* run_clusters.c: the clusters and the assignment of all customers. */
TSL_FALLIBLE tsl_status tsl__run_build_clusters(tsl_run *run, tsl_error *err);

/* run_target.c: segments that are the leaves of a tree of the target. x: the matrix of clustering, of all customers;
 * value: that they are numbered by, or NULL. */
TSL_FALLIBLE tsl_status tsl__run_build_by_target(tsl_run *run, const tsl_feature_matrix *matrix, const double *value,
                                                 tsl_error *err);
/* The assignment by the tree of a model; distances are those to the centres. */
TSL_FALLIBLE tsl_status tsl__run_predict_by_tree(const tsl_run *run, const tsl_model *model,
                                                 const tsl_feature_matrix *matrix, tsl_assignment **out,
                                                 tsl_error *err);

/* run_descriptors.c: which demographics tell who is in which segment; nothing where there are none. */
TSL_FALLIBLE tsl_status tsl__run_build_descriptors(tsl_run *run, tsl_error *err);

/* tree_columns.c: the raw columns of the tree: those features that the clusters
 * were found on, and that customers are set apart by; of the customers in these rows
 * (NULL: of all). The view is of the struct itself, where it stands; values and
 * column are owned (tsl__tree_columns_free). */
typedef struct tsl__tree_columns {
    tsl_raw_columns view;
    tsl_matrix matrix;
    double *values;
    tsl_tree_column *column;
} tsl__tree_columns;
TSL_FALLIBLE tsl_status tsl__tree_columns_get(const tsl_features *features, const size_t *customer, size_t rows,
                                              tsl__tree_columns *out, tsl_error *err);
/* ... of these features, rising. */
TSL_FALLIBLE tsl_status tsl__tree_columns_open(const tsl_features *features, const size_t *feature, size_t cols,
                                               const size_t *customer, size_t rows, tsl__tree_columns *out,
                                               tsl_error *err);
void tsl__tree_columns_free(tsl__tree_columns *columns);

#endif
