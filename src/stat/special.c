/* special.c: GSL's gamma functions. */
#include "stat/special.h"

#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>

double tsl__log_gamma(double x)
{
    return gsl_sf_lngamma(x);
}

double tsl__log_beta(double a, double b)
{
    return gsl_sf_lnbeta(a, b);
}

#define LARGE 20.0 /* beside it the difference of two logarithms of gamma is of few digits */

/* From LARGE on by Stirling: ln gamma(a) = (a - 1/2) ln a - a + ln sqrt(2 pi) + ln gammastar(a). */
double tsl__log_pochhammer(double a, double x)
{
    if (x <= 0) {
        return 0;
    }
    if (a < LARGE) {
        return gsl_sf_lnpoch(a, x);
    }
    return x * log(a) + ((a + x - .5) * log1p(x / a) - x) + log(gsl_sf_gammastar(a + x)) - log(gsl_sf_gammastar(a));
}

/* Likewise by Stirling: the powers cancel. */
double tsl__log_beta_peak(double a, double b)
{
    return .5 * log(a / (2 * M_PI) * (b / (a + b))) + log(gsl_sf_gammastar(a + b)) - log(gsl_sf_gammastar(a)) -
           log(gsl_sf_gammastar(b));
}

double tsl__digamma(double x)
{
    return gsl_sf_psi(x);
}

double tsl__trigamma(double x)
{
    return gsl_sf_psi_1(x);
}
