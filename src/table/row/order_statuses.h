/*
 * order_statuses.h: the one status of an order, for those of its lines that lack it, wherever they stand.
 *
 * Exports of shops write what holds for the order on one of its lines alone. Two passes over all lines find that out in
 * front of the reading: the first, which orders have a line that lacks a status; the second, what their other lines
 * say, where there are such orders. What comes out is the same for lines in any order. Orders are known by 64 bits of a
 * hash.
 */
#ifndef TSL_TABLE_ROW_ORDER_STATUSES_H
#define TSL_TABLE_ROW_ORDER_STATUSES_H

#include "base/dict.h"
#include "base/slots.h"
#include "table/cell/span.h"
#include "table/row/status_counts.h"
#include "table/schema/plan.h"

/* What a line says of one status of its order; bytes 0: that it lacks it. */
typedef struct tsl__order_said {
    uint64_t order;
    size_t status, text, bytes; /* text: where it begins among those of the block */
} tsl__order_said;

/* What the lines of a block say in a pass. Starts as zeros. */
typedef struct tsl__order_lines {
    tsl__order_said *said;
    size_t count, capacity;
    char *text;
    size_t used, text_capacity;
    unsigned has; /* statuses, as bits, that some line has */
} tsl__order_lines;

/* An order that has lines without the status. */
typedef struct tsl__order_gap {
    uint64_t order;
    int32_t text;   /* its code; -1: none so far, -2: they differ */
    uint32_t lines; /* that have it: 0, 1, or 2 for more */
} tsl__order_gap;

/* Those of one status. */
typedef struct tsl__order_gaps {
    tsl__order_gap *order;
    size_t orders, capacity;
    tsl__slots slots; /* from 1 on */
    tsl__dict *text;
    int has;                            /* 1: some line has it */
    int over;                           /* 1: there are too many such orders, and none is kept */
    int many;                           /* 1: there are more texts than a status has */
    size_t on_one, on_several, on_none; /* of these orders, by the lines that have it */
    int is_of_order;                    /* 1: it stands on one line of an order alone */
} tsl__order_gaps;

typedef enum tsl__order_pass { TSL__ORDERS_FIND_GAPS, TSL__ORDERS_FIND_TEXTS, TSL__ORDERS_KNOWN } tsl__order_pass;

/* Starts as zeros but for statuses and most. */
typedef struct tsl__order_statuses {
    size_t statuses;
    size_t most; /* orders kept of each status */
    tsl__order_pass pass;
    tsl__order_gaps of[TSL__PLAN_STATUSES];
} tsl__order_statuses;

/* 1: what a line says of a status of its order is wanted in this pass. Several threads may ask while one takes. */
int tsl__order_statuses_want(const tsl__order_statuses *orders, size_t status, uint64_t order, int has);
/* Adds it; of no bytes: it lacks it. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__order_lines_add(tsl__order_lines *lines, size_t status, uint64_t order, tsl__span text,
                                             tsl_error *err);
void tsl__order_lines_free(tsl__order_lines *lines);
/* Takes what the lines of a block say, which is nothing then. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__order_statuses_take(tsl__order_statuses *orders, tsl__order_lines *lines, tsl_error *err);
/* The pass ends: 1 where another one is wanted. */
int tsl__order_statuses_turn(tsl__order_statuses *orders);

/* For a line that lacks a status: TSL__ORDER_LACKS where another line of its order has it, or may have it,
 * TSL__ORDER_TELLS where that holds for all of them: text. */
typedef enum tsl__order_answer { TSL__ORDER_HAS_NONE, TSL__ORDER_LACKS, TSL__ORDER_TELLS } tsl__order_answer;
tsl__order_answer tsl__order_statuses_find(const tsl__order_statuses *orders, size_t status, uint64_t order,
                                           tsl__span *text);
void tsl__order_statuses_free(tsl__order_statuses *orders);

#endif
