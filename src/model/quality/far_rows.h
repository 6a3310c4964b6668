/* far_rows.h: rows that lie far from all others (docs/methods/outliers.md). */
#ifndef TSL_MODEL_QUALITY_FAR_ROWS_H
#define TSL_MODEL_QUALITY_FAR_ROWS_H

#include <tesela/model.h>

/* Tables of fewer rows that have a weight have none. */
#define TSL__FAR_LEAST_ROWS 50

/* far: room for the rows: 1 for each that is far, else 0; *count: how many. size: its min_share, min_rows and seed are
 * heeded. The same for any number of threads. Errors: as of tsl_kmeans_fit. Cost: k-means of k = 10 on all rows, once
 * where there are none, some more times where there are. */
TSL_FALLIBLE tsl_status tsl__far_rows_find(const tsl_matrix *x, const double *weight, const tsl_kmeans_options *size,
                                           const tsl_exec *exec, char *far, size_t *count, tsl_error *err);

#endif
