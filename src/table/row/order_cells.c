/* order_cells.c: the order of the current record and its statuses: what they say in a pass in front of the reading, and
 * what fills them in as it is read. */
#include "base/hash.h"
#include "table/cell/id_spelling.h"
#include "table/row/decode.h"

/* Orders are a customer's: shops number them alike. Lines without a customer are not used, and tell nothing. */
static int find_customer(tsl__decoder *d, uint64_t *hash)
{
    const tsl__plan *plan = &d->terms->plan;
    const size_t input = plan->output[0].input; /* the customer is the first output */
    unsigned traits;
    *hash = 0;
    if (input >= plan->own_inputs) {
        return 1;
    }
    tsl__span id = tsl__cell_trim(tsl__decode_get_present(d, input));
    if (tsl__cell_is_missing_id(id)) {
        return 0;
    }
    if (d->terms->opt->id_normalise && id.n <= sizeof d->id_form) {
        id = (tsl__span){d->id_form, tsl__id_normalise(id, d->id_form, &traits)};
    }
    *hash = tsl__hash64(id.s, id.n, 0);
    return 1;
}

/* 0: the record has none. */
static int find_order(tsl__decoder *d, uint64_t *hash)
{
    const tsl__span order = tsl__cell_trim(tsl__decode_get_present(d, d->terms->plan.order));
    if (order.n == 0 || !find_customer(d, hash)) {
        return 0;
    }
    *hash = tsl__hash64(order.s, order.n, *hash);
    return 1;
}

/* A file without the column says nothing of it, and is told as such. */
static int is_there(const tsl__decoder *d, size_t input)
{
    return d->cells || d->map->field[d->terms->plan.input[input].column] != TSL__NONE;
}

tsl_status tsl__order_cells_look(tsl__decoder *d, tsl_error *err)
{
    const tsl__plan *plan = &d->terms->plan;
    tsl__order_lines *lines = &d->batch->orders;
    tsl_status status = TSL_OK;
    uint64_t order = 0;
    int known = -1;
    for (size_t i = 0; i < plan->statuses; i++) {
        const tsl__span text = tsl__cell_trim(tsl__decode_get_present(d, plan->status[i]));
        lines->has |= text.n ? 1U << i : 0;
        if ((d->terms->orders->pass == TSL__ORDERS_FIND_GAPS && text.n) || !is_there(d, plan->status[i])) {
            continue; /* most lines: their orders need not be known */
        }
        known = known < 0 ? find_order(d, &order) : known;
        TSL__TRY(known && tsl__order_statuses_want(d->terms->orders, i, order, text.n > 0)
                     ? tsl__order_lines_add(lines, i, order, text, err)
                     : TSL_OK);
    }
done:
    return status;
}

void tsl__order_cells_fill(tsl__decoder *d)
{
    const tsl__plan *plan = &d->terms->plan;
    tsl__observed *found = &d->batch->observed;
    uint64_t order = 0;
    int known = -1;
    d->filled = 0;
    for (size_t i = 0; i < plan->statuses; i++) {
        if (tsl__decode_get_present(d, plan->status[i]).n || !is_there(d, plan->status[i])) {
            continue;
        }
        known = known < 0 ? find_order(d, &order) : known;
        switch (known ? tsl__order_statuses_find(d->terms->orders, i, order, &d->fill[i]) : TSL__ORDER_HAS_NONE) {
        case TSL__ORDER_TELLS:
            d->filled |= 1U << i;
            (void)tsl__some_rows_add(&found->filled[i], d->map->file, d->record.line);
            break;
        case TSL__ORDER_LACKS:
            (void)tsl__some_rows_add(&found->unfilled[i], d->map->file, d->record.line);
            break;
        case TSL__ORDER_HAS_NONE:
            break;
        }
    }
}
