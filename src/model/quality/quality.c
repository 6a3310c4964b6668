/* quality.c: silhouette, Calinski-Harabasz and Davies-Bouldin of labellings. */
#include "model/quality/quality.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/rng.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

double tsl__calinski_harabasz(double total, double within, size_t rows, int k)
{
    if (k < 2 || (size_t)k >= rows || !(within > 0)) {
        return (double)NAN;
    }
    const double between = total > within ? total - within : 0;
    return (between / (k - 1)) / (within / (double)(rows - (size_t)k));
}

double tsl__davies_bouldin(const double *center, const uint64_t *size, const double *spread, int k, size_t cols)
{
    if (k < 2) {
        return (double)NAN;
    }
    double sum = 0;
    for (size_t a = 0; a < (size_t)k; a++) {
        double worst = 0;
        for (size_t b = 0; b < (size_t)k; b++) {
            double squared = 0;
            for (size_t j = 0; j < cols; j++) {
                const double away = center[a * cols + j] - center[b * cols + j];
                squared += away * away;
            }
            if (b != a && squared > 0) {
                const double both = spread[a] / (double)size[a] + spread[b] / (double)size[b];
                const double ratio = both / sqrt(squared);
                worst = ratio > worst ? ratio : worst;
            }
        }
        sum += worst;
    }
    return sum / k;
}

/* ---- Silhouettes --------------------------------------------------------- */

/* Streams of draws are named (k, restart) by the runs; k = 0 is free. */
int tsl__silhouette_rows(size_t rows, size_t most, uint64_t seed, size_t *row)
{
    if (rows > most) {
        tsl__rng rng = tsl__rng_open(seed, 0, 0);
        return tsl__rng_sample(&rng, rows, most, row);
    }
    for (size_t i = 0; i < rows; i++) {
        row[i] = i;
    }
    return 0;
}

typedef struct pair_pass {
    tsl_matrix x; /* the m rows, side by side */
    const tsl__labelling *labelling;
    size_t count, clusters; /* labellings; clusters over all of them */
    size_t *first;          /* count: the first cluster of each labelling */
    uint32_t *offset;       /* m x count: first + label */
    uint64_t *size;         /* clusters: of the m rows */
    double *mean;           /* tiles x count: sums of the tile's silhouettes */
} pair_pass;

static void free_pairs(pair_pass *pass)
{
    free((double *)pass->x.data);
    free(pass->first);
    free(pass->offset);
    free(pass->size);
    free(pass->mean);
}

static int open_pairs(pair_pass *pass, const tsl_matrix *x, const size_t *row, size_t m,
                      const tsl__labelling *labelling, size_t count)
{
    *pass = (pair_pass){.labelling = labelling, .count = count};
    double *data = tsl__alloc_aligned(m * x->cols, sizeof *data);
    pass->x = (tsl_matrix){data, m, x->cols, x->cols};
    pass->first = tsl__alloc(count, sizeof *pass->first);
    pass->offset = tsl__alloc(m * count, sizeof *pass->offset);
    pass->mean = tsl__alloc((m + TSL__TILE - 1) / TSL__TILE * count, sizeof *pass->mean);
    if (!data || !pass->first || !pass->offset || !pass->mean) {
        return -1;
    }
    for (size_t l = 0; l < count; l++) {
        pass->first[l] = pass->clusters;
        pass->clusters += (size_t)labelling[l].k;
    }
    pass->size = tsl__alloc_zero(pass->clusters, sizeof *pass->size);
    if (!pass->size) {
        return -1;
    }
    for (size_t i = 0; i < m; i++) {
        memcpy(data + i * x->cols, tsl__row(x, row[i]), x->cols * sizeof *data);
        for (size_t l = 0; l < count; l++) {
            const size_t cluster = pass->first[l] + (size_t)labelling[l].label[i];
            pass->offset[i * count + l] = (uint32_t)cluster;
            pass->size[cluster]++;
        }
    }
    return 0;
}

