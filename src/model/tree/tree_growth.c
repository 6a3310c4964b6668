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

#include <omp.h>
#include <string.h>

#define MOST_READ 16 /* of so many values one is read, or fewer are */

/* How far a column is looked at. */
typedef enum depth {
    EDGES, /* between bins */
    MARK,  /* which bins are to be looked into */
    INSIDE /* into them */
} depth;

typedef struct view {
    const tsl__tree_work *work;
    tsl__tree_rows rows;
    int cluster;
    const tsl__bins_column *bins;
    tsl__scratch *s;
    const tsl__tally *tally; /* of all columns; of this one: */
    const int64_t *sum;      /* a line a bin */
    const size_t *count;     /* a bin's rows */
    const double *bulk;      /* what they weigh; NULL: as many as they are */
    size_t column;
    int missing_left;
    depth fine;
    int wanted;     /* bins that are to be looked into */
    int64_t *limit; /* costs of the best cuts known, all columns' */
    size_t left;    /* rows on the left so far */
    double mass;    /* their weight */
    double all;     /* the weight of all rows */
    tsl__cut *best; /* TSL__GROWTHS */
} view;

/* A bin's line. */
static const int64_t *line_get(const view *v, int bin)
{
    return v->sum + (size_t)bin * tsl__tally_line(v->work);
}

/* s->base: the sum of all lines; s->count: each bin's rows. */
static void total(const view *v)
{
    const size_t line = (size_t)v->work->k + 1;
    memset(v->s->base, 0, line * sizeof(int64_t));
    for (int b = 0; b <= v->bins->count; b++) {
        tsl__costs_add(v->s->base, line_get(v, b), line);
        v->s->count[b] = (size_t)line_get(v, b)[line];
    }
}

/* What the sides cost with `more` (or NULL) on neither, and the clusters they take. */
static int64_t sides_get(const view *v, const int64_t *more, int keep, int side[2])
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
    if (keep && side[0] != v->cluster && side[1] != v->cluster) {
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

static void consider_sides(const view *v, double at, int keep)
{
    const int64_t *left = v->s->best, *all = v->s->base;
    const int k = v->work->k;
    int side[2];
    const int64_t cost = sides_get(v, NULL, keep, side);
    const double promise = cost < all[v->cluster] ? 0 : promise_get(v);
    tsl__cut cut = {cost, promise, 0, at, (int64_t)v->column, v->missing_left, {side[0], side[1]}, {0, 0}};
    if (tsl__cut_before(&cut, &v->best[keep])) {
        cut.excess[0] = left[side[0]] - left[k];
        cut.excess[1] = all[side[1]] - left[side[1]] - (all[k] - left[k]);
        v->best[keep] = cut;
    }
}

static void consider(const view *v, double at)
{
    if (v->left > 0 && v->left < v->rows.count && v->mass >= v->work->least && v->all - v->mass >= v->work->least) {
        for (int keep = 0; keep < TSL__GROWTHS; keep++) {
            consider_sides(v, at, keep);
        }
    }
}

static double bulk_get(const view *v, int bin)
{
    return v->bulk ? v->bulk[bin] : (double)v->count[bin];
}

/* Could the inside of a bin hold a better cut? */
static int worth(const view *v, int bin)
{
    const double least = v->work->least;
    if (!v->bins->many[bin] || v->count[bin] < 2 || v->mass + bulk_get(v, bin) < least || v->all - v->mass < least) {
        return 0;
    }
    const int64_t *sum = line_get(v, bin);
    for (int keep = 0; keep < TSL__GROWTHS; keep++) {
        int side[2];
        const int64_t bound = sides_get(v, sum, keep, side) + sum[v->work->k];
        if (bound <= v->best[keep].cost && bound <= tsl__limit_get(&v->limit[keep])) {
            return 1;
        }
    }
    return 0;
}

static void move_left(view *v, const int64_t *line, size_t rows, double mass)
{
    tsl__costs_add(v->s->best, line, (size_t)v->work->k + 1);
    v->left += rows;
    v->mass += mass;
}

static void move_row(view *v, size_t row)
{
    move_left(v, v->work->distance + row * ((size_t)v->work->k + 1), 1, tsl__weight_get(v->work->weight, row));
}

static void move_bin(view *v, int bin)
{
    move_left(v, line_get(v, bin), v->count[bin], bulk_get(v, bin));
}

/* Every threshold between the values of a bin; leaves all but its last row on
 * the left, and gives that row. */
static size_t scan_bin(view *v, int bin)
{
    const tsl__row_value *value = tsl__bins_values(v->work, v->column, bin, v->rows, v->count, v->s);
    size_t i = 0;
    for (; i + 1 < v->count[bin]; i++) {
        move_row(v, value[i].row);
        if (value[i].value < value[i + 1].value) {
            consider(v, value[i].value);
        }
    }
    return value[i].row;
}

/* One bin comes to the left. */
static void pass_bin(view *v, int bin)
{
    if (v->fine == MARK && worth(v, bin)) {
        v->s->wanted[bin] = 1;
        v->wanted++;
    }
    if (v->fine == INSIDE && v->s->wanted[bin] && worth(v, bin)) {
        move_row(v, scan_bin(v, bin));
    } else {
        move_bin(v, bin);
    }
    if (v->fine == EDGES) {
        consider(v, v->bins->edge[bin]);
    }
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
        if (v->count[b]) {
            pass_bin(v, b);
        }
    }
}

