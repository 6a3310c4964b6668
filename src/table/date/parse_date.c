/* parse_date.c: reads dates and times in a cell. */
#include "table/date/parse_date.h"

#include "base/calendar.h"
#include "table/date/date_words.h"
#include "table/date/day_parts.h"
#include "table/date/fixed_time.h"
#include "table/date/number_date.h"
#include "table/date/parse_clock.h"

#define LONGEST_CELL 64

static inline int read_fixed(tsl__span cell, tsl__moment *out)
{
    tsl__fixed_time time;
    if (!tsl__fixed_time_read(cell, &time)) {
        return 0;
    }
    *out = (tsl__moment){.form = TSL__DATE_YEAR_FIRST,
                         .has_clock = time.has_clock,
                         .has_zone = time.has_zone,
                         .seconds = (int64_t)time.day * TSL__DAY_SECONDS + time.second};
    return 1;
}

/* ---- What stands behind a date ----------------------------------------------------- */

static int fail(tsl__date_fault fault, tsl__moment *out)
{
    *out = (tsl__moment){.fault = fault, .seconds = TSL_MISSING_INT};
    return 0;
}

/* A weekday, where none stood before; a comma behind it. */
static void take_weekday(tsl__cursor *c, tsl__day_parts *parts)
{
    tsl__cursor at = *c;
    int weekday = parts->weekday < 0 && !tsl__is_digit(*c->p) ? tsl__weekday_take(&at) : -1;
    if (weekday >= 0) {
        parts->weekday = weekday;
        tsl__cursor_take(&at, ",");
        *c = at;
    }
}

/* Nothing, or a weekday, and a time of day: behind "T", a comma, a space; behind 日 without any. */
static tsl__date_fault take_rest(tsl__cursor *c, int is_chinese, tsl__day_parts *parts)
{
    int apart = is_chinese;
    if (c->end - c->p > 1 && (*c->p == 'T' || *c->p == 't') && tsl__is_digit(c->p[1])) {
        c->p++;
        apart = 1;
    } else if (c->p < c->end) {
        apart |= tsl__cursor_take(c, ",");
        apart |= tsl__cursor_spaces(c);
        if (c->p < c->end) {
            take_weekday(c, parts);
        }
        if (c->p == c->end) {
            return c->p[-1] == ' ' || c->p[-1] == ',' ? TSL__DATE_NO_FORM : TSL__DATE_GOOD;
        }
        apart |= tsl__cursor_spaces(c);
    }
    if (c->p == c->end) {
        return TSL__DATE_GOOD;
    }
    tsl__clock_fault fault = apart ? tsl__clock_take(c, &parts->clock) : TSL__CLOCK_BAD;
    parts->has_clock = fault == TSL__CLOCK_GOOD;
    return fault == TSL__CLOCK_GOOD        ? TSL__DATE_GOOD
           : fault == TSL__CLOCK_ZONE_NAME ? TSL__DATE_ZONE_NAME
           : apart                         ? TSL__DATE_NO_CLOCK
                                           : TSL__DATE_NO_FORM;
}

static int finish(tsl__cursor *c, int is_chinese, tsl__date_form form, tsl__day_parts *parts, tsl__moment *out)
{
    tsl__date_fault fault = take_rest(c, is_chinese, parts);
    if (fault != TSL__DATE_GOOD) {
        return fail(fault, out);
    }
    tsl__day_parts_settle(parts, form, out);
    return out->form != TSL__DATE_NONE;
}

/* ---- The forms ---------------------------------------------------------------------- */

/* The sign between two parts of a date: one of - / . or nothing that is passed. */
static char take_sign(tsl__cursor *c)
{
    return c->p < c->end && (*c->p == '-' || *c->p == '/' || *c->p == '.') ? *c->p++ : 0;
}

