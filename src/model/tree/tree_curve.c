/* tree_curve.c: what a tree costs and tells at each number of its leaves.
 *
 * The cost is to the means of the clusters as they are drawn: that to the
 * centres, which growth counts in whole numbers, less what the means lie off
 * them, weight * (mean - centre)^2; likewise what it is compared with. A leaf that is cut moves the rows of a side
 * from one cluster to another, and nothing else. */
#include "model/tree/tree_curve.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/cluster_means.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_PARTS 32
#define AHEAD 4 /* rows that are fetched ahead */

/* Sums over the rows of the tree as it begins. */
static tsl_status sum_rows(tsl__curve *c, const int32_t *drawn, int64_t *own, tsl_error *err)
{
    const tsl__tree_work *w = c->work;
    const size_t line = (size_t)w->k + 1, blocks = tsl__block_count(w->x->rows);
    int64_t *sum = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(sum = tsl__alloc_zero(blocks, 2 * sizeof *sum));
#pragma omp parallel for num_threads(w->threads) schedule(static)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(w->x->rows, b, &begin, &end);
        for (size_t r = begin; r < end; r++) {
            sum[2 * b] += w->distance[r * line + (size_t)drawn[r]];
            sum[2 * b + 1] += w->distance[r * line + (size_t)w->label[r]];
        }
    }
    *own = 0;
    for (size_t b = 0; b < blocks; b++) {
        c->cost += sum[2 * b];
        *own += sum[2 * b + 1];
    }
    for (size_t r = 0; r < w->x->rows; r++) {
        const double weight = tsl__weight_get(w->weight, r);
        c->hits += drawn[r] == w->label[r] ? weight : 0;
        c->all += weight;
    }
done:
    free(sum);
    return status;
}

/* c->mass and c->shift of the rows as they are labelled; mean: of each cluster's rows. */
static void find_shift(tsl__curve *c, const int32_t *label, const double *mean)
{
    const tsl__tree_work *w = c->work;
    const size_t k = (size_t)w->k, cols = w->x->cols;
    memset(c->mass, 0, k * sizeof *c->mass);
    for (size_t r = 0; r < w->x->rows; r++) {
        c->mass[label[r]] += tsl__weight_get(w->weight, r);
    }
    for (size_t i = 0; i < k * cols; i++) {
        const double mass = c->mass[i / cols];
        c->shift[i] = mass > 0 ? mass * (mean[i] - w->center[i]) : 0;
    }
}

/* What distances to the centres are more than those to the means, in their unit. */
static double get_off(const tsl__curve *c)
{
    const tsl__tree_work *w = c->work;
    const size_t cols = w->x->cols;
    double off = 0;
    for (size_t k = 0; k < (size_t)w->k; k++) {
        double square = 0;
        for (size_t j = 0; j < cols; j++) {
            square += c->shift[k * cols + j] * c->shift[k * cols + j];
        }
        off += c->mass[k] > 0 ? square / c->mass[k] : 0;
    }
    return off * w->whole;
}

/* As trees are folded: a node whose leaves all have one cluster is a leaf. */
static void merge(tsl__curve *c, int32_t at)
{
    const tsl_tree_node *node = &c->tree->node[at];
    if (node->column < 0) {
        c->cluster[at] = node->cluster;
        c->leaves[at] = 1;
        return;
    }
    const int32_t left = c->cluster[node->left], right = c->cluster[node->right];
    c->cluster[at] = left == right ? left : -1;
    c->leaves[at] = left == right && left >= 0 ? 1 : c->leaves[node->left] + c->leaves[node->right];
}

/* The tree as it is now. Of points with as many leaves the last is the best. */
static void put_point(tsl__curve *c)
{
    tsl_tree *tree = c->tree;
    const double cost = fmax((double)c->cost - get_off(c), 0), reference = c->reference;
    while (tree->curve_count && tree->curve[tree->curve_count - 1].leaves >= c->leaves[0]) {
        tree->curve_count--;
    }
    tree->curve[tree->curve_count++] = (tsl_tree_point){c->leaves[0],
                                                        reference > 0 ? cost / reference
                                                        : cost > 0    ? INFINITY
                                                                      : 1,
                                                        c->hits / c->all};
}

tsl_status tsl__curve_open(tsl__curve *c, const tsl__tree_work *work, tsl_tree *tree, const int32_t *drawn,
                           tsl_error *err)
{
    const size_t k = (size_t)work->k, cols = work->x->cols, nodes = 2 * (size_t)work->most - 1;
    tsl_status status = TSL_OK;
    int64_t own;
    *c = (tsl__curve){.work = work, .tree = tree};
    TSL__NEED(c->mass = tsl__alloc_zero(k, sizeof *c->mass));
    TSL__NEED(c->shift = tsl__alloc_zero(k, cols * sizeof *c->shift));
    TSL__NEED(c->part = tsl__alloc(MOST_PARTS, 2 * cols * sizeof *c->part));
    TSL__NEED(c->cluster = tsl__alloc(nodes, sizeof *c->cluster));
    TSL__NEED(c->leaves = tsl__alloc(nodes, sizeof *c->leaves));
    TSL__TRY(sum_rows(c, drawn, &own, err));
    find_shift(c, work->label, work->mean);
    c->reference = fmax((double)own - get_off(c), 0);
    TSL__TRY(tsl__means_get(work->x, work->weight, drawn, work->k, work->threads, c->shift, err));
    find_shift(c, drawn, c->shift);
    for (int32_t at = (int32_t)tree->node_count - 1; at >= 0; at--) {
        merge(c, at);
    }
    put_point(c);
done:
    if (status != TSL_OK) {
        tsl__curve_close(c);
    }
    return status;
}

