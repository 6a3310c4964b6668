/* turns.c: which features changed most for those who moved: each of those that segments, tiers and stages rest on, by
 * the share of the customers of both runs who lie between the value then and now. docs/methods/compare.md. */
#include "label/compare/migration.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/shelves.h"
#include "label/moves/moves.h"
#include "stat/quantile.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>

/* The migrants of each cell of a table, cell after cell; those who stayed in it, came or vanished are in none. */
typedef struct cell_list {
    size_t *begin; /* cells + 1 */
    size_t *migrant;
} cell_list;

typedef struct work {
    tsl_migration *all;
    cell_list of[TSL_BYS];
    tsl__value_order order; /* of the feature at hand, of both runs' customers */
    double *scratch;
    double *shift, *then, *now;   /* a migrant each, of the feature at hand */
    double (*largest)[TSL_TURNS]; /* the shifts of what is told of each */
    double *value;                /* a cell's */
} work;

/* ---- Who is in which cell ------------------------------------------------------------------- */

static size_t count_cells(const tsl_moves *moves)
{
    return moves->cell ? (moves->then + 1) * (moves->now + 1) : 0;
}

/* The cell that a migrant moved through, or that number of cells. */
static size_t find_cell(const tsl_migration *all, int by, const tsl_migrant *of)
{
    const tsl_moves *moves = &all->by[by];
    if (!moves->cell || of->then == SIZE_MAX || of->now == SIZE_MAX) { /* one of the runs knows none, or not him */
        return count_cells(moves);
    }
    const int32_t then = all->then->by[by].of[of->then], now = all->now->by[by].of[of->now];
    return moves->same[then] == now ? count_cells(moves) : (size_t)then * (moves->now + 1) + (size_t)now;
}

/* By counting, so that a cell's migrants stay in order. */
static tsl_status list_cells(const tsl_migration *all, int by, cell_list *list, tsl_error *err)
{
    const size_t cells = count_cells(&all->by[by]);
    tsl_status status = TSL_OK;
    if (!cells) {
        return TSL_OK;
    }
    TSL__NEED(list->begin = tsl__alloc_zero(cells + 2, sizeof *list->begin));
    TSL__NEED(list->migrant = tsl__alloc(all->migrant_count, sizeof *list->migrant));
    for (size_t m = 0; m < all->migrant_count; m++) {
        list->begin[find_cell(all, by, &all->migrant[m]) + 1]++;
    }
    for (size_t c = 0; c < cells; c++) {
        list->begin[c + 1] += list->begin[c];
    }
    for (size_t m = 0; m < all->migrant_count; m++) {
        const size_t cell = find_cell(all, by, &all->migrant[m]);
        if (cell < cells) {
            list->migrant[list->begin[cell]++] = m;
        }
    }
    for (size_t c = cells; c > 0; c--) { /* each has gone on to the next one's begin */
        list->begin[c] = list->begin[c - 1];
    }
    list->begin[0] = 0;
done:
    return status;
}

/* ---- One feature ------------------------------------------------------------------------------ */

static void collect(const tsl_features *features, size_t feature, tsl__value_order *order)
{
    for (size_t i = 0; i < features->customers; i++) {
        const double x = tsl__x_get(features, i, feature);
        if (!isnan(x)) {
            order->sorted[order->count++] = x;
        }
    }
}

static double get_shift(const tsl__value_order *order, double then, double now)
{
    if (isnan(then) || isnan(now)) {
        return isnan(then) && isnan(now) ? 0 : 1;
    }
    return then == now ? 0 : tsl__value_order_shift(order, then, now);
}

/* Of which groups he is in another: bits as of tsl_feature_pair.used. */
static unsigned get_moved(const tsl_migration *all, const tsl_migrant *of)
{
    unsigned moved = 0;
    for (int by = 0; by < TSL_BYS; by++) {
        moved |= find_cell(all, by, of) < count_cells(&all->by[by]) ? 1U << by : 0;
    }
    return moved;
}

static void measure(work *w, const tsl_feature_pair *pair, int threads)
{
    const tsl_migration *all = w->all;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (size_t m = 0; m < all->migrant_count; m++) {
        const tsl_migrant *of = &all->migrant[m];
        w->shift[m] = 0;
        if (of->then != SIZE_MAX && of->now != SIZE_MAX && (get_moved(all, of) & pair->used)) {
            w->then[m] = tsl__x_get_row(all->then->features, of->then)[pair->then];
            w->now[m] = tsl__x_get_row(all->now->features, of->now)[pair->now];
            w->shift[m] = get_shift(&w->order, w->then[m], w->now[m]);
        }
    }
}

