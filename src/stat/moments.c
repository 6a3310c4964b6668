/* moments.c: mean, spread and skewness of plain numbers. */
#include "stat/moments.h"

#include "stat/weights.h"

#include <math.h>

/* Within 2^-SAFE and 2^SAFE squares of deviations and their sums stay in range. */
#define SAFE 480

/* The number in units of 2^exponent. */
static double get_value(double value, int exponent)
{
    return exponent ? ldexp(value, -exponent) : value;
}

/* In units of 2^exponent. What weighs nothing is not looked at: it may lie anywhere. */
static tsl__moments get_scaled(const double *values, const double *weight, size_t n, size_t stride, int exponent)
{
    tsl__moments m = {0};
    const double unit = tsl__weights_get_unit(weight, n);
    double sum = 0, square = 0, total = 0;
    for (size_t i = 0; i < n; i++) {
        double w = tsl__weight_get(weight, i) * unit;
        if (w > 0) {
            sum += w * get_value(values[i * stride], exponent);
            total += w;
        }
    }
    m.mean = sum / total;
    for (size_t i = 0; i < n; i++) {
        double w = tsl__weight_get(weight, i) * unit;
        if (w > 0) {
            double off = get_value(values[i * stride], exponent) - m.mean;
            square += w * (off * off);
        }
    }
    m.variance = square / total;
    m.sd = sqrt(m.variance);
    return m;
}

tsl__moments tsl__moments_get(const double *values, const double *weight, size_t n, size_t stride)
{
    double most = 0;
    int exponent;
    for (size_t i = 0; i < n; i++) {
        double size = tsl__weight_get(weight, i) > 0 ? fabs(values[i * stride]) : 0;
        most = size > most ? size : most;
    }
    frexp(most, &exponent);
    if (!(most > 0) || (exponent <= SAFE && exponent >= -SAFE)) {
        return get_scaled(values, weight, n, stride, 0);
    }
    tsl__moments m = get_scaled(values, weight, n, stride, exponent);
    m.sd = ldexp(m.sd, exponent);
    m.variance = ldexp(m.variance, 2 * exponent);
    m.mean = ldexp(m.mean, exponent);
    return m;
}

double tsl__skewness_get(const double *values, size_t n, size_t stride)
{
    double count = 0, sum = 0, square = 0, cube = 0;
    for (size_t i = 0; i < n; i++) {
        const double x = values[i * stride];
        if (!isnan(x)) {
            count++;
            sum += x;
        }
    }
    for (size_t i = 0; i < n; i++) {
        const double off = values[i * stride] - sum / count;
        if (!isnan(off)) {
            square += off * off;
            cube += off * off * off;
        }
    }
    return square > 0 ? (cube / count) / pow(square / count, 1.5) : 0;
}
