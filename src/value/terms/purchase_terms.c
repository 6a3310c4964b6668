/* purchase_terms.c: terms that several purchase models have. */
#include "value/terms/purchase_terms.h"

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
