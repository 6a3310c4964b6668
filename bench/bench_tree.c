/*
 * bench_tree.c: how long an explanation tree takes, stage by stage, beside the
 * clustering that it explains.
 *
 *   bench_tree ROWS COLS K [LEAVES [THREADS [CURVE [FILE]]]]
 *   bench_tree usual|large [THREADS [FILE]]
 *
 * usual: 1,000,000 x 16, k 8, the default tree; large: 10,000,000 x 30, k 8, 16
 * leaves, without the curve beyond them (8 GB of memory). FILE: the raw columns and
 * the clusters are written there, for the peer of peers_tree.py: rows x COLS
 * doubles, then rows int32.
 *
 * The data are made to be like customers: K groups whose sizes fall, far from
 * clear of each other. Of the raw columns a third is 0/1, a third is skewed
 * (amounts in cents), a third is plain, and every sixth lacks a tenth of its
 * values. Clusters are found on z-scores, by one run of k-means.
 */
#include "base/alloc.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "model/tree/tree.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>
#include <time.h>

static double draw_normal(tsl__rng *rng)
{
    const double u = 1 - tsl__rng_uniform(rng), v = tsl__rng_uniform(rng);
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

static double raw_value(double plain, size_t col)
{
    return col % 3 == 0 ? plain : col % 3 == 1 ? round(100 * exp(plain)) / 100 : plain > 0.5;
}

/* raw, and x: what the clusters are found in, before it is standardised. */
static void fill_block(const tsl_matrix *shape, int k, const double *center, size_t block, double *x, double *raw)
{
    tsl__rng rng = tsl__rng_open(11, 1, (uint32_t)block);
    size_t begin, end;
    tsl__block_get(shape->rows, block, &begin, &end);
    for (size_t r = begin; r < end; r++) {
        double u = tsl__rng_uniform(&rng);
        const double *group = center + (size_t)(k * u * u) * shape->cols;
        for (size_t c = 0; c < shape->cols; c++) {
            const size_t at = r * shape->cols + c;
            const double value = raw_value(0.9 * group[c] + draw_normal(&rng), c);
            raw[at] = c % 6 == 3 && tsl__rng_below(&rng, 10) == 0 ? NAN : value;
            x[at] = c % 3 == 1 ? log1p(value) : value;
        }
    }
}

static void standardise(double *x, size_t rows, size_t cols)
{
    for (size_t c = 0; c < cols; c++) {
        double mean = 0, square = 0;
        for (size_t r = 0; r < rows; r++) {
            mean += x[r * cols + c];
            square += x[r * cols + c] * x[r * cols + c];
        }
        mean /= (double)rows;
        const double sd = sqrt(square / (double)rows - mean * mean);
        for (size_t r = 0; r < rows; r++) {
            x[r * cols + c] = (x[r * cols + c] - mean) / (sd > 0 ? sd : 1);
        }
    }
}

/* Seconds that all threads together were at work, which other programs on the machine change little. */
static double get_busy(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void die(const char *message)
{
    fprintf(stderr, "%s\n", message);
    exit(1);
}

static void write_data(const char *path, const double *raw, const int32_t *label, size_t rows, size_t cols)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(raw, cols * sizeof *raw, rows, file) != rows ||
        fwrite(label, sizeof *label, rows, file) != rows || fclose(file)) {
        die("the data cannot be written");
    }
}

/* Stages and what they took. */
typedef struct watch {
    const char *stage;
    double wall, busy;
} watch;

static void tell(void *user, const char *stage)
{
    watch *w = user;
    const double wall = tsl__clock(), busy = get_busy();
    if (w->stage) {
        printf("  %-12s %7.2f s (%.2f s of processors)\n", w->stage, wall - w->wall, busy - w->busy);
    }
    *w = (watch){stage, wall, busy};
}