/* Behind a year: 2017-12-31, 2017/12/31, 2017.12.31, 2017年12月31日, 2017-Dec-31. */
static int read_year_first(tsl__cursor c, tsl__day_parts *parts, tsl__moment *out)
{
    char sign = take_sign(&c);
    int is_chinese = !sign && tsl__cursor_take(&c, "年");
    if (!sign && !is_chinese) {
        return fail(TSL__DATE_NO_FORM, out);
    }
    if (tsl__cursor_digits(&c, 2, &parts->month) < 1 && (is_chinese || !(parts->month = tsl__month_take(&c)))) {
        return fail(TSL__DATE_NO_FORM, out);
    }
    if (!(is_chinese ? tsl__cursor_take(&c, "月") : take_sign(&c) == sign) ||
        tsl__cursor_digits(&c, 2, &parts->mday) < 1) {
        return fail(TSL__DATE_NO_FORM, out);
    }
    if (is_chinese && !tsl__cursor_take(&c, "日") && !tsl__cursor_take(&c, "号")) {
        return fail(TSL__DATE_NO_FORM, out);
    }
    return finish(&c, is_chinese, TSL__DATE_YEAR_FIRST, parts, out);
}

/* Behind a first number of one or two digits: 31.12.2017, 12/31/2017, 31-12-2017, 2/24/11, 11-2-24. */
static int read_three_numbers(tsl__cursor c, int first_digits, tsl__day_parts *parts, tsl__moment *out)
{
    char sign = take_sign(&c);
    if (tsl__cursor_digits(&c, 2, &parts->month) < 1 || take_sign(&c) != sign) {
        return fail(TSL__DATE_NO_FORM, out);
    }
    int digits = tsl__cursor_digits(&c, 4, &parts->mday);
    if (digits == 4 && sign == '.') {
        int year = parts->mday;
        parts->mday = parts->year;
        parts->year = year;
        return finish(&c, 0, TSL__DATE_DAY_FIRST, parts, out);
    }
    unsigned orders = first_digits == 2 && digits <= 2 ? TSL__ORDER(TSL_DATES_YMD) : 0;
    if (digits == 2 || digits == 4) {
        orders |= TSL__ORDER(TSL_DATES_DMY) | (sign == '.' ? 0 : TSL__ORDER(TSL_DATES_MDY));
    }
    tsl__date_fault fault = digits && digits != 3 ? take_rest(&c, 0, parts) : TSL__DATE_NO_FORM;
    if (fault != TSL__DATE_GOOD || !orders) {
        return fail(fault != TSL__DATE_GOOD ? fault : TSL__DATE_NO_FORM, out);
    }
    tsl__day_parts_open(parts, digits == 4 ? TSL__DATE_YEAR_LAST : TSL__DATE_TWO_DIGITS, orders, out);
    return out->form != TSL__DATE_NONE;
}

/* What may stand between a day, the name of a month and a year: points, commas, dashes, spaces, "de". */
static void pass_between(tsl__cursor *c)
{
    tsl__cursor_take(c, ".");
    tsl__cursor_take(c, ",");
    tsl__cursor_spaces(c);
    if (tsl__cursor_take(c, "de ") || take_sign(c)) {
        tsl__cursor_spaces(c);
    }
}

/* 1st, 2nd, 3rd, 4th, 1er: the ending behind a number. */
static void pass_ordinal(tsl__cursor *c)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "er"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        tsl__cursor at = *c;
        if (tsl__cursor_take(&at, endings[i]) && at.p < at.end && (*at.p == ' ' || *at.p == ',')) {
            *c = at;
            return;
        }
    }
}

/* A year of four digits, or of two behind the day and month. */
static int take_year(tsl__cursor *c, tsl__day_parts *parts, tsl__date_form *form)
{
    int digits = tsl__cursor_digits(c, 4, &parts->year);
    *form = digits == 2 ? TSL__DATE_NAME_AND_TWO : TSL__DATE_MONTH_NAME;
    if (digits == 2) {
        parts->year = tsl__two_digit_year(parts->year);
    }
    return digits == 2 || digits == 4;
}

