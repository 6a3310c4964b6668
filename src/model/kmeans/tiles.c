/* tiles.c: the rounded copy of the rows that the filter reads. */
#include "model/kmeans/tiles.h"

#include "base/alloc.h"
#include "base/error.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The greatest |x - shift| of rows. */
static double find_most(const tsl__row_view *x, size_t begin, size_t end, const double *shift, double *buffer)
{
    double most = 0;
    for (size_t r = begin; r < end; r++) {
        const double *row = tsl__row(x, r, buffer);
        for (size_t j = 0; j < x->cols; j++) {
            const double away = fabs(row[j] - shift[j]);
            most = away > most ? away : most;
        }
    }
    return most;
}

tsl_status tsl__tiles_scale(const tsl__row_view *x, const double *shift, int threads, double *scale, tsl_error *err)
{
    double most[TSL__PARTS], *buffer = NULL;
    const size_t parts = tsl__part_count(x->rows, TSL__PARTS);
    const int team = tsl__team_size(threads, (double)x->rows * (double)x->cols);
    tsl_status status = TSL_OK;
    TSL__NEED(buffer = tsl__alloc(parts, x->cols * sizeof *buffer));
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (size_t p = 0; p < parts; p++) {
        size_t begin, end;
        tsl__part_get(x->rows, TSL__PARTS, p, &begin, &end);
        most[p] = find_most(x, begin, end, shift, buffer + p * x->cols);
    }
    double far = 0;
    for (size_t p = 0; p < parts; p++) {
        far = most[p] > far ? most[p] : far;
    }
    int exponent = 0;
    frexp(far, &exponent);
    *scale = ldexp(1.0, exponent < -1000 ? 1000 : -exponent);
done:
    free(buffer);
    return status;
}

/* Fills one tile and its norms; returns the sum of |y|^2. buffer: a tile of rows. */
static double fill(const tsl__tiles *tiles, const tsl__kernel *kernel, size_t tile, double *buffer)
{
    const tsl__row_view *x = &tiles->x;
    const size_t begin = tile * TSL__TILE, left = x->rows - begin, rows = left < TSL__TILE ? left : TSL__TILE;
    const double *row[TSL__TILE];
    float *out = tiles->tile + begin * x->cols;
    double total = 0;
    if (rows < TSL__TILE) {
        memset(out, 0, TSL__TILE * x->cols * sizeof *out);
    }
    for (size_t i = 0; i < rows; i++) {
        double square = 0;
        row[i] = tsl__row(x, begin + i, buffer + i * x->cols);
        for (size_t j = 0; j < x->cols; j++) {
            const double scaled = (row[i][j] - tiles->shift[j]) * tiles->scale;
            square += scaled * scaled;
        }
        tiles->norm[begin + i] = (float)(square * (1 + 1e-6));
        total += tsl__weight_get(tiles->weight, begin + i) * square;
    }
    for (size_t i = rows; i < TSL__TILE; i++) {
        tiles->norm[begin + i] = 0;
    }
    kernel->pack(row, rows, tiles->shift, tiles->scale, x->cols, out);
    return total / (tiles->scale * tiles->scale);
}

/* Fills all of them; total[part]: of the part's rows. 0 where a thread has no memory. */
static int fill_all(const tsl__tiles *tiles, int threads, double *total)
{
    const tsl__kernel *kernel = tsl__kernel_get();
    const tsl__row_view *x = &tiles->x;
    const size_t parts = tsl__part_count(x->rows, TSL__PARTS);
    const int team = tsl__team_size(threads, (double)x->rows * (double)x->cols);
    int failed = 0;
#pragma omp parallel num_threads(team)
    {
        double *buffer = tsl__alloc(TSL__TILE, x->cols * sizeof *buffer);
        if (!buffer) {
#pragma omp atomic write
            failed = 1;
        }
#pragma omp for schedule(dynamic)
        for (size_t p = 0; p < parts; p++) {
            size_t begin, end;
            tsl__part_get(x->rows, TSL__PARTS, p, &begin, &end);
            total[p] = 0;
            for (size_t t = begin / TSL__TILE; buffer && t * TSL__TILE < end; t++) {
                total[p] += fill(tiles, kernel, t, buffer);
            }
        }
        free(buffer);
    }
    return !failed;
}

tsl_status tsl__tiles_open(tsl__tiles *tiles, const tsl__row_view *x, const double *shift, const double *weight,
                           double scale, int threads, tsl_error *err)
{
    const size_t padded = (x->rows + TSL__TILE - 1) / TSL__TILE * TSL__TILE;
    double total[TSL__PARTS];
    tsl_status status = TSL_OK;
    *tiles = (tsl__tiles){.x = *x, .shift = shift, .weight = weight, .scale = scale};
    TSL__NEED(tiles->tile = tsl__alloc_aligned(padded, x->cols * sizeof *tiles->tile));
    TSL__NEED(tiles->norm = tsl__alloc_aligned(padded, sizeof *tiles->norm));
    TSL__NEED(fill_all(tiles, threads, total));
    for (size_t p = 0; p < tsl__part_count(x->rows, TSL__PARTS); p++) {
        tiles->total += total[p];
    }
done:
    if (status != TSL_OK) {
        tsl__tiles_free(tiles);
    }
    return status;
}

void tsl__tiles_free(tsl__tiles *tiles)
{
    free(tiles->tile);
    free(tiles->norm);
    *tiles = (tsl__tiles){0};
}
