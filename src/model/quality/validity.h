/* validity.h: what labels of rows are worth, by every index that candidates of a sweep have. */
#ifndef TSL_MODEL_QUALITY_VALIDITY_H
#define TSL_MODEL_QUALITY_VALIDITY_H

#include <tesela/model.h>

/* recurrence.c: gap and strength alone of what tsl_recurrence_build measures, by this seed; nothing in out is owned. */
TSL_FALLIBLE tsl_status tsl__recurrence_sample(const tsl_matrix *x, const double *weight, const int32_t *label, int k,
                                               uint64_t seed, const tsl_exec *exec, tsl_recurrence *out,
                                               tsl_error *err);

/* quality, gap, strength and sample_rows of labels, 0 to k - 1, as tsl_quality_get and tsl_recurrence_build measure
 * them, which refuse a label that no row has: it is left out here. Rows without weight may have any label. What opt
 * leaves open has its default. Cost: the silhouette's, and 41 sweeps of at most 2000 rows. */
TSL_FALLIBLE tsl_status tsl__validity_get(const tsl_matrix *x, const double *weight, const int32_t *label, int k,
                                          const tsl_quality_options *opt, const tsl_exec *exec, tsl_validity *out,
                                          tsl_error *err);

#endif
