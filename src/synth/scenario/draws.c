/* draws.c: draws of the usual distributions, the same bits everywhere. */
#include "synth/scenario/draws.h"

#include <math.h>

#define LN_2 0x1.62e42fefa39efp-1
#define ROOT_HALF 0x1.6a09e667f3bcdp-1
#define LOG_TERMS 12
#define EXP_TERMS 14
#define POISSON_PIECE 500.0

/* x = m 2^e with m about 1; ln m = 2 (s + s^3 / 3 + s^5 / 5 + ...) of s = (m - 1) / (m + 1). */
double tsl__same_log(double x)
{
    int e;
    double m = frexp(x, &e); /* exact */
    if (m < ROOT_HALF) {
        m *= 2;
        e--;
    }
    const double s = (m - 1) / (m + 1), square = s * s;
    double sum = 0;
    for (int i = LOG_TERMS; i >= 0; i--) {
        sum = sum * square + 1.0 / (2 * i + 1);
    }
    return 2 * s * sum + e * LN_2;
}

/* x = k ln 2 + r with r about 0; the series of e^r. */
double tsl__same_exp(double x)
{
    const double k = floor(x / LN_2 + .5), r = x - k * LN_2;
    double sum = 1;
    for (int i = EXP_TERMS; i > 0; i--) {
        sum = 1 + r / i * sum;
    }
    return ldexp(sum, (int)k); /* exact */
}

int tsl__draw_is(tsl__rng *rng, double chance)
{
    return tsl__rng_uniform(rng) < chance;
}

size_t tsl__draw_weighted(tsl__rng *rng, const double *weight, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        total += weight[i];
    }
    double at = tsl__rng_uniform(rng) * total;
    size_t i = 0;
    while (i + 1 < count && at >= weight[i]) {
        at -= weight[i++];
    }
    return i;
}

/* Marsaglia's polar method (1964), one of its two numbers. */
double tsl__draw_normal(tsl__rng *rng)
{
    for (;;) {
        const double x = 2 * tsl__rng_uniform(rng) - 1, y = 2 * tsl__rng_uniform(rng) - 1, square = x * x + y * y;
        if (square > 0 && square < 1) {
            return x * sqrt(-2 * tsl__same_log(square) / square);
        }
    }
}

double tsl__draw_exponential(tsl__rng *rng)
{
    return -tsl__same_log(1 - tsl__rng_uniform(rng));
}

/* Marsaglia & Tsang (2000); below 1 by a power of a uniform draw. */
double tsl__draw_gamma(tsl__rng *rng, double shape)
{
    if (shape < 1) {
        const double more = tsl__draw_gamma(rng, shape + 1), power = -tsl__draw_exponential(rng) / shape;
        return power < -700 ? 0 : more * tsl__same_exp(power);
    }
    const double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        const double x = tsl__draw_normal(rng), root = 1 + c * x, v = root * root * root;
        if (root > 0 && tsl__same_log(1 - tsl__rng_uniform(rng)) < .5 * x * x + d * (1 - v + tsl__same_log(v))) {
            return d * v;
        }
    }
}

/* How many uniform draws can be multiplied before they fall below e^-mean, in pieces that e^-mean can be told of. */
uint32_t tsl__draw_poisson(tsl__rng *rng, double mean)
{
    uint32_t count = 0;
    while (mean > 0) {
        const double end = tsl__same_exp(-(mean < POISSON_PIECE ? mean : POISSON_PIECE));
        double product = 1 - tsl__rng_uniform(rng);
        while (product > end) {
            product *= 1 - tsl__rng_uniform(rng);
            count++;
        }
        mean -= POISSON_PIECE;
    }
    return count;
}
