/* packed_number.c: a number that nobody takes for another one. */
#include "table/text/packed_number.h"

#include <string.h>

#include "table/cell/figure.h"

void tsl__packed_number_put(tsl__text *out, const char *number, int is_rounded)
{
    const size_t from = out->length, sign = *number == '-', digits = strspn(number + sign, "0123456789");
    if (is_rounded && digits && !number[sign + digits]) {
        tsl__text_printf(out, "%.*s.%se+%02zu", (int)sign + 1, number, number + sign + 1, digits - 1);
    } else {
        tsl__text_puts(out, number);
    }
    tsl__packed_number_settle(out, from);
}

void tsl__packed_number_settle(tsl__text *out, size_t from)
{
    tsl__figure figure;
    if (!out->failed && out->length > from &&
        tsl__cell_read((tsl__span){out->data + from, out->length - from}, TSL__MARK_POINT, &figure) == 0 &&
        figure.open == TSL__MARK_POINT) {
        tsl__text_puts(out, "0");
    }
}
