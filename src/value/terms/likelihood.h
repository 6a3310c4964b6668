/* likelihood.h: how likely a customer's history is by a purchase model, and what it leaves to expect.
 *
 * Every model tells a history in a few ways that exclude each other: he is still there, or he left at one of the
 * moments at which he can have left. The likelihood is the sum of these, each the exponential of a term with simple
 * derivatives; the share of the first is the probability that he is there. Where he can leave at any moment the sum is
 * an integral (departures.h): no hypergeometric function, and no case apart where two parameters are equal.
 * docs/methods/value.md. */
#ifndef TSL_VALUE_TERMS_LIKELIHOOD_H
#define TSL_VALUE_TERMS_LIKELIHOOD_H

#include "value/terms/departures.h"

typedef struct tsl__history {
    double x, t_x, t;
    const tsl__mixture *since_t_x, *since_t; /* where he can leave at any moment: tsl__departures_build */
} tsl__history;

tsl__likelihood tsl__likelihood_open(tsl_purchase_kind kind, const double *parameter, const tsl__quadratures *rules);

/* What histories of one x share; to be made once for all of them. */
void tsl__likelihood_share(const tsl__likelihood *model, double x, tsl__differential *shared);
/* ln of the likelihood of one history, with its derivatives. *alive: the probability that he is there at its end. */
void tsl__likelihood_get(const tsl__likelihood *model, const tsl__history *history, const tsl__differential *shared,
                         tsl__differential *out, double *alive);
/* The same without derivatives. */
double tsl__likelihood_get_value(const tsl__likelihood *model, const tsl__history *history, double *alive);

#endif
