/* lloyd.c: Lloyd (1982) for many runs at once: tiles outside, runs inside, so
 * that each tile is read once a pass. A row is left alone while the centres
 * have moved less than the gap between its two nearest (Hamerly 2010). */
#include "model/kmeans/lloyd.h"

#include "base/alloc.h"
#include "model/kmeans/farthest.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define NO_LABEL UINT16_MAX
/* Up to this many gathered rows are looked at one by one. */
#define FEW 4

/* What one part of the rows changes in one run. */
typedef struct part_slot {
    uint64_t changed; /* rows */
    double *sum;      /* k x cols */
    double *mass;     /* k */
    int64_t *count;   /* k */
} part_slot;

typedef struct rows_pass {
    const tsl__tiles *tiles;
    const tsl__kernel *kernel;
    size_t cols, parts, active;
    size_t work;          /* k x cols over the active runs */
    size_t most;          /* of parts */
    tsl__lloyd_run **run; /* active */
    part_slot *slot;      /* [part][active] */
    double *sums, *masses;
    int64_t *counts;
    tsl__cancel *cancel;
} rows_pass;

int tsl__lloyd_run_open(tsl__lloyd_run *run, int k, int restart, size_t cols)
{
    *run = (tsl__lloyd_run){.k = k, .restart = restart};
    run->center = tsl__alloc_zero((size_t)k * cols, sizeof *run->center);
    return run->center ? 0 : -1;
}

static void drop_state(tsl__lloyd_run *run)
{
    free(run->sum);
    free(run->mass);
    free(run->count);
    free(run->moved);
    free(run->limit);
    free(run->label);
    free(run->gap);
    tsl__filter_free(&run->filter);
    run->sum = run->mass = run->moved = NULL;
    run->count = NULL;
    run->limit = run->gap = NULL;
    run->label = NULL;
}

void tsl__lloyd_run_free(tsl__lloyd_run *run)
{
    drop_state(run);
    free(run->center);
    *run = (tsl__lloyd_run){0};
}

/* The number of stale rows above which a tile is filtered as it stands rather
 * than its stale rows gathered; from the cost of both in cycles, roughly. */
static int dense_from(int k, size_t cols)
{
    const double filter = 2.0 * k * (double)cols + 80, gather = 2.0 * (double)cols + filter / TSL__TILE;
    return (int)(filter / gather);
}

static int make_state(tsl__lloyd_run *run, const tsl__tiles *tiles)
{
    const size_t k = (size_t)run->k, cols = tiles->x.cols, rows = tiles->x.rows;
    const size_t padded = (rows + TSL__TILE - 1) / TSL__TILE * TSL__TILE;
    run->sum = tsl__alloc_zero(k * cols, sizeof *run->sum);
    run->mass = tsl__alloc_zero(k, sizeof *run->mass);
    run->count = tsl__alloc_zero(k, sizeof *run->count);
    run->moved = tsl__alloc_zero(k, sizeof *run->moved);
    run->limit = tsl__alloc_zero(TSL__LIMITS(k), sizeof *run->limit);
    run->label = tsl__alloc_zero(padded, sizeof *run->label);
    run->gap = tsl__alloc_zero(padded, sizeof *run->gap);
    if (tsl__filter_open(&run->filter, run->k, cols, tiles->scale) || !run->sum || !run->mass || !run->count ||
        !run->moved || !run->limit || !run->label || !run->gap) {
        return -1;
    }
    memset(run->label, 0xFF, rows * sizeof *run->label);
    run->dense = dense_from(run->k, cols);
    tsl__filter_set(&run->filter, run->center);
    run->fresh = 1;
    run->done = run->converged = 0;
    return 0;
}

/* ---- One band of rows for one run ---------------------------------------- */

/* Rows that are looked at together: few enough for the cache, enough for the
 * stale ones among them to fill a tile. */
enum { BAND_TILES = 16, BAND = BAND_TILES * TSL__TILE };

/* What is found in a band: labels that changed, to be booked in row order,
 * and stale rows gathered from tiles where they are few. */
