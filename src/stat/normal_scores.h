/* normal_scores.h: what numbers would be, by their ranks, if they were normal. */
#ifndef TSL_STAT_NORMAL_SCORES_H
#define TSL_STAT_NORMAL_SCORES_H

#include "stat/weights.h"

/* The map from values to scores, as knots: at most `most` (>= 2) values, strictly rising, then their scores, which
 * do not fall. knot: room for 2 * most; how many there are. x: at least one number.
 *   score(v) = Phi^-1((r - 3/8) / (n + 1/4)), r the mean of the ranks 1..n of the numbers that equal v
 * (Blom 1958, Statistical estimates and transformed beta-variables; his constant is the usual one). By weight ranks are
 * widths: what lies below v and half of (its own + u), u the step of x (weights.h), with 3u/8, W + u/4; so that
 * whole weights give the bits of the numbers written out. Of up to `most` different values each is a knot, of more
 * those at places that are spread evenly over the widths, the least and the greatest among them. */
size_t tsl__normal_scores_fit(const tsl__weighed *x, size_t most, double *knot);

/* The score of a value: exact at a knot, linear between two, and that of the end beyond it. */
double tsl__normal_scores_get(const double *knot, size_t count, double value);
/* The value of a score, the other way. */
double tsl__normal_scores_invert(const double *knot, size_t count, double score);

#endif
