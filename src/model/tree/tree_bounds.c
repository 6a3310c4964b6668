/* tree_bounds.c: what a tree lets pass to a cluster: the cuts on the way to each
 * of its leaves, merged by column. */
#include "model/tree/tree_bounds.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/tree/tree.h"

#include <math.h>
#include <stdlib.h>

/* Narrows the bound by the step from a node to its left or right child. */
static void narrow(tsl_tree_bound *bound, const tsl_tree *tree, const tsl_tree_node *node, int left)
{
    if (left) {
        bound->high = node->threshold < bound->high ? node->threshold : bound->high;
    } else {
        bound->low = node->threshold > bound->low ? node->threshold : bound->low;
    }
    bound->missing &= tsl__tree_goes_left(tree, node, NAN) == left;
    bound->missing_seen |= node->missing_left >= 0;
}

/* Says that no known value passes, however the cuts came to it, and yes or no where 0 and 1 are parted. */
static void settle(tsl_tree_bound *bound, const tsl_tree *tree)
{
    if (tsl__bound_is_unknown(bound)) {
        bound->low = bound->high = INFINITY;
    } else if (tree->column[bound->column].form != TSL_TREE_NUMBER) {
        const int from_one = bound->low >= 0 && bound->low < 1 && isinf(bound->high);
        const int to_zero = bound->high >= 0 && bound->high < 1 && isinf(bound->low);
        bound->yes = from_one ? 1 : to_zero ? 0 : -1;
    }
}

static tsl_tree_bound open_bound(int32_t column)
{
    return (tsl_tree_bound){.column = column, .low = -INFINITY, .high = INFINITY, .yes = -1, .missing = 1};
}

void tsl_tree_get_bound(const tsl_tree *tree, int32_t node, tsl_tree_bound *out)
{
    const tsl_tree_node *parent = &tree->node[tree->node[node].parent];
    *out = open_bound(parent->column);
    narrow(out, tree, parent, parent->left == node);
    settle(out, tree);
}

void tsl__tree_order(const tsl_tree *tree, int32_t *order)
{
    /* What waits stands at the end: no more than what is still to come. */
    size_t done = 0, waiting = tree->node_count;
    order[--waiting] = 0;
    while (waiting < tree->node_count) {
        int32_t at = order[waiting++];
        order[done++] = at;
        if (tree->node[at].column >= 0) {
            order[--waiting] = tree->node[at].right;
            order[--waiting] = tree->node[at].left;
        }
    }
}

/* The way from the root to a leaf: `steps` cuts, of which way[i] is the node
 * that the i-th leads to. */
static void find_way(const tsl_tree *tree, int32_t leaf, size_t steps, int32_t *way)
{
    for (int32_t at = leaf; steps > 0; at = tree->node[at].parent) {
        way[--steps] = at;
    }
}

/* One path; its bounds stand by the first cut of their column. */
static tsl_status fill_path(const tsl_tree *tree, int32_t leaf, tsl_tree_path *path, tsl_error *err)
{
    size_t steps = 0;
    int32_t *way = NULL;
    tsl_status status = TSL_OK;
    for (int32_t at = leaf; tree->node[at].parent >= 0; at = tree->node[at].parent) {
        steps++;
    }
    path->leaf = leaf;
    path->cluster = tree->node[leaf].cluster;
    TSL__NEED(way = tsl__alloc(steps, sizeof *way));
    TSL__NEED(path->bound = tsl__alloc(steps, sizeof *path->bound));
    find_way(tree, leaf, steps, way);
    for (size_t i = 0; i < steps; i++) {
        const tsl_tree_node *node = &tree->node[tree->node[way[i]].parent];
        size_t b = 0;
        while (b < path->count && path->bound[b].column != node->column) {
            b++;
        }
        if (b == path->count) {
            path->bound[path->count++] = open_bound(node->column);
        }
        narrow(&path->bound[b], tree, node, node->left == way[i]);
    }
    for (size_t b = 0; b < path->count; b++) {
        settle(&path->bound[b], tree);
    }
done:
    free(way);
    return status;
}

static int is_wanted(const tsl_tree *tree, int32_t node, int cluster)
{
    return tree->node[node].column < 0 && (cluster < 0 || tree->node[node].cluster == cluster);
}

tsl_status tsl_tree_get_paths(const tsl_tree *tree, int cluster, tsl_tree_path **out, size_t *count, tsl_error *err)
{
    size_t wanted = 0, filled = 0;
    int32_t *order = NULL;
    tsl_tree_path *path = NULL;
    tsl_status status = TSL_OK;
    *out = NULL;
    *count = 0;
    tsl__error_reset(err);
    if (cluster < -1 || cluster >= tree->k) {
        return tsl__error_set(err, TSL_E_OPTION, "cluster %d is outside 0 to %d (-1: all)", cluster, tree->k - 1);
    }
    for (size_t i = 0; i < tree->node_count; i++) {
        wanted += (size_t)is_wanted(tree, (int32_t)i, cluster);
    }
    TSL__NEED(order = tsl__alloc(tree->node_count, sizeof *order));
    TSL__NEED(path = tsl__alloc_zero(wanted, sizeof *path));
    tsl__tree_order(tree, order);
    for (size_t i = 0; i < tree->node_count; i++) {
        if (is_wanted(tree, order[i], cluster)) {
            TSL__TRY(fill_path(tree, order[i], &path[filled++], err));
        }
    }
    *out = path;
    *count = filled;
    path = NULL;
done:
    free(order);
    tsl_tree_paths_free(path, filled);
    return status;
}

void tsl_tree_paths_free(tsl_tree_path *path, size_t count)
{
    for (size_t i = 0; path && i < count; i++) {
        free(path[i].bound);
    }
    free(path);
}