typedef struct row_band {
    const rows_pass *pass;
    tsl__lloyd_run *run;
    size_t begin;
    uint64_t changed[BAND_TILES];
    uint16_t label[BAND]; /* where changed */
    uint16_t stale[BAND];
    size_t count;
    float *tile; /* work space: one tile, its norms */
    float *norm;
    double *row; /* likewise: a tile of rows that are not read in their places */
} row_band;

static void set_label(row_band *band, size_t i, int label)
{
    band->label[i] = (uint16_t)label;
    band->changed[i / TSL__TILE] |= UINT64_C(1) << i % TSL__TILE;
}

/* The gap as it is kept: what must still be there when the centres have moved
 * up to `limit`. */
static float keep_gap(const tsl__lloyd_run *run, int label, double gap)
{
    return (float)((gap + (double)run->limit[label]) * (double)TSL__KEPT);
}

/* Looks at one row in double. */
static void look(row_band *band, size_t i)
{
    const tsl__tiles *tiles = band->pass->tiles;
    tsl__lloyd_run *run = band->run;
    tsl__near near;
    const double *row = tsl__row(&tiles->x, band->begin + i, band->row);
    band->pass->kernel->nearest(&run->filter, row, tiles->shift, &near);
    const double first = sqrt(near.best), second = sqrt(near.second);
    const double gap = run->k > 1 ? (second - first) - 1e-7 * (second + first) : 1e30;
    run->gap[band->begin + i] = keep_gap(run, near.label, (gap > 0 ? gap : 0) * tiles->scale);
    if (run->label[band->begin + i] != near.label) {
        set_label(band, i, near.label);
    }
}

/* Every row of the tile from `first` on. */
static void filter_whole(row_band *band, size_t first, size_t rows)
{
    const tsl__tiles *tiles = band->pass->tiles;
    const tsl__kernel *kernel = band->pass->kernel;
    tsl__lloyd_run *run = band->run;
    const size_t at = band->begin + first;
    const uint64_t there = ~UINT64_C(0) >> (TSL__TILE - rows);
    int32_t label[TSL__TILE] __attribute__((aligned(64)));
    float gap[TSL__TILE] __attribute__((aligned(64)));
    uint64_t changed;
    kernel->filter(&run->filter, tiles->tile + at * tiles->x.cols, tiles->norm + at, label, gap);
    const uint64_t decided = kernel->keep(label, gap, run->limit, run->k, run->label + at, run->gap + at, &changed);
    for (size_t i = 0; i < TSL__TILE; i++) {
        band->label[first + i] = (uint16_t)label[i];
    }
    band->changed[first / TSL__TILE] = changed & there;
    for (uint64_t bits = ~decided & there; bits; bits &= bits - 1) {
        look(band, first + (size_t)__builtin_ctzll(bits));
    }
}

/* Stale rows that were gathered into a tile; place: theirs in the band. */
static void filter_gathered(row_band *band, const uint16_t *place, size_t rows)
{
    const tsl__kernel *kernel = band->pass->kernel;
    tsl__lloyd_run *run = band->run;
    int32_t label[TSL__TILE] __attribute__((aligned(64)));
    float gap[TSL__TILE] __attribute__((aligned(64))), kept[TSL__TILE];
    uint16_t old[TSL__TILE];
    uint64_t changed;
    kernel->filter(&run->filter, band->tile, band->norm, label, gap);
    for (size_t i = 0; i < TSL__TILE; i++) {
        old[i] = i < rows ? run->label[band->begin + place[i]] : 0;
    }
    const uint64_t decided = kernel->keep(label, gap, run->limit, run->k, old, kept, &changed);
    for (size_t i = 0; i < rows; i++) {
        if (!(decided >> i & 1)) {
            look(band, place[i]);
            continue;
        }
        run->gap[band->begin + place[i]] = kept[i];
        if (changed >> i & 1) {
            set_label(band, place[i], label[i]);
        }
    }
}

/* Looks at the stale rows that were gathered. */
static void look_gathered(row_band *band)
{
    const tsl__tiles *tiles = band->pass->tiles;
    const double *row[TSL__TILE];
    for (size_t s = 0; s < band->count; s += TSL__TILE) {
        const size_t left = band->count - s, rows = left < TSL__TILE ? left : TSL__TILE;
        if (rows <= FEW) {
            for (size_t i = 0; i < rows; i++) {
                look(band, band->stale[s + i]);
            }
            continue;
        }
        for (size_t i = 0; i < rows; i++) {
            const size_t at = band->begin + band->stale[s + i];
            row[i] = tsl__row(&tiles->x, at, band->row + i * tiles->x.cols);
            band->norm[i] = tiles->norm[at];
        }
        band->pass->kernel->pack(row, rows, tiles->shift, tiles->scale, tiles->x.cols, band->tile);
        filter_gathered(band, band->stale + s, rows);
    }
}

