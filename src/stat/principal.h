/* principal.h: the columns that say most of all of them. */
#ifndef TSL_STAT_PRINCIPAL_H
#define TSL_STAT_PRINCIPAL_H

#include <stddef.h>

/* Of d >= 1 columns, whose correlations r (d x d, symmetric, 0 with one that does not vary) are given, the first that
 * says at least .8 of what any says of all of them, sum of its squared correlations; and the first that says as much
 * of what that one leaves, P = r - r_1 r_1', by sum of P_ij^2 / P_jj, of those that it leaves over .5 of, else over .1.
 * How many there are, 1 or 2; which: their places. Cost: O(d^2). McCabe (1984), Technometrics 26, for the idea. */
size_t tsl__principal_find(const double *r, size_t d, size_t which[2]);

#endif
