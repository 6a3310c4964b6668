/* rises.c: sums of logarithms and of their derivatives. */
#include "value/terms/rises.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

tsl_status tsl__rises_build(size_t most, tsl__rises *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (tsl__rises){.most = most};
    for (int r = 0; r < TSL__RISINGS; r++) {
        TSL__NEED(out->of[r] = tsl__alloc(most + 1, sizeof **out->of));
    }
done:
    return status;
}

/* What each addition rounds off is carried along (Neumaier 1974). */
static void put(double p, size_t most, tsl__rise *to)
{
    tsl__rise sum = {0, 0, 0};
    double lost = 0;
    to[0] = sum;
    for (size_t k = 0; k < most; k++) {
        const double factor = p + (double)k, ln = log(factor), next = sum.ln + ln, part = 1 / factor;
        lost += fabs(sum.ln) >= fabs(ln) ? (sum.ln - next) + ln : (ln - next) + sum.ln;
        sum = (tsl__rise){next, sum.first + part, sum.second - part * part};
        to[k + 1] = (tsl__rise){next + lost, sum.first, sum.second};
    }
}

void tsl__rises_put(tsl__rises *rises, const double *parameter)
{
    const double p[TSL__RISINGS] = {[TSL__RISE_1] = parameter[0],
                                    [TSL__RISE_2] = parameter[1],
                                    [TSL__RISE_12] = parameter[0] + parameter[1],
                                    [TSL__RISE_4] = parameter[3],
                                    [TSL__RISE_34] = parameter[2] + parameter[3]};
    for (int r = 0; r < TSL__RISINGS; r++) {
        put(p[r], rises->most, rises->of[r]);
    }
}

void tsl__rises_free(tsl__rises *rises)
{
    for (int r = 0; r < TSL__RISINGS; r++) {
        free(rises->of[r]);
    }
    *rises = (tsl__rises){.most = 0};
}
