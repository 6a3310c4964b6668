/* prism.c: the prism dip of two neighbouring clusters.
 *
 * The cells of a partition of one cloud show a false valley between their
 * centres, as the facet that they share is narrower than they are. The part of
 * both that lies over the facet, a prism, is convex: there every projection of
 * a density whose logarithm is concave has one mode. */
#include "model/natural/prism.h"

#include "base/alloc.h"
#include "kernel/kernel.h"
#include "model/natural/dip.h"
#include "model/natural/flat.h"
#include "model/rows.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define VALLEY_MOST 0.7 /* share of the emptier centre's rows */
#define HALF_WINDOW 0.1
#define LEAST_ROWS 8
/* Places of rows that are looked at. */
#define PLACE_FROM (-0.5)
#define PLACE_TO 1.5
/* The least part of the squared way between two centres that must lie in columns that count. */
#define LEAST_COUNTED 0.1
/* The share of a cluster's rows that have the same value of a column, from which on it has but one. */
#define SINGLE_SHARE 0.75

/* ---- Which clusters are neighbours ------------------------------------------ */

/* Prim's (1957) minimum spanning tree from cluster 0 on. work: 2 k. */
static void find_pairs(const double *center, int k, size_t cols, double *work, tsl__prism_pair *pair)
{
    double *near = work, *by = work + k; /* by: the neighbour in the tree; -1: in the tree itself */
    for (int c = 0; c < k; c++) {
        near[c] = tsl__row_squared(center, center + (size_t)c * cols, cols);
        by[c] = c == 0 ? -1 : 0;
    }
    for (int p = 0; p + 1 < k; p++) {
        int next = 0;
        for (int c = 1; c < k; c++) {
            next = by[c] >= 0 && (by[next] < 0 || near[c] < near[next]) ? c : next;
        }
        const int other = (int)by[next];
        pair[p] = (tsl__prism_pair){.a = other < next ? other : next, .b = other < next ? next : other};
        by[next] = -1;
        for (int c = 1; c < k; c++) {
            const double squared = tsl__row_squared(center + (size_t)next * cols, center + (size_t)c * cols, cols);
            if (by[c] >= 0 && squared < near[c]) {
                near[c] = squared;
                by[c] = next;
            }
        }
    }
}

/* ---- Rows ------------------------------------------------------------------------ */

typedef struct prism {
    const tsl__natural_rows *rows;
    const tsl__prism_centers *of;
    double *squared; /* rows x k: squared distances to the fold's centres */
    int *label;      /* rows: the nearest */
    double *along;   /* k: what a step along the way of a pair changes of the squared distance to each centre */
    double *place;   /* rows: those of a pair */
    double *scratch; /* rows */
    size_t *work;    /* 4 rows */
    double *tile, *tile_squared; /* cols x 64, k x 64 */
    double *mask;                /* cols: those that count of a pair */
    double *cell;                /* 4 k x cols */
    char *single;                /* k x cols: 1: but one value in the cluster */
} prism;

static size_t get_first(const prism *p, size_t fold)
{
    return fold * p->rows->rows / p->of->folds;
}

/* Distances to some centres, and labels, of the rows from begin up to end. */
static void measure(prism *p, const double *values, const double *center, size_t begin, size_t end)
{
    const tsl__kernel *kernel = tsl__kernel_get();
    const size_t cols = p->rows->cols, k = (size_t)p->of->k;
    const tsl_matrix x = {values, end, cols, cols, TSL_F64};
    const tsl__row_view view = tsl__row_view_of(&x, 1);
    for (; begin < end; begin += TSL__TILE) {
        tsl__tile_fill(&view, begin, NULL, p->tile);
        for (size_t c = 0; c < k; c++) {
            kernel->distance(p->tile, cols, center + c * cols, p->tile_squared + c * TSL__TILE);
        }
        for (size_t i = 0; i < TSL__TILE && begin + i < end; i++) {
            double *squared = p->squared + (begin + i) * k;
            int label = 0;
            for (size_t c = 0; c < k; c++) {
                squared[c] = p->tile_squared[c * TSL__TILE + i];
                label = squared[c] < squared[label] ? (int)c : label;
            }
            p->label[begin + i] = label;
        }
    }
}

/* Which columns have but one value in a cluster, by all rows as they are. The value of most, if there is one, is
 * found by Boyer & Moore's (1991) vote, and counted. */
