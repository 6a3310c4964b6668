/* clock_length.c: hours, minutes and seconds -> minutes. */
#include "table/cell/clock_length.h"

#include "table/cell/text_cursor.h"

#define MOST_DIGITS 6 /* of days and hours */

/* "1 day, ", "0 days ": what Python and pandas write before the clock; 0: neither stands here. */
static int take_days(tsl__cursor *c, int *days)
{
    const tsl__cursor begin = *c;
    if (tsl__cursor_digits(c, MOST_DIGITS, days) && tsl__cursor_spaces(c) == 1 && tsl__cursor_take(c, "day")) {
        (void)tsl__cursor_take(c, "s");
        (void)tsl__cursor_take(c, ",");
        if (tsl__cursor_spaces(c) == 1) {
            return 1;
        }
    }
    *c = begin;
    *days = 0;
    return 0;
}

/* ":05" below sixty. */
static int take_sixty(tsl__cursor *c, int *value)
{
    return tsl__cursor_take(c, ":") && tsl__cursor_digits(c, 2, value) == 2 && *value < 60;
}

/* ".25" of a second, in billionths; further digits are none that matter. */
static int take_fraction(tsl__cursor *c, int *billionths)
{
    int digits, rest;
    *billionths = 0;
    if (c->p == c->end || !tsl__cursor_take(c, ".")) {
        return 1;
    }
    digits = tsl__cursor_digits(c, 9, billionths);
    for (int i = digits; i < 9; i++) {
        *billionths *= 10;
    }
    return digits && !tsl__cursor_digits(c, 1, &rest);
}

int tsl__clock_length_read(tsl__span cell, tsl__decimal *minutes)
{
    tsl__cursor c = {cell.s, cell.s + cell.n};
    int days, hours, minute, second, billionths;
    const int has_days = take_days(&c, &days);
    if (!tsl__cursor_digits(&c, MOST_DIGITS, &hours) || (has_days && hours > 23) || !take_sixty(&c, &minute) ||
        !take_sixty(&c, &second) || !take_fraction(&c, &billionths) || c.p != c.end) {
        return 0;
    }
    const int64_t seconds = ((int64_t)days * 24 + hours) * 3600 + minute * 60 + second;
    *minutes = tsl__decimal_divide(tsl__decimal_make((__int128)seconds * 1000000000 + billionths, -9, 0),
                                   tsl__decimal_make(60, 0, 0));
    return 1;
}
