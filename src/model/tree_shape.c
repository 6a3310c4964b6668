/* tree_shape.c: the shape of the tree: Ex-Greedy until each leaf has one
 * centre, then ExKMC growth at the leaf that gains most. */
#include "model/tree.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/threshold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A node's part of the rows and of the clusters. */
typedef struct part {
    size_t begin, end;
    int set_begin, set_end;
    tsl__cut growth; /* the leaf's best cut; column -1: none that gains */
    int64_t gain;
} part;

typedef struct shape {
    tsl__tree_work *work;
    tsl_tree *tree;
    part *part;     /* beside tree->node */
    size_t *row;    /* all rows: those of a node together, rising */
    size_t *spare;  /* rows */
    int *set;       /* all clusters: those of a node together */
    int *spare_set; /* k */
} shape;

static tsl__tree_rows rows_get(const shape *s, const part *p)
{
    return (tsl__tree_rows){s->row + p->begin, p->end - p->begin};
}

static double raw_get(const shape *s, size_t row, size_t column)
{
    return s->work->raw->data[row * s->work->raw->stride + column];
}

/* Threshold and missing_left of a node by its cut: the cut says up to where
 * values go left, the rows say between which values that is. */
static void word_cut(const shape *s, const part *p, const tsl__cut *cut, tsl_tree_node *node)
{
    double low = -INFINITY, high = INFINITY;
    int missing = 0;
    for (size_t i = p->begin; i < p->end; i++) {
        double value = raw_get(s, s->row[i], (size_t)cut->column);
        missing |= isnan(value);
        low = value <= cut->at && value > low ? value : low;
        high = value > cut->at && value < high ? value : high;
    }
    node->column = (int32_t)cut->column;
    node->threshold = isinf(high) ? high : tsl__threshold_get(low, high);
    node->missing_left = missing ? cut->missing_left : -1;
}

/* Moves the part's left rows before its right ones, both in order; where the right ones begin. */
static size_t part_rows(const shape *s, const part *p, const tsl__cut *cut)
{
    size_t left = p->begin, right = 0;
    for (size_t i = p->begin; i < p->end; i++) {
        double value = raw_get(s, s->row[i], (size_t)cut->column);
        if (isnan(value) ? cut->missing_left : value <= cut->at) {
            s->row[left++] = s->row[i];
        } else {
            s->spare[right++] = s->row[i];
        }
    }
    memcpy(s->row + left, s->spare, right * sizeof *s->row);
    return left;
}

static int part_set(const shape *s, const part *p, const tsl__cut *cut)
{
    int left = p->set_begin, right = 0;
    for (int i = p->set_begin; i < p->set_end; i++) {
        if (tsl__place_get(s->work, s->set[i], (size_t)cut->column, cut->missing_left) <= cut->split) {
            s->set[left++] = s->set[i];
        } else {
            s->spare_set[right++] = s->set[i];
        }
    }
    memcpy(s->set + left, s->spare_set, (size_t)right * sizeof *s->set);
    return left;
}

static int32_t node_add(shape *s, int32_t parent, part p)
{
    int32_t at = (int32_t)s->tree->node_count++;
    s->tree->node[at] = (tsl_tree_node){-1, -1, -1, 0, -1, -1, parent, p.end - p.begin, 0};
    s->part[at] = p;
    s->tree->leaves++;
    return at;
}

/* Cuts a leaf's rows in two; its clusters too where sets says so. */
static void cut_leaf(shape *s, int32_t at, const tsl__cut *cut, int sets)
{
    part *p = &s->part[at];
    tsl_tree_node *node = &s->tree->node[at];
    word_cut(s, p, cut, node);
    node->cluster = -1;
    size_t middle = part_rows(s, p, cut);
    int set_middle = sets ? part_set(s, p, cut) : p->set_end;
    node->left = node_add(s, at, (part){p->begin, middle, p->set_begin, set_middle, tsl__cut_none, 0});
    node->right =
        node_add(s, at, (part){middle, p->end, sets ? set_middle : p->set_begin, p->set_end, tsl__cut_none, 0});
    s->tree->leaves--;
}

/* The cluster of the set whose centre costs the part least, and that cost. */
static int cheapest(const shape *s, const part *p, const int *set, int count, int64_t *cost)
{
    int best = -1;
    *cost = INT64_MAX;
    for (int c = 0; c < count; c++) {
        int64_t sum = 0;
        for (size_t i = p->begin; i < p->end; i++) {
            sum += s->work->distance[s->row[i] * (size_t)s->work->k + (size_t)set[c]];
        }
        if (sum < *cost || (sum == *cost && set[c] < best)) {
            best = set[c];
            *cost = sum;
        }
    }
    return best;
}

static tsl_status tick(shape *s, tsl_error *err)
{
    tsl_progress_event event = {.stage = "tree", .k = s->work->k, .best_inertia = NAN};
    event.rows = s->work->raw->rows;
    event.fraction = (double)s->tree->leaves / s->work->leaves;
    return tsl__tick(&s->work->ticker, &event, err);
}

