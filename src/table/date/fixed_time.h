/*
 * fixed_time.h: the most common times, eight bytes at a time: 2024-01-02 and 2024/01/02, with nothing, " 10:11",
 * " 10:11:12", "T10:11:12Z" behind. All other cells, and what is no such day or time, are left to parse_date.c.
 */
#ifndef TSL_TABLE_DATE_FIXED_TIME_H
#define TSL_TABLE_DATE_FIXED_TIME_H

#include <string.h>

#include "base/calendar.h"
#include "table/cell/span.h"

typedef struct tsl__fixed_time {
    int32_t day, second; /* the wall clock */
    int has_clock, has_zone;
    int is_late; /* tsl__mday_is_late */
} tsl__fixed_time;

/* Behind the 12th of its month: no month is its number. */
static inline int tsl__mday_is_late(int mday)
{
    return mday > 12;
}

#define TSL__BYTES(byte) ((byte)*UINT64_C(0x0101010101010101))
#define TSL__BYTE_MASK(i) (UINT64_C(0xFF) << (8 * (i)))

/* Eight bytes, of which those in `signs` must be those of `expected` and all others digits: the number of each pair of
 * digits at its first byte. 0 where they are something else. */
static inline int tsl__fixed_pairs(const char *s, uint64_t signs, uint64_t expected, uint64_t *pairs)
{
    uint64_t v;
    memcpy(&v, s, sizeof v);
    v ^= (TSL__BYTES('0') & ~signs) | (expected & signs);
    *pairs = v * 10 + (v >> 8);
    return (((v + TSL__BYTES(0x76)) | v) & TSL__BYTES(0x80)) == 0 && (v & signs) == 0; /* 0x76: over 9 the high bit */
}

static inline int tsl__fixed_pair(uint64_t pairs, int byte)
{
    return (int)(pairs >> (8 * byte) & 0xFF);
}

static inline int tsl__fixed_clock(tsl__span cell, int32_t *second)
{
    const uint64_t signs = TSL__BYTE_MASK(2) | TSL__BYTE_MASK(5), colons = TSL__BYTES(':');
    const char *s = cell.s;
    const int has_seconds = cell.n > 16; /* else the eight bytes begin with the day: "02 10:11" */
    const uint64_t blank = TSL__BYTE_MASK(2) & (colons ^ (uint64_t)(unsigned char)s[10] << 16);
    uint64_t pairs;
    if ((s[10] != ' ' && s[10] != 'T') || (cell.n == 20 && s[19] != 'Z') ||
        !tsl__fixed_pairs(s + (has_seconds ? 11 : 8), signs, has_seconds ? colons : colons ^ blank, &pairs)) {
        return 0;
    }
    const int hour = tsl__fixed_pair(pairs, has_seconds ? 0 : 3), minute = tsl__fixed_pair(pairs, has_seconds ? 3 : 6);
    *second = has_seconds ? tsl__fixed_pair(pairs, 6) : 0;
    if (hour > 23 || minute > 59 || *second > 59) {
        return 0;
    }
    *second += hour * 3600 + minute * 60;
    return 1;
}

/* A trimmed cell; 0 where it is none of these. */
static inline int tsl__fixed_time_read(tsl__span cell, tsl__fixed_time *out)
{
    const uint64_t signs = TSL__BYTE_MASK(4) | TSL__BYTE_MASK(7);
    const char *s = cell.s;
    uint64_t pairs;
    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || (cell.n != 10 && cell.n != 16 && cell.n != 19 && cell.n != 20) ||
        (s[4] != '-' && s[4] != '/') ||
        !tsl__fixed_pairs(s, signs, s[4] == '-' ? TSL__BYTES('-') : TSL__BYTES('/'), &pairs)) {
        return 0;
    }
    const unsigned tens = (unsigned)s[8] - '0', ones = (unsigned)s[9] - '0';
    const int mday = (int)(tens * 10 + ones);
    const int year = tsl__fixed_pair(pairs, 0) * 100 + tsl__fixed_pair(pairs, 2);
    out->second = 0;
    out->has_clock = cell.n > 10;
    out->has_zone = cell.n == 20;
    out->is_late = tsl__mday_is_late(mday);
    return tens <= 3 && ones <= 9 && year >= 1900 && year <= 2200 &&
           tsl__day_find(year, tsl__fixed_pair(pairs, 5), mday, &out->day) &&
           (!out->has_clock || tsl__fixed_clock(cell, &out->second));
}

#endif
