/* special.c: the gamma family, by GSL where it is not called for every row. */
#include "stat/special.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

double tsl__log_gamma(double x)
{
    return gsl_sf_lngamma(x);
}

double tsl__log_beta(double a, double b)
{
    return gsl_sf_lnbeta(a, b);
}

#define LARGE                                                                                                          \
    20.0 /* from here on Stirling's series is exact, and below the difference of two logarithms of gamma is none */

/* ln(gamma(x) / (sqrt(2 pi) x^(x - 1/2) e^-x)), x >= LARGE: Abramowitz & Stegun, 6.1.41. */
static double get_rest(double x)
{
    const double z = 1 / (x * x);
    return (1. / 12 - z * (1. / 360 - z * (1. / 1260 - z * (1. / 1680 - z / 1188)))) / x;
}

/* a (a + 1) ... (a + n - 1). */
static double get_product(double a, int n)
{
    double product = 1;
    for (int k = 0; k < n; k++) {
        product *= a + k;
    }
    return product;
}

/* Factors below LARGE one by one; from there on by Stirling. */
double tsl__log_pochhammer(double a, double x)
{
    const double below = fmax(0, ceil(LARGE - a));
    if (x <= 0) {
        return 0;
    }
    if (x <= below) {
        return x == floor(x) ? log(get_product(a, (int)x)) : gsl_sf_lnpoch(a, x);
    }
    const double from = a + below, rest = x - below;
    return (below > 0 ? log(get_product(a, (int)below)) : 0) + rest * log(from) +
           ((from + rest - .5) * log1p(rest / from) - rest) + get_rest(from + rest) - get_rest(from);
}

/* Likewise by Stirling: the powers cancel. */
double tsl__log_beta_peak(double a, double b)
{
    return .5 * log(a / (2 * M_PI) * (b / (a + b))) + log(gsl_sf_gammastar(a + b)) - log(gsl_sf_gammastar(a)) -
           log(gsl_sf_gammastar(b));
}

#define FAR 12.0 /* from here on the series are exact */

/* By recurrence up to FAR, and from there on by the asymptotic series: Abramowitz & Stegun, 6.3.5 and 6.3.18. */
double tsl__digamma(double x)
{
    double before = 0;
    while (x < FAR) {
        before += 1 / x;
        x += 1;
    }
    const double z = 1 / (x * x);
    const double series =
        z * (1. / 12 - z * (1. / 120 - z * (1. / 252 - z * (1. / 240 - z * (1. / 132 - z * (691. / 32760 - z / 12))))));
    return log(x) - .5 / x - series - before;
}

/* Likewise, 6.4.6 and 6.4.12. */
double tsl__trigamma(double x)
{
    double before = 0;
    while (x < FAR) {
        before += 1 / (x * x);
        x += 1;
    }
    const double z = 1 / (x * x);
    const double series =
        z * (1. / 6 - z * (1. / 30 - z * (1. / 42 - z * (1. / 30 - z * (5. / 66 - z * (691. / 2730 - z * (7. / 6)))))));
    return (1 + .5 / x + series) / x + before;
}
