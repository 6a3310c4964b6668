/*
 * reckoning.h: what follows from the sums of a document that hides some of its sets, and from what.
 *
 * Each sum is an equation, each set that is not told an unknown. One of them is known all the same where all solutions
 * agree in it, whichever sums are added and taken away. The equations are solved in the field of 2^31 - 1 elements, and
 * unknowns that are free are drawn at random in the equations without what is told: one that is 0 then is 0 in all
 * their solutions, but for a chance of 1 in 2^31. Such a one is a sum of told sets; without one of these it is
 * uncertain.
 */
#ifndef TSL_OUTPUT_SMALL_RECKONING_H
#define TSL_OUTPUT_SMALL_RECKONING_H

#include "output/small/small_sets.h"

/* Says which are certain. Not 0: out of memory. */
int tsl__reckoning_find(tsl__small_sets *sets);
/* Likewise, and hides the smallest of the told sets that tell one of few, or one that is wanted, for each
 * of those. 1: it did, 0: none is told, -1: out of memory. */
int tsl__reckoning_cover(tsl__small_sets *sets);

#endif
