/* figure.c: reads a number with all that people write around it. */
#include "table/cell/figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "table/cell/currency.h"
#include "table/cell/scale.h"

#define MAX_DIGITS 30 /* kept exactly; more are cut off */
#define MAX_EXPONENT 999
#define MOST_GROUPS 24

/* ---- Plain numbers ----------------------------------------------------- */

static int read_exponent(const char *s, const char *end, int *exponent)
{
    int negative = s < end && *s == '-', value = 0;
    if (s < end && (*s == '-' || *s == '+')) {
        s++;
    }
    if (s == end || end - s > 4) {
        return -1;
    }
    for (; s < end; s++) {
        if (!tsl__is_digit(*s)) {
            return -1;
        }
        value = value * 10 + (*s - '0');
    }
    if (value > MAX_EXPONENT) {
        return -1;
    }
    *exponent = negative ? -value : value;
    return 0;
}

/* [-]digits[.digits][e[+-]digits]; *point: where the point stands, NULL for none; *stop: the end of the digits. */
static int scan_plain(tsl__span text, tsl__figure *out, const char **point, const char **stop)
{
    const char *p = text.s, *end = p + text.n, *at = NULL;
    int kept = 0, digits = 0, shift = 0, exponent = 0, sticky = 0;
    uint64_t small = 0;
    __int128 units = 0;
    out->negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) {
        p++;
    }
    for (; p < end && (tsl__is_digit(*p) || (*p == '.' && !at)); p++) {
        if (*p == '.') {
            at = p;
            continue;
        }
        digits++;
        if (kept >= MAX_DIGITS) {
            sticky |= *p != '0';
            shift += !at;
            continue;
        }
        shift -= at != NULL;
        if (kept < 18) {
            small = small * 10 + (uint64_t)(*p - '0');
        } else {
            units = (kept == 18 ? (__int128)small : units) * 10 + (*p - '0');
        }
        kept += kept > 0 || *p != '0';
    }
    if (!digits || (p < end && ((*p != 'e' && *p != 'E') || read_exponent(p + 1, end, &exponent)))) {
        return -1;
    }
    out->units = kept <= 18 ? (__int128)small : units;
    out->exponent = shift + exponent;
    out->sticky = sticky;
    *point = at;
    *stop = p;
    return 0;
}

#define FAST_DIGITS 18 /* of which a word holds any number */

/* The most of all cells: [-]digits[.digits], few of them. The same values as scan_plain. */
static int scan_fast(tsl__span text, tsl__figure *out, const char **point, const char **stop)
{
    const char *p = text.s, *end = p + text.n;
    if (text.n > FAST_DIGITS) {
        return -1;
    }
    out->negative = p < end && *p == '-';
    p += out->negative;
    const char *first = p;
    uint64_t units = 0;
    for (; p < end && tsl__is_digit(*p); p++) {
        units = units * 10 + (uint64_t)(*p - '0');
    }
    *point = NULL;
    out->exponent = 0;
    if (p > first && p < end && *p == '.') {
        *point = p;
        for (p++; p < end && tsl__is_digit(*p); p++) {
            units = units * 10 + (uint64_t)(*p - '0');
        }
        out->exponent = -(int)(p - *point - 1);
    }
    out->units = (__int128)units;
    out->sticky = 0;
    *stop = p;
    return p == end && p > first ? 0 : -1;
}

static int scan(tsl__span text, tsl__figure *out, const char **point, const char **stop)
{
    return scan_fast(text, out, point, stop) && scan_plain(text, out, point, stop) ? -1 : 0;
}

/* ---- Characters -------------------------------------------------------- */

/* A character as the one of ASCII that it is a form of. Spaces that never stand between thousands are \t, a
 * decimal mark that is neither point nor comma is *, a dash that is a minus in front alone is ~; 0: none. */
typedef struct form {
    int c;
    int bytes; /* 0: the end */
    int wide;  /* 1: tsl__cell_decimal does not know it */
} form;

typedef struct cursor {
    const char *p, *end;
    int signs, minus; /* how many */
    int parentheses;  /* not closed */
    int behind;       /* 1: the minus stood behind the number */
    int currencies;
} cursor;

