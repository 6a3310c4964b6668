/* predict.c: the nearest and second nearest centre of each row. */
#include "model/kmeans/predict.h"

#include "base/alloc.h"
#include "base/error.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>

tsl_assignment *tsl__assignment_open(size_t rows)
{
    tsl_assignment *a = tsl__alloc_zero(1, sizeof *a);
    if (!a) {
        return NULL;
    }
    a->rows = rows;
    a->label = tsl__alloc(rows, sizeof *a->label);
    a->distance = tsl__alloc(rows, sizeof *a->distance);
    a->runner_up = tsl__alloc(rows, sizeof *a->runner_up);
    a->runner_up_distance = tsl__alloc(rows, sizeof *a->runner_up_distance);
    if (!a->label || !a->distance || !a->runner_up || !a->runner_up_distance) {
        tsl__assignment_free(a);
        return NULL;
    }
    return a;
}

void tsl__assignment_free(tsl_assignment *assignment)
{
    if (assignment) {
        free(assignment->label);
        free(assignment->distance);
        free(assignment->runner_up);
        free(assignment->runner_up_distance);
        free(assignment);
    }
}

/* What a kernel says of a tile. */
typedef struct tile_rank {
    int32_t label[TSL__TILE] __attribute__((aligned(64))), runner[TSL__TILE] __attribute__((aligned(64)));
    double best[TSL__TILE] __attribute__((aligned(64))), second[TSL__TILE] __attribute__((aligned(64)));
} tile_rank;

/* Writes what is wanted of one tile. */
static void put_tile(size_t begin, size_t rows, const tile_rank *rank, const tsl_assignment *out)
{
    for (size_t i = 0; i < rows; i++) {
        const size_t row = begin + i;
        if (out->label) {
            out->label[row] = rank->label[i];
        }
        if (out->distance) {
            out->distance[row] = sqrt(rank->best[i]);
        }
        if (out->runner_up) {
            out->runner_up[row] = rank->runner[i];
        }
        if (out->runner_up_distance) {
            out->runner_up_distance[row] = rank->runner[i] < 0 ? (double)NAN : sqrt(rank->second[i]);
        }
    }
}

void tsl__assign(const tsl__row_view *x, const double *center, int k, int threads, const tsl_assignment *out,
                 tsl__cancel *cancel)
{
    const tsl__kernel *kernel = tsl__kernel_get();
    const size_t blocks = tsl__block_count(x->rows);
    const int team = tsl__team_size(threads, (double)x->rows * (double)x->cols * k);
    atomic_size_t done;
    atomic_init(&done, 0);
    if (tsl__cancel_stopped(cancel)) { /* the other threads may be done before this one is asked again */
        return;
    }
#pragma omp parallel num_threads(team)
    {
        tile_rank rank;
        double *tile = tsl__alloc_aligned(x->cols * TSL__TILE, sizeof *tile);
        if (!tile) {
            tsl__cancel_fail(cancel, TSL_E_NOMEM);
        }
#pragma omp for schedule(dynamic)
        for (size_t b = 0; b < blocks; b++) {
            size_t begin, end;
            tsl__block_get(x->rows, b, &begin, &end);
            tsl__cancel_done(cancel, atomic_fetch_add(&done, 1), blocks);
            if (tsl__cancel_stopped(cancel)) { /* without memory there is no tile */
                continue;
            }
            for (; begin < end; begin += TSL__TILE) {
                tsl__tile_fill(x, begin, NULL, tile);
                kernel->rank(tile, x->cols, center, k, rank.label, rank.runner, rank.best, rank.second);
                put_tile(begin, end - begin < TSL__TILE ? end - begin : TSL__TILE, &rank, out);
            }
        }
        free(tile);
    }
}

static tsl_status check(const tsl_matrix *x, const double *center, int k, const tsl_assignment *out, int threads,
                        tsl__row_view *rows, tsl_error *err)
{
    tsl__row_view of_centers;
    if (k < 1) {
        return tsl__error_set(err, TSL_E_OPTION, "k: %d is not at least 1", k);
    }
    if (out->rows != x->rows) {
        return tsl__error_set(err, TSL_E_OPTION, "the assignment is of %zu rows; the matrix has %zu", out->rows,
                              x->rows);
    }
    const tsl_matrix centers = {center, (size_t)k, x->cols, x->cols, TSL_F64};
    *rows = tsl__row_view_of(x, 1);
    tsl_status status = x->rows > 0 ? tsl__matrix_check(x, threads, rows, err) : TSL_OK;
    if (status == TSL_OK && x->cols > 0 && tsl__matrix_check(&centers, 1, &of_centers, NULL) != TSL_OK) {
        status = tsl__error_set(err, TSL_E_INPUT, "a centre is not finite");
    }
    return status;
}

tsl_status tsl_kmeans_predict(const tsl_matrix *x, const double *center, int k, const tsl_exec *exec,
                              tsl_assignment *out, tsl_error *err)
{
    tsl_exec full;
    tsl__row_view rows;
    tsl__cancel cancel;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(tsl__exec_open(exec, &full, err));
    TSL__TRY(check(x, center, k, out, full.threads, &rows, err));
    tsl__cancel_open(&cancel, &full, "assign", err);
    tsl__cancel_phase(&cancel, 0, 1);
    tsl__assign(&rows, center, k, full.threads, out, &cancel);
    TSL__TRY(tsl__cancel_get(&cancel));
done:
    return status;
}
