/*
 * clock_length.h: a length of time as a clock shows it: 00:05:30, 36:00:00.25, 1 day 02:00:00.
 *
 * Hours, minutes and seconds, all three of them: 05:30 may be minutes and seconds, or hours and minutes, and is none.
 * Behind days, as Python and pandas write them, the hours are less than 24.
 */
#ifndef TSL_TABLE_CELL_CLOCK_LENGTH_H
#define TSL_TABLE_CELL_CLOCK_LENGTH_H

#include "expr/decimal.h"
#include "table/cell/span.h"

/* The minutes of a trimmed cell; 0 where it is no such length. */
int tsl__clock_length_read(tsl__span cell, tsl__decimal *minutes);

#endif
