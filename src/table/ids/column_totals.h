/*
 * column_totals.h: the rows of a customers table whose numbers are the sums of all others in their columns.
 *
 * Exact, in 1/10000, whatever the order of the rows. Each distinct cell of a column of numbers is read once; the first
 * one that is none ends it, so that columns of texts cost nothing.
 */
#ifndef TSL_TABLE_IDS_COLUMN_TOTALS_H
#define TSL_TABLE_IDS_COLUMN_TOTALS_H

#include "table/reading.h"

typedef struct tsl__column_total {
    size_t numbers; /* cells that hold one; 0: it is no column of numbers */
    size_t row;     /* whose number is the sum of all others; TSL__NONE: there is none, or several */
    uint64_t steps; /* of that number */
} tsl__column_total;

/* One an output; the caller frees it. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__column_totals_find(const tsl__reading *reading, tsl__column_total **out, tsl_error *err);
/* 1: a number of the row is such a sum. */
int tsl__column_totals_has(const tsl__reading *reading, const tsl__column_total *total, size_t row);
/* 1: all of its numbers are, and hardly by chance. */
int tsl__column_totals_prove(const tsl__reading *reading, const tsl__column_total *total, size_t row);

#endif
