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

static int leaves_at_purchase(const tsl__likelihood *model)
{
    return model->kind == TSL_BG_NBD || model->kind == TSL_MBG_NBD;
}

void tsl__residual_open(const tsl__likelihood *model, double x, tsl__residual *out)
{
    out->model = model;
    out->x = x;
    if (leaves_at_purchase(model)) {
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

static const tsl__quadrature *get_rule(double nodes, const tsl__discounting *rules)
{
    for (int i = 0; i < TSL__RULES; i++) {
        if ((double)rules->near->rule[i].count >= nodes) {
            return &rules->near->rule[i];
        }
    }
    return &rules->far;
}

/* How long ago now the nearest singularity of what is to come lies. */
static double get_behind(const tsl__residual *r, double t)
{
    const double *p = r->model->parameter;
    return t + (r->model->kind == TSL_PARETO_NBD ? fmin(p[TSL__P2], p[TSL__P4]) : p[TSL__P2]);
}

/* The nodes that 10 digits need. Over time the nearest singularity lies alpha + t (Pareto/NBD: or beta + t) behind now,
 * over w at 0; those of Gauss and Legendre's rule gain 2 ln(z + sqrt(z^2 - 1)) digits (natural ones) each where it is z
 * half lengths from the middle (Trefethen 2008). */
static const tsl__quadrature *get_discounting(const tsl__residual *r, double t, double ahead, double least,
                                              const tsl__discounting *rules)
{
    const double in_time = 1 + 2 * get_behind(r, t) / ahead, in_w = (1 + least) / (1 - least);
    return get_rule(DIGITS / 2 / acosh(fmin(in_time, in_w)), rules);
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
    double sum = exp(-rate * ahead) * tsl__residual_get(residual, t, ahead);
    for (size_t k = 0; k < rule->count; k++) {
        const double w = least + (1 - least) * rule->node[k];
        sum += rule->weight[k] * (1 - least) * STRETCH * (w * w * w) *
               tsl__residual_get(residual, t, -STRETCH * log(w) / rate);
    }
    return sum;
}

/* Over the chance p that he leaves before an opportunity the sum of (k (1 - p))^i from i = 1 on, k = e^-rate. */
static double get_bg_bb_dert(const tsl__residual *r, double t, double rate)
{
    const double *p = r->model->parameter, keeps = exp(-rate), loses = -expm1(-rate);
    tsl__beta_places leaving;
    tsl__beta_places_build(p[TSL__P3], p[TSL__P4] + t, &leaving);
    double sum = leaving.at_0 * keeps / loses;
    for (size_t i = 0; i < leaving.count; i++) {
        sum += leaving.weight[i] * keeps * (1 - leaving.p[i]) / (loses + keeps * leaving.p[i]);
    }
    return (p[TSL__P1] + r->x) / (p[TSL__P1] + p[TSL__P2] + t) * sum;
}

#define NEVER 39.0 /* what is discounted by e to the minus this is nothing */

/* By parts, too: the integral of R(u) rate e^(-rate u) du, over y = ln(1 + u / behind), in which R is smooth within pi
 * of the real axis, and the discount falls off within half of that. Where he leaves at a purchase R goes by
 * u / (alpha + t) alone: at places that are the same for every t it is known of all at once. */
void tsl__residual_open_dert(double rate, const tsl__discounting *rules, tsl__residual *residual)
{
    const double behind = get_behind(residual, 0), top = log1p(NEVER / (rate * behind));
    residual->top = top;
    residual->rule = get_rule(DIGITS / 2 / asinh(acos(-1) / top), rules);
    for (size_t k = 0; k < residual->rule->count && leaves_at_purchase(residual->model); k++) {
        residual->ever[k] = get_bg(residual, 0, behind * expm1(top * residual->rule->node[k]));
    }
}

double tsl__residual_get_dert(const tsl__residual *residual, double t, double rate)
{
    if (residual->model->kind == TSL_BG_BB) {
        return get_bg_bb_dert(residual, t, rate);
    }
    const tsl__quadrature *rule = residual->rule;
    const double behind = get_behind(residual, t), top = residual->top;
    const int is_known = leaves_at_purchase(residual->model);
    double sum = 0;
    for (size_t k = 0; k < rule->count; k++) {
        const double y = top * rule->node[k], u = behind * expm1(y);
        const double bought = is_known ? residual->ever[k] : tsl__residual_get(residual, t, u);
        sum += rule->weight[k] * top * rate * behind * exp(y - rate * u) * bought;
    }
    return sum;
}
