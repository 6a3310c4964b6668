/*
 * subtotals.h: rows that stand in the place of an order and sum up those before them, as reports have them: "Subtotal",
 * 小计.
 *
 * Whether one is the sum of the rows since the one before is known once all blocks are joined, in their order.
 */
#ifndef TSL_TABLE_ROW_SUBTOTALS_H
#define TSL_TABLE_ROW_SUBTOTALS_H

#include "table/row/status_counts.h"

/* Starts as zeros. */
typedef struct tsl__subtotals {
    tsl__status_counts words; /* what they are called */
    uint64_t rows;
    uint64_t proven;             /* whose amount is the sum of those since the one before, but for the first */
    __int128 before, first, sum; /* of the rows before the first; its own amount; of the rows behind the last */
} tsl__subtotals;

/* A row that is kept; bytes 0: it is none. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__subtotals_add(tsl__subtotals *subtotals, const tsl__status_value *row, int64_t amount,
                                           tsl_error *err);
/* Takes in those of the rows behind, which are then none. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__subtotals_join(tsl__subtotals *subtotals, tsl__subtotals *behind, tsl_error *err);
/* Of all, those whose amount is proven to be that sum. */
uint64_t tsl__subtotals_get_proven(const tsl__subtotals *subtotals);
void tsl__subtotals_free(tsl__subtotals *subtotals);

#endif
