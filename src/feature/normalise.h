/* normalise.h: raw columns -> normalised vector columns. */
#ifndef TSL_FEATURE_NORMALISE_H
#define TSL_FEATURE_NORMALISE_H

#include <tesela/feature.h>

/* A value on the transformed scale. */
double tsl__transform_get(tsl_transform how, double x);
/* The vector columns of one block of features (feature first .. end - 1; mostly
 * one feature): out has room for end - first + 1; *count says how many there
 * are. Constant columns are left out. Where over settings.missing_share are
 * missing, an indicator comes last. *missing_hash tells equal patterns of
 * missing from different ones. scratch: 2 x customers doubles. Names are owned
 * by the caller; weights are left 0. */
tsl_status tsl__normalise_fit(const tsl_features *features, size_t first, size_t end, double *scratch,
                              tsl_vector_column *out, size_t *count, uint64_t *missing_hash);
/* One past the last feature of the block that begins at `first`. */
size_t tsl__block_end(const tsl_features *features, size_t first);
/* The normalised value of one raw value. */
double tsl__normalise_get(const tsl_vector_column *column, double x);
/* Sets the weights: sqrt(group weight / number of the group's features), a
 * block counting as one. */
void tsl__normalise_weigh(const tsl_features *features, tsl_vector_column *column, const tsl_group *group,
                          size_t count);
/* Fills the three vectors of features from its raw matrix. */
tsl_status tsl__normalise_build(tsl_features *features, int threads, const tsl_progress *progress, tsl_error *err);
/* Empties the three vectors. */
void tsl__normalise_free(tsl_features *features);

#endif
