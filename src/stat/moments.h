/* moments.h: mean and spread of plain numbers. */
#ifndef TSL_STAT_MOMENTS_H
#define TSL_STAT_MOMENTS_H

#include <stddef.h>

typedef struct tsl__moments {
    double mean, variance, sd; /* of the population (n); the variance is infinite or 0 where its square root is not */
} tsl__moments;

/* Of values[0], values[stride], ...: n > 0 finite numbers of any size. In two
 * passes; where squares would leave the range of a double, the numbers are first
 * scaled by a power of two. */
tsl__moments tsl__moments_get(const double *values, size_t n, size_t stride);

#endif
