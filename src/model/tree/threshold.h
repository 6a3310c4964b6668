/* threshold.h: a threshold that reads well. */
#ifndef TSL_MODEL_TREE_THRESHOLD_H
#define TSL_MODEL_TREE_THRESHOLD_H

/* t with low <= t < high, for two neighbouring values low < high of a column, so
 * that x <= t splits the column's values just as x <= low does: the middle
 * between them, rounded to the fewest digits that leave it in the middle half of
 * the gap, but with no more places after the point than the two values have; low
 * itself where there is no such number, as between two whole numbers that follow
 * each other. */
double tsl__threshold_get(double low, double high);

#endif
