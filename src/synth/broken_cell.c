/* broken_cell.c: what the ways in which lines are broken do to a cell. */
#include "synth/defects.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

int tsl__broken_rewrite(tsl__broken *b, const char *before, const char *behind)
{
    char old[TSL__SHOP_CELL];
    memcpy(old, b->cell, sizeof old);
    return tsl__broken_print(b, "%s%.*s%s", before, TSL__SHOP_CELL / 2, old, behind);
}

int tsl__broken_print(tsl__broken *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tsl__vprint(b->cell, TSL__SHOP_CELL, format, args);
    va_end(args);
    return 1;
}

static int digits(const char *s, int count)
{
    int value = 0;
    while (count-- > 0) {
        value = value * 10 + (*s++ - '0');
    }
    return value;
}

tsl__shop_time tsl__shop_time_split(const char *cell)
{
    tsl__shop_time out = {.year = digits(cell, 4), .month = digits(cell + 5, 2), .day = digits(cell + 8, 2)};
    memcpy(out.clock, cell + 11, 8);
    out.seconds = (int64_t)tsl__day_make(out.year, out.month, out.day) * TSL__DAY_SECONDS +
                  digits(out.clock, 2) * 3600 + digits(out.clock + 3, 2) * 60 + digits(out.clock + 6, 2);
    return out;
}

int tsl__broken_date_compact(tsl__broken *b)
{
    const tsl__shop_time m = tsl__shop_time_split(b->cell);
    return tsl__broken_print(b, "%04d%02d%02d%.2s%.2s%.2s", m.year, m.month, m.day, m.clock, m.clock + 3, m.clock + 6);
}
