/* interval.c: intervals that hold the true rate, or mean, in 95 of 100 samples. */
#include "stat/interval.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define EACH_TAIL .025

tsl__interval tsl__interval_of_rate(uint64_t happened, uint64_t known)
{
    const double n = (double)known, rate = (double)happened / n, z = gsl_cdf_ugaussian_Qinv(EACH_TAIL), z2 = z * z;
    if (known == 0) {
        return (tsl__interval){NAN, NAN};
    }
    const double middle = (rate + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z * sqrt(rate * (1 - rate) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    return (tsl__interval){happened == 0 ? 0 : middle - half, happened == known ? 1 : middle + half};
}

tsl__interval tsl__interval_of_mean(double mean, double square, uint64_t known)
{
    if (known < 2) {
        return (tsl__interval){NAN, NAN};
    }
    const double n = (double)known, half = gsl_cdf_tdist_Qinv(EACH_TAIL, n - 1) * sqrt(square / (n - 1) / n);
    return (tsl__interval){mean - half, mean + half};
}

tsl__interval tsl__interval_of_ratio(uint64_t a, uint64_t n, uint64_t b, uint64_t m)
{
    if (a == 0 || b == 0) {
        return (tsl__interval){NAN, NAN};
    }
    const double ratio = (double)a / (double)n / ((double)b / (double)m);
    const double error = sqrt(1 / (double)a - 1 / (double)n + 1 / (double)b - 1 / (double)m);
    const double times = exp(gsl_cdf_ugaussian_Qinv(EACH_TAIL) * error);
    return (tsl__interval){ratio / times, ratio * times};
}
