/* map_axes.c: the two directions in which the customers that clusters were found by differ most: principal components
 * of their matrix, by its covariances, as distances are of it as it is. */
#include "label/portrait/portrait_parts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/basis/pca.h"
#include "feature/shelves.h"
#include "stat/eigen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MOST 131072    /* more are looked at evenly spread: these tell the directions to some thousandths */
#define LEAST_SHARE 1e-12   /* of all variance: below it a direction is rounding */
#define AS_LARGE (1 - 1e-9) /* of the largest loading: rounding shall not choose between equal ones */

/* Customers at even places among those who are in the matrix. */
static tsl_status choose_rows(const tsl_features *features, size_t **out, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t *row = NULL, rows = 0, at = 0, taken = 0;
    *out = NULL;
    for (size_t i = 0; i < features->customers; i++) {
        rows += !features->apart || features->apart[i] < 0;
    }
    *count = rows < ROWS_MOST ? rows : ROWS_MOST;
    TSL__NEED(row = tsl__alloc(*count, sizeof *row));
    for (size_t i = 0; i < features->customers; i++) {
        if (!features->apart || features->apart[i] < 0) {
            if ((at + 1) * *count / rows > taken) {
                row[taken++] = i;
            }
            at++;
        }
    }
    *out = row;
    row = NULL;
done:
    free(row);
    return status;
}

/* Sums over some rows, less the first of all: sum[cols], then cross[cols x cols], its lower half. */
static void add_rows(const tsl_features *features, const tsl_feature_matrix *m, const size_t *row, size_t rows,
                     const double *shift, double *sum, double *v)
{
    double *cross = sum + m->cols;
    for (size_t r = 0; r < rows; r++) {
        tsl__clustering_row_get(features->recipe, m->column, m->cols, tsl__x_get_row(features, row[r]), v);
        for (size_t j = 0; j < m->cols; j++) {
            v[j] -= shift[j];
            sum[j] += v[j];
            for (size_t l = 0; l <= j; l++) {
                cross[j * m->cols + l] += v[j] * v[l];
            }
        }
    }
}

/* Means, and covariances in both halves of r. */
static tsl_status get_moments(const tsl_features *features, const tsl_feature_matrix *m, const size_t *row, size_t rows,
                              int threads, double *mean, double *r, tsl_error *err)
{
    const size_t p = m->cols, each = p + p * p, blocks = tsl__block_count(rows);
    tsl_status status = TSL_OK;
    double *sum = NULL, *v = NULL, *shift = NULL;
    TSL__NEED(sum = tsl__alloc_zero(blocks, each * sizeof *sum));
    TSL__NEED(v = tsl__alloc(blocks, p * sizeof *v));
    TSL__NEED(shift = tsl__alloc(p, sizeof *shift));
    tsl__clustering_row_get(features->recipe, m->column, p, tsl__x_get_row(features, row[0]), shift);
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(rows, b, &begin, &end);
        add_rows(features, m, row + begin, end - begin, shift, sum + b * each, v + b * p);
    }
    for (size_t b = 1; b < blocks; b++) {
        for (size_t c = 0; c < each; c++) {
            sum[c] += sum[b * each + c];
        }
    }
    for (size_t j = 0; j < p; j++) {
        mean[j] = shift[j] + sum[j] / (double)rows;
        for (size_t l = 0; l <= j; l++) {
            const double product = sum[j] / (double)rows * sum[l];
            r[j * p + l] = r[l * p + j] = (sum[p + j * p + l] - product) / (double)rows;
        }
    }
done:
    free(sum);
    free(v);
    free(shift);
    return status;
}

/* Eigenvector i, turned so that the loading that is largest in absolute value is positive. */
static void take_axis(const double *vector, size_t p, size_t i, tsl_map_axis *axis)
{
    double largest = 0;
    for (size_t j = 0; j < p; j++) {
        const double loading = axis->loading[j] = vector[j * p + i];
        largest = fabs(loading) * AS_LARGE > fabs(largest) ? loading : largest;
    }
    for (size_t j = 0; j < p && largest < 0; j++) {
        axis->loading[j] = -axis->loading[j];
    }
}

/* Of the covariances r, which are lost. */
static tsl_status take_axes(double *r, size_t p, tsl_customer_map *map, int *found, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *variance = NULL, *vector = NULL, all = 0;
    TSL__NEED(variance = tsl__alloc(p, sizeof *variance));
    TSL__NEED(vector = tsl__alloc(p, p * sizeof *vector));
    for (size_t j = 0; j < p; j++) {
        all += r[j * p + j];
    }
    tsl__eigen_symmetric(r, p, variance, vector);
    *found = all > 0 && variance[1] > LEAST_SHARE * all;
    for (size_t i = 0; i < 2 && *found; i++) {
        TSL__NEED(map->axis[i].loading = tsl__alloc(p, sizeof(double)));
        map->axis[i].share = fmin(variance[i] / all, 1);
        take_axis(vector, p, i, &map->axis[i]);
    }
done:
    free(variance);
    free(vector);
    return status;
}

tsl_status tsl__map_axes_fit(const tsl_features *features, int threads, tsl_customer_map *map, double *mean, int *found,
                             tsl_error *err)
{
    const size_t p = map->cols;
    tsl_status status = TSL_OK;
    size_t *row = NULL, rows;
    double *r = NULL;
    *found = 0;
    TSL__TRY(choose_rows(features, &row, &rows, err));
    if (rows > 1) {
        TSL__NEED(r = tsl__alloc(p, p * sizeof *r));
        TSL__TRY(get_moments(features, map->matrix, row, rows, threads, mean, r, err));
        TSL__TRY(take_axes(r, p, map, found, err));
        map->axis_rows = rows;
    }
done:
    free(row);
    free(r);
    return status;
}
