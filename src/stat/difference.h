/* difference.h: how far two means, or two rates, lie apart, and what has changed in one: with 95 % intervals. */
#ifndef TSL_STAT_DIFFERENCE_H
#define TSL_STAT_DIFFERENCE_H

#include <stddef.h>
#include <stdint.h>

#include "stat/interval.h"

/* p: two-sided; of rates the level at which the interval comes to 0. All but value NaN where they cannot be told. */
typedef struct tsl__difference {
    double value, low, high, p;
} tsl__difference;

/* So many, their mean, and the sum of their squared deviations from it. */
typedef struct tsl__measured {
    uint64_t count;
    double mean, square;
} tsl__measured;

/* a less b, by Welch (1947), The generalization of Student's problem when several different population variances are
 * involved, Biometrika 34. NaN of less than two in one of them, and where nothing varies in either. */
tsl__difference tsl__difference_of_means(tsl__measured a, tsl__measured b);

/* Of so many, those for whom it is so. */
typedef struct tsl__share_of {
    uint64_t happened, known;
} tsl__share_of;

/* a less b: square and add of Wilson's intervals; Newcombe (1998), Interval estimation for the difference between
 * independent proportions, Statistics in Medicine 17, 873-890, method 10. NaN of nobody. */
tsl__difference tsl__difference_of_rates(tsl__share_of a, tsl__share_of b);

/* The same people before and after. */
typedef struct tsl__paired {
    uint64_t both, before, after, neither; /* yes both times, before alone, after alone, never */
} tsl__paired;

/* After less before; Newcombe (1998), Improved confidence intervals for the difference between binomial proportions
 * based on paired data, Statistics in Medicine 17, 2635-2650, method 10. NaN of nobody. */
tsl__difference tsl__change_of_rates(tsl__paired pairs);

/* The change of a less the change of b: their intervals squared and added; Zou & Donner (2008), Construction of
 * confidence limits about effect measures, Statistics in Medicine 27, 1693-1702. NaN of nobody in one of them. */
tsl__difference tsl__difference_of_changes(tsl__paired a, tsl__paired b);

/* adjusted[i]: p[i] after Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of
 * Statistics 6; NaN where p is. order: count entries of room. */
void tsl__adjust_by_holm(const double *p, size_t count, size_t *order, double *adjusted);

#endif
