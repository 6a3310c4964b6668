/* sort.c: numbers in rising order, by radix (least significant digit first). */
#include "stat/sort.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define BITS 11
#define DIGITS (1 << BITS)
#define PASSES 6

/* Unsigned numbers in the order of the doubles that they stand for. */
static uint64_t encode(double x)
{
    uint64_t bits;
    x += 0.0; /* -0 is 0 */
    memcpy(&bits, &x, sizeof bits);
    return bits ^ (bits >> 63 ? UINT64_MAX : UINT64_C(1) << 63);
}

static double decode(uint64_t key)
{
    double x;
    key ^= key >> 63 ? UINT64_C(1) << 63 : UINT64_MAX;
    memcpy(&x, &key, sizeof x);
    return x;
}

static unsigned digit_of(uint64_t key, int pass)
{
    return (unsigned)(key >> (BITS * pass)) & (DIGITS - 1);
}

/* Keys, and what goes with each; with NULL: nothing does. */
typedef struct keys {
    uint64_t *key;
    double *with;
} keys;

/* Moves the keys by one digit. */
static void move(keys from, keys to, size_t n, int pass, size_t *count)
{
    size_t place = 0;
    for (int d = 0; d < DIGITS; d++) {
        size_t here = count[d];
        count[d] = place;
        place += here;
    }
    if (!from.with) {
        for (size_t i = 0; i < n; i++) {
            to.key[count[digit_of(from.key[i], pass)]++] = from.key[i];
        }
        return;
    }
    for (size_t i = 0; i < n; i++) {
        size_t at = count[digit_of(from.key[i], pass)]++;
        to.key[at] = from.key[i];
        to.with[at] = from.with[i];
    }
}

static keys sort_keys(keys from, keys other, size_t n)
{
    static _Thread_local size_t count[PASSES][DIGITS];
    int varies[PASSES], passes = 0;
    uint64_t differ = 0;
    for (size_t i = 1; i < n; i++) {
        differ |= from.key[i] ^ from.key[0];
    }
    for (int pass = 0; pass < PASSES; pass++) { /* whole numbers of a small range vary in one or two */
        if (digit_of(differ, pass)) {
            varies[passes++] = pass;
        }
    }
    memset(count, 0, (size_t)passes * sizeof *count);
    for (size_t i = 0; i < n; i++) {
        for (int p = 0; p < passes; p++) {
            count[p][digit_of(from.key[i], varies[p])]++;
        }
    }
    for (int p = 0; p < passes; p++) {
        move(from, other, n, varies[p], count[p]);
        keys swap = from;
        from = other;
        other = swap;
    }
    return from;
}

enum { FEW = 48 }; /* numbers that are sorted sooner one by one */

static void insert_each(double *values, double *with, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double x = values[i] + 0.0, own = with ? with[i] : 0; /* -0 is 0 */
        size_t at = i;
        for (; at > 0 && values[at - 1] > x; at--) {
            values[at] = values[at - 1];
            if (with) {
                with[at] = with[at - 1];
            }
        }
        values[at] = x;
        if (with) {
            with[at] = own;
        }
    }
}

/* with NULL: scratch is n doubles. */
static void sort_values(double *values, double *with, void *scratch, size_t n)
{
    /* The keys take the places of the numbers, eight bytes each. */
    _Static_assert(sizeof(uint64_t) == sizeof(double), "keys stand where the numbers stood");
    if (n <= FEW) {
        insert_each(values, with, n);
        return;
    }
    const keys from = {(uint64_t *)(void *)values, with}, other = {scratch, with ? (double *)scratch + n : NULL};
    for (size_t i = 0; i < n; i++) {
        uint64_t code = encode(values[i]);
        memcpy(&from.key[i], &code, sizeof code);
    }
    const keys sorted = sort_keys(from, other, n);
    for (size_t i = 0; i < n; i++) {
        double x = decode(sorted.key[i]);
        memcpy(&values[i], &x, sizeof x);
    }
    if (with && sorted.with != with) {
        memcpy(with, sorted.with, n * sizeof *with);
    }
}

void tsl__sort(double *values, double *scratch, size_t n)
{
    sort_values(values, NULL, scratch, n);
}

void tsl__sort_with(double *values, double *with, double *scratch, size_t n)
{
    sort_values(values, with, scratch, n);
}

size_t tsl__quantile_place(size_t n, double p)
{
    return (size_t)((double)(n - 1) * p);
}

double tsl__quantile_between(const double *at, size_t count, size_t n, double p)
{
    const double place = (double)(n - 1) * p, fraction = place - (double)(size_t)place;
    if (!(fraction > 0 && count > 1)) {
        return at[0];
    }
    const double step = at[1] - at[0]; /* further than a double reaches, from one end to the other */
    return isfinite(step) ? at[0] + fraction * step : at[0] * (1 - fraction) + at[1] * fraction;
}

double tsl__sorted_quantile(const double *sorted, size_t n, double p)
{
    const size_t k = tsl__quantile_place(n, p);
    return tsl__quantile_between(sorted + k, n - k, n, p);
}

size_t tsl__sorted_below(const double *sorted, size_t n, double x)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] < x) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t tsl__sorted_up_to(const double *sorted, size_t n, double x)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] <= x) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
