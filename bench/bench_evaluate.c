/*
 * bench_evaluate.c: how long it takes to judge labels, and the peer's files.
 *
 *   bench_evaluate ROWS COLS K [REPEATS [THREADS]]
 *   bench_evaluate data ROWS COLS K FOLDER
 *
 * Rows are normal about K centres; a tenth of the labels is wrong. Prints the
 * seconds, best of the repeats (default 3), of all internal indices, of these
 * without the silhouette, and of the comparison with the truth. `data` writes the
 * same as x.f64, label.i32 and truth.i32, for peers_evaluate.py.
 */
#include "base/alloc.h"
#include "base/parallel.h"
#include "base/rng.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

typedef struct set {
    size_t rows, cols;
    int k;
    double *x;
    int32_t *label, *truth;
} set;

static double draw_normal(tsl__rng *rng)
{
    const double u = 1 - tsl__rng_uniform(rng), v = tsl__rng_uniform(rng);
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

static void fill_block(set *s, const double *center, size_t block)
{
    tsl__rng rng = tsl__rng_open(11, 2, (uint32_t)block);
    size_t begin, end;
    tsl__block_get(s->rows, block, &begin, &end);
    for (size_t r = begin; r < end; r++) {
        const size_t group = tsl__rng_below(&rng, (uint64_t)s->k);
        s->truth[r] = (int32_t)group;
        s->label[r] = tsl__rng_uniform(&rng) < 0.9 ? (int32_t)group : (int32_t)tsl__rng_below(&rng, (uint64_t)s->k);
        for (size_t c = 0; c < s->cols; c++) {
            s->x[r * s->cols + c] = center[group * s->cols + c] + draw_normal(&rng);
        }
    }
}

static void make(set *s)
{
    tsl__rng rng = tsl__rng_open(11, 1, 0);
    double *center = tsl__alloc((size_t)s->k * s->cols, sizeof *center);
    s->x = tsl__alloc(s->rows * s->cols, sizeof *s->x);
    s->label = tsl__alloc(s->rows, sizeof *s->label);
    s->truth = tsl__alloc(s->rows, sizeof *s->truth);
    if (!center || !s->x || !s->label || !s->truth) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    for (size_t i = 0; i < (size_t)s->k * s->cols; i++) {
        center[i] = 2 * draw_normal(&rng);
    }
#pragma omp parallel for schedule(dynamic)
    for (size_t block = 0; block < tsl__block_count(s->rows); block++) {
        fill_block(s, center, block);
    }
    free(center);
}

static void write_file(const char *folder, const char *name, const void *bytes, size_t count)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, count, file) != count || fclose(file)) {
        fprintf(stderr, "%s cannot be written\n", path);
        exit(1);
    }
}

static void stop_at(tsl_status status, const tsl_error *err)
{
    if (status != TSL_OK) {
        fprintf(stderr, "%s\n", err->message);
        exit(1);
    }
}

/* Seconds of one call, and what it found. */
static double measure_internal(const set *s, size_t silhouette_rows, const tsl_exec *exec, tsl_quality *q)
{
    const tsl_matrix x = {s->x, s->rows, s->cols, s->cols, TSL_F64};
    tsl_quality_options opt;
    tsl_error err;
    TSL_DEFAULTS(quality, &opt);
    opt.silhouette_rows = silhouette_rows;
    const double begun = tsl__clock();
    stop_at(tsl_quality_get(&x, NULL, s->label, s->k, &opt, exec, q, NULL, &err), &err);
    return tsl__clock() - begun;
}

static double measure_external(const set *s, tsl_comparison **c)
{
    tsl_error err;
    const double begun = tsl__clock();
    stop_at(tsl_comparison_build(s->label, s->k, s->truth, s->k, NULL, s->rows, c, &err), &err);
    return tsl__clock() - begun;
}

static void measure(const set *s, int repeats, int threads)
{
    double seconds[3] = {HUGE_VAL, HUGE_VAL, HUGE_VAL};
    tsl_exec exec;
    tsl_quality q = {0}, rest;
    tsl_comparison *c = NULL;
    TSL_DEFAULTS(exec, &exec);
    exec.threads = threads;
    for (int i = 0; i < repeats; i++) {
        tsl_comparison_free(c);
        seconds[0] = fmin(seconds[0], measure_internal(s, 1000, &exec, &q));
        seconds[1] = fmin(seconds[1], measure_internal(s, 0, &exec, &rest));
        seconds[2] = fmin(seconds[2], measure_external(s, &c));
    }
    printf("internal %.3f s, silhouette %.6f +- %.6f on %llu rows\n", seconds[0], q.silhouette, q.silhouette_error,
           (unsigned long long)q.silhouette_rows);
    printf("sums %.3f s, Calinski-Harabasz %.4f, Davies-Bouldin %.6f, simplified %.6f\n", seconds[1],
           rest.calinski_harabasz, rest.davies_bouldin, rest.simplified_silhouette);
    printf("external %.3f s, ARI %.9f, AMI %.9f, V %.9f\n", seconds[2], c->adjusted_rand,
           c->adjusted_mutual_information, c->v_measure);
    tsl_comparison_free(c);
}

int main(int count, char **argument)
{
    const int data = count == 6 && strcmp(argument[1], "data") == 0;
    char **at = argument + 1 + data;
    const int repeats = count > 4 && !data ? atoi(at[3]) : 3;
    if (count < 4 || repeats < 1) {
        fprintf(stderr, "bench_evaluate ROWS COLS K [REPEATS [THREADS]] | data ROWS COLS K FOLDER\n");
        return 2;
    }
    set s = {.rows = strtoull(at[0], NULL, 10), .cols = strtoull(at[1], NULL, 10), .k = (int)strtol(at[2], NULL, 10)};
    make(&s);
    if (data) {
        write_file(at[3], "x.f64", s.x, s.rows * s.cols * sizeof *s.x);
        write_file(at[3], "label.i32", s.label, s.rows * sizeof *s.label);
        write_file(at[3], "truth.i32", s.truth, s.rows * sizeof *s.truth);
    } else {
        measure(&s, repeats, count > 5 ? (int)strtol(at[4], NULL, 10) : 0);
    }
    free(s.x);
    free(s.label);
    free(s.truth);
    return 0;
}