/* Behind a day: 24-Jan-2024, 3 Jan 2024, 3. Januar 2024, 3 de enero de 2024, 1er janvier 2024, 3rd Jan 2024. */
static int read_day_and_name(tsl__cursor c, tsl__day_parts *parts, tsl__moment *out)
{
    tsl__date_form form;
    parts->mday = parts->year;
    pass_ordinal(&c);
    pass_between(&c);
    parts->month = tsl__month_take(&c);
    pass_between(&c);
    if (!parts->month || !take_year(&c, parts, &form)) {
        return fail(TSL__DATE_NO_FORM, out);
    }
    return finish(&c, 0, form, parts, out);
}

/* Jan 3, 2024; January 3rd 2024; Jan-03-2024. */
static int read_name_first(tsl__cursor c, tsl__day_parts *parts, tsl__moment *out)
{
    tsl__date_form form;
    parts->month = tsl__month_take(&c);
    pass_between(&c);
    if (!parts->month || tsl__cursor_digits(&c, 2, &parts->mday) < 1 || c.p == c.end || tsl__is_digit(*c.p)) {
        return fail(TSL__DATE_NO_FORM, out);
    }
    pass_ordinal(&c);
    pass_between(&c);
    if (!take_year(&c, parts, &form) || form != TSL__DATE_MONTH_NAME) {
        return fail(TSL__DATE_NO_FORM, out);
    }
    return finish(&c, 0, form, parts, out);
}

/* A date behind what weekday there was. */
static int read_date(tsl__cursor c, int weekday, tsl__moment *out)
{
    tsl__day_parts parts = {.weekday = weekday};
    int digits = tsl__cursor_digits(&c, 4, &parts.year);
    if (digits == 0) {
        return read_name_first(c, &parts, out);
    }
    if (digits == 4) {
        return read_year_first(c, &parts, out);
    }
    if (digits == 3) {
        return fail(TSL__DATE_NO_FORM, out);
    }
    if (c.end - c.p > 1 && (*c.p == '-' || *c.p == '/' || *c.p == '.') && tsl__is_digit(c.p[1])) {
        return read_three_numbers(c, digits, &parts, out);
    }
    return read_day_and_name(c, &parts, out);
}

/* A weekday may stand in front, if it is no month: "mar 3 janv 2024" is a Tuesday, "mar 3, 2024" a day of March. */
static int read_words(tsl__cursor c, tsl__moment *out)
{
    tsl__cursor at = c;
    int weekday = c.p < c.end && !tsl__is_digit(*c.p) ? tsl__weekday_take(&at) : -1;
    if (weekday < 0) {
        return read_date(c, -1, out);
    }
    tsl__cursor_take(&at, ".");
    tsl__cursor_take(&at, ",");
    tsl__cursor_spaces(&at);
    if (read_date(at, weekday, out) || out->fault != TSL__DATE_NO_FORM) {
        return out->form != TSL__DATE_NONE;
    }
    return read_date(c, -1, out);
}

/* ---- The cell ------------------------------------------------------------------------ */

