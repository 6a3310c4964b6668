/* parse_number.c: missing texts, decimals and numbers in a cell. */
#include "table/cell/parse_number.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

#define PLAIN_BYTES 64 /* of a number without its decoration */
#define MAX_DIGITS 30  /* kept exactly; more are cut off */
#define MAX_EXPONENT 999

static int is_one_of(tsl__span cell, const char *const *list)
{
    for (; *list; list++) {
        if (strlen(*list) == cell.n && memcmp(*list, cell.s, cell.n) == 0) {
            return 1;
        }
    }
    return 0;
}

int tsl__cell_is_missing_id(tsl__span cell)
{
    static const char *const texts[] = {"NA",   "N/A", "n/a", "#N/A", "<NA>", "NULL", "Null",
                                        "null", "\\N", "NaN", "nan",  "None", NULL};
    return cell.n == 0 || (cell.n <= 4 && is_one_of(cell, texts));
}

int tsl__cell_is_missing(tsl__span cell)
{
    static const char *const texts[] = {"-", "无", "未知", "缺失", NULL};
    return tsl__cell_is_missing_id(cell) || (cell.n <= 6 && is_one_of(cell, texts));
}

/* ---- Decoration -------------------------------------------------------- */

static tsl__span drop(tsl__span text, size_t front, size_t back)
{
    return tsl__cell_trim((tsl__span){text.s + front, text.n - front - back});
}

/* Takes one currency sign off either end. */
static tsl__span drop_currency(tsl__span text)
{
    static const char *const signs[] = {"$", "€", "£", "¥", "￥"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i]);
        if (tsl__span_begins(text, signs[i], n)) {
            return drop(text, n, 0);
        }
        if (text.n >= n && memcmp(text.s + text.n - n, signs[i], n) == 0) {
            return drop(text, 0, n);
        }
    }
    return text;
}

/* Takes signs off, in front of or behind the currency sign; counts the minuses. */
static tsl__span drop_sign(tsl__span text, int *signs, int *minus)
{
    if (text.n && (text.s[0] == '-' || text.s[0] == '+')) {
        ++*signs;
        *minus += text.s[0] == '-';
        return drop(text, 1, 0);
    }
    if (text.n > 1 && text.s[text.n - 1] == '-') {
        ++*signs;
        ++*minus;
        return drop(text, 0, 1);
    }
    if (text.n > 2 && text.s[0] == '(' && text.s[text.n - 1] == ')') {
        ++*signs;
        ++*minus;
        return drop(text, 1, 1);
    }
    return text;
}

/* Copies digits without their thousands commas: "1,234.50". Groups are of
 * three, the first of one to three without a zero in front. */
static int copy_grouped(tsl__span text, char *out, size_t *length)
{
    size_t lead = 0, i, n = 0;
    while (lead < text.n && tsl__is_digit(text.s[lead])) {
        lead++;
    }
    if (lead < 1 || lead > 3 || text.s[0] == '0') {
        return -1;
    }
    for (i = lead; i < text.n && text.s[i] == ','; i += 4) {
        if (text.n - i < 4 || !tsl__is_digit(text.s[i + 1]) || !tsl__is_digit(text.s[i + 2]) ||
            !tsl__is_digit(text.s[i + 3])) {
            return -1;
        }
    }
    if (i < text.n && text.s[i] != '.') {
        return -1;
    }
    for (size_t k = 0; k < text.n; k++) {
        if (text.s[k] != ',' || k > i) {
            out[n++] = text.s[k];
        }
    }
    *length = n;
    return 0;
}

/* The number without its decoration into out[PLAIN_BYTES]: [-]digits[.digits][e[+-]digits]. */
static int make_plain(tsl__span cell, char *out, size_t *length)
{
    int signs = 0, minus = 0;
    tsl__span body = drop_sign(drop_currency(drop_sign(cell, &signs, &minus)), &signs, &minus);
    body = drop_currency(body);
    if (signs > 1 || body.n == 0 || body.n > PLAIN_BYTES - 2) {
        return -1;
    }
    size_t at = 0;
    if (minus) {
        out[at++] = '-';
    }
    if (memchr(body.s, ',', body.n)) {
        size_t n;
        if (copy_grouped(body, out + at, &n)) {
            return -1;
        }
        *length = at + n;
        return 0;
    }
    memcpy(out + at, body.s, body.n);
    *length = at + body.n;
    return 0;
}

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

/* A plain number as it is written: units * 10^exponent. */
typedef struct scan {
    __int128 units;
    int exponent;
    int sticky; /* digits beyond the last one kept were cut off */
    int negative;
} scan;

