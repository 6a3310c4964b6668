/* moments.c: mean and spread of plain numbers. */
#include "stat/moments.h"

#include <math.h>

/* Within 2^-SAFE and 2^SAFE squares of deviations and their sums stay in range. */
#define SAFE 480

static tsl__moments get_scaled(const double *values, size_t n, size_t stride, int exponent)
{
    tsl__moments m = {0};
    double sum = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        sum += ldexp(values[i * stride], -exponent);
    }
    m.mean = sum / (double)n;
    for (size_t i = 0; i < n; i++) {
        double off = ldexp(values[i * stride], -exponent) - m.mean;
        square += off * off;
    }
    m.variance = square / (double)n;
    m.sd = ldexp(sqrt(m.variance), exponent);
    m.variance = ldexp(m.variance, 2 * exponent);
    m.mean = ldexp(m.mean, exponent);
    return m;
}

tsl__moments tsl__moments_get(const double *values, size_t n, size_t stride)
{
    double most = 0, sum = 0, square = 0;
    int exponent;
    for (size_t i = 0; i < n; i++) {
        most = fabs(values[i * stride]) > most ? fabs(values[i * stride]) : most;
    }
    frexp(most, &exponent);
    if (most > 0 && (exponent > SAFE || exponent < -SAFE)) {
        return get_scaled(values, n, stride, exponent);
    }
    for (size_t i = 0; i < n; i++) {
        sum += values[i * stride];
    }
    tsl__moments m = {.mean = sum / (double)n};
    for (size_t i = 0; i < n; i++) {
        double off = values[i * stride] - m.mean;
        square += off * off;
    }
    m.variance = square / (double)n;
    m.sd = sqrt(m.variance);
    return m;
}
