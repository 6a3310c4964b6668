/* sentinel.c: a value by which other programs write that a number is missing. It is known by its digits and by its
 * place: farther from all other values than these spread among themselves. docs/methods/basis.md. */
#include "feature/words/sentinel.h"

#include <math.h>

#define MOST_NINES 999999999999.0
#define LEAST_SHARE 0.01
#define MOST_SHARE 0.1
#define LEAST_ROWS 2 /* a single cell is a value like any other */
#define FEW_VALUES 10
#define FEW_FAR 10 /* times as far among few values on the same side of zero: plans of 9, 29 and 99 are prices */

#define MOST_ANSWERS 2
#define LEAST_THIRD 0.2 /* of the rows: so many hold each of -1, 0 and 1 where all three are answers */

static int is_nines(double value)
{
    double nines = 9;
    while (nines < fabs(value) && nines < MOST_NINES) {
        nines = nines * 10 + 9;
    }
    return fabs(value) == nines;
}

static int is_written(double value)
{
    return value == -1 || (is_nines(value) && value != 9);
}

/* The values but for one. */
typedef struct others {
    double low, high;
    double distinct[FEW_VALUES];
    size_t count; /* of distinct: so many at most */
    size_t held;  /* rows that hold that one */
} others;

static void add_distinct(others *of, double x)
{
    for (size_t i = 0; i < of->count; i++) {
        if (of->distinct[i] == x) {
            return;
        }
    }
    if (of->count < FEW_VALUES) {
        of->distinct[of->count++] = x;
    }
}

static void get_others(const tsl_column *column, size_t rows, double but, others *of)
{
    *of = (others){.low = INFINITY, .high = -INFINITY};
    for (size_t i = 0; i < rows; i++) {
        const double x = column->number[i];
        if (x == but) {
            of->held++;
        } else if (!isnan(x)) {
            of->low = fmin(of->low, x);
            of->high = fmax(of->high, x);
            add_distinct(of, x);
        }
    }
}

static int is_far(double one, const others *of)
{
    const double distance = one < of->low ? of->low - one : one - of->high;
    const int same_side = one < 0 ? of->low < 0 : of->high > 0;
    return distance > (of->high - of->low) * (same_side && of->count < FEW_VALUES ? FEW_FAR : 1) &&
           !(one == -1 && of->low < 0);
}

double tsl__sentinel_find(const tsl_column *column, size_t rows, size_t *count)
{
    others every, of;
    *count = 0;
    if (column->type != TSL_TYPE_NUMBER) {
        return NAN;
    }
    get_others(column, rows, NAN, &every);
    const double end[] = {every.low, every.high};
    for (int i = 0; i < 2 && every.count > 0; i++) {
        if (!is_written(end[i])) {
            continue;
        }
        get_others(column, rows, end[i], &of);
        const double share = (double)of.held / (double)rows;
        if (of.low < of.high && of.held >= LEAST_ROWS && share >= LEAST_SHARE && share <= MOST_SHARE &&
            is_far(end[i], &of)) {
            *count = of.held;
            return end[i];
        }
    }
    return NAN;
}

/* Among 0 and 1 a 9 is no answer either. */
int tsl__unknown_is_number(double x)
{
    return x == -1 || is_nines(x);
}

/* Two values without 0 or without 1: which of them is unknown nobody can tell. */
tsl__beside tsl__beside_find(const double *x, size_t rows)
{
    size_t none = 0, one = 0, minus = 0, nines = 0, answers = 0;
    double answer[MOST_ANSWERS];
    for (size_t i = 0; i < rows; i++) {
        if (x[i] == 0 || x[i] == 1) {
            *(x[i] == 0 ? &none : &one) += 1;
        } else if (!isnan(x[i]) && tsl__unknown_is_number(x[i])) {
            *(x[i] == -1 ? &minus : &nines) += 1;
        } else if (!isnan(x[i])) {
            size_t a = 0;
            while (a < answers && answer[a] != x[i]) {
                a++;
            }
            if (a == MOST_ANSWERS) {
                return TSL__BESIDE_OTHERS;
            }
            answer[a] = x[i];
            answers += a == answers;
        }
    }
    if (none == 0 || one == 0) {
        return TSL__BESIDE_OTHERS;
    }
    if (answers) {
        return TSL__BESIDE_ANSWERS;
    }
    const double least = LEAST_THIRD * (double)(none + one + minus);
    return minus + nines == 0 ? TSL__BESIDE_NOTHING
           : nines == 0 && (double)none >= least && (double)one >= least && (double)minus >= least
               ? TSL__BESIDE_THIRD /* with nines as well both are codes */
               : TSL__BESIDE_UNKNOWN;
}
