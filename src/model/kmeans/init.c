/* init.c: greedy k-means++ on the rows, or on a sample of them. */
#include "model/kmeans/init.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Lloyd's iterations on the sample, at most: the rest is done on all rows. */
#define SAMPLE_ITERATIONS 100

int tsl__seedbed_open(tsl__seedbed *bed, const tsl__row_view *x, const double *shift, const double *weight)
{
    const size_t tiles = (x->rows + TSL__TILE - 1) / TSL__TILE;
    *bed = (tsl__seedbed){.x = *x, .shift = shift};
    bed->tile = tsl__alloc_aligned(tiles * TSL__TILE, x->cols * sizeof *bed->tile);
    bed->weight = tsl__alloc_aligned(tiles * TSL__TILE, sizeof *bed->weight);
    if (!bed->tile || !bed->weight) {
        tsl__seedbed_free(bed);
        return -1;
    }
    for (size_t t = 0; t < tiles; t++) {
        tsl__tile_fill(x, t * TSL__TILE, shift, bed->tile + t * TSL__TILE * x->cols);
    }
    for (size_t i = 0; i < tiles * TSL__TILE; i++) {
        bed->weight[i] = i >= x->rows ? 0 : weight ? weight[i] : 1;
    }
    return 0;
}

void tsl__seedbed_free(tsl__seedbed *bed)
{
    free(bed->tile);
    free(bed->weight);
    *bed = (tsl__seedbed){0};
}

/* ---- Greedy k-means++ ---------------------------------------------------- */

/* Weight times squared distance to the nearest centre so far, and the sums by
 * tile; before the first centre, the weights. */
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
        new->sum[t] = kernel->closer(bed->tile + t * TSL__TILE * cols, cols, center, bed->weight + t * TSL__TILE,
                                     old->closest + t * TSL__TILE, new->closest + t *TSL__TILE);
        new->total += new->sum[t];
    }
}

/* A row drawn in proportion to its closest squared distance. */
static size_t draw_row(const tsl__seedbed *bed, const distance_field *field, tsl__rng *rng)
{
    const size_t tiles = (bed->x.rows + TSL__TILE - 1) / TSL__TILE;
    double left = tsl__rng_uniform(rng) * field->total;
    if (!(field->total > 0)) { /* every row is a centre already */
        size_t any = (size_t)tsl__rng_below(rng, bed->x.rows);
        for (size_t i = 0; i < bed->x.rows && !(bed->weight[any] > 0); i++) {
            any = any + 1 < bed->x.rows ? any + 1 : 0;
        }
        return any;
    }
    size_t tile = 0;
    while (tile + 1 < tiles && left >= field->sum[tile]) {
        left -= field->sum[tile++];
    }
    /* Rounding may leave a little over: then the last row that can be drawn. */
    while (tile > 0 && !(field->sum[tile] > 0)) {
        tile--;
    }
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
    for (size_t j = 0; j < bed->x.cols; j++) {
        out[j] = tsl__cell(&bed->x, row, j) - bed->shift[j];
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

/* The field before any centre: the weights. */
static void set_weights(const tsl__seedbed *bed, distance_field *field)
{
    const size_t tiles = (bed->x.rows + TSL__TILE - 1) / TSL__TILE;
    field->total = 0;
    for (size_t t = 0; t < tiles; t++) {
        field->sum[t] = 0;
        for (size_t i = t * TSL__TILE; i < (t + 1) * TSL__TILE; i++) {
            field->closest[i] = bed->weight[i];
            field->sum[t] += bed->weight[i];
        }
        field->total += field->sum[t];
    }
}

/* The first centres: those that are there already, or a row drawn by weight. */
static void set_first(const tsl__seedbed *bed, const tsl__kernel *kernel, tsl__rng *rng, int given,
                      distance_field *field, double *center)
{
    const size_t tiles = (bed->x.rows + TSL__TILE - 1) / TSL__TILE;
    if (given == 0) {
        set_weights(bed, &field[1]);
        get_row(bed, draw_row(bed, &field[1], rng), center);
    }
    for (size_t i = 0; i < tiles * TSL__TILE; i++) {
        field[1].closest[i] = i < bed->x.rows ? HUGE_VAL : 0;
    }
    add_center(bed, kernel, &field[1], center, &field[0]);
    for (int c = 1; c < given; c++) {
        add_center(bed, kernel, &field[0], center + (size_t)c * bed->x.cols, &field[1]);
        swap_fields(&field[0], &field[1]);
    }
}

int tsl__seedbed_draw(const tsl__seedbed *bed, tsl__rng *rng, int given, int k, double *center, tsl__cancel *cancel)
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
        set_first(bed, kernel, rng, given, field, center);
        for (int c = given > 1 ? given : 1; c < k && !tsl__cancel_stopped(cancel); c++) {
            draw_center(bed, kernel, rng, trials, field, trial, center + (size_t)c * cols);
        }
    }
    for (int f = 0; f < 3; f++) {
        free_field(&field[f]);
    }
    free(trial);
    return failed ? -1 : 0;
}

