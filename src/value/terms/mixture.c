/* mixture.c: sums of exponentials. */
#include "value/terms/mixture.h"

#include <math.h>

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

tsl__mixture tsl__mixture_open(int derive, double top)
{
    return (tsl__mixture){.derive = derive, .top = top};
}

void tsl__mixture_move(tsl__mixture *m, double top)
{
    const double scale = exp(m->top - top);
    m->top = top;
    m->sum *= scale;
    for (int i = 0; m->derive && i < TSL_PURCHASE_PARAMETERS; i++) {
        m->gradient[i] *= scale;
    }
    for (int i = 0; m->derive && i < TSL__PURCHASE_PAIRS; i++) {
        m->hessian[i] *= scale;
    }
}

void tsl__mixture_add(tsl__mixture *m, const tsl__differential *term)
{
    const double weight = exp(term->value - m->top);
    m->sum += weight;
    for (int i = 0, at = 0; m->derive && i < TSL_PURCHASE_PARAMETERS; i++) {
        const double own = weight * term->gradient[i];
        m->gradient[i] += own;
        for (int j = 0; j <= i; j++, at++) {
            m->hessian[at] += weight * term->hessian[at] + own * term->gradient[j];
        }
    }
}

void tsl__mixture_join(tsl__mixture *m, const tsl__mixture *other, double sign)
{
    if (other->top > m->top) {
        tsl__mixture_move(m, other->top);
    }
    const double scale = sign * exp(other->top - m->top);
    m->sum += scale * other->sum;
    for (int i = 0; m->derive && i < TSL_PURCHASE_PARAMETERS; i++) {
        m->gradient[i] += scale * other->gradient[i];
    }
    for (int i = 0; m->derive && i < TSL__PURCHASE_PAIRS; i++) {
        m->hessian[i] += scale * other->hessian[i];
    }
}

void tsl__mixture_get_ln(const tsl__mixture *m, tsl__differential *out)
{
    const double all = 1 / m->sum;
    out->value = m->top + log(m->sum);
    for (int i = 0, at = 0; m->derive && i < TSL_PURCHASE_PARAMETERS; i++) {
        out->gradient[i] = m->gradient[i] * all;
        for (int j = 0; j <= i; j++, at++) {
            out->hessian[at] = m->hessian[at] * all - out->gradient[i] * out->gradient[j];
        }
    }
}
