/* silhouette_all.c: silhouettes of some rows against all rows: which rows, their
 * silhouettes, and what these say of the mean. */
#include "model/quality/quality.h"

#include "base/alloc.h"
#include "base/rng.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Which rows ------------------------------------------------------------- */

/* Rows that every cluster gives where there are enough to draw, so that its mean and error can be told. */
#define LEAST_ROWS 20
/* The name of the stream of draws beside those of the runs (k, restart): k = 0 is free, and so is this. */
#define STREAM UINT32_C(0x5117)

/* How many of the n rows of a cluster are drawn, of `all` rows that have a weight. */
static size_t get_share(size_t n, size_t all, size_t most, size_t least)
{
    const size_t share = (size_t)ceil((double)most * (double)n / (double)all);
    const size_t wanted = share > least ? share : least;
    return wanted < n ? wanted : n;
}

/* All rows that have a weight. */
static size_t take_all(const tsl__weights *weights, size_t rows, size_t *row)
{
    size_t m = 0;
    for (size_t r = 0; r < rows; r++) {
        if (tsl__weight_get(weights->of, r) > 0) {
            row[m++] = r;
        }
    }
    return m;
}

/* The rows of each cluster that have a weight, how many, and which of them are drawn. */
typedef struct draw {
    size_t *size;  /* k */
    size_t *first; /* k + 1: of `picked` */
    size_t *picked;
    size_t *at, *seen; /* k: the next one drawn, and how many rows went by */
} draw;

static void free_draw(draw *d)
{
    free(d->size);
    free(d->first);
    free(d->picked);
    free(d->at);
    free(d->seen);
}

static int open_draw(draw *d, const tsl__weights *weights, const tsl__labelling *labelling, size_t rows, size_t most)
{
    const size_t k = (size_t)labelling->k, least = LEAST_ROWS * k <= most ? LEAST_ROWS : 1;
    d->size = tsl__alloc_zero(k, sizeof *d->size);
    d->first = tsl__alloc_zero(k + 1, sizeof *d->first);
    d->at = tsl__alloc_zero(k, sizeof *d->at);
    d->seen = tsl__alloc_zero(k, sizeof *d->seen);
    if (!d->size || !d->first || !d->at || !d->seen) {
        return -1;
    }
    for (size_t r = 0; r < rows; r++) {
        d->size[labelling->label[r]] += tsl__weight_get(weights->of, r) > 0;
    }
    for (size_t c = 0; c < k; c++) {
        d->first[c + 1] = d->first[c] + get_share(d->size[c], weights->positive, most, least);
        d->at[c] = d->first[c];
    }
    d->picked = tsl__alloc(d->first[k], sizeof *d->picked);
    return d->picked ? 0 : -1;
}

/* Draws of each cluster its rows, by their number within it. */
static int pick(draw *d, size_t k, uint64_t seed)
{
    for (size_t c = 0; c < k; c++) {
        tsl__rng rng = tsl__rng_open(seed, STREAM, (uint32_t)c);
        const size_t m = d->first[c + 1] - d->first[c];
        if (tsl__rng_sample(&rng, d->size[c], m, d->picked + d->first[c])) {
            return -1;
        }
    }
    return 0;
}

static size_t take_drawn(draw *d, const tsl__weights *weights, const tsl__labelling *labelling, size_t rows,
                         size_t *row)
{
    size_t m = 0;
    for (size_t r = 0; r < rows; r++) {
        const size_t c = (size_t)labelling->label[r];
        if (tsl__weight_get(weights->of, r) > 0) {
            if (d->at[c] < d->first[c + 1] && d->picked[d->at[c]] == d->seen[c]) {
                d->at[c]++;
                row[m++] = r;
            }
            d->seen[c]++;
        }
    }
    return m;
}

int tsl__silhouette_draw(const tsl__weights *weights, const tsl__labelling *labelling, size_t rows, size_t most,
                         size_t exact, uint64_t seed, size_t **row, size_t *m)
{
    draw d = {0};
    int failed = 0;
    *m = 0;
    *row = NULL;
    if (most == 0) {
        return 0;
    }
    if (weights->positive <= exact || weights->positive <= most) {
        *row = tsl__alloc(weights->positive, sizeof **row);
        *m = *row ? take_all(weights, rows, *row) : 0;
        return *row ? 0 : -1;
    }
    failed = open_draw(&d, weights, labelling, rows, most) || pick(&d, (size_t)labelling->k, seed);
    *row = failed ? NULL : tsl__alloc(d.first[labelling->k], sizeof **row);
    *m = *row ? take_drawn(&d, weights, labelling, rows, *row) : 0;
    free_draw(&d);
    return *row ? 0 : -1;
}

/* ---- Their silhouettes --------------------------------------------------------- */

