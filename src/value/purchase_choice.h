/* purchase_choice.h: which of the fitted models of purchases is gone by, and why. */
#ifndef TSL_VALUE_PURCHASE_CHOICE_H
#define TSL_VALUE_PURCHASE_CHOICE_H

#include <tesela/value.h>

#include "base/text.h"

/* Sets chosen by the models; purchases: after the first, of all customers. */
void tsl__purchase_choice_choose(tsl_purchase_choice *choice, double purchases);
/* Why the NBD is gone by, with the figures: "nobody is seen to leave (...)". */
void tsl__purchase_choice_put_reason(const tsl_purchase_choice *choice, tsl__text *out);

#endif
