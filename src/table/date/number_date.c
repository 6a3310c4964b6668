/* number_date.c: reads numbers alone as times. */
#include "table/date/number_date.h"

#include "base/calendar.h"
#include "table/cell/text_cursor.h"
#include "table/date/day_parts.h"

#define DAY_DIGITS 8      /* 20171231 */
#define MINUTE_DIGITS 12  /* 201712312359: as milliseconds, a time of the year 1976 */
#define COMPACT_DIGITS 14 /* 20171231235959 */
#define MOST_SERIAL 80000 /* in 2119 */
#define SERIAL_DIGITS 5
#define SERIAL_BASE 25569 /* of 1970-01-01 */
#define NO_SERIAL 60      /* 1900-02-29, which a spreadsheet counts, and which never was */
#define MOST_DAYS 31      /* of a month */
#define MOST_DIGITS 19    /* of nanoseconds: fit 64 bits without a sign */
#define EXACT_DIGITS 12   /* of a fraction of a day */

/* Seconds since 1970 by their digits: from 1973 (in ms, µs and ns likewise) to the year 2200. */
typedef struct epoch {
    tsl__date_form form;
    size_t least, most; /* digits */
    uint64_t unit;      /* of one second */
} epoch;

static const epoch epochs[] = {
    {TSL__DATE_SECONDS, 9, 10, 1},
    {TSL__DATE_MILLISECONDS, 12, 13, 1000},
    {TSL__DATE_MICROSECONDS, 15, 16, 1000000},
    {TSL__DATE_NANOSECONDS, 18, MOST_DIGITS, 1000000000},
};

int tsl__number_date_is(tsl__span cell)
{
    size_t points = 0;
    for (size_t i = 0; i < cell.n; i++) {
        points += cell.s[i] == '.';
        if (!tsl__is_digit(cell.s[i]) && cell.s[i] != '.') {
            return 0;
        }
    }
    return cell.n && points <= 1 && cell.s[0] != '.' && cell.s[cell.n - 1] != '.';
}

static void read_compact(tsl__span cell, tsl__moment *out)
{
    tsl__cursor c = {cell.s, cell.s + cell.n};
    tsl__day_parts day = {.weekday = -1};
    int h = 0, min = 0, s = 0;
    tsl__cursor_digits(&c, 4, &day.year);
    tsl__cursor_digits(&c, 2, &day.month);
    tsl__cursor_digits(&c, 2, &day.mday);
    day.has_clock = cell.n > DAY_DIGITS;
    tsl__cursor_digits(&c, 2, &h); /* none leaves 0 */
    tsl__cursor_digits(&c, 2, &min);
    tsl__cursor_digits(&c, 2, &s);
    day.clock.seconds = h * 3600 + min * 60 + s;
    if (min > 59 || s > 59 || day.clock.seconds > TSL__DAY_SECONDS) {
        out->fault = TSL__DATE_NO_CLOCK;
        return;
    }
    tsl__day_parts_settle(&day, TSL__DATE_COMPACT, out);
}

/* The fraction of a day in whole seconds, rounded: 14:30 is .604166666667, or fewer digits of it. */
static int64_t round_day(const char *digits, size_t n)
{
    int64_t value = 0, unit = 1;
    for (size_t i = 0; i < n && i < EXACT_DIGITS; i++) {
        value = value * 10 + (digits[i] - '0');
        unit *= 10;
    }
    return (value * TSL__DAY_SECONDS + unit / 2) / unit;
}

static void read_serial(int64_t whole, const char *fraction, size_t n, tsl__moment *out)
{
    if (whole < 1 || whole > MOST_SERIAL || whole == NO_SERIAL) {
        out->fault = whole == NO_SERIAL ? TSL__DATE_NO_DAY : TSL__DATE_NO_FORM;
        return;
    }
    int64_t seconds = round_day(fraction, n);
    out->form = TSL__DATE_SERIAL;
    out->has_clock = seconds > 0; /* 45292.0 is 45292, as some programs write whole numbers */
    out->seconds = (whole - SERIAL_BASE + (whole < NO_SERIAL)) * TSL__DAY_SECONDS + seconds;
}

void tsl__number_date_read(tsl__span cell, tsl__moment *out)
{
    uint64_t whole = 0;
    size_t n = 0;
    *out = (tsl__moment){.fault = TSL__DATE_NO_FORM, .seconds = TSL_MISSING_INT};
    for (; n < cell.n && cell.s[n] != '.' && n < MOST_DIGITS; n++) {
        whole = whole * 10 + (uint64_t)(cell.s[n] - '0');
    }
    const int has_point = n < cell.n && cell.s[n] == '.', is_long = n < cell.n && !has_point;
    const size_t decimals = has_point ? cell.n - n - 1 : 0;
    int is_compact = !has_point && (n == DAY_DIGITS || n == MINUTE_DIGITS || n == COMPACT_DIGITS);
    if (is_long || (n > 1 && cell.s[0] == '0' && !is_compact)) {
        return;
    }
    if (n == 1 && whole == 0 && !has_point) {
        out->fault = TSL__DATE_PLACEHOLDER;
    } else if (is_compact) {
        read_compact(cell, out);
    } else if (n <= SERIAL_DIGITS) {
        read_serial((int64_t)whole, cell.s + n + has_point, decimals, out);
    }
    for (size_t i = 0; out->form == TSL__DATE_NONE && i < sizeof epochs / sizeof *epochs; i++) {
        if (n >= epochs[i].least && n <= epochs[i].most && (epochs[i].unit == 1 || !has_point) &&
            tsl__time_is_of_calendar((int64_t)(whole / epochs[i].unit))) {
            out->form = epochs[i].form;
            out->has_clock = out->has_zone = 1;
            out->seconds = (int64_t)(whole / epochs[i].unit);
        }
    }
    if (out->form != TSL__DATE_NONE) {
        out->fault = TSL__DATE_GOOD;
    }
}

int tsl__serial_is_year(int64_t seconds)
{
    int32_t serial = tsl__time_day(seconds) + SERIAL_BASE;
    return seconds % TSL__DAY_SECONDS == 0 && tsl__time_is_year(serial);
}

int tsl__serial_is_day_of_month(int64_t seconds)
{
    return seconds % TSL__DAY_SECONDS == 0 &&
           tsl__time_day(seconds) <= MOST_DAYS - SERIAL_BASE + 1; /* before NO_SERIAL */
}
