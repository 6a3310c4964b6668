/* zone_rule.c: reads and asks a POSIX TZ text (POSIX.1, 8.3; RFC 8536, 3.3.1). */
#include "base/zone_rule.h"

#include "base/calendar.h"
#include "base/text.h"

#define HOUR 3600
#define SHORTEST_NAME 3
#define MOST_OFFSET_HOURS 24
#define MOST_CHANGE_HOURS 167
#define USUAL_CHANGE (2 * HOUR)

typedef struct rule_text {
    const char *p, *end;
} rule_text;

static int take_sign(rule_text *t, char sign)
{
    if (t->p == t->end || *t->p != sign) {
        return 0;
    }
    t->p++;
    return 1;
}

/* A number from least to most; 0 on success. */
static int take_number(rule_text *t, int least, int most, int *out)
{
    const char *from = t->p;
    int value = 0;
    while (t->p < t->end && tsl__is_digit(*t->p) && value <= most) {
        value = value * 10 + (*t->p++ - '0');
    }
    *out = value;
    return t->p == from || value < least || value > most ? -1 : 0;
}

/* CET, or <+08>; 0 on success. */
static int take_name(rule_text *t)
{
    int quoted = take_sign(t, '<');
    const char *from = t->p;
    while (t->p < t->end &&
           (tsl__is_lower(tsl__lower(*t->p)) || (quoted && (tsl__is_digit(*t->p) || *t->p == '+' || *t->p == '-')))) {
        t->p++;
    }
    int length = (int)(t->p - from);
    return length < SHORTEST_NAME || (quoted && !take_sign(t, '>')) ? -1 : 0;
}

/* [+-]hh[:mm[:ss]] in seconds; 0 on success. */
static int take_time(rule_text *t, int most_hours, int32_t *out)
{
    int hours, minutes = 0, seconds = 0;
    int negative = take_sign(t, '-');
    if (!negative) {
        take_sign(t, '+');
    }
    if (take_number(t, 0, most_hours, &hours) || (take_sign(t, ':') && take_number(t, 0, 59, &minutes)) ||
        (take_sign(t, ':') && take_number(t, 0, 59, &seconds))) {
        return -1;
    }
    *out = (negative ? -1 : 1) * (hours * HOUR + minutes * 60 + seconds);
    return 0;
}

/* ",M3.5.0/2", ",J60", ",0"; 0 on success. */
static int take_change(rule_text *t, tsl__zone_change *out)
{
    *out = (tsl__zone_change){.kind = 'D', .seconds = USUAL_CHANGE};
    if (!take_sign(t, ',')) {
        return -1;
    }
    if (take_sign(t, 'M')) {
        out->kind = 'M';
        if (take_number(t, 1, 12, &out->month) || !take_sign(t, '.') || take_number(t, 1, 5, &out->week) ||
            !take_sign(t, '.') || take_number(t, 0, 6, &out->day)) {
            return -1;
        }
    } else if (take_sign(t, 'J')) {
        out->kind = 'J';
        if (take_number(t, 1, 365, &out->day)) {
            return -1;
        }
    } else if (take_number(t, 0, 365, &out->day)) {
        return -1;
    }
    return take_sign(t, '/') ? take_time(t, MOST_CHANGE_HOURS, &out->seconds) : 0;
}

int tsl__zone_rule_read(const char *text, size_t n, tsl__zone_rule *out)
{
    rule_text t = {text, text + n};
    *out = (tsl__zone_rule){0};
    if (take_name(&t) || take_time(&t, MOST_OFFSET_HOURS, &out->offset)) {
        return -1;
    }
    out->offset = -out->offset; /* POSIX counts to the west */
    if (t.p == t.end) {
        return 0;
    }
    out->has_summer = 1;
    out->summer_offset = out->offset + HOUR;
    if (take_name(&t)) {
        return -1;
    }
    if (t.p < t.end && *t.p != ',') {
        if (take_time(&t, MOST_OFFSET_HOURS, &out->summer_offset)) {
            return -1;
        }
        out->summer_offset = -out->summer_offset;
    }
    return take_change(&t, &out->begin) || take_change(&t, &out->end) || t.p < t.end ? -1 : 0;
}

/* The day of a year on which the clock changes. */
static int32_t find_day(const tsl__zone_change *change, int year)
{
    int32_t first = tsl__day_make(year, 1, 1);
    if (change->kind == 'D') {
        return first + change->day;
    }
    if (change->kind == 'J') {
        int leap = tsl__date_check(year, 2, 29);
        return first + change->day - 1 + (leap && change->day >= 60);
    }
    int32_t month = tsl__day_make(year, change->month, 1);
    int weekday = (tsl__day_weekday(month) + 1) % 7; /* from Sunday */
    int32_t day = month + (change->day - weekday + 7) % 7 + 7 * (change->week - 1);
    int32_t next = change->month == 12 ? tsl__day_make(year + 1, 1, 1) : tsl__day_make(year, change->month + 1, 1);
    return day < next ? day : day - 7; /* week 5: the last */
}

/* In seconds of UTC; `offset` is that before it. */
static int64_t find_change(const tsl__zone_change *change, int year, int32_t offset)
{
    return (int64_t)find_day(change, year) * TSL__DAY_SECONDS + change->seconds - offset;
}

int32_t tsl__zone_rule_get_offset(const tsl__zone_rule *rule, int64_t utc)
{
    int year, month, day;
    if (!rule->has_summer) {
        return rule->offset;
    }
    tsl__day_split(tsl__time_day(utc + rule->offset), &year, &month, &day);
    int64_t begin = find_change(&rule->begin, year, rule->offset);
    int64_t end = find_change(&rule->end, year, rule->summer_offset);
    int summer = begin < end ? utc >= begin && utc < end : utc >= begin || utc < end;
    return summer ? rule->summer_offset : rule->offset;
}
