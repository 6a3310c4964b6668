/* breaks.c: natural breaks, by dynamic programming over the different numbers: what the first i of them cost in c
 * classes is the least, over where the last class begins, of what those before it cost in c - 1. That beginning never
 * goes back as i grows, so that each half of a layer looks at its own part of them alone. */
#include "stat/breaks.h"

#include "base/alloc.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

struct tsl__breaks {
    size_t count, most;            /* different numbers; classes, no more than these */
    double *number;                /* count, rising */
    double *weight, *sum, *square; /* count + 1: of those before; on the scale, less its mean */
    double *cost, *next;           /* count + 1: of the first i in the classes of the last layer, and of the next one */
    uint32_t *begin;               /* most x count: where the last class of the first i + 1 in c + 1 classes begins */
    double *within;                /* most: of all numbers */
};

/* Kahan's sum, as Neumaier has it: what rounding has lost is put back. */
typedef struct exact {
    double sum, lost;
} exact;

static double add(exact *to, double x)
{
    const double sum = to->sum + x;
    to->lost += fabs(to->sum) >= fabs(x) ? (to->sum - sum) + x : (x - sum) + to->sum;
    to->sum = sum;
    return to->sum + to->lost;
}

/* Of the numbers from `from` to before `to`. */
static double spread(const tsl__breaks *b, size_t from, size_t to)
{
    const double weight = b->weight[to] - b->weight[from], sum = b->sum[to] - b->sum[from];
    return to - from < 2 ? 0 : fmax(0, b->square[to] - b->square[from] - sum * sum / weight);
}

static void take(tsl__breaks *b, const double *sorted, const double *scale, size_t n)
{
    exact mean = {0, 0}, sum = {0, 0}, square = {0, 0};
    for (size_t i = 0; i < n; i++) {
        (void)add(&mean, scale[i]);
    }
    const double center = (mean.sum + mean.lost) / (double)n;
    for (size_t i = 0, begin = 0; i < n; i++) {
        if (i + 1 < n && sorted[i + 1] == sorted[i]) {
            continue;
        }
        const double x = scale[i] - center, w = (double)(i + 1 - begin);
        b->number[b->count] = sorted[i];
        b->count++;
        b->weight[b->count] = (double)(i + 1);
        b->sum[b->count] = add(&sum, w * x);
        b->square[b->count] = add(&square, w * x * x);
        begin = i + 1;
    }
}

/* One layer for the first `low` to `high` numbers, whose last classes begin within first to last. */
static void fill(tsl__breaks *b, uint32_t *begin, size_t low, size_t high, size_t first, size_t last)
{
    while (low <= high) {
        const size_t middle = low + (high - low) / 2, end = last < middle ? last : middle - 1;
        double least = INFINITY;
        size_t at = first;
        for (size_t j = first; j <= end; j++) {
            const double cost = b->cost[j] + spread(b, j, middle);
            if (cost < least) {
                least = cost;
                at = j;
            }
        }
        b->next[middle] = least;
        begin[middle - 1] = (uint32_t)at;
        if (middle > low) {
            fill(b, begin, low, middle - 1, first, at);
        }
        low = middle + 1;
        first = at;
    }
}

static void solve(tsl__breaks *b)
{
    for (size_t i = 0; i <= b->count; i++) {
        b->cost[i] = spread(b, 0, i);
    }
    b->within[0] = b->cost[b->count];
    for (size_t c = 1; c < b->most; c++) { /* the first i numbers hold i classes at most */
        fill(b, b->begin + c * b->count, c + 1, b->count, c, b->count - 1);
        double *done = b->cost;
        b->cost = b->next;
        b->next = done;
        b->within[c] = b->cost[b->count];
    }
}

tsl__breaks *tsl__breaks_open(const double *sorted, const double *scale, size_t n, size_t most)
{
    tsl__breaks *b = tsl__alloc_zero(1, sizeof *b);
    size_t different = 1;
    for (size_t i = 1; i < n; i++) {
        different += sorted[i] != sorted[i - 1];
    }
    if (!b) {
        return NULL;
    }
    b->most = most < different ? most : different;
    b->number = tsl__alloc(different, sizeof *b->number);
    b->weight = tsl__alloc_zero(different + 1, sizeof *b->weight);
    b->sum = tsl__alloc_zero(different + 1, sizeof *b->sum);
    b->square = tsl__alloc_zero(different + 1, sizeof *b->square);
    b->cost = tsl__alloc_zero(different + 1, sizeof *b->cost);
    b->next = tsl__alloc_zero(different + 1, sizeof *b->next);
    b->begin = tsl__alloc_zero(different * b->most, sizeof *b->begin);
    b->within = tsl__alloc_zero(b->most, sizeof *b->within);
    if (!b->number || !b->weight || !b->sum || !b->square || !b->cost || !b->next || !b->begin || !b->within) {
        tsl__breaks_free(b);
        return NULL;
    }
    take(b, sorted, scale ? scale : sorted, n);
    solve(b);
    return b;
}

static size_t bound(const tsl__breaks *b, size_t classes)
{
    return classes < b->most ? classes : b->most;
}

size_t tsl__breaks_get(const tsl__breaks *b, size_t classes, double *least)
{
    const size_t count = bound(b, classes);
    size_t end = b->count;
    for (size_t c = count; c-- > 0;) {
        end = b->begin[c * b->count + end - 1]; /* the first layer's begin at 0 */
        least[c] = b->number[end];
    }
    return count;
}

double tsl__breaks_fit(const tsl__breaks *b, size_t classes)
{
    const double all = b->within[0];
    return all > 0 ? 1 - b->within[bound(b, classes) - 1] / all : 1;
}

void tsl__breaks_free(tsl__breaks *b)
{
    if (b) {
        free(b->number);
        free(b->weight);
        free(b->sum);
        free(b->square);
        free(b->cost);
        free(b->next);
        free(b->begin);
        free(b->within);
        free(b);
    }
}
