/* covariate_model.h: fits by covariates beside one another. */
#ifndef TSL_VALUE_COVARIATE_MODEL_H
#define TSL_VALUE_COVARIATE_MODEL_H

#include <tesela/value.h>

/* tsl_covariate_model_fit where the model without covariates is known already. plain: as fitted to these histories;
 * guess: a model by these covariates to begin from, its base, rates and dropouts; NULL: none. Covariates are checked
 * already. */
TSL_FALLIBLE tsl_status tsl__covariate_model_fit_from(const tsl_histories *histories, const tsl_covariates *covariates,
                                                      const tsl_purchase_model *plain, const tsl_covariate_model *guess,
                                                      const tsl_exec *exec, tsl_covariate_model *out, tsl_error *err);

#endif
