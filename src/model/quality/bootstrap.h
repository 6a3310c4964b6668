/* bootstrap.h: whether labels that somebody gave the rows come back in k-means of samples. */
#ifndef TSL_MODEL_QUALITY_BOOTSTRAP_H
#define TSL_MODEL_QUALITY_BOOTSTRAP_H

#include <tesela/model.h>

/* Fills agreement, between and their errors, jaccard, replicates and rows of out, whose k and room for jaccard are
 * there; opt: full. label: 0 to k - 1 of each row that has a weight. Errors: as of tsl_kmeans_fit. */
TSL_FALLIBLE tsl_status tsl__recurrence_measure(const tsl_matrix *x, const double *weight, const int32_t *label,
                                                const tsl_stability_options *opt, const tsl_exec *exec,
                                                tsl_recurrence *out, tsl_error *err);

#endif
