/* quantile.h: quantiles of plain arrays. */
#ifndef TSL_STAT_QUANTILE_H
#define TSL_STAT_QUANTILE_H

#include <stddef.h>

/* out[i] = the type-7 quantile p[i] of values[0..n), n >= 1, all finite, which
 * are reordered; p rising within [0, 1]. Cost O(n) a quantile. Hyndman & Fan
 * (1996), definition 7. */
void tsl__quantiles(double *values, size_t n, const double *p, size_t count, double *out);

#endif
