/*
 * currency_cells.h: whether a column whose name tells nothing holds the codes of currencies.
 *
 * Nearly all of its cells are codes of ISO 4217 in capitals, one of them of a currency that currency.h knows by more
 * than its code: three capitals are many things (ALL, TOP, ...).
 */
#ifndef TSL_TABLE_CELL_CURRENCY_CELLS_H
#define TSL_TABLE_CELL_CURRENCY_CELLS_H

#include <stdint.h>

#include "table/cell/span.h"

/* Starts as zeros. */
typedef struct tsl__currency_cells {
    uint64_t cells, codes; /* that are there; that are codes */
    const char *common;    /* one that is known by more; or NULL */
} tsl__currency_cells;

/* Takes in a trimmed cell that stands in so many rows; one that is missing is none. */
void tsl__currency_cells_add(tsl__currency_cells *column, tsl__span cell, uint64_t rows);
/* Takes in those of the rows behind. */
void tsl__currency_cells_join(tsl__currency_cells *column, const tsl__currency_cells *behind);
/* 1: nothing that was seen is anything but a code: it may be such a column yet. */
int tsl__currency_cells_is_open(const tsl__currency_cells *column);
/* Such a code, where the column holds codes; else NULL. */
const char *tsl__currency_cells_get(const tsl__currency_cells *column);

#endif
