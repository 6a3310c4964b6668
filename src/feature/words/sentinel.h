/* sentinel.h: a number by which other programs write that one is missing (-999 among scores): a guess, as 99 may be a
 * price. docs/methods/basis.md. */
#ifndef TSL_FEATURE_WORDS_SENTINEL_H
#define TSL_FEATURE_WORDS_SENTINEL_H

#include <tesela/table.h>

#include <stddef.h>

/* Of a column of numbers: the value, -1 or nines alone, that at least two rows, and from 1 to 10 of a hundred, have,
 * and that lies farther from all others than their whole range; NaN: there is none. *count: rows that have it. */
double tsl__sentinel_find(const tsl_column *column, size_t rows, size_t *count);

/* What an outcome holds beside 0 and 1. */
typedef enum tsl__beside {
    TSL__BESIDE_NOTHING, /* it holds both alone */
    TSL__BESIDE_UNKNOWN, /* -1 and nines, which say that nobody knows */
    TSL__BESIDE_THIRD,   /* -1, but each of the three is had by a fifth at least: no, neither and yes, perhaps */
    TSL__BESIDE_ANSWERS, /* both, and one or two values more that say nothing of the kind */
    TSL__BESIDE_OTHERS   /* it is none of 0 and 1 */
} tsl__beside;
tsl__beside tsl__beside_find(const double *x, size_t rows);
/* 1 where the number says among 0 and 1 that nobody knows: -1, or nines alone, 9 as well. */
int tsl__unknown_is_number(double x);

#endif