/* Ex-Greedy: nodes one after the other, until none has two centres that a cut parts. */
static tsl_status shape_greedy(shape *s, tsl_error *err)
{
    node_add(s, -1, (part){0, s->work->raw->rows, 0, s->work->k, tsl__cut_none, 0});
    for (int32_t at = 0; at < (int32_t)s->tree->node_count; at++) {
        part *p = &s->part[at];
        int count = p->set_end - p->set_begin;
        tsl__cut cut = tsl__cut_none;
        if (count > 1) {
            tsl_status status = tick(s, err);
            if (status != TSL_OK) {
                return status;
            }
            tsl__tree_find_greedy(s->work, rows_get(s, p), s->set + p->set_begin, count, &cut);
        }
        if (cut.column >= 0) {
            cut_leaf(s, at, &cut, 1);
        } else {
            int64_t unused;
            s->tree->node[at].cluster =
                count > 1 ? cheapest(s, p, s->set + p->set_begin, count, &unused) : s->set[p->set_begin];
        }
    }
    return TSL_OK;
}

/* Finds the best growth of a leaf. */
static void look(shape *s, int32_t at)
{
    part *p = &s->part[at];
    int cluster = s->tree->node[at].cluster;
    int64_t cost;
    cheapest(s, p, &cluster, 1, &cost);
    p->gain = 0;
    tsl__tree_find_growth(s->work, rows_get(s, p), &p->growth);
    if (p->growth.column >= 0) {
        p->gain = cost - p->growth.cost;
    }
}

static tsl_status shape_growth(shape *s, tsl_error *err)
{
    for (int k = 0; k < s->work->k; k++) {
        s->set[k] = k;
    }
    int32_t seen = 0;
    while (s->tree->leaves < s->work->leaves) {
        int32_t best = -1;
        for (int32_t at = 0; at < (int32_t)s->tree->node_count; at++) {
            int leaf = s->tree->node[at].left < 0;
            if (leaf && at >= seen) {
                tsl_status status = tick(s, err);
                if (status != TSL_OK) {
                    return status;
                }
                look(s, at);
            }
            if (leaf && s->part[at].gain > 0 && (best < 0 || s->part[at].gain > s->part[best].gain)) {
                best = at;
            }
        }
        seen = (int32_t)s->tree->node_count;
        if (best < 0) {
            return TSL_OK;
        }
        cut_leaf(s, best, &s->part[best].growth, 0);
        for (int32_t at = seen; at < (int32_t)s->tree->node_count; at++) {
            int64_t unused;
            s->tree->node[at].cluster = cheapest(s, &s->part[at], s->set, s->work->k, &unused);
        }
    }
    return TSL_OK;
}

/* Depth, hits, and each row's cluster. */
static void finish(shape *s, int *level, int32_t *drawn)
{
    tsl_tree *tree = s->tree;
    for (size_t at = 0; at < tree->node_count; at++) {
        tsl_tree_node *node = &tree->node[at];
        level[at] = node->parent < 0 ? 0 : level[node->parent] + 1;
        tree->depth = level[at] > tree->depth ? level[at] : tree->depth;
        for (size_t i = s->part[at].begin; node->cluster >= 0 && i < s->part[at].end; i++) {
            drawn[s->row[i]] = node->cluster;
            node->hits += s->work->label[s->row[i]] == node->cluster;
        }
    }
}

tsl_status tsl__tree_shape(tsl__tree_work *work, tsl_tree *tree, int32_t *drawn, tsl_error *err)
{
    size_t rows = work->raw->rows, k = (size_t)work->k, nodes = 2 * (size_t)work->leaves - 1;
    shape s = {.work = work, .tree = tree};
    s.part = tsl__alloc(nodes, sizeof *s.part);
    s.row = tsl__alloc(rows, sizeof *s.row);
    s.spare = tsl__alloc(rows, sizeof *s.spare);
    s.set = tsl__alloc(k, sizeof *s.set);
    s.spare_set = tsl__alloc(k, sizeof *s.spare_set);
    int *level = tsl__alloc(nodes, sizeof *level);
    int there = s.part && s.row && s.spare && s.set && s.spare_set && level;
    tsl_status status = there ? TSL_OK : tsl__error_nomem(err);
    if (status == TSL_OK) {
        for (size_t r = 0; r < rows; r++) {
            s.row[r] = r;
        }
        for (size_t c = 0; c < k; c++) {
            s.set[c] = (int)c;
        }
        status = shape_greedy(&s, err);
    }
    if (status == TSL_OK) {
        status = shape_growth(&s, err);
    }
    if (status == TSL_OK) {
        finish(&s, level, drawn);
    }
    free(s.part);
    free(s.row);
    free(s.spare);
    free(s.set);
    free(s.spare_set);
    free(level);
    return status;
}
