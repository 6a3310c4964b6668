/* sentinel.h: a number that stands for a missing one (-999 among scores). docs/methods/tables.md. */
#ifndef TSL_TABLE_SCHEMA_SENTINEL_H
#define TSL_TABLE_SCHEMA_SENTINEL_H

#include <stddef.h>
#include <stdint.h>

/* Minus one, or nines alone: -1, -9, -99, 99, -999, 999, ... */
int tsl__sentinel_is_one(double value);
/* The one such value that looks like a missing cell, or NaN. count distinct texts: the value of each (NaN: no number),
 * and how many rows hold it. all: rows of the table. At most one value can be it. */
double tsl__sentinel_find(const double *value, const uint64_t *rows, size_t count, size_t all);

#endif
