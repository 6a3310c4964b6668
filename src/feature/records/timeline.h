/* timeline.h: one customer's records, in the order of time, at every level. */
#ifndef TSL_FEATURE_TIMELINE_H
#define TSL_FEATURE_TIMELINE_H

#include "feature/catalogue.h"
#include "feature/records/grouping.h"
#include "feature/records/returns.h"

/* Records of one level, by rising day. value[s] is NULL where the level does
 * not hold the source. Decimals: TSL_MISSING_INT missing; codes: -1. */
typedef struct tsl__view {
    size_t count;
    int32_t *day;
    uint8_t *flags;
    int64_t *value[TSL__SOURCES];
} tsl__view;

/* A source that a table has: its cells by row, numbers or codes. */
typedef struct tsl__source_cells {
    tsl__record_part source;
    const int64_t *number;
    const int32_t *code;
} tsl__source_cells;

#define TSL__OWN_COLUMNS 64 /* plain columns of a table, for lines of the user's own */

/* Those of one table. */
typedef struct tsl__bound {
    const tsl__rows *rows;
    tsl__source_cells cells[TSL__SOURCES + TSL__OWN_COLUMNS]; /* plain columns last: they are of no view, but tell rows
                                                                 apart */
    size_t count;
} tsl__bound;

typedef struct tsl__timeline {
    tsl__view view[TSL__LEVELS];
    size_t order_count;   /* purchases and others */
    int without_orders;   /* 1: of the transactions lines alone are filled in */
    int matched;          /* 1: returns are set against purchases, which are what is left then */
    tsl__returns returns; /* of these; of the customer's lines in the order of time */
    size_t longest, acts; /* lines and interactions that there is room for */
    tsl__bound lines_bound, acts_bound;
    size_t room; /* for events and keys, and as many again behind them */
    struct tsl__event *event;
    uint64_t *key;
    struct tsl__purchase *purchase;            /* and from the end of its room on, back, the orders below 0 */
    size_t loss_count;                         /* of these */
    uint32_t *row;                             /* the customer's rows, in the order of time */
    uint8_t *bought;                           /* one a row of these: it is of a purchase */
    uint32_t *bought_row, *by_order, *act_row; /* rows of purchases in that order; rows by order; interactions */
} tsl__timeline;

/* Turns to the rows of the grouping, with room for its longest customer; starts as zeros. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__timeline_turn(const tsl__grouping *grouping, tsl__timeline *timeline, tsl_error *err);
/* The day of the i-th order of a net amount below 0, in any order, and that amount. */
int32_t tsl__timeline_get_loss(const tsl__timeline *timeline, size_t i, int64_t *amount);
/* The rows of record i of a level, in the table of its level; of a purchase all its lines. Days have none. */
const uint32_t *tsl__timeline_get_rows(const tsl__timeline *timeline, tsl__level level, size_t i, size_t *count);
void tsl__timeline_free(tsl__timeline *timeline);
/* Fills it with one customer's records. */
void tsl__timeline_fill(const tsl__grouping *grouping, size_t customer, tsl__timeline *timeline);

#endif
