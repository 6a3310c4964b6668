/*
 * order_gaps.h: rows that lack a status which another line of their order has, wherever that line stands.
 *
 * Orders are known by 64 bits of a hash. Blocks of rows are joined in their order.
 */
#ifndef TSL_TABLE_ROW_ORDER_GAPS_H
#define TSL_TABLE_ROW_ORDER_GAPS_H

#include "table/row/observed.h"

/* A line of an order: which statuses of the plan it has and which it lacks, as bits. */
typedef struct tsl__order_line {
    uint64_t order, line;
    uint32_t file;
    uint8_t has, lacks;
} tsl__order_line;

/* Starts as zeros. */
typedef struct tsl__order_gaps {
    tsl__order_line *row;
    size_t rows, capacity;
    uint64_t lacking[TSL__PLAN_STATUSES]; /* rows of orders that lack each status */
    unsigned has;                         /* statuses, as bits, that some row has */
    int over;                             /* 1: there were too many lines, and none is kept */
} tsl__order_gaps;

/* Takes a line; one that tells nothing beside the one before is not kept. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__order_gaps_add(tsl__order_gaps *gaps, const tsl__order_line *row, tsl_error *err);
/* Takes those of a block behind, which keeps its memory; most: over so many they are given up. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__order_gaps_join(tsl__order_gaps *gaps, tsl__order_gaps *behind, size_t most,
                                             tsl_error *err);
/* The rows that lack each status, where another line of their order has it: found, one a status. Where there were too
 * many lines it is all that lack it, and the first is not known. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__order_gaps_find(const tsl__order_gaps *gaps, tsl__status_rows *found, tsl_error *err);
void tsl__order_gaps_free(tsl__order_gaps *gaps);

#endif
