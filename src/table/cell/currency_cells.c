/* currency_cells.c: counts the cells of a column that are codes of currencies. */
#include "table/cell/currency_cells.h"

#include <string.h>

#include "table/cell/currency.h"
#include "table/cell/parse_number.h"

#define MOSTLY 0.9

void tsl__currency_cells_add(tsl__currency_cells *c, tsl__span cell, uint64_t rows)
{
    int currency = TSL__CURRENCY_NONE, common;
    if (cell.n == 3) {
        const char *code = tsl__currency_get_code(cell);
        if (code && memcmp(code, cell.s, 3) == 0) {
            c->cells += rows;
            c->codes += rows;
            c->common = !c->common && tsl__currency_find(cell, &currency, &common) == 3 ? code : c->common;
            return;
        }
    }
    c->cells += tsl__cell_is_missing(cell) ? 0 : rows;
}

void tsl__currency_cells_join(tsl__currency_cells *c, const tsl__currency_cells *behind)
{
    c->cells += behind->cells;
    c->codes += behind->codes;
    c->common = c->common ? c->common : behind->common;
}

int tsl__currency_cells_is_open(const tsl__currency_cells *c)
{
    return c->cells == c->codes && !c->common;
}

const char *tsl__currency_cells_get(const tsl__currency_cells *c)
{
    return c->codes && (double)c->codes > MOSTLY * (double)c->cells ? c->common : NULL;
}
