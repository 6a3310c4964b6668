/* purchase_kinds.h: what the models are called, and what their parameters are. */
#ifndef TSL_VALUE_TERMS_PURCHASE_KINDS_H
#define TSL_VALUE_TERMS_PURCHASE_KINDS_H

#include <tesela/value.h>

/* 1 where the parameter is a time, in the unit of the histories. */
int tsl__purchase_is_time(tsl_purchase_kind kind, int index);
/* 1 where nobody leaves in a limit of its parameters. */
int tsl__purchase_has_dropout(tsl_purchase_kind kind);
/* 1 where a customer can leave at any moment, or before any opportunity, and not at a purchase alone. */
int tsl__purchase_leaves_any_time(tsl_purchase_kind kind);

#endif
