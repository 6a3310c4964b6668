/* target_aim.h: segments by a target on their way from what is known of customers to a model. */
#ifndef TSL_RUN_TARGET_TARGET_AIM_H
#define TSL_RUN_TARGET_TARGET_AIM_H

#include "run/run_state.h"

/* Uses of random numbers. */
enum { TSL__AIM_DRAW_SAMPLE = 0x74617267, TSL__AIM_DRAW_HALF, TSL__AIM_DRAW_SUM };

/* Customers as of a day, and where the tree puts them. */
typedef struct tsl__crowd {
    const tsl_features *features;
    size_t rows;
    size_t *feature; /* cols: that may cut */
    tsl__tree_columns raw;
    int32_t *leaf; /* rows: nodes of the tree */
} tsl__crowd;

typedef struct tsl__aim {
    tsl_run *run;
    tsl_features *then; /* of the cut, where the target is what came after it */
    tsl__crowd past;    /* that the tree is learned from */
    tsl__crowd now;     /* whose segments are made: the same, but where the target came after a cut */
    size_t target;      /* its feature; SIZE_MAX: what came after a cut */
    const char *name;   /* of the target */
    double *value;      /* past.rows: of the target; NaN: not known */
    double *structure;  /* past.rows: 1: the tree is grown from it, 0: it is not */
    size_t cols;
    tsl_descriptor *descriptor;
    int grown;  /* leaves, before any was joined */
    int joined; /* leaves that too few of today's customers came to */
    tsl_tree *tree;
    int32_t *label; /* now.rows */
    tsl_estimates *estimates;
} tsl__aim;

static inline double tsl__crowd_get_cell(const tsl__crowd *of, size_t row, size_t feature)
{
    return of->features->x[row * of->features->feature_count + feature];
}

/* In this order; each takes what the one before left in the aim. */

/* target_features.c: the features that may cut, then their columns of then and now. TSL_E_INPUT: there is none. */
TSL_FALLIBLE tsl_status tsl__aim_choose_features(tsl__aim *a, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__aim_open_columns(tsl__aim *a, tsl_error *err);
/* target_tree.c: the tree, and each row's leaf and label. TSL_E_INPUT: nothing tells of the target. */
TSL_FALLIBLE tsl_status tsl__aim_build_tree(tsl__aim *a, tsl_error *err);
/* target_model.c: run->model, with the tree, of the matrix of the columns that segments are described by; value: of
 * each customer. */
TSL_FALLIBLE tsl_status tsl__aim_build_model(tsl__aim *a, const tsl_feature_matrix *matrix, const double *value,
                                             tsl_error *err);
/* target_estimates.c: of each segment, by the half of the customers that the tree was not grown from; its mean of both
 * halves; and who they are, where an outcome is told of them alone. */
TSL_FALLIBLE tsl_status tsl__aim_estimate(tsl__aim *a, tsl_error *err);
/* target_notes.c: what the tree is of, and what became of its leaves. */
TSL_FALLIBLE tsl_status tsl__aim_note(const tsl__aim *a, tsl_error *err);
/* target_arithmetic.c: a note where the target is nearly a weighted sum of columns that may cut, one of which does.
 * Cost: O(2,000 cols^2 + cols^3). */
TSL_FALLIBLE tsl_status tsl__aim_note_arithmetic(const tsl__aim *a, tsl_error *err);

/* target_predict.c: each row's label with its distance to that centre, and the nearest other one. */
TSL_FALLIBLE tsl_status tsl__target_fill_distances(const tsl_run *run, const tsl_matrix *x, const double *center, int k,
                                                   const int32_t *label, tsl_assignment *out, tsl_error *err);

#endif
