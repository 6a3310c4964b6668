/* roster_summary.h: what a run's summary tells of the groups that its customers are in. */
#ifndef TSL_OUTPUT_ROSTER_SUMMARY_H
#define TSL_OUTPUT_ROSTER_SUMMARY_H

#include <tesela/label.h>

/* Fills in the groups with their names, the day, and what the value is. What the summary lacks stays as it was.
 * TSL_E_FORMAT: it is no summary. */
TSL_FALLIBLE tsl_status tsl__roster_read_summary(const char *json, size_t bytes, const char *path, tsl_roster *roster,
                                                 tsl_error *err);

#endif