typedef struct all_pass {
    const tsl__silhouette_input *input;
    const tsl__labelling *labelling;
    size_t count, clusters; /* labellings; clusters over all of them */
    size_t *first;          /* count + 1: the first cluster of each labelling */
    uint32_t *offset;       /* rows x count: first + label */
    double *mass;           /* clusters */
    int *present;           /* count: clusters that have a weight */
    double *out;
} all_pass;

static void free_all(all_pass *pass)
{
    free(pass->first);
    free(pass->offset);
    free(pass->mass);
    free(pass->present);
}

static int open_all(all_pass *pass)
{
    const size_t rows = pass->input->x->rows, count = pass->count;
    pass->first = tsl__alloc_zero(count + 1, sizeof *pass->first);
    pass->offset = tsl__alloc(rows * count, sizeof *pass->offset);
    pass->present = tsl__alloc_zero(count, sizeof *pass->present);
    if (!pass->first || !pass->offset || !pass->present) {
        return -1;
    }
    for (size_t l = 0; l < count; l++) {
        pass->first[l + 1] = pass->first[l] + (size_t)pass->labelling[l].k;
    }
    pass->clusters = pass->first[count];
    pass->mass = tsl__alloc_zero(pass->clusters, sizeof *pass->mass);
    if (!pass->mass) {
        return -1;
    }
    for (size_t r = 0; r < rows; r++) {
        for (size_t l = 0; l < count; l++) {
            const size_t cluster = pass->first[l] + (size_t)pass->labelling[l].label[r];
            pass->offset[r * count + l] = (uint32_t)cluster;
            pass->mass[cluster] += tsl__weight_get(pass->input->weights->of, r);
        }
    }
    for (size_t l = 0; l < count; l++) {
        for (size_t c = pass->first[l]; c < pass->first[l + 1]; c++) {
            pass->present[l] += pass->mass[c] > 0;
        }
    }
    return 0;
}

/* Of one measured row under one labelling, from its distances summed up by cluster. */
static double get_silhouette(const all_pass *pass, size_t l, size_t row, size_t lane, double (*sums)[TSL__TILE])
{
    const size_t own = pass->offset[row * pass->count + l];
    double nearest = HUGE_VAL;
    if (pass->present[l] < 2 || !(pass->mass[own] > 1)) {
        return 0;
    }
    const double within = sums[own][lane] / (pass->mass[own] - 1);
    for (size_t c = pass->first[l]; c < pass->first[l + 1]; c++) {
        if (c != own && pass->mass[c] > 0) {
            const double mean = sums[c][lane] / pass->mass[c];
            nearest = mean < nearest ? mean : nearest;
        }
    }
    const double most = within > nearest ? within : nearest;
    return most > 0 ? (nearest - within) / most : 0;
}

/* Where a thread works. */
typedef struct room {
    double *tile, *row;
    double (*sums)[TSL__TILE];
} room;

/* Up to 64 of the measured rows against all rows. */
static void measure_tile(const all_pass *pass, const tsl__kernel *kernel, size_t t, const room *at)
{
    const tsl__silhouette_input *input = pass->input;
    const tsl__row_view *x = input->x;
    const size_t begin = t * TSL__TILE, lanes = input->m - begin < TSL__TILE ? input->m - begin : TSL__TILE;
    double squared[TSL__TILE] __attribute__((aligned(64)));
    memset(at->tile, 0, x->cols * TSL__TILE * sizeof *at->tile);
    for (size_t i = 0; i < lanes; i++) {
        for (size_t j = 0; j < x->cols; j++) {
            at->tile[j * TSL__TILE + i] = tsl__cell(x, input->row[begin + i], j);
        }
    }
    memset(at->sums, 0, pass->clusters * sizeof *at->sums);
    for (size_t r = 0; r < x->rows; r++) {
        const double weight = tsl__weight_get(input->weights->of, r);
        kernel->distance(at->tile, x->cols, tsl__row(x, r, at->row), squared);
        kernel->tally(squared, weight, at->sums, pass->offset + r * pass->count, pass->count);
    }
    for (size_t l = 0; l < pass->count; l++) {
        for (size_t i = 0; i < lanes; i++) {
            pass->out[l * input->m + begin + i] = get_silhouette(pass, l, input->row[begin + i], i, at->sums);
        }
    }
}

