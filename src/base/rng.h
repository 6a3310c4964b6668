/* rng.h: the counter-based generator Philox4x32-10 (Salmon, Moraes, Dror &
 * Shaw 2011): a draw is a pure function of its key and counter, so that no
 * order of threads can change it. */
#ifndef TSL_BASE_RNG_H
#define TSL_BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

void tsl__philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* A stream of draws for one purpose: key = seed, counter = (stream, draw). */
typedef struct tsl__rng {
    uint64_t seed, stream, draw;
} tsl__rng;

/* stream: any two numbers that name the use, e.g. (k, restart). */
tsl__rng tsl__rng_open(uint64_t seed, uint32_t a, uint32_t b);
uint64_t tsl__rng_u64(tsl__rng *rng);
double tsl__rng_uniform(tsl__rng *rng);             /* [0, 1), 53 bits */
uint64_t tsl__rng_below(tsl__rng *rng, uint64_t n); /* 0 .. n-1 without bias; n >= 1 */
/* m of n row numbers without replacement, rising; m <= n. 0 on success. */
int tsl__rng_sample(tsl__rng *rng, size_t n, size_t m, size_t *out);

#endif
