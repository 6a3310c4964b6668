/* opportunities.h: what the BG/BB says of one who took x of the opportunities that he has seen, the last one among
 * them: the terms of a fit, and how likely it is that he takes none of those that follow. */
#ifndef TSL_VALUE_TERMS_OPPORTUNITIES_H
#define TSL_VALUE_TERMS_OPPORTUNITIES_H

#include "value/terms/purchase_terms.h"

/* ln B(alpha + x, beta + seen - x) B(gamma, delta + seen) / (B(alpha, beta) B(gamma, delta)): he was there at all of
 * them. The term is begun; the model has rises of more than `seen`. */
void tsl__opportunity_put_there(const tsl__likelihood *m, double x, double seen, tsl__differential *term);
/* ... B(gamma + 1, delta + seen) ...: and left before the next. */
void tsl__opportunity_put_gone(const tsl__likelihood *m, double x, double seen, tsl__differential *term);

/* Of one who was there at the last opportunity that he saw: chances that he takes none up to the end, and that he is
 * there at it, besides. */
typedef struct tsl__pause {
    double none, there;
} tsl__pause;

/* From what holds when `to` opportunities are seen to what held at `from`: out[seen - from], from .. to; out NULL:
 * returned only. Each is a multiple of the next one and a positive number more: nothing is lost, and nothing overflows.
 * Cost: one division an opportunity. */
tsl__pause tsl__pause_build(const double *parameter, double x, size_t from, size_t to, tsl__pause at_end,
                            tsl__pause *out);

#endif
