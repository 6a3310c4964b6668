/* rising.h: the rising numbers nearest to some. */
#ifndef TSL_STAT_RISING_H
#define TSL_STAT_RISING_H

#include <stddef.h>

/* Makes y the numbers that never fall and lie nearest to it by weighted squares; weights are above 0. Neighbours that
 * fall are pooled to their mean: Ayer, Brunk, Ewing, Reid & Silverman (1955), Annals of Mathematical Statistics 26.
 * Cost: O(count^2), for few. */
void tsl__rising_fit(double *y, const double *weight, size_t count);

#endif
