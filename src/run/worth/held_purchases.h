/* held_purchases.h: the last days held out of a valuation: models of what lay before, and the purchases that came. */
#ifndef TSL_RUN_WORTH_HELD_PURCHASES_H
#define TSL_RUN_WORTH_HELD_PURCHASES_H

#include "run/worth/purchase_models.h"

/* Fills valuation->holdout, of the transactions that the features are of. TSL_E_OPTION: nobody had bought before. */
TSL_FALLIBLE tsl_status tsl__held_purchases_build(const tsl_features *features, const tsl_table *transactions,
                                                  const tsl_valuation_options *opt, const tsl_exec *exec,
                                                  tsl_valuation *valuation, tsl_error *err);
/* Of histories that end where the period begins: by the valuation's own models; came: purchases of each row in it. */
TSL_FALLIBLE tsl_status tsl__held_purchases_build_rows(const tsl_histories *histories, const double *came,
                                                       const tsl_valuation_options *opt, const tsl_exec *exec,
                                                       tsl_valuation *valuation, tsl_error *err);
void tsl__held_purchases_free(tsl_valuation_holdout *holdout); /* NULL is fine */

#endif
