/* dip.h: how far a sample is from any that has one mode. */
#ifndef TSL_MODEL_NATURAL_DIP_H
#define TSL_MODEL_NATURAL_DIP_H

#include <stddef.h>

/* The dip of n > 0 sorted finite numbers: the least, over all distributions with
 * one mode, of the greatest difference between their distribution function and
 * the sample's. At least 1 / 2n, as of numbers that lie evenly; less than 1/4.
 * Hartigan & Hartigan (1985). work: 4 n. Cost O(n) but for made-up samples. */
double tsl__dip_get(const double *sorted, size_t n, size_t *work);

/* What sqrt(n) times the dip of n >= 8 numbers is, or exceeds, in 2 of 100
 * samples of the uniform distribution, the least favourable of those with one
 * mode in the limit. */
double tsl__dip_limit(size_t n);

#endif
