/* sentinel.h: a number by which other programs write that one is missing (-999 among scores): a guess, as 99 may be a
 * price. docs/methods/basis.md. */
#ifndef TSL_FEATURE_WORDS_SENTINEL_H
#define TSL_FEATURE_WORDS_SENTINEL_H

#include <tesela/table.h>

#include <stddef.h>

/* Of a column of numbers: the value, -1 or nines alone, that at least two rows, and from 1 to 10 of a hundred, have,
 * and that lies farther from all others than their whole range; NaN: there is none. *count: rows that have it. */
double tsl__sentinel_find(const tsl_column *column, size_t rows, size_t *count);

#endif
