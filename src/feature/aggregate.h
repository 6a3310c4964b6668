/* aggregate.h: the value of one catalogue entry for one customer. */
#ifndef TSL_FEATURE_AGGREGATE_H
#define TSL_FEATURE_AGGREGATE_H

#include "feature/records/timeline.h"

/* The records of the longest customer, as a line of the user's own sees them; NULL where there are no such lines. */
typedef struct tsl__own_room {
    int32_t *day;
    uint8_t *flags;
    int64_t *value, *amount;
} tsl__own_room;

typedef struct tsl__context {
    int32_t as_of;
    tsl__own_room own;
    int64_t *scratch; /* two numbers a record of the longest customer */
} tsl__context;

/* NaN where undefined. For a share by value (name ends in ":"), `code` is the
 * value that counts; TSL__OTHER: every value that is set in `named` is left out. */
#define TSL__OTHER (-2)
#define TSL__NO_CODE (-3)
/* A trend of sums is NaN here: it is made of these two once the median purchase c is known (both 1/10000). */
typedef struct tsl__trend {
    int64_t recent, before;
} tsl__trend;
tsl__trend tsl__trend_sum(const tsl__catalogue_entry *entry, const tsl__timeline *timeline,
                          const tsl__context *context);
double tsl__trend_get(const tsl__trend *trend, double median_purchase);
double tsl__aggregate_get(const tsl__catalogue_entry *entry, const tsl__timeline *timeline, const tsl__context *context,
                          int32_t code, const uint8_t *named);
/* The same of these records. */
double tsl__aggregate_get_view(const tsl__catalogue_entry *entry, const tsl__view *view, const tsl__context *context);
/* 1 where record i lies in the entry's window and passes its filter. */
int tsl__entry_passes(const tsl__catalogue_entry *entry, const tsl__view *view, size_t i, int32_t as_of);

#endif
