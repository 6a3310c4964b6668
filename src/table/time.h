/*
 * time.h: dates and times in a cell, and the order of day and month.
 *
 * 3/4/2017 may be the 3rd of April or March the 4th. A cell of this kind is
 * kept *open* until its column shows the order: one cell whose one part is
 * over 12 proves it for all. Nothing is guessed.
 */
#ifndef TSL_TABLE_TIME_H
#define TSL_TABLE_TIME_H

#include <stdint.h>
#include <tesela/table.h>

#include "table/cell.h"

typedef enum tsl__time_form {
    TSL__TIME_BAD,
    TSL__TIME_YMD, /* year first: ISO and kin */
    TSL__TIME_DMY, /* 31.12.2017 */
    TSL__TIME_OPEN /* two numbers, then the year */
} tsl__time_form;

/* Reads a trimmed cell. *value: seconds, or for TSL__TIME_OPEN a packed value
 * for tsl__time_open_get. A zone behind the time is read over: the time stays
 * as it was written. */
tsl__time_form tsl__time_read(tsl__span cell, int64_t *value);

/* 1: a number that is a year of the calendar here, 1900 to 2200. */
int tsl__time_is_year(double number);

/* The seconds of an open value in that order, or TSL_MISSING_INT where no such day exists. */
int64_t tsl__time_open_get(int64_t open, int month_first);

/* Values of open form that are kept: above every time in seconds. */
#define TSL__TIME_OPEN_BIT (INT64_C(1) << 62)
static inline int tsl__time_is_open(int64_t value)
{
    return value >= TSL__TIME_OPEN_BIT;
}

/* What a column has shown of its order. */
typedef struct tsl__date_order {
    tsl_date_order declared;
    int month_first, day_first;                                   /* 1: a cell proves it */
    int64_t open;                                                 /* a cell that reads as both, differently; or 0 */
    char example_month[256], example_day[256], example_open[256]; /* the cells, with their place */
} tsl__date_order;

/* Takes in one cell: *value becomes seconds, or stays open. 0 on success, -1
 * for a cell that is no time, or none of the declared order. `place` (file and
 * line, may be NULL) is kept with the first cell of each kind. */
int tsl__date_order_add(tsl__date_order *order, tsl__span cell, const char *file, uint64_t line, int64_t *value);

/* The order found: 1 month first, 0 day first or no matter, -1 undecided, -2 contradictory. */
int tsl__date_order_get(const tsl__date_order *order);

/* TSL_E_INPUT that shows the cells which leave the order undecided or contradict each other. */
tsl_status tsl__date_order_fail(const tsl__date_order *order, const char *column, tsl_error *err);

#endif
