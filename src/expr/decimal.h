/*
 * decimal.h: decimal numbers without a rounding error that shows: 128-bit units
 * and a count of places.
 *
 * Results are cut to TSL__DECIMAL_PLACES places by rounding that is neutral to a
 * later one (away from zero only onto a last digit of 1 or 6), so that the
 * final half-even rounding to 1/10000 sees the true value. Missing and failed
 * values travel through every operation, like NaN.
 */
#ifndef TSL_EXPR_DECIMAL_H
#define TSL_EXPR_DECIMAL_H

#include <stdint.h>

#define TSL__DECIMAL_PLACES 12

typedef enum tsl__decimal_state {
    TSL__DECIMAL_OK,
    TSL__DECIMAL_MISSING,
    TSL__DECIMAL_OVERFLOW,
    TSL__DECIMAL_ZERO_DIVISION
} tsl__decimal_state;

typedef struct tsl__decimal {
    __int128 units; /* value = units / 10^places, |units| < 2^126 */
    int places;     /* 0 .. TSL__DECIMAL_PLACES */
    tsl__decimal_state state;
} tsl__decimal;

tsl__decimal tsl__decimal_missing(void);
/* units * 10^exponent, exponent of either sign; sticky: digits beyond the last
 * one of units were cut off, not all of them zero. */
tsl__decimal tsl__decimal_make(__int128 units, int exponent, int sticky);
/* A number that was calculated in binary, in the 15 significant digits that it is good for, at most TSL__DECIMAL_PLACES
 * of them places; so 4.5 is 4.5 however it came about. NaN is missing, what is too large has overflowed. */
tsl__decimal tsl__decimal_take(double value);
tsl__decimal tsl__decimal_negate(tsl__decimal a);
tsl__decimal tsl__decimal_add(tsl__decimal a, tsl__decimal b);
tsl__decimal tsl__decimal_subtract(tsl__decimal a, tsl__decimal b);
tsl__decimal tsl__decimal_multiply(tsl__decimal a, tsl__decimal b);
tsl__decimal tsl__decimal_divide(tsl__decimal a, tsl__decimal b);

/* -1, 0, 1 as a is less than, equal to or greater than b, both of them OK. */
int tsl__decimal_compare(tsl__decimal a, tsl__decimal b);
/* To at most so many places, half to even. */
tsl__decimal tsl__decimal_round(tsl__decimal a, int places);

/* The value in 1/10000, rounded half to even; *rounded tells whether that
 * changed it. Anything but TSL__DECIMAL_OK leaves the results alone. */
tsl__decimal_state tsl__decimal_get(tsl__decimal a, int64_t *value, int *rounded);

/* What a failed state is called in a message: "is too large", ... */
const char *tsl__decimal_state_get_text(tsl__decimal_state state);

#endif