static void find_single(prism *p)
{
    const size_t cols = p->rows->cols, cells = (size_t)p->of->k * cols;
    double *value = p->cell, *votes = p->cell + cells, *have = p->cell + 2 * cells, *all = p->cell + 3 * cells;
    memset(p->cell, 0, 4 * cells * sizeof *p->cell);
    for (size_t i = 0; i < p->rows->rows * cols; i++) {
        const size_t at = (size_t)p->label[i / cols] * cols + i % cols;
        const double x = p->rows->plain[i];
        value[at] = votes[at] > 0 ? value[at] : x;
        votes[at] += x == value[at] ? 1 : -1;
        all[at]++;
    }
    for (size_t i = 0; i < p->rows->rows * cols; i++) {
        const size_t at = (size_t)p->label[i / cols] * cols + i % cols;
        have[at] += p->rows->plain[i] == value[at];
    }
    for (size_t at = 0; at < cells; at++) {
        p->single[at] = have[at] >= SINGLE_SHARE * all[at];
    }
}

/* The columns that a pair's way counts in: those that may tell of a gap, and vary in both clusters. */
static void mask_pair(prism *p, const tsl__prism_pair *pair)
{
    const size_t cols = p->rows->cols;
    const char *a = p->single + (size_t)pair->a * cols, *b = p->single + (size_t)pair->b * cols;
    for (size_t j = 0; j < cols; j++) {
        p->mask[j] = a[j] || b[j] ? 0 : p->rows->mask[j];
    }
}

/* Is the foot of a row on the plane half-way between a and b, which is half - t of
 * the way from the row, nearest to them? squared: the row's distances. */
static int is_over_facet(const prism *p, const double *squared, const tsl__prism_pair *pair, double step)
{
    const double own = squared[pair->a] - step * p->along[pair->a];
    for (int c = 0; c < p->of->k; c++) {
        if (c != pair->a && c != pair->b && squared[c] - step * p->along[c] < own - 1e-9) {
            return 0;
        }
    }
    return 1;
}

/* Adds the places of a fold's rows that a pair is tested on; returns how many there are then. */
static size_t add_places(prism *p, const tsl__prism_pair *pair, size_t fold, size_t count)
{
    const size_t cols = p->rows->cols, k = (size_t)p->of->k;
    const double *center = p->of->fold[fold], *mask = p->mask;
    const double *a = center + (size_t)pair->a * cols, *b = center + (size_t)pair->b * cols;
    const double way = tsl__row_squared(a, b, cols);
    double masked = 0;
    for (size_t j = 0; j < cols; j++) {
        masked += mask[j] * (b[j] - a[j]) * (b[j] - a[j]);
    }
    if (!(masked >= LEAST_COUNTED * way)) {
        return count;
    }
    for (size_t c = 0; c < k; c++) {
        p->along[c] = 0;
        for (size_t j = 0; j < cols; j++) {
            p->along[c] += 2 * (b[j] - a[j]) * (center[c * cols + j] - a[j]);
        }
    }
    for (size_t r = get_first(p, fold); r < get_first(p, fold + 1) && way > 0; r++) {
        const double *squared = p->squared + r * k, *row = p->rows->spread + r * cols;
        if (p->label[r] != pair->a && p->label[r] != pair->b) {
            continue;
        }
        const double t = (squared[pair->a] - squared[pair->b] + way) / (2 * way);
        double place = 0;
        for (size_t j = 0; j < cols; j++) {
            place += mask[j] * (row[j] - a[j]) * (b[j] - a[j]);
        }
        place /= masked;
        if (place > PLACE_FROM && place < PLACE_TO && is_over_facet(p, squared, pair, 0.5 - t)) {
            p->place[count++] = place;
        }
    }
    return count;
}

/* ---- The verdict on a pair -------------------------------------------------------- */

/* Of windows about from, from + step, ...: the least or the greatest number of places in one. */
static size_t count_window(const double *s, size_t n, double from, double step, int count, int greatest)
{
    size_t found = 0;
    for (int i = 0; i < count; i++) {
        const double at = from + i * step;
        const size_t in = tsl__sorted_below(s, n, at + HALF_WINDOW) - tsl__sorted_below(s, n, at - HALF_WINDOW);
        found = i == 0 || (greatest ? in > found : in < found) ? in : found;
    }
    return found;
}

