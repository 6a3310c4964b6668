/* tree_split.h: the rows of a node go to the two sides of a cut. */
#ifndef TSL_MODEL_TREE_TREE_SPLIT_H
#define TSL_MODEL_TREE_TREE_SPLIT_H

#include "model/tree/tree.h"

/* A node's rows, and room for as many. */
typedef struct tsl__split_rows {
    size_t *row;
    size_t count;
    size_t *spare;
    uint16_t *code;
} tsl__split_rows;

/* Fills column, threshold and missing_left of the node in, and puts the rows that go left before those that go right,
 * both in order; how many go left. */
size_t tsl__split_apply(const tsl__tree_work *work, const tsl__cut *cut, tsl__split_rows rows, tsl_tree_node *node);

#endif
