/* sentinel.c: a value by which other programs write that a number is missing. It is known by its digits and by its
 * place: farther from all other values than these spread among themselves. docs/methods/tables.md. */
#include "table/schema/sentinel.h"

#include <math.h>

#define MOST_NINES 999999999999.0
#define LEAST_SHARE 0.01
#define LEAST_ROWS 2 /* a single cell is a value like any other */
#define FEW_VALUES 10
#define FEW_FAR 10 /* times as far among few values on the same side of zero: plans of 9, 29 and 99 are prices */

int tsl__sentinel_is_one(double value)
{
    double nines = 9;
    while (nines < fabs(value) && nines < MOST_NINES) {
        nines = nines * 10 + 9;
    }
    return value == -1 || (fabs(value) == nines && value != 9);
}

/* The values but for one. */
typedef struct others {
    double low, high;
    size_t count;  /* distinct texts */
    uint64_t rows; /* that hold that one */
} others;

static others get_others(double but, const double *value, const uint64_t *rows, size_t count)
{
    others of = {INFINITY, -INFINITY, 0, 0};
    for (size_t i = 0; i < count; i++) {
        if (rows[i] && value[i] == but) {
            of.rows += rows[i];
        } else if (rows[i] && !isnan(value[i])) {
            of.low = fmin(of.low, value[i]);
            of.high = fmax(of.high, value[i]);
            of.count++;
        }
    }
    return of;
}

static int is_far(double one, const others *of)
{
    const double distance = one < of->low ? of->low - one : one - of->high;
    const int same_side = one < 0 ? of->low < 0 : of->high > 0;
    return distance > (of->high - of->low) * (same_side && of->count < FEW_VALUES ? FEW_FAR : 1);
}

double tsl__sentinel_find(const double *value, const uint64_t *rows, size_t count, size_t all)
{
    const others every = get_others(NAN, value, rows, count);
    const double end[] = {every.low, every.high};
    double found = NAN;
    for (int i = 0; i < 2 && every.count; i++) {
        const others of = get_others(end[i], value, rows, count);
        if (tsl__sentinel_is_one(end[i]) && of.low < of.high && of.rows >= LEAST_ROWS &&
            (double)of.rows >= LEAST_SHARE * (double)all && is_far(end[i], &of)) {
            found = end[i];
        }
    }
    return found;
}
