/* methods.h: the run's segments beside usual ways of segmenting, at some cuts. */
#ifndef TSL_RUN_NEXT_METHODS_H
#define TSL_RUN_NEXT_METHODS_H

#include "run/run_state.h"

#define TSL__METHODS_CUSTOMERS 50000 /* beyond these some of the customers speak for all, */
#define TSL__METHODS_LINES 1000000   /* and beyond so many lines */

/* Fills run->methods of a fit that gathers evidence and held a period out (run->next), whose tables still have their
 * cells. */
TSL_FALLIBLE tsl_status tsl__run_build_methods(tsl_run *run, tsl_error *err);

#endif
