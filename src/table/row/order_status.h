/*
 * order_status.h: a status that stands on the first line of an order alone, for the lines behind it.
 *
 * Exports of shops write what holds for the order on its first line and leave it out on the others. Where the first
 * block of a file shows that, an empty status behind a line of the same order that has one is that one, in conditions
 * and in counts.
 */
#ifndef TSL_TABLE_ROW_ORDER_STATUS_H
#define TSL_TABLE_ROW_ORDER_STATUS_H

#include "table/schema/plan.h"
#include "table/source/csv.h"

#define TSL__STATUS_BYTES ((size_t)48) /* longer ones are not carried */

/* Starts as zeros, before the first line. */
typedef struct tsl__order_status {
    int is_known;   /* 1: the last line has an order ... */
    uint64_t order; /* ... of this hash */
    char text[TSL__PLAN_STATUSES][TSL__STATUS_BYTES];
    size_t text_bytes[TSL__PLAN_STATUSES]; /* 0: none so far */
    unsigned has, lacks; /* statuses, as bits, that lines behind an order's first have; that they lack and it has */
} tsl__order_status;

/* Goes on to the next line; the statuses that it lacks, as bits, and has from a line before. field: of each own input
 * in the record. */
unsigned tsl__order_status_take(tsl__order_status *last, const tsl__plan *plan, const size_t *field,
                                const tsl__record *record);
/* Those that stand on first lines alone, in all lines so far. */
unsigned tsl__order_status_get_carried(const tsl__order_status *last);

#endif
