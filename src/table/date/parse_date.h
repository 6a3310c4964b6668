/*
 * parse_date.h: dates and times in a cell.
 *
 * One cell tells its form, its day, and whether a time of day and a zone were
 * written. What one cell leaves open (3/4/2017, 2/3/11) it gives by each order
 * that fits; the column decides (date_evidence.h). Years run from 1900 to 2200;
 * two digits mean 1969 to 2068, as POSIX has it (strptime, %y).
 */
#ifndef TSL_TABLE_DATE_PARSE_DATE_H
#define TSL_TABLE_DATE_PARSE_DATE_H

#include <stdint.h>
#include <tesela/table.h>

#include "table/cell/parse_number.h"

/* How a date is written. */
typedef enum tsl__date_form {
    TSL__DATE_NONE,
    TSL__DATE_YEAR_FIRST,   /* 2024-01-02, 2024/1/2, 2024.1.2, 2024年1月2日, 2024-Jan-02 */
    TSL__DATE_DAY_FIRST,    /* 31.12.2024 */
    TSL__DATE_YEAR_LAST,    /* 12/31/2024, 31-12-2024: open */
    TSL__DATE_MONTH_NAME,   /* 24-Jan-2024, Jan 3, 2024, 3. Januar 2024 */
    TSL__DATE_TWO_DIGITS,   /* 2/24/11, 11-02-24, 24.02.11: open, but that points have no month first */
    TSL__DATE_NAME_AND_TWO, /* 24-Jan-11: the year last */
    TSL__DATE_COMPACT,      /* 20240102, 202401021430, 20240102143000 */
    TSL__DATE_SERIAL,       /* 45292, 45292.5: days of a spreadsheet, counted from 1900 */
    TSL__DATE_SECONDS,      /* 1704067200: since 1970-01-01 in UTC */
    TSL__DATE_MILLISECONDS, /* 1704067200000 */
    TSL__DATE_MICROSECONDS, /* 1704067200000000 */
    TSL__DATE_NANOSECONDS,  /* 1704067200000000000 */
    TSL__DATE_FORMS
} tsl__date_form;

/* What is wrong with a cell. */
typedef enum tsl__date_fault {
    TSL__DATE_GOOD,
    TSL__DATE_NO_FORM,
    TSL__DATE_NO_DAY,      /* 2023-02-30 */
    TSL__DATE_MONTH_ALONE, /* 2024-01, 202401, Jan 2024 */
    TSL__DATE_NO_CLOCK,    /* 25:00 */
    TSL__DATE_NO_YEAR,     /* outside 1900 to 2200 */
    TSL__DATE_ZONE_NAME,   /* CST */
    TSL__DATE_NO_WEEKDAY,  /* Mon, 3 Jan 2024: a Wednesday */
    TSL__DATE_PLACEHOLDER, /* 0000-00-00, 9999-12-31: in no year that there is */
    TSL__DATE_OTHER_ORDER  /* not of the declared order */
} tsl__date_fault;

/* Sets of orders: bits by tsl_date_order. */
#define TSL__ORDER(order) (1u << (order))

/* What one cell says. */
typedef struct tsl__moment {
    tsl__date_form form; /* TSL__DATE_NONE where there is a fault */
    tsl__date_fault fault;
    int has_clock;   /* 1: a time of day was written, be it midnight */
    int has_zone;    /* 1: a zone was written, or the form is one of UTC */
    int32_t offset;  /* seconds east of UTC, where a zone was written */
    unsigned orders; /* of an open form: the orders that fit, TSL__ORDER(TSL_DATES_YMD) ... */
    int64_t open;    /* of an open form: all that was written, for tsl__open_get; else 0 */
    int64_t seconds; /* wall clock as it was written; TSL_MISSING_INT where the orders that fit differ */
} tsl__moment;

/* Reads a trimmed cell; 1 where it is a date. Parts of a second are cut off, but those of a serial number: its
 * fraction of a day is rounded to the second. A weekday that is written must be true. */
int tsl__moment_read(tsl__span cell, tsl__moment *out);

/* The time of day that stands in a cell of its own; 0 where the moment has one already, other than midnight, or a zone:
 * it stays. */
