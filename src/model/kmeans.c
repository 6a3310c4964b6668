/* kmeans.c: Lloyd (1982) for many runs at once: tiles outside, runs inside, so
 * that each tile is read once a pass. A row is left alone while the centres
 * have moved less than the gap between its two nearest (Hamerly 2010). */
#include "model/kmeans.h"

#include "base/alloc.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define NO_LABEL UINT16_MAX
/* Up to this many stale rows of a tile are looked at one by one. */
#define FEW 4

/* What one part of the rows changes in one run. */
typedef struct part_slot {
    uint64_t changed;
    double *sum;    /* k x cols */
    int64_t *count; /* k */
} part_slot;

typedef struct rows_pass {
    const tsl__points *points;
    const tsl__kernel *kernel;
    size_t cols, parts, active;
    size_t most;     /* of parts */
    tsl__run **run;  /* active */
    part_slot *slot; /* [part][active] */
    double *sums;
    int64_t *counts;
    tsl__watch *watch;
} rows_pass;

int tsl__run_open(tsl__run *run, int k, int restart, size_t cols)
{
    *run = (tsl__run){.k = k, .restart = restart};
    run->center = tsl__alloc_zero((size_t)k * cols, sizeof *run->center);
    return run->center ? 0 : -1;
}

static void drop_state(tsl__run *run)
{
    free(run->sum);
    free(run->count);
    free(run->moved);
    free(run->limit);
    free(run->label);
    free(run->gap);
    tsl__filter_free(&run->filter);
    run->sum = run->moved = NULL;
    run->count = NULL;
    run->limit = run->gap = NULL;
    run->label = NULL;
}

void tsl__run_free(tsl__run *run)
{
    drop_state(run);
    free(run->center);
    *run = (tsl__run){0};
}

static int make_state(tsl__run *run, const tsl__points *points)
{
    const size_t k = (size_t)run->k, cols = points->x.cols, rows = points->x.rows;
    run->sum = tsl__alloc_zero(k * cols, sizeof *run->sum);
    run->count = tsl__alloc_zero(k, sizeof *run->count);
    run->moved = tsl__alloc_zero(k, sizeof *run->moved);
    run->limit = tsl__alloc_zero(k, sizeof *run->limit);
    run->label = tsl__alloc(rows, sizeof *run->label);
    run->gap = tsl__alloc(rows, sizeof *run->gap);
    if (tsl__filter_open(&run->filter, run->k, cols, points->scale) || !run->sum || !run->count || !run->moved ||
        !run->limit || !run->label || !run->gap) {
        return -1;
    }
    memset(run->label, 0xFF, rows * sizeof *run->label);
    tsl__filter_set(&run->filter, run->center);
    run->fresh = 1;
    run->done = run->converged = 0;
    return 0;
}

/* ---- One tile for one run ------------------------------------------------ */

/* Rows of the tile whose label may have changed. */
static int find_stale(const tsl__run *run, size_t begin, int rows, uint8_t *stale)
{
    const uint16_t *label = run->label + begin;
    const float *gap = run->gap + begin;
    int count = 0;
    for (int i = 0; i < rows; i++) {
        stale[count] = (uint8_t)i;
        count += run->fresh || !(gap[i] > run->limit[label[i]]);
    }
    return count;
}

/* The gap as it is kept: what must still be there when the centres have moved
 * up to `limit`. */
static float keep_gap(const tsl__run *run, int label, double gap)
{
    return (float)((gap + (double)run->limit[label]) * (1 - 0x1p-20));
}

/* Looks at one row in double. */
static void look(const rows_pass *pass, tsl__run *run, size_t row, int32_t *label)
{
    tsl__near near;
    pass->kernel->nearest(&run->filter, tsl__row(&pass->points->x, row), pass->points->shift, &near);
    const double first = sqrt(near.best), second = run->k > 1 ? sqrt(near.second) : HUGE_VAL;
    const double gap = run->k > 1 ? (second - first) - 1e-7 * (second + first) : 1e30;
    *label = near.label;
    run->gap[row] = keep_gap(run, near.label, (gap > 0 ? gap : 0) * pass->points->scale);
}

/* Moves rows of the tile from their old to their new clusters. */
static void move_rows(const rows_pass *pass, tsl__run *run, part_slot *slot, size_t begin, int rows,
                      const int32_t *label)
{
    const size_t cols = pass->cols;
    uint16_t *old = run->label + begin;
    for (int i = 0; i < rows; i++) {
        if (old[i] == label[i]) {
            continue;
        }
        if (slot->changed++ == 0) {
            memset(slot->sum, 0, (size_t)run->k * cols * sizeof *slot->sum);
            memset(slot->count, 0, (size_t)run->k * sizeof *slot->count);
        }
        const double *row = tsl__row(&pass->points->x, begin + (size_t)i);
        if (old[i] != NO_LABEL) {
            pass->kernel->add(slot->sum + old[i] * cols, row, pass->points->shift, -1, cols);
            slot->count[old[i]]--;
        }
        pass->kernel->add(slot->sum + (size_t)label[i] * cols, row, pass->points->shift, 1, cols);
        slot->count[label[i]]++;
        old[i] = (uint16_t)label[i];
    }
}

