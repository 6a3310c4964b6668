/* day_parts.c: checks the parts of a date, and packs those of an open one. */
#include "table/date/day_parts.h"

#include <math.h>

#include "base/calendar.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2200

/* An open value: three numbers, the orders that fit, clock and zone, 60 bits in all. */
#define CLOCK_BITS 17 /* 0 to 86400 */
#define ZONE_SHIFT CLOCK_BITS
#define ZONE_BITS 12 /* minutes, 1440 for UTC; 0: none */
#define ZONE_UTC 1440
#define LAST_SHIFT (ZONE_SHIFT + ZONE_BITS)
#define YEAR_BITS 12
#define MIDDLE_SHIFT (LAST_SHIFT + YEAR_BITS)
#define PART_BITS 7
#define FIRST_SHIFT (MIDDLE_SHIFT + PART_BITS)
#define TWO_SHIFT (FIRST_SHIFT + PART_BITS)
#define ORDERS_SHIFT (TWO_SHIFT + 1)
#define ORDERS_BITS 4

/* ---- Years and placeholders -------------------------------------------------- */

int tsl__time_is_year(double number)
{
    return number >= FIRST_YEAR && number <= LAST_YEAR && number == floor(number);
}

int tsl__time_is_of_calendar(int64_t seconds)
{
    return seconds >= (int64_t)tsl__day_make(FIRST_YEAR, 1, 1) * TSL__DAY_SECONDS &&
           seconds < (int64_t)tsl__day_make(LAST_YEAR + 1, 1, 1) * TSL__DAY_SECONDS;
}

int tsl__time_is_placeholder(int64_t seconds)
{
    /* 0001-01-01, 1753-01-01, 1899-12-30, 1899-12-31, 1900-01-01, 1970-01-01, 9999-12-31 */
    static const int32_t days[] = {-719162, -79257, -25569, -25568, -25567, 0, 2932896};
    if (seconds >= TSL__DAY_SECONDS && seconds < INT64_C(2932896) * TSL__DAY_SECONDS) {
        return 0;
    }
    if (seconds < INT64_C(-719162) * TSL__DAY_SECONDS || seconds >= INT64_C(2932897) * TSL__DAY_SECONDS) {
        return 0;
    }
    int32_t day = tsl__time_day(seconds);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (days[i] == day) {
            return 1;
        }
    }
    return 0;
}

/* ---- One order ----------------------------------------------------------------- */

/* What is wrong with such a day; its seconds at midnight. */
static tsl__date_fault check_day(int year, int month, int mday, int weekday, int64_t *midnight)
{
    if (!year && !month && !mday) {
        return TSL__DATE_PLACEHOLDER;
    }
    int32_t day;
    if (!tsl__day_find(year, month, mday, &day)) {
        return TSL__DATE_NO_DAY;
    }
    *midnight = (int64_t)day * TSL__DAY_SECONDS;
    if (year < FIRST_YEAR || year > LAST_YEAR) {
        return tsl__time_is_placeholder(*midnight) ? TSL__DATE_PLACEHOLDER : TSL__DATE_NO_YEAR;
    }
    return weekday >= 0 && tsl__day_weekday(day) != weekday ? TSL__DATE_NO_WEEKDAY : TSL__DATE_GOOD;
}

static void fill(const tsl__day_parts *parts, tsl__date_form form, tsl__moment *out)
{
    *out = (tsl__moment){.form = form,
                         .has_clock = parts->has_clock,
                         .has_zone = parts->clock.has_zone,
                         .offset = parts->clock.offset,
                         .seconds = TSL_MISSING_INT};
}

static void refuse(tsl__date_fault fault, tsl__moment *out)
{
    *out = (tsl__moment){.fault = fault, .seconds = TSL_MISSING_INT};
}

void tsl__day_parts_settle(const tsl__day_parts *parts, tsl__date_form form, tsl__moment *out)
{
    int64_t midnight;
    tsl__date_fault fault = check_day(parts->year, parts->month, parts->mday, parts->weekday, &midnight);
    if (fault != TSL__DATE_GOOD) {
        refuse(fault, out);
        return;
    }
    fill(parts, form, out);
    out->seconds = midnight + parts->clock.seconds;
}

/* ---- Several orders -------------------------------------------------------------- */

/* The three numbers as year, month, day by an order. */
static tsl__date_fault check_order(const int number[3], int two, tsl_date_order order, int weekday, int64_t *midnight)
{
    static const int place[][3] = {
        [TSL_DATES_YMD] = {0, 1, 2}, [TSL_DATES_MDY] = {2, 0, 1}, [TSL_DATES_DMY] = {2, 1, 0}};
    int year = number[place[order][0]];
    return check_day(two ? tsl__two_digit_year(year) : year, number[place[order][1]], number[place[order][2]], weekday,
                     midnight);
}