/* The silhouette of one row (lane of the sums) under one labelling: 0 in a
 * cluster of its own. */
static double get_silhouette(const pair_pass *pass, size_t l, size_t i, double (*sums)[TSL__TILE])
{
    const size_t lane = i % TSL__TILE, own = pass->offset[i * pass->count + l];
    const size_t end = pass->first[l] + (size_t)pass->labelling[l].k;
    if (pass->size[own] < 2) {
        return 0;
    }
    const double within = sums[own][lane] / (double)(pass->size[own] - 1);
    double nearest = HUGE_VAL;
    for (size_t c = pass->first[l]; c < end; c++) {
        if (c != own && pass->size[c] > 0) {
            const double mean = sums[c][lane] / (double)pass->size[c];
            nearest = mean < nearest ? mean : nearest;
        }
    }
    const double most = within > nearest ? within : nearest;
    return most > 0 ? (nearest - within) / most : 0;
}

/* The rows of one tile against all rows. tile, sums: work space. */
static void pair_tile(const pair_pass *pass, const tsl__kernel *kernel, size_t t, double *tile,
                      double (*sums)[TSL__TILE])
{
    double squared[TSL__TILE] __attribute__((aligned(64)));
    const size_t m = pass->x.rows, begin = t * TSL__TILE;
    tsl__tile_fill(&pass->x, begin, NULL, tile);
    memset(sums, 0, pass->clusters * sizeof *sums);
    for (size_t j = 0; j < m; j++) {
        kernel->distance(tile, pass->x.cols, tsl__row(&pass->x, j), squared);
        kernel->tally(squared, sums, pass->offset + j * pass->count, pass->count);
    }
    for (size_t l = 0; l < pass->count; l++) {
        double sum = 0;
        for (size_t i = begin; i < m && i < begin + TSL__TILE; i++) {
            sum += get_silhouette(pass, l, i, sums);
        }
        pass->mean[t * pass->count + l] = sum;
    }
}

static void run_pairs(const pair_pass *pass, int threads, tsl__cancel *cancel)
{
    const tsl__kernel *kernel = tsl__kernel_get();
    const size_t tiles = (pass->x.rows + TSL__TILE - 1) / TSL__TILE;
    const int team = tsl__team_size(threads, (double)pass->x.rows * (double)pass->x.rows * (double)pass->x.cols);
    atomic_size_t done;
    atomic_init(&done, 0);
#pragma omp parallel num_threads(team)
    {
        double *tile = tsl__alloc_aligned(pass->x.cols * TSL__TILE, sizeof *tile);
        double(*sums)[TSL__TILE] = tsl__alloc_aligned(pass->clusters, sizeof *sums);
        if (!tile || !sums) {
            tsl__cancel_fail(cancel, TSL_E_NOMEM);
        }
#pragma omp for schedule(dynamic)
        for (size_t t = 0; t < tiles; t++) {
            tsl__cancel_done(cancel, atomic_load(&done), tiles);
            if (!tsl__cancel_stopped(cancel)) {
                pair_tile(pass, kernel, t, tile, sums);
                atomic_fetch_add(&done, 1);
            }
        }
        free(tile);
        free(sums);
    }
}

/* How many clusters of a labelling have rows. */
static int count_present(const pair_pass *pass, size_t l)
{
    int present = 0;
    for (int c = 0; c < pass->labelling[l].k; c++) {
        present += pass->size[pass->first[l] + (size_t)c] > 0;
    }
    return present;
}

void tsl__silhouettes(const tsl_matrix *x, const size_t *row, size_t m, const tsl__labelling *labelling, size_t count,
                      int threads, tsl__cancel *cancel, double *out)
{
    pair_pass pass;
    if (open_pairs(&pass, x, row, m, labelling, count)) {
        tsl__cancel_fail(cancel, TSL_E_NOMEM);
    } else {
        run_pairs(&pass, threads, cancel);
        for (size_t l = 0; l < count; l++) {
            double sum = 0;
            for (size_t t = 0; t < (m + TSL__TILE - 1) / TSL__TILE; t++) {
                sum += pass.mean[t * count + l];
            }
            out[l] = count_present(&pass, l) < 2 ? (double)NAN : sum / (double)m;
        }
    }
    free_pairs(&pass);
}

