/* tree_naive.h: the explanation tree by its definition: every column, every
 * side for the missing, every pair of neighbouring centres and every threshold
 * is tried, in doubles, without bins, bounds or threads. For distances that
 * are small whole numbers it must give the very tree of the library. */
#ifndef TEST_TREE_NAIVE_H
#define TEST_TREE_NAIVE_H

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

#include "model/sets.h"

typedef struct naive_cut {
    double cost, promise, split, at;
    int column, missing_left, found;
} naive_cut;

typedef struct naive_leaf {
    size_t *row, rows;
    int set[16], count; /* its centres */
    int cluster, seen;
    naive_cut growth[2]; /* the best, and the best that keeps its cluster on a side */
    int32_t node;        /* of the tree that is compared */
} naive_leaf;

typedef struct naive {
    const tsl_matrix *raw;
    int k;
    int height;    /* 1: the length of rules costs, as ExShallow has it */
    int bound[2];  /* then: the rules of the node bound the column at hand from above, from below */
    double *d;     /* rows x k */
    double *place; /* k x raw->cols */
    naive_leaf leaf[64];
    int leaves;
    int32_t nodes; /* of the tree, for the next one's number */
} naive;

static inline double naive_raw(const naive *n, size_t row, int column, int missing_left)
{
    double value = set_values(n->raw)[row * n->raw->stride + (size_t)column];
    return !isnan(value) ? value : missing_left ? -INFINITY : INFINITY;
}

static inline double naive_place(const naive *n, int cluster, int column, int missing_left)
{
    double place = n->place[(size_t)cluster * n->raw->cols + (size_t)column];
    return !isnan(place) ? place : missing_left ? -INFINITY : INFINITY;
}

static inline void naive_open(naive *n, const tsl_matrix *x, const double *center, int k, const int32_t *label,
                              const tsl_matrix *raw)
{
    *n = (naive){.raw = raw, .k = k};
    n->d = calloc(x->rows * (size_t)k, sizeof(double));
    n->place = calloc((size_t)k * raw->cols, sizeof(double));
    for (size_t r = 0; r < x->rows; r++) {
        for (int c = 0; c < k; c++) {
            for (size_t j = 0; j < x->cols; j++) {
                double gap = set_values(x)[r * x->stride + j] - center[(size_t)c * x->cols + j];
                n->d[r * (size_t)k + (size_t)c] += gap * gap;
            }
        }
    }
    for (int c = 0; c < k; c++) {
        for (size_t j = 0; j < raw->cols; j++) {
            double sum = 0, known = 0;
            for (size_t r = 0; r < raw->rows; r++) {
                double value = set_values(raw)[r * raw->stride + j];
                int counts = label[r] == c && !isnan(value);
                sum += counts ? value : 0;
                known += counts;
            }
            n->place[(size_t)c * raw->cols + j] = known > 0 ? sum / known : NAN;
        }
    }
    n->leaves = 1;
    n->leaf[0] = (naive_leaf){.row = calloc(raw->rows, sizeof(size_t)), .rows = raw->rows, .count = k};
    for (size_t r = 0; r < raw->rows; r++) {
        n->leaf[0].row[r] = r;
    }
    for (int c = 0; c < k; c++) {
        n->leaf[0].set[c] = c;
    }
}

static inline void naive_close(naive *n)
{
    for (int i = 0; i < n->leaves; i++) {
        free(n->leaf[i].row);
    }
    free(n->d);
    free(n->place);
}

typedef struct naive_row {
    double value;
    size_t row;
} naive_row;

static inline int naive_compare(const void *a, const void *b)
{
    double x = ((const naive_row *)a)->value, y = ((const naive_row *)b)->value;
    return (x > y) - (x < y);
}

static inline naive_row *naive_sort(const naive *n, const naive_leaf *leaf, int column, int missing_left)
{
    naive_row *sorted = calloc(leaf->rows, sizeof *sorted);
    for (size_t i = 0; i < leaf->rows; i++) {
        sorted[i] = (naive_row){naive_raw(n, leaf->row[i], column, missing_left), leaf->row[i]};
    }
    qsort(sorted, leaf->rows, sizeof *sorted, naive_compare);
    return sorted;
}

