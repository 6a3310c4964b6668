/* changes.h: what changed in the last month of a history. */
#ifndef TSL_RUN_HISTORY_CHANGES_H
#define TSL_RUN_HISTORY_CHANGES_H

#include <tesela/output.h>

/* Fills history->change; NULL, and a history of nothing, is fine. */
void tsl__changes_find(tsl_history *history, const tsl_labels *labels);

#endif
