/*
 * parse_number.h: what one cell says: nothing, a decimal, a number, a place.
 *
 * A number may carry a sign, a currency sign, thousands commas, an exponent,
 * and spaces around; "(12.50)" and "12.50-" are negative, as accountants write
 * them. A comma is never a decimal point.
 */
#ifndef TSL_TABLE_CELL_PARSE_NUMBER_H
#define TSL_TABLE_CELL_PARSE_NUMBER_H

#include "expr/decimal.h"
#include "table/cell/span.h"

/* 1: a text that stands for a missing value may begin so; most cells are done with that. */
static inline int tsl__cell_may_be_missing(tsl__span cell)
{
    static const char first[256] = {['N'] = 1, ['n'] = 1,  ['#'] = 1,  ['<'] = 1,  ['\\'] = 1,
                                    ['-'] = 1, [0xE6] = 1, [0xE7] = 1, [0xE5] = 1, [0xE8] = 1};
    return cell.n == 0 || first[(unsigned char)cell.s[0]];
}
/* Of a trimmed cell: is it one of the texts that stand for a missing value? */
int tsl__cell_is_missing(tsl__span cell);
/* The shorter list that holds for ids, which may well be "-". */
int tsl__cell_is_missing_id(tsl__span cell);

/* A trimmed cell as a decimal; 0 on success. */
int tsl__cell_decimal(tsl__span cell, tsl__decimal *out);
/* A trimmed cell as a finite double; 0 on success. */
int tsl__cell_number(tsl__span cell, double *out);

/* 1: a whole number, written without point and exponent, of which the double that it was read as may have lost
 * digits: beyond TSL__GREATEST_WHOLE. */
int tsl__cell_is_inexact(tsl__span cell, double number);

/* 1 where the cell, of the number given, is not whole, or the number holds all of
 * its digits: rounded to as many, it is what is written. 9007199254740993.0 is
 * held as ...992, and does not; 1e17 does, and so do 17 and more digits of a double.
 * Beyond 2^126 all are said to. */
int tsl__cell_keeps_digits(tsl__span cell, double number);

/* 1: digits only, with a zero in front that a number would lose ("007"). */
int tsl__cell_is_code(tsl__span cell);

#endif
