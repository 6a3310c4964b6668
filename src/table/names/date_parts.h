/* date_parts.h: dates whose parts stand in columns of their own: year, month and day. */
#ifndef TSL_TABLE_NAMES_DATE_PARTS_H
#define TSL_TABLE_NAMES_DATE_PARTS_H

#include <stddef.h>

/* Columns of one date; year and day: count where there is none. */
typedef struct tsl__date_parts {
    size_t year, month, day;
} tsl__date_parts;

/* Of the columns whose names are folded the first that is called a month, with those that are called likewise but for
 * that word; month == count: there is none that has a day or a year beside it. */
tsl__date_parts tsl__date_parts_find(const char *const *folded, size_t count);

#endif