static void scan_sides(view *v, depth fine)
{
    const int missing = v->count[v->bins->count] > 0;
    v->fine = fine;
    for (v->missing_left = 0; v->missing_left <= missing; v->missing_left++) {
        scan_side(v);
    }
}

/* Either the edges of bins alone, or what lies inside of them. */
static void scan_column(view *v, size_t column, int inside)
{
    const tsl__tree_work *w = v->work;
    v->column = column;
    v->bins = &w->bins.column[column];
    v->sum = v->tally->sum + v->bins->at * tsl__tally_line(w);
    v->count = v->s->count;
    v->bulk = v->tally->mass ? v->tally->mass + v->bins->at : NULL;
    total(v);
    if (inside) {
        memset(v->s->wanted, 0, (size_t)v->bins->count);
        v->wanted = 0;
        v->s->batch_end = 0;
        scan_sides(v, MARK);
    }
    if (!inside || v->wanted) {
        scan_sides(v, inside ? INSIDE : EDGES);
    }
    for (int keep = 0; keep < TSL__GROWTHS; keep++) {
        tsl__limit_lower(&v->limit[keep], v->best[keep].cost);
    }
}

/* Between the bins of all columns first, so that few bins need to be looked into. */
void tsl__tree_find_growth(const tsl__tree_work *work, tsl__tree_rows rows, const tsl__tally *tally, int cluster,
                           tsl__growth *best)
{
    const size_t cols = work->raw->cols;
    int64_t limit[TSL__GROWTHS] = {INT64_MAX, INT64_MAX};
    double all = 0;
    best->cut[0] = best->cut[1] = tsl__cut_none;
    for (size_t i = 0; work->weight && i < rows.count; i++) {
        all += work->weight[rows.row[i]];
    }
    best->mass = work->weight ? all : (double)rows.count;
    for (int inside = 0; inside <= 1; inside++) {
        const double values = (double)rows.count * (double)cols / MOST_READ;
        const int team = tsl__team_size(work->threads, inside ? values : (double)work->bins.all);
#pragma omp parallel for num_threads(team) schedule(dynamic, 1)
        for (size_t c = 0; c < cols; c++) {
            tsl__cut found[TSL__GROWTHS] = {tsl__cut_none, tsl__cut_none};
            tsl__scratch *s = &work->scratch[omp_get_thread_num()];
            view v = {.work = work, .rows = rows, .cluster = cluster, .s = s, .tally = tally, .limit = limit};
            v.all = best->mass;
            v.best = found;
            scan_column(&v, c, inside);
            if (c == 0) {
                memcpy(best->total, s->base, ((size_t)work->k + 1) * sizeof *best->total);
            }
            for (int keep = 0; keep < TSL__GROWTHS; keep++) {
                tsl__cut_take(&best->cut[keep], &found[keep]);
            }
        }
    }
}