/* The cell with wide digits and signs (２０２４／１／２) and other spaces as ASCII has them; 0 where it is too long. */
static size_t narrow(tsl__span cell, char out[LONGEST_CELL])
{
    static const char *const blanks[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE3\x80\x80"};
    tsl__cursor c = {cell.s, cell.s + cell.n};
    size_t n = 0;
    while (c.p < c.end) {
        char plain = *c.p;
        int is_blank = 0;
        for (size_t i = 0; (unsigned char)plain >= 0x80 && !is_blank && i < sizeof blanks / sizeof *blanks; i++) {
            is_blank = tsl__cursor_take(&c, blanks[i]);
        }
        if (is_blank) {
            plain = ' ';
        } else if (c.end - c.p >= 3 && memcmp(c.p, "\xEF\xBC", 2) == 0 && (unsigned char)c.p[2] >= 0x81) {
            plain = (char)((unsigned char)c.p[2] - 0x60); /* U+FF01 is ! */
            c.p += 3;
        } else {
            c.p++;
        }
        if (n == LONGEST_CELL) {
            return 0;
        }
        out[n++] = plain;
    }
    return n;
}

static int take_month(tsl__cursor *c, int *month)
{
    if (tsl__cursor_digits(c, 2, month) == 0) {
        *month = tsl__month_take(c);
    }
    return *month >= 1 && *month <= 12;
}

/* 2024-01, 2024年1月, 202401, 01/2024, "Jan 2024", "enero de 2024". */
static int is_month(tsl__span cell)
{
    tsl__cursor c = {cell.s, cell.s + cell.n}, first = c;
    int year, month, found = 0;
    if (tsl__cursor_digits(&c, 4, &year) == 4) {
        if (!tsl__cursor_take(&c, "年")) {
            pass_between(&c);
        }
        found = take_month(&c, &month);
        tsl__cursor_take(&c, "月");
    } else if (take_month(&first, &month)) {
        pass_between(&first);
        c = first;
        found = tsl__cursor_digits(&c, 4, &year) == 4;
    }
    return found && c.p == c.end && tsl__time_is_year(year);
}

/* A cell that is none of fixed width. */
static int read_plain(tsl__span cell, tsl__moment *out)
{
    if (cell.n == 0 || cell.n > LONGEST_CELL) {
        return fail(TSL__DATE_NO_FORM, out);
    }
    if (tsl__is_digit(cell.s[0]) && tsl__number_date_is(cell)) {
        tsl__number_date_read(cell, out);
        return out->form != TSL__DATE_NONE;
    }
    return read_words((tsl__cursor){cell.s, cell.s + cell.n}, out);
}

int tsl__moment_read(tsl__span cell, tsl__moment *out)
{
    char narrowed[LONGEST_CELL];
    if (read_fixed(cell, out) || read_plain(cell, out)) {
        return 1;
    }
    const tsl__span plain = {narrowed, narrow(cell, narrowed)};
    if (plain.n && plain.n != cell.n && read_plain(plain, out)) {
        return 1;
    }
    out->fault = out->fault == TSL__DATE_NO_FORM && is_month(plain) ? TSL__DATE_MONTH_ALONE : out->fault;
    return 0;
}

const char *tsl__date_fault_get_text(tsl__date_fault fault, tsl_date_order declared)
{
    static const char *const order_texts[] = {
        [TSL_DATES_AUTO] = "is not a date or time (2017-12-31, 31.12.2017, 12/31/2017 8:26 are)",
        [TSL_DATES_YMD] = "is not a date or time with the year first",
        [TSL_DATES_MDY] = "is not a date or time with the month first",
        [TSL_DATES_DMY] = "is not a date or time with the day first",
    };
    static const char *const texts[] = {
        [TSL__DATE_GOOD] = "is a date",
        [TSL__DATE_NO_DAY] = "is no day of the calendar",
        [TSL__DATE_MONTH_ALONE] = "is a month, and no day of it is told: one is expected (2024-01-01)",
        [TSL__DATE_NO_CLOCK] = "has no such time of day behind the date",
        [TSL__DATE_NO_YEAR] = "is not in the years 1900 to 2200",
        [TSL__DATE_ZONE_NAME] =
            "names a time zone, and most names stand for several: write its offset (+08:00), or UTC",
        [TSL__DATE_NO_WEEKDAY] = "does not fall on that weekday",
        [TSL__DATE_PLACEHOLDER] = "stands for no date",
    };
    return fault == TSL__DATE_NO_FORM || fault == TSL__DATE_OTHER_ORDER ? order_texts[declared] : texts[fault];
}
