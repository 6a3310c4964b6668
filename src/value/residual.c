/* residual.c: residual purchases by each model, plain and discounted. */
#include "value/residual.h"

#include "value/histories.h"
#include "value/purchase_kinds.h"

#include <math.h>

enum { FIRST, SECOND, THIRD, FOURTH };

static double get_nbd(const tsl__residual *r, double t, double ahead)
{
    const double *p = r->model->parameter;
    return (p[FIRST] + r->x) * ahead / (p[SECOND] + t);
}

/* The mean over the probability p of leaving of (1 - (1 + p u)^-(r + x)) / p, u = ahead / (alpha + t). */
static double get_bg(const tsl__residual *r, double t, double ahead)
{
    const double *p = r->model->parameter, rho = p[FIRST] + r->x, u = ahead / (p[SECOND] + t);
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
    const double *p = r->model->parameter, beta = p[FOURTH] + t;
    return (p[FIRST] + r->x) * beta / (p[SECOND] + t) * get_ramp(p[THIRD] - 1, log1p(ahead / beta));
}

/* The sum over the opportunities of the chance that he is there and takes it. */
static double get_bg_bb(const tsl__residual *r, double t, double ahead)
{
    const double *p = r->model->parameter;
    double there = 1, sum = 0;
    for (int k = 0; k < (int)fmin(ahead, TSL__OPPORTUNITIES_MOST); k++) {
        there *= (p[FOURTH] + t + k) / (p[THIRD] + p[FOURTH] + t + k);
        sum += there;
    }
    return (p[FIRST] + r->x) / (p[FIRST] + p[SECOND] + t) * sum;
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
        tsl__beta_places_build(model->parameter[THIRD], model->parameter[FOURTH] + stays, &out->leaving);
    }
}

double tsl__residual_get(const tsl__residual *residual, double t, double ahead)
{
    return ahead > 0 ? get_residual[residual->model->kind](residual, t, ahead) : 0;
}

#define STRETCH 4 /* towards the end of all time, where purchases come ever more rarely */

/* Opportunities are as far apart as units of time: each counts from its own. */
static double discount_opportunities(const tsl__residual *r, double t, double ahead, double rate)
{
    double sum = 0, before = 0, there;
    for (int k = 1; k <= (int)fmin(ahead, TSL__OPPORTUNITIES_MOST); k++) {
        there = get_bg_bb(r, t, k);
        sum += exp(-rate * k) * (there - before);
        before = there;
        if (exp(-rate * k) < 1e-17) {
            break;
        }
    }
    return sum;
}

/* By parts: e^(-rate ahead) R(ahead) + the integral of R(u) over v = e^(-rate u), in v = w^STRETCH. */
double tsl__residual_discount(const tsl__residual *residual, double t, double ahead, double rate,
                              const tsl__quadrature *discounting)
{
    if (residual->model->kind == TSL_BG_BB) {
        return discount_opportunities(residual, t, ahead, rate);
    }
    const double least = exp(-rate * ahead / STRETCH);
    double sum = isinf(ahead) ? 0 : exp(-rate * ahead) * tsl__residual_get(residual, t, ahead);
    for (size_t k = 0; k < discounting->count; k++) {
        const double w = least + (1 - least) * discounting->node[k];
        sum += discounting->weight[k] * (1 - least) * STRETCH * pow(w, STRETCH - 1) *
               tsl__residual_get(residual, t, -STRETCH * log(w) / rate);
    }
    return sum;
}
