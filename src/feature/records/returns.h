/*
 * returns.h: a customer's returns set against the purchases that they undo.
 *
 * In the order of time a line of a negative amount is set against the latest line of a positive amount and the same
 * product that is not after it, as far as both go, then against the one before that. A line without a product is set
 * against the latest untouched one without a product of exactly the same amount. What is left of the amounts adds up to
 * what the amounts do; so do quantities.
 */
#ifndef TSL_FEATURE_RETURNS_H
#define TSL_FEATURE_RETURNS_H

#include <stddef.h>
#include <stdint.h>

#include "base/slots.h"

/* One a line, in the order of time. Starts as zeros. */
typedef struct tsl__returns {
    int64_t *time;
    int64_t *amount, *quantity; /* amounts are known, quantities may be TSL_MISSING_INT; then what is left */
    int32_t *product;           /* -1: none */
    uint8_t *is_gone;           /* then 1: nothing of its amount is left */
    int64_t *whole;             /* scratch: amounts without sign */
    size_t *link,
        *top; /* likewise: the line before of its kin; by the first line of kin: the last with something left */
    tsl__slots slots;
    size_t capacity;
} tsl__returns;

/* Room for so many lines; -1: out of memory. */
int tsl__returns_reserve(tsl__returns *returns, size_t lines);
void tsl__returns_free(tsl__returns *returns);
/* Takes the lines' amounts, quantities and products, and leaves of them what no return undoes. Time: linear. */
void tsl__returns_match(tsl__returns *returns, size_t lines);

#endif
