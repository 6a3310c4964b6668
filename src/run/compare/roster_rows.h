/* roster_rows.h: segments.csv as a roster. */
#ifndef TSL_RUN_COMPARE_ROSTER_ROWS_H
#define TSL_RUN_COMPARE_ROSTER_ROWS_H

#include <tesela/run.h>

/* Adds customers, their groups, values and reasons to a roster that may have groups with names already. Columns are
 * found by their names; others are passed over. TSL_E_INPUT: no column of segments, a row that cannot be read. */
TSL_FALLIBLE tsl_status tsl__roster_read_rows(const tsl_source *source, const tsl_exec *exec, tsl_roster *roster,
                                              tsl_error *err);

#endif