static inline double naive_nearest(const naive *n, const naive_leaf *leaf, size_t row, int column, int missing_left,
                                   double split, int left)
{
    double best = INFINITY;
    for (int i = 0; i < leaf->count; i++) {
        int c = leaf->set[i];
        if ((naive_place(n, c, column, missing_left) <= split) == left) {
            best = fmin(best, n->d[row * (size_t)n->k + (size_t)c]);
        }
    }
    return best;
}

/* What rules are expected to need where each cut leaves the share a of the rows and b of the centres on its left. */
static inline double naive_height(int centers, double a, double b)
{
    if (centers == 1) {
        return 0;
    }
    int left = (int)ceil(centers * b);
    left = left < 1 ? 1 : left >= centers ? centers - 1 : left;
    return 1 + a * naive_height(left, a, b) + (1 - a) * naive_height(centers - left, a, b);
}

/* What the length of the rules adds to the cost of a cut: 0.03 of the least cost, for each condition. */
static inline double naive_length(const naive *n, const naive_leaf *leaf, size_t rows_left, int column,
                                  int missing_left, double split)
{
    double least = 0;
    int left = 0;
    for (size_t i = 0; i < leaf->rows; i++) {
        double best = INFINITY;
        for (int c = 0; c < leaf->count; c++) {
            best = fmin(best, n->d[leaf->row[i] * (size_t)n->k + (size_t)leaf->set[c]]);
        }
        least += best;
    }
    for (int c = 0; c < leaf->count; c++) {
        left += naive_place(n, leaf->set[c], column, missing_left) <= split;
    }
    const double a = (double)rows_left / (double)leaf->rows, b = (double)left / leaf->count;
    const double height = a * (naive_height(left, a, b) + !n->bound[0]) +
                          (1 - a) * (naive_height(leaf->count - left, a, b) + !n->bound[1]);
    return 0.03 * least * height;
}

/* The first of the cheapest cuts between the centres at `split` and `next`. */
static inline void naive_gap(const naive *n, const naive_leaf *leaf, int column, int missing_left, double split,
                             double next, naive_cut *best)
{
    naive_row *row = naive_sort(n, leaf, column, missing_left);
    double cost = 0;
    for (size_t i = 0; i < leaf->rows; i++) {
        cost += naive_nearest(n, leaf, row[i].row, column, missing_left, split, 0);
    }
    for (size_t i = 0; i + 1 < leaf->rows; i++) {
        cost += naive_nearest(n, leaf, row[i].row, column, missing_left, split, 1) -
                naive_nearest(n, leaf, row[i].row, column, missing_left, split, 0);
        /* is there a threshold in [split, next) that parts these two rows? */
        int parts = row[i].value < row[i + 1].value && split < row[i + 1].value && row[i].value < next;
        parts &= row[i].value > -INFINITY; /* the missing alone are on the right */
        if (parts) {
            double all = cost + (n->height ? naive_length(n, leaf, i + 1, column, missing_left, split) : 0);
            if (!best->found || all < best->cost) {
                *best = (naive_cut){all, 0, split, row[i].value, column, missing_left, 1};
            }
        }
    }
    free(row);
}

static inline void naive_column(const naive *n, const naive_leaf *leaf, int column, naive_cut *best)
{
    for (int missing_left = 0; missing_left < 2; missing_left++) {
        double split = -INFINITY, next;
        for (int first = 1;; first = 0, split = next) {
            next = INFINITY; /* the place after split, or the first place of all */
            int more = 0;
            for (int i = 0; i < leaf->count; i++) {
                double place = naive_place(n, leaf->set[i], column, missing_left);
                int after = first ? 1 : place > split;
                next = after && place <= next ? place : next;
                more |= after;
            }
            if (!more) {
                break;
            }
            if (!first) {
                naive_gap(n, leaf, column, missing_left, split, next, best);
            }
        }
    }
}

static inline naive_cut naive_greedy_column(const naive *n, const naive_leaf *leaf, int column)
{
    naive_cut best = {0};
    naive_column(n, leaf, column, &best);
    return best;
}

static inline naive_cut naive_greedy(const naive *n, const naive_leaf *leaf)
{
    naive_cut best = {0};
    for (int column = 0; column < (int)n->raw->cols; column++) {
        naive_column(n, leaf, column, &best);
    }
    return best;
}

