/* threshold.c: a threshold that reads well. */
#include "model/tree/threshold.h"

#include "base/text.h"

#include <math.h>

#define SHORT_DIGITS 3

/* Significant digits of the shortest decimal: 1200 has two, 0.05 one. */
static int digits_get(double value)
{
    char out[32];
    tsl__double_write(value, out);
    int digits = 0, zeros = 0;
    for (const char *p = out; *p && *p != 'e'; p++) {
        if (*p == '0') {
            zeros += digits > 0;
        } else if (*p >= '1' && *p <= '9') {
            digits += zeros + 1;
            zeros = 0;
        }
    }
    return digits;
}

/* value rounded up to a multiple of 10^power. */
static double round_up(double value, int power)
{
    double rounded = power >= 0 ? ceil(value / tsl__ten_doubles[power]) * tsl__ten_doubles[power]
                                : ceil(value * tsl__ten_doubles[-power]) / tsl__ten_doubles[-power];
    return rounded + 0.0; /* no negative zero */
}

double tsl__threshold_get(double low, double high)
{
    int all = digits_get(low);
    if (all <= SHORT_DIGITS) {
        return low;
    }
    int first = (int)floor(log10(fabs(low)));
    for (int digits = 1; digits < all; digits++) {
        int power = first - digits + 1;
        if (power > TSL__MOST_TEN_DOUBLE || power < -TSL__MOST_TEN_DOUBLE) {
            continue;
        }
        double t = round_up(low, power);
        if (low <= t && t < high) {
            return t;
        }
    }
    return low;
}
