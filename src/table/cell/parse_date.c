/* parse_date.c: reads dates and times in a cell. */
#include "table/cell/parse_date.h"

#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2200
#define COMPACT_TIME 14 /* 20171231235959 */

typedef struct cursor {
    const char *p, *end;
} cursor;

/* Up to `most` digits; their count, the value in *value. */
static int take_digits(cursor *c, int most, int *value)
{
    int count = 0;
    *value = 0;
    while (c->p < c->end && count < most && tsl__is_digit(*c->p)) {
        *value = *value * 10 + (*c->p++ - '0');
        count++;
    }
    return count;
}

static int take(cursor *c, const char *text)
{
    size_t n = strlen(text);
    if ((size_t)(c->end - c->p) < n || memcmp(c->p, text, n) != 0) {
        return 0;
    }
    c->p += n;
    return 1;
}

static int take_folded(cursor *c, const char *lower)
{
    size_t n = strlen(lower);
    if ((size_t)(c->end - c->p) < n) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        if ((c->p[i] | 0x20) != lower[i]) {
            return 0;
        }
    }
    c->p += n;
    return 1;
}

static void take_spaces(cursor *c)
{
    while (c->p < c->end && *c->p == ' ') {
        c->p++;
    }
}

/* "Z", "UTC", "+08:00", "+0800", "+08"; 0 where what stands there is no zone. */
static int take_zone(cursor *c)
{
    int hours, minutes;
    take_spaces(c);
    if (c->p == c->end || take(c, "Z") || take(c, "UTC") || take(c, "GMT")) {
        return 1;
    }
    if (!take(c, "+") && !take(c, "-")) {
        return 0;
    }
    if (take_digits(c, 2, &hours) != 2) {
        return 0;
    }
    int colon = take(c, ":"), digits = take_digits(c, 2, &minutes);
    return (digits == 2 || (digits == 0 && !colon)) && hours < 24 && minutes < 60;
}

/* ":MM[:SS[.fff]]" [am|pm] [zone] behind an hour. */
static int take_clock(cursor *c, int *seconds)
{
    int h, m, s = 0, fraction, digits = take_digits(c, 2, &h);
    if (digits < 1 || !take(c, ":") || take_digits(c, 2, &m) != 2) {
        return 0;
    }
    if (take(c, ":")) {
        if (take_digits(c, 2, &s) != 2) {
            return 0;
        }
        if ((take(c, ".") || take(c, ",")) && take_digits(c, 9, &fraction) == 0) {
            return 0;
        }
    }
    take_spaces(c);
    int am = take_folded(c, "am"), pm = !am && take_folded(c, "pm");
    if (am || pm) {
        if (h < 1 || h > 12) {
            return 0;
        }
        h = h % 12 + (pm ? 12 : 0);
    }
    if (h > 23 || m > 59 || s > 59) {
        return 0;
    }
    *seconds = h * 3600 + m * 60 + s;
    return take_zone(c) && c->p == c->end;
}

/* What may follow a date: nothing, or a space or "T" and a time. */
static int take_rest(cursor *c, int *seconds)
{
    *seconds = 0;
    if (c->p == c->end) {
        return 1;
    }
    if (!take(c, "T") && !take(c, "t") && *c->p != ' ') {
        return 0;
    }
    take_spaces(c);
    return take_clock(c, seconds);
}

int tsl__time_is_year(double number)
{
    return number >= FIRST_YEAR && number <= LAST_YEAR && number == floor(number);
}

int tsl__time_is_of_calendar(int64_t seconds)
{
    return seconds >= (int64_t)tsl__day_make(FIRST_YEAR, 1, 1) * TSL__DAY_SECONDS &&
           seconds < (int64_t)tsl__day_make(LAST_YEAR + 1, 1, 1) * TSL__DAY_SECONDS;
}

static int make_time(int y, int m, int d, int seconds, int64_t *value)
{
    if (y < FIRST_YEAR || y > LAST_YEAR || !tsl__date_check(y, m, d)) {
        return 0;
    }
    *value = (int64_t)tsl__day_make(y, m, d) * TSL__DAY_SECONDS + seconds;
    return 1;
}

