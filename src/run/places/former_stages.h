/* former_stages.h: the stages of the lifecycle that customers had in an earlier run. */
#ifndef TSL_RUN_PLACES_FORMER_STAGES_H
#define TSL_RUN_PLACES_FORMER_STAGES_H

#include "run/places/former_tiers.h"

/* *out: by customer, owned; NULL: nothing is known of them. former NULL: likewise. TSL_E_INPUT: what is no stage, or no
 * date. */
TSL_FALLIBLE tsl_status tsl__former_stages_build(const tsl__former *former, const tsl_features *features,
                                                 tsl__stage_state **out, tsl_error *err);

#endif
