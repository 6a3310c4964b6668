/* shop.h: the tables of an invented shop, made line by line: each is a function of the seed and its number. */
#ifndef TSL_SYNTH_SHOP_H
#define TSL_SYNTH_SHOP_H

#include <stddef.h>
#include <stdint.h>

#include "base/rng.h"

#define TSL__SHOP_COLUMNS 11
#define TSL__SHOP_CELL 96
#define TSL__SHOP_LINES 6 /* of an order, at most */

typedef enum tsl__shop_table { TSL__SHOP_SALES, TSL__SHOP_PEOPLE, TSL__SHOP_VISITS, TSL__SHOP_TABLES } tsl__shop_table;

/* The columns of each. */
enum {
    TSL__SALE_CUSTOMER,
    TSL__SALE_ORDER,
    TSL__SALE_TIME,
    TSL__SALE_PRODUCT,
    TSL__SALE_CATEGORY,
    TSL__SALE_QUANTITY,
    TSL__SALE_PRICE,
    TSL__SALE_AMOUNT,
    TSL__SALE_CURRENCY,
    TSL__SALE_STATUS,
    TSL__SALE_CHANNEL
};
enum {
    TSL__PERSON_CUSTOMER,
    TSL__PERSON_AGE,
    TSL__PERSON_CITY,
    TSL__PERSON_INCOME,
    TSL__PERSON_SCORE,
    TSL__PERSON_JOINED
};
enum { TSL__VISIT_CUSTOMER, TSL__VISIT_TIME, TSL__VISIT_TYPE, TSL__VISIT_MINUTES };

typedef struct tsl__shop {
    uint64_t seed;
    uint32_t customers;
} tsl__shop;

typedef struct tsl__shop_line {
    char cell[TSL__SHOP_COLUMNS][TSL__SHOP_CELL];
    int64_t cents; /* of a sale */
} tsl__shop_line;

const char *tsl__shop_get_file(tsl__shop_table table);
size_t tsl__shop_get_columns(tsl__shop_table table, const char *const **name);

/* The lines of an order, 1 to TSL__SHOP_LINES. */
size_t tsl__shop_make_order(const tsl__shop *shop, uint32_t order, tsl__shop_line *out);
void tsl__shop_make_person(const tsl__shop *shop, uint32_t number, tsl__shop_line *out);
void tsl__shop_make_visit(const tsl__shop *shop, uint32_t number, tsl__shop_line *out);

/* An amount of cents: -12.50. */
void tsl__shop_write_cents(int64_t cents, char out[TSL__SHOP_CELL]);

#endif
