/* sort.h: numbers in rising order. */
#ifndef TSL_STAT_SORT_H
#define TSL_STAT_SORT_H

#include <stddef.h>

/* Sorts n numbers, none of them NaN; -0 counts as 0 and comes out as it. scratch:
 * n doubles. Cost: O(n), by eleven bits at a time; a pass over bits that are the
 * same in all numbers (the small integers of counts) is left out. */
void tsl__sort(double *values, double *scratch, size_t n);

/* The same of values that have company: with[i] goes where values[i] goes, and
 * equal values stay in the order in which they came. scratch: 2 n doubles. */
void tsl__sort_with(double *values, double *with, double *scratch, size_t n);

/* The type-7 quantile p of n > 0 sorted numbers (Hyndman & Fan 1996). */
double tsl__sorted_quantile(const double *sorted, size_t n, double p);
/* The same of numbers that are looked up: which of them it begins at, and its value by that one and the next; count 1:
 * there is no next. */
size_t tsl__quantile_place(size_t n, double p);
double tsl__quantile_between(const double *at, size_t count, size_t n, double p);

/* How many of the sorted numbers are below x, and how many at most x. */
size_t tsl__sorted_below(const double *sorted, size_t n, double x);
size_t tsl__sorted_up_to(const double *sorted, size_t n, double x);

#endif
