/* target_period.h: a target that is what customers spent after a cut. */
#ifndef TSL_RUN_TARGET_TARGET_PERIOD_H
#define TSL_RUN_TARGET_TARGET_PERIOD_H

#include "run/run_state.h"

#include <string.h>

/* The target that is no feature: the net amount in the period that is held out. */
#define TSL__TARGET_NEXT "next"

static inline int tsl__target_is_next(const tsl_run *run)
{
    return run->opt.target && strcmp(run->opt.target, TSL__TARGET_NEXT) == 0;
}

/* Features as of the cut, owned, and what each of their customers spent in the period (NaN: had not bought before),
 * owned; the period goes into the estimates. TSL_E_INPUT: a history that does not allow it. */
TSL_FALLIBLE tsl_status tsl__target_period_open(tsl_run *run, tsl_estimates *estimates, tsl_features **then,
                                                double **value, tsl_error *err);

#endif
