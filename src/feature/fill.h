/* fill.h: the raw matrix, the history and the totals, from binding and tables. */
#ifndef TSL_FEATURE_FILL_H
#define TSL_FEATURE_FILL_H

#include "feature/binding.h"
#include "feature/grouping.h"

/* Fills features->x, history and the counts of info; recipe, applied and
 * customers are set. A fit also finds the recipe's median purchase and RFM
 * cuts, an apply the latter where `refit` asks for it. */
TSL_FALLIBLE tsl_status tsl__features_fill(const tsl__grouping *grouping, const tsl__binding *binding, unsigned refit,
                                           const tsl_exec *exec, tsl_features *features, tsl_error *err);

#endif
