/* residual.c: residual purchases by each model, plain and discounted. */
#include "value/terms/residual.h"

#include "value/rows/histories.h"
#include "value/terms/purchase_kinds.h"

#include <math.h>

static double get_nbd(const tsl__residual *r, double t, double ahead)
{
    const double *p = r->model->parameter;
    return (p[TSL__P1] + r->x) * ahead / (p[TSL__P2] + t);
}

/* The mean over the probability p of leaving of (1 - (1 + p u)^-(r + x)) / p, u = ahead / (alpha + t). */
static double get_bg(const tsl__residual *r, double t, double ahead)
{
    const double *p = r->model->parameter, rho = p[TSL__P1] + r->x, u = ahead / (p[TSL__P2] + t);
    const tsl__beta_places *leaving = &r->leaving;
    double sum = leaving->at_0 * rho * u - leaving->at_1 * expm1(-rho * log1p(u));
    for (size_t k = 0; k < leaving->count; k++) {
        sum -= leaving->weight[k] * expm1(-rho * log1p(leaving->p[k] * u)) / leaving->p[k];
    }
    return sum;
}

/* (1 - e^-(k y)) / k, which is y where k is 0. */
static double get_ramp(double k, double y)
{
    return k == 0 ? y : -expm1(-k * y) / k;
}

static double get_pareto(const tsl__residual *r, double t, double ahead)
{
    const double *p = r->model->parameter, beta = p[TSL__P4] + t;
    return (p[TSL__P1] + r->x) * beta / (p[TSL__P2] + t) * get_ramp(p[TSL__P3] - 1, log1p(ahead / beta));
}

#define NOTHING 1e-17

/* The sum over the opportunities of the chance that he is there and takes it; each counts `keeps` times the one before:
 * opportunities are as far apart as units of time. */
static double sum_opportunities(const tsl__residual *r, double t, double ahead, double keeps)
{
    const double *p = r->model->parameter;
    double counts = 1, sum = 0;
    for (int k = 0; k < (int)fmin(ahead, TSL__OPPORTUNITIES_MOST) && counts > NOTHING * sum; k++) {
        counts *= keeps * ((p[TSL__P4] + t + k) / (p[TSL__P3] + p[TSL__P4] + t + k));
        sum += counts;
    }
    return (p[TSL__P1] + r->x) / (p[TSL__P1] + p[TSL__P2] + t) * sum;
}

static double get_bg_bb(const tsl__residual *r, double t, double ahead)
{
    return sum_opportunities(r, t, ahead, 1);
}

static double (*const get_residual[TSL_PURCHASE_KINDS])(const tsl__residual *, double, double) = {
    [TSL_NBD] = get_nbd,           [TSL_BG_NBD] = get_bg,   [TSL_MBG_NBD] = get_bg,
    [TSL_PARETO_NBD] = get_pareto, [TSL_BG_BB] = get_bg_bb,
};

void tsl__residual_open(const tsl__likelihood *model, double x, tsl__residual *out)
{
    out->model = model;
    out->x = x;
    if (model->kind == TSL_BG_NBD || model->kind == TSL_MBG_NBD) {
        const double stays = x + (model->kind == TSL_MBG_NBD);
        tsl__beta_places_build(model->parameter[TSL__P3], model->parameter[TSL__P4] + stays, &out->leaving);
    }
}

double tsl__residual_get(const tsl__residual *residual, double t, double ahead)
{
    return ahead > 0 ? get_residual[residual->model->kind](residual, t, ahead) : 0;
}

#define STRETCH 4   /* towards the end of all time, where purchases come ever more rarely */
#define DIGITS 24.0 /* natural ones */

/* The nodes that 10 digits need. Over time the nearest singularity lies alpha + t (Pareto/NBD: or beta + t) behind now,
 * over w at 0; those of Gauss and Legendre's rule gain 2 ln(z + sqrt(z^2 - 1)) digits (natural ones) each where it is z
 * half lengths from the middle (Trefethen 2008). */
static const tsl__quadrature *get_discounting(const tsl__residual *r, double t, double ahead, double least,
                                              const tsl__discounting *rules)
{
    const double *p = r->model->parameter,
                 behind = r->model->kind == TSL_PARETO_NBD ? fmin(p[TSL__P2], p[TSL__P4]) : p[TSL__P2];
    const double in_time = 1 + 2 * (behind + t) / ahead, in_w = (1 + least) / (1 - least);
    const double nodes = DIGITS / 2 / acosh(fmin(in_time, in_w));
    for (int i = 0; i < TSL__RULES; i++) {
        if ((double)rules->near->rule[i].count >= nodes) {
            return &rules->near->rule[i];
        }
    }
    return &rules->far;
}

/* By parts: e^(-rate ahead) R(ahead) + the integral of R(u) over v = e^(-rate u), in v = w^STRETCH. */
double tsl__residual_discount(const tsl__residual *residual, double t, double ahead, double rate,
                              const tsl__discounting *rules)
{
    if (residual->model->kind == TSL_BG_BB) {
        return sum_opportunities(residual, t, ahead, exp(-rate));
    }
    if (!(ahead > 0)) {
        return 0;
    }
    const double least = exp(-rate * ahead / STRETCH);
    const tsl__quadrature *rule = get_discounting(residual, t, ahead, least, rules);
    double sum = isinf(ahead) ? 0 : exp(-rate * ahead) * tsl__residual_get(residual, t, ahead);
    for (size_t k = 0; k < rule->count; k++) {
        const double w = least + (1 - least) * rule->node[k];
        sum += rule->weight[k] * (1 - least) * STRETCH * (w * w * w) *
               tsl__residual_get(residual, t, -STRETCH * log(w) / rate);
    }
    return sum;
}
