/* parse_clock.c: reads the time of day in a cell. */
#include "table/date/parse_clock.h"

#include "base/calendar.h"
#include "base/zone.h"

/* The parts of a clock as they stand. */
typedef struct clock_parts {
    int hour, minute, second;
    int hour_alone; /* 1: nothing but the hour was written */
    int fraction;   /* 1: parts of a second were, and are not 0 */
} clock_parts;

/* The hours that a part of the day may stand before; `shift` is added to those up to 11, 12 becomes `noon`. */
typedef struct day_part {
    const char *text;
    int first, last; /* of 0 to 23, once shifted */
    int shift;
    int noon; /* what 12 means; -1: nothing, or two things */
} day_part;

/* 晚上12点 is the beginning of the day or its end, 晚上1点 that of the next: neither is read. */
static const day_part day_parts[] = {
    {"上午", 0, 11, 0, 0},    {"下午", 12, 23, 12, 12}, {"中午", 11, 14, 0, 12},
    {"晚上", 17, 23, 12, -1}, {"凌晨", 0, 6, 0, 0},     {"早上", 4, 11, 0, -1},
};

/* Digits behind the point. */
static int take_fraction(tsl__cursor *c, clock_parts *out)
{
    const char *from = c->p;
    while (c->p < c->end && tsl__is_digit(*c->p)) {
        out->fraction |= *c->p++ != '0';
    }
    return c->p > from;
}

/* ":26", ":26:59", ":26:59.5" behind an hour. */
static int take_minutes(tsl__cursor *c, clock_parts *out)
{
    if (tsl__cursor_digits(c, 2, &out->minute) != 2) {
        return 0;
    }
    if (!tsl__cursor_take(c, ":")) {
        return 1;
    }
    if (tsl__cursor_digits(c, 2, &out->second) != 2) {
        return 0;
    }
    return (!tsl__cursor_take(c, ".") && !tsl__cursor_take(c, ",")) || take_fraction(c, out);
}

/* "30分20秒" behind "14时"; nothing behind "14点". */
static int take_chinese_minutes(tsl__cursor *c, clock_parts *out)
{
    if (tsl__cursor_digits(c, 2, &out->minute) == 0) {
        return 1;
    }
    if (!tsl__cursor_take(c, "分")) {
        return 0;
    }
    return tsl__cursor_digits(c, 2, &out->second) == 0 || tsl__cursor_take(c, "秒");
}

static int take_parts(tsl__cursor *c, clock_parts *out)
{
    *out = (clock_parts){0};
    if (tsl__cursor_digits(c, 2, &out->hour) == 0) {
        return 0;
    }
    if (tsl__cursor_take(c, ":")) {
        return take_minutes(c, out);
    }
    if (tsl__cursor_take(c, "时") || tsl__cursor_take(c, "点")) {
        return take_chinese_minutes(c, out);
    }
    out->hour_alone = 1;
    return 1;
}

/* AM, pm, a.m., p. m.: 'a', 'p', or 0 for nothing. */
static char take_half(tsl__cursor *c)
{
    tsl__cursor at = *c;
    char half = 0;
    tsl__cursor_spaces(&at);
    if (tsl__cursor_letter(&at, 'a')) {
        half = 'a';
    } else if (tsl__cursor_letter(&at, 'p')) {
        half = 'p';
    }
    if (half && tsl__cursor_take(&at, ".")) {
        tsl__cursor_spaces(&at);
    }
    if (!half || !tsl__cursor_letter(&at, 'm')) {
        return 0;
    }
    tsl__cursor_take(&at, ".");
    *c = at;
    return half;
}

/* "09:05 Uhr", "14:30 h", "14 Uhr": a word for o'clock, and no zone. */
static int take_oclock(tsl__cursor *c)
{
    static const char *const words[] = {"uhr", "h"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        tsl__cursor at = *c;
        const char *letter = words[i];
        tsl__cursor_spaces(&at);
        while (*letter && tsl__cursor_letter(&at, *letter)) {
            letter++;
        }
        if (!*letter && (at.p == at.end || *at.p == ' ')) {
            *c = at;
            return 1;
        }
    }
    return 0;
}