static void tell_migrants(work *w, size_t feature)
{
    for (size_t m = 0; m < w->all->migrant_count; m++) {
        tsl_migrant *of = &w->all->migrant[m];
        double *largest = w->largest[m];
        size_t place = of->turn_count;
        while (place > 0 && w->shift[m] > largest[place - 1]) {
            place--;
        }
        if (!(w->shift[m] > 0) || place == TSL_TURNS) {
            continue;
        }
        of->turn_count += of->turn_count < TSL_TURNS;
        for (size_t t = of->turn_count - 1; t > place; t--) {
            of->turn[t] = of->turn[t - 1];
            largest[t] = largest[t - 1];
        }
        of->turn[place] = feature;
        largest[place] = w->shift[m];
    }
}

/* Of those in a cell whose value is known. */
static double get_median(work *w, const double *value, const size_t *migrant, size_t count)
{
    static const double half = .5;
    double median = (double)NAN;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(value[migrant[i]])) {
            w->value[known++] = value[migrant[i]];
        }
    }
    if (known) {
        tsl__quantiles(w->value, known, &half, 1, &median);
    }
    return median;
}

static void tell_cell(work *w, size_t feature, const size_t *migrant, size_t count, tsl_migration_cell *cell)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += w->shift[migrant[i]];
    }
    const double shift = count ? sum / (double)count : 0;
    size_t place = cell->turn_count;
    while (place > 0 && shift > cell->turn[place - 1].shift) {
        place--;
    }
    if (!(shift > 0) || place == TSL_TURNS) {
        return;
    }
    cell->turn_count += cell->turn_count < TSL_TURNS;
    for (size_t t = cell->turn_count - 1; t > place; t--) {
        cell->turn[t] = cell->turn[t - 1];
    }
    cell->turn[place] =
        (tsl_turn){feature, shift, get_median(w, w->then, migrant, count), get_median(w, w->now, migrant, count)};
}

static void tell_feature(work *w, size_t feature, int threads)
{
    const tsl_migration *all = w->all;
    const tsl_feature_pair *pair = &all->feature[feature];
    w->order.count = 0;
    collect(all->then->features, pair->then, &w->order);
    collect(all->now->features, pair->now, &w->order);
    tsl__sort(w->order.sorted, w->scratch, w->order.count);
    measure(w, pair, threads);
    tell_migrants(w, feature);
    for (int by = 0; by < TSL_BYS; by++) {
        const tsl_moves *moves = &all->by[by];
        const cell_list *list = &w->of[by];
        for (size_t c = 0; (pair->used & 1U << by) && c < count_cells(moves); c++) {
            tell_cell(w, feature, list->migrant + list->begin[c], list->begin[c + 1] - list->begin[c], &moves->cell[c]);
        }
    }
}

/* ---- All of them ------------------------------------------------------------------------------- */

static tsl_status open_work(work *w, tsl_error *err)
{
    const tsl_migration *all = w->all;
    const size_t customers = all->then->customers + all->now->customers, migrants = all->migrant_count;
    tsl_status status = TSL_OK;
    TSL__NEED(w->order.sorted = tsl__alloc(customers, sizeof *w->order.sorted));
    TSL__NEED(w->scratch = tsl__alloc(customers, sizeof *w->scratch));
    TSL__NEED(w->shift = tsl__alloc(migrants, sizeof *w->shift));
    TSL__NEED(w->then = tsl__alloc(migrants, sizeof *w->then));
    TSL__NEED(w->now = tsl__alloc(migrants, sizeof *w->now));
    TSL__NEED(w->value = tsl__alloc(migrants, sizeof *w->value));
    TSL__NEED(w->largest = tsl__alloc(migrants, sizeof *w->largest));
    for (int by = 0; by < TSL_BYS; by++) {
        TSL__TRY(list_cells(all, by, &w->of[by], err));
    }
done:
    return status;
}

static void close_work(work *w)
{
    for (int by = 0; by < TSL_BYS; by++) {
        free(w->of[by].begin);
        free(w->of[by].migrant);
    }
    free(w->order.sorted);
    free(w->scratch);
    free(w->shift);
    free(w->then);
    free(w->now);
    free(w->value);
    free(w->largest);
}

tsl_status tsl__turns_fill(tsl_migration *all, const tsl_exec *exec, tsl_error *err)
{
    work w = {.all = all};
    tsl_exec how;
    tsl_status status = TSL_OK;
    if (!all->feature_count) {
        return TSL_OK;
    }
    TSL__TRY(tsl__exec_open(exec, &how, err));
    TSL__TRY(open_work(&w, err));
    for (size_t f = 0; f < all->feature_count; f++) {
        if (all->feature[f].used) {
            tell_feature(&w, f, how.threads);
        }
    }
done:
    close_work(&w);
    return status;
}
