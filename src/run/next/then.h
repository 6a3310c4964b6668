/* then.h: a run as it would have been at an earlier day, or of some of its customers: its features are its own, and its
 * model where it is fitted; all else is the run's. */
#ifndef TSL_RUN_NEXT_THEN_H
#define TSL_RUN_NEXT_THEN_H

#include "run/run_state.h"

/* given: the segmentation that is applied, which stays the caller's; NULL: it is fitted. */
void tsl__then_open(const tsl_run *run, const tsl_segmentation *given, tsl_run *then);
/* What it has made, the features with it. */
void tsl__then_close(tsl_run *then);

#endif
