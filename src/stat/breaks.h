/* breaks.h: natural breaks: numbers in classes within which they vary least. */
#ifndef TSL_STAT_BREAKS_H
#define TSL_STAT_BREAKS_H

#include <stddef.h>

typedef struct tsl__breaks tsl__breaks;

/* Of n > 0 numbers in rising order, which are not kept, the classes of least sum of squared distances to their means,
 * for 1, 2, ... up to `most` of them at once. scale NULL: as they are; else the same numbers on the scale that counts,
 * rising, too. Exact (Fisher 1958), of several that are as good the one whose upper classes hold more. NULL: out of
 * memory. Cost: O(most * d log d) of d different numbers, and 4 * most * d bytes. */
tsl__breaks *tsl__breaks_open(const double *sorted, const double *scale, size_t n, size_t most);
/* The least number of each class, rising, into least[classes]; how many classes there are: fewer where fewer numbers
 * differ. classes: 1 to most. */
size_t tsl__breaks_get(const tsl__breaks *breaks, size_t classes, double *least);
/* The goodness of variance fit, 0 to 1: the share of the variance that lies between the classes; 1 where nothing
 * varies. Jenks & Caspall (1971). */
double tsl__breaks_fit(const tsl__breaks *breaks, size_t classes);
void tsl__breaks_free(tsl__breaks *breaks);

#endif
