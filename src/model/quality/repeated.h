/* repeated.h: parts of one call that are alike, side by side, and the sweeps of k-means
 * that they consist of. */
#ifndef TSL_MODEL_QUALITY_REPEATED_H
#define TSL_MODEL_QUALITY_REPEATED_H

#include "model/matrix.h"

#include <tesela/model.h>

/* Part `number`, on one thread. one: what it hands on. */
typedef tsl_status (*tsl__repeated_part)(void *user, int number, const tsl_exec *one, tsl_error *err);

/* Parts 0 to count - 1, in any order, each by one thread. exec: as opened; stage: what the caller is told. Of those
 * that fail the lowest decides the error. */
TSL_FALLIBLE tsl_status tsl__repeated_run(const tsl_exec *exec, const char *stage, int count, tsl__repeated_part part,
                                          void *user, tsl_error *err);

/* k = 1 to k_max, for the inertias, centres and sizes alone. */
TSL_FALLIBLE tsl_status tsl__repeated_fit(const tsl_exec *one, const tsl_matrix *x, const double *weight, int k_max,
                                          int restarts, uint64_t seed, tsl_sweep **out, tsl_error *err);

#endif
