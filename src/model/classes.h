/* classes.h: groups of rows that a rule set apart before clusters were looked for,
 * put beside a model's clusters. */
#ifndef TSL_MODEL_CLASSES_H
#define TSL_MODEL_CLASSES_H

#include <tesela/model.h>

typedef struct tsl__classes {
    int count;            /* at least 1 */
    size_t rows;          /* of all groups */
    const int8_t *of;     /* rows: the class of each, -1: none, that is, the next of the model's training rows */
    const double *weight; /* rows; NULL: once each */
    /* The rule, of the raw columns of the model's tree: parents before children; a leaf's cluster is a class, or -1 in
     * the one where the clusters' tree begins. */
    const tsl_tree_node *node;
    size_t node_count;
} tsl__classes;

/* The assignment of all rows: that of the clusters' rows in their order, and the classes k + class, whose rows lie at
 * no distance (NaN) and have no runner-up. Owned. */
TSL_FALLIBLE tsl_status tsl__classes_assign(const tsl__classes *classes, int k, const tsl_assignment *clusters,
                                            tsl_assignment **out, tsl_error *err);
/* Puts the rule above a tree of the clusters, which was fitted on the other rows. */
TSL_FALLIBLE tsl_status tsl__classes_explain(const tsl__classes *classes, tsl_tree *tree, tsl_error *err);
/* Both, and sizes, of a model that has its assignment and no classes yet. */
TSL_FALLIBLE tsl_status tsl__model_add_classes(tsl_model *model, const tsl__classes *classes, tsl_error *err);

#endif