static void visit(const rows_pass *pass, tsl__run *run, part_slot *slot, size_t begin)
{
    const size_t left = pass->points->x.rows - begin;
    const int rows = left < TSL__TILE ? (int)left : TSL__TILE;
    uint8_t stale[TSL__TILE + 1];
    const int count = find_stale(run, begin, rows, stale);
    if (count == 0) {
        return;
    }
    int32_t label[TSL__TILE] __attribute__((aligned(64)));
    if (count <= FEW) {
        for (int i = 0; i < rows; i++) {
            label[i] = run->label[begin + (size_t)i];
        }
        for (int s = 0; s < count; s++) {
            look(pass, run, begin + stale[s], &label[stale[s]]);
        }
    } else {
        float gap[TSL__TILE] __attribute__((aligned(64)));
        pass->kernel->filter(&run->filter, pass->points->tile + begin * pass->cols, pass->points->norm + begin, label,
                             gap);
        for (int i = 0; i < rows; i++) {
            if (gap[i] > 0) {
                run->gap[begin + (size_t)i] = keep_gap(run, label[i], (double)gap[i]);
            } else {
                look(pass, run, begin + (size_t)i, &label[i]);
            }
        }
    }
    move_rows(pass, run, slot, begin, rows, label);
}

/* ---- Between passes ------------------------------------------------------ */

/* The row farthest from its centre among clusters of more than one row;
 * returns its squared distance, 0 where there is none. */
static double find_farthest(const rows_pass *pass, const tsl__run *run, size_t *row)
{
    double most = 0;
    for (size_t r = 0; r < pass->points->x.rows; r++) {
        if (run->count[run->label[r]] < 2) {
            continue;
        }
        const double *x = tsl__row(&pass->points->x, r);
        const double *center = run->center + (size_t)run->label[r] * pass->cols;
        double squared = 0;
        for (size_t j = 0; j < pass->cols; j++) {
            const double away = (x[j] - pass->points->shift[j]) - center[j];
            squared += away * away;
        }
        if (squared > most) {
            most = squared;
            *row = r;
        }
    }
    return most;
}

/* Gives each empty cluster the farthest row, in order. A cluster that no row
 * can be given stays where it is. */
static void fill_empty(const rows_pass *pass, tsl__run *run)
{
    const size_t cols = pass->cols;
    for (int c = 0; c < run->k; c++) {
        size_t row = 0;
        if (run->count[c] > 0 || !(find_farthest(pass, run, &row) > 0)) {
            continue;
        }
        const size_t from = run->label[row];
        const double *x = tsl__row(&pass->points->x, row);
        pass->kernel->add(run->sum + from * cols, x, pass->points->shift, -1, cols);
        memset(run->sum + (size_t)c * cols, 0, cols * sizeof *run->sum);
        pass->kernel->add(run->sum + (size_t)c * cols, x, pass->points->shift, 1, cols);
        run->count[from]--;
        run->count[c] = 1;
        run->label[row] = (uint16_t)c;
        run->gap[row] = -1;
    }
}

/* Adds up what the parts changed; returns the number of changed labels. */
static uint64_t take_changes(const rows_pass *pass, size_t at)
{
    tsl__run *run = pass->run[at];
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
            run->count[c] += slot->count[c];
        }
    }
    return changed;
}

/* Moves the centres to the means; returns the squared shift of all. Gaps close
 * by a centre's own way and the farthest way of another one. */