/* The character of two or three bytes at p, 0 where there is none: those of four are in no number. */
static unsigned get_code_point(const char *p, const char *end, int *bytes)
{
    const unsigned char *u = (const unsigned char *)p;
    if (end - p >= 2 && u[0] >= 0xC2 && u[0] <= 0xDF && (u[1] & 0xC0) == 0x80) {
        *bytes = 2;
        return (u[0] & 0x1FU) << 6 | (u[1] & 0x3FU);
    }
    if (end - p >= 3 && (u[0] & 0xF0) == 0xE0 && (u[1] & 0xC0) == 0x80 && (u[2] & 0xC0) == 0x80) {
        *bytes = 3;
        return (u[0] & 0xFU) << 12 | (u[1] & 0x3FU) << 6 | (u[2] & 0x3FU);
    }
    *bytes = 1;
    return 0;
}

static form get_wide(const char *p, const char *end)
{
    static const struct {
        unsigned code;
        char c;
        unsigned char wide;
    } forms[] = {
        {0x00A0, ' ', 0},  {0x3000, '\t', 0}, {0x202F, ' ', 1},  {0x2009, ' ', 1},  {0x2007, ' ', 1},
        {0x2019, '\'', 1}, {0x2212, '-', 1},  {0x2013, '~', 1},  {0xFE63, '-', 1},  {0xFF0D, '-', 1},
        {0xFF0B, '+', 1},  {0xFF0E, '.', 1},  {0xFF0C, ',', 1},  {0xFF05, '%', 1},  {0xFF08, '(', 1},
        {0xFF09, ')', 1},  {0x066A, '%', 1},  {0x066B, '*', 1},  {0x066C, '\'', 1}, {0x060C, '\'', 1},
        {0x200E, '\t', 1}, {0x200F, '\t', 1}, {0x061C, '\t', 1},
    };
    static const unsigned zeros[] = {0xFF10, 0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50};
    form out = {0, 1, 1};
    const unsigned code = get_code_point(p, end, &out.bytes);
    if ((code > 0x00A0 && code < 0x0600) || (code > 0x3000 && code < 0xFE63)) {
        return out; /* most signs and all characters */
    }
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        if (code - zeros[i] <= 9) {
            out.c = (int)('0' + (code - zeros[i]));
            return out;
        }
    }
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (forms[i].code == code) {
            out.c = forms[i].c;
            out.wide = forms[i].wide;
            return out;
        }
    }
    return out;
}

static inline form get_form(const char *p, const char *end)
{
    const char c = p < end ? *p : '\0';
    if ((unsigned char)c >= 0x80) {
        return get_wide(p, end);
    }
    return (form){c >= '\t' && c <= '\r' ? '\t' : c == '*' || c == '~' ? '\0' : c, p < end, 0};
}

static void take(cursor *c, form f, tsl__figure *out)
{
    c->p += f.bytes;
    out->extended |= f.wide;
}

/* Gives what stands behind them. */
static form skip_spaces(cursor *c, tsl__figure *out)
{
    form f = get_form(c->p, c->end);
    for (; f.c == ' ' || f.c == '\t'; f = get_form(c->p, c->end)) {
        take(c, f, out);
    }
    return f;
}

static int is_digit(form f)
{
    return f.c >= '0' && f.c <= '9';
}

/* ---- Before and behind the number -------------------------------------- */

/* A currency at the cursor: 1 taken, 0 none, -1 one that contradicts another. */
static int take_currency(cursor *c, tsl__figure *out)
{
    int currency, common;
    const size_t n = tsl__currency_find((tsl__span){c->p, (size_t)(c->end - c->p)}, &currency, &common);
    if (!n) {
        return 0;
    }
    const uint64_t before = tsl__currency_get_fits(out->currency), now = tsl__currency_get_fits(currency);
    if (!(before & now) || ++c->currencies > 2) {
        return -1;
    }
    out->currency = (before & now) == before && out->currency ? out->currency : currency; /* the more exact one */
    out->extended |= !common;
    c->p += n;
    return 1;
}

static int take_minus(cursor *c, form f, tsl__figure *out)
{
    c->minus += f.c != '+';
    c->parentheses += f.c == '(';
    take(c, f, out);
    return ++c->signs > 1 ? -1 : 1;
}

static int take_front(cursor *c, tsl__figure *out)
{
    int found = 1;
    while (found > 0) {
        const form f = skip_spaces(c, out);
        if (f.c == '-' || f.c == '+' || f.c == '~' || f.c == '(') {
            found = take_minus(c, f, out);
        } else if (f.c == '%' && !out->percent) {
            out->percent = out->extended = 1;
            take(c, f, out);
        } else {
            found = is_digit(f) ? 0 : take_currency(c, out);
        }
    }
    return found;
}