void tsl__prism_judge(const double *s, size_t n, size_t *work, tsl__prism_pair *pair)
{
    const size_t below = tsl__sorted_below(s, n, 0.5), above = n - below;
    /* As many on either side, so that a small group is not lost beside a large one. */
    size_t side = below < above ? below : above;
    side = side > LEAST_ROWS / 2 ? side : LEAST_ROWS / 2;
    const size_t from = below > side ? below - side : 0, to = above > side ? below + side : n;
    pair->rows = to - from;
    pair->dip = pair->passes = 0;
    pair->valley = HUGE_VAL;
    if (pair->rows < LEAST_ROWS) {
        return;
    }
    const size_t at_a = count_window(s, n, -0.1, 0.1, 3, 1), at_b = count_window(s, n, 0.9, 0.1, 3, 1);
    const size_t fewer = at_a < at_b ? at_a : at_b;
    pair->valley = (double)count_window(s, n, 0.35, 0.05, 7, 0) / (double)(fewer > 0 ? fewer : 1);
    pair->dip = sqrt((double)pair->rows) * tsl__dip_get(s + from, pair->rows, work) / tsl__dip_limit(pair->rows);
    pair->passes = pair->dip >= 1 && pair->valley <= VALLEY_MOST;
}

/* ---- All pairs ---------------------------------------------------------------------- */

static int open_prism(prism *p, const tsl__natural_rows *rows, const tsl__prism_centers *of)
{
    const size_t k = (size_t)of->k;
    *p = (prism){.rows = rows, .of = of};
    p->squared = tsl__alloc(rows->rows, k * sizeof *p->squared);
    p->label = tsl__alloc(rows->rows, sizeof *p->label);
    p->along = tsl__alloc(2 * k, sizeof *p->along); /* and the work space of the tree */
    p->place = tsl__alloc(rows->rows, sizeof *p->place);
    p->scratch = tsl__alloc(rows->rows, sizeof *p->scratch);
    p->work = tsl__alloc(4 * rows->rows, sizeof *p->work);
    p->tile = tsl__alloc_aligned(rows->cols * TSL__TILE, sizeof *p->tile);
    p->tile_squared = tsl__alloc_aligned(k * TSL__TILE, sizeof *p->tile_squared);
    p->mask = tsl__alloc(rows->cols, sizeof *p->mask);
    p->cell = tsl__alloc(4 * k, rows->cols * sizeof *p->cell);
    p->single = tsl__alloc(k, rows->cols);
    const int rows_there = p->squared && p->label && p->place && p->scratch && p->work;
    const int centers_there = p->along && p->tile && p->tile_squared && p->mask && p->cell && p->single;
    return rows_there && centers_there ? 0 : -1;
}

static void free_prism(prism *p)
{
    free(p->squared);
    free(p->label);
    free(p->along);
    free(p->place);
    free(p->scratch);
    free(p->work);
    free(p->tile);
    free(p->tile_squared);
    free(p->mask);
    free(p->cell);
    free(p->single);
}

/* Where all pairs pass: are the clusters flat? 0 on success. */
static int look_if_flat(prism *p, const tsl__prism_pair *pair, int *flat)
{
    const int pairs = p->of->k - 1;
    int passing = 0;
    for (int i = 0; i < pairs; i++) {
        passing += pair[i].passes;
    }
    *flat = 0;
    if (passing < pairs) {
        return 0;
    }
    measure(p, p->rows->plain, p->of->center, 0, p->rows->rows);
    return tsl__flat_find(p->rows, p->label, p->of->k, flat);
}

int tsl__prism_measure(const tsl__natural_rows *rows, const tsl__prism_centers *of, tsl__prism_pair *pair, int *flat)
{
    prism p;
    int failed = open_prism(&p, rows, of);
    if (!failed) {
        measure(&p, rows->plain, of->center, 0, rows->rows);
        find_single(&p);
        find_pairs(of->center, of->k, rows->cols, p.along, pair);
        for (size_t fold = 0; fold < of->folds; fold++) {
            measure(&p, rows->spread, of->fold[fold], get_first(&p, fold), get_first(&p, fold + 1));
        }
        for (int i = 0; i + 1 < of->k; i++) {
            size_t count = 0;
            mask_pair(&p, &pair[i]);
            for (size_t fold = 0; fold < of->folds; fold++) {
                count = add_places(&p, &pair[i], fold, count);
            }
            tsl__sort(p.place, p.scratch, count);
            tsl__prism_judge(p.place, count, p.work, &pair[i]);
        }
        failed = look_if_flat(&p, pair, flat);
    }
    free_prism(&p);
    return failed;
}
