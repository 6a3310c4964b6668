/* beta_places.c: the trapezoid rule over the logit of a beta variable. */
#include "value/terms/beta_places.h"

#include "stat/special.h"

#include <math.h>

#define FAR 28.0   /* e to the minus this is nothing beside 1 */
#define STEP 0.3   /* of the logit, where the distribution is wide; */
#define WIDTHS 1.6 /* where it is narrow, this times its standard deviation counts as wide */

static double ln_1p_exp(double y)
{
    return y > 0 ? y + log1p(exp(-y)) : log1p(exp(y));
}

void tsl__beta_places_build(double a, double b, tsl__beta_places *out)
{
    const int pole_0 = a < 1, pole_1 = b < 1;
    /* The integrand falls like e^(left y) to the left and e^(-right y) to the right. */
    const double left = a + pole_0, right = b + pole_1, ln_all = tsl__log_beta(a, b);
    const double width = WIDTHS * sqrt(tsl__trigamma(left) + tsl__trigamma(right)), step = STEP * fmin(1, width);
    const double top = log(left / right);
    double sum_0 = 0, sum_1 = 0;
    out->count = 0;
    /* From the top both ways, until nothing is left. */
    const double peak = -left * ln_1p_exp(-top) - right * ln_1p_exp(top);
    long first = (long)floor(top / step), last = first;
    while (-left * ln_1p_exp(-(double)(first)*step) - right * ln_1p_exp((double)first * step) > peak - FAR) {
        first--;
    }
    while (-left * ln_1p_exp(-(double)last * step) - right * ln_1p_exp((double)last * step) > peak - FAR) {
        last++;
    }
    for (long k = first; k <= last && out->count < TSL__BETA_MOST; k++) {
        const double y = (double)k * step, ln_p = -ln_1p_exp(-y), ln_q = -ln_1p_exp(y);
        const double p = exp(ln_p), weight = step * exp(a * ln_p + b * ln_q - ln_all);
        out->p[out->count] = p;
        out->weight[out->count++] = weight;
        sum_0 += weight * exp(ln_q);
        sum_1 += weight * p;
    }
    /* g(p) - g(0) (1 - p) - g(1) p is what is left to the sum. */
    out->at_0 = pole_0 ? b / (a + b) - sum_0 : 0;
    out->at_1 = pole_1 ? a / (a + b) - sum_1 : 0;
}
