/* natural_rows.h: the rows that the test of natural groups is made on. */
#ifndef TSL_MODEL_NATURAL_NATURAL_ROWS_H
#define TSL_MODEL_NATURAL_NATURAL_ROWS_H

#include "model/matrix.h"

/* A sample of rows in an order drawn at random, without the columns that are the
 * same in all of it. The others are cut off at their quantiles .001 and .999
 * where there are 1,000 rows or more, and standardised. */
typedef struct tsl__natural_rows {
    size_t rows, cols;
    double *plain;  /* rows x cols: what clusters are found in */
    double *spread; /* rows x cols: what they are tested on: where a value occurs more than once each of it lies
                       anywhere within half the way to the next value on either side, so that rounding makes no gaps;
                       what was cut off stays at the end */
    double *mask;   /* cols: 1, or 0 for a column that tells of no gap: of two values, or one that is pinned */
    char *cut;      /* rows: 1: a value of it was cut off */
    size_t counted; /* columns of mask 1 */
    size_t pinned;  /* of more than two values, with a gap that is there by single values alone */
} tsl__natural_rows;

/* Of the rows that have a weight, as many as `most`, or fewer where weights
 * differ: no more than as many equal ones would tell as much as they do (Kish
 * 1965), each taken once, by a chance in proportion to its weight for small
 * shares (Efraimidis & Spirakis 2006). */
TSL_FALLIBLE tsl_status tsl__natural_rows_open(const tsl__row_view *x, const tsl__weights *weights, size_t most,
                                               uint64_t seed, tsl__natural_rows *out, tsl_error *err);
void tsl__natural_rows_free(tsl__natural_rows *rows);
/* Where a column is cut off, of its values in rising order: at least 1. Its ends, where the quantiles are one. */
void tsl__natural_bounds_get(const double *sorted, size_t rows, double *low, double *high);

#endif
