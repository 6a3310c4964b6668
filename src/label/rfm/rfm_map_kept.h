/* rfm_map_kept.h: the map of RFM segments of a policy <-> model.h5 (docs/formats.md). */
#ifndef TSL_LABEL_RFM_MAP_KEPT_H
#define TSL_LABEL_RFM_MAP_KEPT_H

#include <tesela/label.h>

#include "store/array_store.h"

/* Where nothing is said of a map there is no group, as in a file of before. */
void tsl__rfm_map_put(tsl__store *store, const tsl_policy *policy);
void tsl__rfm_map_get(tsl__store *store, tsl_policy *policy);

#endif
