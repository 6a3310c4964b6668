/* history.h: who stood in which segment in the months before, and how customers moved from one month to the next. */
#ifndef TSL_RUN_HISTORY_HISTORY_H
#define TSL_RUN_HISTORY_HISTORY_H

#include "run/run_state.h"

/* Fills run->history of a run that has its assignment, and transactions whose cells are still there; NULL where these
 * are of less than two months. */
TSL_FALLIBLE tsl_status tsl__run_build_history(tsl_run *run, tsl_error *err);

#endif
