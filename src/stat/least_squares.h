/* least_squares.h: weights of columns whose sum comes nearest to another one. */
#ifndef TSL_STAT_LEAST_SQUARES_H
#define TSL_STAT_LEAST_SQUARES_H

#include "base/error.h"

/* y, rows >= cols >= 1 of it, by the columns of x (rows x cols, row-major), without a constant: of all weights that
 * leave the least sum of squares, those of the least sum of squares themselves; so columns that say the same share.
 * What singular values under `least` of the greatest say is left out. *rest: what is left of the sum of squares of y.
 * Cost: O(rows cols^2 + cols^3). GSL's gsl_multifit_linear_tsvd. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__least_squares_fit(const double *x, size_t rows, size_t cols, const double *y, double least,
                                               double *weight, double *rest, tsl_error *err);

#endif