/* ---- Any labelling ------------------------------------------------------- */

/* What one part of the rows adds up to. */
typedef struct cluster_sums {
    double *value;  /* k x cols in the first pass */
    double *spread; /* k */
    double inertia, total;
} cluster_sums;

typedef struct label_pass {
    const tsl_matrix *x;
    const int32_t *label;
    size_t k, most, parts;
    double *mean;   /* cols, of all rows */
    double *center; /* k x cols */
    uint64_t *size; /* k */
    double *spread; /* k */
    double inertia, total;
    cluster_sums *part;
    double *values;
} label_pass;

static int open_label_pass(label_pass *pass, const tsl_matrix *x, const int32_t *label, int k)
{
    const size_t each = (size_t)k * (x->cols + 1);
    *pass = (label_pass){.x = x, .label = label, .k = (size_t)k, .most = tsl__part_most(each)};
    pass->parts = tsl__part_count(x->rows, pass->most);
    pass->mean = tsl__alloc(x->cols, sizeof *pass->mean);
    pass->center = tsl__alloc_zero((size_t)k * x->cols, sizeof *pass->center);
    pass->size = tsl__alloc_zero((size_t)k, sizeof *pass->size);
    pass->spread = tsl__alloc_zero((size_t)k, sizeof *pass->spread);
    pass->part = tsl__alloc(pass->parts, sizeof *pass->part);
    pass->values = tsl__alloc_zero(pass->parts * each, sizeof *pass->values);
    if (!pass->mean || !pass->center || !pass->size || !pass->spread || !pass->part || !pass->values) {
        return -1;
    }
    for (size_t p = 0; p < pass->parts; p++) {
        double *at = pass->values + p * each;
        pass->part[p] = (cluster_sums){at, at + (size_t)k * x->cols, 0, 0};
    }
    return 0;
}

static void free_label_pass(label_pass *pass)
{
    free(pass->mean);
    free(pass->center);
    free(pass->size);
    free(pass->spread);
    free(pass->part);
    free(pass->values);
}

/* Counts the clusters; every label in range and every cluster in use. */
static tsl_status count_labels(label_pass *pass, tsl_error *err)
{
    for (size_t r = 0; r < pass->x->rows; r++) {
        const int32_t label = pass->label[r];
        if (label < 0 || (size_t)label >= pass->k) {
            return tsl__error_set(err, TSL_E_INPUT, "row %zu: label %d is outside 0 to %zu", r + 1, (int)label,
                                  pass->k - 1);
        }
        pass->size[label]++;
    }
    for (size_t c = 0; c < pass->k; c++) {
        if (pass->size[c] == 0) {
            return tsl__error_set(err, TSL_E_INPUT, "label %zu of 0 to %zu is on no row", c, pass->k - 1);
        }
    }
    return TSL_OK;
}

/* Centres: from the mean of all rows on, so that offsets cost no digits. */
static void find_centers(label_pass *pass, int threads)
{
    const tsl_matrix *x = pass->x;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t p = 0; p < pass->parts; p++) {
        size_t begin, end;
        tsl__part_get(x->rows, pass->most, p, &begin, &end);
        for (size_t r = begin; r < end; r++) {
            const double *row = tsl__row(x, r);
            double *sum = pass->part[p].value + (size_t)pass->label[r] * x->cols;
            for (size_t j = 0; j < x->cols; j++) {
                sum[j] += row[j] - pass->mean[j];
            }
        }
    }
    for (size_t p = 0; p < pass->parts; p++) {
        for (size_t i = 0; i < pass->k * x->cols; i++) {
            pass->center[i] += pass->part[p].value[i];
        }
    }
    for (size_t i = 0; i < pass->k * x->cols; i++) {
        pass->center[i] = pass->mean[i % x->cols] + pass->center[i] / (double)pass->size[i / x->cols];
    }
}

