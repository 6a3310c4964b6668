/* dip.c: Hartigan's dip, by the way of Hartigan (1985, AS 217): the interval in
 * which the mode may lie is narrowed until what lies outside of it is farther
 * from convex (below) or concave (above) than what lies inside.
 *
 * Distances are in ranks: n times the difference of distribution functions. */
#include "model/natural/dip.h"

#include <math.h>

/* Points (x[i], i), and corners of their hulls by index. */
typedef struct hulls {
    const double *x;
    size_t n;
    size_t *before;  /* of each point: the corner before it on the greatest convex minorant of those up to it */
    size_t *after;   /* of each point: the corner behind it on the least concave majorant of those from it on */
    size_t *convex;  /* the corners within the interval, rising */
    size_t *concave; /* likewise */
    size_t convex_count, concave_count;
} hulls;

/* Does the line from a to b rise at least as steeply as that from b to c? a < b < c. */
static int is_steeper(const double *x, size_t a, size_t b, size_t c)
{
    return (double)(b - a) * (x[c] - x[b]) >= (double)(c - b) * (x[b] - x[a]);
}

static int is_flatter(const double *x, size_t a, size_t b, size_t c)
{
    return (double)(b - a) * (x[c] - x[b]) <= (double)(c - b) * (x[b] - x[a]);
}

static void link_corners(hulls *h)
{
    h->before[0] = 0;
    for (size_t j = 1; j < h->n; j++) {
        size_t at = j - 1;
        while (at > 0 && is_steeper(h->x, h->before[at], at, j)) {
            at = h->before[at];
        }
        h->before[j] = at;
    }
    h->after[h->n - 1] = h->n - 1;
    for (size_t j = h->n - 1; j-- > 0;) {
        size_t at = j + 1;
        while (at < h->n - 1 && is_flatter(h->x, j, at, h->after[at])) {
            at = h->after[at];
        }
        h->after[j] = at;
    }
}

/* The corners from low to high; either is one of both hulls. */
static void take_corners(hulls *h, size_t low, size_t high)
{
    h->convex_count = h->concave_count = 1;
    for (size_t at = high; at > low; at = h->before[at]) {
        h->convex_count++;
    }
    size_t at = high;
    for (size_t i = h->convex_count; i-- > 0; at = h->before[at]) {
        h->convex[i] = at;
    }
    h->concave[0] = low;
    for (at = low; at < high; h->concave_count++) {
        at = h->after[at];
        h->concave[h->concave_count] = at;
    }
}

/* The rank at x of the line between two points. */
static double line_at(const double *x, size_t from, size_t to, double at)
{
    const double width = x[to] - x[from];
    return width > 0 ? (double)from + (double)(to - from) * ((at - x[from]) / width) : (double)from;
}

/* The greatest distance between the hulls, the corners of the sample's steps
 * being a rank apart, and at which corners: of the convex one the last before,
 * of the concave one the first behind. */
static double find_gap(const hulls *h, size_t *convex, size_t *concave)
{
    double most = 0;
    size_t g = 0, l = 1;
    *convex = 0;
    *concave = h->concave_count - 1;
    if (h->convex_count == 2 && h->concave_count == 2) {
        return 1;
    }
    while (g + 1 < h->convex_count) { /* both end at high */
        const size_t next = h->convex[g + 1], corner = h->concave[l];
        double gap;
        if (next > corner) {
            gap = (double)corner + 1 - line_at(h->x, h->convex[g], next, h->x[corner]);
            l++;
        } else {
            gap = line_at(h->x, h->concave[l - 1], corner, h->x[next]) + 1 - (double)next;
            g++;
        }
        if (gap > most) {
            most = gap;
            *convex = g;
            *concave = next > corner ? l - 1 : l;
        }
    }
    return most;
}

/* How far the sample lies above the convex hull's line between two corners, or
 * below the concave one's. */
static double find_bulge(const double *x, size_t from, size_t to, int convex)
{
    double most = 1;
    for (size_t i = from; i <= to && to - from > 1 && x[to] > x[from]; i++) {
        const double line = line_at(x, from, to, x[i]);
        const double away = convex ? (double)i + 1 - line : line + 1 - (double)i;
        most = away > most ? away : most;
    }
    return most;
}

double tsl__dip_get(const double *sorted, size_t n, size_t *work)
{
    hulls h = {.x = sorted, .n = n};
    size_t low = 0, high = n - 1, convex, concave;
    double dip = 1;
    if (n < 2 || !(sorted[high] > sorted[low])) {
        return 0.5 / (double)n;
    }
    h.before = work;
    h.after = work + n;
    h.convex = work + 2 * n;
    h.concave = work + 3 * n;
    link_corners(&h);
    for (;;) {
        take_corners(&h, low, high);
        if (find_gap(&h, &convex, &concave) < dip) {
            break;
        }
        for (size_t i = 0; i < convex; i++) {
            const double bulge = find_bulge(sorted, h.convex[i], h.convex[i + 1], 1);
            dip = bulge > dip ? bulge : dip;
        }
        for (size_t i = concave; i + 1 < h.concave_count; i++) {
            const double bulge = find_bulge(sorted, h.concave[i], h.concave[i + 1], 0);
            dip = bulge > dip ? bulge : dip;
        }
        if (h.convex[convex] == low && h.concave[concave] == high) {
            break;
        }
        low = h.convex[convex];
        high = h.concave[concave];
    }
    return dip / (2 * (double)n);
}

/* Of 100,000 (20,000 numbers) to 2,000,000 samples each, to some .0005; between two sizes linear in the logarithm
 * of the size. */
static const struct {
    double n, limit;
} table[] = {{8, 0.4696},   {9, 0.4712},   {10, 0.4771},   {12, 0.4891},   {15, 0.4985},
             {20, 0.5114},  {30, 0.5264},  {50, 0.5415},   {100, 0.5579},  {200, 0.5694},
             {500, 0.5800}, {1000, 0.585}, {2000, 0.5884}, {5000, 0.5914}, {20000, 0.5921}};

double tsl__dip_limit(size_t n)
{
    const size_t last = sizeof table / sizeof *table - 1;
    if ((double)n <= table[0].n) {
        return table[0].limit;
    }
    for (size_t i = 0; i < last; i++) {
        if ((double)n < table[i + 1].n) {
            const double share = log((double)n / table[i].n) / log(table[i + 1].n / table[i].n);
            return table[i].limit + share * (table[i + 1].limit - table[i].limit);
        }
    }
    return table[last].limit;
}
