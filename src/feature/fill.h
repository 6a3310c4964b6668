/* fill.h: the customers, their raw matrix, the history and the totals, from binding and tables. */
#ifndef TSL_FEATURE_FILL_H
#define TSL_FEATURE_FILL_H

#include "feature/binding.h"
#include "feature/records/grouping.h"

/* Fills features->customers, id, x, history and the counts of info; recipe, applied and as_of are set. A fit also finds
 * the recipe's median purchase and RFM cuts, an apply the latter where opt->refit asks for it. *attribute: one a
 * customer, the row of the customers table, or UINT32_MAX; owned. TSL_E_INPUT: no customer, or sums beyond what fits.
 */
TSL_FALLIBLE tsl_status tsl__features_fill(const tsl__sharding *sharding, const tsl__binding *binding,
                                           const tsl_feature_options *opt, const tsl_exec *exec, tsl_features *features,
                                           uint32_t **attribute, tsl_error *err);

#endif
