/* future.h: the last period of a fit held out: the same segmentation of what lay before, and what came after. */
#ifndef TSL_RUN_NEXT_FUTURE_H
#define TSL_RUN_NEXT_FUTURE_H

#include "run/run_state.h"

/* Fills run->next of a fit that has its model, and transactions whose cells are still there; what stands in the way is
 * a note in it. */
TSL_FALLIBLE tsl_status tsl__run_build_future(tsl_run *run, tsl_error *err);

#endif
