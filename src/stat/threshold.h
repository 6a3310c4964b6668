/* threshold.h: thresholds that read well. */
#ifndef TSL_STAT_THRESHOLD_H
#define TSL_STAT_THRESHOLD_H

/* t with low <= t < high, for two neighbouring values low < high of a column, so
 * that x <= t splits the column's values just as x <= low does: the middle
 * between them, rounded to the fewest digits that leave it in the middle half of
 * the gap, but with no more places after the point than the two values have; low
 * itself where there is no such number, as between two whole numbers that follow
 * each other. */
double tsl__threshold_get(double low, double high);

/* Numbers that people say around the middle of two values, the roundest first:
 * whole multiples of 1, 0.5, 0.2, 0.1, 0.05, ... times the power of ten that the
 * middle begins with. Two a level: the nearest to the middle, and the next on its
 * other side. 0: neither value has as many places after the point. */
#define TSL__ROUND_LEVELS 48
int tsl__threshold_say(double low, double high, int level, double said[2]);

#endif
