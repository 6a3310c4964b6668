/*
 * beside.h: what stands beside the amounts of the rows that are kept, and what the amounts are to it: columns of
 * refunds and discounts, which nothing is made of, and quantities below 0.
 *
 * Blocks of rows are joined in their order.
 */
#ifndef TSL_TABLE_ROW_BESIDE_H
#define TSL_TABLE_ROW_BESIDE_H

#include "table/names/beside_words.h"
#include "table/row/line_money.h"
#include "table/row/some_rows.h"

/* How an amount may be made of quantity times price and a discount, or a refund. */
typedef enum tsl__beside_form {
    TSL__BESIDE_FULL,    /* without it */
    TSL__BESIDE_LESS,    /* less so much */
    TSL__BESIDE_SHARE,   /* less that share: .1 */
    TSL__BESIDE_PERCENT, /* less so many hundredths: 10 */
    TSL__BESIDE_FORMS
} tsl__beside_form;

/* Of a row; TSL_MISSING_INT: it has none. */
typedef struct tsl__beside_value {
    int64_t value;
    int is_percent; /* 1: a percent sign told it, and value is the share */
} tsl__beside_value;

/* One column. */
typedef struct tsl__beside_column {
    tsl__some_rows rows;              /* with another value than 0 */
    uint64_t missing;                 /* rows without a value */
    uint64_t negative, ones, parts;   /* of the values: below 0; 1; between 0 and 1 */
    uint64_t percents;                /* of them: with a percent sign */
    uint64_t whole, over, reversed;   /* as much as the amount; more than that; as much as one below 0 */
    uint64_t lines;                   /* with a value, quantity, price and amount */
    uint64_t form[TSL__BESIDE_FORMS]; /* of these, by what the amount is */
    uint64_t others, others_full;     /* without a value; whose amount is the product */
    __int128 sum;                     /* of the values, in 1/10000 */
} tsl__beside_column;

typedef struct tsl__besides {
    tsl__beside_column of[TSL__MOST_BESIDE]; /* one a column of the plan's */
    tsl__some_rows against;                  /* of a quantity below 0, and an amount above it */
    uint64_t priced, products;               /* of these: with a price; whose amount is the product, but for its sign */
    __int128 sum;                            /* of their amounts, in 1/10000 */
    uint64_t uncounted;                      /* rows without a quantity */
} tsl__besides;

/* A row that is kept; its values of the columns, of which there are so many. */
void tsl__besides_add(tsl__besides *besides, const tsl__line_money *line, const tsl__beside_value *value, size_t count,
                      size_t file, uint64_t line_number);
/* Takes in those of the rows behind, which are then none. */
void tsl__besides_join(tsl__besides *besides, tsl__besides *behind);

#endif