static double move_centers(const rows_pass *pass, tsl__run *run, double *way)
{
    const size_t cols = pass->cols;
    double shift = 0, most = 0, next = 0;
    int farthest = -1;
    for (int c = 0; c < run->k; c++) {
        double *center = run->center + (size_t)c * cols, squared = 0;
        for (size_t j = 0; run->count[c] > 0 && j < cols; j++) {
            const double mean = run->sum[(size_t)c * cols + j] / (double)run->count[c];
            squared += (mean - center[j]) * (mean - center[j]);
            center[j] = mean;
        }
        shift += squared;
        way[c] = sqrt(squared) * pass->points->scale;
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

static double get_inertia(const rows_pass *pass, const tsl__run *run)
{
    double between = 0;
    for (int c = 0; c < run->k; c++) {
        const double *center = run->center + (size_t)c * pass->cols;
        double norm = 0;
        for (size_t j = 0; j < pass->cols; j++) {
            norm += center[j] * center[j];
        }
        between += (double)run->count[c] * norm;
    }
    const double inertia = pass->points->total - between;
    return inertia > 0 ? inertia : 0;
}

/* Ends one iteration of one run. */
static void update(const rows_pass *pass, const tsl__lloyd *lloyd, size_t at)
{
    tsl__run *run = pass->run[at];
    const uint64_t changed = take_changes(pass, at);
    run->iterations++;
    run->fresh = 0;
    if (changed == 0) {
        run->converged = run->done = 1;
        return;
    }
    double *way = tsl__alloc((size_t)run->k, sizeof *way);
    if (!way) {
        tsl__watch_fail(pass->watch, TSL_E_NOMEM);
        return;
    }
    fill_empty(pass, run);
    const double shift = move_centers(pass, run, way);
    free(way);
    run->inertia = get_inertia(pass, run);
    tsl__filter_set(&run->filter, run->center);
    run->done = shift <= lloyd->stop || run->iterations >= lloyd->max_iterations;
}

/* ---- Passes -------------------------------------------------------------- */

/* One pass: parts by groups of runs, in any order and thread. */
static void run_pass(const rows_pass *pass, int threads)
{
    size_t chunks = 8 * (size_t)threads / pass->parts + 1;
    chunks = chunks < pass->active ? chunks : pass->active;
    const size_t items = pass->parts * chunks;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t item = 0; item < items; item++) {
        const size_t part = item / chunks, chunk = item % chunks;
        const size_t first = chunk * pass->active / chunks, last = (chunk + 1) * pass->active / chunks;
        size_t begin, end;
        tsl__part_get(pass->points->x.rows, pass->most, part, &begin, &end);
        for (size_t row = begin; row < end; row += TSL__TILE) {
            if ((row - begin) % TSL__BLOCK_ROWS == 0 && tsl__watch_stopped(pass->watch)) {
                break;
            }
            for (size_t r = first; r < last; r++) {
                visit(pass, pass->run[r], &pass->slot[part * pass->active + r], row);
            }
        }
    }
}

/* Lays the slots out for the runs that are still active. */
static void set_slots(rows_pass *pass)
{
    double *sum = pass->sums;
    int64_t *count = pass->counts;
    for (size_t p = 0; p < pass->parts; p++) {
        for (size_t r = 0; r < pass->active; r++) {
            const size_t k = (size_t)pass->run[r]->k;
            pass->slot[p * pass->active + r] = (part_slot){0, sum, count};
            sum += k * pass->cols;
            count += k;
        }
    }
}

static int open_pass(rows_pass *pass, tsl__run *const *run, size_t count)
{
    size_t clusters = 0;
    for (size_t r = 0; r < count; r++) {
        clusters += (size_t)run[r]->k;
    }
    pass->most = tsl__part_most(clusters * pass->cols);
    pass->parts = tsl__part_count(pass->points->x.rows, pass->most);
    pass->run = tsl__alloc(count, sizeof *pass->run);
    pass->slot = tsl__alloc(pass->parts * count, sizeof *pass->slot);
    pass->sums = tsl__alloc_aligned(pass->parts * clusters, pass->cols * sizeof *pass->sums);
    pass->counts = tsl__alloc(pass->parts * clusters, sizeof *pass->counts);
    int failed = !pass->run || !pass->slot || !pass->sums || !pass->counts;
    for (size_t r = 0; r < count && !failed; r++) {
        pass->run[r] = run[r];
        failed = make_state(run[r], pass->points);
    }
    pass->active = count;
    return failed ? -1 : 0;
}

/* Takes the runs that are done out of the pass; their states are freed. */
static void retire(rows_pass *pass, int report)
{
    size_t active = 0;
    for (size_t r = 0; r < pass->active; r++) {
        tsl__run *run = pass->run[r];
        if (!run->done) {
            pass->run[active++] = run;
            continue;
        }
        drop_state(run);
        if (report) {
            tsl_progress_event *event = &pass->watch->event;
            event->runs_done++;
            if (event->k != run->k || !(event->best_inertia <= run->inertia)) {
                event->best_inertia = run->inertia;
            }
            event->k = run->k;
            tsl__watch_done(pass->watch, (size_t)event->runs_done, (size_t)event->runs_total);
        }
    }
    pass->active = active;
}

void tsl__lloyd_fit(tsl__lloyd *lloyd, const tsl__points *points, tsl__run *const *run, size_t count, tsl__watch *watch)
{
    rows_pass pass = {.points = points, .kernel = tsl__kernel_get(), .cols = points->x.cols, .watch = watch};
    if (open_pass(&pass, run, count)) {
        tsl__watch_fail(watch, TSL_E_NOMEM);
    }
    while (pass.active > 0 && !tsl__watch_stopped(watch)) {
        set_slots(&pass);
        run_pass(&pass, lloyd->threads);
        if (tsl__watch_stopped(watch)) {
            break;
        }
        const size_t active = pass.active;
        lloyd->passes++;
        lloyd->iterations += active;
#pragma omp parallel for schedule(dynamic) num_threads(lloyd->threads)
        for (size_t r = 0; r < active; r++) {
            update(&pass, lloyd, r);
        }
        retire(&pass, lloyd->report);
    }
    for (size_t r = 0; r < count; r++) {
        drop_state(run[r]);
    }
    free(pass.run);
    free(pass.slot);
    free(pass.sums);
    free(pass.counts);
}
