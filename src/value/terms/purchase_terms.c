/* purchase_terms.c: terms that several purchase models have. */
#include "value/terms/purchase_terms.h"

#include "stat/special.h"

#include <math.h>

tsl_status tsl__quadratures_build(tsl__quadratures *out, tsl_error *err)
{
    static const size_t nodes[TSL__RULES] = {4, 8, 16, 32};
    tsl_status status = TSL_OK;
    for (int i = 0; i < TSL__RULES; i++) {
        TSL__TRY(tsl__quadrature_build(nodes[i], &out->rule[i], err));
    }
done:
    return status;
}

void tsl__term_put_silence(const tsl__likelihood *m, double x, double t, tsl__differential *term)
{
    const double rho = m->parameter[TSL__P1] + x, alpha = m->parameter[TSL__P2] + t, ln = log(alpha);
    term->value = -rho * ln;
    term->gradient[TSL__P1] = -ln;
    term->gradient[TSL__P2] = -rho / alpha;
    term->hessian[TSL__21] = -1 / alpha;
    term->hessian[TSL__22] = rho / (alpha * alpha);
}

void tsl__term_add_beta(const tsl__likelihood *m, int from, double u, double v, double sign, tsl__differential *to)
{
    static const int pair[3][2] = {{TSL__11, TSL__33}, {TSL__21, TSL__43}, {TSL__22, TSL__44}};
    const int second = from == TSL__P3;
    const double p = m->parameter[from] + u, q = m->parameter[from + 1] + v;
    const double both = tsl__digamma(p + q), curve = tsl__trigamma(p + q);
    to->value += sign * tsl__log_beta(p, q);
    to->gradient[from] += sign * (tsl__digamma(p) - both);
    to->gradient[from + 1] += sign * (tsl__digamma(q) - both);
    to->hessian[pair[0][second]] += sign * (tsl__trigamma(p) - curve);
    to->hessian[pair[1][second]] -= sign * curve;
    to->hessian[pair[2][second]] += sign * (tsl__trigamma(q) - curve);
}
