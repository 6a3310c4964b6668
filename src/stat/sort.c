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

/* Moves the keys by one digit; 0 where all have the same, and nothing moves. */
static int move(const uint64_t *from, uint64_t *to, size_t n, int pass, size_t *count)
{
    if (count[digit_of(from[0], pass)] == n) {
        return 0;
    }
    size_t place = 0;
    for (int d = 0; d < DIGITS; d++) {
        size_t here = count[d];
        count[d] = place;
        place += here;
    }
    for (size_t i = 0; i < n; i++) {
        to[count[digit_of(from[i], pass)]++] = from[i];
    }
    return 1;
}

static void sort_keys(uint64_t *key, uint64_t *other, size_t n, uint64_t **sorted)
{
    static _Thread_local size_t count[PASSES][DIGITS];
    memset(count, 0, sizeof count);
    for (size_t i = 0; i < n; i++) {
        for (int pass = 0; pass < PASSES; pass++) {
            count[pass][digit_of(key[i], pass)]++;
        }
    }
    for (int pass = 0; pass < PASSES && n > 0; pass++) {
        if (move(key, other, n, pass, count[pass])) {
            uint64_t *swap = key;
            key = other;
            other = swap;
        }
    }
    *sorted = key;
}

void tsl__sort(double *values, double *scratch, size_t n)
{
    /* The keys take the places of the numbers, eight bytes each. */
    _Static_assert(sizeof(uint64_t) == sizeof(double), "keys stand where the numbers stood");
    uint64_t *key = (uint64_t *)(void *)values, *other = (uint64_t *)(void *)scratch, *sorted;
    for (size_t i = 0; i < n; i++) {
        uint64_t code = encode(values[i]);
        memcpy(&key[i], &code, sizeof code);
    }
    sort_keys(key, other, n, &sorted);
    for (size_t i = 0; i < n; i++) {
        double x = decode(sorted[i]);
        memcpy(&values[i], &x, sizeof x);
    }
}

double tsl__sorted_quantile(const double *sorted, size_t n, double p)
{
    double place = (double)(n - 1) * p;
    size_t k = (size_t)place;
    double fraction = place - (double)k;
    if (!(fraction > 0 && k + 1 < n)) {
        return sorted[k];
    }
    double step = sorted[k + 1] - sorted[k]; /* further than a double reaches, from one end to the other */
    return isfinite(step) ? sorted[k] + fraction * step : sorted[k] * (1 - fraction) + sorted[k + 1] * fraction;
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
