/* likelihood.c: the terms of each purchase model, and their sum. */
#include "value/terms/likelihood.h"

#include "stat/special.h"
#include "value/terms/opportunities.h"

#include <math.h>

/* ---- Buying while there: a gamma mixture of Poisson rates, r and alpha --------------- */

static void put_there(const tsl__likelihood *m, const tsl__history *h, tsl__differential *term)
{
    tsl__term_put_silence(m, h->x, h->t, term);
}

/* ln(gamma(r + x) / gamma(r)) + r ln alpha. */
static void share_rate(const tsl__likelihood *m, double x, tsl__differential *shared)
{
    const double r = m->parameter[TSL__P1], alpha = m->parameter[TSL__P2], ln = m->ln_parameter[TSL__P2];
    shared->value = tsl__log_pochhammer(r, x) + r * ln;
    shared->gradient[TSL__P1] = ln + (x > 0 ? tsl__digamma(r + x) - tsl__digamma(r) : 0);
    shared->gradient[TSL__P2] = r / alpha;
    shared->hessian[TSL__11] = x > 0 ? tsl__trigamma(r + x) - tsl__trigamma(r) : 0;
    shared->hessian[TSL__21] = 1 / alpha;
    shared->hessian[TSL__22] = -r / (alpha * alpha);
}

/* ---- Leaving at a purchase: a beta mixture of probabilities, a and b ------------------ */

/* ln(B(a, b + stays) / B(a, b)). */
static void share_stays(const tsl__likelihood *m, double stays, tsl__differential *shared)
{
    const double a = m->parameter[TSL__P3], b = m->parameter[TSL__P4];
    if (stays <= 0) {
        return;
    }
    const double both = tsl__digamma(a + b) - tsl__digamma(a + b + stays),
                 curve = tsl__trigamma(a + b) - tsl__trigamma(a + b + stays);
    shared->value += tsl__log_pochhammer(b, stays) - tsl__log_pochhammer(a + b, stays);
    shared->gradient[TSL__P3] = both;
    shared->gradient[TSL__P4] = both + tsl__digamma(b + stays) - tsl__digamma(b);
    shared->hessian[TSL__33] = shared->hessian[TSL__43] = curve;
    shared->hessian[TSL__44] = curve + tsl__trigamma(b + stays) - tsl__trigamma(b);
}

/* At the last of `stays` chances to leave he left. */
static int put_gone(const tsl__likelihood *m, const tsl__history *h, double stays, tsl__differential *term)
{
    const double a = m->parameter[TSL__P3], b = m->parameter[TSL__P4] + stays - 1;
    if (stays <= 0) {
        return 0;
    }
    tsl__term_put_silence(m, h->x, h->t_x, term);
    term->value += m->ln_parameter[TSL__P3] - log(b);
    term->gradient[TSL__P3] = 1 / a;
    term->gradient[TSL__P4] = -1 / b;
    term->hessian[TSL__33] = -1 / (a * a);
    term->hessian[TSL__44] = 1 / (b * b);
    return 1;
}

static int put_gone_after_repeat(const tsl__likelihood *m, const tsl__history *h, tsl__differential *term)
{
    return put_gone(m, h, h->x, term);
}

static int put_gone_after_any(const tsl__likelihood *m, const tsl__history *h, tsl__differential *term)
{
    return put_gone(m, h, h->x + 1, term);
}

/* ---- Leaving at any moment: a gamma mixture of exponential lives, s and beta ---------- */

static void put_alive(const tsl__likelihood *m, const tsl__history *h, tsl__differential *term)
{
    const double s = m->parameter[TSL__P3], last = m->parameter[TSL__P4] + h->t, ln = log(last);
    tsl__term_put_silence(m, h->x, h->t, term);
    term->value -= s * ln;
    term->gradient[TSL__P3] = -ln;
    term->gradient[TSL__P4] = -s / last;
    term->hessian[TSL__43] = -1 / last;
    term->hessian[TSL__44] = s / (last * last);
}

