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
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define NEAR_ROWS 2048 /* rows that are looked at before those found are read */
#define MOST_PARTS 32
#define AHEAD 12         /* rows whose distances are fetched ahead */
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
    int64_t cost;         /* the rows' distance to the centres they are drawn to */
    double dear;          /* what it must not rise to */
    size_t most;          /* rows that a threshold may move */
    size_t to_come;       /* thresholds, this one included */
    size_t *count;        /* most bins: the node's rows in a bin; then those of each further thread */
    uint16_t *code;       /* rows: their bins */
    tsl__row_value *near; /* the node's rows around its threshold */
    size_t nears;
    int begin, end; /* the bins that they lie in */
    int ready;      /* 1: they are gathered */
    size_t *moved;  /* places in `near` of the rows that a threshold would move */
    int32_t *to;    /* the leaves that they would move to */
    size_t moves;
} rounding;

static int64_t cost_get(const rounding *r, size_t row, int32_t leaf)
{
    const size_t line = (size_t)r->work->k + 1;
    return r->work->distance[row * line + (size_t)r->tree->node[leaf].cluster];
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

/* The bins whose rows may move: the next with rows on either side of the one
 * that holds the threshold, and as many more as there may be rows moved. */
static void find_window(rounding *r, int bins, int bin)
{
    size_t rows = 0;
    for (r->begin = bin; r->begin > 0 && rows <= r->most; r->begin--) {
        rows += r->count[r->begin - 1];
    }
    rows = 0;
    for (r->end = bin + 1; r->end < bins && rows <= r->most; r->end++) {
        rows += r->count[r->end];
    }
}

/* Each row's bin, and how many rows lie in each. */
static void count_bins(rounding *r, size_t column, tsl__tree_rows rows)
{
    const tsl__bins *bins = &r->work->bins;
    const uint16_t *code = tsl__bins_codes(bins, column);
    const size_t known = (size_t)bins->column[column].count, most = (size_t)bins->most;
    const int team = tsl__team_size(r->work->threads, (double)rows.count);
#pragma omp parallel num_threads(team)
    {
        size_t *count = r->count + (size_t)omp_get_thread_num() * most;
        memset(count, 0, (known + 1) * sizeof *count);
#pragma omp for schedule(static)
        for (size_t i = 0; i < rows.count; i++) {
            r->code[i] = code[rows.row[i] * bins->group];
            count[r->code[i]]++;
        }
    }
    for (size_t t = 1; t < (size_t)team; t++) {
        for (size_t b = 0; b <= known; b++) {
            r->count[b] += r->count[t * most + b];
        }
    }
}

/* Does a bin lie in the window? */
static int is_near(const rounding *r, int bin)
{
    return (bin >= r->begin) & (bin < r->end);
}

static size_t count_near(const rounding *r, size_t begin, size_t end)
{
    size_t count = 0;
    for (size_t i = begin; i < end; i++) {
        count += (size_t)is_near(r, r->code[i]);
    }
    return count;
}

/* Puts the near ones of some rows in r->near from `at` on. */
static void put_near(const rounding *r, size_t column, tsl__tree_rows rows, size_t begin, size_t end, size_t at)
{
    const tsl__bins_column *bins = &r->work->bins.column[column];
    uint16_t place[NEAR_ROWS];
    for (size_t next; begin < end; begin = next) {
        size_t found = 0;
        next = end - begin < NEAR_ROWS ? end : begin + NEAR_ROWS;
        for (size_t i = begin; i < next; i++) { /* without a branch to guess */
            place[found] = (uint16_t)(i - begin);
            found += (size_t)is_near(r, r->code[i]);
        }
        for (size_t i = 0; i < found; i++, at++) {
            const size_t row = rows.row[begin + place[i]];
            const int bin = r->code[begin + place[i]];
            const double value = bins->many[bin] ? tsl__cell(r->work->raw, row, column) : bins->value[bin];
            r->near[at] = (tsl__row_value){value, row};
        }
    }
}

/* Gathers the rows around the node's threshold, in their order, unless they are. */
static void gather_near(rounding *r, const tsl_tree_node *node, tsl__tree_rows rows)
{
    const size_t parts = tsl__part_count(rows.count, MOST_PARTS);
    const int team = tsl__team_size(r->work->threads, (double)rows.count);
    size_t start[MOST_PARTS + 1] = {0};
    if (r->ready) {
        return;
    }
#pragma omp parallel for num_threads(team) schedule(static)
    for (size_t p = 0; p < parts; p++) {
        size_t begin, end;
        tsl__part_get(rows.count, MOST_PARTS, p, &begin, &end);
        start[p + 1] = count_near(r, begin, end);
    }
    for (size_t p = 0; p < parts; p++) {
        start[p + 1] += start[p];
    }
#pragma omp parallel for num_threads(team) schedule(static)
    for (size_t p = 0; p < parts; p++) {
        size_t begin, end;
        tsl__part_get(rows.count, MOST_PARTS, p, &begin, &end);
        put_near(r, (size_t)node->column, rows, begin, end, start[p]);
    }
    r->nears = start[parts];
    r->ready = 1;
}

static void take_value(double value, double threshold, double *low, double *high)
{
    *low = value <= threshold && value > *low ? value : *low;
    *high = value > threshold && value < *high ? value : *high;
}

/* The values on either side of the node's threshold. */
static void find_neighbours(rounding *r, const tsl_tree_node *node, tsl__tree_rows rows, double *low, double *high)
{
    const tsl__bins_column *bins = &r->work->bins.column[node->column];
    const int bin = tsl__bin_get(bins, node->threshold);
    int many = 0;
    r->ready = 0;
    count_bins(r, (size_t)node->column, rows);
    find_window(r, bins->count, bin);
    *low = -INFINITY;
    *high = INFINITY;
    for (int b = r->begin; b < r->end; b++) {
        many |= r->count[b] && bins->many[b];
        if (r->count[b] && !bins->many[b]) {
            take_value(bins->value[b], node->threshold, low, high);
        }
    }
    if (many) {
        gather_near(r, node, rows);
        for (size_t i = 0; i < r->nears; i++) {
            take_value(r->near[i].value, node->threshold, low, high);
        }
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
static int take(rounding *r, tsl_tree_node *node, tsl__tree_rows rows, double to)
{
    const double all = r->all, left = (double)r->to_come;
    const int64_t cost = r->cost;
    gather_near(r, node, rows);
    if (!find_ends(r, node, to)) {
        return 0;
    }
    move_rows(r, 0);
    const double lost = all - r->all, paid = (double)(r->cost - cost);
    const int agrees = lost <= 0 || lost < (all - r->base) / left;
    const int cheap = paid <= 0 || paid < (r->dear - (double)cost) / left;
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

/* The roundest threshold that does not cost too much. */
static void round_node(rounding *r, tsl_tree_node *node, tsl__tree_rows rows)
{
    double low, high, said[2];
    find_neighbours(r, node, rows, &low, &high);
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
        if (take(r, node, rows, said[0]) || take(r, node, rows, said[1])) {
            return;
        }
    }
}

/* What some rows of a leaf add up to. */
typedef struct stock {
    int64_t cost;
    double hits; /* weight of those of its cluster */
} stock;

/* Takes stock of some rows of a leaf; mass: k: of each cluster. */
static stock stock_take(const rounding *r, tsl__tree_rows rows, size_t begin, size_t end, int32_t leaf, double *mass)
{
    const tsl__tree_work *w = r->work;
    const int32_t cluster = r->tree->node[leaf].cluster;
    const size_t last = end - 1;
    stock s = {0, 0};
    memset(mass, 0, (size_t)w->k * sizeof *mass);
    for (size_t i = begin; i < end; i++) {
        const size_t row = rows.row[i], soon = rows.row[i + AHEAD < last ? i + AHEAD : last];
        const int32_t label = w->label[row];
        const double weight = tsl__weight_get(w->weight, row);
        __builtin_prefetch(w->distance + soon * ((size_t)w->k + 1) + cluster);
        r->leaf[row] = leaf;
        s.cost += cost_get(r, row, leaf);
        s.hits += label == cluster ? weight : 0;
        mass[label] += weight;
    }
    return s;
}

/* Takes stock of a leaf, part by part. mass: k for each part. */
static void stock_leaf(rounding *r, int32_t leaf, tsl__tree_rows rows, double *mass)
{
    const tsl__tree_work *w = r->work;
    const size_t parts = tsl__part_count(rows.count, MOST_PARTS), k = (size_t)w->k;
    const int team = tsl__team_size(w->threads, (double)rows.count);
    stock part[MOST_PARTS];
#pragma omp parallel for num_threads(team) schedule(static)
    for (size_t p = 0; p < parts; p++) {
        size_t begin, end;
        tsl__part_get(rows.count, MOST_PARTS, p, &begin, &end);
        part[p] = stock_take(r, rows, begin, end, leaf, mass + p * k);
    }
    for (size_t p = 0; p < parts; p++) {
        r->cost += part[p].cost;
        r->hits[r->tree->node[leaf].cluster] += part[p].hits;
        r->all += part[p].hits;
        for (size_t c = 0; c < k; c++) {
            r->least[c] += mass[p * k + c];
        }
    }
    r->rows[leaf] = rows.count;
}

/* Takes stock of the tree as it is. */
static tsl_status rounding_begin(rounding *r, const tsl__tree_rows *rows, tsl_error *err)
{
    const tsl__tree_work *w = r->work;
    double total = 0, *mass = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(mass = tsl__alloc(MOST_PARTS, (size_t)w->k * sizeof *mass));
    for (size_t at = 0; at < r->tree->node_count; at++) {
        r->to_come += r->tree->node[at].column >= 0;
        if (r->tree->node[at].column < 0) {
            stock_leaf(r, (int32_t)at, rows[at], mass);
        }
    }
    for (int c = 0; c < w->k; c++) {
        total += r->least[c];
        r->least[c] = r->hits[c] - MOST_COVERAGE * w->round * r->least[c];
    }
    r->base = r->all - w->round * total;
    r->dear = (double)r->cost * (1 + w->round);
    r->most = (size_t)fmin(MOST_MOVED * w->round * (double)rows[0].count, (double)rows[0].count);
done:
    free(mass);
    return status;
}

/* Rows, hits and clusters as the rounded tree has them. */
static tsl_status rounding_end(const rounding *r, tsl__tree_rows all, int32_t *drawn, tsl_error *err)
{
    tsl_tree *tree = r->tree;
    const size_t nodes = tree->node_count;
    const int team = tsl__team_size(r->work->threads, (double)all.count);
    size_t *hits = NULL; /* each thread's */
    tsl_status status = TSL_OK;
    TSL__NEED(hits = tsl__alloc_zero((size_t)team, nodes * sizeof *hits));
    for (size_t at = nodes; at-- > 0;) {
        tsl_tree_node *node = &tree->node[at];
        node->rows = node->column < 0 ? r->rows[at] : tree->node[node->left].rows + tree->node[node->right].rows;
        node->hits = 0;
    }
#pragma omp parallel num_threads(team)
    {
        size_t *mine = hits + (size_t)omp_get_thread_num() * nodes;
#pragma omp for schedule(static)
        for (size_t i = 0; i < all.count; i++) {
            const size_t row = all.row[i], leaf = (size_t)r->leaf[row];
            drawn[row] = tree->node[leaf].cluster;
            mine[leaf] += r->work->label[row] == drawn[row];
        }
    }
    for (size_t i = 0; i < (size_t)team * nodes; i++) {
        tree->node[i % nodes].hits += hits[i];
    }
done:
    free(hits);
    return status;
}

static int has_other_leaf(const tsl_tree *tree, size_t leaf)
{
    int other = 0;
    for (size_t at = 0; at < tree->node_count && !other; at++) {
        other = at != leaf && tree->node[at].column < 0 && tree->node[at].cluster == tree->node[leaf].cluster;
    }
    return other;
}

/* What leaves hold of each cluster: nodes x k. */
typedef struct holding {
    uint64_t *rows;
    double *weight;
} holding;

/* Leaves of which most rows are of no one cluster, or of another than their own. */
static size_t count_doubtful(const tsl_tree *tree)
{
    size_t doubtful = 0;
    for (size_t at = 0; at < tree->node_count; at++) {
        doubtful += tree->node[at].column < 0 && 2 * tree->node[at].hits < tree->node[at].rows;
    }
    return doubtful;
}

/* Gives the leaf to the cluster that most of its weight is of, where its own can do without it. */
static void relabel_leaf(rounding *r, size_t at, const holding *held)
{
    tsl_tree_node *node = &r->tree->node[at];
    const size_t k = (size_t)r->work->k;
    const double *weight = held->weight + at * k;
    size_t most = (size_t)node->cluster;
    for (size_t c = 0; c < k; c++) {
        most = weight[c] > weight[most] ? c : most;
    }
    const double left = r->hits[node->cluster] - weight[node->cluster];
    if (most == (size_t)node->cluster || !has_other_leaf(r->tree, at) || left < r->least[node->cluster]) {
        return;
    }
    r->hits[node->cluster] = left;
    r->hits[most] += weight[most];
    node->cluster = (int32_t)most;
    node->hits = held->rows[at * k + most];
}

/* A leaf of few rows may have been left with those of another cluster, most of all. */
static tsl_status relabel_leaves(rounding *r, tsl__tree_rows all, int32_t *drawn, tsl_error *err)
{
    tsl_tree *tree = r->tree;
    const size_t k = (size_t)r->work->k;
    holding held = {NULL, NULL};
    tsl_status status = TSL_OK;
    if (!count_doubtful(tree)) {
        return TSL_OK;
    }
    TSL__NEED(held.rows = tsl__alloc_zero(tree->node_count, k * sizeof *held.rows));
    TSL__NEED(held.weight = tsl__alloc_zero(tree->node_count, k * sizeof *held.weight));
    for (size_t i = 0; i < all.count; i++) {
        const size_t row = all.row[i], at = (size_t)r->leaf[row] * k + (size_t)r->work->label[row];
        held.rows[at]++;
        held.weight[at] += tsl__weight_get(r->work->weight, row);
    }
    for (size_t at = 0; at < tree->node_count; at++) {
        if (tree->node[at].column < 0) {
            relabel_leaf(r, at, &held);
        }
    }
    for (size_t i = 0; i < all.count; i++) {
        drawn[all.row[i]] = tree->node[r->leaf[all.row[i]]].cluster;
    }
done:
    free(held.rows);
    free(held.weight);
    return status;
}

tsl_status tsl__tree_round(const tsl__tree_work *work, tsl_tree *tree, const tsl__tree_rows *rows, int32_t *drawn,
                           tsl_error *err)
{
    const size_t k = (size_t)work->k;
    rounding r = {.work = work, .tree = tree};
    tsl_status status = TSL_OK;
    TSL__NEED(r.leaf = tsl__alloc_aligned(work->raw->rows, sizeof *r.leaf));
    TSL__NEED(r.rows = tsl__alloc_zero(tree->node_count, sizeof *r.rows));
    TSL__NEED(r.hits = tsl__alloc_zero(k, sizeof *r.hits));
    TSL__NEED(r.least = tsl__alloc_zero(k, sizeof *r.least));
    TSL__NEED(r.count = tsl__alloc((size_t)work->threads, (size_t)work->bins.most * sizeof *r.count));
    TSL__NEED(r.code = tsl__alloc_aligned(rows[0].count, sizeof *r.code));
    TSL__NEED(r.near = tsl__alloc_aligned(rows[0].count, sizeof *r.near));
    TSL__NEED(r.moved = tsl__alloc(rows[0].count, sizeof *r.moved));
    TSL__NEED(r.to = tsl__alloc(rows[0].count, sizeof *r.to));
    TSL__TRY(rounding_begin(&r, rows, err));
    for (size_t at = tree->node_count; at-- > 0;) {
        tsl_tree_node *node = &tree->node[at];
        if (node->column >= 0) {
            if (isfinite(node->threshold) && tree->column[node->column].form == TSL_TREE_NUMBER) {
                round_node(&r, node, rows[at]);
            }
            r.to_come--;
        }
    }
    TSL__TRY(rounding_end(&r, rows[0], drawn, err));
    TSL__TRY(relabel_leaves(&r, rows[0], drawn, err));
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
