/* tree_bounds.h: the order in which a tree is told, and what its bounds say. */
#ifndef TSL_MODEL_TREE_TREE_BOUNDS_H
#define TSL_MODEL_TREE_TREE_BOUNDS_H

#include <tesela/model.h>

/* All nodes, each before its children, left before right: node_count indices. */
void tsl__tree_order(const tsl_tree *tree, int32_t *order);

/* 1: no known value passes. */
static inline int tsl__bound_is_unknown(const tsl_tree_bound *bound)
{
    return !(bound->low < bound->high);
}

#endif
