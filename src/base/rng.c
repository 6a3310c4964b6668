/* rng.c: Philox4x32-10 and streams of draws from it. */
#include "base/rng.h"

#include "base/slots.h"

#include <stdlib.h>

void tsl__philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        uint64_t a = (uint64_t)0xD2511F53u * c0, b = (uint64_t)0xCD9E8D57u * c2;
        uint32_t n0 = (uint32_t)(b >> 32) ^ c1 ^ k0, n2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
        c1 = (uint32_t)b;
        c3 = (uint32_t)a;
        c0 = n0;
        c2 = n2;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

tsl__rng tsl__rng_open(uint64_t seed, uint32_t a, uint32_t b)
{
    return (tsl__rng){seed, (uint64_t)a << 32 | b, 0};
}

uint64_t tsl__rng_u64(tsl__rng *rng)
{
    uint32_t counter[4] = {(uint32_t)rng->draw, (uint32_t)(rng->draw >> 32), (uint32_t)rng->stream,
                           (uint32_t)(rng->stream >> 32)};
    uint32_t key[2] = {(uint32_t)rng->seed, (uint32_t)(rng->seed >> 32)}, out[4];
    tsl__philox(counter, key, out);
    rng->draw++;
    return (uint64_t)out[0] << 32 | out[1];
}

double tsl__rng_uniform(tsl__rng *rng)
{
    return (double)(tsl__rng_u64(rng) >> 11) * 0x1p-53;
}

uint64_t tsl__rng_below(tsl__rng *rng, uint64_t n)
{
    /* Lemire (2019): multiply and reject the few draws that would bias. */
    uint64_t floor = (0 - n) % n;
    for (;;) {
        unsigned __int128 product = (unsigned __int128)tsl__rng_u64(rng) * n;
        if ((uint64_t)product >= floor) {
            return (uint64_t)(product >> 64);
        }
    }
}

static int compare_sizes(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* A slot's number is the row number + 1. */
static int is_picked(const void *key, uint64_t number)
{
    return *(const size_t *)key + 1 == number;
}

/* The slot of a row number. */
static uint64_t *find_pick(const tsl__slots *picked, size_t pick)
{
    return tsl__slots_find(picked, pick * UINT64_C(0x9E3779B97F4A7C15) >> 20, is_picked, &pick);
}

/* Floyd's sampling (Bentley & Floyd 1987). */
int tsl__rng_sample(tsl__rng *rng, size_t n, size_t m, size_t *out)
{
    tsl__slots picked;
    if (tsl__slots_open(&picked, 2 * m)) {
        return -1;
    }
    for (size_t i = 0; i < m; i++) {
        size_t top = n - m + i, pick = (size_t)tsl__rng_below(rng, top + 1);
        uint64_t *slot = find_pick(&picked, pick);
        if (*slot) {
            pick = top; /* taken already: `top` cannot be */
            slot = find_pick(&picked, pick);
        }
        *slot = (uint64_t)pick + 1;
        out[i] = pick;
    }
    free(picked.slot);
    qsort(out, m, sizeof *out, compare_sizes);
    return 0;
}
