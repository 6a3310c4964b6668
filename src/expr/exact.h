/*
 * exact.h: decimal numbers without a rounding error that shows: 128-bit units
 * and a count of places.
 *
 * Results are cut to TSL__EXACT_PLACES places by rounding that is neutral to a
 * later one (away from zero only onto a last digit of 1 or 6), so that the
 * final half-even rounding to 1/10000 sees the true value. Missing and failed
 * values travel through every operation, like NaN.
 */
#ifndef TSL_EXPR_EXACT_H
#define TSL_EXPR_EXACT_H

#include <stdint.h>

#define TSL__EXACT_PLACES 12

typedef enum tsl__exact_state {
    TSL__EXACT_OK,
    TSL__EXACT_MISSING,
    TSL__EXACT_OVERFLOW,
    TSL__EXACT_ZERO_DIVISION
} tsl__exact_state;

typedef struct tsl__exact {
    __int128 units; /* value = units / 10^places, |units| < 2^126 */
    int places;     /* 0 .. TSL__EXACT_PLACES */
    tsl__exact_state state;
} tsl__exact;

tsl__exact tsl__exact_missing(void);
/* units * 10^exponent, exponent of either sign; sticky: digits beyond the last
 * one of units were cut off, not all of them zero. */
tsl__exact tsl__exact_make(__int128 units, int exponent, int sticky);
tsl__exact tsl__exact_negate(tsl__exact a);
tsl__exact tsl__exact_add(tsl__exact a, tsl__exact b);
tsl__exact tsl__exact_subtract(tsl__exact a, tsl__exact b);
tsl__exact tsl__exact_multiply(tsl__exact a, tsl__exact b);
tsl__exact tsl__exact_divide(tsl__exact a, tsl__exact b);

/* The value in 1/10000, rounded half to even; *rounded tells whether that
 * changed it. Anything but TSL__EXACT_OK leaves the results alone. */
tsl__exact_state tsl__exact_get(tsl__exact a, int64_t *value, int *rounded);

/* What a failed state is called in a message: "overflows", ... */
const char *tsl__exact_state_get_text(tsl__exact_state state);

#endif
