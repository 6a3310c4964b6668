/* decimal.c: decimal arithmetic in 128-bit integers. */
#include "expr/decimal.h"

#include "base/text.h"

#include <math.h>
#include <tesela/base.h>

typedef unsigned __int128 u128;

#define LIMIT_BITS 126
#define POWERS 37 /* 10^37 < 2^126 */

static u128 power(int n)
{
    return n <= 18   ? tsl__tens[n]
           : n <= 36 ? (u128)tsl__tens[18] * tsl__tens[n - 18]
                     : (u128)tsl__tens[18] * tsl__tens[18] * tsl__tens[n - 36];
}

static int bits(u128 v)
{
    uint64_t high = (uint64_t)(v >> 64), low = (uint64_t)v;
    return high ? 128 - __builtin_clzll(high) : low ? 64 - __builtin_clzll(low) : 0;
}

static u128 magnitude(__int128 v)
{
    return v < 0 ? -(u128)v : (u128)v;
}

static tsl__decimal failed(tsl__decimal_state state)
{
    return (tsl__decimal){.state = state};
}

tsl__decimal tsl__decimal_missing(void)
{
    return failed(TSL__DECIMAL_MISSING);
}

static tsl__decimal signed_value(u128 units, int negative, int places)
{
    return (tsl__decimal){negative ? -(__int128)units : (__int128)units, places, TSL__DECIMAL_OK};
}

/* a / b cut to an integer; an inexact one never ends in 0 or 5, so that it lies
 * on the same side of every later rounding boundary as the true quotient. */
static u128 quotient(u128 a, u128 b, int sticky)
{
    u128 q = a / b;
    if ((q * b != a || sticky) && q % 5 == 0) {
        q++;
    }
    return q;
}

/* units * 10^n, or 0 where it does not fit and units is not 0. */
static int scale_up(u128 *units, int n)
{
    if (n >= POWERS || (bits(*units) + bits(power(n)) > LIMIT_BITS && *units > ((u128)1 << LIMIT_BITS) / power(n))) {
        return *units == 0;
    }
    *units *= power(n);
    return 1;
}

tsl__decimal tsl__decimal_make(__int128 units, int exponent, int sticky)
{
    u128 m = magnitude(units);
    int places = -exponent;
    if (places > TSL__DECIMAL_PLACES || sticky) {
        /* sticky digits stand beyond the last one: cut one digit at least */
        int keep = places > TSL__DECIMAL_PLACES ? TSL__DECIMAL_PLACES : places;
        int cut = places - keep;
        m = cut >= POWERS ? quotient(0, 1, m != 0 || sticky) : quotient(m, power(cut), sticky);
        places = keep;
    }
    if (places < 0) {
        if (!scale_up(&m, -places)) {
            return failed(TSL__DECIMAL_OVERFLOW);
        }
        places = 0;
    }
    return bits(m) > LIMIT_BITS ? failed(TSL__DECIMAL_OVERFLOW) : signed_value(m, units < 0, places);
}

#define SIGNIFICANT 1e15

tsl__decimal tsl__decimal_take(double value)
{
    int places = TSL__DECIMAL_PLACES;
    if (isnan(value)) {
        return failed(TSL__DECIMAL_MISSING);
    }
    if (!(fabs(value) < ldexp(1, LIMIT_BITS))) {
        return failed(TSL__DECIMAL_OVERFLOW);
    }
    while (places > 0 && fabs(value) * tsl__ten_doubles[places] >= SIGNIFICANT) {
        places--;
    }
    return (tsl__decimal){(__int128)nearbyint(value * tsl__ten_doubles[places]), places, TSL__DECIMAL_OK};
}

static tsl__decimal_state worst(tsl__decimal a, tsl__decimal b)
{
    return a.state != TSL__DECIMAL_OK ? a.state : b.state;
}

tsl__decimal tsl__decimal_negate(tsl__decimal a)
{
    a.units = -a.units;
    return a;
}

tsl__decimal tsl__decimal_add(tsl__decimal a, tsl__decimal b)
{
    if (worst(a, b) != TSL__DECIMAL_OK) {
        return failed(worst(a, b));
    }
    int places = a.places > b.places ? a.places : b.places;
    u128 ma = magnitude(a.units), mb = magnitude(b.units);
    if (!scale_up(&ma, places - a.places) || !scale_up(&mb, places - b.places)) {
        return failed(TSL__DECIMAL_OVERFLOW);
    }
    __int128 sum = (a.units < 0 ? -(__int128)ma : (__int128)ma) + (b.units < 0 ? -(__int128)mb : (__int128)mb);
    return bits(magnitude(sum)) > LIMIT_BITS ? failed(TSL__DECIMAL_OVERFLOW)
                                             : (tsl__decimal){sum, places, TSL__DECIMAL_OK};
}

