/* difference.c: how far two means, or two rates, lie apart, and what has changed in one. An interval of rates is made
 * of those of its parts, square and add; its p is the level at which it comes to 0, so that both say the same. */
#include "stat/difference.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define EACH_TAIL .025
#define STEPS 60    /* halvings */
#define Z_MOST 37.5 /* beyond it the tail is no double */

/* ---- Means --------------------------------------------------------------------------------------- */

tsl__difference tsl__difference_of_means(tsl__measured a, tsl__measured b)
{
    const double value = a.mean - b.mean, m = (double)a.count, n = (double)b.count;
    const double of_a = a.count > 1 ? a.square / (m - 1) / m : (double)NAN;
    const double of_b = b.count > 1 ? b.square / (n - 1) / n : (double)NAN;
    const double error = sqrt(of_a + of_b);
    if (!(error > 0)) {
        return (tsl__difference){value, NAN, NAN, NAN};
    }
    const double degrees = (of_a + of_b) * (of_a + of_b) / (of_a * of_a / (m - 1) + of_b * of_b / (n - 1));
    const double half = gsl_cdf_tdist_Qinv(EACH_TAIL, degrees) * error;
    return (tsl__difference){value, value - half, value + half,
                             fmin(1, 2 * gsl_cdf_tdist_Q(fabs(value) / error, degrees))};
}

/* ---- Rates ------------------------------------------------------------------------------------------ */

/* A value and how far its interval goes below and above it. */
typedef struct reach {
    double value, below, above;
} reach;

static reach reach_of_rate(uint64_t happened, uint64_t known, double z)
{
    const double n = (double)known, rate = (double)happened / n, z2 = z * z;
    const double middle = (rate + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z * sqrt(rate * (1 - rate) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    return (reach){rate, happened == 0 ? 0 : rate - (middle - half), happened == known ? 0 : middle + half - rate};
}

/* a less b, whose correlation is r. */
static reach subtract(reach a, reach b, double r)
{
    return (reach){a.value - b.value, sqrt(fmax(0, a.below * a.below - 2 * r * a.below * b.above + b.above * b.above)),
                   sqrt(fmax(0, a.above * a.above - 2 * r * a.above * b.below + b.below * b.below))};
}

/* Of the two answers, corrected for continuity where they go together. */
static double get_correlation(tsl__paired p)
{
    const double a = (double)p.both, b = (double)p.before, c = (double)p.after, d = (double)p.neither;
    const double under = sqrt(a + b) * sqrt(c + d) * sqrt(a + c) * sqrt(b + d), over = a * d - b * c;
    const double corrected = over > 0 ? fmax(over - (a + b + c + d) / 2, 0) : over;
    return under > 0 ? corrected / under : 0;
}

static uint64_t count_pairs(tsl__paired p)
{
    return p.both + p.before + p.after + p.neither;
}

static reach reach_of_change(tsl__paired p, double z)
{
    const uint64_t n = count_pairs(p);
    return subtract(reach_of_rate(p.both + p.after, n, z), reach_of_rate(p.both + p.before, n, z), get_correlation(p));
}

/* What is compared; the second of the two is left out where alone is 1. */
typedef struct question {
    tsl__share_of rate[2];
    tsl__paired pairs[2];
    int paired, alone;
} question;

static reach answer(const question *q, double z)
{
    if (!q->paired) {
        return subtract(reach_of_rate(q->rate[0].happened, q->rate[0].known, z),
                        reach_of_rate(q->rate[1].happened, q->rate[1].known, z), 0);
    }
    const reach first = reach_of_change(q->pairs[0], z);
    return q->alone ? first : subtract(first, reach_of_change(q->pairs[1], z), 0);
}

/* The z at which the interval comes to 0. */
static double get_p(const question *q, double value)
{
    double low = 0, high = Z_MOST;
    if (value == 0) {
        return 1;
    }
    for (int i = 0; i < STEPS; i++) {
        const double z = (low + high) / 2;
        const reach at = answer(q, z);
        const int reaches = (value > 0 ? at.below : at.above) >= fabs(value);
        high = reaches ? z : high;
        low = reaches ? low : z;
    }
    return fmin(1, 2 * gsl_cdf_ugaussian_Q((low + high) / 2));
}

static tsl__difference tell(const question *q)
{
    const reach at = answer(q, gsl_cdf_ugaussian_Qinv(EACH_TAIL));
    return (tsl__difference){at.value, at.value - at.below, at.value + at.above, get_p(q, at.value)};
}

static const tsl__difference unknown = {NAN, NAN, NAN, NAN};

tsl__difference tsl__difference_of_rates(tsl__share_of a, tsl__share_of b)
{
    const question q = {.rate = {a, b}};
    return a.known && b.known ? tell(&q) : unknown;
}

tsl__difference tsl__change_of_rates(tsl__paired pairs)
{
    const question q = {.pairs = {pairs, pairs}, .paired = 1, .alone = 1};
    return count_pairs(pairs) ? tell(&q) : unknown;
}

tsl__difference tsl__difference_of_changes(tsl__paired a, tsl__paired b)
{
    const question q = {.pairs = {a, b}, .paired = 1};
    return count_pairs(a) && count_pairs(b) ? tell(&q) : unknown;
}

/* ---- Many at once -------------------------------------------------------------------------------------- */

void tsl__adjust_by_holm(const double *p, size_t count, size_t *order, double *adjusted)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        size_t place = known;
        adjusted[i] = (double)NAN;
        if (isnan(p[i])) {
            continue;
        }
        for (; place > 0 && p[order[place - 1]] > p[i]; place--) { /* some hundreds at most */
            order[place] = order[place - 1];
        }
        order[place] = i;
        known++;
    }
    double most = 0;
    for (size_t i = 0; i < known; i++) {
        most = fmax(most, fmin(1, (double)(known - i) * p[order[i]]));
        adjusted[order[i]] = most;
    }
}
