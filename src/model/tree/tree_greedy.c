/* tree_greedy.c: the cut of Ex-Greedy (Laber & Murtinho 2021).
 *
 * A node's centres lie in the order of a column; between each two neighbours
 * is a gap, and a threshold in gap g leaves centres 0..g on the left. While it
 * moves through the gap only the rows whose values lie inside change sides.
 *
 * All costs here are over what the rows cost at the nearest of all the node's
 * centres, so that none is negative: what a gap has gathered from some of the
 * rows is a bound for all of them, and a column whose gaps have all gathered
 * more than the best cut known is given up. Rows inside the gap are gathered
 * by bins; a bin that may hold a better cut is looked at value by value. */
#include "model/tree/tree.h"

#include "base/parallel.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLE_ROWS 4096
#define AHEAD 12 /* rows whose distances are fetched ahead */

typedef struct job {
    const tsl__tree_work *work;
    tsl__tree_rows rows;
    const int *set;
    int count;     /* of set; at least 2 */
    int coarse;    /* 1: bins only, and never given up */
    int64_t limit; /* cost of the best cut known */
} job;

/* One column, missing to one side. */
typedef struct view {
    job *job;
    tsl__scratch *s;
    const tsl__bins_column *bins;
    size_t column;
    int missing_left, gaps;
    int fine; /* 1: look into bins */
    tsl__cut *best;
} view;

