/* tree_distance.c: weighted squared distances of all rows to all centres and to
 * the nearest of them, rounded to whole numbers of a unit so small that the sum
 * over all rows just fits 61 bits: at a million rows some 2^-41 of the greatest.
 * Sums of them have no rounding, whatever their order. What IMM counts, the weight
 * of a row that parts from its own centre, are distances of another kind. */
#include "model/tree/tree.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SUM_BITS 61
#define MOST_POWER 1000 /* of two, for a unit that a double holds */

/* Squared distances of a row to all centres; turned: cols x k centres; buffer: cols. */
static void distances_row(const tsl__tree_work *w, const double *turned, size_t row, double *buffer, double *out)
{
    size_t k = (size_t)w->k;
    const double *value = tsl__row(w->x, row, buffer), weight = tsl__weight_get(w->weight, row);
    memset(out, 0, (k + 1) * sizeof *out);
    for (size_t d = 0; d < w->x->cols; d++) {
        const double *center = turned + d * k;
        for (size_t c = 0; c < k; c++) {
            double gap = value[d] - center[c];
            out[c] += gap * gap;
        }
    }
    for (size_t c = 0; c < k; c++) {
        out[c] *= weight;
    }
}

/* 0 to the row's own centre, its weight to all others. */
static void mistakes_row(const tsl__tree_work *w, size_t row, double *out)
{
    for (int c = 0; c < w->k; c++) {
        out[c] = c == w->label[row] ? 0 : tsl__weight_get(w->weight, row);
    }
}

/* The distances of a block of rows (turned NULL: the mistakes); the greatest of them. */
static double distances_block(const tsl__tree_work *w, const double *turned, size_t block, double *buffer,
                              double *distance)
{
    size_t k = (size_t)w->k, begin, end;
    double most = 0;
    tsl__block_get(w->x->rows, block, &begin, &end);
    for (size_t r = begin; r < end; r++) {
        double *out = distance + r * (k + 1);
        if (turned) {
            distances_row(w, turned, r, buffer, out);
        } else {
            mistakes_row(w, r, out);
        }
        out[k] = out[0];
        for (size_t c = 0; c < k; c++) {
            out[k] = out[c] < out[k] ? out[c] : out[k];
            most = out[c] > most ? out[c] : most;
        }
    }
    return most;
}

/* All of them, and the greatest. */
static tsl_status distances_all(const tsl__tree_work *w, const double *turned, double *distance, double *greatest,
                                tsl_error *err)
{
    size_t blocks = tsl__block_count(w->x->rows);
    double *most = NULL;
    int failed = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(most = tsl__alloc_zero(blocks, sizeof *most));
#pragma omp parallel num_threads(w->threads)
    {
        double *buffer = tsl__alloc(w->x->cols, sizeof *buffer);
        if (!buffer) {
#pragma omp atomic write
            failed = 1;
        }
#pragma omp for schedule(static)
        for (size_t b = 0; b < blocks; b++) {
            most[b] = buffer ? distances_block(w, turned, b, buffer, distance) : 0;
        }
        free(buffer);
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
    size_t k = (size_t)w->k, cols = w->x->cols;
    double greatest, *turned = NULL;
    void *distance = w->distance; /* doubles at first */
    tsl_status status = TSL_OK;
    TSL__NEED(turned = tsl__alloc(cols, k * sizeof *turned));
    for (size_t c = 0; c < k; c++) {
        for (size_t d = 0; d < cols; d++) {
            turned[d * k + c] = w->center[c * cols + d];
        }
    }
    TSL__TRY(distances_all(w, mistakes ? NULL : turned, distance, &greatest, err));
    distances_round(w, greatest);
done:
    free(turned);
    return status;
}
