/* status_words.h: columns that say what became of a sale, and the words by which they say that it is none. */
#ifndef TSL_TABLE_SCHEMA_STATUS_WORDS_H
#define TSL_TABLE_SCHEMA_STATUS_WORDS_H

#include "table/cell/span.h"

/* 1: the column's name is that of a status: "Order Status", 交易状态. */
int tsl__status_is_name(const char *name);
/* 1: the value says that nothing was sold, or it was given back: "Cancelled", "unpaid", 已退款. */
int tsl__status_is_no_sale(tsl__span value);

#endif
