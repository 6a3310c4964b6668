/* init.c: greedy k-means++ on the rows, or on a sample of them. */
#include "model/init.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Lloyd's iterations on the sample, at most: the rest is done on all rows. */
#define SAMPLE_ITERATIONS 100

int tsl__seedbed_open(tsl__seedbed *bed, const tsl_matrix *x, const double *shift)
{
    const size_t tiles = (x->rows + TSL__TILE - 1) / TSL__TILE;
    *bed = (tsl__seedbed){.x = *x, .shift = shift};
    bed->tile = tsl__alloc_aligned(tiles * TSL__TILE, x->cols * sizeof *bed->tile);
    for (size_t t = 0; bed->tile && t < tiles; t++) {
        tsl__tile_fill(x, t * TSL__TILE, shift, bed->tile + t * TSL__TILE * x->cols);
    }
    return bed->tile ? 0 : -1;
}

void tsl__seedbed_free(tsl__seedbed *bed)
{
    free(bed->tile);
    *bed = (tsl__seedbed){0};
}

/* ---- Greedy k-means++ ---------------------------------------------------- */

/* Squared distances to the nearest centre so far, and their sums by tile. */
typedef struct distance_field {
    double *closest; /* tiles x 64; 0 beyond the last row */
    double *sum;     /* tiles */
    double total;
} distance_field;

static int open_field(distance_field *field, size_t tiles)
{
    field->closest = tsl__alloc_aligned(tiles * TSL__TILE, sizeof *field->closest);
    field->sum = tsl__alloc(tiles, sizeof *field->sum);
    return field->closest && field->sum ? 0 : -1;
}

static void free_field(distance_field *field)
{
    free(field->closest);
    free(field->sum);
}

/* The field after one more centre. */
static void add_center(const tsl__seedbed *bed, const tsl__kernel *kernel, const distance_field *old,
                       const double *center, distance_field *new)
{
    const size_t tiles = (bed->x.rows + TSL__TILE - 1) / TSL__TILE, cols = bed->x.cols;
    new->total = 0;
    for (size_t t = 0; t < tiles; t++) {
        new->sum[t] = kernel->closer(bed->tile + t * TSL__TILE * cols, cols, center, old->closest + t * TSL__TILE,
                                     new->closest + t *TSL__TILE);
        new->total += new->sum[t];
    }
}

/* A row drawn in proportion to its closest squared distance. */
static size_t draw_row(const tsl__seedbed *bed, const distance_field *field, tsl__rng *rng)
{
    const size_t tiles = (bed->x.rows + TSL__TILE - 1) / TSL__TILE;
    double left = tsl__rng_uniform(rng) * field->total;
    if (!(field->total > 0)) {
        return (size_t)tsl__rng_below(rng, bed->x.rows); /* every row is a centre already */
    }
    size_t tile = 0;
    while (tile + 1 < tiles && left >= field->sum[tile]) {
        left -= field->sum[tile++];
    }
    /* Rounding may leave a little over: then the last row that can be drawn. */
    size_t row = tile * TSL__TILE;
    for (size_t r = tile * TSL__TILE; r < bed->x.rows && r < (tile + 1) * TSL__TILE; r++) {
        if (field->closest[r] > 0) {
            row = r;
            if (left < field->closest[r]) {
                break;
            }
            left -= field->closest[r];
        }
    }
    return row;
}

static void get_row(const tsl__seedbed *bed, size_t row, double *out)
{
    const double *x = tsl__row(&bed->x, row);
    for (size_t j = 0; j < bed->x.cols; j++) {
        out[j] = x[j] - bed->shift[j];
    }
}

static void swap_fields(distance_field *a, distance_field *b)
{
    const distance_field c = *a;
    *a = *b;
    *b = c;
}

/* Takes the best of `trials` rows as the next centre. field[0] is the state;
 * the others are work space. trial: cols. */
static void draw_center(const tsl__seedbed *bed, const tsl__kernel *kernel, tsl__rng *rng, int trials,
                        distance_field *field, double *trial, double *center)
{
    for (int t = 0; t < trials; t++) {
        get_row(bed, draw_row(bed, &field[0], rng), trial);
        add_center(bed, kernel, &field[0], trial, &field[2]);
        if (t == 0 || field[2].total < field[1].total) {
            swap_fields(&field[1], &field[2]);
            memcpy(center, trial, bed->x.cols * sizeof *center);
        }
    }
    swap_fields(&field[0], &field[1]);
}