/* A word of scale at the cursor: 1 taken, 0 none. */
static int take_scale(cursor *c, tsl__figure *out)
{
    const size_t n = tsl__scale_find((tsl__span){c->p, (size_t)(c->end - c->p)}, &out->scale);
    out->extended |= n > 0;
    c->p += n;
    return n > 0;
}

/* All that is left, but for a parenthesis that closes. It holds no digit and does not go on with the number. */
static int take_suffix(cursor *c, tsl__figure *out)
{
    const form first = get_form(c->p, c->end);
    const char *stop = c->p;
    if ((first.c && strchr(".,'*~-%", first.c)) || c->behind) {
        return -1;
    }
    for (const char *p = c->p; p < c->end;) {
        const form f = get_form(p, c->end);
        p += f.bytes;
        if (is_digit(f)) {
            return -1;
        }
        if (p == c->end && f.c == ')' && c->parentheses) {
            c->parentheses = 0;
        } else if (f.c != ' ' && f.c != '\t') {
            stop = p;
        }
    }
    out->suffix = (tsl__span){c->p, (size_t)(stop - c->p)};
    out->extended = 1;
    c->p = c->end;
    return out->suffix.n > TSL__SUFFIX_BYTES ? -1 : 0;
}

static int take_back(cursor *c, tsl__figure *out)
{
    int found = 1;
    for (form f = skip_spaces(c, out); found >= 0 && f.bytes; f = skip_spaces(c, out)) {
        if (f.c == ')' && c->parentheses) {
            c->parentheses = 0;
            take(c, f, out);
        } else if (f.c == '-' && !c->signs) {
            c->behind = 1;
            found = take_minus(c, f, out);
        } else if (f.c == '%' && !out->percent) {
            out->percent = out->extended = 1;
            take(c, f, out);
        } else if ((found = take_currency(c, out)) == 0 && (out->scale || !take_scale(c, out))) {
            found = take_suffix(c, out);
        }
    }
    return found < 0 || c->parentheses ? -1 : 0;
}

/* ---- The number -------------------------------------------------------- */

/* Groups of digits with marks between them: . , ' space, or * for a mark that is decimal alone. */
typedef struct body {
    char digit[TSL__PLAIN_BYTES];
    int digits, whole; /* whole: those before the decimal mark */
    int group[MOST_GROUPS];
    char mark[MOST_GROUPS]; /* before the group */
    int groups;
    int scientific, exponent;
    int ending; /* the mark of "20.-", in which a dash stands for no hundredths; else 0 */
} body;

static int take_exponent(cursor *c, body *b, tsl__figure *out)
{
    const form e = get_form(c->p, c->end);
    const char *p = c->p + e.bytes;
    if (e.c != 'e' && e.c != 'E') {
        return 0;
    }
    const form sign = get_form(p, c->end);
    int count = 0, value = 0;
    p += sign.c == '-' || sign.c == '+' ? sign.bytes : 0;
    for (form f = get_form(p, c->end); is_digit(f); p += f.bytes, f = get_form(p, c->end)) {
        if (++count > 4) {
            return -1;
        }
        value = value * 10 + (f.c - '0');
        out->extended |= f.wide;
    }
    if (!count) {
        return 0; /* "5 E", a suffix */
    }
    out->extended |= sign.wide;
    b->scientific = 1;
    b->exponent = sign.c == '-' ? -value : value;
    c->p = p;
    return value > MAX_EXPONENT ? -1 : 0;
}

/* Digits at the cursor, of any script. */
static int take_digits(cursor *c, body *b, tsl__figure *out)
{
    const int before = b->digits;
    int digits = before;
    for (;;) {
        while (c->p < c->end && tsl__is_digit(*c->p) && digits < TSL__PLAIN_BYTES) {
            b->digit[digits++] = *c->p++;
        }
        const form f = get_form(c->p, c->end);
        if (!is_digit(f)) {
            break;
        }
        if (digits == TSL__PLAIN_BYTES) {
            return -1;
        }
        b->digit[digits++] = (char)f.c;
        take(c, f, out);
    }
    b->group[b->groups - 1] = digits - before;
    b->digits = digits;
    return 0;
}

