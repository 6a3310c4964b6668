/* descriptor_tree.c: a grown tree of descriptors: which child a value goes to, and what
 * remains of it without its last cuts. */
#include "base/alloc.h"
#include "model/descriptor/descriptor_work.h"

#include <math.h>
#include <stdlib.h>

static void free_node(tsl_descriptor_node *node)
{
    free(node->cut);
    free(node->part);
    free(node->share);
}

/* Makes a leaf of a node. */
static void uncut(tsl_descriptor_node *node)
{
    free(node->cut);
    free(node->part);
    node->cut = NULL;
    node->part = NULL;
    node->cut_count = 0;
    node->child = node->column = node->order = node->missing = node->other = -1;
    node->child_count = 0;
    node->gain = node->chi_square = node->degrees = node->p = node->effect = NAN;
}

/* Children are made at a cut, later than all that was before it: those of the cuts that stay come first. */
void tsl__descriptor_prune(tsl_descriptor *tree, int32_t cuts)
{
    size_t kept = 1;
    for (size_t i = 0; i < tree->node_count; i++) {
        tsl_descriptor_node *node = &tree->node[i];
        if (node->order >= 0 && node->order < cuts) {
            const size_t end = (size_t)(node->child + node->child_count);
            kept = end > kept ? end : kept;
        }
    }
    for (size_t i = kept; i < tree->node_count; i++) {
        free_node(&tree->node[i]);
    }
    tree->node_count = kept;
    tree->leaves = tree->depth = 0;
    for (size_t i = 0; i < kept; i++) {
        if (tree->node[i].order >= cuts) {
            uncut(&tree->node[i]);
        }
        tree->leaves += tree->node[i].child < 0;
        tree->depth = tree->node[i].depth > tree->depth ? tree->node[i].depth : tree->depth;
    }
}

int32_t tsl__descriptor_child(const tsl_descriptor_column *column, const tsl_descriptor_node *node, double value)
{
    int32_t child = -1;
    if (isnan(value)) {
        child = node->missing;
    } else if (column->level_count) {
        child = value >= 0 && value < (double)column->level_count ? node->part[(size_t)value] : -1;
    } else {
        for (child = 0; (size_t)child < node->cut_count && value > node->cut[child];) {
            child++;
        }
    }
    return node->child + (child < 0 ? node->other : child);
}

void tsl_descriptor_free(tsl_descriptor *descriptor)
{
    if (!descriptor) {
        return;
    }
    for (size_t i = 0; descriptor->node && i < descriptor->node_count; i++) {
        free_node(&descriptor->node[i]);
    }
    free(descriptor->node);
    for (size_t c = 0; descriptor->column && c < descriptor->cols; c++) {
        free((char *)descriptor->column[c].name);
        tsl__free_texts((char **)descriptor->column[c].level, descriptor->column[c].level_count);
        tsl__free_texts((char **)descriptor->column[c].rank, descriptor->column[c].rank_count);
    }
    free(descriptor->column);
    free(descriptor->importance);
    free(descriptor->curve);
    free(descriptor);
}
