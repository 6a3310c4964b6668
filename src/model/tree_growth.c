/* tree_growth.c: the cut of ExKMC (Frost, Moshkovitz & Rashtchian 2020): each
 * side takes the one centre, of all k, that its rows are cheapest with.
 *
 * What the rows of each bin cost at each centre is gathered once; then the
 * threshold moves from bin to bin. A bin in which the rows could choose a
 * centre each, and still be no worse than the best cut known, is looked at
 * value by value. */
#include "model/tree.h"

#include <math.h>
#include <omp.h>
#include <string.h>

typedef struct view {
    const tsl__tree_work *work;
    tsl__tree_rows rows;
    const tsl__bins_column *bins;
    tsl__scratch *s;
    size_t column;
    int missing_left;
    int fine;       /* 1: look into bins */
    int64_t *limit; /* cost of the best cut known, all columns' */
    size_t left;    /* rows on the left so far */
    tsl__cut *best;
} view;

/* s->sum: a line a bin: cost at each centre, then at each row's nearest.
 * s->base: the sum of all lines. */
static void gather(const view *v)
{
    size_t k = (size_t)v->work->k, bins = (size_t)v->bins->count + 1;
    const uint16_t *code = v->work->bins.code + v->column * v->work->bins.rows;
    memset(v->s->sum, 0, bins * (k + 1) * sizeof(int64_t));
    memset(v->s->count, 0, bins * sizeof(size_t));
    for (size_t i = 0; i < v->rows.count; i++) {
        size_t row = v->rows.row[i], bin = code[row];
        const int64_t *d = v->work->distance + row * k;
        int64_t *sum = v->s->sum + bin * (k + 1), nearest = INT64_MAX;
        for (size_t c = 0; c < k; c++) {
            sum[c] += d[c];
            nearest = d[c] < nearest ? d[c] : nearest;
        }
        sum[k] += nearest;
        v->s->count[bin]++;
    }
    memset(v->s->base, 0, k * sizeof(int64_t));
    for (size_t b = 0; b < bins; b++) {
        for (size_t c = 0; c < k; c++) {
            v->s->base[c] += v->s->sum[b * (k + 1) + c];
        }
    }
}

/* The cost at each side's best centre, with `more` on the left as well. */
static int64_t sides_cost(const view *v, const int64_t *more)
{
    const int64_t *left = v->s->best, *all = v->s->base;
    int64_t best_left = INT64_MAX, best_right = INT64_MAX;
    for (int c = 0; c < v->work->k; c++) {
        int64_t l = left[c], r = all[c] - left[c] - (more ? more[c] : 0);
        best_left = l < best_left ? l : best_left;
        best_right = r < best_right ? r : best_right;
    }
    return best_left + best_right;
}

static void move_left(view *v, const int64_t *cost, size_t rows)
{
    for (int c = 0; c < v->work->k; c++) {
        v->s->best[c] += cost[c];
    }
    v->left += rows;
}

static void consider(const view *v, double at)
{
    if (v->left > 0 && v->left < v->rows.count) {
        tsl__cut cut = {sides_cost(v, NULL), 0, at, (int64_t)v->column, v->missing_left};
        *v->best = tsl__cut_before(&cut, v->best) ? cut : *v->best;
    }
}

/* Could the inside of a bin hold a better cut? */
static int worth(const view *v, int bin)
{
    if (!v->fine || !v->bins->many[bin] || v->s->count[bin] < 2) {
        return 0;
    }
    const int64_t *sum = v->s->sum + (size_t)bin * ((size_t)v->work->k + 1);
    double at = bin ? v->bins->edge[bin - 1] : -INFINITY;
    tsl__cut bound = {sides_cost(v, sum) + sum[v->work->k], 0, at, (int64_t)v->column, v->missing_left};
    return bound.cost <= tsl__limit_get(v->limit) && tsl__cut_before(&bound, v->best);
}

/* Every threshold between the values of a bin; leaves all but its last row on
 * the left, and gives that row. */
static size_t scan_bin(view *v, int bin)
{
    size_t count = tsl__bins_collect(v->work, v->column, bin, v->rows, v->s->value), i = 0;
    for (; i + 1 < count; i++) {
        move_left(v, v->work->distance + v->s->value[i].row * (size_t)v->work->k, 1);
        if (v->s->value[i].value < v->s->value[i + 1].value) {
            consider(v, v->s->value[i].value);
        }
    }
    return v->s->value[i].row;
}

static void scan_side(view *v)
{
    size_t k = (size_t)v->work->k;
    int known = v->bins->count;
    memset(v->s->best, 0, k * sizeof(int64_t));
    v->left = 0;
    if (v->missing_left) {
        move_left(v, v->s->sum + (size_t)known * (k + 1), v->s->count[known]);
    }
    for (int b = 0; b < known; b++) {
        if (!v->s->count[b]) {
            continue;
        }
        if (worth(v, b)) {
            move_left(v, v->work->distance + scan_bin(v, b) * k, 1);
        } else {
            move_left(v, v->s->sum + (size_t)b * (k + 1), v->s->count[b]);
        }
        consider(v, v->bins->edge[b]);
    }
}

/* Between the bins first, so that few of them need to be looked into. */
static void scan_column(view *v)
{
    gather(v);
    int missing = v->s->count[v->bins->count] > 0;
    for (v->fine = 0; v->fine <= 1; v->fine++) {
        for (v->missing_left = 0; v->missing_left <= missing; v->missing_left++) {
            scan_side(v);
        }
        tsl__limit_lower(v->limit, v->best->cost);
    }
}

void tsl__tree_find_growth(const tsl__tree_work *work, tsl__tree_rows rows, tsl__cut *best)
{
    int64_t limit = INT64_MAX;
    *best = tsl__cut_none;
#pragma omp parallel for num_threads(work->threads) schedule(dynamic, 1)
    for (size_t c = 0; c < work->raw->cols; c++) {
        tsl__cut found = tsl__cut_none;
        view v = {.work = work, .rows = rows, .column = c, .limit = &limit, .best = &found};
        v.bins = &work->bins.column[c];
        v.s = &work->scratch[omp_get_thread_num()];
        scan_column(&v);
        tsl__cut_take(best, &found);
    }
}
