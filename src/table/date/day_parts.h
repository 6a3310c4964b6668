/* day_parts.h: the parts of a date -> its moment. */
#ifndef TSL_TABLE_DATE_DAY_PARTS_H
#define TSL_TABLE_DATE_DAY_PARTS_H

#include "table/date/parse_clock.h"
#include "table/date/parse_date.h"

/* A date as it was taken apart. */
typedef struct tsl__day_parts {
    int year, month, mday; /* of an open one: the three numbers as they stand */
    int weekday;           /* 0 Monday to 6 Sunday; -1: none was written */
    int has_clock;
    tsl__day_clock clock;
} tsl__day_parts;

/* The moment of a date of this form, or its fault. */
void tsl__day_parts_settle(const tsl__day_parts *parts, tsl__date_form form, tsl__moment *out);
/* Likewise of one that may be read by several orders. */
void tsl__day_parts_open(const tsl__day_parts *parts, tsl__date_form form, unsigned orders, tsl__moment *out);

/* The year that two digits mean. */
static inline int tsl__two_digit_year(int digits)
{
    return digits + (digits < 69 ? 2000 : 1900);
}

#endif
