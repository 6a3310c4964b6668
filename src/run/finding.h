/* finding.h: what is told of customers who stand out (docs/methods/outliers.md). */
#ifndef TSL_RUN_FINDING_H
#define TSL_RUN_FINDING_H

#include "run/run_state.h"

void tsl__findings_free(tsl_findings *findings);

/* The median of count values with this stride that are known (not NaN); NaN: none is. */
TSL_FALLIBLE tsl_status tsl__known_median_get(const double *value, size_t stride, size_t count, double *median,
                                              tsl_error *err);
/* The middle value that its customers have of the feature, and that of all customers. */
TSL_FALLIBLE tsl_status tsl__finding_measure(const tsl_features *features, size_t feature, tsl_finding *finding,
                                             tsl_error *err);

#endif
