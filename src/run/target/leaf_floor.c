/* leaf_floor.c: leaves that too few of today's customers come to are joined with what stands beside them: the floor
 * that a tree grows with is of the half that it is grown from. docs/methods/tree-segments.md. */
#include "run/target/leaf_floor.h"

#include <stdlib.h>
#include <string.h>

int32_t tsl__leaf_floor_find(const tsl_descriptor *tree, const uint64_t *rows, double least)
{
    int32_t found = -1;
    for (size_t i = 0; i < tree->node_count; i++) {
        const int small = tree->node[i].child < 0 && rows[i] > 0 && (double)rows[i] < least;
        found = small && (found < 0 || rows[i] < rows[found]) ? (int32_t)i : found;
    }
    return found;
}

/* Two siblings are nobody's any more: those behind them move up. */
static void remove_pair(tsl_descriptor *tree, int32_t first)
{
    tsl_descriptor_node *node = tree->node;
    memmove(node + first, node + first + 2, (tree->node_count - (size_t)first - 2) * sizeof *node);
    tree->node_count -= 2;
    tree->leaves--;
    tree->depth = 0;
    for (size_t i = 0; i < tree->node_count; i++) {
        node[i].parent -= node[i].parent > first ? 2 : 0;
        node[i].child -= node[i].child > first ? 2 : 0;
        node[i].depth = node[i].parent < 0 ? 0 : node[node[i].parent].depth + 1;
        tree->depth = node[i].depth > tree->depth ? node[i].depth : tree->depth;
    }
}

void tsl__leaf_floor_join(tsl_descriptor *tree, int32_t leaf)
{
    tsl_descriptor_node *node = tree->node;
    const int32_t at = node[leaf].parent, above = node[at].parent, first = node[at].child;
    const int32_t beside = leaf == first ? first + 1 : first;
    const int32_t gone[] = {at, leaf};
    for (size_t i = 0; i < 2; i++) {
        free(node[gone[i]].cut);
        free(node[gone[i]].part);
        free(node[gone[i]].share);
    }
    node[at] = node[beside];
    node[at].parent = above;
    for (int32_t c = 0; c < node[at].child_count; c++) {
        node[node[at].child + c].parent = at;
    }
    remove_pair(tree, first);
}

void tsl__leaf_floor_refit(tsl_descriptor *tree, const double *value, const double *weight, const int32_t *leaf,
                           size_t rows)
{
    for (size_t i = 0; i < tree->node_count; i++) {
        tree->node[i].mean = 0;
        tree->node[i].rows = 0;
    }
    for (size_t r = 0; r < rows; r++) {
        for (int32_t at = leaf[r]; at >= 0 && weight[r] > 0; at = tree->node[at].parent) {
            tree->node[at].mean += value[r];
            tree->node[at].rows++;
        }
    }
    for (size_t i = 0; i < tree->node_count; i++) {
        tree->node[i].mean /= (double)tree->node[i].rows;
    }
}
