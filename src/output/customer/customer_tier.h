/* customer_tier.h: the value tier of one customer, and how far it is to the next ones. */
#ifndef TSL_OUTPUT_CUSTOMER_CUSTOMER_TIER_H
#define TSL_OUTPUT_CUSTOMER_CUSTOMER_TIER_H

#include <tesela/output.h>

#include "output/json/json.h"

/* Sets "tier" of the document's root, where his line has one. known: the summary's entry of it, or NULL. */
void tsl__customer_tier_put(tsl__json *doc, const tsl_customer *of, const json_t *known);

#endif
