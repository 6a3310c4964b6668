/* correlation.h: columns that say nearly the same. */
#ifndef TSL_FEATURE_CORRELATION_H
#define TSL_FEATURE_CORRELATION_H

#include <tesela/feature.h>

/* Finds the pairs of the vectors' columns, which have their values, for the recipe. */
TSL_FALLIBLE tsl_status tsl__correlated_fit(tsl_features *features, const tsl_exec *exec, tsl_error *err);
/* Notes those of the columns that clusters are found by. */
TSL_FALLIBLE tsl_status tsl__correlated_note(const tsl_recipe *recipe, const tsl_feature_matrix *matrix,
                                             const tsl_exec *exec, tsl_notes *notes, tsl_error *err);

#endif
