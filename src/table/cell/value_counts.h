/*
 * value_counts.h: how often each of a few values stands in a column of decimals; of more than a few nothing is kept.
 *
 * What two blocks of rows count is joined in any order: whether all of it has few values does not depend on how it is
 * cut.
 */
#ifndef TSL_TABLE_CELL_VALUE_COUNTS_H
#define TSL_TABLE_CELL_VALUE_COUNTS_H

#include <stddef.h>
#include <stdint.h>

#define TSL__COUNTED_VALUES ((size_t)64)

typedef struct tsl__value_counts {
    int over; /* 1: more values than that */
    size_t count;
    int64_t value[TSL__COUNTED_VALUES]; /* as they came */
    uint64_t rows[TSL__COUNTED_VALUES];
} tsl__value_counts;

/* Counts so many rows of a value. Starts as zeros. */
void tsl__value_counts_add(tsl__value_counts *counts, int64_t value, uint64_t rows);
void tsl__value_counts_join(tsl__value_counts *counts, const tsl__value_counts *other);

#endif