/* A dash of any length at p: its bytes, or 0. */
static int find_dash(const char *p, const char *end)
{
    int bytes;
    const form f = get_form(p, end);
    const unsigned code = get_code_point(p, end, &bytes);
    return f.c == '-' || f.c == '~' ? f.bytes : code == 0x2014 || code == 0x2015 ? bytes : 0;
}

/* Of "20.-", "20,--", "20:â" what is behind the digits: no sign, but the hundredths that are none. A point was
 * taken as one of the number's marks. */
static int take_ending(cursor *c, body *b, tsl__figure *out)
{
    const int has_point = b->groups > 1 && b->group[b->groups - 1] == 0;
    form f = get_form(c->p, c->end);
    const char *p = c->p;
    if (!has_point && f.c != ',' && f.c != ':') {
        return 0;
    }
    const int mark = has_point ? b->mark[b->groups - 1] : f.c;
    p += has_point ? 0 : f.bytes;
    for (f = get_form(p, c->end); f.c == ' '; f = get_form(p, c->end)) {
        p += f.bytes;
    }
    int bytes = find_dash(p, c->end);
    if (!bytes) {
        return 0;
    }
    p += bytes;
    bytes = find_dash(p, c->end);
    c->p = p + bytes;
    b->ending = mark;
    b->groups -= has_point;
    out->extended = 1;
    return find_dash(c->p, c->end) || is_digit(get_form(c->p, c->end)) ? -1 : 0;
}

static int take_body(cursor *c, body *b, tsl__figure *out)
{
    const char *begin = c->p;
    b->digits = b->scientific = b->exponent = b->ending = 0;
    for (b->groups = 1; take_digits(c, b, out) == 0;) {
        const form f = get_form(c->p, c->end);
        const int is_mark = f.c == '.' || f.c == ',' || f.c == ' ' || f.c == '\'' || f.c == '*';
        const int goes_on = is_mark && is_digit(get_form(c->p + f.bytes, c->end));
        if (!goes_on && f.c != '.') { /* a "5." has its point, other marks have digits behind */
            return b->digits && take_exponent(c, b, out) == 0 && c->p - begin <= TSL__PLAIN_BYTES - 2
                       ? take_ending(c, b, out)
                       : -1;
        }
        if (b->groups == MOST_GROUPS) {
            return -1;
        }
        take(c, f, out);
        b->mark[b->groups++] = (char)f.c;
    }
    return -1;
}

/* Are the first `count` groups thousands, between marks of one kind? A number without groups is. */
static int is_grouped(const body *b, int count, tsl__figure *out)
{
    int threes = 1, indian = b->group[0] <= 2 && count > 2 && b->mark[1] == ',';
    for (int i = 1; i < count; i++) {
        if (b->mark[i] != b->mark[1] || b->mark[i] == '*') {
            return 0;
        }
        threes &= b->group[i] == 3;
        indian &= b->group[i] == (i == count - 1 ? 3 : 2);
    }
    if (count > 1) {
        out->extended |= !threes || b->mark[1] != ',';
    }
    return count == 1 || (b->group[0] >= 1 && b->group[0] <= 3 && b->digit[0] != '0' && (threes || indian));
}

/* Finds the decimal mark; -1 where the marks make no number. */
static int find_decimal(body *b, tsl__mark mark, tsl__figure *out)
{
    const int last = b->groups - 1;
    const char end = last ? b->mark[last] : 0;
    int same = 0;
    b->whole = b->digits;
    if (b->ending) { /* what stands before it are thousands: "20.-" shows no more than "5." */
        out->proven = b->ending == ',' || end == '.' ? TSL__MARK_COMMA : end == ',' ? TSL__MARK_POINT : TSL__MARK_NONE;
        return is_grouped(b, b->groups, out) && !b->scientific ? 0 : -1;
    }
    for (int i = 1; i <= last; i++) {
        same += b->mark[i] == end;
    }
    const int fits = last == 1 && b->group[0] >= 1 && b->group[0] <= 3 && b->digit[0] != '0' && b->group[1] == 3;
    if (same != 1 || end == ' ' || end == '\'') { /* none, or thousands alone */
        out->proven = end == ',' ? TSL__MARK_POINT : end == '.' ? TSL__MARK_COMMA : TSL__MARK_NONE;
        return is_grouped(b, b->groups, out) && (!last || !b->scientific) ? 0 : -1;
    }
    const tsl__mark kind = end == '.' ? TSL__MARK_POINT : end == ',' ? TSL__MARK_COMMA : TSL__MARK_NONE;
    if (fits && kind && !b->scientific) {
        out->open = kind;
        b->whole -= (mark == TSL__MARK_COMMA) == (kind == TSL__MARK_COMMA) ? 3 : 0;
        return 0;
    }
    b->whole -= b->group[last];
    out->proven = last == 1 && b->group[1] == 0 ? TSL__MARK_NONE : kind; /* "5." shows nothing */
    out->extended |= kind != TSL__MARK_POINT;
    return is_grouped(b, last, out) ? 0 : -1;
}

