/*
 * rates.h: how much of the run's currency one unit of each other currency is worth.
 */
#ifndef TSL_TABLE_CELL_RATES_H
#define TSL_TABLE_CELL_RATES_H

#include <tesela/table.h>

#include "expr/decimal.h"
#include "table/cell/span.h"

typedef struct tsl__rate {
    const char *code; /* ISO 4217 */
    int currency;     /* currency.h; 0: one that is known by its code alone */
    tsl__decimal worth;
} tsl__rate;

/* Zeros: there are none, and amounts stay as they are. */
typedef struct tsl__rates {
    tsl__rate *rate;    /* owned; in the order of their codes */
    size_t count, base; /* base: the run's own, of rate 1 */
} tsl__rates;

/* TSL_E_OPTION: a code or a number that is none, a currency twice, not exactly one of rate 1. Free it, also on
 * failure. */
TSL_FALLIBLE tsl_status tsl__rates_open(const tsl_currency_rate *given, size_t count, tsl__rates *out, tsl_error *err);
void tsl__rates_free(tsl__rates *rates); /* what it holds */

#define TSL__RATE_NONE SIZE_MAX
#define TSL__RATE_SEVERAL (SIZE_MAX - 1)
/* The rate of a currency of currency.h. A sign that several share is the currency that it is beside others ($ is USD
 * beside CAD), else the only one that it may be which has a rate. NONE: there is no rate; SEVERAL: it may be several.
 */
size_t tsl__rates_find(const tsl__rates *rates, int currency);
/* The same of a trimmed text, the whole of which names a currency. */
size_t tsl__rates_find_text(const tsl__rates *rates, tsl__span text);
/* What tells the currency of some money: a text of the column of the currency (empty: none), a sign or the like beside
 * it (0: none); and what the columns are called that they stand in. */
typedef struct tsl__money_told {
    tsl__span text;
    const char *text_column, *sign_column;
    int sign;
} tsl__money_told;
#define TSL__RATE_FAULT_BYTES 512
/* Its rate, by the text before the sign; NONE, SEVERAL: there is none, or the two do not go together. Then fault, where
 * it is "" yet, tells why: "currency: "CHF" has no rate; there are rates of EUR and USD". */
size_t tsl__rates_settle(const tsl__rates *rates, const tsl__money_told *told, char fault[TSL__RATE_FAULT_BYTES]);
/* The fault of a column; nothing is done where there is one already. */
void tsl__rates_blame(const tsl__rates *rates, const char *column, const char *what, char fault[TSL__RATE_FAULT_BYTES]);
/* "EUR, GBP and USD", into out. Returns out. */
#define TSL__RATES_BYTES 160
char *tsl__rates_put_codes(const tsl__rates *rates, char out[TSL__RATES_BYTES]);

#endif
