/*
 * currency.h: the currency that a sign or a word beside a number names.
 *
 * Several spellings mean one currency (元, RMB, CNY). A sign that several
 * countries use is a class of its own: ¥ is yen or yuan, and goes with either.
 */
#ifndef TSL_TABLE_CELL_CURRENCY_H
#define TSL_TABLE_CELL_CURRENCY_H

#include <stdint.h>

#include "table/cell/span.h"

#define TSL__CURRENCY_NONE 0

/* The bytes of the spelling that the text begins with, its currency in *currency; 0: none. A word ends
 * before the next letter. *common: it is one of the signs $ € £ ¥ ￥. */
size_t tsl__currency_find(tsl__span text, int *currency, int *common);

/* ISO 4217 code, or the sign of a class: ¥ $ kr Rs; "" for none. */
const char *tsl__currency_get_name(int currency);

/* The currencies that it may stand for, a bit each; all bits for none. Two go together where they share one. */
uint64_t tsl__currency_get_fits(int currency);

/* 1: amounts of one column of which some are written with a and others with b can be of one currency: $ and USD, but
 * not $ and CAD. */
int tsl__currency_is_beside(int a, int b);

/* The code of ISO 4217 that the whole text is, in capitals, one whose money is in use; NULL: it is none. Capitals of
 * the text do not matter. */
const char *tsl__currency_get_code(tsl__span text);

#endif
