/* told.h: what a table of customers tells of their purchases, where no transactions do: recency, orders, spend. What is
 * made of the columns is in docs/methods/rfm.md. */
#ifndef TSL_FEATURE_TOLD_H
#define TSL_FEATURE_TOLD_H

#include "feature/catalogue.h"

/* The columns, NULL where there is none, and the day that dates are held against. */
typedef struct tsl__told_columns {
    const tsl_column *recency, *last, *first, *orders, *spend, *mean;
    int32_t as_of;
} tsl__told_columns;

/* 1 where a table of customers tells anything of their purchases. */
int tsl__told_is_there(const tsl_table *customers);
/* Without any where transactions are there, which tell more. */
tsl__told_columns tsl__told_open(const tsl_tables *tables);
/* 1 where the quantity is known of some customers, be it of none of these. */
int tsl__told_has(const tsl__told_columns *told, tsl__told what);
/* The column that it is, NULL where it is made of several. */
const tsl_column *tsl__told_get_column(const tsl__told_columns *told, tsl__told what);
/* Recency, frequency and spend are all there, or the first two: scores, or a history, can be made. */
int tsl__told_has_history(const tsl__told_columns *told);
/* What is known of the customer in this row, by tsl__told; NaN: not known. */
void tsl__told_get(const tsl__told_columns *told, size_t row, double value[TSL__TOLDS]);
/* Of that a row of the history. */
void tsl__told_put_history(const double value[TSL__TOLDS], double history[TSL_HISTORY_COLUMNS]);
/* 1/10000; 0 where it is not known. */
int64_t tsl__told_get_spend(const tsl__told_columns *told, size_t row);
/* The most decimals that an amount needs. */
int tsl__told_get_decimals(const tsl__told_columns *told, size_t rows);
/* What is to be said of rows: cells that say nothing, dates that are too late. */
TSL_FALLIBLE tsl_status tsl__told_note(const tsl__told_columns *told, size_t rows, tsl_notes *notes, tsl_error *err);

#endif
