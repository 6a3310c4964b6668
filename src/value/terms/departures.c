/* departures.c: spans of time in which a customer may have left, added up. */
#include "value/terms/departures.h"

#include "value/terms/opportunities.h"

#include <math.h>

#define NEGLIGIBLE 45.0 /* e to the minus this is nothing beside 1 */

/* The rule that a span needs, by how far the logarithm of what is added up can move in it: the errors are under 1e-13
 * of the sum. */
static const tsl__quadrature *get_rule(const tsl__quadratures *rules, double range)
{
    static const double most[TSL__RULES - 1] = {.25, 3, 16};
    int i = 0;
    while (i < TSL__RULES - 1 && range > most[i]) {
        i++;
    }
    return &rules->rule[i];
}

/* The integral over the moments from `from` to `to` of s (alpha + t)^-(r + x) (beta + t)^-(s + 1), in
 * u = ln((c + t) / (c + from)), c the lesser of alpha and beta: there the integrand has no singularity within pi of the
 * real axis. It falls at least as fast as at its beginning. */
static void add_lives(const tsl__likelihood *m, double x, double from, double to, tsl__mixture *out)
{
    const double rho = m->parameter[TSL__P1] + x, s = m->parameter[TSL__P3];
    const double alpha = m->parameter[TSL__P2] + from, beta = m->parameter[TSL__P4] + from;
    const double c = alpha < beta ? alpha : beta, far = alpha < beta ? beta : alpha;
    const double fall = rho * c / alpha + (s + 1) * c / beta - 1, ln_c = log(c), ln_far = log(far);
    double end = log1p((to - from) / c);
    end = fall * end > NEGLIGIBLE ? NEGLIGIBLE / fall : end;
    const tsl__quadrature *rule = get_rule(m->rules, (rho + s + 3) * end);
    const double ln_scale = m->ln_parameter[TSL__P3] + log(end * c);
    tsl__differential term = {.value = 0};
    term.hessian[TSL__33] = -1 / (s * s);
    for (size_t k = 0; k < rule->count; k++) {
        const double u = end * rule->node[k], gone = c * expm1(u);
        const double l_c = ln_c + u, l_far = ln_far + log1p(gone / far);
        const double l_alpha = alpha < beta ? l_c : l_far, l_beta = alpha < beta ? l_far : l_c;
        const double at_alpha = 1 / (alpha + gone), at_beta = 1 / (beta + gone);
        term.value = ln_scale + rule->ln_weight[k] + u - rho * l_alpha - (s + 1) * l_beta;
        term.gradient[TSL__P1] = -l_alpha;
        term.gradient[TSL__P2] = -rho * at_alpha;
        term.gradient[TSL__P3] = 1 / s - l_beta;
        term.gradient[TSL__P4] = -(s + 1) * at_beta;
        term.hessian[TSL__21] = -at_alpha;
        term.hessian[TSL__22] = rho * at_alpha * at_alpha;
        term.hessian[TSL__43] = -at_beta;
        term.hessian[TSL__44] = (s + 1) * at_beta * at_beta;
        tsl__mixture_add(out, &term);
    }
}

/* Of having gone before the opportunity behind each that was there to be seen. */
static void add_opportunities(const tsl__likelihood *m, double x, double from, double to, tsl__mixture *out)
{
    tsl__differential term = {.value = 0};
    for (int seen = (int)from; seen < (int)to; seen++) {
        tsl__opportunity_put_gone(m, x, seen, &term);
        tsl__mixture_add(out, &term);
    }
}

/* About ln of the chance of being there at a moment, as often as not: what is added up since it is of that order. */
static double get_top(const tsl__likelihood *m, double x, double at)
{
    tsl__differential term = {.value = 0};
    if (m->kind == TSL_BG_BB) {
        tsl__opportunity_put_there(m, x, at, &term);
        return term.value;
    }
    return -(m->parameter[TSL__P1] + x) * log(m->parameter[TSL__P2] + at) -
           m->parameter[TSL__P3] * log(m->parameter[TSL__P4] + at);
}

void tsl__departures_build(const tsl__likelihood *model, double x, const double *moment, size_t count, int derive,
                           tsl__mixture *since)
{
    tsl__mixture sum = tsl__mixture_open(derive, get_top(model, x, moment[count - 1]));
    since[count - 1] = sum;
    for (size_t i = count - 1; i-- > 0;) {
        tsl__mixture_move(&sum, get_top(model, x, moment[i]));
        (model->kind == TSL_BG_BB ? add_opportunities : add_lives)(model, x, moment[i], moment[i + 1], &sum);
        since[i] = sum;
    }
}
