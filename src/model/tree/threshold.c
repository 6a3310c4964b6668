/* threshold.c: a threshold that reads well. */
#include "model/tree/threshold.h"

#include "base/text.h"

#include <math.h>

#define SHORT_DIGITS 3

/* Powers of ten that a double holds exactly. */
static const double ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
#define MOST_POWER 22

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
    double rounded = power >= 0 ? ceil(value / ten[power]) * ten[power] : ceil(value * ten[-power]) / ten[-power];
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
        if (power > MOST_POWER || power < -MOST_POWER) {
            continue;
        }
        double t = round_up(low, power);
        if (low <= t && t < high) {
            return t;
        }
    }
    return low;
}
