/* fill.h: the raw matrix, the history and the totals, from layout and tables. */
#ifndef TSL_FEATURE_FILL_H
#define TSL_FEATURE_FILL_H

#include "feature/grouping.h"
#include "feature/layout.h"

/* Fills features->x, history and the counts of info; features->feature and
 * customers are set. */
tsl_status tsl__features_fill(const tsl__grouping *grouping, const tsl__layout *layout, const tsl_feature_options *opt,
                              tsl_features *features, tsl_error *err);

#endif
