/* interval.h: intervals that hold the true rate, mean, or ratio of rates in 95 of 100 samples. */
#ifndef TSL_STAT_INTERVAL_H
#define TSL_STAT_INTERVAL_H

#include <stdint.h>

typedef struct tsl__interval {
    double low, high; /* NaN where nothing is known; of a mean, of one alone */
} tsl__interval;

/* Of a rate, by Wilson (1927), which holds near 0 and 1 and of few as well. */
tsl__interval tsl__interval_of_rate(uint64_t happened, uint64_t known);
/* Of a mean: Student's t on known - 1 degrees of freedom; square: sum of the squared deviations from the mean. */
tsl__interval tsl__interval_of_mean(double mean, double square, uint64_t known);
/* Of a / n by b / m, on the scale of logarithms: Katz, Baptista, Azen & Pike (1978), Biometrics 34. NaN where a or b is
 * 0. */
tsl__interval tsl__interval_of_ratio(uint64_t a, uint64_t n, uint64_t b, uint64_t m);

#endif
