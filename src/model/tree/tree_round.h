/* tree_round.h: thresholds become numbers that people say. */
#ifndef TSL_MODEL_TREE_TREE_ROUND_H
#define TSL_MODEL_TREE_TREE_ROUND_H

#include "model/tree/tree.h"

/* Rounds the thresholds of a tree whose every node has these rows, so that
 * agreement and cost change for the worse by less than work->round. Rows and hits
 * of the nodes and drawn, each row's cluster, follow. */
TSL_FALLIBLE tsl_status tsl__tree_round(const tsl__tree_work *work, tsl_tree *tree, const tsl__tree_rows *rows,
                                        int32_t *drawn, tsl_error *err);

#endif
