/* tree_growth.c: the cut of ExKMC (Frost, Moshkovitz & Rashtchian 2020): each
 * side takes the one centre, of all k, that its rows are cheapest with.
 *
 * What the rows of each bin cost at each centre is gathered once; then the
 * threshold moves from bin to bin. A bin in which the rows could choose a
 * centre each, and still be no worse than the best cut known, is looked at
 * value by value.
 *
 * A leaf in which no one cut gains may still gain by two. What a row costs
 * over its nearest centre is its excess; of the cuts that gain nothing the
 * best is the one that takes most of the variance out of the excess. */
#include "model/tree/tree.h"

#include <math.h>
#include <omp.h>
#include <string.h>

typedef struct view {
    const tsl__tree_work *work;
    tsl__tree_rows rows;
    int cluster, keep;
    const tsl__bins_column *bins;
    tsl__scratch *s;
    size_t column;
    int missing_left;
    int fine;       /* 1: look into bins */
    int64_t *limit; /* cost of the best cut known, all columns' */
    size_t left;    /* rows on the left so far */
    double mass;    /* their weight */
    double all;     /* the weight of all rows */
    tsl__cut *best;
} view;

static void add(int64_t *to, const int64_t *from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] += from[i];
    }
}

/* s->sum: a line a bin: cost at each centre, then at each row's nearest.
 * s->base: the sum of all lines. */
static void gather(const view *v)
{
    size_t line = (size_t)v->work->k + 1, bins = (size_t)v->bins->count + 1;
    const uint16_t *code = v->work->bins.code + v->column * v->work->bins.rows;
    memset(v->s->sum, 0, bins * line * sizeof(int64_t));
    memset(v->s->count, 0, bins * sizeof(size_t));
    memset(v->s->mass, 0, bins * sizeof(double));
    for (size_t i = 0; i < v->rows.count; i++) {
        size_t row = v->rows.row[i], bin = code[row];
        add(v->s->sum + bin * line, v->work->distance + row * line, line);
        v->s->count[bin]++;
        v->s->mass[bin] += tsl__weight_get(v->work->weight, row);
    }
    memset(v->s->base, 0, line * sizeof(int64_t));
    for (size_t b = 0; b < bins; b++) {
        add(v->s->base, v->s->sum + b * line, line);
    }
}

/* What the sides cost with `more` (or NULL) on neither, and the clusters they take. */
static int64_t sides_get(const view *v, const int64_t *more, int side[2])
{
    const int64_t *left = v->s->best, *all = v->s->base;
    int64_t best[2] = {INT64_MAX, INT64_MAX}, own[2] = {0, 0};
    side[0] = side[1] = 0;
    for (int c = 0; c < v->work->k; c++) {
        int64_t cost[2] = {left[c], all[c] - left[c] - (more ? more[c] : 0)};
        for (int i = 0; i < 2; i++) {
            side[i] = cost[i] < best[i] ? c : side[i];
            best[i] = cost[i] < best[i] ? cost[i] : best[i];
            own[i] = c == v->cluster ? cost[i] : own[i];
        }
    }
    if (v->keep && side[0] != v->cluster && side[1] != v->cluster) {
        int i = own[1] - best[1] < own[0] - best[0];
        side[i] = v->cluster;
        best[i] = own[i];
    }
    return best[0] + best[1];
}

/* Squared excess over weight, summed over the sides. */
static double promise_get(const view *v)
{
    int64_t nearest = v->s->best[v->work->k], left = v->s->best[v->cluster] - nearest;
    int64_t right = v->s->base[v->cluster] - v->s->base[v->work->k] - left;
    return (double)left * (double)left / v->mass + (double)right * (double)right / (v->all - v->mass);
}

static void consider(const view *v, double at)
{
    if (v->left > 0 && v->left < v->rows.count) {
        int side[2];
        int64_t cost = sides_get(v, NULL, side);
        double promise = cost < v->s->base[v->cluster] ? 0 : promise_get(v);
        tsl__cut cut = {cost, promise, 0, at, (int64_t)v->column, v->missing_left};
        *v->best = tsl__cut_before(&cut, v->best) ? cut : *v->best;
    }
}

