/* clustering_matrix.h: the clustering matrix by exact column names. */
#ifndef TSL_FEATURE_CLUSTERING_MATRIX_H
#define TSL_FEATURE_CLUSTERING_MATRIX_H

#include <tesela/feature.h>

/* Exactly these columns, as tsl_features_get_matrix gave them when it chose
 * them; TSL_E_INPUT where one of them cannot be had from these features. */
tsl_status tsl__features_take(const tsl_features *features, char *const *column, size_t count, tsl_feature_matrix **out,
                              tsl_error *err);

#endif
