/* future.h: the last period of a fit held out: the same segmentation of what lay before, and what came after. */
#ifndef TSL_RUN_FUTURE_H
#define TSL_RUN_FUTURE_H

#include "run/run_state.h"

/* Fills run->next of a fit that has its model, and transactions whose cells are still there; what stands in the way is
 * a note in it. */
TSL_FALLIBLE tsl_status tsl__run_build_future(tsl_run *run, tsl_error *err);

/* The length of the period, as it was asked for or as is usual; the days from the first transaction up to as_of. */
int tsl__future_get_days(const tsl_run *run);
int tsl__future_get_span(const tsl_run *run);
#define TSL__FUTURE_BUYERS 100 /* before the cut: of fewer nothing can be told */

/* The features as of the cut, of the tables clipped to what lies before it, without vectors' values; by their own
 * recipe, or that which is given. */
TSL_FALLIBLE tsl_status tsl__future_build_features(const tsl_run *run, int32_t cut, const tsl_recipe *recipe,
                                                   const tsl_exec *exec, tsl_features **out, tsl_error *err);

/* Notes, in the labels, on segments that are called quiet and came back more often than those that are called active,
 * beyond what the intervals leave open. */
TSL_FALLIBLE tsl_status tsl__future_note_names(const tsl_next *next, tsl_labels *labels, tsl_error *err);

#endif
