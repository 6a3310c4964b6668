/* typed.c: numbers, days and codes as texts and decimals. */
#include "table/cell/typed.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

#define SAFE_DIGITS 1e15 /* decimals of so many digits are apart as doubles */

/* units / 10^places, without an exponent. */
static void write_decimal(__int128 units, int places, char *out)
{
    char digits[48];
    size_t n = 0, at = 0;
    unsigned __int128 rest = units < 0 ? -(unsigned __int128)units : (unsigned __int128)units;
    do {
        digits[n++] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    } while (rest || n <= (size_t)places);
    if (units < 0) {
        out[at++] = '-';
    }
    while (n) {
        if (n == (size_t)places) {
            out[at++] = '.';
        }
        out[at++] = digits[--n];
    }
    out[at] = 0;
}

/* The fewest digits that read back as the same float. */
static void write_single(double value, char out[TSL__TYPED_BYTES])
{
    double back = NAN;
    for (int digits = FLT_DIG; digits <= FLT_DECIMAL_DIG && (float)back != (float)value; digits++) {
        tsl__print(out, TSL__TYPED_BYTES, "%.*g", digits, value);
        tsl__double_read(out, strlen(out), &back);
    }
}

/* As the ISO date where it is one of ISO's, else as the number that was given, and what it counts: by itself it may be
 * taken for a date (20171231235959). */
static void write_time(const tsl__typed *cell, char out[TSL__TYPED_BYTES])
{
    int64_t day = cell->seconds / TSL__DAY_SECONDS - (cell->seconds % TSL__DAY_SECONDS < 0);
    if (day < INT32_MIN || day > INT32_MAX || !tsl__day_is_valid((int32_t)day)) {
        const char *unit = cell->form == TSL__TYPED_DAY  ? "days"
                           : cell->per_second == 1       ? "seconds"
                           : cell->per_second == 1000    ? "milliseconds"
                           : cell->per_second == 1000000 ? "microseconds"
                                                         : "nanoseconds";
        write_decimal(cell->units, 0, out);
        size_t n = strlen(out);
        snprintf(out + n, TSL__TYPED_BYTES - n, " %s since 1970-01-01", unit);
        return;
    }
    int second = (int)(cell->seconds - day * TSL__DAY_SECONDS);
    tsl_day_write((int32_t)day, out);
    if (cell->form == TSL__TYPED_TIME) {
        snprintf(out + 10, TSL__TYPED_BYTES - 10, " %02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
    }
}

static void write_number(const tsl__typed *cell, char out[TSL__TYPED_BYTES])
{
    if (cell->number == trunc(cell->number) && fabs(cell->number) <= cell->greatest_whole) {
        tsl__print(out, TSL__TYPED_BYTES, "%.0f", cell->number == 0 ? 0.0 : cell->number);
    } else if (cell->is_single && isfinite(cell->number) && cell->number != 0) {
        write_single(cell->number, out);
    } else {
        tsl__double_write(cell->number, out);
    }
}

tsl__span tsl__typed_show(const tsl__typed *cell, char out[TSL__TYPED_BYTES])
{
    switch (cell->form) {
    case TSL__TYPED_TEXT:
    case TSL__TYPED_ENCODING:
        return cell->text;
    case TSL__TYPED_DECIMAL:
    case TSL__TYPED_CODE:
        write_decimal(cell->units, cell->places, out);
        break;
    case TSL__TYPED_NUMBER:
        write_number(cell, out);
        break;
    case TSL__TYPED_BOOLEAN:
        strcpy(out, cell->units ? "true" : "false");
        break;
    case TSL__TYPED_DAY:
    case TSL__TYPED_TIME:
        write_time(cell, out);
        break;
    case TSL__TYPED_MISSING:
        out[0] = 0;
        break;
    }
    return tsl__span_make(out);
}

int tsl__typed_decimal(const tsl__typed *cell, tsl__decimal *out)
{
    char text[TSL__TYPED_BYTES];
    if (cell->form == TSL__TYPED_DECIMAL) {
        *out = tsl__decimal_make(cell->units, -cell->places, 0);
        return 0;
    }
    if (cell->form == TSL__TYPED_TEXT) {
        return tsl__cell_decimal(cell->text, out);
    }
    if (cell->form != TSL__TYPED_NUMBER || !isfinite(cell->number)) {
        return -1;
    }
    /* Of all decimals of up to 15 digits one at most is the nearest to a double: where it has four places or
     * less it is found without writing it out. */
    double units = nearbyint(cell->number * (double)TSL_DECIMAL_ONE);
    if (!cell->is_single && fabs(units) < SAFE_DIGITS && units / (double)TSL_DECIMAL_ONE == cell->number) {
        *out = tsl__decimal_make((__int128)units, -TSL_DECIMAL_PLACES, 0);
        return 0;
    }
    return tsl__cell_decimal(tsl__typed_show(cell, text), out);
}