static int64_t pack(const tsl__day_parts *parts, int two, unsigned orders)
{
    const uint64_t year = (uint64_t)parts->year, month = (uint64_t)parts->month, mday = (uint64_t)parts->mday;
    const uint64_t zone = parts->clock.has_zone ? (uint64_t)(parts->clock.offset / 60 + ZONE_UTC) : 0;
    const uint64_t packed = (uint64_t)orders << ORDERS_SHIFT | (uint64_t)two << TWO_SHIFT | year << FIRST_SHIFT |
                            month << MIDDLE_SHIFT | mday << LAST_SHIFT | zone << ZONE_SHIFT |
                            (uint64_t)parts->clock.seconds;
    return TSL__TIME_OPEN_BIT | (parts->has_clock ? 0 : TSL__TIME_OPEN_DAY) | (int64_t)packed;
}

/* The bits of a packed value. */
static int unpack(int64_t open, int shift, int bits)
{
    return (int)(open >> shift & ((INT64_C(1) << bits) - 1));
}

void tsl__day_parts_open(const tsl__day_parts *parts, tsl__date_form form, unsigned orders, tsl__moment *out)
{
    const int number[3] = {parts->year, parts->month, parts->mday}, two = form == TSL__DATE_TWO_DIGITS;
    unsigned fit = 0;
    int64_t shared = TSL_MISSING_INT;
    int differ = 0;
    tsl__date_fault fault = TSL__DATE_NO_FORM;
    for (int order = TSL_DATES_YMD; order <= TSL_DATES_DMY; order++) {
        int64_t midnight;
        if (!(orders & TSL__ORDER(order))) {
            continue;
        }
        tsl__date_fault f = check_order(number, two, (tsl_date_order)order, parts->weekday, &midnight);
        if (f != TSL__DATE_GOOD) {
            fault = f > fault ? f : fault; /* "no such weekday" says more than "no such day" */
            continue;
        }
        differ |= fit && midnight != shared;
        shared = midnight;
        fit |= TSL__ORDER(order);
    }
    if (!fit) {
        refuse(fault, out);
        return;
    }
    fill(parts, form, out);
    out->orders = fit;
    out->open = pack(parts, two, fit);
    out->seconds = differ ? TSL_MISSING_INT : shared + parts->clock.seconds;
}

unsigned tsl__open_get_orders(int64_t open)
{
    return (unsigned)unpack(open, ORDERS_SHIFT, ORDERS_BITS);
}

int64_t tsl__open_get(int64_t open, tsl_date_order order)
{
    const int number[3] = {unpack(open, FIRST_SHIFT, PART_BITS), unpack(open, MIDDLE_SHIFT, PART_BITS),
                           unpack(open, LAST_SHIFT, YEAR_BITS)};
    int64_t midnight;
    if (!(tsl__open_get_orders(open) & TSL__ORDER(order)) ||
        check_order(number, unpack(open, TWO_SHIFT, 1), order, -1, &midnight) != TSL__DATE_GOOD) {
        return TSL_MISSING_INT;
    }
    return midnight + unpack(open, 0, CLOCK_BITS);
}

int tsl__open_get_offset(int64_t open, int32_t *offset)
{
    int zone = unpack(open, ZONE_SHIFT, ZONE_BITS);
    *offset = zone ? (zone - ZONE_UTC) * 60 : 0;
    return zone != 0;
}

int tsl__moment_add_clock(tsl__moment *m, int seconds)
{
    const int64_t clock = m->open ? unpack(m->open, 0, CLOCK_BITS) : m->seconds % TSL__DAY_SECONDS;
    if (clock || m->has_zone) {
        return 0;
    }
    m->has_clock = 1;
    m->open = m->open ? (m->open & ~TSL__TIME_OPEN_DAY) + seconds : 0;
    m->seconds += m->seconds != TSL_MISSING_INT ? seconds : 0;
    return 1;
}

int64_t tsl__moment_get_value(const tsl__moment *moment)
{
    if (moment->seconds == TSL_MISSING_INT) {
        return moment->open ? moment->open : TSL_MISSING_INT;
    }
    if (moment->has_zone) {
        return TSL__TIME_INSTANT + moment->seconds - moment->offset;
    }
    return moment->has_clock ? moment->seconds : TSL__TIME_DAY + moment->seconds;
}