/* [-]digits[.digits][e[+-]digits] */
static int scan_plain(tsl__span text, scan *out)
{
    const char *p = text.s, *end = p + text.n;
    int kept = 0, digits = 0, point = 0, exponent = 0;
    uint64_t small = 0;
    *out = (scan){.negative = p < end && *p == '-'};
    if (p < end && (*p == '-' || *p == '+')) {
        p++;
    }
    for (; p < end && (tsl__is_digit(*p) || (*p == '.' && !point)); p++) {
        if (*p == '.') {
            point = 1;
            continue;
        }
        digits++;
        if (kept >= MAX_DIGITS) {
            out->sticky |= *p != '0';
            out->exponent += !point;
            continue;
        }
        out->exponent -= point;
        if (kept < 18) {
            small = small * 10 + (uint64_t)(*p - '0');
        } else {
            out->units = (kept == 18 ? (__int128)small : out->units) * 10 + (*p - '0');
        }
        kept += kept > 0 || *p != '0';
    }
    if (!digits || (p < end && ((*p != 'e' && *p != 'E') || read_exponent(p + 1, end, &exponent)))) {
        return -1;
    }
    if (kept <= 18) {
        out->units = (__int128)small;
    }
    out->exponent += exponent;
    return 0;
}

/* Scans the cell as it is, else without its decoration; *plain is what was scanned, in buffer or in the cell. */
static int scan_cell(tsl__span cell, char buffer[PLAIN_BYTES], tsl__span *plain, scan *out)
{
    *plain = cell;
    if (scan_plain(cell, out) == 0) {
        return 0;
    }
    plain->s = buffer;
    return make_plain(cell, buffer, &plain->n) ? -1 : scan_plain(*plain, out);
}

int tsl__cell_decimal(tsl__span cell, tsl__decimal *out)
{
    char buffer[PLAIN_BYTES];
    tsl__span plain;
    scan v;
    if (scan_cell(cell, buffer, &plain, &v)) {
        return -1;
    }
    *out = tsl__decimal_make(v.negative ? -v.units : v.units, v.exponent, v.sticky);
    return 0;
}

int tsl__cell_number(tsl__span cell, double *out)
{
    char buffer[PLAIN_BYTES];
    tsl__span plain;
    scan v;
    double value;
    if (scan_cell(cell, buffer, &plain, &v)) {
        return -1;
    }
    if (v.units < (__int128)1 << 53 && v.exponent >= -TSL__MOST_TEN_DOUBLE && v.exponent <= TSL__MOST_TEN_DOUBLE &&
        !v.sticky) {
        /* Both factors are exact, so that the one operation rounds right (Clinger 1990). */
        double units = (double)(uint64_t)v.units;
        value = v.exponent < 0 ? units / tsl__ten_doubles[-v.exponent] : units * tsl__ten_doubles[v.exponent];
        value = v.negative ? -value : value;
    } else if (tsl__double_read(plain.s, plain.n, &value) || !isfinite(value)) {
        return -1;
    }
    *out = value;
    return 0;
}

int tsl__cell_is_inexact(tsl__span cell, double number)
{
    return fabs(number) > (double)TSL__GREATEST_WHOLE && !memchr(cell.s, '.', cell.n) && !memchr(cell.s, 'e', cell.n) &&
           !memchr(cell.s, 'E', cell.n);
}

/* From here on 128 bits may not hold what is compared. */
#define MOST_LOOKED_AT 0x1p126

int tsl__cell_keeps_digits(tsl__span cell, double number)
{
    char buffer[PLAIN_BYTES];
    tsl__span plain;
    scan v;
    __int128 step = 1; /* the worth of the last digit */
    if (scan_cell(cell, buffer, &plain, &v) || v.units == 0 || !(fabs(number) < MOST_LOOKED_AT)) {
        return 1;
    }
    for (; v.units % 10 == 0 && !v.sticky; v.units /= 10) { /* 1200 has two digits */
        v.exponent++;
    }
    if (v.exponent < 0 || (v.exponent == 0 && v.sticky)) {
        return 1;
    }
    for (int i = 0; i < v.exponent; i++) {
        step *= 10;
    }
    __int128 off = (__int128)fabs(number) - v.units * step;
    return -2 * step <= 4 * off && 4 * off <= (v.sticky ? 6 : 2) * step; /* what was cut off is worth a step at most */
}

int tsl__cell_is_code(tsl__span cell)
{
    if (cell.n < 2 || cell.s[0] != '0') {
        return 0;
    }
    for (size_t i = 0; i < cell.n; i++) {
        if (!tsl__is_digit(cell.s[i])) {
            return 0;
        }
    }
    return 1;
}
