/* likelihood.c: the terms of each purchase model, and their sum. */
#include "value/likelihood.h"

#include "stat/special.h"
#include "value/purchase_kinds.h"

#include <math.h>
#include <string.h>

enum { FIRST, SECOND, THIRD, FOURTH };
/* Of a pair of parameters, in the lower triangle. */
enum { P11, P21, P22, P31, P32, P33, P41, P42, P43, P44 };

/* A sum of exponentials of terms, with derivatives; scaled by the greatest term, so that nothing overflows. */
typedef struct mixture {
    int derive;
    double top, sum, first;
    tsl__differential total; /* sums by the terms' weights */
} mixture;

static void rescale(mixture *m, double top)
{
    const double scale = exp(m->top - top);
    m->top = top;
    m->sum *= scale;
    for (int i = 0; m->derive && i < TSL_PURCHASE_PARAMETERS; i++) {
        m->total.gradient[i] *= scale;
    }
    for (int i = 0; m->derive && i < TSL__PURCHASE_PAIRS; i++) {
        m->total.hessian[i] *= scale;
    }
}

static void add_term(mixture *m, const tsl__differential *term)
{
    if (term->value > m->top) {
        rescale(m, term->value);
    }
    const double weight = exp(term->value - m->top);
    m->sum += weight;
    for (int i = 0, at = 0; m->derive && i < TSL_PURCHASE_PARAMETERS; i++) {
        m->total.gradient[i] += weight * term->gradient[i];
        for (int j = 0; j <= i; j++, at++) {
            m->total.hessian[at] += weight * (term->hessian[at] + term->gradient[i] * term->gradient[j]);
        }
    }
}

static mixture begin_mixture(int derive, const tsl__differential *first)
{
    mixture m = {.derive = derive, .top = first->value, .first = first->value};
    add_term(&m, first);
    return m;
}

/* ln of the sum. */
static void end_mixture(const mixture *m, tsl__differential *out)
{
    out->value = m->top + log(m->sum);
    for (int i = 0, at = 0; m->derive && i < TSL_PURCHASE_PARAMETERS; i++) {
        out->gradient[i] = m->total.gradient[i] / m->sum;
        for (int j = 0; j <= i; j++, at++) {
            out->hessian[at] = m->total.hessian[at] / m->sum - out->gradient[i] * out->gradient[j];
        }
    }
}

void tsl__differential_add(tsl__differential *to, const tsl__differential *what, double weight)
{
    to->value += weight * what->value;
    for (int i = 0; i < TSL_PURCHASE_PARAMETERS; i++) {
        to->gradient[i] += weight * what->gradient[i];
    }
    for (int i = 0; i < TSL__PURCHASE_PAIRS; i++) {
        to->hessian[i] += weight * what->hessian[i];
    }
}

/* ---- Buying while there: a gamma mixture of Poisson rates, r and alpha --------------- */

/* -(r + x) ln(alpha + t): no further purchase up to t. */
static void put_silence(const tsl__likelihood *m, double x, double t, tsl__differential *term)
{
    const double rho = m->parameter[FIRST] + x, alpha = m->parameter[SECOND] + t, ln = log(alpha);
    term->value = -rho * ln;
    term->gradient[FIRST] = -ln;
    term->gradient[SECOND] = -rho / alpha;
    term->hessian[P21] = -1 / alpha;
    term->hessian[P22] = rho / (alpha * alpha);
}

/* ln(gamma(r + x) / gamma(r)) + r ln alpha. */
static void share_rate(const tsl__likelihood *m, double x, tsl__differential *shared)
{
    const double r = m->parameter[FIRST], alpha = m->parameter[SECOND], ln = m->ln_parameter[SECOND];
    shared->value = tsl__log_pochhammer(r, x) + r * ln;
    shared->gradient[FIRST] = ln + (x > 0 ? tsl__digamma(r + x) - tsl__digamma(r) : 0);
    shared->gradient[SECOND] = r / alpha;
    shared->hessian[P11] = x > 0 ? tsl__trigamma(r + x) - tsl__trigamma(r) : 0;
    shared->hessian[P21] = 1 / alpha;
    shared->hessian[P22] = -r / (alpha * alpha);
}

static void add_nbd(const tsl__likelihood *m, const tsl__history *h, int derive, mixture *out)
{
    tsl__differential term = {.value = 0};
    put_silence(m, h->x, h->t, &term);
    *out = begin_mixture(derive, &term);
}

