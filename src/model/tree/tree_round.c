/* tree_round.c: thresholds become numbers that people say.
 *
 * Between the same two neighbouring values any threshold does the same, and the
 * roundest is taken. A rounder one beyond them sends some rows to the other
 * side: it is taken where that costs little. What all thresholds together may
 * cost is shared out evenly over those that are still to come, deepest first,
 * and what one leaves goes to the next. Agreement alone would give away a small
 * cluster far off, so that the cost, each cluster's own rows and each leaf's
 * count as well. */
#include "model/tree/tree_round.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/threshold.h"

#include <math.h>
#include <stdlib.h>

#define MOST_MOVED 4     /* times the share that may be lost: of all rows, those that a threshold may move */
#define MOST_COVERAGE 10 /* likewise: of a cluster's rows, those that it may lose */

typedef struct rounding {
    const tsl__tree_work *work;
    tsl_tree *tree;
    int32_t *leaf;        /* rows: the leaf of each */
    size_t *rows;         /* nodes: a leaf's rows */
    double *hits;         /* k: weight of a cluster's rows that are drawn in it */
    double *least;        /* k: what that must not fall below */
    double all, base;     /* of all clusters: now, and what it must not fall to */
    double cost, dear;    /* the rows' distance to the centres they are drawn to; what it must not rise to */
    size_t most;          /* rows that a threshold may move */
    size_t to_come;       /* thresholds, this one included */
    size_t *count;        /* most bins: the node's rows in a bin */
    uint16_t *code;       /* rows: their bins */
    tsl__row_value *near; /* the node's rows around its threshold */
    size_t nears;
    size_t *moved; /* places in `near` of the rows that a threshold would move */
    int32_t *to;   /* the leaves that they would move to */
    size_t moves;
} rounding;

static double cost_get(const rounding *r, size_t row, int32_t leaf)
{
    const size_t line = (size_t)r->work->k + 1;
    return (double)r->work->distance[row * line + (size_t)r->tree->node[leaf].cluster];
}

/* Where a row that comes to a node ends; -1: at a cut that never saw a missing value, and sees one now. */
static int32_t find_end(const rounding *r, int32_t at, size_t row)
{
    while (r->tree->node[at].column >= 0) {
        const tsl_tree_node *node = &r->tree->node[at];
        const double value = tsl__cell(r->work->raw, row, (size_t)node->column);
        if (isnan(value) && node->missing_left < 0) {
            return -1;
        }
        at = tsl__tree_goes_left(r->tree, node, value) ? node->left : node->right;
    }
    return at;
}

/* Counts a row in its leaf (sign 1) or out of it (-1). */
static void count_row(rounding *r, size_t row, int32_t leaf, int sign)
{
    const int32_t label = r->work->label[row];
    const double weight = sign * tsl__weight_get(r->work->weight, row);
    r->rows[leaf] += (size_t)sign;
    r->cost += sign * cost_get(r, row, leaf);
    if (label == r->tree->node[leaf].cluster) {
        r->hits[label] += weight;
        r->all += weight;
    }
}

/* Counts the rows that move from their leaves to others, or back. */
static void move_rows(rounding *r, int back)
{
    for (size_t i = 0; i < r->moves; i++) {
        const size_t row = r->near[r->moved[i]].row;
        count_row(r, row, back ? r->to[i] : r->leaf[row], -1);
        count_row(r, row, back ? r->leaf[row] : r->to[i], 1);
    }
}

/* Finds the rows that the threshold `to`, in the place of the node's, sends to the
 * other side, and where they end; 0: too many, or one that cannot be sent there. */
static int find_ends(rounding *r, const tsl_tree_node *node, double to)
{
    const int32_t child = to > node->threshold ? node->left : node->right;
    r->moves = 0;
    for (size_t i = 0; i < r->nears; i++) {
        r->moved[r->moves] = i;
        r->moves += (size_t)((r->near[i].value <= node->threshold) != (r->near[i].value <= to));
    }
    if (r->moves > r->most) {
        return 0;
    }
    for (size_t i = 0; i < r->moves; i++) {
        if ((r->to[i] = find_end(r, child, r->near[r->moved[i]].row)) < 0) {
            return 0;
        }
    }
    return 1;
}

