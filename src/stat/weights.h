/* weights.h: how often each of some rows counts. */
#ifndef TSL_STAT_WEIGHTS_H
#define TSL_STAT_WEIGHTS_H

#include <tesela/base.h>

/* Weights that are checked. */
typedef struct tsl__weights {
    const double *of; /* rows, view; NULL: once each */
    double total;     /* their sum; the number of rows */
    size_t positive;  /* rows that have one */
} tsl__weights;

/* How often a row counts: once where there are no weights. */
static inline double tsl__weight_get(const double *weight, size_t row)
{
    return weight ? weight[row] : 1;
}

/* TSL_E_INPUT, with the row, for a weight that is neither 0 nor within 1e-100 to
 * 1e100, and where all are 0; then their sums and products stay far from over-
 * and underflow. No rows are fine. */
TSL_FALLIBLE tsl_status tsl__weights_check(const double *of, size_t rows, tsl__weights *weights, tsl_error *err);

/* The power of two by which the greatest comes to within 1 and 2; whole numbers stay exact. 1 where there are none. */
double tsl__weights_get_unit(const double *weight, size_t rows);

/* ---- Quantiles by weight -------------------------------------------------------- */

/* Sorted numbers that count by weight: laid side by side in rising order, each as
 * wide as its weight. */
typedef struct tsl__weighed {
    const double *sorted; /* view */
    const double *up_to;  /* view: the widths up to each, itself included; NULL: once each */
    size_t n;
    double step; /* the width over which a quantile is taken */
} tsl__weighed;

/* sorted: n numbers, each of a weight above 0 (none: NULL), which turn into their running sums. */
tsl__weighed tsl__weighed_open(const double *sorted, double *weight, size_t n);

/* The quantile p of n > 0: the mean of what lies within the step from
 * (W - step) p on, W being the whole width. The step is 1 - one row -, or the
 * mean weight where that is less. For whole weights these are the bits of the
 * type-7 quantile of the numbers written out so often; for equal weights up to 1
 * it is that of the numbers. */
double tsl__weighed_quantile(const tsl__weighed *x, double p);

#endif
