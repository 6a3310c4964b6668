/*
 * bench_kmeans.c: how long the sweep takes, and one Lloyd iteration, and of how many rows its filter is not sure.
 *
 *   bench_kmeans sweep ROWS COLS [K_MIN K_MAX RESTARTS [THREADS]]
 *   bench_kmeans iterate ROWS COLS K [ITERATIONS [THREADS]]
 *   bench_kmeans data ROWS COLS FILE      writes the matrix (doubles) for bench/peers_kmeans.py
 *
 * The data are made to be like customers: a mixture of 8 groups of unequal
 * size that overlap, 3 traits that run through all columns, and t-distributed
 * noise (5 degrees of freedom); a third of the columns is 0/1; every column is
 * standardised.
 */
#include "base/alloc.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "model/kmeans/init.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { GROUPS = 8, TRAITS = 3 };

static double draw_normal(tsl__rng *rng)
{
    const double u = 1 - tsl__rng_uniform(rng), v = tsl__rng_uniform(rng);
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

/* Student's t with 5 degrees of freedom: a normal over the root of a fifth of a
 * sum of 5 squares, 4 of which are two exponentials. */
static double draw_t(tsl__rng *rng)
{
    const double u = 1 - tsl__rng_uniform(rng), v = 2 * M_PI * tsl__rng_uniform(rng);
    const double w = (1 - tsl__rng_uniform(rng)) * (1 - tsl__rng_uniform(rng));
    const double radius = sqrt(-2 * log(u)), other = radius * sin(v);
    return radius * cos(v) / sqrt((other * other - 2 * log(w)) / 5);
}

/* Group g holds a share that falls by a quarter from group to group. */
static int draw_group(tsl__rng *rng)
{
    double left = tsl__rng_uniform(rng) * (1 - pow(0.75, GROUPS)) / 0.25;
    int g = 0;
    for (double share = 1; g < GROUPS - 1 && left >= share; share *= 0.75, g++) {
        left -= share;
    }
    return g;
}

static int is_binary(size_t col)
{
    return col % 3 == 2;
}

/* base: GROUPS + TRAITS rows of cols: the groups' centres, the traits' loadings. */
static void fill_block(double *x, size_t rows, size_t cols, size_t block, const double *base)
{
    tsl__rng rng = tsl__rng_open(7, 1, (uint32_t)block);
    size_t begin, end;
    tsl__block_get(rows, block, &begin, &end);
    for (size_t r = begin; r < end; r++) {
        const double *center = base + (size_t)draw_group(&rng) * cols;
        double trait[TRAITS];
        for (int t = 0; t < TRAITS; t++) {
            trait[t] = draw_normal(&rng);
        }
        for (size_t j = 0; j < cols; j++) {
            double at = 0.7 * center[j];
            for (size_t t = 0; t < TRAITS; t++) {
                at += 0.5 * trait[t] * base[(GROUPS + t) * cols + j];
            }
            x[r * cols + j] = is_binary(j) ? tsl__rng_uniform(&rng) < 0.5 * (1 + tanh(at)) : at + draw_t(&rng);
        }
    }
}

static void standardise(double *x, size_t rows, size_t cols)
{
    for (size_t j = 0; j < cols; j++) {
        double mean = 0, square = 0;
        for (size_t r = 0; r < rows; r++) {
            mean += x[r * cols + j];
            square += x[r * cols + j] * x[r * cols + j];
        }
        mean /= (double)rows;
        const double sd = sqrt(square / (double)rows - mean * mean);
        for (size_t r = 0; r < rows; r++) {
            x[r * cols + j] = (x[r * cols + j] - mean) / (sd > 0 ? sd : 1);
        }
    }
}

static tsl_matrix make_matrix(size_t rows, size_t cols)
{
    double *x = tsl__alloc_aligned(rows * cols, sizeof *x), *base = tsl__alloc((GROUPS + TRAITS) * cols, sizeof *base);
    if (!x || !base) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    tsl__rng rng = tsl__rng_open(7, 0, 0);
    for (size_t i = 0; i < (GROUPS + TRAITS) * cols; i++) {
        base[i] = draw_normal(&rng);
    }
#pragma omp parallel for schedule(dynamic)
    for (size_t b = 0; b < tsl__block_count(rows); b++) {
        fill_block(x, rows, cols, b, base);
    }
    standardise(x, rows, cols);
    free(base);
    return (tsl_matrix){x, rows, cols, cols, TSL_F64};
}

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static int bench_sweep(const tsl_matrix *x, int count, const long *arg)
{
    tsl_kmeans_options opt;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k_min = count > 0 ? (int)arg[0] : 2;
    opt.k_max = count > 1 ? (int)arg[1] : 12;
    opt.restarts = count > 2 ? (int)arg[2] : 10;
    const tsl_exec exec = {.size = sizeof exec, .threads = count > 3 ? (int)arg[3] : 0};
    tsl_sweep *sweep;
    tsl_error err;
    const double start = tsl__clock(), cpu_start = cpu_seconds();
    if (tsl_kmeans_fit(x, NULL, NULL, &opt, &exec, &sweep, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    const double seconds = tsl__clock() - start, cpu = cpu_seconds() - cpu_start;
    for (size_t s = 0; s < sweep->count; s++) {
        const tsl_candidate *c = &sweep->candidate[s];
        printf("k %2d  inertia %.3f  silhouette %.4f  CH %.2f  DB %.4f  smallest %.4f  iterations %d%s  restart %d\n",
               c->k, c->inertia, c->silhouette, c->calinski_harabasz, c->davies_bouldin, c->smallest_share,
               c->iterations, c->converged ? "" : " (stopped)", c->restart);
    }
    const tsl_sweep_info *info = &sweep->info;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%s\nseconds %.2f (processor %.2f): seed %.2f, fit %.2f, quality %.2f; passes %llu, iterations %llu; kernel "
           "%s, threads %d, "
           "peak %.0f MB\n",
           info->choice, seconds, cpu, info->seconds_seed, info->seconds_fit, info->seconds_quality,
           (unsigned long long)info->passes, (unsigned long long)info->iterations, info->kernel, info->threads,
           (double)usage.ru_maxrss / 1024);
    tsl_sweep_free(sweep);
    return 0;
}

/* The share of rows whose nearest centre the filter does not prove, at the run's last centres. */
static double get_undecided(const tsl__tiles *tiles, const tsl__lloyd_run *run)
{
    const tsl__kernel *kernel = tsl__kernel_get();
    const size_t rows = tiles->x.rows;
    _Alignas(64) int32_t label[TSL__TILE];
    _Alignas(64) float gap[TSL__TILE];
    size_t open = 0;
    tsl__filter filter;
    if (tsl__filter_open(&filter, run->k, tiles->x.cols, tiles->scale)) {
        return NAN;
    }
    tsl__filter_set(&filter, run->center);
    for (size_t first = 0; first < rows; first += TSL__TILE) {
        kernel->filter(&filter, tiles->tile + first * tiles->x.cols, tiles->norm + first, label, gap);
        for (size_t i = 0; i < TSL__TILE && first + i < rows; i++) {
            open += !(gap[i] > 0);
        }
    }
    tsl__filter_free(&filter);
    return (double)open / (double)rows;
}

/* Lloyd's iterations from k random rows. */
static int bench_iterate(const tsl_matrix *x, int count, const long *arg)
{
    const int k = (int)arg[0], iterations = count > 1 ? (int)arg[1] : 20;
    const tsl_exec given = {.size = sizeof given, .threads = count > 2 ? (int)arg[2] : 0};
    tsl_exec exec;
    double *mean = tsl__alloc(x->cols, sizeof *mean), variance, scale;
    const tsl__row_view rows = tsl__row_view_of(x, 1);
    tsl__weights weights;
    tsl__tiles tiles;
    tsl__lloyd_run run;
    tsl__cancel watch;
    tsl__cancel_open(&watch, NULL, "bench", NULL);
    if (!mean || tsl__exec_open(&given, &exec, NULL) || tsl__weights_check(NULL, x->rows, &weights, NULL) ||
        tsl__matrix_moments(&rows, &weights, exec.threads, mean, &variance, NULL, NULL) ||
        tsl__tiles_scale(&rows, mean, exec.threads, &scale, NULL) ||
        tsl__tiles_open(&tiles, &rows, mean, NULL, scale, exec.threads, NULL) ||
        tsl__lloyd_run_open(&run, k, 0, x->cols)) {
        return 1;
    }
    tsl__rng rng = tsl__rng_open(1, (uint32_t)k, 0);
    for (int c = 0; c < k; c++) {
        const size_t row = (size_t)tsl__rng_below(&rng, x->rows);
        for (size_t j = 0; j < x->cols; j++) {
            run.center[(size_t)c * x->cols + j] = tsl__cell(&rows, row, j) - mean[j];
        }
    }
    tsl__lloyd_run *one = &run;
    tsl__lloyd lloyd = {.stop = -1, .max_iterations = iterations, .threads = exec.threads};
    const double start = tsl__clock();
    tsl__lloyd_fit(&lloyd, &tiles, &one, 1, &watch);
    const double seconds = tsl__clock() - start;
    printf("%zu x %zu, k = %d: %.2f ms an iteration, mean of %d; undecided by the filter: %.4f %% of the rows\n",
           x->rows, x->cols, k, 1e3 * seconds / run.iterations, run.iterations, 100 * get_undecided(&tiles, &run));
    tsl__lloyd_run_free(&run);
    tsl__tiles_free(&tiles);
    free(mean);
    return 0;
}

static int write_data(const tsl_matrix *x, const char *path)
{
    FILE *file = fopen(path, "wb");
    const int ok = file && fwrite(x->data, sizeof(double) * x->cols, x->rows, file) == x->rows;
    return file && fclose(file) == 0 && ok ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("bench_kmeans sweep|iterate|data ROWS COLS ...: see the source\n", stderr);
        return 2;
    }
    long arg[8] = {0};
    const int count = argc - 4 < 8 ? argc - 4 : 8;
    for (int i = 0; i < count; i++) {
        arg[i] = strtol(argv[4 + i], NULL, 10);
    }
    const tsl_matrix x = make_matrix((size_t)strtoul(argv[2], NULL, 10), (size_t)strtoul(argv[3], NULL, 10));
    int status = 2;
    if (strcmp(argv[1], "sweep") == 0) {
        status = bench_sweep(&x, count, arg);
    } else if (strcmp(argv[1], "iterate") == 0 && count > 0) {
        status = bench_iterate(&x, count, arg);
    } else if (strcmp(argv[1], "data") == 0 && count > 0) {
        status = write_data(&x, argv[4]);
    }
    free((double *)x.data);
    return status;
}
