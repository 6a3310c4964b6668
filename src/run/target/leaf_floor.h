/* leaf_floor.h: leaves that too few of today's customers come to. */
#ifndef TSL_RUN_TARGET_LEAF_FLOOR_H
#define TSL_RUN_TARGET_LEAF_FLOOR_H

#include <tesela/model.h>

/* The leaf with the fewest rows of those that have any and less than `least`, ties to the first; -1: none has. rows: of
 * each node. */
int32_t tsl__leaf_floor_find(const tsl_descriptor *tree, const uint64_t *rows, double least);
/* Takes back the cut above a leaf of two-way cuts: what stands beside the leaf takes the place of both. Nodes get new
 * numbers; means are those that they were found with, until tsl__leaf_floor_refit. */
void tsl__leaf_floor_join(tsl_descriptor *tree, int32_t leaf);
/* Each node's mean and rows: of those with a weight. leaf: of each row. */
void tsl__leaf_floor_refit(tsl_descriptor *tree, const double *value, const double *weight, const int32_t *leaf,
                           size_t rows);

#endif
