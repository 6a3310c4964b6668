/* outlay.h: what a customer may spend on the purchases still to come: their number by a purchase model, and what each
 * is by the Gamma-Gamma model: gamma(p, nu), nu of a gamma distribution that his mean has told of. The sum of k of them
 * is gamma(p k, nu), which over nu is odds of Beta(p k, shape), in units of nu's scale. */
#ifndef TSL_VALUE_TERMS_OUTLAY_H
#define TSL_VALUE_TERMS_OUTLAY_H

#include "value/terms/arrivals.h"

enum { TSL__OUTLAY_COUNTS = 16384 }; /* at most */

typedef struct tsl__outlay {
    const tsl__quadrature *rule;
    double p, shape, scale;
    double none;  /* chance of no purchase; */
    size_t count; /* of other numbers, rising, and the chance of no more; where very many can come, neighbours count as
                     one, at their middle */
    double k[TSL__OUTLAY_COUNTS], below[TSL__OUTLAY_COUNTS];
} tsl__outlay;

/* mean: of his x purchases; NaN unknown. */
void tsl__outlay_build(const tsl__arrivals *arrivals, const tsl_spend_model *spend, double x, double mean,
                       tsl__outlay *out);
/* Chance of spending no more than this, > 0. Cost: of as many tsl__beta_odds_get_mean as there are counts of which it
 * is open. */
double tsl__outlay_get_below(const tsl__outlay *outlay, double amount);
/* The amount that is not exceeded with the chance `share`, away from 0 and 1. Cost: of some ten of the above. */
double tsl__outlay_get_amount(const tsl__outlay *outlay, double share);

#endif
