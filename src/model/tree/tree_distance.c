/* tree_distance.c: weighted squared distances of all rows to all centres and to
 * the nearest of them, rounded to whole numbers of a unit so small that the sum
 * over all rows just fits 61 bits: at a million rows some 2^-41 of the greatest.
 * Sums of them have no rounding, whatever their order. What IMM counts, the weight
 * of a row that parts from its own centre, are distances of another kind. */
#include "model/tree/tree.h"

#include "base/alloc.h"
#include "base/error.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SUM_BITS 61
#define MOST_POWER 1000 /* of two, for a unit that a double holds */

/* Squared distances of a tile of rows to all centres, row by row. room: tile_room doubles. */
static void distances_tile(const tsl__tree_work *w, size_t begin, size_t rows, double *room, double *out)
{
    const size_t k = (size_t)w->k, cols = w->x->cols;
    double *squared = room + cols * TSL__TILE;
    tsl__tile_fill(w->x, begin, NULL, room);
    for (size_t c = 0; c < k; c++) {
        w->kernel->distance(room, cols, w->center + c * cols, squared);
        for (size_t i = 0; i < rows; i++) {
            out[i * (k + 1) + c] = squared[i] * tsl__weight_get(w->weight, begin + i);
        }
    }
}

static size_t tile_room(const tsl__tree_work *w)
{
    return (w->x->cols + 1) * TSL__TILE;
}

/* 0 to a row's own centre, its weight to all others. */
static void mistakes_tile(const tsl__tree_work *w, size_t begin, size_t rows, double *out)
{
    const size_t k = (size_t)w->k;
    for (size_t i = 0; i < rows; i++) {
        for (size_t c = 0; c < k; c++) {
            out[i * (k + 1) + c] = (int)c == w->label[begin + i] ? 0 : tsl__weight_get(w->weight, begin + i);
        }
    }
}

/* The distances of a block of rows (mistakes: those of IMM); the greatest of them. */
static double distances_block(const tsl__tree_work *w, int mistakes, size_t block, double *room, double *distance)
{
    const size_t k = (size_t)w->k;
    size_t begin, end;
    double most = 0;
    tsl__block_get(w->x->rows, block, &begin, &end);
    for (size_t from = begin; from < end; from += TSL__TILE) {
        const size_t rows = end - from < TSL__TILE ? end - from : TSL__TILE;
        double *out = distance + from * (k + 1);
        if (mistakes) {
            mistakes_tile(w, from, rows, out);
        } else {
            distances_tile(w, from, rows, room, out);
        }
        for (size_t i = 0; i < rows; i++, out += k + 1) {
            out[k] = out[0];
            for (size_t c = 0; c < k; c++) {
                out[k] = out[c] < out[k] ? out[c] : out[k];
                most = out[c] > most ? out[c] : most;
            }
        }
    }
    return most;
}

/* All of them, and the greatest. */
static tsl_status distances_all(const tsl__tree_work *w, int mistakes, double *distance, double *greatest,
                                tsl_error *err)
{
    size_t blocks = tsl__block_count(w->x->rows);
    double *most = NULL;
    int failed = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(most = tsl__alloc_zero(blocks, sizeof *most));
#pragma omp parallel num_threads(w->threads)
    {
        double *room = tsl__alloc_aligned(tile_room(w), sizeof *room);
        if (!room) {
#pragma omp atomic write
            failed = 1;
        }
#pragma omp for schedule(static)
        for (size_t b = 0; b < blocks; b++) {
            most[b] = room ? distances_block(w, mistakes, b, room, distance) : 0;
        }
        free(room);
    }
    TSL__NEED(!failed);
    *greatest = 0;
    for (size_t b = 0; b < blocks; b++) {
        *greatest = most[b] > *greatest ? most[b] : *greatest;
    }
done:
    free(most);
    return status;
}

/* Rounds in place: double and int64_t have the same size. */
static void distances_round(tsl__tree_work *w, double greatest)
{
    int64_t *distance = w->distance;
    int size, more;
    frexp(greatest, &size);
    frexp((double)w->x->rows, &more);
    int power = SUM_BITS - size - more;
    const double unit = w->whole = ldexp(1, power < MOST_POWER ? power : MOST_POWER);
    size_t cells = w->x->rows * ((size_t)w->k + 1);
#pragma omp parallel for num_threads(w->threads) schedule(static)
    for (size_t i = 0; i < cells; i++) {
        double value;
        memcpy(&value, &distance[i], sizeof value);
        distance[i] = llrint(value * unit);
    }
}

tsl_status tsl__tree_measure(tsl__tree_work *w, int mistakes, tsl_error *err)
{
    double greatest;
    void *distance = w->distance; /* doubles at first */
    tsl_status status = TSL_OK;
    TSL__TRY(distances_all(w, mistakes, distance, &greatest, err));
    distances_round(w, greatest);
done:
    return status;
}
