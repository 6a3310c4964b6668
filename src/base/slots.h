/* slots.h: open addressing: a table of numbers, each found by the hash of what
 * it stands for. The functions are inline, so that the comparison is, too. */
#ifndef TSL_BASE_SLOTS_H
#define TSL_BASE_SLOTS_H

#include "base/alloc.h"

#include <stdint.h>

typedef struct tsl__slots {
    uint64_t *slot; /* 0: empty; free with free() */
    size_t count;   /* a power of two */
} tsl__slots;

/* An empty table with at least so many slots; 0 on success. It must never be full. */
static inline int tsl__slots_open(tsl__slots *slots, size_t least)
{
    slots->count = 16;
    while (slots->count < least) {
        slots->count *= 2;
    }
    slots->slot = tsl__alloc_zero(slots->count, sizeof *slots->slot);
    return slots->slot ? 0 : -1;
}

/* The slot whose number stands for the key, or the empty one where it belongs.
 * same NULL: the first empty one. */
static inline uint64_t *tsl__slots_find(const tsl__slots *slots, uint64_t hash,
                                        int (*same)(const void *key, uint64_t number), const void *key)
{
    const size_t mask = slots->count - 1;
    size_t i = hash & mask;
    while (slots->slot[i] && !(same && same(key, slots->slot[i]))) {
        i = (i + 1) & mask;
    }
    return &slots->slot[i];
}

/* The slot where the search for the hash begins is on its way to the caches. */
static inline void tsl__slots_fetch(const tsl__slots *slots, uint64_t hash)
{
    __builtin_prefetch(&slots->slot[hash & (slots->count - 1)], 1);
}

#endif
