/* coarse.h: many different rows as few that are nearly the same, on which a fit can begin. */
#ifndef TSL_VALUE_ROWS_COARSE_H
#define TSL_VALUE_ROWS_COARSE_H

#include "value/rows/distinct.h"

enum { TSL__COARSE_BINS = 32 }; /* at most */

/* Rows of the same first value whose others fall into the same of so many bins (by the logarithm of 1 + 8 times the
 * value in units of its mean) are one of their mean, with the weight of all; whole: the means are rounded. So sums of
 * smooth functions over the rows are nearly those over all. out->of is NULL. TSL_E_NOMEM. Cost: O(rows). */
TSL_FALLIBLE tsl_status tsl__coarse_build(const tsl__distinct *rows, int columns, int bins, int whole,
                                          tsl__distinct *out, tsl_error *err);

#endif