static int compare_place(const void *a, const void *b)
{
    const tsl__center_place *x = a, *y = b;
    return x->place != y->place ? (x->place > y->place) - (x->place < y->place)
                                : (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

/* How many centres lie below value: the first gap that has it on the left. */
static int below(const view *v, int from, double value)
{
    while (from <= v->gaps && v->s->place[from].place < value) {
        from++;
    }
    return from;
}

/* Orders the centres and says of each bin on which side of each gap it lies:
 * right of gaps before `first`, left from there on; `moving` through the gap
 * first - 1. 0 where no gap parts the centres. */
static int view_open(view *v)
{
    const job *j = v->job;
    tsl__center_place *place = v->s->place;
    for (int i = 0; i < j->count; i++) {
        place[i] =
            (tsl__center_place){tsl__center_place_get(j->work, j->set[i], v->column, v->missing_left), j->set[i]};
    }
    qsort(place, (size_t)j->count, sizeof *place, compare_place);
    for (int i = 0; i < j->count; i++) {
        v->s->rank[place[i].cluster] = i;
    }
    v->gaps = j->count - 1;
    int known = v->bins->count, first = 0;
    for (int b = 0; b < known; b++) {
        double edge = v->bins->edge[b];
        first = below(v, first, edge);
        v->s->moving[b] = first > 0 && first <= v->gaps && edge < place[first].place;
        v->s->first[b] = first < v->gaps ? first : v->gaps;
    }
    v->s->moving[known] = 0;
    first = below(v, 0, v->missing_left ? -INFINITY : INFINITY);
    v->s->first[known] = first < v->gaps ? first : v->gaps;
    memset(v->s->base, 0, (size_t)v->gaps * sizeof(int64_t));
    memset(v->s->sum, 0, ((size_t)known + 1) * 2 * sizeof(int64_t));
    return place[0].place < place[v->gaps].place;
}

/* Adds one row to the gaps and its bin. It costs more than at its nearest
 * centre only in the gaps between its value and that centre. */
static void add_row(const view *v, const int64_t *d, int bin, int nearest)
{
    const tsl__scratch *s = v->s;
    const tsl__center_place *place = s->place;
    int first = s->first[bin], moving = s->moving[bin], rank = s->rank[nearest];
    int64_t all = d[nearest], least = INT64_MAX;
    if (rank < first) { /* on the right, its centre on the left */
        for (int c = first; c <= v->gaps; c++) {
            least = d[place[c].cluster] < least ? d[place[c].cluster] : least;
        }
        *(moving ? &s->sum[2 * bin + 1] : &s->base[first - 1]) += least - all;
        for (int g = first - 2; g >= rank; g--) {
            least = d[place[g + 1].cluster] < least ? d[place[g + 1].cluster] : least;
            s->base[g] += least - all;
        }
    } else if (rank > first || moving) { /* on the left, its centre on the right */
        for (int c = 0; c < first; c++) {
            least = d[place[c].cluster] < least ? d[place[c].cluster] : least;
        }
        s->sum[2 * bin] += moving ? least - all : 0;
        for (int g = first; g < rank; g++) {
            least = d[place[g].cluster] < least ? d[place[g].cluster] : least;
            s->base[g] += least - all;
        }
    }
}

static int given_up(const view *v)
{
    int64_t least = INT64_MAX;
    for (int g = 0; g < v->gaps; g++) {
        if (v->s->place[g].place < v->s->place[g + 1].place && v->s->base[g] < least) {
            least = v->s->base[g];
        }
    }
    return least > tsl__limit_get(&v->job->limit);
}

/* Rows of each bin: asked for only where a column was not given up. */
static void count_rows(const view *v)
{
    const job *j = v->job;
    const uint16_t *code = j->work->bins.code + v->column * j->work->bins.rows;
    memset(v->s->count, 0, ((size_t)v->bins->count + 1) * sizeof(size_t));
    for (size_t i = 0; i < j->rows.count; i++) {
        v->s->count[code[j->rows.row[i]]]++;
    }
}

/* Adds all rows; 0 where the column was given up on the way. */
static int add_rows(const view *v)
{
    const job *j = v->job;
    const tsl__tree_work *w = j->work;
    const uint16_t *code = w->bins.code + v->column * w->bins.rows;
    size_t line = (size_t)w->k + 1, end = 0, last = j->rows.count - 1;
    for (size_t i = 0; i < j->rows.count; i = end) {
        end = j->rows.count - i < TSL__BLOCK_ROWS ? j->rows.count : i + TSL__BLOCK_ROWS;
        for (size_t at = i; at < end; at++) {
            const int64_t *soon = w->distance + j->rows.row[at + AHEAD < last ? at + AHEAD : last] * line;
            __builtin_prefetch(soon);
            __builtin_prefetch(soon + line - 1);
            size_t row = j->rows.row[at];
            add_row(v, w->distance + row * line, code[row], w->nearest[row]);
        }
        if (!j->coarse && given_up(v)) {
            return 0;
        }
    }
    count_rows(v);
    return 1;
}

/* Takes the cut where it is better and keeps rows on both sides. */
static void consider(const view *v, int64_t cost, size_t left, int gap, double at)
{
    tsl__cut cut = {cost, 0, v->s->place[gap].place, at, (int64_t)v->column, v->missing_left};
    if (left > 0 && left < v->job->rows.count && tsl__cut_before(&cut, v->best)) {
        *v->best = cut;
    }
}

/* Could the inside of a bin, at this bound, hold a better cut? */
static int worth(const view *v, int64_t bound, int gap, int bin)
{
    double at = bin ? v->bins->edge[bin - 1] : -INFINITY;
    tsl__cut cut = {bound, 0, v->s->place[gap].place, at, (int64_t)v->column, v->missing_left};
    return v->fine && v->bins->many[bin] && v->s->count[bin] > 1 && bound <= tsl__limit_get(&v->job->limit) &&
           tsl__cut_before(&cut, v->best);
}

/* Every threshold between the values of a bin; cost and left are those with
 * all of the bin on the right. */
static void scan_bin(const view *v, int gap, int bin, int64_t cost, size_t left)
{
    const tsl__tree_work *work = v->job->work;
    const tsl__row_value *value = tsl__bins_values(work, v->column, bin, v->job->rows, v->s);
    for (size_t i = 0; i + 1 < v->s->count[bin]; i++) {
        const int64_t *d = work->distance + value[i].row * ((size_t)work->k + 1);
        int64_t side[2] = {INT64_MAX, INT64_MAX};
        for (int c = 0; c <= v->gaps; c++) {
            int64_t here = d[v->s->place[c].cluster];
            side[c > gap] = here < side[c > gap] ? here : side[c > gap];
        }
        cost += side[0] - side[1];
        left++;
        if (value[i].value < value[i + 1].value) {
            consider(v, cost, left, gap, value[i].value);
        }
    }
}

static void scan_gap(const view *v, int gap, int bin, size_t left)
{
    const tsl__scratch *s = v->s;
    int64_t cost = s->base[gap];
    int end = bin;
    for (; end < v->bins->count && s->moving[end] && s->first[end] == gap + 1; end++) {
        cost += s->sum[2 * end + 1];
    }
    consider(v, cost, left, gap, s->place[gap].place);
    for (; bin < end; bin++) {
        int64_t bound = cost - s->sum[2 * bin + 1];
        if (worth(v, bound, gap, bin)) {
            scan_bin(v, gap, bin, cost, left);
        }
        cost = bound + s->sum[2 * bin];
        left += s->count[bin];
        if (s->count[bin]) {
            consider(v, cost, left, gap, v->bins->edge[bin]);
        }
    }
}

static void scan_gaps(const view *v)
{
    const tsl__center_place *place = v->s->place;
    size_t left = v->missing_left ? v->s->count[v->bins->count] : 0;
    int bin = 0;
    for (int gap = 0; gap < v->gaps; gap++) {
        for (; bin < v->bins->count && v->bins->edge[bin] <= place[gap].place; bin++) {
            left += v->s->count[bin];
        }
        if (place[gap].place < place[gap + 1].place) {
            scan_gap(v, gap, bin, left);
        }
    }
}

/* The best cut of a column: between the bins first, so that few of them need
 * to be looked into. */
static void scan_column(job *j, size_t column, tsl__scratch *scratch, tsl__cut *best)
{
    const tsl__bins_column *bins = &j->work->bins.column[column];
    for (int missing_left = 0; missing_left <= bins->missing; missing_left++) {
        view v = {j, scratch, bins, column, missing_left, 0, 0, best};
        if (view_open(&v) && add_rows(&v)) {
            scan_gaps(&v);
            if (!j->coarse) {
                tsl__limit_lower(&j->limit, best->cost);
                v.fine = 1;
                scratch->batch_end = 0;
                scan_gaps(&v);
            }
        }
    }
}

/* The nearest of the set to each row. */
static void nearest_get(const job *j)
{
    const tsl__tree_work *w = j->work;
#pragma omp parallel for num_threads(w->threads) schedule(static)
    for (size_t i = 0; i < j->rows.count; i++) {
        const int64_t *d = w->distance + j->rows.row[i] * ((size_t)w->k + 1);
        int best = j->set[0];
        for (int c = 1; c < j->count; c++) {
            best = d[j->set[c]] < d[best] ? j->set[c] : best;
        }
        w->nearest[j->rows.row[i]] = (uint16_t)best;
    }
}

static int compare_cut(const void *a, const void *b)
{
    return tsl__cut_before(a, b) ? -1 : tsl__cut_before(b, a);
}

/* Fills cut with each column's best on a sample of the rows, the most
 * promising first: the sooner a good cut is known, the sooner others are given
 * up. The order cannot change what is found. */
static void rank_columns(const job *full, tsl__cut *cut)
{
    size_t step = (full->rows.count + SAMPLE_ROWS - 1) / SAMPLE_ROWS, count = 0, cols = full->work->raw->cols;
    size_t sample[SAMPLE_ROWS];
    for (size_t i = 0; i < full->rows.count; i += step) {
        sample[count++] = full->rows.row[i];
    }
    job j = *full;
    j.rows = (tsl__tree_rows){sample, count};
    j.coarse = 1;
#pragma omp parallel for num_threads(j.work->threads) schedule(dynamic, 1)
    for (size_t c = 0; c < cols; c++) {
        cut[c] = tsl__cut_none;
        scan_column(&j, c, &j.work->scratch[omp_get_thread_num()], &cut[c]);
        cut[c].column = (int64_t)c;
    }
    qsort(cut, cols, sizeof *cut, compare_cut);
}

void tsl__tree_find_greedy(const tsl__tree_work *work, tsl__tree_rows rows, const int *set, int count, tsl__cut *best)
{
    job j = {work, rows, set, count, 0, INT64_MAX};
    *best = tsl__cut_none;
    nearest_get(&j);
    rank_columns(&j, work->rank);
#pragma omp parallel for num_threads(work->threads) schedule(dynamic, 1)
    for (size_t i = 0; i < work->raw->cols; i++) {
        tsl__cut found = tsl__cut_none;
        scan_column(&j, (size_t)work->rank[i].column, &work->scratch[omp_get_thread_num()], &found);
        tsl__limit_lower(&j.limit, found.cost);
        tsl__cut_take(best, &found);
    }
}
