/*
 * figure.h: a number in a cell as people write it, and what its writing shows.
 *
 *   1,234.50   1.234,50   1 234,50   1'234.50   12,34,567.50   １２．５   (12.50)
 *   12.50-     −12.50     US$12.50   5 EUR      12万           2.5%      35岁
 *   CHF 20.-   1.250,–
 *
 * A mark may divide thousands or be the decimal mark. Most cells *prove* which;
 * "1,250" and "1.250" are *open*, and only their column tells (decimal_mark.h).
 * Nothing is guessed and nothing that is seen is dropped: a currency, a percent
 * sign, a suffix are told, and the caller says what they mean for the column.
 *
 * Thousands: one to three digits without a zero in front, then groups of three,
 * between commas, points, apostrophes or single spaces (also U+00A0, U+2007,
 * U+2009, U+202F); or Indian groups, 12,34,567. (CLDR 44: the decimal patterns
 * #,##0.### and #,##,##0.###, and the symbols `decimal` and `group` of its
 * locales.) Digits also full-width, Arabic, Persian, Devanagari, Bengali, Thai.
 *
 * Scales that are applied: 千 万 百万 千万 亿 万亿 (and 萬 億 천 만 억), k K M mn mln mio
 * bn mrd tsd thousand million billion lakh crore тыс млн млрд. Not taken for one,
 * but told as a suffix: m (metre, minute, million), b B G T MM cr L 百, and 千 before
 * anything but a currency (千克 is a kilogram). Per mille is a suffix, too.
 *
 * No figure: what has digits behind the number ("5-10", "2017-12-31", "1 2"),
 * anything but a sign, a currency or % before it ("C001", "~5"), ▲ and △ (minus
 * in one country, a rise in others), a suffix beyond TSL__SUFFIX_BYTES.
 */
#ifndef TSL_TABLE_CELL_FIGURE_H
#define TSL_TABLE_CELL_FIGURE_H

#include "expr/decimal.h"
#include "table/cell/span.h"

typedef enum tsl__mark { TSL__MARK_NONE, TSL__MARK_POINT, TSL__MARK_COMMA } tsl__mark;

#define TSL__PLAIN_BYTES 64 /* of a number without its decoration */
#define TSL__SUFFIX_BYTES 24

typedef struct tsl__figure {
    tsl__mark proven; /* the decimal mark of who wrote the cell, NONE where it shows none: 1250, 1 250 */
    tsl__mark open;   /* the mark of "1.250" or "1,250", which may be either; else NONE */
    int currency;     /* currency.h */
    int percent;      /* 1: a percent sign; the value is the number before it */
    int scale;        /* the power of ten of 万 (4), k (3), ..., which the value holds; else 0 */
    tsl__span suffix; /* anything else behind the number, trimmed; a view */
    int extended;     /* 1: written in a way that tsl__cell_decimal does not take */

    /* The value: units * 10^exponent, with more digits, not all of them zero, where sticky. */
    __int128 units; /* 0 or more */
    int exponent;
    int sticky, negative;
    size_t plain_length; /* 0: the cell itself is plain */
    char plain[TSL__PLAIN_BYTES + 16];
} tsl__figure;

/* Reads a trimmed cell; 0 on success. mark: how an open one is read; NONE is as POINT. Read with the
 * other mark, "1.250" is a thousand times as much and "1,250" a thousandth, and both are exact in 1/10000. */
int tsl__cell_read(tsl__span cell, tsl__mark mark, tsl__figure *out);

/* The number of a cell that was read, without what stands around it, its mark a point: a view of one of both. */
tsl__span tsl__figure_get_plain(const tsl__figure *figure, tsl__span cell);
/* The exact value; its state tells an overflow. */
tsl__decimal tsl__figure_get_decimal(const tsl__figure *figure);
/* As a finite double, correctly rounded; 0 on success. cell: what was read. */
int tsl__figure_get_number(const tsl__figure *figure, tsl__span cell, double *out);

#endif
