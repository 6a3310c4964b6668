/*
 * date_order.h: the order of day and month in a column.
 *
 * 3/4/2017 may be the 3rd of April or March the 4th. A cell of this kind is
 * kept *open* until its column shows the order: one cell whose one part is
 * over 12 proves it for all. Nothing is guessed.
 */
#ifndef TSL_TABLE_CELL_DATE_ORDER_H
#define TSL_TABLE_CELL_DATE_ORDER_H

#include "table/cell/parse_date.h"

/* What a column has shown of its order. */
typedef struct tsl__date_order {
    tsl_date_order declared;
    tsl_date_order before;      /* what the column has shown before: settles what it leaves open now */
    int month_first, day_first; /* 1: a cell proves it */
    int64_t open;               /* a cell that reads as both, differently; or 0 */
    char example_month[256], example_day[256], example_open[256]; /* the cells, with their place */
} tsl__date_order;

/* Of a column of which nothing has been seen. */
void tsl__date_order_open(tsl__date_order *order, tsl_date_order declared, tsl_date_order before);

/* Takes in one cell: *value becomes seconds, or stays open. 0 on success, -1
 * for a cell that is no time, or none of the declared order. The place (file and
 * line; file may be NULL) is kept with the first cell of each kind. */
int tsl__date_order_add(tsl__date_order *order, tsl__span cell, const char *file, uint64_t line, int64_t *value);

/* Takes in what cells behind have shown. */
void tsl__date_order_join(tsl__date_order *order, const tsl__date_order *behind);

/* The order found: 1 month first, 0 day first or no matter, -1 undecided, -2 contradictory. */
int tsl__date_order_get(const tsl__date_order *order);

/* The order to remember of a column that was read with month_first, TSL_DATES_AUTO for none. */
tsl_date_order tsl__date_order_keep(const tsl__date_order *order, int month_first);

/* TSL_E_INPUT that shows the cells which leave the order undecided or contradict each other. */
TSL_FALLIBLE tsl_status tsl__date_order_fail(const tsl__date_order *order, const char *column, tsl_error *err);

#endif