/* Has every leaf half of its rows, and every cluster enough of its own? */
static int is_whole(const rounding *r)
{
    for (size_t at = 0; at < r->tree->node_count; at++) {
        if (r->tree->node[at].column < 0 && 2 * r->rows[at] < r->tree->node[at].rows) {
            return 0;
        }
    }
    for (int c = 0; c < r->work->k; c++) {
        if (r->hits[c] < r->least[c]) {
            return 0;
        }
    }
    return 1;
}

/* Takes a threshold where it does not cost too much. */
static int take(rounding *r, tsl_tree_node *node, double to)
{
    const double all = r->all, cost = r->cost, left = (double)r->to_come;
    if (!find_ends(r, node, to)) {
        return 0;
    }
    move_rows(r, 0);
    const double lost = all - r->all, paid = r->cost - cost;
    const int agrees = lost <= 0 || lost < (all - r->base) / left, cheap = paid <= 0 || paid < (r->dear - cost) / left;
    if (!agrees || !cheap || !is_whole(r)) {
        move_rows(r, 1);
        r->all = all; /* free of rounding */
        r->cost = cost;
        return 0;
    }
    for (size_t i = 0; i < r->moves; i++) {
        r->leaf[r->near[r->moved[i]].row] = r->to[i];
    }
    node->threshold = to;
    return 1;
}

/* The bins whose rows may move: the next with rows on either side of the one
 * that holds the threshold, and as many more as there may be rows moved. */
static void find_window(const rounding *r, int bins, int bin, int *begin, int *end)
{
    size_t rows = 0;
    for (*begin = bin; *begin > 0 && rows <= r->most; --*begin) {
        rows += r->count[*begin - 1];
    }
    rows = 0;
    for (*end = bin + 1; *end < bins && rows <= r->most; ++*end) {
        rows += r->count[*end];
    }
}

/* Gathers the rows around the node's threshold; low and high: its neighbours. */
static void find_near(rounding *r, const tsl_tree_node *node, tsl__tree_rows rows, double *low, double *high)
{
    const tsl__bins *bins = &r->work->bins;
    const size_t column = (size_t)node->column;
    const int known = bins->column[column].count, bin = tsl__bin_get(&bins->column[column], node->threshold);
    int begin, end;
    for (int b = 0; b <= known; b++) {
        r->count[b] = 0;
    }
    tsl__bins_gather(r->work, column, rows, r->code);
    for (size_t i = 0; i < rows.count; i++) {
        r->count[r->code[i]]++;
    }
    find_window(r, known, bin, &begin, &end);
    r->nears = 0;
    *low = -INFINITY;
    *high = INFINITY;
    for (size_t i = 0; i < rows.count; i++) {
        if (r->code[i] >= begin && r->code[i] < end) {
            const size_t row = rows.row[i];
            const double value = tsl__cell(r->work->raw, row, column);
            *low = value <= node->threshold && value > *low ? value : *low;
            *high = value > node->threshold && value < *high ? value : *high;
            r->near[r->nears++] = (tsl__row_value){value, row};
        }
    }
}

/* The roundest threshold that does not cost too much. */
static void round_node(rounding *r, tsl_tree_node *node, tsl__tree_rows rows)
{
    double low, high, said[2];
    find_near(r, node, rows, &low, &high);
    if (isinf(low) || isinf(high)) {
        return;
    }
    if (low <= 0 && 0 < high) {
        node->threshold = 0;
        return;
    }
    for (int level = 0; level < TSL__ROUND_LEVELS && tsl__threshold_say(low, high, level, said); level++) {
        for (int i = 0; i < 2; i++) {
            if (low <= said[i] && said[i] < high) {
                node->threshold = said[i];
                return;
            }
        }
        if (take(r, node, said[0]) || take(r, node, said[1])) {
            return;
        }
    }
}

