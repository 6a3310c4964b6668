/*
 * told_money.h: the money that a table of customers tells, once its columns are typed: in which currency it is, and
 * what it is worth in the run's, where rates are given.
 */
#ifndef TSL_TABLE_AMOUNTS_TOLD_MONEY_H
#define TSL_TABLE_AMOUNTS_TOLD_MONEY_H

#include "table/reading.h"
#include "table/schema/typing.h"

/* finish_currency.c: 1: the output is money: amounts, what was spent, what customers are ranked by. */
int tsl__output_is_money(const tsl__plan_output *output);
/* The currency that its own cells and the name of its column tell; 0: none. profile: as tsl__finish_currency. */
TSL_FALLIBLE tsl_status tsl__output_get_currency(const tsl__reading *reading, size_t output,
                                                 const tsl__profile *profile, int *currency, tsl_error *err);

/* told_money.c: before columns are typed: where money is told and no column is its currency by name, the only one whose
 * cells are codes of currencies becomes it, which is noted. where: file and line of a row, as profiles are asked. */
TSL_FALLIBLE tsl_status tsl__told_money_find(tsl__reading *reading, const tsl__profile *profile, tsl__where where,
                                             void *user, tsl_error *err);
/* Behind the last column: each row's money times its rate. What has none is observed for tsl__finish_currency to
 * refuse. Money of a row whose currency is missing, where there is a column of it, is missing, which is noted. */
TSL_FALLIBLE tsl_status tsl__told_money_convert(tsl__reading *reading, const tsl__profile *profile, const size_t *order,
                                                tsl_error *err);

#endif
