/* departures.h: how likely it is that a customer left between two moments and bought nothing in between, where he can
 * leave at any moment (Pareto/NBD) or before any opportunity (BG/BB).
 *
 * Of customers who bought equally often, whoever left between two moments has left in one of the spans between the
 * moments that any of them speaks of. So each span is added up once for all of them, from the last one back: what a
 * history needs is the sum since its t_x less that since its t. Nothing is lost by the difference: what is taken away
 * is never more than the chance that he is still there at t, to which it is added. */
#ifndef TSL_VALUE_TERMS_DEPARTURES_H
#define TSL_VALUE_TERMS_DEPARTURES_H

#include "value/terms/purchase_terms.h"

/* moment: `count` times, rising, none twice. since[i]: of having left from moment i to the last one.
 * Cost: count - 1 spans, each of 4 to 32 evaluations (BG/BB: of one an opportunity). */
void tsl__departures_build(const tsl__likelihood *model, double x, const double *moment, size_t count, int derive,
                           tsl__mixture *since);

#endif
