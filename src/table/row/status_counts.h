/*
 * status_counts.h: how many of the rows that are kept have each value of a column of few values, and how much money.
 *
 * Blocks of rows are joined in their order; more values than a status has make the column none.
 */
#ifndef TSL_TABLE_ROW_STATUS_COUNTS_H
#define TSL_TABLE_ROW_STATUS_COUNTS_H

#include <stdint.h>

#include "base/error.h"
#include "table/cell/span.h"

#define TSL__STATUS_VALUES ((size_t)48)

typedef struct tsl__status_value {
    char *text; /* owned */
    size_t bytes;
    uint64_t rows, negative; /* negative: with such an amount */
    __int128 absolute;       /* of their amounts, without sign */
    size_t file;             /* of the first: index of the table's files */
    uint64_t line;
} tsl__status_value;

static inline tsl__span tsl__status_get_text(const tsl__status_value *value)
{
    return (tsl__span){value->text, value->bytes};
}

/* Starts as zeros. */
typedef struct tsl__status_counts {
    tsl__status_value *value; /* as they came */
    size_t count, capacity, last;
    __int128 absolute; /* of all rows, those without a status among them */
    int over;          /* 1: more values than that */
} tsl__status_counts;

/* A row of a value, of no bytes where it has none. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__status_counts_add(tsl__status_counts *counts, const tsl__status_value *row,
                                               tsl_error *err);
/* Takes in those of the rows behind, which are then none. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__status_counts_join(tsl__status_counts *counts, tsl__status_counts *behind, tsl_error *err);
void tsl__status_counts_free(tsl__status_counts *counts);

#endif
