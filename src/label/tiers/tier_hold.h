/* tier_hold.h: tiers that rise at once and fall slowly, and whether their cuts still fit. */
#ifndef TSL_LABEL_TIERS_TIER_HOLD_H
#define TSL_LABEL_TIERS_TIER_HOLD_H

#include "base/text.h"
#include "label/internal.h"

/* 1 where a policy holds tiers at all. */
int tsl__tiers_are_held(const tsl_policy *policy);
/* Where it does, and an earlier run's tiers are known: customer_tier, which has what the values give, tier_by_value,
 * tier_below and held. value: what tiers are cut by. */
TSL_FALLIBLE tsl_status tsl__tiers_hold(const tsl__labeling *job, const double *value, tsl_error *err);
/* ", kept Gold: ...": why a customer's tier stands above what his value gives; 0 where it does not, and nothing is put.
 */
int tsl__tier_hold_put(const tsl_labels *labels, size_t customer, int lang, tsl__text *text);

/* tier_drift.c: the shares of the tiers that the values give, against those of the fit. */
TSL_FALLIBLE tsl_status tsl__tier_drift_fill(tsl_labels *labels, tsl_error *err);

#endif
