/* customer_row.h: what is made of one customer, whose records are at hand: his raw values and his history. */
#ifndef TSL_FEATURE_CUSTOMER_ROW_H
#define TSL_FEATURE_CUSTOMER_ROW_H

#include "feature/aggregate.h"
#include "feature/binding.h"
#include "feature/records/event_days.h"

/* One thread, with what it keeps over the customers; starts as zeros, but for context.as_of. The timeline is filled by
 * whoever turns to a customer. */
typedef struct tsl__row_maker {
    tsl__timeline timeline;
    tsl__event_days events;
    tsl__context context;
    size_t scratch_capacity, own_capacity;
} tsl__row_maker;

/* Turns to the customers of the grouping, with room for the longest. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__row_maker_turn(const tsl__grouping *grouping, const tsl__binding *binding,
                                            tsl__row_maker *maker, tsl_error *err);
void tsl__row_maker_free(tsl__row_maker *maker);

/* The customer's row of the customers table; UINT32_MAX: he has none. */
uint32_t tsl__row_find(const tsl__grouping *grouping, size_t customer);
/* The raw value of a feature that is not told by the customers' own columns; of a trend of sums, and of what is
 * derived, NaN. attribute: the customer's row. */
double tsl__row_get_value(const tsl__row_maker *maker, const tsl__feature_origin *origin, uint32_t attribute);
/* TSL_HISTORY_COLUMNS, of the days of these events. */
TSL_FALLIBLE tsl_status tsl__row_get_history(tsl__row_maker *maker, tsl_events events, double *out, tsl_error *err);

#endif
