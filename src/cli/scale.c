/* scale.c: columns of plain data made comparable. */
#include "cli/scale.h"

#include "cli/fail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Mean and population standard deviation of each column, row by row. */
static void get_moments(const double *values, size_t rows, size_t cols, double *mean, double *deviation)
{
    memset(mean, 0, cols * sizeof *mean);
    memset(deviation, 0, cols * sizeof *deviation);
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < cols; c++) {
            mean[c] += values[r * cols + c];
        }
    }
    for (size_t c = 0; c < cols; c++) {
        mean[c] /= (double)rows;
    }
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < cols; c++) {
            double apart = values[r * cols + c] - mean[c];
            deviation[c] += apart * apart;
        }
    }
    for (size_t c = 0; c < cols; c++) {
        deviation[c] = sqrt(deviation[c] / (double)rows);
    }
}

static void get_bounds(const double *values, size_t rows, size_t cols, double *low, double *high)
{
    memcpy(low, values, cols * sizeof *low);
    memcpy(high, values, cols * sizeof *high);
    for (size_t r = 1; r < rows; r++) {
        for (size_t c = 0; c < cols; c++) {
            double value = values[r * cols + c];
            low[c] = value < low[c] ? value : low[c];
            high[c] = value > high[c] ? value : high[c];
        }
    }
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double get_quantile(const double *sorted, size_t count, double p)
{
    double at = p * (double)(count - 1);
    size_t below = (size_t)at;
    double next = below + 1 < count ? sorted[below + 1] : sorted[below];
    return sorted[below] + (at - (double)below) * (next - sorted[below]);
}

static void set_robust(const double *values, size_t rows, size_t cols, double *center, double *scale, double *scratch)
{
    for (size_t c = 0; c < cols; c++) {
        for (size_t r = 0; r < rows; r++) {
            scratch[r] = values[r * cols + c];
        }
        qsort(scratch, rows, sizeof *scratch, compare);
        double spread = get_quantile(scratch, rows, 0.75) - get_quantile(scratch, rows, 0.25);
        center[c] = get_quantile(scratch, rows, 0.5);
        scale[c] = spread > 0 ? spread : scale[c]; /* else the standard deviation, which stands there */
    }
}

static void set_scales(tsl_scale method, const double *values, size_t rows, size_t cols, double *center, double *scale,
                       double *scratch, int *constant)
{
    double *low = scratch + rows, *high = low + cols;
    get_bounds(values, rows, cols, low, high);
    if (method != TSL_SCALE_NONE) {
        get_moments(values, rows, cols, center, scale);
    }
    if (method == TSL_SCALE_ROBUST) {
        set_robust(values, rows, cols, center, scale, scratch);
    }
    for (size_t c = 0; c < cols; c++) {
        int flat = low[c] == high[c];
        if (method == TSL_SCALE_MINMAX || flat) {
            center[c] = low[c];
            scale[c] = flat ? 1 : high[c] - low[c];
        }
        if (method == TSL_SCALE_NONE) {
            center[c] = 0;
            scale[c] = 1;
        }
        if (constant) {
            constant[c] = flat;
        }
    }
}

tsl_status cli_scale(tsl_scale method, double *values, size_t rows, size_t cols, double *center, double *scale,
                     int *constant, tsl_error *err)
{
    double *scratch = calloc(rows + 2 * cols + 1, sizeof *scratch);
    if (!scratch) {
        return cli_fail_nomem(err);
    }
    set_scales(method, values, rows, cols, center, scale, scratch, constant);
    for (size_t r = 0; r < rows && method != TSL_SCALE_NONE; r++) {
        for (size_t c = 0; c < cols; c++) {
            values[r * cols + c] = (values[r * cols + c] - center[c]) / scale[c];
        }
    }
    free(scratch);
    return TSL_OK;
}
