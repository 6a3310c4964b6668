/* acting_columns.h: the columns of segments.csv that are acted on: each rule set's class, what the first class lacks,
 * and the action of the table of strategies. */
#ifndef TSL_OUTPUT_CSV_ACTING_COLUMNS_H
#define TSL_OUTPUT_CSV_ACTING_COLUMNS_H

#include <tesela/label.h>

#include "base/text.h"

/* ",activity,activity_unmet,action,action_text": for those that the labels have. */
void tsl__acting_head_put(const tsl_labels *labels, tsl__text *out);
/* The same of a customer. */
void tsl__acting_row_put(const tsl_labels *labels, size_t row, tsl__text *out);

#endif
