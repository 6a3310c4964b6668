/* silhouette.c: silhouettes of many labellings of the same rows, in one pass over
 * the pairs of rows. */
#include "model/quality/quality.h"

#include "base/alloc.h"
#include "base/rng.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t tsl__silhouette_count(const tsl__weights *weights, size_t most)
{
    return weights->positive < most ? weights->positive : most;
}

/* Streams of draws are named (k, restart) by the runs; k = 0 is free. */
int tsl__silhouette_rows(const tsl__weights *weights, size_t rows, size_t most, uint64_t seed, size_t *row)
{
    const size_t m = tsl__silhouette_count(weights, most);
    if (weights->positive > m) {
        tsl__rng rng = tsl__rng_open(seed, 0, 0);
        if (tsl__rng_sample(&rng, weights->positive, m, row)) {
            return -1;
        }
    } else {
        for (size_t i = 0; i < m; i++) {
            row[i] = i;
        }
    }
    /* From the number among the rows with a weight to that among all rows. */
    for (size_t r = 0, i = 0, seen = 0; weights->of && r < rows && i < m; r++) {
        if (weights->of[r] > 0 && seen++ == row[i]) {
            row[i++] = r;
        }
    }
    return 0;
}

typedef struct pair_pass {
    tsl__row_view x; /* the m rows, side by side */
    double *weight;  /* m */
    double weights;  /* their sum */
    const tsl__labelling *labelling;
    size_t count, clusters; /* labellings; clusters over all of them */
    size_t *first;          /* count: the first cluster of each labelling */
    uint32_t *offset;       /* m x count: first + label */
    double *mass;           /* clusters: weight of the m rows */
    double *mean;           /* tiles x count: sums of the tile's silhouettes, by weight */
} pair_pass;

static void free_pairs(pair_pass *pass)
{
    free((void *)(uintptr_t)pass->x.data);
    free(pass->weight);
    free(pass->first);
    free(pass->offset);
    free(pass->mass);
    free(pass->mean);
}

static int open_pairs(pair_pass *pass, const tsl__silhouette_input *input, const tsl__labelling *labelling,
                      size_t count)
{
    const size_t m = input->m, cols = input->x->cols;
    *pass = (pair_pass){.labelling = labelling, .count = count};
    double *data = tsl__alloc_aligned(m * cols, sizeof *data);
    const tsl_matrix side_by_side = {data, m, cols, cols, TSL_F64};
    pass->x = tsl__row_view_of(&side_by_side, 1);
    pass->weight = tsl__alloc(m, sizeof *pass->weight);
    pass->first = tsl__alloc(count, sizeof *pass->first);
    pass->offset = tsl__alloc(m * count, sizeof *pass->offset);
    pass->mean = tsl__alloc((m + TSL__TILE - 1) / TSL__TILE * count, sizeof *pass->mean);
    if (!data || !pass->weight || !pass->first || !pass->offset || !pass->mean) {
        return -1;
    }
    for (size_t l = 0; l < count; l++) {
        pass->first[l] = pass->clusters;
        pass->clusters += (size_t)labelling[l].k;
    }
    pass->mass = tsl__alloc_zero(pass->clusters, sizeof *pass->mass);
    if (!pass->mass) {
        return -1;
    }
    for (size_t i = 0; i < m; i++) {
        tsl__row_take(input->x, input->row[i], data + i * cols);
        pass->weight[i] = tsl__weight_get(input->weights->of, input->row[i]);
        pass->weights += pass->weight[i];
        for (size_t l = 0; l < count; l++) {
            const size_t cluster = pass->first[l] + (size_t)labelling[l].label[i];
            pass->offset[i * count + l] = (uint32_t)cluster;
            pass->mass[cluster] += pass->weight[i];
        }
    }
    return 0;
}

/* The silhouette of one row (lane of the sums) under one labelling: 0 in a
 * cluster of its own, that is one of no more weight than 1. */
static double get_silhouette(const pair_pass *pass, size_t l, size_t i, double (*sums)[TSL__TILE])
{
    const size_t lane = i % TSL__TILE, own = pass->offset[i * pass->count + l];
    const size_t end = pass->first[l] + (size_t)pass->labelling[l].k;
    if (!(pass->mass[own] > 1)) {
        return 0;
    }
    const double within = sums[own][lane] / (pass->mass[own] - 1);
    double nearest = HUGE_VAL;
    for (size_t c = pass->first[l]; c < end; c++) {
        if (c != own && pass->mass[c] > 0) {
            const double mean = sums[c][lane] / pass->mass[c];
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
        kernel->distance(tile, pass->x.cols, tsl__row(&pass->x, j, NULL), squared);
        kernel->tally(squared, pass->weight[j], sums, pass->offset + j * pass->count, pass->count);
    }
    for (size_t l = 0; l < pass->count; l++) {
        double sum = 0;
        for (size_t i = begin; i < m && i < begin + TSL__TILE; i++) {
            sum += pass->weight[i] * get_silhouette(pass, l, i, sums);
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
        present += pass->mass[pass->first[l] + (size_t)c] > 0;
    }
    return present;
}

void tsl__silhouettes(const tsl__silhouette_input *input, const tsl__labelling *labelling, size_t count, int threads,
                      tsl__cancel *cancel, double *out)
{
    pair_pass pass;
    if (open_pairs(&pass, input, labelling, count)) {
        tsl__cancel_fail(cancel, TSL_E_NOMEM);
    } else {
        run_pairs(&pass, threads, cancel);
        for (size_t l = 0; l < count; l++) {
            double sum = 0;
            for (size_t t = 0; t < (input->m + TSL__TILE - 1) / TSL__TILE; t++) {
                sum += pass.mean[t * count + l];
            }
            out[l] = count_present(&pass, l) < 2 ? (double)NAN : sum / pass.weights;
        }
    }
    free_pairs(&pass);
}
