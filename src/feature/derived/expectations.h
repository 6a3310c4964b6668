/* expectations.h: what the purchase and spend models expect of a customer, as derived features: p_alive,
 * expected_purchases_365d, expected_spend, clv_365d, p_no_purchase_90d. */
#ifndef TSL_FEATURE_DERIVED_EXPECTATIONS_H
#define TSL_FEATURE_DERIVED_EXPECTATIONS_H

#include "feature/derived/derived.h"

extern const tsl__derived tsl__expectations;

#endif
