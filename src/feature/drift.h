/* drift.h: drift counted block by block, where not all rows are there at once. */
#ifndef TSL_FEATURE_DRIFT_H
#define TSL_FEATURE_DRIFT_H

#include <tesela/feature.h>

#define TSL__DRIFT_ROWS 512

/* What the rows counted so far showed of one feature. */
typedef struct tsl__drift_count {
    uint64_t bin[TSL_BINS_MAX];
    uint64_t missing, outside;
} tsl__drift_count;

/* Counts rows begin .. end - 1 of the features into count (one a feature). */
void tsl__drift_add(const tsl_features *features, size_t begin, size_t end, tsl__drift_count *count);
/* Of each of these rows, how many of the columns that clusters are found on lie
 * outside what the fit saw. */
void tsl__drift_outside(const tsl_features *features, size_t begin, size_t end, uint32_t *outside);
/* Adds what another thread, or an earlier block, counted. */
void tsl__drift_merge(tsl__drift_count *into, const tsl__drift_count *from, size_t features);
TSL_FALLIBLE tsl_status tsl__drift_make(const tsl_recipe *recipe, const tsl__drift_count *count, size_t customers,
                                        tsl_drift **out, tsl_error *err);

#endif
