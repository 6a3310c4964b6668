/* pca.h: principal components that stand for a group's columns in clustering. */
#ifndef TSL_FEATURE_PCA_H
#define TSL_FEATURE_PCA_H

#include <tesela/feature.h>

/* Puts components in the place of the columns that are chosen, of weight over 0, of each group for which settings.pca
 * asks for them. TSL_E_OPTION where there are fewer columns than that, or none. */
TSL_FALLIBLE tsl_status tsl__pca_fit(tsl_features *features, tsl_error *err);
/* The coordinates in clustering, weighted, of a customer's raw values x; column: those of tsl__clustering_columns_get.
 */
void tsl__clustering_row_get(const tsl_recipe *recipe, const tsl_vector_column *column, size_t cols, const double *x,
                             double *out);
/* The normalised values of the pooled columns that lie nearest to scores of the components. z: pool->count. */
void tsl__pool_invert(const tsl_pool *pool, const double *score, double *z);
/* The scores of such values. */
void tsl__pool_get(const tsl_pool *pool, const double *z, double *score);
int tsl__pools_are_same(const tsl_pool *a, const tsl_pool *b);

#endif
