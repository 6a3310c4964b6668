/* crm_mauled.h: what a spreadsheet that opens a CSV file makes of a cell. */
#ifndef TSL_CRM_CRM_MAULED_H
#define TSL_CRM_CRM_MAULED_H

#include "table/cell/span.h"

/* 1: a number, a day or a time to some spreadsheet, and another text afterwards (docs/methods/crm.md has what counts).
 */
int tsl__is_mauled(tsl__span cell);

#endif
