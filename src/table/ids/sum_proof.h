/* sum_proof.h: what it takes that a number is a total by itself, where no word says so. */
#ifndef TSL_TABLE_IDS_SUM_PROOF_H
#define TSL_TABLE_IDS_SUM_PROOF_H

#include <stdint.h>

/* It is the sum of several others, and can hardly be met by chance: it has so many steps. A customer may well have
 * spent as much as all others together where all spend 10, 20 or 30. */
#define TSL__SUM_OTHERS ((size_t)3)
#define TSL__SUM_STEPS 1000

/* The step of which this value is a multiple as well; 0: there was none before. */
static inline uint64_t tsl__step_take(uint64_t step, int64_t value)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    while (rest) {
        const uint64_t next = step % rest;
        step = rest;
        rest = next;
    }
    return step;
}

#endif