/* Sums of squares and of distances about the centres. */
static void find_spreads(label_pass *pass, int threads)
{
    const tsl_matrix *x = pass->x;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t p = 0; p < pass->parts; p++) {
        size_t begin, end;
        tsl__part_get(x->rows, pass->most, p, &begin, &end);
        for (size_t r = begin; r < end; r++) {
            const double *row = tsl__row(x, r), *center = pass->center + (size_t)pass->label[r] * x->cols;
            double within = 0, total = 0;
            for (size_t j = 0; j < x->cols; j++) {
                within += (row[j] - center[j]) * (row[j] - center[j]);
                total += (row[j] - pass->mean[j]) * (row[j] - pass->mean[j]);
            }
            pass->part[p].inertia += within;
            pass->part[p].total += total;
            pass->part[p].spread[pass->label[r]] += sqrt(within);
        }
    }
    for (size_t p = 0; p < pass->parts; p++) {
        pass->inertia += pass->part[p].inertia;
        pass->total += pass->part[p].total;
        for (size_t c = 0; c < pass->k; c++) {
            pass->spread[c] += pass->part[p].spread[c];
        }
    }
}

/* The silhouette alone. */
static tsl_status measure_silhouette(const tsl_matrix *x, const int32_t *label, int k, size_t most, uint64_t seed,
                                     int threads, tsl_quality *out, tsl_error *err)
{
    const size_t m = x->rows < most ? x->rows : most;
    out->silhouette = (double)NAN;
    out->silhouette_rows = k > 1 ? m : 0;
    if (k < 2 || m == 0) {
        return TSL_OK;
    }
    tsl__cancel cancel;
    tsl__cancel_open(&cancel, NULL, "quality", err);
    size_t *row = tsl__alloc(m, sizeof *row);
    int32_t *sampled = tsl__alloc(m, sizeof *sampled);
    if (!row || !sampled || tsl__silhouette_rows(x->rows, most, seed, row)) {
        tsl__cancel_fail(&cancel, TSL_E_NOMEM);
    } else {
        for (size_t i = 0; i < m; i++) {
            sampled[i] = label[row[i]];
        }
        const tsl__labelling labelling = {k, sampled};
        tsl__silhouettes(x, row, m, &labelling, 1, threads, &cancel, &out->silhouette);
    }
    free(row);
    free(sampled);
    return tsl__cancel_get(&cancel);
}

tsl_status tsl_quality_get(const tsl_matrix *x, const int32_t *label, int k, size_t silhouette_rows, uint64_t seed,
                           int threads, tsl_quality *out, tsl_error *err)
{
    int team;
    double variance;
    label_pass pass = {0};
    *out = (tsl_quality){0};
    tsl_status status = tsl__threads_resolve(threads, &team, err);
    if (status == TSL_OK && k < 1) {
        status = tsl__error_set(err, TSL_E_OPTION, "k: %d is not at least 1", k);
    }
    if (status == TSL_OK) {
        status = tsl__matrix_check(x, team, err);
    }
    if (status == TSL_OK && open_label_pass(&pass, x, label, k)) {
        status = tsl__error_nomem(err);
    }
    if (status == TSL_OK) {
        status = count_labels(&pass, err);
    }
    if (status == TSL_OK) {
        status = tsl__matrix_moments(x, team, pass.mean, &variance, err);
    }
    if (status == TSL_OK) {
        team = tsl__team_size(team, (double)x->rows * (double)x->cols);
        find_centers(&pass, team);
        find_spreads(&pass, team);
        out->inertia = pass.inertia;
        out->calinski_harabasz = tsl__calinski_harabasz(pass.total, pass.inertia, x->rows, k);
        out->davies_bouldin = tsl__davies_bouldin(pass.center, pass.size, pass.spread, k, x->cols);
        status = measure_silhouette(x, label, k, silhouette_rows, seed, team, out, err);
    }
    free_label_pass(&pass);
    return status;
}
