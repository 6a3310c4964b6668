/* cluster_means.h: means of labelled rows and the cost of a labelling, the same bits
 * for any number of threads. */
#ifndef TSL_MODEL_CLUSTER_MEANS_H
#define TSL_MODEL_CLUSTER_MEANS_H

#include "model/matrix.h"

/* mean: k x cols: each column's weighted mean over the rows of each cluster where
 * it is known (not NaN), NaN where it never is. label: 0..k-1; weight: NULL: once
 * each. */
TSL_FALLIBLE tsl_status tsl__means_get(const tsl__row_view *x, const double *weight, const int32_t *label, int k,
                                       int threads, double *mean, tsl_error *err);
/* Sum over the rows of weight * squared distance to center[label]; x is finite. */
TSL_FALLIBLE tsl_status tsl__cost_get(const tsl__row_view *x, const double *weight, const int32_t *label,
                                      const double *center, int threads, double *cost, tsl_error *err);

#endif
