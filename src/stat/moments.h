/* moments.h: mean, spread and skewness of plain numbers. */
#ifndef TSL_STAT_MOMENTS_H
#define TSL_STAT_MOMENTS_H

#include <stddef.h>

typedef struct tsl__moments {
    double mean, variance, sd; /* of the population (n); the variance is infinite or 0 where its square root is not */
} tsl__moments;

/* Of values[0], values[stride], ...: n > 0 finite numbers of any size. weight: n
 * numbers as of tsl__weights_check, how often each counts; NULL: once. In two
 * passes; where squares would leave the range of a double, the numbers are first
 * scaled by a power of two. Weights of 1 give the bits of none. */
tsl__moments tsl__moments_get(const double *values, const double *weight, size_t n, size_t stride);

/* Moment skewness, mean of (x - mean)^3 / sd^3 of the population, of those of values[0], values[stride], ... that are
 * not NaN; 0 where they do not vary. */
double tsl__skewness_get(const double *values, size_t n, size_t stride);

#endif