/* Takes a row, so often, into a slot's sums. */
static void book(const rows_pass *pass, const part_slot *slot, size_t cluster, const double *row, double weight,
                 int64_t rows)
{
    pass->kernel->add(slot->sum + cluster * pass->cols, row, pass->tiles->shift, weight, pass->cols);
    slot->mass[cluster] += weight;
    slot->count[cluster] += rows;
}

/* Moves the rows that changed from their old to their new clusters. One
 * without weight is labelled and no more. */
static void book_changes(const row_band *band, part_slot *slot)
{
    const rows_pass *pass = band->pass;
    tsl__lloyd_run *run = band->run;
    const size_t k = (size_t)run->k;
    for (size_t t = 0; t < BAND_TILES; t++) {
        for (uint64_t bits = band->changed[t]; bits; bits &= bits - 1) {
            const size_t i = t * TSL__TILE + (size_t)__builtin_ctzll(bits);
            uint16_t *old = &run->label[band->begin + i];
            const double *row = tsl__row(&pass->tiles->x, band->begin + i, band->row);
            const double weight = tsl__weight_get(pass->tiles->weight, band->begin + i);
            const uint16_t from = *old;
            *old = band->label[i];
            if (!(weight > 0)) {
                continue;
            }
            if (slot->changed++ == 0) {
                memset(slot->sum, 0, k * pass->cols * sizeof *slot->sum);
                memset(slot->mass, 0, k * sizeof *slot->mass);
                memset(slot->count, 0, k * sizeof *slot->count);
            }
            if (from != NO_LABEL) {
                book(pass, slot, from, row, -weight, -1);
            }
            book(pass, slot, *old, row, weight, 1);
        }
    }
}

static void visit(row_band *band, part_slot *slot, size_t rows)
{
    const tsl__tiles *tiles = band->pass->tiles;
    tsl__lloyd_run *run = band->run;
    memset(band->changed, 0, sizeof band->changed);
    band->count = 0;
    for (size_t first = 0; first < rows; first += TSL__TILE) {
        const size_t at = band->begin + first, left = rows - first, here = left < TSL__TILE ? left : TSL__TILE;
        uint64_t bits = ~UINT64_C(0);
        if (!run->fresh) {
            bits = band->pass->kernel->stale(run->label + at, run->gap + at, run->limit, run->k);
        }
        if (here < TSL__TILE) {
            bits &= (UINT64_C(1) << here) - 1;
        }
        if (__builtin_popcountll(bits) > run->dense) {
            filter_whole(band, first, here);
            continue;
        }
        for (; bits; bits &= bits - 1) {
            const size_t i = first + (size_t)__builtin_ctzll(bits);
            tsl__row_fetch(&tiles->x, band->begin + i); /* it is packed soon */
            band->stale[band->count++] = (uint16_t)i;
        }
    }
    look_gathered(band);
    book_changes(band, slot);
}

/* ---- Between passes ------------------------------------------------------ */

/* 1: the cluster is drawn to a prior place, at which it may stand without rows. */
static int is_tied(const tsl__lloyd *lloyd, int cluster)
{
    return (size_t)cluster < lloyd->prior.count;
}

/* Gives each empty cluster the farthest row, in order. A cluster that no row
 * can be given stays where it is. buffer: cols. */
