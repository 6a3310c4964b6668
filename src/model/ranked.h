/* ranked.h: a model whose clusters have a place that is not for it to choose. */
#ifndef TSL_MODEL_RANKED_H
#define TSL_MODEL_RANKED_H

#include <tesela/model.h>

/* What the clusters that no prior place draws are ordered by: rising rank, and what they are worth where ranks are the
 * same. */
typedef struct tsl__ranking {
    const double *value; /* one a row, as of tsl_model_build; or NULL */
    const int32_t *rank; /* one a cluster of the sweep's best candidate, or NULL */
} tsl__ranking;

/* As tsl_model_build, of which the order is the ranking's. */
TSL_FALLIBLE tsl_status tsl__model_build_ranked(const tsl_matrix *x, const double *weight, const char *const *column,
                                                tsl_sweep *sweep, const tsl_raw_columns *raw,
                                                const tsl__ranking *ranking, const tsl_tree_options *opt,
                                                const tsl_exec *exec, tsl_model **out, tsl_error *err);

#endif
