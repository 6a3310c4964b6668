/* cut_off.h: customers whose value was cut off by far (docs/methods/outliers.md). */
#ifndef TSL_RUN_CUT_OFF_H
#define TSL_RUN_CUT_OFF_H

#include "run/run_state.h"

/* Adds to the findings, which own what they hold, those whose value of a column of the matrix is over 10 times the
 * bound that it is cut off at, in the feature's unit. far: of the matrix's rows, those who are told of already. */
TSL_FALLIBLE tsl_status tsl__cut_off_find(const tsl_features *features, const tsl_feature_matrix *matrix,
                                          const char *far, tsl_findings *findings, tsl_error *err);

#endif
