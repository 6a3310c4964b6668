/* beta_odds.c: an integral over the logarithm of the odds, where the integrand has one peak, falls off both ways and
 * has no singularity within pi of the real axis: in panels by Gauss and Legendre's rule. */
#include "value/terms/beta_odds.h"

#include "stat/special.h"

#include <math.h>

#define FAR 32.0      /* e to the minus this is nothing beside 1 */
#define PLAIN 40.0    /* where odds are under e to the minus this the integrand is a power of them: e^(a l) */
#define LARGE 600.0   /* nearly too much for e to the power of it */
#define PANELS 6      /* at least, */
#define CLOSER 5      /* halvings by which an end is drawn nearer, */
#define PEAK_STEPS 40 /* and by which the peak is found */

/* The integrand at l = l_0 + d, l_0 = ln(a / b): about there is where the odds are. */
typedef struct integrand {
    double a, b, s, ratio; /* ratio: the rate times e^l_0 */
    double top;            /* ln of the density at l_0 */
} integrand;

/* ln(1 + w (e^z - 1)), 0 < w < 1. */
static double get_ln_mean(double w, double z)
{
    return z > LARGE ? z + log(w) : log1p(w * expm1(z));
}

/* Told from the lesser of a and b, no digits are lost. */
static double get_ln(const integrand *f, double d)
{
    const double all = f->a + f->b, lesser = fmin(f->a, f->b), turned = f->a < f->b ? d : -d;
    return f->top + lesser * turned - all * get_ln_mean(lesser / all, turned) -
           (f->s > 0 ? f->s * log1p(f->ratio * exp(d)) : 0);
}

/* Its slope, which falls with d. */
static double get_slope(const integrand *f, double d)
{
    const double back = exp(-d);
    return f->a - (f->a + f->b) * f->a / (f->a + f->b * back) - f->s * f->ratio / (f->ratio + back);
}

/* Where it is greatest up to `end`. */
static double find_peak(const integrand *f, double end)
{
    double high = fmin(end, 0), low = high, step = 1;
    if (f->s <= 0 || get_slope(f, high) >= 0) {
        return high;
    }
    while (get_slope(f, low) < 0) {
        low -= step;
        step *= 2;
    }
    for (int i = 0; i < PEAK_STEPS; i++) {
        const double middle = (low + high) / 2;
        *(get_slope(f, middle) < 0 ? &high : &low) = middle;
    }
    return low;
}

/* How far from the peak, in this direction, nothing is left. */
static double get_reach(const integrand *f, double peak, int direction)
{
    const double bottom = get_ln(f, peak) - FAR;
    double near = 0, far = sqrt(1 / f->a + 1 / f->b);
    while (get_ln(f, peak + direction * far) > bottom) {
        near = far;
        far *= 2;
    }
    for (int i = 0; i < CLOSER; i++) {
        const double middle = (near + far) / 2;
        *(get_ln(f, peak + direction * middle) > bottom ? &near : &far) = middle;
    }
    return far;
}

double tsl__beta_odds_get_mean(const tsl__quadrature *rule, double a, double b, double most, double rate, double s)
{
    const double l_0 = log(a / b), end = log(most) - l_0;
    const integrand f = {a, b, s, rate * a / b, tsl__log_beta_peak(a, b)};
    double sum = 0;
    if (!(most > 0)) {
        return 0;
    }
    const double peak = find_peak(&f, end), high = peak < end ? fmin(end, peak + get_reach(&f, peak, 1)) : end;
    const double plain = fmin(high, -PLAIN - l_0 - (s > 0 ? fmax(0, log(rate)) : 0));
    double low = peak - get_reach(&f, peak, -1), rest = 0;
    if (low < plain) {
        low = plain;
        rest = exp(get_ln(&f, plain)) / a;
    }
    const int panels = PANELS + (int)(high - low);
    const double length = (high - low) / panels;
    for (int p = 0; p < panels; p++) {
        for (size_t k = 0; k < rule->count; k++) {
            sum += rule->weight[k] * exp(get_ln(&f, low + length * (p + rule->node[k])));
        }
    }
    return fmin(1, sum * length + rest);
}
