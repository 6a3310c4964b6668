/* arrivals.h: the purchases still to come of a customer, one by one: how likely it is that a k'th one comes within some
 * time.
 *
 * It comes if he is still there to make it. Where he leaves at purchases that is a chance of its own beside the time
 * that k purchases take; where he can leave at any moment, or before any opportunity, he has to outlast that time. */
#ifndef TSL_VALUE_TERMS_ARRIVALS_H
#define TSL_VALUE_TERMS_ARRIVALS_H

#include <tesela/value.h>

#include "stat/quadrature.h"

/* What is to come of one history. */
typedef struct tsl__arrivals {
    tsl_purchase_kind kind;
    const tsl__quadrature *rule; /* of TSL__BETA_ODDS_NODES */
    double ahead, alive;
    double rate, moment;    /* his rate of purchases is Gamma(rate, moment); TSL_BG_BB: he takes an opportunity with a
                               probability Beta(rate, moment) */
    double leaves, remains; /* his probability of leaving is Beta(leaves, remains); TSL_PARETO_NBD: his rate of leaving
                               is Gamma(leaves, remains) */
} tsl__arrivals;

/* Of one who bought x times up to t, and is there with the probability `alive` (as of a tsl_forecast). */
tsl__arrivals tsl__arrivals_open(const tsl_purchase_model *model, double x, double t, double alive, double ahead,
                                 const tsl__quadrature *rule);
/* Chance of at least k purchases, whole, from 0 on. Cost: as of one tsl__beta_odds_get_mean; TSL_BG_BB: O(ahead). */
double tsl__arrivals_get_chance(const tsl__arrivals *arrivals, double k);
/* The fewest purchases that are exceeded with a chance of no more than `beyond`. Cost: as of 2 log2 of them. */
double tsl__arrivals_get_count(const tsl__arrivals *arrivals, double beyond);

#endif
