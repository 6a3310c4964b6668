/* target_tree.c: the tree of a target, grown from one half of the customers, and who comes to its leaves.
 * docs/methods/tree-segments.md. */
#include "run/target/target_aim.h"

#include "base/alloc.h"
#include "base/error.h"
#include "run/target/leaf_floor.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAVES_MIN 3
#define LEAVES_MAX 8
#define DEPTH_MAX 64 /* of tsl_descriptor_options */

/* Where everyone comes to. */
static tsl_status find_leaves(tsl__aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl_descriptor_predict(a->descriptor, &a->past.raw.matrix, &a->run->exec, a->past.leaf, err));
    if (a->then) {
        TSL__TRY(tsl_descriptor_predict(a->descriptor, &a->now.raw.matrix, &a->run->exec, a->now.leaf, err));
    }
done:
    return status;
}

/* Cuts above a leaf that so many leaves may take, within the range of a tree's depth. */
static int get_depth(int leaves)
{
    return leaves < 2 ? 1 : leaves <= DEPTH_MAX ? leaves - 1 : DEPTH_MAX;
}

/* How many leaves there may be: a bound that is asked for stands, and the other gives way to it. */
static void set_bounds(const tsl_run *run, tsl_descriptor_options *opt)
{
    const tsl_kmeans_options *asked = &run->kmeans_opt;
    opt->leaves_min = run->opt.k_min_asked ? asked->k_min : LEAVES_MIN;
    opt->leaves_max = run->opt.k_max_asked ? asked->k_max : LEAVES_MAX;
    if (opt->leaves_min > opt->leaves_max && run->opt.k_min_asked) {
        opt->leaves_max = opt->leaves_min;
    }
    opt->leaves_max = opt->leaves_max > 1 ? opt->leaves_max : 2;
    opt->leaves_min = opt->leaves_min < opt->leaves_max ? opt->leaves_min : opt->leaves_max;
}

static tsl_status grow(tsl__aim *a, tsl_error *err)
{
    const tsl_kmeans_options *asked = &a->run->kmeans_opt;
    tsl_status status = TSL_OK;
    tsl_descriptor_options opt;
    double *value = NULL;
    TSL_DEFAULTS(descriptor, &opt);
    opt.leaves = asked->k;
    set_bounds(a->run, &opt);
    opt.depth = get_depth(opt.leaves ? opt.leaves : opt.leaves_max);
    opt.min_rows = asked->min_rows < INT_MAX ? (int)asked->min_rows : INT_MAX;
    opt.min_rows = opt.min_rows > 1 ? opt.min_rows : 1;
    opt.min_share = asked->min_share;
    opt.seed = asked->seed;
    TSL__TRY(opt.leaves > 1024 || opt.leaves_min > 1024 || opt.leaves_max > 1024
                 ? tsl__error_set(err, TSL_E_OPTION, "k: a tree of a target has at most 1024 segments")
                 : TSL_OK);
    TSL__NEED(value = tsl__alloc(a->past.rows, sizeof *value));
    for (size_t r = 0; r < a->past.rows; r++) {
        value[r] = isnan(a->value[r]) ? 0 : a->value[r]; /* without weight */
    }
    const tsl_descriptor_columns columns = {&a->past.raw.matrix, NULL};
    const tsl_descriptor_target target = {.value = value};
    TSL__TRY(tsl_descriptor_fit(&columns, a->structure, &target, &opt, &a->run->exec, &a->descriptor, err));
    a->grown = a->descriptor->leaves;
    TSL__TRY(find_leaves(a, err));
    if (a->descriptor->leaves == 1) {
        status = tsl__error_set(err, TSL_E_INPUT, "target: no cut of any feature tells more of \"%s\" than its mean",
                                a->name);
    }
done:
    free(value);
    return status;
}

/* How many of today's rows come to each node. */
static void count_rows(const tsl__aim *a, uint64_t *rows)
{
    for (size_t r = 0; r < a->now.rows; r++) {
        for (int32_t at = a->now.leaf[r]; at >= 0; at = a->descriptor->node[at].parent) {
            rows[at]++;
        }
    }
}