static void share_pareto_nbd(const tsl__likelihood *m, double x, tsl__differential *shared)
{
    const double s = m->parameter[TSL__P3], beta = m->parameter[TSL__P4], ln = m->ln_parameter[TSL__P4];
    share_rate(m, x, shared);
    shared->value += s * ln;
    shared->gradient[TSL__P3] = ln;
    shared->gradient[TSL__P4] = s / beta;
    shared->hessian[TSL__43] = 1 / beta;
    shared->hessian[TSL__44] = -s / (beta * beta);
}

static void share_bg_nbd(const tsl__likelihood *m, double x, tsl__differential *shared)
{
    share_rate(m, x, shared);
    share_stays(m, x, shared);
}

static void share_mbg_nbd(const tsl__likelihood *m, double x, tsl__differential *shared)
{
    share_rate(m, x, shared);
    share_stays(m, x + 1, shared);
}

/* ---- Opportunities: a beta mixture of purchases, alpha and beta, and one of leaving, gamma and delta ------------- */

static void share_nothing(const tsl__likelihood *m, double x, tsl__differential *shared)
{
    (void)m;
    (void)x;
    (void)shared;
}

static void put_taking(const tsl__likelihood *m, const tsl__history *h, tsl__differential *term)
{
    tsl__opportunity_put_there(m, h->x, h->t, term);
}

/* ---- All of them ----------------------------------------------------------------------- */

static const struct {
    void (*share)(const tsl__likelihood *m, double x, tsl__differential *shared);
    void (*put_there)(const tsl__likelihood *m, const tsl__history *h, tsl__differential *term);
    int (*put_gone)(const tsl__likelihood *m, const tsl__history *h, tsl__differential *term); /* 0: he cannot be */
} models[TSL_PURCHASE_KINDS] = {
    [TSL_NBD] = {share_rate, put_there, NULL},
    [TSL_BG_NBD] = {share_bg_nbd, put_there, put_gone_after_repeat},
    [TSL_MBG_NBD] = {share_mbg_nbd, put_there, put_gone_after_any},
    [TSL_PARETO_NBD] = {share_pareto_nbd, put_alive, NULL},
    [TSL_BG_BB] = {share_nothing, put_taking, NULL},
};

/* Adds up the ways; returns the logarithm of the first. */
static double add_ways(const tsl__likelihood *m, const tsl__history *h, tsl__mixture *out)
{
    tsl__differential there = {.value = 0}, gone = {.value = 0};
    models[m->kind].put_there(m, h, &there);
    if (models[m->kind].put_gone && models[m->kind].put_gone(m, h, &gone)) {
        *out = tsl__mixture_open(out->derive, fmax(there.value, gone.value));
        tsl__mixture_add(out, &gone);
    } else {
        *out = tsl__mixture_open(out->derive, there.value);
    }
    tsl__mixture_add(out, &there);
    if (h->since_t_x) {
        tsl__mixture_join(out, h->since_t_x, 1);
        tsl__mixture_join(out, h->since_t, -1);
    }
    return there.value;
}

tsl__likelihood tsl__likelihood_open(tsl_purchase_kind kind, const double *parameter, const tsl__quadratures *rules)
{
    tsl__likelihood model = {.kind = kind, .rules = rules};
    for (int i = 0; i < tsl_purchase_kind_get_count(kind); i++) {
        model.parameter[i] = parameter[i];
        model.ln_parameter[i] = log(parameter[i]);
    }
    return model;
}

void tsl__likelihood_share(const tsl__likelihood *model, double x, tsl__differential *shared)
{
    *shared = (tsl__differential){.value = 0};
    models[model->kind].share(model, x, shared);
}

void tsl__likelihood_get(const tsl__likelihood *model, const tsl__history *history, const tsl__differential *shared,
                         tsl__differential *out, double *alive)
{
    tsl__mixture ways = {.derive = 1};
    const double there = add_ways(model, history, &ways);
    tsl__mixture_get_ln(&ways, out);
    *alive = fmin(1, exp(there - out->value));
    tsl__differential_add(out, shared, 1);
}

double tsl__likelihood_get_value(const tsl__likelihood *model, const tsl__history *history, double *alive)
{
    tsl__mixture ways = {.derive = 0};
    tsl__differential out;
    const double there = add_ways(model, history, &ways);
    tsl__mixture_get_ln(&ways, &out);
    *alive = fmin(1, exp(there - out.value));
    return out.value;
}
