/* threshold.h: a threshold that reads well. */
#ifndef TSL_MODEL_TREE_THRESHOLD_H
#define TSL_MODEL_TREE_THRESHOLD_H

/* t with low <= t < high, for two neighbouring values low < high of a column:
 * low itself where it has at most three digits; otherwise low rounded up to
 * the fewest digits that stay below high. x <= t splits the column's values
 * just as x <= low does. */
double tsl__threshold_get(double low, double high);

#endif
