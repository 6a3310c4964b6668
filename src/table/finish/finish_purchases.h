/* finish_purchases.h: what a table of customers tells of their purchases. */
#ifndef TSL_TABLE_FINISH_FINISH_PURCHASES_H
#define TSL_TABLE_FINISH_FINISH_PURCHASES_H

#include "table/reading.h"
#include "table/schema/typing.h"

/* Before columns are typed: recency, orders and spend that were recognised by their names, and are whole numbers from 1
 * to 5 alone, are scores that somebody gave: plain columns, with a note. profile: one an output. */
TSL_FALLIBLE tsl_status tsl__purchases_drop_scores(tsl__reading *reading, const tsl__profile *profile, tsl_error *err);
/* Behind that: what cannot all be so of one customer is found, with its places. order[row]: where the row of the table
 * stood among those that were read. */
TSL_FALLIBLE tsl_status tsl__purchases_check(tsl__reading *reading, const size_t *order, tsl_error *err);

#endif
