/* cluster_means.h: means of labelled rows and the cost of a labelling, the same bits
 * for any number of threads. */
#ifndef TSL_MODEL_CLUSTER_MEANS_H
#define TSL_MODEL_CLUSTER_MEANS_H

#include <tesela/base.h>

/* mean: k x cols: each column's mean over the rows of each cluster where it is
 * known (not NaN), NaN where it never is. label: 0..k-1. */
tsl_status tsl__means_get(const tsl_matrix *x, const int32_t *label, int k, int threads, double *mean, tsl_error *err);
/* Sum over the rows of the squared distance to center[label]; x is finite. */
tsl_status tsl__cost_get(const tsl_matrix *x, const int32_t *label, const double *center, int threads, double *cost,
                         tsl_error *err);

#endif
