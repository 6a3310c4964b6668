/* ranked.h: a model whose clusters have a place that is not for it to choose. */
#ifndef TSL_MODEL_RANKED_H
#define TSL_MODEL_RANKED_H

#include <tesela/model.h>

/* As tsl_model_build; clusters that no prior place draws come by rising rank first, and by what they are worth where
 * ranks are the same. rank: one a cluster of the sweep's best candidate, or NULL. */
TSL_FALLIBLE tsl_status tsl__model_build_ranked(const tsl_matrix *x, const double *weight, const char *const *column,
                                                tsl_sweep *sweep, const tsl_raw_columns *raw, const double *value,
                                                const int32_t *rank, const tsl_tree_options *opt, const tsl_exec *exec,
                                                tsl_model **out, tsl_error *err);

#endif
