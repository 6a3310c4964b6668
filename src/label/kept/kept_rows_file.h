/* kept_rows_file.h: the rule sets and strategies of a policy <-> model.h5 (docs/formats.md). */
#ifndef TSL_LABEL_KEPT_ROWS_FILE_H
#define TSL_LABEL_KEPT_ROWS_FILE_H

#include <tesela/label.h>

#include "store/array_store.h"

/* What there is none of has no group: a file of before has neither. */
void tsl__rows_put(tsl__store *store, const tsl_policy *policy);
void tsl__rows_get(tsl__store *store, tsl_policy *policy);

#endif