static void fill_empty(const rows_pass *pass, const tsl__lloyd *lloyd, tsl__lloyd_run *run, double *buffer)
{
    const tsl__tiles *tiles = pass->tiles;
    const tsl__labelled labelled = {&tiles->x, tiles->shift, run->label, run->count, run->center};
    for (int c = 0; c < run->k; c++) {
        if (run->count[c] > 0 || is_tied(lloyd, c)) {
            continue;
        }
        const size_t row = tsl__farthest_row(&labelled);
        if (row == SIZE_MAX) {
            continue;
        }
        const part_slot all = {0, run->sum, run->mass, run->count};
        const double weight = tsl__weight_get(tiles->weight, row), *x = tsl__row(&tiles->x, row, buffer);
        book(pass, &all, run->label[row], x, -weight, -1);
        memset(run->sum + (size_t)c * pass->cols, 0, pass->cols * sizeof *run->sum);
        run->mass[c] = 0;
        book(pass, &all, (size_t)c, x, weight, 1);
        run->label[row] = (uint16_t)c;
        run->gap[row] = -1;
    }
}

/* Adds up what the parts changed; returns the number of changed labels. */
static uint64_t take_changes(const rows_pass *pass, size_t at)
{
    tsl__lloyd_run *run = pass->run[at];
    uint64_t changed = 0;
    for (size_t p = 0; p < pass->parts; p++) {
        part_slot *slot = &pass->slot[p * pass->active + at];
        if (slot->changed == 0) {
            continue;
        }
        changed += slot->changed;
        slot->changed = 0;
        for (size_t i = 0; i < (size_t)run->k * pass->cols; i++) {
            run->sum[i] += slot->sum[i];
        }
        for (int c = 0; c < run->k; c++) {
            run->mass[c] += slot->mass[c];
            run->count[c] += slot->count[c];
        }
    }
    return changed;
}

/* Where the rows and the prior place draw a coordinate; n: the rows' weight. */
static double find_coordinate(const tsl__lloyd *lloyd, int cluster, size_t cols, size_t j, double sum, double n,
                              double old)
{
    if (is_tied(lloyd, cluster)) {
        const double place = lloyd->prior.place[(size_t)cluster * cols + j];
        if (!isnan(place)) {
            return place + (sum - n * place) / (n + lloyd->prior.weight);
        }
    }
    return n > 0 ? sum / n : old;
}

/* Moves the centres to the means; returns the squared shift of all. Gaps close
 * by a centre's own way and the farthest way of another one. */
static double move_centers(const rows_pass *pass, const tsl__lloyd *lloyd, tsl__lloyd_run *run, double *way)
{
    const size_t cols = pass->cols;
    double shift = 0, most = 0, next = 0;
    int farthest = -1;
    for (int c = 0; c < run->k; c++) {
        double *center = run->center + (size_t)c * cols, squared = 0;
        const double *sum = run->sum + (size_t)c * cols, n = run->count[c] > 0 ? run->mass[c] : 0;
        for (size_t j = 0; j < cols; j++) {
            const double mean = find_coordinate(lloyd, c, cols, j, n > 0 ? sum[j] : 0, n, center[j]);
            squared += (mean - center[j]) * (mean - center[j]);
            center[j] = mean;
        }
        shift += squared;
        way[c] = sqrt(squared) * pass->tiles->scale;
        if (way[c] > most) {
            next = most;
            most = way[c];
            farthest = c;
        } else if (way[c] > next) {
            next = way[c];
        }
    }
    for (int c = 0; c < run->k; c++) {
        run->moved[c] += way[c] + (c == farthest ? next : most);
        run->limit[c] = (float)(run->moved[c] * (1 + 1e-6));
    }
    return shift;
}

/* What a tied cluster's rows cost at its centre, less what they cost at the
 * origin, and what its way from the prior place costs. */
static double get_tied_cost(const rows_pass *pass, const tsl__lloyd *lloyd, const tsl__lloyd_run *run, int cluster)
{
    const size_t first = (size_t)cluster * pass->cols;
    const double n = run->count[cluster] > 0 ? run->mass[cluster] : 0;
    double cost = 0;
    for (size_t j = first; j < first + pass->cols; j++) {
        const double center = run->center[j], away = center - lloyd->prior.place[j];
        cost += n > 0 ? n * center * center - 2 * center * run->sum[j] : 0;
        cost += away != 0 && !isnan(away) ? lloyd->prior.weight * away * away : 0;
    }
    return cost;
}