/* ---- Samples ------------------------------------------------------------- */

static double get_chance(const tsl__chances *of, size_t row)
{
    const double weight = tsl__weight_get(of->tiles->weight, row), same = 0.5 * weight / of->weights;
    return of->norms > 0 ? same + 0.5 * (weight * (double)of->tiles->norm[row]) / of->norms : same;
}

int tsl__chances_open(tsl__chances *of, const tsl__tiles *tiles)
{
    const size_t rows = tiles->x.rows;
    *of = (tsl__chances){.tiles = tiles, .tile_count = (rows + TSL__TILE - 1) / TSL__TILE};
    of->before = tsl__alloc(of->tile_count + 1, sizeof *of->before);
    if (!of->before) {
        return -1;
    }
    for (size_t r = 0; r < rows; r++) {
        of->weights += tsl__weight_get(tiles->weight, r);
        of->norms += tsl__weight_get(tiles->weight, r) * (double)tiles->norm[r];
    }
    of->before[0] = 0;
    for (size_t t = 0; t < of->tile_count; t++) {
        double sum = of->before[t];
        for (size_t r = t * TSL__TILE; r < rows && r < (t + 1) * TSL__TILE; r++) {
            sum += get_chance(of, r);
        }
        of->before[t + 1] = sum;
    }
    return 0;
}

/* One row from each of m equal strata of the chances; rows come out rising. */
static void draw_rows(const tsl__chances *of, tsl__rng *rng, size_t m, tsl__sample *out)
{
    const size_t rows = of->tiles->x.rows, cols = of->tiles->x.cols;
    const double stratum = of->before[of->tile_count] / (double)m;
    size_t row = 0;
    double end = get_chance(of, 0); /* of the chances up to and with the row */
    for (size_t i = 0; i < m; i++) {
        const double at = ((double)i + tsl__rng_uniform(rng)) * stratum;
        size_t tile = row / TSL__TILE;
        if (at >= of->before[tile + 1]) {
            while (tile + 1 < of->tile_count && at >= of->before[tile + 1]) {
                tile++;
            }
            row = tile * TSL__TILE;
            end = of->before[tile] + get_chance(of, row);
        }
        while (at >= end && row + 1 < rows) {
            end += get_chance(of, ++row);
        }
        while (row > 0 && !(tsl__weight_get(of->tiles->weight, row) > 0)) {
            row--; /* rounding has left a little over */
        }
        const double same = 0.5 * tsl__weight_get(of->tiles->weight, row) / of->weights;
        const double weight = 0x1p31 * same / get_chance(of, row);
        tsl__row_take(&of->tiles->x, row, (double *)(uintptr_t)out->x.data + i * cols);
        out->weight[i] = weight < 1 ? 1 : floor(weight); /* whole, so that sums are exact */
        out->weights += out->weight[i];
    }
}

void tsl__chances_free(tsl__chances *of)
{
    free(of->before);
    *of = (tsl__chances){0};
}

int tsl__sample_open(tsl__sample *out, const tsl__chances *of, tsl__rng *rng, size_t rows)
{
    const size_t cols = of->tiles->x.cols;
    double *data = tsl__alloc_aligned(rows * cols, sizeof *data);
    const tsl_matrix x = {data, rows, cols, cols, TSL_F64};
    *out = (tsl__sample){.x = tsl__row_view_of(&x, 1), .weight = tsl__alloc(rows, sizeof *out->weight)};
    if (!data || !out->weight) {
        tsl__sample_free(out);
        return -1;
    }
    draw_rows(of, rng, rows, out);
    return 0;
}

void tsl__sample_free(tsl__sample *sample)
{
    free((void *)(uintptr_t)sample->x.data);
    free(sample->weight);
    *sample = (tsl__sample){0};
}

/* ---- Runs ---------------------------------------------------------------- */

/* What the runs draw from: all rows, or the chances of each; what is not
 * needed is left out. */
typedef struct source {
    const tsl__tiles *tiles;
    const tsl__seeding *how;
    tsl__seedbed bed;
    tsl__chances of;
} source;