static void run_all(const all_pass *pass, int threads, tsl__cancel *cancel)
{
    const tsl__row_view *x = pass->input->x;
    const tsl__kernel *kernel = tsl__kernel_get();
    const size_t tiles = (pass->input->m + TSL__TILE - 1) / TSL__TILE;
    const int team = tsl__team_size(threads, (double)pass->input->m * (double)x->rows * (double)x->cols);
    atomic_size_t done;
    atomic_init(&done, 0);
#pragma omp parallel num_threads(team)
    {
        const room at = {tsl__alloc_aligned(x->cols * TSL__TILE, sizeof(double)), tsl__alloc(x->cols, sizeof(double)),
                         tsl__alloc_aligned(pass->clusters, sizeof *at.sums)};
        if (!at.tile || !at.row || !at.sums) {
            tsl__cancel_fail(cancel, TSL_E_NOMEM);
        }
#pragma omp for schedule(dynamic)
        for (size_t t = 0; t < tiles; t++) {
            tsl__cancel_done(cancel, atomic_load(&done), tiles);
            if (!tsl__cancel_stopped(cancel)) {
                measure_tile(pass, kernel, t, &at);
                atomic_fetch_add(&done, 1);
            }
        }
        free(at.tile);
        free(at.row);
        free(at.sums);
    }
}

void tsl__silhouettes_to_all(const tsl__silhouette_input *input, const tsl__labelling *labelling, size_t count,
                             int threads, tsl__cancel *cancel, double *out)
{
    all_pass pass = {.input = input, .labelling = labelling, .count = count};
    pass.out = out;
    if (open_all(&pass)) {
        tsl__cancel_fail(cancel, TSL_E_NOMEM);
    } else {
        run_all(&pass, threads, cancel);
    }
    free_all(&pass);
}

/* ---- What they say ---------------------------------------------------------------- */

static void sum_means(const tsl__silhouette_input *input, const tsl__labelling *labelling, const double *silhouette,
                      tsl_cluster_quality *cluster, double *drawn)
{
    for (int c = 0; c < labelling->k; c++) {
        cluster[c].silhouette = cluster[c].silhouette_error = drawn[c] = 0;
        cluster[c].silhouette_rows = 0;
    }
    for (size_t i = 0; i < input->m; i++) {
        const int32_t c = labelling->label[input->row[i]];
        const double weight = tsl__weight_get(input->weights->of, input->row[i]);
        cluster[c].silhouette += weight * silhouette[i];
        cluster[c].silhouette_rows++;
        drawn[c] += weight;
    }
    for (int c = 0; c < labelling->k; c++) {
        cluster[c].silhouette = cluster[c].silhouette_rows ? cluster[c].silhouette / drawn[c] : (double)NAN;
    }
}

/* The variance of the mean of each cluster, as a ratio of sums over a sample without
 * replacement, in the place of its error. One row alone tells of no variance: it
 * takes that of all clusters. */
static void set_variances(const tsl__silhouette_input *input, const tsl__labelling *labelling, const double *silhouette,
                          tsl_cluster_quality *cluster, const double *drawn)
{
    double all = 0, degrees = 0;
    for (size_t i = 0; i < input->m; i++) {
        tsl_cluster_quality *c = &cluster[labelling->label[input->row[i]]];
        const double weight = tsl__weight_get(input->weights->of, input->row[i]);
        const double off = weight * (silhouette[i] - c->silhouette);
        c->silhouette_error += off * off;
    }
    for (int c = 0; c < labelling->k; c++) {
        const double m = (double)cluster[c].silhouette_rows, mean = m > 0 ? drawn[c] / m : 1;
        cluster[c].silhouette_error /= mean * mean;
        all += cluster[c].silhouette_error;
        degrees += m > 1 ? m - 1 : 0;
    }
    for (int c = 0; c < labelling->k; c++) {
        const double m = (double)cluster[c].silhouette_rows;
        const double variance = m > 1 ? cluster[c].silhouette_error / (m - 1) : all / degrees;
        const double left = 1 - m / (double)cluster[c].size;
        cluster[c].silhouette_error = left > 0 ? left * variance / m : 0;
    }
}

int tsl__silhouette_sum_up(const tsl__silhouette_input *input, const tsl__labelling *labelling,
                           const double *silhouette, tsl_cluster_quality *cluster, tsl__silhouette_mean *out)
{
    double *drawn = tsl__alloc(labelling->k > 0 ? (size_t)labelling->k : 1, sizeof *drawn);
    double weights = 0, mean = 0, variance = 0, macro = 0, present = 0;
    if (!drawn) {
        return -1;
    }
    *out = (tsl__silhouette_mean){(double)NAN, (double)NAN, (double)NAN};
    sum_means(input, labelling, silhouette, cluster, drawn);
    set_variances(input, labelling, silhouette, cluster, drawn);
    for (int c = 0; c < labelling->k; c++) {
        if (cluster[c].silhouette_rows) {
            weights += cluster[c].weight;
            mean += cluster[c].weight * cluster[c].silhouette;
            variance += cluster[c].weight * cluster[c].weight * cluster[c].silhouette_error;
            macro += cluster[c].silhouette;
            present++;
        }
        cluster[c].silhouette_error = sqrt(cluster[c].silhouette_error);
    }
    free(drawn);
    if (present > 0) {
        *out = (tsl__silhouette_mean){mean / weights, sqrt(variance) / weights, macro / present};
    }
    return 0;
}