static inline double naive_sides(const naive *n, const double *left, const double *all, int own, int keep, int side[2])
{
    double cost[2] = {INFINITY, INFINITY}, best = INFINITY;
    int pair[2] = {0, 0};
    side[0] = side[1] = 0;
    for (int a = 0; a < n->k; a++) { /* each side's best by itself */
        side[0] = left[a] < cost[0] ? a : side[0];
        cost[0] = fmin(cost[0], left[a]);
        side[1] = all[a] - left[a] < cost[1] ? a : side[1];
        cost[1] = fmin(cost[1], all[a] - left[a]);
    }
    if (!keep || side[0] == own || side[1] == own) {
        return cost[0] + cost[1];
    }
    for (int i = 0; i < 2; i++) { /* the cheaper way to keep the leaf's own on a side */
        double here = i ? cost[0] + all[own] - left[own] : left[own] + cost[1];
        if (here < best) {
            best = here;
            pair[0] = i ? side[0] : own;
            pair[1] = i ? own : side[1];
        }
    }
    side[0] = pair[0];
    side[1] = pair[1];
    return best;
}

static inline naive_cut naive_growth(const naive *n, const naive_leaf *leaf, int keep)
{
    naive_cut best = {0};
    double all[16] = {0}, all_nearest = 0;
    for (size_t i = 0; i < leaf->rows; i++) {
        double nearest = INFINITY;
        for (int c = 0; c < n->k; c++) {
            all[c] += n->d[leaf->row[i] * (size_t)n->k + (size_t)c];
            nearest = fmin(nearest, n->d[leaf->row[i] * (size_t)n->k + (size_t)c]);
        }
        all_nearest += nearest;
    }
    for (int column = 0; column < (int)n->raw->cols; column++) {
        for (int missing_left = 0; missing_left < 2; missing_left++) {
            naive_row *row = naive_sort(n, leaf, column, missing_left);
            double left[16] = {0}, left_nearest = 0;
            for (size_t i = 0; i + 1 < leaf->rows; i++) {
                double nearest = INFINITY;
                for (int c = 0; c < n->k; c++) {
                    left[c] += n->d[row[i].row * (size_t)n->k + (size_t)c];
                    nearest = fmin(nearest, n->d[row[i].row * (size_t)n->k + (size_t)c]);
                }
                left_nearest += nearest;
                if (row[i].value == row[i + 1].value) {
                    continue;
                }
                int side[2], own = leaf->cluster;
                double cost = naive_sides(n, left, all, own, keep, side);
                double excess = left[own] - left_nearest, rest = all[own] - all_nearest - excess;
                double rows = (double)(i + 1), others = (double)(leaf->rows - i - 1);
                double promise = cost < all[own] ? 0 : excess * excess / rows + rest * rest / others;
                if (!best.found || cost < best.cost || (cost == best.cost && promise > best.promise)) {
                    best = (naive_cut){cost, promise, 0, row[i].value, column, missing_left, 1};
                }
            }
            free(row);
        }
    }
    return best;
}

/* Cuts leaf i: its left part stays at i, the right one becomes the last. */
static inline void naive_part(naive *n, int i, const naive_cut *cut)
{
    naive_leaf *left = &n->leaf[i], *right = &n->leaf[n->leaves++], whole = *left;
    left->rows = 0;
    left->count = 0;
    left->seen = 0;
    *right = (naive_leaf){.row = calloc(whole.rows, sizeof(size_t))};
    for (size_t r = 0; r < whole.rows; r++) {
        int goes_left = naive_raw(n, whole.row[r], cut->column, cut->missing_left) <= cut->at;
        naive_leaf *to = goes_left ? left : right;
        to->row[to->rows++] = whole.row[r];
    }
    for (int c = 0; c < whole.count; c++) {
        int goes_left = naive_place(n, whole.set[c], cut->column, cut->missing_left) <= cut->split;
        naive_leaf *to = goes_left ? left : right;
        to->set[to->count++] = whole.set[c];
    }
}

static inline double naive_cost(const naive *n, const naive_leaf *leaf, int cluster)
{
    double cost = 0;
    for (size_t i = 0; i < leaf->rows; i++) {
        cost += n->d[leaf->row[i] * (size_t)n->k + (size_t)cluster];
    }
    return cost;
}

#endif
