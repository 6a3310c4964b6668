/* beside_words.h: columns of money that stands beside an amount, and may be part of it. */
#ifndef TSL_TABLE_NAMES_BESIDE_WORDS_H
#define TSL_TABLE_NAMES_BESIDE_WORDS_H

#include <stddef.h>

#define TSL__MOST_BESIDE ((size_t)8) /* columns of it that are looked at */

typedef enum tsl__beside_kind {
    TSL__BESIDE_NONE,
    TSL__BESIDE_REFUND,  /* "amount_refunded", 退款金额: what was given back */
    TSL__BESIDE_DISCOUNT /* "Rabatt": what was taken off the price, or a share of it */
} tsl__beside_kind;
tsl__beside_kind tsl__beside_find_kind(const char *name);

/* Of so many columns that of amounts which were converted to one currency, and that of this currency: "Converted
 * Amount" and "Converted Currency". 1: both are there. */
int tsl__beside_find_converted(const char *const *names, size_t count, size_t *amount, size_t *currency);

#endif
