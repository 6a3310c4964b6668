/* parse_date.h: dates and times in a cell. One that may be read by day or by
 * month first stays *open*; date_order.h decides. */
#ifndef TSL_TABLE_CELL_PARSE_DATE_H
#define TSL_TABLE_CELL_PARSE_DATE_H

#include <stdint.h>
#include <tesela/table.h>

#include "table/cell/parse_number.h"

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

/* 1: a cell that was read has a time of day, be it midnight. */
int tsl__time_has_clock(tsl__span cell);

/* 1: a number that is a year of the calendar here, 1900 to 2200; seconds that lie in one. */
int tsl__time_is_year(double number);
int tsl__time_is_of_calendar(int64_t seconds);

/* The seconds of an open value in that order, or TSL_MISSING_INT where no such day exists. */
int64_t tsl__time_open_get(int64_t open, int month_first);

/* Values of open form that are kept: above every time in seconds. */
#define TSL__TIME_OPEN_BIT (INT64_C(1) << 62)
static inline int tsl__time_is_open(int64_t value)
{
    return value >= TSL__TIME_OPEN_BIT;
}

#endif
