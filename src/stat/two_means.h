/* two_means.h: k-means with two clusters, of numbers in a line. */
#ifndef TSL_STAT_TWO_MEANS_H
#define TSL_STAT_TWO_MEANS_H

#include <stddef.h>

/* Of n sorted numbers, how many are in the lower of the two parts whose sums of squares about their means are least
 * (the fewest, where several are), by trying each cut between two neighbours; 0: all are alike. told: the share of the
 * variance that lies between the parts, 0 to 1: two halves of an even spread tell 3/4, of a normal distribution 2/pi.
 * Cost: O(n). */
size_t tsl__two_means_find(const double *sorted, size_t n, double *told);

#endif