/* Inertia, and what the prior places cost. */
static double get_cost(const rows_pass *pass, const tsl__lloyd *lloyd, const tsl__lloyd_run *run)
{
    double between = 0;
    for (int c = 0; c < run->k; c++) {
        const double *center = run->center + (size_t)c * pass->cols;
        double norm = 0;
        for (size_t j = 0; j < pass->cols; j++) {
            norm += center[j] * center[j];
        }
        between += is_tied(lloyd, c) ? -get_tied_cost(pass, lloyd, run, c) : run->mass[c] * norm;
    }
    const double cost = pass->tiles->total - between;
    return cost > 0 ? cost : 0;
}

/* Ends one iteration of one run. */
static void update(const rows_pass *pass, const tsl__lloyd *lloyd, size_t at)
{
    tsl__lloyd_run *run = pass->run[at];
    const uint64_t changed = take_changes(pass, at);
    run->iterations++;
    run->fresh = 0;
    if (changed == 0) {
        run->converged = run->done = 1;
        return;
    }
    double *way = tsl__alloc((size_t)run->k + pass->cols, sizeof *way);
    if (!way) {
        tsl__cancel_fail(pass->cancel, TSL_E_NOMEM);
        return;
    }
    fill_empty(pass, lloyd, run, way + run->k);
    const double shift = move_centers(pass, lloyd, run, way);
    free(way);
    const double cost = get_cost(pass, lloyd, run);
    run->gain = run->iterations > 1 ? run->cost - cost : HUGE_VAL;
    run->cost = cost;
    tsl__filter_set(&run->filter, run->center);
    run->done = shift <= lloyd->stop || run->iterations >= lloyd->max_iterations;
}

/* Gives up the runs from `first` on that have the same k as it and cannot be
 * expected to catch up; returns where the next k begins. */
static size_t run_side_by_side(const tsl__lloyd *lloyd, tsl__lloyd_run *const *run, size_t first, size_t count)
{
    double best = HUGE_VAL;
    size_t end = first;
    for (; end < count && run[end]->k == run[first]->k; end++) {
        best = run[end]->iterations > 0 && run[end]->cost < best ? run[end]->cost : best;
    }
    for (size_t r = first; r < end; r++) {
        run[r]->done |= run[r]->cost - lloyd->patience * run[r]->gain > best * (1 + lloyd->margin);
    }
    return end;
}

/* ---- Passes -------------------------------------------------------------- */

/* The rows of one part for some of the runs, in bands. */
static void visit_part(row_band *band, size_t part, size_t first, size_t last)
{
    const rows_pass *pass = band->pass;
    size_t begin, end;
    tsl__part_get(pass->tiles->x.rows, pass->most, part, &begin, &end);
    for (size_t row = begin; row < end && !tsl__cancel_stopped(pass->cancel); row += BAND) {
        band->begin = row;
        for (size_t r = first; r < last; r++) {
            band->run = pass->run[r];
            visit(band, &pass->slot[part * pass->active + r], end - row < BAND ? end - row : BAND);
        }
    }
}

/* One pass: parts by groups of runs, in any order and thread. */
static void run_pass(const rows_pass *pass, int threads)
{
    size_t chunks = 8 * (size_t)threads / pass->parts + 1;
    chunks = chunks < pass->active ? chunks : pass->active;
    const size_t items = pass->parts * chunks;
    const int team = tsl__team_size(threads, (double)pass->tiles->x.rows * (double)pass->work);
#pragma omp parallel num_threads(team)
    {
        row_band *band = tsl__alloc(1, sizeof *band);
        float *tile = tsl__alloc_aligned((pass->cols + 1) * TSL__TILE, sizeof *tile);
        double *row = tsl__alloc_aligned(pass->cols * TSL__TILE, sizeof *row);
        if (band && tile && row) {
            memset(tile, 0, (pass->cols + 1) * TSL__TILE * sizeof *tile);
            *band = (row_band){.pass = pass, .tile = tile, .norm = tile + pass->cols * TSL__TILE, .row = row};
        } else {
            tsl__cancel_fail(pass->cancel, TSL_E_NOMEM);
        }
#pragma omp for schedule(dynamic)
        for (size_t item = 0; item < items; item++) {
            const size_t chunk = item % chunks;
            if (tsl__cancel_stopped(pass->cancel)) { /* without memory there is no band */
                continue;
            }
            visit_part(band, item / chunks, chunk * pass->active / chunks, (chunk + 1) * pass->active / chunks);
        }
        free(band);
        free(tile);
        free(row);
    }
}