/* c->part: the sum of weight * (row - centre of the cluster) over the rows; their weight. */
static double sum_side(tsl__curve *c, tsl__tree_rows rows, const double *center)
{
    const tsl__tree_work *w = c->work;
    const size_t cols = w->x->cols, parts = tsl__part_count(rows.count, MOST_PARTS);
    double mass = 0;
    const int team = tsl__team_size(w->threads, (double)rows.count * (double)cols);
#pragma omp parallel for num_threads(team) schedule(dynamic, 1)
    for (size_t part = 0; part < parts; part++) {
        double *sum = c->part + 2 * part * cols, *buffer = sum + cols;
        size_t begin, end;
        tsl__part_get(rows.count, MOST_PARTS, part, &begin, &end);
        memset(sum, 0, cols * sizeof *sum);
        for (size_t i = begin; i < end; i++) {
            const size_t soon = i + AHEAD < end ? i + AHEAD : end - 1;
            const double *value = tsl__row(w->x, rows.row[i], buffer);
            tsl__row_fetch(w->x, rows.row[soon]);
            const double weight = tsl__weight_get(w->weight, rows.row[i]);
            for (size_t j = 0; j < cols; j++) {
                sum[j] += weight * (value[j] - center[j]);
            }
        }
    }
    for (size_t part = 1; part < parts; part++) {
        for (size_t j = 0; j < cols; j++) {
            c->part[j] += c->part[2 * part * cols + j];
        }
    }
    for (size_t i = 0; w->weight && i < rows.count; i++) {
        mass += w->weight[rows.row[i]];
    }
    return w->weight ? mass : (double)rows.count;
}

/* Rows that are drawn in their cluster with `to`, less those that are with `from`. */
static int64_t count_hits(const tsl__tree_work *w, tsl__tree_rows rows, int from, int to)
{
    const size_t parts = tsl__part_count(rows.count, MOST_PARTS);
    const int team = tsl__team_size(w->threads, (double)rows.count);
    int64_t hits[MOST_PARTS] = {0};
#pragma omp parallel for num_threads(team) schedule(static)
    for (size_t part = 0; part < parts; part++) {
        size_t begin, end;
        tsl__part_get(rows.count, MOST_PARTS, part, &begin, &end);
        for (size_t i = begin; i < end; i++) {
            const int32_t label = w->label[rows.row[i]];
            hits[part] += (label == to) - (label == from);
        }
    }
    for (size_t part = 1; part < parts; part++) {
        hits[0] += hits[part];
    }
    return hits[0];
}

/* The rows, drawn in cluster `from` until now, are drawn in `to`. */
static void move_side(tsl__curve *c, tsl__tree_rows rows, int from, int to)
{
    const tsl__tree_work *w = c->work;
    const size_t cols = w->x->cols;
    if (from == to) {
        return;
    }
    const double *old = w->center + (size_t)from * cols, *new = w->center + (size_t)to *cols;
    const double mass = sum_side(c, rows, old);
    for (size_t j = 0; j < cols; j++) {
        c->shift[(size_t)from * cols + j] -= c->part[j];
        c->shift[(size_t)to * cols + j] += c->part[j] + mass * (old[j] - new[j]);
    }
    c->mass[from] -= mass;
    c->mass[to] += mass;
    for (size_t i = 0; w->weight && i < rows.count; i++) {
        const int32_t label = w->label[rows.row[i]];
        c->hits += label == to ? w->weight[rows.row[i]] : label == from ? -w->weight[rows.row[i]] : 0;
    }
    c->hits += w->weight ? 0 : (double)count_hits(w, rows, from, to);
}

void tsl__curve_add(tsl__curve *c, int32_t node, int cluster, int64_t gain, tsl__tree_rows left, tsl__tree_rows right)
{
    const tsl_tree_node *at = &c->tree->node[node];
    move_side(c, left, cluster, c->tree->node[at->left].cluster);
    move_side(c, right, cluster, c->tree->node[at->right].cluster);
    c->cost -= gain;
    merge(c, at->left);
    merge(c, at->right);
    for (int32_t up = node; up >= 0; up = c->tree->node[up].parent) {
        merge(c, up);
    }
    put_point(c);
}

void tsl__curve_close(tsl__curve *c)
{
    free(c->mass);
    free(c->shift);
    free(c->part);
    free(c->cluster);
    free(c->leaves);
    *c = (tsl__curve){0};
}
