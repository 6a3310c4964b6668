/* opportunities.c: terms by rising products, and chances from one opportunity to the one before. */
#include "value/terms/opportunities.h"

static const tsl__rise *get(const tsl__likelihood *m, tsl__rising of, double k)
{
    return &m->rises->of[of][(size_t)k];
}

/* stays: so many times he did not leave, of `chances`. */
static void put(const tsl__likelihood *m, double x, double seen, double chances, tsl__differential *term)
{
    const tsl__rise *taken = get(m, TSL__RISE_1, x), *missed = get(m, TSL__RISE_2, seen - x),
                    *both = get(m, TSL__RISE_12, seen), *stays = get(m, TSL__RISE_4, seen),
                    *all = get(m, TSL__RISE_34, chances);
    term->value = taken->ln + missed->ln - both->ln + (stays->ln - all->ln);
    term->gradient[TSL__P1] = taken->first - both->first;
    term->gradient[TSL__P2] = missed->first - both->first;
    term->gradient[TSL__P3] = -all->first;
    term->gradient[TSL__P4] = stays->first - all->first;
    term->hessian[TSL__11] = taken->second - both->second;
    term->hessian[TSL__21] = -both->second;
    term->hessian[TSL__22] = missed->second - both->second;
    term->hessian[TSL__33] = term->hessian[TSL__43] = -all->second;
    term->hessian[TSL__44] = stays->second - all->second;
}

void tsl__opportunity_put_there(const tsl__likelihood *m, double x, double seen, tsl__differential *term)
{
    put(m, x, seen, seen, term);
}

void tsl__opportunity_put_gone(const tsl__likelihood *m, double x, double seen, tsl__differential *term)
{
    const double part = 1 / m->parameter[TSL__P3];
    put(m, x, seen, seen + 1, term);
    term->value += m->ln_parameter[TSL__P3];
    term->gradient[TSL__P3] += part;
    term->hessian[TSL__33] -= part * part;
}

tsl__pause tsl__pause_build(const double *parameter, double x, size_t from, size_t to, tsl__pause at_end,
                            tsl__pause *out)
{
    const double beta = parameter[TSL__P2] - x, both = parameter[TSL__P1] + parameter[TSL__P2],
                 gamma = parameter[TSL__P3], delta = parameter[TSL__P4];
    tsl__pause at = at_end;
    for (size_t seen = to;; seen--) {
        if (out) {
            out[seen - from] = at;
        }
        if (seen == from) {
            return at;
        }
        /* The next one is the seen'th: he left before it, or was there and did not take it. */
        const double k = (double)(seen - 1), taking = both + k, leaving = gamma + delta + k,
                     part = 1 / (taking * leaving), stays = (beta + k) * (delta + k) * part;
        at = (tsl__pause){gamma * taking * part + stays * at.none, stays * at.there};
    }
}