/* The floor holds of those whom the segments are made of, too. */
static tsl_status join_small(tsl__aim *a, tsl_error *err)
{
    const tsl_kmeans_options *asked = &a->run->kmeans_opt;
    const double least = fmax(asked->min_share * (double)a->now.rows, (double)asked->min_rows);
    tsl_descriptor *tree = a->descriptor;
    const size_t nodes = tree->node_count;
    tsl_status status = TSL_OK;
    uint64_t *rows = NULL;
    TSL__NEED(rows = tsl__alloc_zero(nodes, sizeof *rows));
    count_rows(a, rows);
    for (int32_t leaf; tree->leaves > 1 && (leaf = tsl__leaf_floor_find(tree, rows, least)) >= 0; a->joined++) {
        tsl__leaf_floor_join(tree, leaf);
        TSL__TRY(find_leaves(a, err));
        memset(rows, 0, nodes * sizeof *rows);
        count_rows(a, rows);
    }
    if (tree->leaves == 1) {
        TSL__TRY(tsl__error_set(err, TSL_E_INPUT,
                                "target: every cut that tells of \"%s\" leaves fewer than %.0f of today's customers on "
                                "a side, which no segment holds",
                                a->name, ceil(least)));
    }
    if (a->joined) {
        tsl__leaf_floor_refit(tree, a->value, a->structure, a->past.leaf, a->past.rows);
    }
done:
    free(rows);
    return status;
}

/* Marks the nodes that somebody came to who lacks what they cut. */
static void mark_missing(const tsl__aim *a, const tsl__crowd *of, unsigned char *missing)
{
    const tsl_descriptor_node *node = a->descriptor->node;
    const double *x = of->raw.matrix.data;
    for (size_t r = 0; r < of->rows; r++) {
        for (int32_t at = of->leaf[r]; at >= 0; at = node[at].parent) {
            missing[at] |= node[at].column >= 0 && isnan(x[r * a->cols + (size_t)node[at].column]);
        }
    }
}

/* The same tree as one that explains clusters: its leaves are they. */
static tsl_status convert(tsl__aim *a, tsl_error *err)
{
    const tsl_descriptor *from = a->descriptor;
    tsl_tree *tree = a->tree;
    tsl_status status = TSL_OK;
    unsigned char *missing = NULL;
    uint64_t *rows = NULL;
    int32_t cluster = 0;
    TSL__NEED(rows = tsl__alloc_zero(from->node_count, sizeof *rows));
    TSL__NEED(missing = tsl__alloc_zero(from->node_count, sizeof *missing));
    count_rows(a, rows);
    mark_missing(a, &a->past, missing);
    mark_missing(a, &a->now, missing);
    for (size_t i = 0; i < from->node_count; i++) {
        const tsl_descriptor_node *node = &from->node[i];
        const int leaf = node->child < 0, first = (node->missing < 0 ? node->other : node->missing) == 0;
        tree->node[i] = (tsl_tree_node){.left = node->child,
                                        .right = leaf ? -1 : node->child + 1,
                                        .column = node->column,
                                        .threshold = leaf              ? 0
                                                     : node->cut_count ? node->cut[0]
                                                                       : INFINITY,
                                        .missing_left = leaf         ? 0
                                                        : missing[i] ? first
                                                                     : -1,
                                        .cluster = leaf ? cluster++ : -1,
                                        .parent = node->parent,
                                        .rows = rows[i],
                                        .hits = leaf ? rows[i] : 0};
    }
    for (size_t r = 0; r < a->now.rows; r++) {
        a->label[r] = tree->node[a->now.leaf[r]].cluster;
    }
done:
    free(rows);
    free(missing);
    return status;
}

static tsl_status open_tree(tsl__aim *a, tsl_error *err)
{
    const tsl_descriptor *from = a->descriptor;
    tsl_status status = TSL_OK;
    TSL__NEED(a->tree = tsl__alloc_zero(1, sizeof *a->tree));
    a->tree->k = a->tree->leaves = from->leaves;
    a->tree->depth = from->depth;
    a->tree->node_count = from->node_count;
    a->tree->cost_ratio = a->tree->agreement = 1;
    TSL__NEED(a->tree->node = tsl__alloc_zero(from->node_count, sizeof *a->tree->node));
    TSL__NEED(a->tree->precision = tsl__alloc((size_t)from->leaves, sizeof(double)));
    TSL__NEED(a->tree->coverage = tsl__alloc((size_t)from->leaves, sizeof(double)));
    TSL__TRY(convert(a, err));
done:
    return status;
}

tsl_status tsl__aim_build_tree(tsl__aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(grow(a, err));
    TSL__TRY(join_small(a, err));
    TSL__TRY(open_tree(a, err));
done:
    return status;
}
