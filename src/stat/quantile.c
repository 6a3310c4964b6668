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
