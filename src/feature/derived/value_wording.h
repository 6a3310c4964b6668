/* value_wording.h: what the purchase and spend models are, in a line. */
#ifndef TSL_FEATURE_DERIVED_VALUE_WORDING_H
#define TSL_FEATURE_DERIVED_VALUE_WORDING_H

#include <tesela/value.h>

#include "base/text.h"

/* Which models were chosen, and why: "mbg-nbd (AIC 19172.3; pareto-nbd 19198.0, nbd 19531.3); spend gamma-gamma of 946
 * customers". */
void tsl__value_put_words(const tsl_value_model *model, tsl__text *out);

#endif
