/* tree_graft.c: a tree of clusters below a rule that tells other groups of rows. */
#include "base/alloc.h"
#include "model/tree/tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where the tree's node goes: its root takes the place of the rule's open leaf. */
static int32_t place_of(int32_t node, int32_t open, size_t rule_count)
{
    return node < 0 ? -1 : node == 0 ? open : (int32_t)rule_count + node - 1;
}

static void put_tree(const tsl_tree *tree, int32_t open, size_t rule_count, tsl_tree_node *into)
{
    for (size_t i = 0; i < tree->node_count; i++) {
        tsl_tree_node *to = &into[place_of((int32_t)i, open, rule_count)];
        const int32_t above = to->parent; /* the rule's, of the root */
        *to = tree->node[i];
        to->left = place_of(to->left, open, rule_count);
        to->right = place_of(to->right, open, rule_count);
        to->parent = i ? place_of(to->parent, open, rule_count) : above;
    }
}

/* The rule's nodes; -> its open leaf. */
static int32_t put_rule(const tsl_tree_node *rule, size_t rule_count, int k, const uint64_t *rows, tsl_tree_node *into)
{
    int32_t open = 0;
    for (size_t i = 0; i < rule_count; i++) {
        const int leaf = rule[i].column < 0;
        into[i] = rule[i];
        if (leaf && rule[i].cluster < 0) {
            open = (int32_t)i;
        } else if (leaf) {
            into[i].rows = into[i].hits = rows[rule[i].cluster];
            into[i].cluster = k + rule[i].cluster;
        }
    }
    return open;
}

static int find_depth(const tsl_tree_node *node, size_t count, int32_t *level)
{
    int deepest = 0;
    for (size_t i = 0; i < count; i++) {
        level[i] = i ? level[node[i].parent] + 1 : 0;
        deepest = level[i] > deepest ? level[i] : deepest;
    }
    return deepest;
}

int tsl__tree_graft(tsl_tree *tree, const tsl_tree_node *rule, size_t rule_count, int groups, const uint64_t *rows)
{
    const size_t count = rule_count + tree->node_count - 1, all = (size_t)tree->k + (size_t)groups;
    tsl_tree_node *node = tsl__alloc_zero(count, sizeof *node);
    int32_t *level = tsl__alloc(count, sizeof *level);
    double *precision = tsl__realloc(tree->precision, all, sizeof *precision);
    tree->precision = precision ? precision : tree->precision;
    double *coverage = tsl__realloc(tree->coverage, all, sizeof *coverage);
    tree->coverage = coverage ? coverage : tree->coverage;
    if (!node || !level || !precision || !coverage) {
        free(node);
        free(level);
        return -1;
    }
    put_tree(tree, put_rule(rule, rule_count, tree->k, rows, node), rule_count, node);
    for (size_t i = rule_count; i-- > 0;) { /* children stand behind */
        if (rule[i].column >= 0) {
            node[i].rows = node[node[i].left].rows + node[node[i].right].rows;
        }
    }
    tree->depth = find_depth(node, count, level);
    tree->leaves += groups;
    tree->k += groups;
    free(level);
    free(tree->node);
    tree->node = node;
    tree->node_count = count;
    return 0;
}