/* ---- Leaving at a purchase: a beta mixture of probabilities, a and b ------------------ */

/* ln(B(a, b + stays) / B(a, b)). */
static void share_stays(const tsl__likelihood *m, double stays, tsl__differential *shared)
{
    const double a = m->parameter[THIRD], b = m->parameter[FOURTH];
    if (stays <= 0) {
        return;
    }
    const double both = tsl__digamma(a + b) - tsl__digamma(a + b + stays),
                 curve = tsl__trigamma(a + b) - tsl__trigamma(a + b + stays);
    shared->value += tsl__log_pochhammer(b, stays) - tsl__log_pochhammer(a + b, stays);
    shared->gradient[THIRD] = both;
    shared->gradient[FOURTH] = both + tsl__digamma(b + stays) - tsl__digamma(b);
    shared->hessian[P33] = shared->hessian[P43] = curve;
    shared->hessian[P44] = curve + tsl__trigamma(b + stays) - tsl__trigamma(b);
}

/* there: at the last of `stays` chances to leave he stayed, or left. */
static void add_bg(const tsl__likelihood *m, const tsl__history *h, double stays, int derive, mixture *out)
{
    const double a = m->parameter[THIRD], b = m->parameter[FOURTH] + stays - 1;
    tsl__differential there = {.value = 0}, gone = {.value = 0};
    put_silence(m, h->x, h->t, &there);
    *out = begin_mixture(derive, &there);
    if (stays > 0) {
        put_silence(m, h->x, h->t_x, &gone);
        gone.value += m->ln_parameter[THIRD] - log(b);
        gone.gradient[THIRD] = 1 / a;
        gone.gradient[FOURTH] = -1 / b;
        gone.hessian[P33] = -1 / (a * a);
        gone.hessian[P44] = 1 / (b * b);
        add_term(out, &gone);
    }
}

static void add_bg_nbd(const tsl__likelihood *m, const tsl__history *h, int derive, mixture *out)
{
    add_bg(m, h, h->x, derive, out);
}

static void add_mbg_nbd(const tsl__likelihood *m, const tsl__history *h, int derive, mixture *out)
{
    add_bg(m, h, h->x + 1, derive, out);
}

/* ---- Leaving at any moment: a gamma mixture of exponential lives, s and beta ---------- */

#define NEGLIGIBLE 45.0 /* e to the minus this is nothing beside 1 */

/* The integral over the moments from t_x to T at which he may have left, of
 * s (alpha + t)^-(r + x) (beta + t)^-(s + 1), in u = ln((c + t) / (c + t_x)), c the lesser of alpha and beta: there the
 * integrand has no singularity within pi of the real axis. It falls at least as fast as at its beginning. */
static void add_pareto_nbd(const tsl__likelihood *m, const tsl__history *h, int derive, mixture *out)
{
    const double rho = m->parameter[FIRST] + h->x, s = m->parameter[THIRD];
    const double alpha = m->parameter[SECOND] + h->t_x, beta = m->parameter[FOURTH] + h->t_x,
                 c = alpha < beta ? alpha : beta, ln_alpha = log(alpha), ln_beta = log(beta);
    const double fall = rho * c / alpha + (s + 1) * c / beta - 1;
    double end = log1p((h->t - h->t_x) / c);
    tsl__differential term = {.value = 0};
    end = fall * end > NEGLIGIBLE ? NEGLIGIBLE / fall : end;
    put_silence(m, h->x, h->t, &term);
    const double last = m->parameter[FOURTH] + h->t;
    term.value -= s * log(last);
    term.gradient[THIRD] = -log(last);
    term.gradient[FOURTH] = -s / last;
    term.hessian[P43] = -1 / last;
    term.hessian[P44] = s / (last * last);
    *out = begin_mixture(derive, &term);
    const double ln_scale = m->ln_parameter[THIRD] + log(end * c);
    for (size_t k = 0; end > 0 && k < m->quadrature->count; k++) {
        const double u = end * m->quadrature->node[k], gone = c * expm1(u);
        const double at_alpha = alpha + gone, at_beta = beta + gone, l_alpha = ln_alpha + log1p(gone / alpha),
                     l_beta = ln_beta + log1p(gone / beta);
        term.value = ln_scale + m->quadrature->ln_weight[k] + u - rho * l_alpha - (s + 1) * l_beta;
        term.gradient[FIRST] = -l_alpha;
        term.gradient[SECOND] = -rho / at_alpha;
        term.gradient[THIRD] = 1 / s - l_beta;
        term.gradient[FOURTH] = -(s + 1) / at_beta;
        term.hessian[P21] = -1 / at_alpha;
        term.hessian[P22] = rho / (at_alpha * at_alpha);
        term.hessian[P33] = -1 / (s * s);
        term.hessian[P43] = -1 / at_beta;
        term.hessian[P44] = (s + 1) / (at_beta * at_beta);
        add_term(out, &term);
    }
}

