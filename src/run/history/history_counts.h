/* history_counts.h: what is counted of a history. */
#ifndef TSL_RUN_HISTORY_HISTORY_COUNTS_H
#define TSL_RUN_HISTORY_HISTORY_COUNTS_H

#include <tesela/output.h>

/* Room for customers, revenue, active and moves, all 0; valued: for value as well. What was made is freed by the
 * caller, also on failure. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__history_open_counts(int groups, size_t cuts, int valued, tsl_history *history,
                                                 tsl_error *err);
void tsl__history_free_counts(tsl_history *history);
/* Adds those of another, of as many groups and days. */
void tsl__history_add_counts(tsl_history *into, const tsl_history *from);

void tsl__history_free(tsl_history *history); /* NULL is fine */

#endif
