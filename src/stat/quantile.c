/* quantile.c: quantiles by selection (GSL), without a full sort. */
#include "stat/quantile.h"

#include "base/alloc.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The k-th of the values from 0, and so much of the way to the next. */
static double select_between(double *values, size_t n, size_t k, double fraction)
{
    double at = gsl_stats_select(values, 1, n, k);
    if (fraction > 0 && k + 1 < n) {
        double next = values[k + 1]; /* selection leaves the greater ones behind k */
        for (size_t j = k + 2; j < n; j++) {
            next = values[j] < next ? values[j] : next;
        }
        at += fraction * (next - at);
    }
    return at;
}

void tsl__quantiles(double *values, size_t n, const double *p, size_t count, double *out)
{
    size_t low = 0; /* values before `low` are in their final places */
    for (size_t i = 0; i < count; i++) {
        const double place = (double)(n - 1) * p[i];
        const size_t k = (size_t)place;
        out[i] = select_between(values + low, n - low, k - low, place - (double)k);
        low = k;
    }
}

/* ---- Of several arrays ------------------------------------------------------- */

#define HIGH_BITS 16

/* Sign, exponent and the first bits behind it: rises with the value. */
static size_t get_high(double value)
{
    uint64_t bits;
    value += 0.0; /* no minus before a zero */
    memcpy(&bits, &value, sizeof bits);
    return bits >> (64 - HIGH_BITS);
}

/* Those whose high bits are `first` or `last`. */
static size_t gather(const tsl__values *part, size_t parts, size_t first, size_t last, double *out)
{
    size_t n = 0;
    for (size_t p = 0; p < parts; p++) {
        for (size_t i = 0; i < part[p].count; i++) {
            const size_t high = get_high(part[p].value[i]);
            if (high == first || high == last) {
                out[n++] = part[p].value[i];
            }
        }
    }
    return n;
}

int tsl__quantile_of_parts(const tsl__values *part, size_t parts, double p, double *out)
{
    size_t n = 0, first = 0, last = 0, before = 0;
    size_t *rows = tsl__alloc_zero((size_t)1 << HIGH_BITS, sizeof *rows);
    for (size_t a = 0; rows && a < parts; a++) {
        for (size_t i = 0; i < part[a].count; i++) {
            rows[get_high(part[a].value[i])]++;
        }
        n += part[a].count;
    }
    const double place = n ? (double)(n - 1) * p : 0;
    const size_t k = (size_t)place, next = k + 1 < n ? k + 1 : k;
    for (first = 0; rows && before + rows[first] <= k; first++) {
        before += rows[first];
    }
    size_t upto = before + (rows ? rows[first] : 0);
    for (last = first; rows && upto <= next; upto += rows[++last]) {
    }
    double *values = rows ? tsl__alloc(rows[first] + (last > first ? rows[last] : 0), sizeof *values) : NULL;
    if (values) {
        const size_t found = gather(part, parts, first, last, values);
        *out = select_between(values, found, k - before, place - (double)k);
    }
    free(rows);
    free(values);
    return values ? 0 : -1;
}

/* ---- Of pieces ---------------------------------------------------------------- */

/* All of its bits: rises with the value, of which none lies below 0. */
static uint64_t get_bits(double value)
{
    uint64_t bits;
    value += 0.0; /* no minus before a zero */
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Counts, of the values whose bits above `shift` + HIGH_BITS are those of `found`, the HIGH_BITS that follow; *n: all
 * values. */
static int count_digits(tsl__values_reader read, void *user, size_t pieces, uint64_t found, unsigned shift,
                        size_t *rows, size_t *n)
{
    const unsigned above = shift + HIGH_BITS;
    memset(rows, 0, sizeof *rows << HIGH_BITS);
    *n = 0;
    for (size_t i = 0; i < pieces; i++) {
        tsl__values piece;
        if (read(user, i, &piece)) {
            return -1;
        }
        for (size_t k = 0; k < piece.count; k++) {
            const uint64_t bits = get_bits(piece.value[k]);
            rows[bits >> shift & (((size_t)1 << HIGH_BITS) - 1)] += above >= 64 || bits >> above == found >> above;
        }
        *n += piece.count;
    }
    return 0;
}

/* The least value that is greater. */
static int find_next(tsl__values_reader read, void *user, size_t pieces, double at, double *next)
{
    *next = INFINITY;
    for (size_t i = 0; i < pieces; i++) {
        tsl__values piece;
        if (read(user, i, &piece)) {
            return -1;
        }
        for (size_t k = 0; k < piece.count; k++) {
            *next = piece.value[k] > at && piece.value[k] < *next ? piece.value[k] : *next;
        }
    }
    return 0;
}

int tsl__quantile_of_pieces(tsl__values_reader read, void *user, size_t pieces, double p, double *out)
{
    uint64_t found = 0;
    size_t n = 0, k = 0, before = 0, digit = 0; /* before: values whose bits so far are lower than those found */
    double place = 0, next = 0;
    size_t *rows = tsl__alloc((size_t)1 << HIGH_BITS, sizeof *rows);
    int failed = !rows;
    for (unsigned shift = 64 - HIGH_BITS; !failed; shift -= HIGH_BITS) {
        failed = count_digits(read, user, pieces, found, shift, rows, &n);
        if (shift == 64 - HIGH_BITS) {
            place = n ? (double)(n - 1) * p : 0;
            k = (size_t)place;
        }
        for (digit = 0; !failed && digit + 1 < (size_t)1 << HIGH_BITS && before + rows[digit] <= k; digit++) {
            before += rows[digit];
        }
        found |= (uint64_t)digit << shift;
        if (shift == 0) {
            break;
        }
    }
    memcpy(out, &found, sizeof *out);
    const double fraction = place - (double)k;
    if (!failed && fraction > 0 && k + 1 < n) {
        const int same = before + rows[digit] > k + 1;
        failed = same ? 0 : find_next(read, user, pieces, *out, &next);
        *out += fraction * ((same ? *out : next) - *out);
    }
    free(rows);
    return failed ? -1 : 0;
}
