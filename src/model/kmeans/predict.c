/* predict.c: the nearest and second nearest centre of each row. */
#include <tesela/model.h>

#include "base/alloc.h"
#include "base/error.h"
#include "kernel/kernel.h"
#include "model/matrix.h"

#include <math.h>
#include <stdlib.h>

/* Writes what is wanted of one tile. */
static void put_tile(size_t begin, size_t rows, const int32_t *label, const int32_t *runner, const double *best,
                     const double *second, int32_t *out_label, double *distance, int32_t *out_runner,
                     double *runner_distance)
{
    for (size_t i = 0; i < rows; i++) {
        const size_t row = begin + i;
        if (out_label) {
            out_label[row] = label[i];
        }
        if (distance) {
            distance[row] = sqrt(best[i]);
        }
        if (out_runner) {
            out_runner[row] = runner[i];
        }
        if (runner_distance) {
            runner_distance[row] = runner[i] < 0 ? (double)NAN : sqrt(second[i]);
        }
    }
}

tsl_status tsl_kmeans_predict(const tsl_matrix *x, const double *center, int k, int threads, int32_t *label,
                              double *distance, int32_t *runner_up, double *runner_up_distance, tsl_error *err)
{
    int team;
    tsl_status status = tsl__threads_resolve(threads, &team, err);
    if (status == TSL_OK && k < 1) {
        status = tsl__error_set(err, TSL_E_OPTION, "k: %d is not at least 1", k);
    }
    if (status == TSL_OK) {
        status = tsl__matrix_check(x, team, err);
    }
    const tsl_matrix centers = {center, (size_t)k, x->cols, x->cols};
    if (status == TSL_OK && tsl__matrix_check(&centers, 1, NULL) != TSL_OK) {
        status = tsl__error_set(err, TSL_E_INPUT, "a centre is not finite");
    }
    if (status) {
        return status;
    }
    const tsl__kernel *kernel = tsl__kernel_get();
    const size_t tiles = (x->rows + TSL__TILE - 1) / TSL__TILE;
    int failed = 0;
    team = tsl__team_size(team, (double)x->rows * (double)x->cols * k);
#pragma omp parallel num_threads(team)
    {
        int32_t near[TSL__TILE] __attribute__((aligned(64))), next[TSL__TILE] __attribute__((aligned(64)));
        double best[TSL__TILE] __attribute__((aligned(64))), second[TSL__TILE] __attribute__((aligned(64)));
        double *tile = tsl__alloc_aligned(x->cols * TSL__TILE, sizeof *tile);
        if (!tile) {
#pragma omp atomic write
            failed = 1;
        }
#pragma omp for schedule(static)
        for (size_t t = 0; t < tiles; t++) {
            const size_t begin = t * TSL__TILE, left = x->rows - begin;
            if (tile) {
                tsl__tile_fill(x, begin, NULL, tile);
                kernel->rank(tile, x->cols, center, k, near, next, best, second);
                put_tile(begin, left < TSL__TILE ? left : TSL__TILE, near, next, best, second, label, distance,
                         runner_up, runner_up_distance);
            }
        }
        free(tile);
    }
    return failed ? tsl__error_nomem(err) : TSL_OK;
}