tsl__decimal tsl__decimal_subtract(tsl__decimal a, tsl__decimal b)
{
    return tsl__decimal_add(a, tsl__decimal_negate(b));
}

/* Takes zeros off the end of a value with places. */
static void trim(u128 *m, int *places)
{
    while (*places > 0 && *m % 10 == 0) {
        *m /= 10;
        --*places;
    }
}

tsl__decimal tsl__decimal_multiply(tsl__decimal a, tsl__decimal b)
{
    if (worst(a, b) != TSL__DECIMAL_OK) {
        return failed(worst(a, b));
    }
    u128 ma = magnitude(a.units), mb = magnitude(b.units);
    if (bits(ma) + bits(mb) > LIMIT_BITS) {
        trim(&ma, &a.places);
        trim(&mb, &b.places);
        if (bits(ma) + bits(mb) > LIMIT_BITS) {
            return failed(TSL__DECIMAL_OVERFLOW);
        }
    }
    __int128 product = (__int128)(ma * mb);
    return tsl__decimal_make((a.units < 0) != (b.units < 0) ? -product : product, -(a.places + b.places), 0);
}

tsl__decimal tsl__decimal_divide(tsl__decimal a, tsl__decimal b)
{
    if (worst(a, b) != TSL__DECIMAL_OK) {
        return failed(worst(a, b));
    }
    if (b.units == 0) {
        return failed(TSL__DECIMAL_ZERO_DIVISION);
    }
    u128 ma = magnitude(a.units), mb = magnitude(b.units);
    trim(&mb, &b.places);
    /* As many places as fit, one more than the final rounding needs at least. */
    for (int places = TSL__DECIMAL_PLACES; places > TSL_DECIMAL_PLACES; places--) {
        int up = places - a.places + b.places;
        u128 n = ma, d = mb;
        if (scale_up(up > 0 ? &n : &d, up > 0 ? up : -up)) {
            return signed_value(quotient(n, d, 0), (a.units < 0) != (b.units < 0), places);
        }
    }
    return failed(TSL__DECIMAL_OVERFLOW);
}

int tsl__decimal_compare(tsl__decimal a, tsl__decimal b)
{
    const tsl__decimal less = tsl__decimal_subtract(a, b);
    if (less.state == TSL__DECIMAL_OK) {
        return (less.units > 0) - (less.units < 0);
    }
    /* So far apart that their difference does not fit: their sizes tell. */
    const double x = (double)a.units / (double)power(a.places), y = (double)b.units / (double)power(b.places);
    return (x > y) - (x < y);
}

/* m / unit, half to even; *inexact: whether that changed it. */
static u128 round_to(u128 m, u128 unit, int *inexact)
{
    const u128 q = m / unit, rest = m % unit;
    *inexact = rest != 0;
    return q + (rest * 2 > unit || (rest * 2 == unit && (q & 1)));
}

tsl__decimal tsl__decimal_round(tsl__decimal a, int places)
{
    int inexact;
    if (a.state != TSL__DECIMAL_OK || a.places <= places) {
        return a;
    }
    return signed_value(round_to(magnitude(a.units), power(a.places - places), &inexact), a.units < 0, places);
}

tsl__decimal_state tsl__decimal_get(tsl__decimal a, int64_t *value, int *rounded)
{
    if (a.state != TSL__DECIMAL_OK) {
        return a.state;
    }
    u128 m = magnitude(a.units);
    int inexact = 0;
    if (a.places <= TSL_DECIMAL_PLACES) {
        if (!scale_up(&m, TSL_DECIMAL_PLACES - a.places)) {
            return TSL__DECIMAL_OVERFLOW;
        }
    } else {
        m = round_to(m, power(a.places - TSL_DECIMAL_PLACES), &inexact);
    }
    if (m > (u128)INT64_MAX) {
        return TSL__DECIMAL_OVERFLOW;
    }
    *value = a.units < 0 ? -(int64_t)m : (int64_t)m;
    *rounded = inexact;
    return TSL__DECIMAL_OK;
}

const char *tsl__decimal_state_get_text(tsl__decimal_state state)
{
    static const char *const text[] = {"is a number", "is missing", "is too large", "divides by zero"};
    return text[state];
}
