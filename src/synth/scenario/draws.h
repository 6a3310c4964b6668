/* draws.h: random draws whose bits are the same on every machine: of operations that IEEE 754 rounds exactly alone
 * (+, -, *, /, square roots), as logarithms and exponentials of mathematical libraries are not. */
#ifndef TSL_SYNTH_DRAWS_H
#define TSL_SYNTH_DRAWS_H

#include <stddef.h>
#include <stdint.h>

#include "base/rng.h"

/* To some 1e-15 of their size. */
double tsl__same_log(double x); /* x > 0, not subnormal */
double tsl__same_exp(double x); /* -700 to 700 */

int tsl__draw_is(tsl__rng *rng, double chance);
/* The place of one of the weights, which need not add up to 1; none is negative, one at least is not 0. */
size_t tsl__draw_weighted(tsl__rng *rng, const double *weight, size_t count);
double tsl__draw_normal(tsl__rng *rng);              /* mean 0, standard deviation 1 */
double tsl__draw_exponential(tsl__rng *rng);         /* mean 1 */
double tsl__draw_gamma(tsl__rng *rng, double shape); /* mean shape; shape > 0 */
uint32_t tsl__draw_poisson(tsl__rng *rng, double mean);

#endif
