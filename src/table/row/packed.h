/*
 * packed.h: numbers, texts and times in few bytes, of which most have few.
 *
 * They are written and read by words: behind what is packed there is room for TSL__PACK_SLACK bytes, and all of it can
 * be read.
 */
#ifndef TSL_TABLE_PACKED_H
#define TSL_TABLE_PACKED_H

#include <string.h>

#include "base/short_text.h"
#include "table/cell/plain_decimal.h"
#include "table/cell/span.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "what is packed begins with its lowest byte");

#define TSL__PACK_SLACK 32
#define TSL__PACK_NUMBER_BYTES 9               /* of a number at most */
#define TSL__PACK_TIME_BYTES 4                 /* of a time from 1901 to 2038; eight of others */
#define TSL__PACK_TIME_BASE (INT64_C(1) << 31) /* what is added to a time of so many bytes */

/* ---- Packed numbers ------------------------------------------------------- *
 * As many zero bits in front as bytes follow the first, then a one, then the number; of more than 56 bits: a zero byte,
 * then eight bytes. Written and read without a branch on the length. */

static inline uint64_t tsl__pack_load(const char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline char *tsl__pack(char *p, uint64_t v)
{
    if (__builtin_expect(v < 128, 1)) {
        *p = (char)(v << 1 | 1);
        return p + 1;
    }
    const unsigned bits = 64 - (unsigned)__builtin_clzll(v | 1), bytes = (bits + 6) / 7;
    if (bytes > 8) {
        *p = 0;
        memcpy(p + 1, &v, sizeof v);
        return p + TSL__PACK_NUMBER_BYTES;
    }
    const uint64_t packed = (v << 1 | 1) << (bytes - 1);
    memcpy(p, &packed, sizeof packed);
    return p + bytes;
}

static inline const char *tsl__unpack(const char *p, uint64_t *v)
{
    const uint64_t packed = tsl__pack_load(p);
    if (__builtin_expect((packed & 0xFF) == 0, 0)) {
        *v = tsl__pack_load(p + 1);
        return p + TSL__PACK_NUMBER_BYTES;
    }
    const unsigned bytes = (unsigned)__builtin_ctzll(packed) + 1;
    *v = (packed & (UINT64_MAX >> (64 - 8 * bytes))) >> bytes;
    return p + bytes;
}

/* A text: its form, then what it is of. Most ids are of few letters and many digits: up to eight digits that it ends
 * with are a number, where no more than eight bytes stand before them. */
#define TSL__PACK_DIGITS 8
#define TSL__PACK_BEFORE 8
#define TSL__LONG_FORM ((uint64_t)(TSL__SHORT_BYTES + 1) * (TSL__PACK_DIGITS + 1)) /* and its length: as it stands */

/* A text as it is packed; the same where the texts are. */
typedef struct tsl__packed_text {
    uint64_t form;     /* 0: missing; 1 + length * (TSL__PACK_DIGITS + 1) + digits; of more than TSL__SHORT_BYTES:
                          TSL__LONG_FORM + length */
    size_t digits;     /* as in the form */
    tsl__words words;  /* with digits: the bytes before them, and the number; else of up to TSL__SHORT_BYTES: all */
    const char *bytes; /* of a longer one */
} tsl__packed_text;

static inline size_t tsl__packed_digits(uint64_t form)
{
    return form == 0 || form > TSL__LONG_FORM ? 0 : (form - 1) % (TSL__PACK_DIGITS + 1);
}
static inline size_t tsl__packed_measure(uint64_t form)
{
    return form > TSL__LONG_FORM ? form - TSL__LONG_FORM : form ? (form - 1) / (TSL__PACK_DIGITS + 1) : 0;
}

/* How many digits the last eight bytes of a text end with, the last one highest; *number: what they are. */
static inline size_t tsl__packed_find_digits(uint64_t last, uint64_t *number)
{
    const uint64_t digits = last ^ TSL__PLAIN_EACH('0');
    const uint64_t others = ((digits + TSL__PLAIN_EACH(0x76)) | digits) & TSL__PLAIN_EACH(0x80);
    const size_t count = others ? (size_t)__builtin_clzll(others) / 8 : TSL__PACK_DIGITS;
    *number = count ? tsl__plain_join(digits & UINT64_MAX << 8 * (TSL__PACK_DIGITS - count)) : 0;
    return count;
}

/* s NULL: missing. The bytes of a long one must stay. */
static inline tsl__packed_text tsl__packed_make(tsl__span text)
{
    tsl__packed_text packed = {.form = 0};
    uint64_t number;
    if (text.n > TSL__SHORT_BYTES) {
        packed.form = TSL__LONG_FORM + text.n;
        packed.bytes = text.s;
        return packed;
    }
    if (!text.s) {
        return packed;
    }
    packed.words = tsl__words_make(text.s, text.n);
    const uint64_t last = text.n >= 8 ? tsl__pack_load(text.s + text.n - 8)
                          : text.n    ? packed.words.low << 8 * (8 - text.n)
                                      : 0;
    size_t digits = tsl__packed_find_digits(last, &number);
    const size_t before = text.n - digits;
    if (before > TSL__PACK_BEFORE) {
        digits = 0;
    } else if (digits) {
        packed.words.low &= before < 8 ? (UINT64_C(1) << 8 * before) - 1 : UINT64_MAX;
        packed.words.high = number;
    }
    packed.digits = digits;
    packed.form = 1 + text.n * (TSL__PACK_DIGITS + 1) + digits;
    return packed;
}

/* What texts often share: the form, and what stands before the digits. */
static inline char *tsl__pack_head(char *p, const tsl__packed_text *text)
{
    p = tsl__pack(p, text->form);
    if (text->digits) {
        memcpy(p, &text->words.low, sizeof text->words.low);
        p += tsl__packed_measure(text->form) - text->digits;
    }
    return p;
}
static inline const char *tsl__unpack_head(const char *p, tsl__packed_text *text)
{
    *text = (tsl__packed_text){.form = 0};
    p = tsl__unpack(p, &text->form);
    text->digits = tsl__packed_digits(text->form);
    if (text->digits) {
        const size_t before = tsl__packed_measure(text->form) - text->digits;
        text->words.low = tsl__pack_load(p) & (before < 8 ? (UINT64_C(1) << 8 * before) - 1 : UINT64_MAX);
        p += before;
    }
    return p;
}

/* The rest. Room for TSL__PACK_SLACK bytes behind is there. */
static inline char *tsl__pack_rest(char *p, const tsl__packed_text *text)
{
    if (text->digits) {
        return tsl__pack(p, text->words.high);
    }
    const size_t n = tsl__packed_measure(text->form);
    if (text->form > TSL__LONG_FORM) {
        memcpy(p, text->bytes, n);
    } else {
        memcpy(p, &text->words, sizeof text->words);
    }
    return p + n;
}
static inline const char *tsl__unpack_rest(const char *p, tsl__packed_text *text)
{
    if (text->digits) {
        return tsl__unpack(p, &text->words.high);
    }
    const size_t n = tsl__packed_measure(text->form);
    if (text->form > TSL__LONG_FORM) {
        text->bytes = p;
    } else {
        text->words = tsl__words_make(p, n);
    }
    return p + n;
}

static inline char *tsl__pack_text(char *p, tsl__span text)
{
    const tsl__packed_text packed = tsl__packed_make(text);
    return tsl__pack_rest(tsl__pack_head(p, &packed), &packed);
}
static inline const char *tsl__unpack_text(const char *p, tsl__packed_text *text)
{
    return tsl__unpack_rest(tsl__unpack_head(p, text), text);
}

static inline int tsl__packed_is_same(const tsl__packed_text *a, const tsl__packed_text *b)
{
    return a->words.low == b->words.low && a->words.high == b->words.high && a->form == b->form &&
           (a->form <= TSL__LONG_FORM || memcmp(a->bytes, b->bytes, a->form - TSL__LONG_FORM) == 0);
}

/* The text itself: tsl__packed_measure bytes. */
static inline void tsl__packed_restore(const tsl__packed_text *text, char *out)
{
    const size_t n = tsl__packed_measure(text->form), digits = text->digits;
    uint64_t number = text->words.high;
    memcpy(out, text->bytes ? text->bytes : (const char *)&text->words, n - digits);
    for (size_t i = n; i > n - digits; i--) {
        out[i - 1] = (char)('0' + number % 10);
        number /= 10;
    }
}

/* Small absolute values are small numbers. */
static inline uint64_t tsl__pack_fold(int64_t v)
{
    return (uint64_t)v << 1 ^ (uint64_t)(v >> 63);
}

static inline int64_t tsl__unpack_fold(uint64_t v)
{
    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

#define TSL__PACK_HUNDRED 100 /* money has two decimals of four, mostly */
#define TSL__PACK_MOST (UINT64_C(1) << 61)

/* A number: 0: it follows as it is; else folded, and divided by a hundred where it can be. */
static inline char *tsl__pack_number(char *p, int64_t v)
{
    if (__builtin_expect((uint64_t)v + TSL__PACK_MOST >= 2 * TSL__PACK_MOST, 0)) {
        p = tsl__pack(p, 0);
        memcpy(p, &v, sizeof v);
        return p + sizeof v;
    }
    const int whole = v % TSL__PACK_HUNDRED == 0;
    return tsl__pack(p, (tsl__pack_fold(whole ? v / TSL__PACK_HUNDRED : v) << 1 | (uint64_t)whole) + 1);
}

static inline const char *tsl__unpack_number(const char *p, int64_t *v)
{
    uint64_t packed;
    p = tsl__unpack(p, &packed);
    if (packed == 0) {
        memcpy(v, p, sizeof *v);
        return p + sizeof *v;
    }
    *v = tsl__unpack_fold((packed - 1) >> 1);
    if ((packed - 1) & 1) {
        *v *= TSL__PACK_HUNDRED;
    }
    return p;
}

/* A time; wide: it takes eight bytes. */
static inline int tsl__packed_is_wide(int64_t time)
{
    return (uint64_t)time + (uint64_t)TSL__PACK_TIME_BASE >= 2 * (uint64_t)TSL__PACK_TIME_BASE;
}
static inline char *tsl__pack_time(char *p, int64_t time)
{
    const int wide = tsl__packed_is_wide(time);
    time += wide ? 0 : TSL__PACK_TIME_BASE;
    memcpy(p, &time, sizeof time);
    return p + (wide ? sizeof time : TSL__PACK_TIME_BYTES);
}
static inline const char *tsl__unpack_time(const char *p, int wide, int64_t *time)
{
    const uint64_t v = tsl__pack_load(p);
    *time = (int64_t)(wide ? v : (v & (2 * (uint64_t)TSL__PACK_TIME_BASE - 1)) - (uint64_t)TSL__PACK_TIME_BASE);
    return p + (wide ? sizeof v : TSL__PACK_TIME_BYTES);
}

#endif
