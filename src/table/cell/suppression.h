/* suppression.h: the customers who are left out, and which of them were met. */
#ifndef TSL_TABLE_CELL_SUPPRESSION_H
#define TSL_TABLE_CELL_SUPPRESSION_H

#include <tesela/table.h>

#include "table/cell/span.h"

/* Nobody; ids are added before it is shared. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__suppression_open(tsl_suppression **out, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__suppression_add(tsl_suppression *suppression, const char *id, tsl_error *err);
/* 1: he is one of them, and remembered as found; by_form: spellings of one id are one. Several threads may ask at a
 * time. */
int tsl__suppression_has(const tsl_suppression *suppression, tsl__span id, int by_form);
/* Each of them, by number below tsl_suppression_info.ids. */
const char *tsl__suppression_get_id(const tsl_suppression *suppression, size_t number);
/* That one is found. */
void tsl__suppression_mark(const tsl_suppression *suppression, size_t number);

#endif
