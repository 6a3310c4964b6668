/*
 * plain_decimal.h: the most common numbers, all of their bytes at a time: up to seven digits, none of them a zero too
 * many in front, with a point and one, two or four of them behind, or without; a minus before. "1.250" is none of
 * them, as the point may divide thousands; all other cells are left to figure.c.
 */
#ifndef TSL_TABLE_CELL_PLAIN_DECIMAL_H
#define TSL_TABLE_CELL_PLAIN_DECIMAL_H

#include <tesela/base.h>

#include "base/short_text.h"
#include "table/cell/span.h"

typedef struct tsl__plain_decimal {
    int64_t units; /* value = units / 10^places */
    int places;    /* 0, 1, 2, 4 */
} tsl__plain_decimal;

#define TSL__PLAIN_EACH(byte) ((byte)*UINT64_C(0x0101010101010101))

/* Eight digits, the first one lowest; each of them as a number. */
static inline uint64_t tsl__plain_join(uint64_t digits)
{
    const uint64_t pairs = UINT64_C(0x000000FF000000FF);
    digits = digits * 10 + (digits >> 8);
    return ((digits & pairs) * UINT64_C(0x000F424000000064) + (digits >> 16 & pairs) * UINT64_C(0x0000271000000001)) >>
           32;
}

/* A trimmed cell; 0 where it is no such number. */
static inline int tsl__plain_decimal_read(tsl__span cell, tsl__plain_decimal *out)
{
    size_t n = cell.n;
    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || n == 0 || n > 8) {
        return 0;
    }
    uint64_t bytes = tsl__words_make(cell.s, n).low;
    const int negative = (bytes & 0xFF) == '-';
    bytes >>= 8 * negative;
    n -= (size_t)negative;
    const uint64_t apart = bytes ^ TSL__PLAIN_EACH('.'); /* a zero byte where the first point is */
    const uint64_t point = (apart - TSL__PLAIN_EACH(1)) & ~apart & TSL__PLAIN_EACH(0x80);
    size_t whole = n;
    out->places = 0;
    if (point) {
        whole = (size_t)__builtin_ctzll(point) / 8;
        out->places = (int)(n - 1 - whole);
        if (out->places == 0 || out->places == 3 || out->places > 4) {
            return 0;
        }
        const uint64_t before = bytes & ((UINT64_C(1) << 8 * whole) - 1);
        bytes = before | (bytes >> 8 * whole >> 8) << 8 * whole;
        n--;
    }
    if (whole == 0 || n > 7 || ((bytes & 0xFF) == '0' && whole > 1)) {
        return 0;
    }
    bytes = bytes << 8 * (8 - n) | TSL__PLAIN_EACH('0') >> 8 * n; /* zeros in front */
    const uint64_t digits = bytes ^ TSL__PLAIN_EACH('0');
    if (((digits + TSL__PLAIN_EACH(0x76)) | digits) & TSL__PLAIN_EACH(0x80)) {
        return 0;
    }
    const int64_t units = (int64_t)tsl__plain_join(digits);
    out->units = negative ? -units : units;
    return 1;
}

/* In 1/10000, exactly. */
static inline int64_t tsl__plain_decimal_get(tsl__plain_decimal plain)
{
    static const int64_t scale[] = {TSL_DECIMAL_ONE, TSL_DECIMAL_ONE / 10, TSL_DECIMAL_ONE / 100, 0, 1};
    return plain.units * scale[plain.places];
}

#endif
