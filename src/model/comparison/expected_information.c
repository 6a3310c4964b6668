/*
 * expected_information.c: the expected mutual information of two partitions with
 * given sums, exactly, and fast for many rows.
 *
 * A cell with the sums a and b of n rows is hypergeometric. Its probabilities are
 * gone through from the greatest one to both sides, each by its ratio to the one
 * before, until they no longer count; that their sum is 1 gives their scale, so
 * that no factorials are needed. Cells of equal sums are worked out once: there
 * are at most sqrt(2 n) different sums a side.
 */
#include "model/comparison/external.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

/* Of the greatest probability; what is left beyond is less than that times the number of rows. */
#define LEAST_SHARE 1e-30

/* A sum, and how many labels have it. */
typedef struct tied_sum {
    double sum;
    double count;
} tied_sum;

static int compare_sums(const void *a, const void *b)
{
    const double x = ((const tied_sum *)a)->sum, y = ((const tied_sum *)b)->sum;
    return (x > y) - (x < y);
}

/* The different sums of a side, owned; NULL: out of memory. */
static tied_sum *tie_sums(const tsl__contingency *table, int side, size_t *count)
{
    tied_sum *tied = tsl__alloc(table->present[side], sizeof *tied);
    size_t n = 0, last = 0;
    if (!tied) {
        return NULL;
    }
    for (size_t i = 0; i < table->k[side]; i++) {
        if (table->sum[side][i] > 0) {
            tied[n++] = (tied_sum){table->sum[side][i], 1};
        }
    }
    qsort(tied, n, sizeof *tied, compare_sums);
    for (size_t i = 1; i < n; i++) {
        if (tied[i].sum == tied[last].sum) {
            tied[last].count++;
        } else {
            tied[++last] = tied[i];
        }
    }
    *count = n ? last + 1 : 0;
    return tied;
}

/* x / n * log(x / mean), the part of x rows in a cell of which `mean` are expected. */
static double get_part(double x, double mean, double n)
{
    const double away = (x - mean) / mean;
    return x > 0 ? x / n * (fabs(away) < 0.5 ? log1p(away) : log(x / mean)) : 0;
}

/* The expected part of a cell with sums a and b of n. */
static double get_expected(double a, double b, double n)
{
    const double mean = a * b / n, low = a + b > n ? a + b - n : 0, high = a < b ? a : b;
    double mode = floor((a + 1) * (b + 1) / (n + 2));
    mode = mode < low ? low : mode > high ? high : mode;
    double weights = 1, sum = get_part(mode, mean, n), p = 1;
    double x = mode;
    while (x < high && p > LEAST_SHARE) {
        p *= (a - x) / (x + 1) * ((b - x) / (n - a - b + x + 1));
        weights += p;
        sum += p * get_part(x + 1, mean, n);
        x++;
    }
    p = 1;
    x = mode;
    while (x > low && p > LEAST_SHARE) {
        p *= x / (a - x + 1) * ((n - a - b + x) / (b - x + 1));
        weights += p;
        sum += p * get_part(x - 1, mean, n);
        x--;
    }
    return sum / weights;
}

int tsl__expected_information(const tsl__contingency *table, double *out)
{
    size_t count[2] = {0, 0};
    *out = (double)NAN;
    if (!table->whole) {
        return 0;
    }
    tied_sum *own = tie_sums(table, 0, &count[0]), *truth = tie_sums(table, 1, &count[1]);
    if (own && truth) {
        *out = 0;
        for (size_t i = 0; i < count[0]; i++) {
            for (size_t j = 0; j < count[1]; j++) {
                *out += own[i].count * truth[j].count * get_expected(own[i].sum, truth[j].sum, table->total);
            }
        }
    }
    const int failed = !own || !truth;
    free(own);
    free(truth);
    return failed ? -1 : 0;
}
