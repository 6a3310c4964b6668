/* tiles.c: the rounded copy of the rows that the filter reads. */
#include "model/kmeans/tiles.h"

#include "base/alloc.h"
#include "base/error.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double tsl__tiles_scale(const tsl_matrix *x, const double *shift, int threads)
{
    double most[TSL__PARTS];
    const size_t parts = tsl__part_count(x->rows, TSL__PARTS);
    const int team = tsl__team_size(threads, (double)x->rows * (double)x->cols);
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t p = 0; p < parts; p++) {
        size_t begin, end;
        tsl__part_get(x->rows, TSL__PARTS, p, &begin, &end);
        double far = 0;
        for (size_t r = begin; r < end; r++) {
            const double *row = tsl__row(x, r);
            for (size_t j = 0; j < x->cols; j++) {
                const double away = fabs(row[j] - shift[j]);
                far = away > far ? away : far;
            }
        }
        most[p] = far;
    }
    double far = 0;
    for (size_t p = 0; p < parts; p++) {
        far = most[p] > far ? most[p] : far;
    }
    int exponent = 0;
    frexp(far, &exponent);
    return ldexp(1.0, exponent < -1000 ? 1000 : -exponent);
}

/* Fills one tile and its norms; returns the sum of |y|^2. */
static double fill(const tsl__tiles *points, const tsl__kernel *kernel, size_t tile)
{
    const tsl_matrix *x = &points->x;
    const size_t begin = tile * TSL__TILE, left = x->rows - begin, rows = left < TSL__TILE ? left : TSL__TILE;
    const double *row[TSL__TILE];
    float *out = points->tile + begin * x->cols;
    double total = 0;
    if (rows < TSL__TILE) {
        memset(out, 0, TSL__TILE * x->cols * sizeof *out);
    }
    for (size_t i = 0; i < rows; i++) {
        double square = 0;
        row[i] = tsl__row(x, begin + i);
        for (size_t j = 0; j < x->cols; j++) {
            const double scaled = (row[i][j] - points->shift[j]) * points->scale;
            square += scaled * scaled;
        }
        points->norm[begin + i] = (float)(square * (1 + 1e-6));
        total += (double)tsl__tiles_weight(points, begin + i) * square;
    }
    for (size_t i = rows; i < TSL__TILE; i++) {
        points->norm[begin + i] = 0;
    }
    kernel->pack(row, rows, points->shift, points->scale, x->cols, out);
    return total / (points->scale * points->scale);
}

tsl_status tsl__tiles_open(tsl__tiles *points, const tsl_matrix *x, const double *shift, const uint32_t *weight,
                           double scale, int threads, tsl_error *err)
{
    const size_t tiles = (x->rows + TSL__TILE - 1) / TSL__TILE;
    *points = (tsl__tiles){.x = *x, .shift = shift, .weight = weight, .scale = scale};
    points->tile = tsl__alloc_aligned(tiles * TSL__TILE, x->cols * sizeof *points->tile);
    points->norm = tsl__alloc_aligned(tiles * TSL__TILE, sizeof *points->norm);
    if (!points->tile || !points->norm) {
        tsl__tiles_free(points);
        return tsl__error_nomem(err);
    }
    const tsl__kernel *kernel = tsl__kernel_get();
    double total[TSL__PARTS];
    const size_t parts = tsl__part_count(x->rows, TSL__PARTS);
    const int team = tsl__team_size(threads, (double)x->rows * (double)x->cols);
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t p = 0; p < parts; p++) {
        size_t begin, end;
        tsl__part_get(x->rows, TSL__PARTS, p, &begin, &end);
        total[p] = 0;
        for (size_t t = begin / TSL__TILE; t * TSL__TILE < end; t++) {
            total[p] += fill(points, kernel, t);
        }
    }
    for (size_t p = 0; p < parts; p++) {
        points->total += total[p];
    }
    return TSL_OK;
}

void tsl__tiles_free(tsl__tiles *points)
{
    free(points->tile);
    free(points->norm);
    *points = (tsl__tiles){0};
}