/* Takes stock of the tree as it is. */
static void rounding_begin(rounding *r, const tsl__tree_rows *rows)
{
    const tsl__tree_work *w = r->work;
    double total = 0;
    for (size_t at = 0; at < r->tree->node_count; at++) {
        const tsl_tree_node *node = &r->tree->node[at];
        r->to_come += node->column >= 0;
        for (size_t i = 0; node->column < 0 && i < rows[at].count; i++) {
            const size_t row = rows[at].row[i];
            r->leaf[row] = (int32_t)at;
            count_row(r, row, (int32_t)at, 1);
            r->least[w->label[row]] += tsl__weight_get(w->weight, row);
            total += tsl__weight_get(w->weight, row);
        }
    }
    for (int c = 0; c < w->k; c++) {
        r->least[c] = r->hits[c] - MOST_COVERAGE * w->round * r->least[c];
    }
    r->base = r->all - w->round * total;
    r->dear = r->cost * (1 + w->round);
    r->most = (size_t)fmin(MOST_MOVED * w->round * (double)rows[0].count, (double)rows[0].count);
}

/* Rows, hits and clusters as the rounded tree has them. */
static void rounding_end(const rounding *r, tsl__tree_rows all, int32_t *drawn)
{
    tsl_tree *tree = r->tree;
    for (size_t at = tree->node_count; at-- > 0;) {
        tsl_tree_node *node = &tree->node[at];
        node->rows = node->column < 0 ? r->rows[at] : tree->node[node->left].rows + tree->node[node->right].rows;
        node->hits = 0;
    }
    for (size_t i = 0; i < all.count; i++) {
        const size_t row = all.row[i];
        tsl_tree_node *node = &tree->node[r->leaf[row]];
        drawn[row] = node->cluster;
        node->hits += r->work->label[row] == node->cluster;
    }
}

tsl_status tsl__tree_round(const tsl__tree_work *work, tsl_tree *tree, const tsl__tree_rows *rows, int32_t *drawn,
                           tsl_error *err)
{
    const size_t k = (size_t)work->k;
    rounding r = {.work = work, .tree = tree};
    tsl_status status = TSL_OK;
    TSL__NEED(r.leaf = tsl__alloc(work->raw->rows, sizeof *r.leaf));
    TSL__NEED(r.rows = tsl__alloc_zero(tree->node_count, sizeof *r.rows));
    TSL__NEED(r.hits = tsl__alloc_zero(k, sizeof *r.hits));
    TSL__NEED(r.least = tsl__alloc_zero(k, sizeof *r.least));
    TSL__NEED(r.count = tsl__alloc((size_t)work->bins.most, sizeof *r.count));
    TSL__NEED(r.code = tsl__alloc(rows[0].count, sizeof *r.code));
    TSL__NEED(r.near = tsl__alloc(rows[0].count, sizeof *r.near));
    TSL__NEED(r.moved = tsl__alloc(rows[0].count, sizeof *r.moved));
    TSL__NEED(r.to = tsl__alloc(rows[0].count, sizeof *r.to));
    rounding_begin(&r, rows);
    for (size_t at = tree->node_count; at-- > 0;) {
        tsl_tree_node *node = &tree->node[at];
        if (node->column >= 0) {
            if (isfinite(node->threshold) && tree->column[node->column].form == TSL_TREE_NUMBER) {
                round_node(&r, node, rows[at]);
            }
            r.to_come--;
        }
    }
    rounding_end(&r, rows[0], drawn);
done:
    free(r.leaf);
    free(r.rows);
    free(r.hits);
    free(r.least);
    free(r.count);
    free(r.code);
    free(r.near);
    free(r.moved);
    free(r.to);
    return status;
}
