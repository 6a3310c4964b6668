/* pair_counts.c: indices of pairs of rows that two partitions put together or
 * apart. */
#include "model/comparison/external.h"

#include <math.h>

/* Ordered pairs of rows. Counted rows give whole numbers, which are summed exactly. */
typedef struct pairs {
    double both, first, second, neither; /* together in both, in the first alone, ... */
    __int128 exact[4];                   /* the same, where the table is whole */
} pairs;

static __int128 square(double whole)
{
    return (__int128)(int64_t)whole * (int64_t)whole;
}

static void count_exactly(const tsl__contingency *table, pairs *out)
{
    __int128 cells = 0, sums[2] = {0, 0};
    const __int128 n = (int64_t)table->total;
    for (size_t i = 0; i < table->count; i++) {
        cells += square(table->cell[i].weight);
    }
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < table->k[side]; i++) {
            sums[side] += square(table->sum[side][i]);
        }
    }
    out->exact[0] = cells - n;
    out->exact[1] = sums[0] - cells;
    out->exact[2] = sums[1] - cells;
    out->exact[3] = n * n - sums[0] - sums[1] + cells;
    out->both = (double)out->exact[0];
    out->first = (double)out->exact[1];
    out->second = (double)out->exact[2];
    out->neither = (double)out->exact[3];
}

/* From the sums of squares of the cells, and of the sums of either side. */
static void set_roughly(double cells, const double sums[2], double n, pairs *out)
{
    out->both = cells - n;
    out->first = sums[0] - cells;
    out->second = sums[1] - cells;
    out->neither = n * n - sums[0] - sums[1] + cells;
}

static void count_roughly(const tsl__contingency *table, pairs *out)
{
    double cells = 0, sums[2] = {0, 0};
    const double n = table->total;
    for (size_t i = 0; i < table->count; i++) {
        cells += (double)table->cell[i].weight * table->cell[i].weight;
    }
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < table->k[side]; i++) {
            sums[side] += (double)table->sum[side][i] * table->sum[side][i];
        }
    }
    set_roughly(cells, sums, n, out);
}

/* 2 (both neither - first second) / (...): Hubert & Arabie (1985), of the counts of pairs. */
static double adjust(const pairs *p, int exact)
{
    const double all =
        (p->both + p->first) * (p->first + p->neither) + (p->both + p->second) * (p->second + p->neither);
    /* Below 2^31 rows every product of two counts of pairs, and twice it, has room in 128 bits. */
    const double above = exact ? (double)(p->exact[0] * p->exact[3] - p->exact[1] * p->exact[2])
                               : p->both * p->neither - p->first * p->second;
    return 2 * above / all;
}

double tsl__adjusted_rand(double cells, const double sums[2], double n)
{
    pairs p = {0};
    set_roughly(cells, sums, n, &p);
    return p.first == 0 && p.second == 0 ? 1 : adjust(&p, 0);
}

void tsl__compare_pairs(const tsl__contingency *table, tsl_comparison *out)
{
    pairs p = {0};
    if (table->whole) {
        count_exactly(table, &p);
    } else {
        count_roughly(table, &p);
    }
    const double all = p.both + p.first + p.second + p.neither;
    const int same = table->count == table->present[0] && table->count == table->present[1];
    out->rand = all > 0 ? (p.both + p.neither) / all : (double)NAN;
    out->adjusted_rand = same ? 1 : adjust(&p, table->whole && table->total < 0x1p31);
    /* No pair together in both: 0, also where one of them has none at all. */
    out->fowlkes_mallows = p.both > 0 ? (sqrt(p.both / (p.both + p.first)) * sqrt(p.both / (p.both + p.second))) : 0;
    if (!(table->total > 0)) {
        out->adjusted_rand = out->fowlkes_mallows = (double)NAN;
    }
}
