/* populations.h: customers who buy and leave as a purchase model says. */
#ifndef TSL_TESTS_POPULATIONS_H
#define TSL_TESTS_POPULATIONS_H

#include <math.h>

#include <tesela/value.h>

#include "draws.h"

/* Marsaglia & Tsang (2000). */
static inline double draw_gamma(tsl__rng *rng, double shape)
{
    const double k = shape < 1 ? shape + 1 : shape, d = k - 1. / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        const double z = draw_normal(rng), v = pow(1 + c * z, 3), u = 1 - tsl__rng_uniform(rng);
        if (v > 0 && log(u) < .5 * z * z + d - d * v + d * log(v)) {
            return d * v * (shape < 1 ? pow(1 - tsl__rng_uniform(rng), 1 / shape) : 1);
        }
    }
}

static inline double draw_wait(tsl__rng *rng, double rate)
{
    return -log(1 - tsl__rng_uniform(rng)) / rate;
}

enum { SIMULATED = 20000 };
static double simulated[3][SIMULATED];

/* One customer, number i, seen for 20 to 80. */
static inline void simulate_customer(tsl_purchase_kind kind, const double *p, tsl__rng *rng, size_t i)
{
    const double rate = draw_gamma(rng, p[0]) / p[1], t = 20 + 60 * tsl__rng_uniform(rng);
    const double a = draw_gamma(rng, p[2]), b = draw_gamma(rng, p[3]), leaves = a / (a + b);
    const int is_pareto = kind == TSL_PARETO_NBD, at_first = kind == TSL_MBG_NBD;
    const double life = is_pareto ? draw_wait(rng, a / p[3]) : INFINITY;
    double x = 0, last = 0;
    int gone = at_first && tsl__rng_uniform(rng) < leaves;
    while (!gone) {
        const double next = last + draw_wait(rng, rate);
        if (next > t || next > life) {
            break;
        }
        x++;
        last = next;
        gone = !is_pareto && tsl__rng_uniform(rng) < leaves;
    }
    simulated[0][i] = x;
    simulated[1][i] = last;
    simulated[2][i] = t;
}

static inline void simulate(tsl_purchase_kind kind, const double *p, uint32_t seed)
{
    tsl__rng rng = tsl__rng_open(seed, 1, 2);
    for (size_t i = 0; i < SIMULATED; i++) {
        simulate_customer(kind, p, &rng, i);
    }
}

/* The test fails where that cannot be done. */
static inline tsl_purchase_choice choose(const tsl_histories *h)
{
    tsl_purchase_choice choice;
    tsl_error err;
    if (tsl_purchase_choice_fit(h, NULL, &choice, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return choice;
}

#endif
