/* bins.h: how a column was distributed where the recipe was fitted. */
#ifndef TSL_FEATURE_BINS_H
#define TSL_FEATURE_BINS_H

#include <tesela/feature.h>

/* From n known values, sorted; missing is the caller's. Of numbers every bin holds
 * some of them; of booleans and values there are always two, 0 and 1. */
void tsl__bins_fit(const double *sorted, size_t n, tsl_feature_form form, tsl_bins *bins);

#endif