/* 20171231, 20171231235959 */
static tsl__time_form read_compact(tsl__span cell, int64_t *value)
{
    cursor c = {cell.s, cell.s + cell.n};
    int y, m, d, h = 0, min = 0, s = 0;
    if (cell.n != 8 && cell.n != COMPACT_TIME) {
        return TSL__TIME_BAD;
    }
    if (take_digits(&c, 4, &y) + take_digits(&c, 2, &m) + take_digits(&c, 2, &d) != 8) {
        return TSL__TIME_BAD;
    }
    if (cell.n == COMPACT_TIME && take_digits(&c, 2, &h) + take_digits(&c, 2, &min) + take_digits(&c, 2, &s) != 6) {
        return TSL__TIME_BAD;
    }
    if (h > 23 || min > 59 || s > 59) {
        return TSL__TIME_BAD;
    }
    return make_time(y, m, d, h * 3600 + min * 60 + s, value) ? TSL__TIME_YMD : TSL__TIME_BAD;
}

/* The month and day behind a year: 2017-12-31, 2017/12/31, 2017.12.31, 2017年12月31日. */
static tsl__time_form read_year_first(cursor c, int y, int64_t *value)
{
    int m, d, seconds = 0;
    const char *first = take(&c, "-") ? "-" : take(&c, "/") ? "/" : take(&c, ".") ? "." : take(&c, "年") ? "月" : NULL;
    if (!first || take_digits(&c, 2, &m) < 1 || !take(&c, first) || take_digits(&c, 2, &d) < 1) {
        return TSL__TIME_BAD;
    }
    if (*first == *"月") {
        if (!take(&c, "日")) {
            return TSL__TIME_BAD;
        }
        if (c.p < c.end && *c.p != ' ') { /* a time may follow without a space */
            return take_clock(&c, &seconds) && make_time(y, m, d, seconds, value) ? TSL__TIME_YMD : TSL__TIME_BAD;
        }
    }
    return take_rest(&c, &seconds) && make_time(y, m, d, seconds, value) ? TSL__TIME_YMD : TSL__TIME_BAD;
}

static int64_t pack(int y, int a, int b, int seconds)
{
    return TSL__TIME_OPEN_BIT | (int64_t)y << 30 | (int64_t)a << 25 | (int64_t)b << 20 | seconds;
}

int64_t tsl__time_open_get(int64_t open, int month_first)
{
    int y = (int)(open >> 30 & 0xFFF), a = (int)(open >> 25 & 0x1F), b = (int)(open >> 20 & 0x1F);
    int64_t value;
    return make_time(y, month_first ? a : b, month_first ? b : a, (int)(open & 0xFFFFF), &value) ? value
                                                                                                 : TSL_MISSING_INT;
}

/* The rest behind a first number of one or two digits: 31.12.2017, 12/31/2017, 31-12-2017. */
static tsl__time_form read_year_last(cursor c, int a, int64_t *value)
{
    const char *sign = take(&c, ".") ? "." : take(&c, "/") ? "/" : take(&c, "-") ? "-" : NULL;
    int b, y, seconds;
    if (!sign || take_digits(&c, 2, &b) < 1 || !take(&c, sign) || take_digits(&c, 4, &y) != 4 ||
        !take_rest(&c, &seconds)) {
        return TSL__TIME_BAD;
    }
    if (*sign == '.') {
        return make_time(y, b, a, seconds, value) ? TSL__TIME_DMY : TSL__TIME_BAD;
    }
    if (a > 31 || b > 31 || y > LAST_YEAR) {
        return TSL__TIME_BAD;
    }
    *value = pack(y, a, b, seconds);
    return TSL__TIME_OPEN;
}

tsl__time_form tsl__time_read(tsl__span cell, int64_t *value)
{
    cursor c = {cell.s, cell.s + cell.n};
    int first, digits = take_digits(&c, 4, &first);
    if (digits == 4 && c.p < c.end && tsl__is_digit(*c.p)) {
        return read_compact(cell, value);
    }
    if (digits == 4) {
        return read_year_first(c, first, value);
    }
    return digits == 1 || digits == 2 ? read_year_last(c, first, value) : TSL__TIME_BAD;
}

int tsl__time_has_clock(tsl__span cell)
{
    return memchr(cell.s, ':', cell.n) || (cell.n == COMPACT_TIME && tsl__is_digit(cell.s[4]));
}