/* Could the inside of a bin hold a better cut? */
static int worth(const view *v, int bin)
{
    if (!v->fine || !v->bins->many[bin] || v->s->count[bin] < 2) {
        return 0;
    }
    int side[2];
    const int64_t *sum = v->s->sum + (size_t)bin * ((size_t)v->work->k + 1);
    int64_t bound = sides_get(v, sum, side) + sum[v->work->k];
    return bound <= v->best->cost && bound <= tsl__limit_get(v->limit);
}

static void move_left(view *v, const int64_t *line, size_t rows, double mass)
{
    add(v->s->best, line, (size_t)v->work->k + 1);
    v->left += rows;
    v->mass += mass;
}

static void move_row(view *v, size_t row)
{
    move_left(v, v->work->distance + row * ((size_t)v->work->k + 1), 1, tsl__weight_get(v->work->weight, row));
}

static void move_bin(view *v, int bin)
{
    move_left(v, v->s->sum + (size_t)bin * ((size_t)v->work->k + 1), v->s->count[bin], v->s->mass[bin]);
}

/* Every threshold between the values of a bin; leaves all but its last row on
 * the left, and gives that row. */
static size_t scan_bin(view *v, int bin)
{
    const tsl__row_value *value = tsl__bins_values(v->work, v->column, bin, v->rows, v->s);
    size_t i = 0;
    for (; i + 1 < v->s->count[bin]; i++) {
        move_row(v, value[i].row);
        if (value[i].value < value[i + 1].value) {
            consider(v, value[i].value);
        }
    }
    return value[i].row;
}

static void scan_side(view *v)
{
    size_t line = (size_t)v->work->k + 1;
    int known = v->bins->count;
    memset(v->s->best, 0, line * sizeof(int64_t));
    v->left = 0;
    v->mass = 0;
    if (v->missing_left) {
        move_bin(v, known);
    }
    for (int b = 0; b < known; b++) {
        if (!v->s->count[b]) {
            continue;
        }
        if (worth(v, b)) {
            move_row(v, scan_bin(v, b));
        } else {
            move_bin(v, b);
        }
        consider(v, v->bins->edge[b]);
    }
}

/* Between the bins first, so that few of them need to be looked into. */
static void scan_column(view *v)
{
    gather(v);
    v->s->batch_end = 0;
    int missing = v->s->count[v->bins->count] > 0;
    for (v->fine = 0; v->fine <= 1; v->fine++) {
        for (v->missing_left = 0; v->missing_left <= missing; v->missing_left++) {
            scan_side(v);
        }
        tsl__limit_lower(v->limit, v->best->cost);
    }
}

void tsl__tree_find_growth(const tsl__tree_work *work, tsl__tree_rows rows, int cluster, int keep, tsl__cut *best)
{
    int64_t limit = INT64_MAX;
    double all = 0;
    *best = tsl__cut_none;
    for (size_t i = 0; i < rows.count; i++) {
        all += tsl__weight_get(work->weight, rows.row[i]);
    }
#pragma omp parallel for num_threads(work->threads) schedule(dynamic, 1)
    for (size_t c = 0; c < work->raw->cols; c++) {
        tsl__cut found = tsl__cut_none;
        view v = {.work = work, .rows = rows, .cluster = cluster, .keep = keep, .column = c};
        v.limit = &limit;
        v.all = all;
        v.best = &found;
        v.bins = &work->bins.column[c];
        v.s = &work->scratch[omp_get_thread_num()];
        scan_column(&v);
        tsl__cut_take(best, &found);
    }
}

void tsl__tree_assign(const tsl__tree_work *work, tsl__tree_rows left, tsl__tree_rows right, int cluster, int keep,
                      int side[2])
{
    size_t line = (size_t)work->k + 1;
    view v = {.work = work, .cluster = cluster, .keep = keep, .s = &work->scratch[0]};
    memset(v.s->best, 0, line * sizeof(int64_t));
    for (size_t i = 0; i < left.count; i++) {
        add(v.s->best, work->distance + left.row[i] * line, line);
    }
    memcpy(v.s->base, v.s->best, line * sizeof(int64_t));
    for (size_t i = 0; i < right.count; i++) {
        add(v.s->base, work->distance + right.row[i] * line, line);
    }
    sides_get(&v, NULL, side);
}
