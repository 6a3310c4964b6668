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

/* Counts n values of one column, into bins that begin as those of a fit. */
void tsl__drift_add_column(const tsl_bins *bins, const double *value, size_t n, tsl__drift_count *count);
/* What so many customers show of a feature, against its bins of so many then. */
tsl_feature_drift tsl__drift_compare(const tsl_bins *then, uint64_t customers_then, const tsl__drift_count *now,
                                     size_t customers);
/* Counts rows begin .. end - 1 of the features into count (one a feature). */
void tsl__drift_add(const tsl_features *features, size_t begin, size_t end, tsl__drift_count *count);
/* Of each of these rows, how many of the columns that clusters are found on lie
 * outside what the fit saw. */
void tsl__drift_outside(const tsl_features *features, size_t begin, size_t end, uint32_t *outside);
/* Adds what another thread, or an earlier block, counted. */
void tsl__drift_merge(tsl__drift_count *into, const tsl__drift_count *from, size_t features);
TSL_FALLIBLE tsl_status tsl__drift_make(const tsl_recipe *recipe, const tsl__drift_count *count, size_t customers,
                                        tsl_drift **out, tsl_error *err);

/* ---- Of two tables of features: drift_between.c ---- */

/* The same of one column, of which the values are at hand; NaN: missing. bins: those of a fit. */
tsl_feature_drift tsl__drift_between_values(const tsl_bins *bins, const double *then, size_t customers_then,
                                            const double *now, size_t customers_now);
/* Fills each pair's drift in: the customers then and now, counted in the bins that the recipe of then cuts. */
TSL_FALLIBLE tsl_status tsl__drift_between(const tsl_features *then, const tsl_features *now, const tsl_exec *exec,
                                           tsl_feature_pair *pair, size_t count, tsl_error *err);

#endif
