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

/* Writes what is wanted of one tile, distances times `times`. */
static void put_tile(size_t begin, size_t rows, const tile_rank *rank, double times, const tsl_assignment *out)
{
    for (size_t i = 0; i < rows; i++) {
        const size_t row = begin + i;
        if (out->label) {
            out->label[row] = rank->label[i];
        }
        if (out->distance) {
            out->distance[row] = sqrt(rank->best[i]) * times;
        }
        if (out->runner_up) {
            out->runner_up[row] = rank->runner[i];
        }
        if (out->runner_up_distance) {
            out->runner_up_distance[row] = rank->runner[i] < 0 ? (double)NAN : sqrt(rank->second[i]) * times;
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
                put_tile(begin, end - begin < TSL__TILE ? end - begin : TSL__TILE, &rank, 1 / x->unit, out);
            }
        }
        free(tile);
    }
}

int tsl__tiles_label(const tsl__tiles *tiles, const double *center, int k, uint16_t *label)
{
    const tsl__kernel *kernel = tsl__kernel_get();
    const size_t rows = tiles->x.rows, cols = tiles->x.cols;
    int32_t nearest[TSL__TILE] __attribute__((aligned(64)));
    float gap[TSL__TILE] __attribute__((aligned(64)));
    double *row = tsl__alloc(cols, sizeof *row);
    tsl__filter filter;
    const int failed = tsl__filter_open(&filter, k, cols, tiles->scale) || !row;
    if (!failed) {
        tsl__filter_set(&filter, center);
    }
    for (size_t begin = 0; begin < rows && !failed; begin += TSL__TILE) {
        kernel->filter(&filter, tiles->tile + begin * cols, tiles->norm + begin, nearest, gap);
        for (size_t i = 0; i < TSL__TILE && begin + i < rows; i++) {
            if (!(gap[i] > 0)) { /* the filter does not tell */
                tsl__near near;
                kernel->nearest(&filter, tsl__row(&tiles->x, begin + i, row), tiles->shift, &near);
                nearest[i] = near.label;
            }
            label[begin + i] = (uint16_t)nearest[i];
        }
    }
    tsl__filter_free(&filter);
    free(row);
    return failed ? -1 : 0;
}

static tsl_status check(const tsl_matrix *x, const double *center, int k, const tsl_assignment *out, int threads,
                        tsl__extent *extent, tsl_error *err)
{
    const tsl_matrix centers = {center, k > 0 ? (size_t)k : 0, x->cols, x->cols, TSL_F64};
    tsl__extent of_centers;
    tsl_status status = TSL_OK;
    if (k < 1) {
        return tsl__error_set(err, TSL_E_OPTION, "k: %d is not at least 1", k);
    }
    if (out->rows != x->rows) {
        return tsl__error_set(err, TSL_E_OPTION, "the assignment is of %zu rows; the matrix has %zu", out->rows,
                              x->rows);
    }
    TSL__TRY(tsl__matrix_check(x, threads, extent, err));
    if (tsl__matrix_check(&centers, 1, &of_centers, NULL) != TSL_OK) {
        return tsl__error_set(err, TSL_E_INPUT, "a centre is not finite");
    }
    tsl__extent_add(extent, center, (size_t)k * x->cols);
done:
    return status;
}

/* The centres in a unit: as they are, or a copy, *copied, which is the caller's. */
static const double *scale_centers(const double *center, size_t count, double unit, double **copied)
{
    *copied = unit == 1 ? NULL : tsl__alloc(count, sizeof **copied);
    for (size_t i = 0; *copied && i < count; i++) {
        (*copied)[i] = center[i] * unit;
    }
    return unit == 1 ? center : *copied;
}

tsl_status tsl_kmeans_predict(const tsl_matrix *x, const double *center, int k, const tsl_exec *exec,
                              tsl_assignment *out, tsl_error *err)
{
    tsl_exec full;
    tsl__extent extent;
    tsl__cancel cancel;
    const double *scaled;
    double *copied = NULL;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(tsl__exec_open(exec, &full, err));
    if (x->rows == 0 && out->rows == 0 && k >= 1) {
        return TSL_OK;
    }
    TSL__TRY(check(x, center, k, out, full.threads, &extent, err));
    const tsl__row_view view = tsl__row_view_of(x, tsl__unit_get(&extent, (double)x->cols));
    TSL__NEED(scaled = scale_centers(center, (size_t)k * x->cols, view.unit, &copied));
    tsl__cancel_open(&cancel, &full, "assign", err);
    tsl__cancel_phase(&cancel, 0, 1);
    tsl__assign(&view, scaled, k, full.threads, out, &cancel);
    TSL__TRY(tsl__cancel_get(&cancel));
done:
    free(copied);
    return status;
}
