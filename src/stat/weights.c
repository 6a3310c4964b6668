/* weights.c: how often each of some rows counts, and quantiles by that. */
#include "stat/weights.h"

#include "base/error.h"
#include "stat/sort.h"

#include <math.h>

#define LEAST_WEIGHT 1e-100
#define MOST_WEIGHT 1e100

tsl_status tsl__weights_check(const double *of, size_t rows, tsl__weights *weights, tsl_error *err)
{
    *weights = (tsl__weights){.of = of, .total = of ? 0 : (double)rows, .positive = of ? 0 : rows};
    for (size_t r = 0; of && r < rows; r++) {
        if (!(of[r] == 0 || (of[r] >= LEAST_WEIGHT && of[r] <= MOST_WEIGHT))) {
            const char *what = isnan(of[r]) ? "not a number"
                               : of[r] < 0  ? "negative"
                               : of[r] < 1  ? "too small"
                                            : "too great";
            return tsl__error_set(err, TSL_E_INPUT, "row %zu: its weight is %s; expected 0, or 1e-100 to 1e100", r + 1,
                                  what);
        }
        weights->total += of[r];
        weights->positive += of[r] > 0;
    }
    return weights->positive > 0 || rows == 0 ? TSL_OK
                                              : tsl__error_set(err, TSL_E_INPUT, "no row has a weight above 0");
}

double tsl__weights_get_unit(const double *weight, size_t rows)
{
    double most = weight ? 0 : 1;
    int exponent;
    for (size_t r = 0; weight && r < rows; r++) {
        most = weight[r] > most ? weight[r] : most;
    }
    frexp(most, &exponent);
    return most > 0 ? ldexp(1, 1 - exponent) : 1;
}

tsl__weighed tsl__weighed_open(const double *sorted, double *weight, size_t n)
{
    double total = 0;
    for (size_t i = 0; weight && i < n; i++) {
        weight[i] = total += weight[i];
    }
    double mean = weight && n ? total / (double)n : 1;
    return (tsl__weighed){sorted, weight, n, mean < 1 ? mean : 1};
}

double tsl__weighed_quantile(const tsl__weighed *x, double p)
{
    if (!x->up_to) {
        return tsl__sorted_quantile(x->sorted, x->n, p);
    }
    double place = (x->up_to[x->n - 1] - x->step) * p;
    size_t i = tsl__sorted_up_to(x->up_to, x->n, place);
    i = i < x->n ? i : x->n - 1;
    double value = x->sorted[i];
    /* Of each number behind the first, that part of the step which lies behind its border. */
    for (; i + 1 < x->n && place > x->up_to[i] - x->step; i++) {
        double part = (place - (x->up_to[i] - x->step)) / x->step, low = x->sorted[i], high = x->sorted[i + 1];
        /* further than a double reaches, from one end to the other */
        value = isfinite(high - low) ? value + part * (high - low) : value - low + (low * (1 - part) + high * part);
    }
    return value;
}
