/* date_column.h: what the decision on a column of dates and its wording share. */
#ifndef TSL_TABLE_DATE_DATE_COLUMN_H
#define TSL_TABLE_DATE_DATE_COLUMN_H

#include "table/date/date_evidence.h"

static const tsl_date_order tsl__order_pairs[TSL__ORDER_PAIRS][2] = {
    {TSL_DATES_YMD, TSL_DATES_MDY}, {TSL_DATES_YMD, TSL_DATES_DMY}, {TSL_DATES_MDY, TSL_DATES_DMY}};

/* 0 for written dates, else the form of the number. */
int tsl__date_kind_get(const tsl__date_evidence *e, tsl__date_form form);
/* The first pair of orders that both fit and read a cell differently; -1 where there is none. */
int tsl__date_pair_find(const tsl__date_evidence *e);

#endif
