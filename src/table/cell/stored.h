/* stored.h: numbers as they lie in files and arrays: integers and floats of 1 to
 * 8 bytes, in the order of bytes of this machine or in the other one. */
#ifndef TSL_TABLE_CELL_STORED_H
#define TSL_TABLE_CELL_STORED_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define TSL__HOST_IS_BIG (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)

/* size: 1, 2, 4 or 8; swap: 1 where the bytes stand in the other order. */
static inline uint64_t tsl__stored_bits(const unsigned char *s, size_t size, int swap)
{
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (size) {
    case 1:
        return *s;
    case 2:
        memcpy(&two, s, sizeof two);
        return swap ? __builtin_bswap16(two) : two;
    case 4:
        memcpy(&four, s, sizeof four);
        return swap ? __builtin_bswap32(four) : four;
    default:
        memcpy(&eight, s, sizeof eight);
        return swap ? __builtin_bswap64(eight) : eight;
    }
}

static inline int64_t tsl__stored_signed(uint64_t bits, size_t size)
{
    uint64_t sign = UINT64_C(1) << (8 * size - 1);
    return (int64_t)((bits ^ sign) - sign);
}

/* IEEE 754: 2, 4 or 8 bytes. */
static inline double tsl__stored_float(uint64_t bits, size_t size)
{
    double value;
    float single;
    uint32_t four = (uint32_t)bits;
    int exponent = (int)(bits >> 10 & 0x1F), fraction = (int)(bits & 0x3FF);
    switch (size) {
    case 2:
        value = exponent == 0x1F ? (double)(fraction ? NAN : INFINITY)
                : exponent       ? ldexp(fraction + 0x400, exponent - 25)
                                 : ldexp(fraction, -24);
        return bits >> 15 & 1 ? -value : value;
    case 4:
        memcpy(&single, &four, sizeof single);
        return (double)single;
    default:
        memcpy(&value, &bits, sizeof value);
        return value;
    }
}

/* Up to here floats of 2, 4 or 8 bytes hold every whole number, as TSL__GREATEST_WHOLE says of doubles. */
static inline double tsl__stored_greatest_whole(size_t size)
{
    return size == 2 ? 0x1p11 - 1 : size == 4 ? 0x1p24 - 1 : (double)TSL__GREATEST_WHOLE;
}

#endif
