/* packed_number.c: a number that nobody takes for another one. */
#include "table/text/packed_number.h"

#include "table/cell/figure.h"

void tsl__packed_number_settle(tsl__text *out, size_t from)
{
    tsl__figure figure;
    if (!out->failed && out->length > from &&
        tsl__cell_read((tsl__span){out->data + from, out->length - from}, TSL__MARK_POINT, &figure) == 0 &&
        figure.open == TSL__MARK_POINT) {
        tsl__text_puts(out, "0");
    }
}
