/* column_figures.h: least, greatest, quantiles and bins of values that stand in so many rows each. */
#ifndef TSL_TABLE_SCHEMA_COLUMN_FIGURES_H
#define TSL_TABLE_SCHEMA_COLUMN_FIGURES_H

#include <tesela/table.h>

#include "expr/decimal.h"

/* count values, finite, in any order, each in rows[i] > 0 rows; both are sorted. Fills range, quantiles and bins. */
TSL_FALLIBLE tsl_status tsl__figures_find(double *value, double *rows, size_t count, tsl_column_profile *out,
                                          tsl_error *err);
/* An exact sum as a double, correctly rounded; NaN where it is none. */
double tsl__figures_get_sum(tsl__decimal sum);

#endif