int tsl__moment_add_clock(tsl__moment *moment, int seconds);

/* "is not a date or time (...)", for a message behind the cell. */
const char *tsl__date_fault_get_text(tsl__date_fault fault, tsl_date_order declared);

/* 1: the form is a number alone, which a column of numbers is likely to be by chance: what is not declared to be a
 * date should not become one by it. */
static inline int tsl__date_form_is_number(tsl__date_form form)
{
    return form >= TSL__DATE_COMPACT;
}

/* ---- Values on the way ------------------------------------------------------
 *
 * Until its column is decided, a value is one of four in one int64_t, each told
 * by its size:
 *   a wall clock in seconds, below 2^58;
 *   a day without a time of day, as the seconds of its midnight, around 2^59;
 *   an instant, seconds of UTC as a zone was written, around 2^61;
 *   an open date, from 2^62 on.
 * tsl__date_settle (date_evidence.h) makes all of them seconds of the wall clock.
 * Whether a time of day was written is known of each of them until then. */

#define TSL__TIME_DAY (INT64_C(1) << 59)
#define TSL__TIME_INSTANT (INT64_C(1) << 61)
#define TSL__TIME_OPEN_BIT (INT64_C(1) << 62)
#define TSL__TIME_OPEN_DAY (INT64_C(1) << 60) /* of an open date: no time of day was written */

static inline int tsl__time_is_open(int64_t value)
{
    return value >= TSL__TIME_OPEN_BIT;
}
static inline int tsl__time_is_instant(int64_t value)
{
    return value >= TSL__TIME_INSTANT >> 1 && value < TSL__TIME_OPEN_BIT;
}
static inline int tsl__time_is_day(int64_t value)
{
    return value >= TSL__TIME_DAY >> 1 && value < TSL__TIME_INSTANT >> 1;
}
/* 0 for a missing value, too. */
static inline int tsl__time_had_clock(int64_t value)
{
    return value != TSL_MISSING_INT && !tsl__time_is_day(value) &&
           !(tsl__time_is_open(value) && (value & TSL__TIME_OPEN_DAY));
}

/* A value on the way as a small number beside two bits, for who keeps many of them; an open one stays as it is. */
enum { TSL__TIME_HAS_CLOCK = 1, TSL__TIME_HAS_ZONE = 2 };
static inline int64_t tsl__time_fold(int64_t value, unsigned *bits)
{
    *bits = tsl__time_had_clock(value) ? TSL__TIME_HAS_CLOCK : 0;
    if (tsl__time_is_instant(value)) {
        *bits |= TSL__TIME_HAS_ZONE;
        return value - TSL__TIME_INSTANT;
    }
    return tsl__time_is_day(value) ? value - TSL__TIME_DAY : value;
}
static inline int64_t tsl__time_unfold(int64_t folded, unsigned bits)
{
    if (folded == TSL_MISSING_INT || tsl__time_is_open(folded)) {
        return folded;
    }
    return folded + (bits & TSL__TIME_HAS_ZONE ? TSL__TIME_INSTANT : bits & TSL__TIME_HAS_CLOCK ? 0 : TSL__TIME_DAY);
}

/* The value on the way of a moment that was read. */
int64_t tsl__moment_get_value(const tsl__moment *moment);
/* Wall clock of an open value by an order, TSL_MISSING_INT where that does not fit it. */
int64_t tsl__open_get(int64_t open, tsl_date_order order);
unsigned tsl__open_get_orders(int64_t open);
/* 1 where a zone was written behind it, with its offset. */
int tsl__open_get_offset(int64_t open, int32_t *offset);

/* ---- Years and placeholders ------------------------------------------------- */

/* 1: a number that is a year of the calendar here, 1900 to 2200; seconds that lie in one. */
int tsl__time_is_year(double number);
int tsl__time_is_of_calendar(int64_t seconds);

/* 1: seconds of a day that programs write where none is known: 0001-01-01, 1753-01-01, 1899-12-30, 1899-12-31,
 * 1900-01-01, 1970-01-01, 9999-12-31. */
int tsl__time_is_placeholder(int64_t seconds);

#endif
