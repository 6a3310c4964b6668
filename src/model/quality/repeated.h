/* repeated.h: sweeps of k-means, made many times over as parts of one call. */
#ifndef TSL_MODEL_QUALITY_REPEATED_H
#define TSL_MODEL_QUALITY_REPEATED_H

#include "model/matrix.h"

#include <tesela/model.h>

/* Progress of the sweep under way as a share of the whole. */
typedef struct tsl__repeated {
    tsl_exec given;    /* as opened */
    const char *stage; /* what the caller is told */
    size_t done, total;
} tsl__repeated;

/* k = 1 to k_max, for the inertias, centres and sizes alone. Counts as one more done. */
TSL_FALLIBLE tsl_status tsl__repeated_fit(tsl__repeated *repeated, const tsl_matrix *x, const double *weight, int k_max,
                                          int restarts, uint64_t seed, tsl_sweep **out, tsl_error *err);

#endif
