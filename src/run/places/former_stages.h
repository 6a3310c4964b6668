/* former_stages.h: the stages of the lifecycle that customers had in an earlier run. */
#ifndef TSL_RUN_PLACES_FORMER_STAGES_H
#define TSL_RUN_PLACES_FORMER_STAGES_H

#include "label/kept_names.h"
#include "run/places/previous.h"

/* The columns lifecycle and lifecycle_since of its segments.csv; of a file that lacks one: nothing. */
TSL_FALLIBLE tsl_status tsl__former_stages_read(const tsl_source *segments, const tsl_exec *exec,
                                                tsl__previous *previous, tsl_error *err);

/* *out: by customer, owned; NULL: nothing is known of them. previous NULL: likewise. TSL_E_INPUT: what is no stage, or
 * no date. */
TSL_FALLIBLE tsl_status tsl__former_stages_build(const tsl__previous *previous, const tsl_features *features,
                                                 tsl__stage_state **out, tsl_error *err);

#endif
