/* own_aggregate.h: the value of a line of the user's own for one customer. */
#ifndef TSL_FEATURE_OWN_AGGREGATE_H
#define TSL_FEATURE_OWN_AGGREGATE_H

#include "feature/aggregate.h"
#include "feature/own_line.h"

/* Its columns are found (tsl__line_find). NaN where undefined. */
double tsl__own_aggregate_get(const tsl__line *line, const tsl__timeline *timeline, const tsl__context *context);

#endif