/* Writes the number plainly: what was not plain goes the way of what is. */
static void write_plain(const cursor *c, const body *b, tsl__figure *out)
{
    char *to = out->plain;
    const int exponent = b->exponent + out->scale;
    if (c->minus) {
        *to++ = '-';
    }
    memcpy(to, b->digit, (size_t)b->whole);
    to += b->whole;
    if (b->whole < b->digits) {
        *to++ = '.';
        memcpy(to, b->digit + b->whole, (size_t)(b->digits - b->whole));
        to += b->digits - b->whole;
    }
    if (exponent) {
        to += tsl__print(to, 8, "e%d", exponent);
    }
    out->plain_length = (size_t)(to - out->plain);
}

static int read_decorated(tsl__span cell, tsl__mark mark, tsl__figure *out)
{
    cursor c = {.p = cell.s, .end = cell.s + cell.n};
    const char *point, *stop;
    body b;
    if (take_front(&c, out) || take_body(&c, &b, out) || find_decimal(&b, mark, out) || take_back(&c, out)) {
        return -1;
    }
    write_plain(&c, &b, out);
    return scan((tsl__span){out->plain, out->plain_length}, out, &point, &stop);
}

int tsl__cell_read(tsl__span cell, tsl__mark mark, tsl__figure *out)
{
    const char *point, *stop;
    out->proven = out->open = TSL__MARK_NONE;
    out->currency = TSL__CURRENCY_NONE;
    out->percent = out->scale = out->extended = 0;
    out->suffix = (tsl__span){NULL, 0};
    out->plain_length = 0;
    if (scan(cell, out, &point, &stop)) {
        return cell.n ? read_decorated(cell, mark, out) : -1;
    }
    if (point) {
        const char *first = cell.s + (*cell.s == '-' || *cell.s == '+'), *end = cell.s + cell.n;
        if (stop - point == 4 && stop == end && point > first && point - first <= 3 && *first != '0') {
            out->open = TSL__MARK_POINT;
            out->exponent += mark == TSL__MARK_COMMA ? 3 : 0;
        } else if (stop - point > 1) {
            out->proven = TSL__MARK_POINT;
        }
    }
    return 0;
}

tsl__span tsl__figure_get_plain(const tsl__figure *f, tsl__span cell)
{
    return f->plain_length ? (tsl__span){f->plain, f->plain_length} : cell;
}

tsl__decimal tsl__figure_get_decimal(const tsl__figure *f)
{
    if (f->exponent <= 0 && f->exponent >= -TSL__DECIMAL_PLACES && !f->sticky && f->units <= INT64_MAX) {
        return (tsl__decimal){f->negative ? -f->units : f->units, -f->exponent, TSL__DECIMAL_OK};
    }
    return tsl__decimal_make(f->negative ? -f->units : f->units, f->exponent, f->sticky);
}

int tsl__figure_get_number(const tsl__figure *f, tsl__span cell, double *out)
{
    double value;
    if (f->units < (__int128)1 << 53 && f->exponent >= -TSL__MOST_TEN_DOUBLE && f->exponent <= TSL__MOST_TEN_DOUBLE &&
        !f->sticky) {
        /* Both factors are exact, so that the one operation rounds right (Clinger 1990). */
        double units = (double)(uint64_t)f->units;
        value = f->exponent < 0 ? units / tsl__ten_doubles[-f->exponent] : units * tsl__ten_doubles[f->exponent];
        value = f->negative ? -value : value;
    } else {
        const tsl__span plain = tsl__figure_get_plain(f, cell);
        if (tsl__double_read(plain.s, plain.n, &value) || !isfinite(value)) {
            return -1;
        }
    }
    *out = value;
    return 0;
}
