/* stability.c: the population stability index of shares then and now. */
#include "stat/stability.h"

#include <math.h>

#define LEAST_SHARE 1e-4 /* of an empty cell, so that its logarithm is finite */

/* What chi-square with 1, 2, ... degrees of freedom exceeds once in 1,000 times
 * (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4). */
static const double chi_square_999[] = {10.828, 13.816, 16.266, 18.467, 20.515, 22.458, 24.322, 26.124, 27.877, 29.588,
                                        31.264, 32.909, 34.528, 36.123, 37.697, 39.252, 40.790, 42.312, 43.820, 45.315};
#define TABLED (sizeof chi_square_999 / sizeof *chi_square_999)
#define NORMAL_999 3.0902 /* what the normal distribution exceeds as often */

/* Beyond the table by the cube of Wilson and Hilferty (1931), which is 0.3 % too high there, and ever closer. */
static double get_chi_square(size_t degrees)
{
    if (degrees <= TABLED) {
        return chi_square_999[degrees - 1];
    }
    const double n = (double)degrees, part = 2 / (9 * n), root = 1 - part + NORMAL_999 * sqrt(part);
    return n * root * root * root;
}

/* No share is less than that of half a person: so few do not show that nobody is there. */
static double get_least(double people)
{
    return fmax(LEAST_SHARE, .5 / people);
}

tsl__stability tsl__stability_get(const double *then, const double *now, size_t count, double people_then,
                                  double people_now)
{
    const double least_then = get_least(people_then), least_now = get_least(people_now);
    const double size = 1 / people_now + 1 / people_then;
    size_t held = 0; /* cells that somebody is or was in */
    tsl__stability of = {0};
    for (size_t i = 0; i < count; i++) {
        if (then[i] > 0 || now[i] > 0) {
            double e = fmax(then[i], least_then), a = fmax(now[i], least_now);
            of.psi += (a - e) * log(a / e);
            held++;
        }
    }
    of.chance = held > 1 ? (double)(held - 1) * size : 0;
    of.limit = held > 1 ? get_chi_square(held - 1) * size : 0;
    return of;
}
