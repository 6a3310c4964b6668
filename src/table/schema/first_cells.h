/*
 * first_cells.h: what the first cells of a column show of what it may be, before any role is decided.
 *
 * They show what a name does not tell: that "day" numbers the days of months, that an id is hidden for the most part.
 * What they let a column be is proven, or refused, by all of its cells.
 */
#ifndef TSL_TABLE_SCHEMA_FIRST_CELLS_H
#define TSL_TABLE_SCHEMA_FIRST_CELLS_H

#include <stdint.h>

#include "table/cell/span.h"

#define TSL__FIRST_CELLS 1000 /* rows of a file that are looked at */

/* Starts as zeros. */
typedef struct tsl__first_cells {
    uint64_t cells;   /* that are not missing */
    uint64_t dates;   /* written ones, and days of eight digits and more */
    uint64_t stamps;  /* other numbers alone that are times of this century or the last: 45292, 1704067200 */
    uint64_t numbers; /* all other numbers alone: 7, 23.5 */
    uint64_t masked;  /* of which a part is hidden */
} tsl__first_cells;

void tsl__first_cells_add(tsl__first_cells *first, tsl__span cell);

/* 1: most of them are. */
int tsl__first_cells_are_dates(const tsl__first_cells *first);
int tsl__first_cells_are_stamps(const tsl__first_cells *first);
int tsl__first_cells_are_numbers(const tsl__first_cells *first);
int tsl__first_cells_are_masked(const tsl__first_cells *first);

#endif
