/* covariate_fits.h: the model that foretells, by columns of the customers. */
#ifndef TSL_RUN_WORTH_COVARIATE_FITS_H
#define TSL_RUN_WORTH_COVARIATE_FITS_H

#include "value/value_model.h"

#include <tesela/run.h>

/* Fills valuation->covariates, of the kind that foretells, and what it expects of each customer in place of what the
 * model without them does; where none foretells a note says so. forecast: as of tsl_value_forecast, with the rate and
 * times that are asked for. */
TSL_FALLIBLE tsl_status tsl__covariate_fits_build(const tsl_features *features, const tsl__known *known,
                                                  const tsl_valuation_options *opt, const tsl_exec *exec,
                                                  tsl_valuation *valuation, tsl_error *err);
/* What is expected by them, of the customers who are known, into the valuation's figures. */
TSL_FALLIBLE tsl_status tsl__covariate_fits_predict(const tsl_features *features, const tsl__known *known,
                                                    const tsl_forecast *times, const tsl_exec *exec,
                                                    tsl_valuation *valuation, tsl_error *err);
void tsl__covariate_fits_free(tsl_valuation_covariates *covariates); /* NULL is fine */

#endif
