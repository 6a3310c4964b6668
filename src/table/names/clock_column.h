/* clock_column.h: the column of the times of day beside one of dates: Datum and Uhrzeit, 日期 and 时间. */
#ifndef TSL_TABLE_NAMES_CLOCK_COLUMN_H
#define TSL_TABLE_NAMES_CLOCK_COLUMN_H

#include <stddef.h>

/* Of the columns whose names are folded the one that is called as the time of day of `date` is, and is not taken;
 * count: there is none. */
size_t tsl__clock_column_find(const char *date, const char *const *folded, size_t count, const char *taken);

#endif