/* ROWS COLS K LEAVES THREADS CURVE FILE, by name or as they are given. */
static void take_arguments(int argc, char **argv, const char *argument[7])
{
    static const char *const named[2][7] = {{"1000000", "16", "8", "0", "0", "0"},
                                            {"10000000", "30", "8", "16", "0", "1"}};
    const int large = argc > 1 && strcmp(argv[1], "large") == 0, usual = argc > 1 && strcmp(argv[1], "usual") == 0;
    for (int i = 0; i < 7; i++) {
        argument[i] = large || usual ? named[large][i] : i + 1 < argc ? argv[i + 1] : i < 6 ? "0" : NULL;
    }
    if (large || usual) {
        argument[4] = argc > 2 ? argv[2] : "0";
        argument[6] = argc > 3 ? argv[3] : NULL;
    } else if (argc < 4) {
        die("usage: bench_tree ROWS COLS K [LEAVES [THREADS [CURVE [FILE]]]], or usual|large [THREADS [FILE]]");
    }
}

int main(int argc, char **argv)
{
    const char *argument[7];
    take_arguments(argc, argv, argument);
    const size_t rows = strtoul(argument[0], NULL, 10), cols = strtoul(argument[1], NULL, 10);
    tsl_kmeans_options means;
    TSL_DEFAULTS(kmeans, &means);
    means.k = atoi(argument[2]);
    means.restarts = 1;
    means.silhouette_rows = 0;
    tsl_tree_options opt;
    TSL_DEFAULTS(tree, &opt);
    opt.leaves = atoi(argument[3]);
    opt.curve = atoi(argument[5]);
    const tsl_exec exec = {.size = sizeof exec, .threads = atoi(argument[4])};
    double *center = tsl__alloc((size_t)means.k, cols * sizeof *center);
    double *x = tsl__alloc(rows, cols * sizeof *x), *raw = tsl__alloc(rows, cols * sizeof *raw);
    if (!center || !x || !raw) {
        die("out of memory");
    }
    tsl__rng rng = tsl__rng_open(11, 0, 0);
    for (size_t i = 0; i < (size_t)means.k * cols; i++) {
        center[i] = draw_normal(&rng);
    }
    const tsl_matrix mx = {x, rows, cols, cols, TSL_F64}, mraw = {raw, rows, cols, cols, TSL_F64};
#pragma omp parallel for schedule(dynamic)
    for (size_t b = 0; b < tsl__block_count(rows); b++) {
        fill_block(&mx, means.k, center, b, x, raw);
    }
    standardise(x, rows, cols);
    tsl_sweep *sweep;
    tsl_tree *tree;
    tsl_error err;
    const double begin = tsl__clock(), begin_busy = get_busy();
    if (tsl_kmeans_fit(&mx, NULL, NULL, &means, &exec, &sweep, &err)) {
        die(err.message);
    }
    const double start = tsl__clock(), start_busy = get_busy();
    const tsl__tree_task task = {.x = &mx,
                                 .center = sweep->candidate[0].center,
                                 .k = means.k,
                                 .label = tsl_sweep_get_labels(sweep),
                                 .raw = &(tsl_raw_columns){&mraw, NULL},
                                 .opt = &opt};
    if (tsl__tree_fit_watched(&task, &exec, (tsl__tree_watch){tell, &(watch){0}}, &tree, &err)) {
        die(err.message);
    }
    const double end = tsl__clock(), end_busy = get_busy();
    printf("%zu rows, %zu columns, k %d: %d leaves, depth %d, price %.4f, agreement %.4f\n", rows, cols, means.k,
           tree->leaves, tree->depth, tree->cost_ratio, tree->agreement);
    printf("clusters %.2f s (%.2f s of processors), tree %.2f s (%.2f s)\n", start - begin, start_busy - begin_busy,
           end - start, end_busy - start_busy);
    if (argument[6]) {
        write_data(argument[6], raw, tsl_sweep_get_labels(sweep), rows, cols);
    }
    tsl_tree_free(tree);
    tsl_sweep_free(sweep);
    free(center);
    free(x);
    free(raw);
    return 0;
}
