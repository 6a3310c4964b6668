/* order_gaps.c: which rows lack a status that another line of their order has. */
#include "table/row/order_gaps.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

_Static_assert(TSL__PLAN_STATUSES <= 8, "the statuses of a line are the bits of a byte");

static tsl_status reserve(tsl__order_gaps *g, size_t rows, tsl_error *err)
{
    void *row = g->row;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&row, &g->capacity, rows, sizeof *g->row) == 0);
done:
    g->row = row;
    return status;
}

tsl_status tsl__order_gaps_add(tsl__order_gaps *g, const tsl__order_line *row, tsl_error *err)
{
    const tsl__order_line *last = g->rows ? &g->row[g->rows - 1] : NULL;
    tsl_status status = TSL_OK;
    if (!row->lacks && last && last->order == row->order && !(row->has & ~last->has)) {
        return TSL_OK;
    }
    TSL__TRY(reserve(g, g->rows + 1, err));
    g->row[g->rows++] = *row;
    g->has |= row->has;
    for (size_t i = 0; i < TSL__PLAN_STATUSES; i++) {
        g->lacking[i] += row->lacks >> i & 1;
    }
done:
    return status;
}

static void clear(tsl__order_gaps *g)
{
    *g = (tsl__order_gaps){.row = g->row, .capacity = g->capacity};
}

tsl_status tsl__order_gaps_join(tsl__order_gaps *g, tsl__order_gaps *behind, size_t most, tsl_error *err)
{
    tsl_status status = TSL_OK;
    g->has |= behind->has;
    for (size_t i = 0; i < TSL__PLAN_STATUSES; i++) {
        g->lacking[i] += behind->lacking[i];
    }
    if (!g->over && behind->rows > most - g->rows) {
        free(g->row);
        g->row = NULL;
        g->rows = g->capacity = 0;
        g->over = 1;
    }
    if (!g->over && behind->rows) {
        TSL__TRY(reserve(g, g->rows + behind->rows, err));
        memcpy(g->row + g->rows, behind->row, behind->rows * sizeof *g->row);
        g->rows += behind->rows;
    }
    clear(behind);
done:
    return status;
}

/* An order with a line that lacks a status; and those, as bits, that any of its lines has. */
typedef struct order_has {
    uint64_t order;
    unsigned has;
} order_has;

static int compare_orders(const void *a, const void *b)
{
    const order_has *x = a, *y = b;
    return (x->order > y->order) - (x->order < y->order);
}

static order_has *find_order(order_has *list, size_t count, uint64_t order)
{
    const order_has key = {.order = order};
    return bsearch(&key, list, count, sizeof *list, compare_orders);
}

/* The orders with a line that lacks one, each once and sorted; so many there are. */
static size_t list_orders(const tsl__order_gaps *g, order_has *list)
{
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < g->rows; i++) {
        if (g->row[i].lacks && (count == 0 || list[count - 1].order != g->row[i].order)) {
            list[count++] = (order_has){.order = g->row[i].order};
        }
    }
    qsort(list, count, sizeof *list, compare_orders);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || list[kept - 1].order != list[i].order) {
            list[kept++] = list[i];
        }
    }
    return kept;
}

static void count_gap(const tsl__order_line *row, unsigned has, tsl__status_rows *found)
{
    for (size_t i = 0; i < TSL__PLAN_STATUSES; i++) {
        if (row->lacks & has & 1U << i && found[i].rows++ == 0) {
            found[i].file = row->file;
            found[i].line = row->line;
        }
    }
}

tsl_status tsl__order_gaps_find(const tsl__order_gaps *g, tsl__status_rows *found, tsl_error *err)
{
    size_t lacking = 0;
    order_has *list = NULL;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < TSL__PLAN_STATUSES; i++) {
        const uint64_t rows = g->has >> i & 1 ? g->lacking[i] : 0;
        found[i] = (tsl__status_rows){.rows = g->over ? rows : 0};
        lacking += (size_t)rows;
    }
    if (g->over || lacking == 0) {
        return TSL_OK;
    }
    lacking = 0;
    for (size_t i = 0; i < g->rows; i++) {
        lacking += g->row[i].lacks != 0;
    }
    TSL__NEED(list = tsl__alloc(lacking, sizeof *list));
    const size_t count = list_orders(g, list);
    for (size_t i = 0; i < g->rows; i++) {
        order_has *order = find_order(list, count, g->row[i].order);
        if (order) {
            order->has |= g->row[i].has;
        }
    }
    for (size_t i = 0; i < g->rows; i++) {
        if (g->row[i].lacks) {
            count_gap(&g->row[i], find_order(list, count, g->row[i].order)->has, found);
        }
    }
done:
    free(list);
    return status;
}

void tsl__order_gaps_free(tsl__order_gaps *g)
{
    free(g->row);
    *g = (tsl__order_gaps){.rows = 0};
}
