/* beta_places.h: means over a beta distribution, as sums. */
#ifndef TSL_VALUE_TERMS_BETA_PLACES_H
#define TSL_VALUE_TERMS_BETA_PLACES_H

#include <stddef.h>

enum { TSL__BETA_MOST = 1024 };

/* Places in 0 .. 1 and how much the value at each counts. Of a function g, smooth from 0 to 1:
 * E g = at_0 g(0) + at_1 g(1) + sum weight g(p): where the density has a pole at an end, the value there is taken out
 * first, so that what is left vanishes with it. */
typedef struct tsl__beta_places {
    size_t count;
    double p[TSL__BETA_MOST], weight[TSL__BETA_MOST], at_0, at_1;
} tsl__beta_places;

/* Of Beta(a, b), both > 0: the trapezoid rule in ln(p / (1 - p)), where the integrand is analytic within pi of the real
 * axis and falls off both ways, so that it converges exponentially (Trefethen & Weideman 2014). */
void tsl__beta_places_build(double a, double b, tsl__beta_places *out);

#endif