/* Lays the slots out for the runs that are still active. */
static void set_slots(rows_pass *pass)
{
    double *sum = pass->sums, *mass = pass->masses;
    int64_t *count = pass->counts;
    pass->work = 0;
    for (size_t p = 0; p < pass->parts; p++) {
        for (size_t r = 0; r < pass->active; r++) {
            const size_t k = (size_t)pass->run[r]->k;
            pass->slot[p * pass->active + r] = (part_slot){0, sum, mass, count};
            sum += k * pass->cols;
            mass += k;
            count += k;
            pass->work += p == 0 ? k * pass->cols : 0;
        }
    }
}

/* Takes in the runs that may still iterate. */
static int open_pass(rows_pass *pass, const tsl__lloyd *lloyd, tsl__lloyd_run *const *run, size_t count)
{
    size_t clusters = 0;
    for (size_t r = 0; r < count; r++) {
        clusters += (size_t)run[r]->k;
    }
    pass->most = tsl__part_most(clusters * pass->cols);
    pass->parts = tsl__part_count(pass->tiles->x.rows, pass->most);
    pass->run = tsl__alloc(count, sizeof *pass->run);
    pass->slot = tsl__alloc(pass->parts * count, sizeof *pass->slot);
    pass->sums = tsl__alloc_aligned(pass->parts * clusters, pass->cols * sizeof *pass->sums);
    pass->masses = tsl__alloc(pass->parts * clusters, sizeof *pass->masses);
    pass->counts = tsl__alloc(pass->parts * clusters, sizeof *pass->counts);
    int failed = !pass->run || !pass->slot || !pass->sums || !pass->masses || !pass->counts;
    for (size_t r = 0; r < count && !failed; r++) {
        if (run[r]->iterations < lloyd->max_iterations) {
            pass->run[pass->active++] = run[r];
            failed = make_state(run[r], pass->tiles);
        }
    }
    return failed ? -1 : 0;
}

/* Takes the runs that are done out of the pass; their states are freed. */
static void retire(rows_pass *pass, int report)
{
    size_t active = 0;
    for (size_t r = 0; r < pass->active; r++) {
        tsl__lloyd_run *run = pass->run[r];
        if (!run->done) {
            pass->run[active++] = run;
            continue;
        }
        drop_state(run);
        if (report) {
            tsl_progress_event *event = &pass->cancel->event;
            event->runs_done++;
            if (event->k != run->k || !(event->best_inertia <= run->cost)) {
                event->best_inertia = run->cost;
            }
            event->k = run->k;
            tsl__cancel_done(pass->cancel, (size_t)event->runs_done, (size_t)event->runs_total);
        }
    }
    pass->active = active;
}

void tsl__lloyd_fit(tsl__lloyd *lloyd, const tsl__tiles *tiles, tsl__lloyd_run *const *run, size_t count,
                    tsl__cancel *cancel)
{
    rows_pass pass = {.tiles = tiles, .kernel = tsl__kernel_get(), .cols = tiles->x.cols, .cancel = cancel};
    if (open_pass(&pass, lloyd, run, count)) {
        tsl__cancel_fail(cancel, TSL_E_NOMEM);
    }
    while (pass.active > 0 && !tsl__cancel_stopped(cancel)) {
        set_slots(&pass);
        run_pass(&pass, lloyd->threads);
        if (tsl__cancel_stopped(cancel)) {
            break;
        }
        const size_t active = pass.active;
        const int team = tsl__team_size(lloyd->threads, (double)pass.parts * (double)pass.work);
        lloyd->passes++;
        lloyd->iterations += active;
#pragma omp parallel for schedule(dynamic) num_threads(team)
        for (size_t r = 0; r < active; r++) {
            update(&pass, lloyd, r);
        }
        for (size_t r = 0; lloyd->patience > 0 && r < count;) {
            r = run_side_by_side(lloyd, run, r, count);
        }
        retire(&pass, lloyd->report);
    }
    for (size_t r = 0; r < count; r++) {
        drop_state(run[r]);
    }
    free(pass.run);
    free(pass.slot);
    free(pass.sums);
    free(pass.masses);
    free(pass.counts);
}
