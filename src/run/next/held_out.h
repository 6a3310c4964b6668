/* held_out.h: the last days of the data, held out: how many, and the features as they were before them. */
#ifndef TSL_RUN_NEXT_HELD_OUT_H
#define TSL_RUN_NEXT_HELD_OUT_H

#include "run/run_state.h"

/* The length of the period, as it was asked for or as is usual; the days from the first transaction up to as_of. */
int tsl__held_out_get_days(const tsl_run *run);
int tsl__held_out_get_span(const tsl_run *run);
/* As much has to lie before the cut as after it. Where it does not: what is there, in words to go on with ("takes 90
 * days of history ..."), owned; else NULL. */
TSL_FALLIBLE tsl_status tsl__held_out_check_history(const tsl_run *run, int days, char **lack, tsl_error *err);
#define TSL__HELD_OUT_BUYERS 100 /* before the cut: of fewer nothing can be told */

/* The same of so many shards of the customers (tsl__sharding_open). Where they are fitted, and clusters are found by
 * the core basis, those alone that it rests on, of the transactions; else all of them. */
TSL_FALLIBLE tsl_status tsl__held_out_build_sample(const tsl_run *run, int32_t cut, size_t shards,
                                                   const tsl_recipe *recipe, const tsl_exec *exec, tsl_features **out,
                                                   tsl_error *err);
/* The features as of the cut, of the tables clipped to what lies before it, without vectors' values; by their own
 * recipe, or that which is given. */
TSL_FALLIBLE tsl_status tsl__held_out_build_features(const tsl_run *run, int32_t cut, const tsl_recipe *recipe,
                                                     const tsl_exec *exec, tsl_features **out, tsl_error *err);

#endif
