/*
 * money.h: in which currency the money of a row is, and what it is worth in the run's, where rates are given.
 *
 * The sign beside the number tells it, else the column of the currency, else the name of the column of the money. Two
 * that tell it must go together. Where nothing does it is the run's, which is counted.
 */
#ifndef TSL_TABLE_ROW_MONEY_H
#define TSL_TABLE_ROW_MONEY_H

#include "table/row/decode.h"

/* The output is converted: 1: rates are given, and it is money. */
int tsl__money_is_converted(const tsl__terms *terms, const tsl__plan_output *output);
/* Converts the value of an output of the current row; how is kept in its value. text: of the column of the currency,
 * where there is one, trimmed. 0: done, or the table will be refused for it; 1: that text is missing, and nothing else
 * tells. */
int tsl__money_convert(tsl__decoder *decoder, const tsl__plan_output *output, tsl__span text, tsl__cell_value *value,
                       tsl__decimal *exact);
/* The row is used: takes what was converted of it into what is observed. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__money_count(tsl__decoder *decoder, tsl_error *err);

#endif
