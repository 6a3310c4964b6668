/* crm_mauled.c: texts that a spreadsheet takes for numbers, truth values, days or times, and shows otherwise than they
 * were. What it takes goes by its language; what any takes counts. */
#include "crm/crm_mauled.h"

#include "table/date/date_words.h"

#define LONGEST 40     /* of days and times, in bytes */
#define LONG_DIGITS 15 /* that a number keeps */
#define MOST_PARTS 3
#define LEAST_YEAR 1900 /* of those in four digits */

/* ---- Numbers ------------------------------------------------------------------------------------- */

static size_t take_digits(tsl__cursor *c)
{
    const char *from = c->p;
    while (c->p < c->end && tsl__is_digit(*c->p)) {
        c->p++;
    }
    return (size_t)(c->p - from);
}

/* Groups of thousands: ",234,567". Their digits. */
static size_t take_groups(tsl__cursor *c)
{
    size_t digits = 0;
    for (tsl__cursor at = *c; tsl__cursor_take(&at, ",") && take_digits(&at) == 3; *c = at) {
        digits += 3;
    }
    return digits;
}

/* "E5", "e-05", "E400", which some make the greatest number there is. */
static int take_exponent(tsl__cursor *c)
{
    tsl__cursor at = *c;
    if (!tsl__cursor_letter(&at, 'e')) {
        return 0;
    }
    if (!tsl__cursor_take(&at, "-")) {
        tsl__cursor_take(&at, "+");
    }
    const size_t digits = take_digits(&at);
    if (!digits || digits > 3) {
        return 0;
    }
    *c = at;
    return 1;
}

/* One of the signs, and blanks between it and the number: before it, or behind. */
static int take_sign(tsl__cursor *c, const char *const *signs)
{
    tsl__cursor at = *c;
    tsl__cursor_spaces(&at);
    while (*signs && !tsl__cursor_take(&at, *signs)) {
        signs++;
    }
    if (*signs) {
        tsl__cursor_spaces(&at);
        *c = at;
    }
    return *signs != NULL;
}

/* 007, +86138, 1234567890123456, 1E5, 1.50, .5, 1,234, -0, and those with more than a number about them, $100, 50%,
 * (123), 12-: numbers that are written otherwise afterwards. */
static int is_number(tsl__span cell)
{
    static const char *const before[] = {"$", "€", "£", "¥", "￥", NULL}, *const behind[] = {"%", "$",  "€", "£",
                                                                                             "¥", "￥", "-", NULL};
    tsl__cursor c = {cell.s, cell.s + cell.n};
    const int bracket = tsl__cursor_take(&c, "(");
    const int marked = take_sign(&c, before);
    const int plus = tsl__cursor_take(&c, "+"), minus = !plus && tsl__cursor_take(&c, "-");
    int dressed = bracket || marked || (minus && take_sign(&c, before));
    const char *first = c.p;
    const size_t whole = take_digits(&c), groups = whole && whole <= 3 ? take_groups(&c) : 0;
    const int point = tsl__cursor_take(&c, ".");
    const size_t part = point ? take_digits(&c) : 0;
    if (whole + part == 0) {
        return 0;
    }
    const char last = c.p[-1];
    const int exponent = take_exponent(&c);
    dressed |= take_sign(&c, behind);
    if (bracket && !tsl__cursor_take(&c, ")")) {
        return 0;
    }
    const int zero = *first == '0' && (whole > 1 || (minus && whole == 1 && !point));
    return c.p == c.end && (plus || groups || exponent || dressed || zero || whole == 0 ||
                            (point && (!part || last == '0')) || whole + part > LONG_DIGITS);
}

static int is_word(tsl__span cell, const char *lower)
{
    tsl__cursor c = {cell.s, cell.s + cell.n};
    while (*lower && tsl__cursor_letter(&c, *lower)) {
        lower++;
    }
    return !*lower && c.p == c.end;
}

/* TRUE, false: in capitals afterwards, or in the language of the program. */
static int is_truth(tsl__span cell)
{
    return is_word(cell, "true") || is_word(cell, "false");
}

/* ---- Days -------------------------------------------------------------------------------------------- */

/* The parts of a day: numbers, and of at most one of them the name of a month. */
typedef struct day_parts {
    int value[MOST_PARTS];
    int named; /* which is a name; -1: none */
    int count;
    char sign; /* between them; 0: none */
} day_parts;

static int is_month(int value)
{
    return value >= 1 && value <= 12;
}

static int is_day(int value)
{
    return value >= 1 && value <= 31;
}

static int is_year(int value)
{
    return value <= 99 || value >= LEAST_YEAR;
}