static int open_source(source *from, const tsl__tiles *tiles, const tsl__seeding *how, tsl__lloyd_run *const *run,
                       size_t count)
{
    int whole = 0, sampled = 0;
    for (size_t r = 0; r < count; r++) {
        const int all = tsl__sample_rows(tiles->x.rows, run[r]->k) == tiles->x.rows;
        whole |= all;
        sampled |= !all;
    }
    *from = (source){.tiles = tiles, .how = how};
    return (whole && tsl__seedbed_open(&from->bed, &tiles->x, tiles->shift, tiles->weight)) ||
           (sampled && tsl__chances_open(&from->of, tiles));
}

tsl__prior tsl__prior_of_sample(const tsl__prior *prior, const tsl__chances *of, const tsl__sample *sample)
{
    tsl__prior part = *prior;
    part.weight *= sample->weights / of->weights;
    return part;
}

/* Seeds one run on a sample of its own and carries it on there. */
static int seed_sampled(const source *from, tsl__lloyd_run *run, size_t rows, tsl__rng *rng, tsl__cancel *cancel)
{
    const tsl__tiles *tiles = from->tiles;
    const int given = (int)from->how->prior.count;
    tsl__sample part;
    tsl__seedbed bed;
    tsl__tiles all;
    if (tsl__sample_open(&part, &from->of, rng, rows)) {
        return -1;
    }
    int failed = tsl__seedbed_open(&bed, &part.x, tiles->shift, part.weight);
    if (!failed) {
        failed = tsl__seedbed_draw(&bed, rng, given, run->k, run->center, cancel);
        tsl__seedbed_free(&bed);
    }
    if (!failed) {
        failed = tsl__tiles_open(&all, &part.x, tiles->shift, part.weight, tiles->scale, 1, NULL) != TSL_OK;
    }
    if (!failed) {
        tsl__lloyd lloyd = {.stop = from->how->stop,
                            .max_iterations = SAMPLE_ITERATIONS,
                            .threads = 1,
                            .prior = tsl__prior_of_sample(&from->how->prior, &from->of, &part)};
        tsl__lloyd_fit(&lloyd, &all, &run, 1, cancel);
        run->iterations = 0;
        tsl__tiles_free(&all);
    }
    tsl__sample_free(&part);
    return failed ? -1 : 0;
}

size_t tsl__sample_rows(size_t rows, int k)
{
    const size_t wanted = (size_t)k * TSL__SAMPLE_ROWS_EACH,
                 most = wanted > TSL__SAMPLE_ROWS ? wanted : TSL__SAMPLE_ROWS;
    return most < rows ? most : rows;
}

/* Clusters that prior places draw begin there; where a coordinate is free, at the mean of all rows. */
static void set_given(const tsl__seeding *how, size_t cols, double *center)
{
    for (size_t i = 0; i < how->prior.count * cols; i++) {
        center[i] = isnan(how->prior.place[i]) ? 0 : how->prior.place[i];
    }
}

static int seed_run(const source *from, tsl__lloyd_run *run, tsl__cancel *cancel)
{
    const size_t all = from->tiles->x.rows, rows = tsl__sample_rows(all, run->k);
    tsl__rng rng = tsl__rng_open(from->how->seed, (uint32_t)run->k, (uint32_t)run->restart);
    set_given(from->how, from->tiles->x.cols, run->center);
    return rows < all ? seed_sampled(from, run, rows, &rng, cancel)
                      : tsl__seedbed_draw(&from->bed, &rng, (int)from->how->prior.count, run->k, run->center, cancel);
}

void tsl__runs_seed(const tsl__tiles *tiles, const tsl__seeding *how, tsl__lloyd_run *const *run, size_t count,
                    tsl__cancel *cancel)
{
    source from;
    double work = 0;
    if (open_source(&from, tiles, how, run, count)) {
        tsl__cancel_fail(cancel, TSL_E_NOMEM);
    }
    for (size_t r = 0; r < count; r++) {
        work += 4.0 * run[r]->k * (double)tsl__sample_rows(tiles->x.rows, run[r]->k) * (double)tiles->x.cols;
    }
    const int team = tsl__team_size(how->threads, work);
    atomic_size_t done;
    atomic_init(&done, 0);
    /* The longest, those of the greatest k, first. */
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t i = 0; i < count; i++) {
        tsl__cancel_done(cancel, atomic_load(&done), count);
        if (!tsl__cancel_stopped(cancel)) {
            if (seed_run(&from, run[count - 1 - i], cancel)) {
                tsl__cancel_fail(cancel, TSL_E_NOMEM);
            }
            atomic_fetch_add(&done, 1);
        }
    }
    tsl__seedbed_free(&from.bed);
    tsl__chances_free(&from.of);
}