/* The hour by the part of the day that stands before it; -1 where they do not go together. */
static int find_hour(const day_part *part, int hour)
{
    if (hour == 12) {
        return part->noon;
    }
    if (hour < 12) {
        hour += part->shift;
    }
    if (part->first == 11 && hour >= 1 && hour <= 2) { /* 中午1点 */
        hour += 12;
    }
    return hour >= part->first && hour <= part->last ? hour : -1;
}

/* "+08:00", "+0800", "+08", and, behind UTC, "+8"; `least` digits of the hour at least. */
static int take_offset(tsl__cursor *c, int least, tsl__day_clock *out)
{
    int hours, minutes = 0;
    int west = tsl__cursor_take(c, "-");
    if (!west && !tsl__cursor_take(c, "+")) {
        return 0;
    }
    if (tsl__cursor_digits(c, 2, &hours) < least) {
        return 0;
    }
    int colon = tsl__cursor_take(c, ":"), digits = tsl__cursor_digits(c, 2, &minutes);
    if ((digits != 2 && (digits != 0 || colon)) || minutes > 59 || hours * 60 + minutes > TSL__ZONE_MINUTES_MAX) {
        return 0;
    }
    out->has_zone = 1;
    out->offset = (west ? -60 : 60) * (hours * 60 + minutes);
    return 1;
}

static tsl__clock_fault take_zone(tsl__cursor *c, tsl__day_clock *out)
{
    int spaces = tsl__cursor_spaces(c);
    if (c->p == c->end) {
        return spaces ? TSL__CLOCK_BAD : TSL__CLOCK_GOOD;
    }
    if (tsl__cursor_take(c, "Z") || tsl__cursor_take(c, "z")) {
        out->has_zone = 1;
    } else if (tsl__cursor_take(c, "UTC") || tsl__cursor_take(c, "GMT")) {
        out->has_zone = 1;
        if (c->p < c->end && !take_offset(c, 1, out)) {
            return TSL__CLOCK_BAD;
        }
    } else if (tsl__is_lower(tsl__lower(*c->p))) {
        return TSL__CLOCK_ZONE_NAME;
    } else if (!take_offset(c, 2, out)) {
        return TSL__CLOCK_BAD;
    }
    return c->p == c->end ? TSL__CLOCK_GOOD : TSL__CLOCK_BAD;
}

/* The part of the day that stands here, or NULL. */
static const day_part *take_part(tsl__cursor *c)
{
    for (size_t i = 0; c->p < c->end && !tsl__is_digit(*c->p) && i < sizeof day_parts / sizeof *day_parts; i++) {
        if (tsl__cursor_take(c, day_parts[i].text)) {
            tsl__cursor_spaces(c);
            return &day_parts[i];
        }
    }
    return NULL;
}

tsl__clock_fault tsl__clock_take(tsl__cursor *c, tsl__day_clock *out)
{
    clock_parts parts;
    *out = (tsl__day_clock){0};
    const day_part *part = take_part(c);
    if (!take_parts(c, &parts)) {
        return TSL__CLOCK_BAD;
    }
    const char half = take_half(c);
    const int is_oclock = !half && take_oclock(c);
    if (half) {
        if (part || parts.hour < 1 || parts.hour > 12) {
            return TSL__CLOCK_BAD;
        }
        parts.hour = parts.hour % 12 + (half == 'p' ? 12 : 0);
    } else if (parts.hour_alone && !is_oclock) {
        return TSL__CLOCK_BAD;
    }
    if (part) {
        parts.hour = find_hour(part, parts.hour);
    }
    int is_end = parts.hour == 24 && !parts.minute && !parts.second && !parts.fraction;
    if (parts.hour < 0 || (parts.hour > 23 && !is_end) || parts.minute > 59 || parts.second > 59) {
        return TSL__CLOCK_BAD;
    }
    out->seconds = parts.hour * 3600 + parts.minute * 60 + parts.second;
    return take_zone(c, out);
}

int tsl__clock_read(tsl__span cell)
{
    tsl__cursor c = {cell.s, cell.s + cell.n};
    tsl__day_clock clock;
    int hour, minute, second;
    if (cell.n == 6 && tsl__cursor_digits(&c, 2, &hour) == 2 && tsl__cursor_digits(&c, 2, &minute) == 2 &&
        tsl__cursor_digits(&c, 2, &second) == 2) {
        return hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : -1;
    }
    c.p = cell.s;
    return tsl__clock_take(&c, &clock) == TSL__CLOCK_GOOD && !clock.has_zone ? clock.seconds : -1;
}
