/* parse_number.c: missing texts, decimals and numbers in a cell. */
#include "table/cell/parse_number.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "table/cell/figure.h"

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
    return tsl__cell_may_be_missing(cell) && (cell.n == 0 || (cell.n <= 4 && is_one_of(cell, texts)));
}

int tsl__cell_is_missing(tsl__span cell)
{
    static const char *const texts[] = {"-", "无", "未知", "缺失", NULL};
    return tsl__cell_may_be_missing(cell) && (tsl__cell_is_missing_id(cell) || (cell.n <= 6 && is_one_of(cell, texts)));
}

/* ---- Numbers ----------------------------------------------------------- */

/* A cell as it was read before figures were: what else a figure may carry is none of it. */
static int read_simple(tsl__span cell, tsl__figure *out)
{
    return tsl__cell_read(cell, TSL__MARK_POINT, out) || out->extended ? -1 : 0;
}

int tsl__cell_decimal(tsl__span cell, tsl__decimal *out)
{
    tsl__figure figure;
    if (read_simple(cell, &figure)) {
        return -1;
    }
    *out = tsl__figure_get_decimal(&figure);
    return 0;
}

int tsl__cell_number(tsl__span cell, double *out)
{
    tsl__figure figure;
    return read_simple(cell, &figure) || tsl__figure_get_number(&figure, cell, out) ? -1 : 0;
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
    tsl__figure v;
    __int128 step = 1; /* the worth of the last digit */
    if (read_simple(cell, &v) || v.units == 0 || !(fabs(number) < MOST_LOOKED_AT)) {
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
