/* number_date.h: numbers alone that mean a time: 20240102, 45292.5, 1704067200. Their digits tell which. */
#ifndef TSL_TABLE_DATE_NUMBER_DATE_H
#define TSL_TABLE_DATE_NUMBER_DATE_H

#include "table/date/parse_date.h"

/* 1: the cell is digits alone, with at most one point amid them. */
int tsl__number_date_is(tsl__span cell);
/* Reads such a cell; what is none leaves the form TSL__DATE_NONE, with a fault. */
void tsl__number_date_read(tsl__span cell, tsl__moment *out);

/* 1: the time of a serial number that is whole and, as a number, could be a year: 1900 to 2200. */
int tsl__serial_is_year(int64_t seconds);
/* 1: likewise could be an hour or the day of a week or a month: up to 31. */
int tsl__serial_is_day_of_month(int64_t seconds);

#endif
