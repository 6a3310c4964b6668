/* arrivals.c: the chance of a k'th purchase by each model. */
#include "value/terms/arrivals.h"

#include "stat/special.h"
#include "value/rows/histories.h"
#include "value/terms/beta_odds.h"
#include "value/terms/purchase_terms.h"

#include <math.h>

/* The time that k purchases take, in units of `moment`, is odds of Beta(k, rate). */
static double get_in_time(const tsl__arrivals *a, double k)
{
    return tsl__beta_odds_get_mean(a->rule, k, a->rate, a->ahead / a->moment, 0, 0);
}

/* ... and he stays at the k - 1 before. */
static double get_staying(const tsl__arrivals *a, double k)
{
    const double ln_stays = tsl__log_beta(a->leaves, a->remains + k - 1) - tsl__log_beta(a->leaves, a->remains);
    return exp(ln_stays) * get_in_time(a, k);
}

/* ... and he lives as long: his chance of outlasting u is (1 + u / remains)^-leaves. */
static double get_living(const tsl__arrivals *a, double k)
{
    return tsl__beta_odds_get_mean(a->rule, k, a->rate, a->ahead / a->moment, a->moment / a->remains, a->leaves);
}

/* The k'th is that of opportunity j = k, k + 1, ...: k - 1 of those before were taken, and at all of them he was
 * there. Each term is a multiple of the one before. */
static double get_taking(const tsl__arrivals *a, double k)
{
    const double last = fmin(a->ahead, TSL__OPPORTUNITIES_MOST);
    double ln = tsl__log_beta(a->rate + k, a->moment) - tsl__log_beta(a->rate, a->moment) +
                tsl__log_beta(a->leaves, a->remains + k - 1) - tsl__log_beta(a->leaves, a->remains);
    double sum = 0;
    for (int missed = 0; k + missed <= last; missed++) {
        const double j = k + missed;
        sum += exp(ln);
        ln += log(j / (missed + 1) * ((a->moment + missed) / (a->rate + a->moment + j)) *
                  ((a->remains + j - 1) / (a->leaves + a->remains + j - 1)));
    }
    return sum;
}

static double (*const get_chance[TSL_PURCHASE_KINDS])(const tsl__arrivals *, double) = {
    [TSL_NBD] = get_in_time,       [TSL_BG_NBD] = get_staying, [TSL_MBG_NBD] = get_staying,
    [TSL_PARETO_NBD] = get_living, [TSL_BG_BB] = get_taking,
};

tsl__arrivals tsl__arrivals_open(const tsl_purchase_model *model, double x, double t, double alive, double ahead,
                                 const tsl__quadrature *rule)
{
    const double *p = model->parameter;
    const double stayed[TSL_PURCHASE_KINDS] = {
        [TSL_BG_NBD] = x, [TSL_MBG_NBD] = x + 1, [TSL_PARETO_NBD] = t, [TSL_BG_BB] = t + 1};
    tsl__arrivals a = {.kind = model->kind, .rule = rule, .ahead = ahead, .alive = alive};
    a.rate = p[TSL__P1] + x;
    a.moment = p[TSL__P2] + (a.kind == TSL_BG_BB ? t - x : t);
    a.leaves = p[TSL__P3];
    a.remains = p[TSL__P4] + stayed[a.kind];
    return a;
}

double tsl__arrivals_get_chance(const tsl__arrivals *arrivals, double k)
{
    return k < 1 ? 1 : arrivals->ahead <= 0 ? 0 : arrivals->alive * fmin(1, get_chance[arrivals->kind](arrivals, k));
}

double tsl__arrivals_get_count(const tsl__arrivals *arrivals, double beyond)
{
    double low = 0, high = 1; /* at least `low` are likelier than that, at least `high` are not */
    while (tsl__arrivals_get_chance(arrivals, high) > beyond) {
        low = high;
        high *= 2;
    }
    for (double middle; middle = floor(low + (high - low) / 2), middle > low && middle < high;) {
        *(tsl__arrivals_get_chance(arrivals, middle) > beyond ? &low : &high) = middle;
    }
    return high - 1;
}
