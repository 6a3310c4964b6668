/* bench_evidence.c: what the evidence for k = 2..10 costs beside the plain sweep.
 *
 *   bench_evidence [ROWS COLS [ROUNDS]]     default 1000000 16 3
 *
 * Rows are drawn about eight centres, with heavy tails. Each round makes one sweep (with the silhouettes that k is
 * chosen by) and the whole evidence; medians of the rounds, and their ratio. */
#include "base/parallel.h"
#include "base/rng.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <tesela/tesela.h>

enum { GROUPS = 8, MOST = 31, MOST_COLS = 1000 };

static double normal(tsl__rng *rng)
{
    return sqrt(-2 * log(1 - tsl__rng_uniform(rng))) * cos(2 * M_PI * tsl__rng_uniform(rng));
}

static double *draw(size_t rows, size_t cols)
{
    static double center[GROUPS * MOST_COLS];
    tsl__rng rng = tsl__rng_open(7, 3, 1);
    double *x = malloc(rows * cols * sizeof *x);
    if (!x) {
        exit(1);
    }
    for (size_t i = 0; i < GROUPS * cols; i++) {
        center[i] = 2 * normal(&rng);
    }
    for (size_t r = 0; r < rows; r++) {
        const double tail = 1 / sqrt(.2 + .8 * tsl__rng_uniform(&rng));
        for (size_t j = 0; j < cols; j++) {
            x[r * cols + j] = center[r % GROUPS * cols + j] + tail * normal(&rng);
        }
    }
    return x;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *value, int count)
{
    qsort(value, (size_t)count, sizeof *value, compare);
    return value[count / 2];
}

int main(int argc, char **argv)
{
    const size_t rows = argc > 1 ? (size_t)atol(argv[1]) : 1000000, cols = argc > 2 ? (size_t)atol(argv[2]) : 16;
    const int rounds = argc > 3 ? atoi(argv[3]) : 3;
    if (rows < GROUPS || cols < 1 || cols > MOST_COLS || rounds < 1 || rounds > MOST) {
        fputs("usage: bench_evidence [ROWS COLS [ROUNDS]]\n", stderr);
        return 2;
    }
    double *values = draw(rows, cols), sweep_seconds[MOST], evidence_seconds[MOST];
    const tsl_matrix x = {values, rows, cols, cols, TSL_F64};
    tsl_kmeans_options opt;
    tsl_error err;
    TSL_DEFAULTS(kmeans, &opt);
    for (int r = 0; r < rounds; r++) {
        tsl_sweep *sweep = NULL;
        tsl_evidence *evidence = NULL;
        const double begun = tsl__clock();
        tsl_status status = tsl_kmeans_fit(&x, NULL, NULL, &opt, NULL, &sweep, &err);
        sweep_seconds[r] = tsl__clock() - begun;
        if (status == TSL_OK) {
            status = tsl_evidence_build(&x, NULL, NULL, &opt, sweep, NULL, NULL, &evidence, &err);
        }
        if (status != TSL_OK) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
        evidence_seconds[r] = tsl__clock() - begun - sweep_seconds[r];
        printf("round %d: sweep %.2f s, evidence %.2f s (natural %.2f s)\n", r + 1, sweep_seconds[r],
               evidence_seconds[r], evidence->natural->seconds);
        tsl_evidence_free(evidence);
        tsl_sweep_free(sweep);
    }
    const double a = median(sweep_seconds, rounds), b = median(evidence_seconds, rounds);
    printf("%zu x %zu, k = 2..10: sweep %.2f s, evidence %.2f s: %.2f times the sweep, all of it %.2f times\n", rows,
           cols, a, b, b / a, (a + b) / a);
    free(values);
    return 0;
}
