/* customer_names.h: what the codes and conditions that stand in segments.csv are called. */
#ifndef TSL_OUTPUT_CUSTOMER_CUSTOMER_NAMES_H
#define TSL_OUTPUT_CUSTOMER_CUSTOMER_NAMES_H

#include <jansson.h>

/* {"en": ..., "zh": ...} of a cell of that column, by the summary (or NULL) of its run; null where the cell is no code,
 * or one that is not known. Owned; NULL: out of memory. */
json_t *tsl__customer_names_find(const json_t *summary, const char *column, const char *cell);

#endif