static int take_part(tsl__cursor *c, day_parts *to)
{
    int *value = &to->value[to->count];
    if (!tsl__cursor_digits(c, 4, value)) {
        *value = to->named < 0 ? tsl__month_take(c) : 0;
        to->named = *value ? to->count : to->named;
        if (!*value) {
            return 0;
        }
    }
    to->count++;
    return 1;
}

/* Parts with one sign between all of them: 3-4, 3/4/2020, 1.2.2024, MAR1, 1-Jan, Jan 2020. */
static int take_parts(tsl__span cell, day_parts *to)
{
    tsl__cursor c = {cell.s, cell.s + cell.n};
    while (c.p < c.end) {
        const char sign = to->count && strchr("-/. ", *c.p) ? *c.p++ : 0;
        to->sign = to->count == 1 ? sign : to->sign;
        if (to->count == MOST_PARTS || (to->count && sign != to->sign) || !take_part(&c, to)) {
            return 0;
        }
    }
    return to->count >= 2;
}

/* Of two parts one is a month, and the other a day or a year; of three one is each, the month never last. Signs between
 * numbers part no columns: 12 34 is none, and 1.5 is a number where files have commas. */
static int is_date(tsl__span cell)
{
    day_parts of = {.named = -1};
    if (!take_parts(cell, &of) || (of.named < 0 && (!of.sign || of.sign == ' ' || (of.count == 2 && of.sign == '.')))) {
        return 0;
    }
    const int *v = of.value;
    if (of.count == 2) {
        const int month_first = of.named != 1 && is_month(v[0]) && (is_day(v[1]) || is_year(v[1]));
        const int named_last = of.named == 1 && is_month(v[1]) && (is_day(v[0]) || is_year(v[0]));
        const int numbered_last = of.named < 0 && is_month(v[1]) && (is_day(v[0]) || v[0] >= LEAST_YEAR);
        return month_first || named_last || numbered_last;
    }
    const int day_first = is_day(v[0]) && is_month(v[1]) && is_year(v[2]);
    const int month_first = is_month(v[0]) && is_day(v[1]) && is_year(v[2]);
    const int year_first = is_year(v[0]) && is_month(v[1]) && is_day(v[2]);
    return of.named == 0   ? month_first
           : of.named == 2 ? 0
           : of.named == 1 ? day_first || year_first
                           : day_first || month_first || year_first;
}

/* 3月4日, 2024年3月, 2024年3月4日. */
static int is_chinese_date(tsl__span cell)
{
    tsl__cursor c = {cell.s, cell.s + cell.n};
    int value;
    if (!tsl__cursor_digits(&c, 4, &value)) {
        return 0;
    }
    const int has_year = tsl__cursor_take(&c, "年");
    if ((has_year && !tsl__cursor_digits(&c, 2, &value)) || !tsl__cursor_take(&c, "月") || !is_month(value)) {
        return 0;
    }
    const int has_day = tsl__cursor_digits(&c, 2, &value) && is_day(value) && tsl__cursor_take(&c, "日");
    return c.p == c.end && (has_year || has_day);
}

/* ---- Times ------------------------------------------------------------------------------------------- */

/* 12:30, 1:02:03, 1:02:03.5, 12:30 PM, 3 a. */
static int is_time(tsl__span cell)
{
    tsl__cursor c = {cell.s, cell.s + cell.n};
    int value, parts = 0;
    do {
        if (!tsl__cursor_digits(&c, 4, &value)) {
            return 0;
        }
        parts++;
    } while (parts < MOST_PARTS && tsl__cursor_take(&c, ":"));
    if (parts > 1 && tsl__cursor_take(&c, ".") && !take_digits(&c)) {
        return 0;
    }
    const int half = tsl__cursor_spaces(&c) == 1 && (tsl__cursor_letter(&c, 'a') || tsl__cursor_letter(&c, 'p'));
    if (half) {
        tsl__cursor_letter(&c, 'm');
    }
    return c.p == c.end && (parts > 1 || half);
}

/* A day and a time of it: 2024-01-02 03:04, 2024-01-02T03:04:05. */
static int is_moment(tsl__span cell)
{
    for (size_t i = cell.n; i-- > 0;) {
        const tsl__span day = {cell.s, i}, time = {cell.s + i + 1, cell.n - i - 1};
        if ((cell.s[i] == ' ' || cell.s[i] == 'T') && is_time(time) && is_date(day)) {
            return 1;
        }
    }
    return 0;
}

int tsl__is_mauled(tsl__span cell)
{
    return cell.n && (is_number(cell) || is_truth(cell) ||
                      (cell.n <= LONGEST && tsl__span_has_digit(cell) &&
                       (is_date(cell) || is_chinese_date(cell) || is_time(cell) || is_moment(cell))));
}
