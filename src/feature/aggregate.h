/* aggregate.h: the value of one catalogue line for one customer. */
#ifndef TSL_FEATURE_AGGREGATE_H
#define TSL_FEATURE_AGGREGATE_H

#include "feature/timeline.h"

typedef struct tsl__context {
    int32_t as_of;
    double median_purchase; /* c of the trends, 1/10000 */
    int64_t *scratch;       /* two numbers a record of the longest customer */
} tsl__context;

/* NaN where undefined. For a share by value (name ends in ":"), `code` is the
 * value that counts; TSL__OTHER: every value that is set in `named` is left out. */
#define TSL__OTHER (-2)
double tsl__aggregate_get(const tsl__catalogue_entry *line, const tsl__timeline *timeline, const tsl__context *context,
                          int32_t code, const uint8_t *named);

#endif
