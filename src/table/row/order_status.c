/* order_status.c: a status that stands on the first line of an order alone. */
#include "table/row/order_status.h"

#include <string.h>

#include "base/hash.h"

static tsl__span get_cell(const tsl__record *record, size_t field)
{
    const tsl__span cell = field == TSL__NONE ? (tsl__span){"", 0} : tsl__cell_trim(record->field[field]);
    return tsl__cell_is_missing(cell) ? (tsl__span){"", 0} : cell;
}

static void keep(tsl__span cell, char *text, size_t *bytes)
{
    *bytes = cell.n <= TSL__STATUS_BYTES ? cell.n : 0;
    memcpy(text, cell.s, *bytes);
}

unsigned tsl__order_status_take(tsl__order_status *last, const tsl__plan *plan, const size_t *field,
                                const tsl__record *record)
{
    const tsl__span order = get_cell(record, field[plan->order]);
    const uint64_t hash = tsl__hash64(order.s, order.n, 0);
    const int is_same = order.n > 0 && last->is_known && hash == last->order;
    unsigned lacks = 0;
    for (size_t i = 0; i < plan->statuses; i++) {
        const tsl__span cell = get_cell(record, field[plan->status[i]]);
        last->has |= is_same && cell.n ? 1U << i : 0;
        lacks |= is_same && !cell.n && last->text_bytes[i] ? 1U << i : 0;
        if (!is_same || cell.n) {
            keep(cell, last->text[i], &last->text_bytes[i]);
        }
    }
    last->is_known = order.n > 0;
    last->order = hash;
    last->lacks |= lacks;
    return lacks;
}

unsigned tsl__order_status_get_carried(const tsl__order_status *last)
{
    return last->lacks & ~last->has;
}
