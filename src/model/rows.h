/* rows.h: the rows of a matrix as this room reads them; how often each counts
 * (stat/weights.h). */
#ifndef TSL_MODEL_ROWS_H
#define TSL_MODEL_ROWS_H

#include <tesela/base.h>

#include "stat/weights.h"

/* A matrix as this room reads it: doubles, whatever the caller's cells are, each
 * times a power of two. */
typedef struct tsl__row_view {
    const void *data;
    size_t rows, cols, stride;
    tsl_dtype dtype;
    double unit;
    int plain; /* 1: doubles in units of 1, which are read in their place */
} tsl__row_view;

static inline tsl__row_view tsl__row_view_of(const tsl_matrix *x, double unit)
{
    return (tsl__row_view){x->data, x->rows, x->cols, x->stride, x->dtype, unit, x->dtype == TSL_F64 && unit == 1};
}

/* Copies a row. */
void tsl__row_take(const tsl__row_view *x, size_t row, double *out);
/* A row, in its place or in the buffer (cols doubles). */
static inline const double *tsl__row(const tsl__row_view *x, size_t row, double *buffer)
{
    if (x->plain) {
        return (const double *)x->data + row * x->stride;
    }
    tsl__row_take(x, row, buffer);
    return buffer;
}

static inline double tsl__cell(const tsl__row_view *x, size_t row, size_t col)
{
    const size_t at = row * x->stride + col;
    return (x->dtype == TSL_F64 ? ((const double *)x->data)[at] : (double)((const float *)x->data)[at]) * x->unit;
}

/* The squared distance of two rows of doubles. */
static inline double tsl__row_squared(const double *a, const double *b, size_t cols)
{
    double sum = 0;
    for (size_t j = 0; j < cols; j++) {
        sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
}

/* Asks for a row's memory before it is needed. */
static inline void tsl__row_fetch(const tsl__row_view *x, size_t row)
{
    const size_t cell = x->dtype == TSL_F64 ? sizeof(double) : sizeof(float);
    const char *at = (const char *)x->data + row * x->stride * cell;
    for (size_t i = 0; i < x->cols * cell; i += 64) {
        __builtin_prefetch(at + i);
    }
}

#endif
