/* tree_distance.c: squared distances of all rows to all centres and to the
 * nearest of them, rounded to whole numbers of a unit so small that the sum over all rows just fits 61
 * bits: at a million rows some 2^-41 of the greatest. Sums of them have no
 * rounding, whatever their order. */
#include "model/tree/tree.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SUM_BITS 61
#define MOST_POWER 1000 /* of two, for a unit that a double holds */

/* Squared distances of a row to all centres; turned: cols x k centres. */
static void distances_row(const tsl__tree_work *w, const double *turned, size_t row, double *out)
{
    size_t k = (size_t)w->k;
    const double *value = w->x->data + row * w->x->stride;
    memset(out, 0, k * sizeof *out);
    for (size_t d = 0; d < w->x->cols; d++) {
        const double *center = turned + d * k;
        for (size_t c = 0; c < k; c++) {
            double gap = value[d] - center[c];
            out[c] += gap * gap;
        }
    }
}

/* All of them, and the greatest; the first row where one is not finite, or SIZE_MAX. */
static size_t distances_all(const tsl__tree_work *w, const double *turned, double *distance, double *greatest)
{
    size_t k = (size_t)w->k, bad = SIZE_MAX;
    double most = 0;
#pragma omp parallel for num_threads(w->threads) schedule(static) reduction(max : most) reduction(min : bad)
    for (size_t r = 0; r < w->x->rows; r++) {
        double *out = distance + r * (k + 1);
        distances_row(w, turned, r, out);
        out[k] = out[0];
        for (size_t c = 0; c < k; c++) {
            out[k] = out[c] < out[k] ? out[c] : out[k];
            most = out[c] > most ? out[c] : most;
            bad = !isfinite(out[c]) && r < bad ? r : bad;
        }
    }
    *greatest = most;
    return bad;
}

/* Rounds in place: double and int64_t have the same size. */
static void distances_round(const tsl__tree_work *w, double greatest, int64_t *distance)
{
    int size, more;
    frexp(greatest, &size);
    frexp((double)w->x->rows, &more);
    int power = SUM_BITS - size - more;
    double unit = ldexp(1, power < MOST_POWER ? power : MOST_POWER);
    size_t cells = w->x->rows * ((size_t)w->k + 1);
#pragma omp parallel for num_threads(w->threads) schedule(static)
    for (size_t i = 0; i < cells; i++) {
        double value;
        memcpy(&value, &distance[i], sizeof value);
        distance[i] = llrint(value * unit);
    }
}

tsl_status tsl__tree_measure(tsl__tree_work *w, tsl_error *err)
{
    size_t k = (size_t)w->k, cols = w->x->cols, bad;
    double greatest, *turned = tsl__alloc(cols, k * sizeof *turned);
    void *distance = tsl__alloc(w->x->rows, (k + 1) * sizeof(double));
    if (!turned || !distance) {
        free(turned);
        free(distance);
        return tsl__error_nomem(err);
    }
    for (size_t c = 0; c < k; c++) {
        for (size_t d = 0; d < cols; d++) {
            turned[d * k + c] = w->center[c * cols + d];
        }
    }
    bad = distances_all(w, turned, distance, &greatest);
    free(turned);
    w->distance = distance;
    if (bad != SIZE_MAX) {
        return tsl__error_set(err, TSL_E_INPUT, "row %zu: its distance to a centre is not finite", bad);
    }
    distances_round(w, greatest, w->distance);
    return TSL_OK;
}