int tsl__seedbed_draw(const tsl__seedbed *bed, tsl__rng *rng, int k, double *center)
{
    const tsl__kernel *kernel = tsl__kernel_get();
    const size_t tiles = (bed->x.rows + TSL__TILE - 1) / TSL__TILE, cols = bed->x.cols;
    const int trials = 2 + (int)log((double)k);
    distance_field field[3] = {{0}};
    double *trial = tsl__alloc(cols, sizeof *trial);
    int failed = !trial;
    for (int f = 0; f < 3; f++) {
        failed |= open_field(&field[f], tiles);
    }
    if (!failed) {
        for (size_t i = 0; i < tiles * TSL__TILE; i++) {
            field[1].closest[i] = i < bed->x.rows ? HUGE_VAL : 0;
        }
        get_row(bed, (size_t)tsl__rng_below(rng, bed->x.rows), center);
        add_center(bed, kernel, &field[1], center, &field[0]);
        for (int c = 1; c < k; c++) {
            draw_center(bed, kernel, rng, trials, field, trial, center + (size_t)c * cols);
        }
    }
    for (int f = 0; f < 3; f++) {
        free_field(&field[f]);
    }
    free(trial);
    return failed ? -1 : 0;
}

/* ---- Runs ---------------------------------------------------------------- */

/* m rows of x, drawn without replacement, as a matrix of their own (free data). */
static int take_sample(const tsl_matrix *x, size_t m, tsl__rng *rng, tsl_matrix *sample)
{
    size_t *row = tsl__alloc(m, sizeof *row);
    double *data = tsl__alloc_aligned(m * x->cols, sizeof *data);
    if (!row || !data || tsl__rng_sample(rng, x->rows, m, row)) {
        free(row);
        free(data);
        return -1;
    }
    for (size_t i = 0; i < m; i++) {
        memcpy(data + i * x->cols, tsl__row(x, row[i]), x->cols * sizeof *data);
    }
    free(row);
    *sample = (tsl_matrix){data, m, x->cols, x->cols};
    return 0;
}

/* Seeds one run on a sample of its own and carries it on there. */
static int seed_sampled(const tsl__points *points, tsl__run *run, size_t rows, tsl__rng *rng, double stop,
                        tsl__watch *watch)
{
    tsl_matrix sample;
    tsl__seedbed bed = {0};
    tsl__points part = {0};
    if (take_sample(&points->x, rows, rng, &sample)) {
        return -1;
    }
    int failed = tsl__seedbed_open(&bed, &sample, points->shift) || tsl__seedbed_draw(&bed, rng, run->k, run->center);
    tsl__seedbed_free(&bed);
    if (!failed && tsl__points_open(&part, &sample, points->shift, points->scale, 1, NULL) == TSL_OK) {
        tsl__lloyd lloyd = {.stop = stop, .max_iterations = SAMPLE_ITERATIONS, .threads = 1};
        tsl__lloyd_fit(&lloyd, &part, &run, 1, watch);
        run->iterations = 0;
        tsl__points_free(&part);
    } else {
        failed = -1;
    }
    free((double *)sample.data);
    return failed;
}

size_t tsl__runs_sample(const tsl__points *points, tsl__run *const *run, size_t count)
{
    size_t rows = TSL__SAMPLE_ROWS;
    for (size_t r = 0; r < count; r++) {
        const size_t wanted = (size_t)run[r]->k * TSL__SAMPLE_ROWS_EACH;
        rows = wanted > rows ? wanted : rows;
    }
    return rows < points->x.rows ? rows : points->x.rows;
}

void tsl__runs_seed(const tsl__points *points, tsl__run *const *run, size_t count, uint64_t seed, double stop,
                    int threads, tsl__watch *watch)
{
    const size_t rows = tsl__runs_sample(points, run, count);
    const int sampled = rows < points->x.rows;
    tsl__seedbed bed = {0};
    if (!sampled && tsl__seedbed_open(&bed, &points->x, points->shift)) {
        tsl__watch_fail(watch, TSL_E_NOMEM);
    }
    double work = 0;
    for (size_t r = 0; r < count; r++) {
        work += 4.0 * run[r]->k * (double)rows * (double)points->x.cols;
    }
    const int team = tsl__team_size(threads, work);
    atomic_size_t done;
    atomic_init(&done, 0);
    /* The longest, those of the greatest k, first. */
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t i = 0; i < count; i++) {
        tsl__run *one = run[count - 1 - i];
        tsl__watch_done(watch, atomic_load(&done), count);
        if (tsl__watch_stopped(watch)) {
            continue;
        }
        tsl__rng rng = tsl__rng_open(seed, (uint32_t)one->k, (uint32_t)one->restart);
        if (sampled ? seed_sampled(points, one, rows, &rng, stop, watch)
                    : tsl__seedbed_draw(&bed, &rng, one->k, one->center)) {
            tsl__watch_fail(watch, TSL_E_NOMEM);
        }
        atomic_fetch_add(&done, 1);
    }
    tsl__seedbed_free(&bed);
}
