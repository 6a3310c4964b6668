/* tree_shape.c: the shape of the tree: Ex-Greedy until each leaf has one
 * centre, then ExKMC growth at the leaf that gains most. */
#include "model/tree/tree.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/tree/threshold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NOISE 1e-9 /* a rise of promise by no more is rounding */

/* A node's part of the rows and of the clusters. */
typedef struct part {
    size_t begin, end;
    int set_begin, set_end;
    tsl__cut growth; /* the leaf's best cut; column -1: none */
    int64_t gain;    /* of it */
    double promise;  /* of it, where it gains nothing */
    int seen, kept;  /* looked at; then as its cluster's only leaf */
} part;

typedef struct shape {
    tsl__tree_work *work;
    tsl_tree *tree;
    part *part;     /* beside tree->node */
    size_t rows;    /* that have a weight */
    size_t *row;    /* those: the ones of a node together, rising */
    size_t *spare;  /* rows */
    int *set;       /* all clusters: those of a node together */
    int *spare_set; /* k */
    int *leaves;    /* k: leaves of each cluster */
} shape;

static tsl__tree_rows rows_get(const shape *s, const part *p)
{
    return (tsl__tree_rows){s->row + p->begin, p->end - p->begin};
}

static double raw_get(const shape *s, size_t row, size_t column)
{
    return tsl__cell(s->work->raw, row, column);
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
        if (tsl__center_place_get(s->work, s->set[i], (size_t)cut->column, cut->missing_left) <= cut->split) {
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

/* Cuts a leaf's rows in two, and its clusters by their places. */
static void cut_leaf(shape *s, int32_t at, const tsl__cut *cut)
{
    part *p = &s->part[at];
    tsl_tree_node *node = &s->tree->node[at];
    word_cut(s, p, cut, node);
    node->cluster = -1;
    size_t middle = part_rows(s, p, cut);
    int set_middle = part_set(s, p, cut);
    node->left =
        node_add(s, at, (part){.begin = p->begin, .end = middle, .set_begin = p->set_begin, .set_end = set_middle});
    node->right =
        node_add(s, at, (part){.begin = middle, .end = p->end, .set_begin = set_middle, .set_end = p->set_end});
    s->tree->leaves--;
}

/* What the part's rows cost at a centre; cluster k: each at its nearest. */
static int64_t cost_get(const shape *s, const part *p, int cluster)
{
    size_t line = (size_t)s->work->k + 1;
    int64_t sum = 0;
    for (size_t i = p->begin; i < p->end; i++) {
        sum += s->work->distance[s->row[i] * line + (size_t)cluster];
    }
    return sum;
}

/* What the part's rows weigh. */
static double mass_get(const shape *s, const part *p)
{
    double sum = 0;
    for (size_t i = p->begin; i < p->end; i++) {
        sum += tsl__weight_get(s->work->weight, s->row[i]);
    }
    return sum;
}

/* The cluster of the part's set that costs its rows least. */
static int cheapest(const shape *s, const part *p)
{
    int best = -1;
    int64_t least = INT64_MAX;
    for (int i = p->set_begin; i < p->set_end; i++) {
        int64_t cost = p->set_end - p->set_begin > 1 ? cost_get(s, p, s->set[i]) : 0;
        if (cost < least || (cost == least && s->set[i] < best)) {
            best = s->set[i];
            least = cost;
        }
    }
    return best;
}

static tsl_status tick_leaves(shape *s, tsl_error *err)
{
    tsl_progress_event event = {.stage = "tree", .k = s->work->k, .best_inertia = NAN};
    event.rows = s->work->raw->rows;
    event.fraction = (double)s->tree->leaves / s->work->leaves;
    return tsl__tick(&s->work->ticker, &event, err);
}

/* Ex-Greedy: nodes one after the other, until none has two centres that a cut parts. */
static tsl_status shape_greedy(shape *s, tsl_error *err)
{
    tsl_status status = TSL_OK;
    node_add(s, -1, (part){.end = s->rows, .set_end = s->work->k});
    for (int32_t at = 0; at < (int32_t)s->tree->node_count; at++) {
        part *p = &s->part[at];
        int count = p->set_end - p->set_begin;
        tsl__cut cut = tsl__cut_none;
        if (count > 1) {
            TSL__TRY(tick_leaves(s, err));
            tsl__tree_find_greedy(s->work, rows_get(s, p), s->set + p->set_begin, count, &cut);
        }
        if (cut.column >= 0) {
            cut_leaf(s, at, &cut);
        } else {
            s->tree->node[at].cluster = cheapest(s, p);
            s->leaves[s->tree->node[at].cluster]++;
        }
    }
done:
    return status;
}

/* Finds the best growth of a leaf. The only leaf of a cluster keeps the
 * cluster on one side, so that none loses its rule. */
static void look(shape *s, int32_t at)
{
    part *p = &s->part[at];
    int cluster = s->tree->node[at].cluster;
    p->seen = 1;
    p->kept = s->leaves[cluster] == 1;
    p->gain = 0;
    p->promise = 0;
    int64_t cost = cost_get(s, p, cluster), excess = cost - cost_get(s, p, s->work->k);
    tsl__tree_find_growth(s->work, rows_get(s, p), cluster, p->kept, &p->growth);
    if (p->growth.column >= 0) {
        double before = (double)excess * (double)excess / mass_get(s, p);
        p->gain = cost - p->growth.cost;
        p->promise = p->gain == 0 && p->growth.promise > before * (1 + NOISE) ? p->growth.promise - before : 0;
    }
}

/* The leaf that gains most; where none gains, the most promising one; -1: none. */
static tsl_status look_all(shape *s, int32_t *best, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *best = -1;
    for (int32_t at = 0; at < (int32_t)s->tree->node_count; at++) {
        part *p = &s->part[at];
        if (s->tree->node[at].cluster < 0) {
            continue;
        }
        if (!p->seen || (!p->kept && s->leaves[s->tree->node[at].cluster] == 1)) {
            TSL__TRY(tick_leaves(s, err));
            look(s, at);
        }
        const part *b = *best >= 0 ? &s->part[*best] : NULL;
        if ((p->gain > 0 || p->promise > 0) &&
            (!b || p->gain > b->gain || (p->gain == b->gain && p->promise > b->promise))) {
            *best = at;
        }
    }
done:
    return status;
}

static void grow_leaf(shape *s, int32_t at)
{
    tsl_tree_node *node = &s->tree->node[at];
    int cluster = node->cluster, side[2];
    cut_leaf(s, at, &s->part[at].growth);
    tsl__tree_rows left = rows_get(s, &s->part[node->left]), right = rows_get(s, &s->part[node->right]);
    tsl__tree_assign(s->work, left, right, cluster, s->part[at].kept, side);
    s->tree->node[node->left].cluster = side[0];
    s->tree->node[node->right].cluster = side[1];
    s->leaves[cluster]--;
    s->leaves[side[0]]++;
    s->leaves[side[1]]++;
}

static tsl_status shape_growth(shape *s, tsl_error *err)
{
    tsl_status status = TSL_OK;
    while (s->tree->leaves < s->work->leaves) {
        int32_t best;
        TSL__TRY(look_all(s, &best, err));
        if (best < 0) {
            break;
        }
        grow_leaf(s, best);
    }
done:
    return status;
}

/* A cut whose two sides came out as one cluster, for no later cut made use of it, becomes a leaf. */
static void fold(shape *s)
{
    for (int32_t at = (int32_t)s->tree->node_count - 1; at >= 0; at--) {
        tsl_tree_node *node = &s->tree->node[at];
        if (node->column < 0) {
            continue;
        }
        const tsl_tree_node *left = &s->tree->node[node->left], *right = &s->tree->node[node->right];
        if (left->column < 0 && right->column < 0 && left->cluster == right->cluster) {
            *node = (tsl_tree_node){-1, -1, -1, 0, -1, left->cluster, node->parent, node->rows, 0};
            s->tree->leaves--;
        }
    }
}

/* Takes out the nodes that folding left without a parent. place: node_count numbers. */
static void compact(shape *s, int32_t *place)
{
    tsl_tree *tree = s->tree;
    int32_t count = 0;
    for (int32_t at = 0; at < (int32_t)tree->node_count; at++) {
        tsl_tree_node *node = &tree->node[at];
        int32_t parent = node->parent;
        int there = parent < 0 || (place[parent] >= 0 && tree->node[place[parent]].column >= 0);
        place[at] = there ? count : -1;
        if (there) {
            tree->node[count] = *node;
            s->part[count] = s->part[at];
            count++;
        }
    }
    tree->node_count = (size_t)count;
    for (int32_t at = 0; at < count; at++) {
        tsl_tree_node *node = &tree->node[at];
        node->parent = node->parent < 0 ? -1 : place[node->parent];
        node->left = node->left < 0 ? -1 : place[node->left];
        node->right = node->right < 0 ? -1 : place[node->right];
    }
}

/* Depth, hits, and each row's cluster. level: node_count numbers. */
static void finish(shape *s, int32_t *level, int32_t *drawn)
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

static int shape_open(shape *s)
{
    size_t rows = s->work->raw->rows, k = (size_t)s->work->k;
    s->part = tsl__alloc(2 * (size_t)s->work->leaves - 1, sizeof *s->part);
    s->row = tsl__alloc(rows, sizeof *s->row);
    s->spare = tsl__alloc(rows, sizeof *s->spare);
    s->set = tsl__alloc(k, sizeof *s->set);
    s->spare_set = tsl__alloc(k, sizeof *s->spare_set);
    s->leaves = tsl__alloc_zero(k, sizeof *s->leaves);
    if (!s->part || !s->row || !s->spare || !s->set || !s->spare_set || !s->leaves) {
        return 0;
    }
    for (size_t r = 0; r < rows; r++) {
        if (tsl__weight_get(s->work->weight, r) > 0) {
            s->row[s->rows++] = r;
        }
    }
    for (size_t c = 0; c < k; c++) {
        s->set[c] = (int)c;
    }
    return 1;
}

tsl_status tsl__tree_shape(tsl__tree_work *work, tsl_tree *tree, int32_t *drawn, tsl_error *err)
{
    shape s = {.work = work, .tree = tree};
    int32_t *number = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(number = tsl__alloc(2 * (size_t)work->leaves - 1, sizeof *number));
    TSL__NEED(shape_open(&s));
    TSL__TRY(shape_greedy(&s, err));
    TSL__TRY(shape_growth(&s, err));
    fold(&s);
    compact(&s, number);
    finish(&s, number, drawn);
done:
    free(s.part);
    free(s.row);
    free(s.spare);
    free(s.set);
    free(s.spare_set);
    free(s.leaves);
    free(number);
    return status;
}
