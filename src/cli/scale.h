/* scale.h: columns of plain data made comparable. */
#ifndef TSL_CLI_SCALE_H
#define TSL_CLI_SCALE_H

#include <tesela/feature.h>

/* (values - center) / scale for each column, in place over rows x cols:
 *   z       mean, population standard deviation
 *   minmax  least value, range
 *   robust  median, interquartile range (type 7); where that is 0, the standard deviation
 *   none    0, 1
 * A column that is constant keeps scale 1; constant[c] tells which (may be
 * NULL). center and scale: cols numbers each. */
tsl_status cli_scale(tsl_scale method, double *values, size_t rows, size_t cols, double *center, double *scale,
                     int *constant, tsl_error *err);

#endif
