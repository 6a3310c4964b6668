/*
 * short_text.h: a text of up to 16 bytes as two words, which are compared and hashed without a call. Most ids and names
 * are so short.
 */
#ifndef TSL_BASE_SHORT_TEXT_H
#define TSL_BASE_SHORT_TEXT_H

#include <stdint.h>
#include <string.h>

#include "base/hash.h"

#define TSL__SHORT_BYTES 16

/* The bytes, the first of them lowest, and zeros behind. */
typedef struct tsl__words {
    uint64_t low, high;
} tsl__words;

static inline uint64_t tsl__word_load(const char *s, size_t n)
{
    uint64_t v = 0;
    memcpy(&v, s, n);
    return v;
}

/* n: at most TSL__SHORT_BYTES. Texts without NUL that differ give words that differ. */
static inline tsl__words tsl__words_make(const char *s, size_t n)
{
    if (n >= 8) {
        return (tsl__words){tsl__word_load(s, 8), n > 8 ? tsl__word_load(s + n - 8, 8) >> 8 * (16 - n) : 0};
    }
    if (n >= 4) {
        return (tsl__words){tsl__word_load(s, 4) | tsl__word_load(s + n - 4, 4) << 8 * (n - 4), 0};
    }
    return (tsl__words){n ? tsl__word_load(s, 1) | tsl__word_load(s + n / 2, 1) << 8 * (n / 2) |
                                tsl__word_load(s + n - 1, 1) << 8 * (n - 1)
                          : 0,
                        0};
}

/* Both halves of a product, folded: every bit of the text reaches all of the hash. */
static inline uint64_t tsl__words_hash(tsl__words words)
{
    const unsigned __int128 product =
        (unsigned __int128)(words.low ^ UINT64_C(0x9E3779B97F4A7C15)) * (words.high ^ UINT64_C(0xD6E8FEB86659FD93));
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Of a text of any length. The same in every run. */
static inline uint64_t tsl__text_hash(const char *s, size_t n)
{
    return n <= TSL__SHORT_BYTES ? tsl__words_hash(tsl__words_make(s, n)) : tsl__hash64(s, n, 0);
}

#endif