static void share_pareto_nbd(const tsl__likelihood *m, double x, tsl__differential *shared)
{
    const double s = m->parameter[THIRD], beta = m->parameter[FOURTH], ln = m->ln_parameter[FOURTH];
    share_rate(m, x, shared);
    shared->value += s * ln;
    shared->gradient[THIRD] = ln;
    shared->gradient[FOURTH] = s / beta;
    shared->hessian[P43] = 1 / beta;
    shared->hessian[P44] = -s / (beta * beta);
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

/* ln B(p + u, q + v), whose derivatives stand at the pair of parameters that begins at `from`. */
static void add_beta(const tsl__likelihood *m, int from, double u, double v, double sign, tsl__differential *to)
{
    static const int pair[3][2] = {{P11, P33}, {P21, P43}, {P22, P44}};
    const int second = from == THIRD;
    const double p = m->parameter[from] + u, q = m->parameter[from + 1] + v;
    const double both = tsl__digamma(p + q), curve = tsl__trigamma(p + q);
    to->value += sign * tsl__log_beta(p, q);
    to->gradient[from] += sign * (tsl__digamma(p) - both);
    to->gradient[from + 1] += sign * (tsl__digamma(q) - both);
    to->hessian[pair[0][second]] += sign * (tsl__trigamma(p) - curve);
    to->hessian[pair[1][second]] -= sign * curve;
    to->hessian[pair[2][second]] += sign * (tsl__trigamma(q) - curve);
}

static void share_bg_bb(const tsl__likelihood *m, double x, tsl__differential *shared)
{
    (void)x;
    add_beta(m, FIRST, 0, 0, -1, shared);
    add_beta(m, THIRD, 0, 0, -1, shared);
}

static void add_bg_bb(const tsl__likelihood *m, const tsl__history *h, int derive, mixture *out)
{
    tsl__differential term = {.value = 0};
    add_beta(m, FIRST, h->x, h->t - h->x, 1, &term);
    add_beta(m, THIRD, 0, h->t, 1, &term);
    *out = begin_mixture(derive, &term);
    for (int seen = (int)h->t_x; seen < (int)h->t; seen++) {
        term = (tsl__differential){.value = 0};
        add_beta(m, FIRST, h->x, seen - h->x, 1, &term);
        add_beta(m, THIRD, 1, seen, 1, &term);
        add_term(out, &term);
    }
}

/* ---- All of them ----------------------------------------------------------------------- */

static const struct {
    void (*share)(const tsl__likelihood *m, double x, tsl__differential *shared);
    void (*add)(const tsl__likelihood *m, const tsl__history *h, int derive, mixture *out);
} models[TSL_PURCHASE_KINDS] = {
    [TSL_NBD] = {share_rate, add_nbd},
    [TSL_BG_NBD] = {share_bg_nbd, add_bg_nbd},
    [TSL_MBG_NBD] = {share_mbg_nbd, add_mbg_nbd},
    [TSL_PARETO_NBD] = {share_pareto_nbd, add_pareto_nbd},
    [TSL_BG_BB] = {share_bg_bb, add_bg_bb},
};

tsl__likelihood tsl__likelihood_open(tsl_purchase_kind kind, const double *parameter, const tsl__quadrature *quadrature)
{
    tsl__likelihood model = {.kind = kind, .quadrature = quadrature};
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
    mixture m;
    models[model->kind].add(model, history, 1, &m);
    end_mixture(&m, out);
    *alive = exp(m.first - out->value);
    tsl__differential_add(out, shared, 1);
}

double tsl__likelihood_get_value(const tsl__likelihood *model, const tsl__history *history, double *alive)
{
    mixture m;
    tsl__differential out;
    models[model->kind].add(model, history, 0, &m);
    end_mixture(&m, &out);
    *alive = exp(m.first - out.value);
    return out.value;
}
