/* line_money.h: what a line costs by its quantity and price, and whether its amount is that. */
#ifndef TSL_TABLE_ROW_LINE_MONEY_H
#define TSL_TABLE_ROW_LINE_MONEY_H

#include <tesela/table.h>

/* In 1/10000; TSL_MISSING_INT where there is none. */
typedef struct tsl__line_money {
    int64_t amount, quantity, price;
} tsl__line_money;

/* 1: quantity and price are there; *product is theirs, in 1/10000. */
static inline int tsl__line_has_product(const tsl__line_money *line, __int128 *product)
{
    *product = (__int128)line->quantity * line->price / TSL_DECIMAL_ONE;
    return line->quantity != TSL_MISSING_INT && line->price != TSL_MISSING_INT;
}

/* 1: two amounts of so many pieces are the same, but for what rounding to hundredths of each piece does. */
static inline int tsl__line_is_same(__int128 a, __int128 b, int64_t quantity)
{
    const __int128 off = a < b ? b - a : a - b;
    const int64_t pieces = quantity < 0 ? -quantity : quantity;
    return off <= TSL_DECIMAL_ONE / 100 + pieces / 200;
}

/* 1: the amount is the product. A quantity below 0 beside an amount that is not is told by itself. */
static inline int tsl__line_is_product(const tsl__line_money *line, __int128 product)
{
    return tsl__line_is_same(product, line->amount, line->quantity) ||
           (line->quantity < 0 && tsl__line_is_same(-product, line->amount, line->quantity));
}

#endif
