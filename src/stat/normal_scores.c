/* normal_scores.c: normal scores of ranks, and the map between its knots. */
#include "stat/normal_scores.h"

#include "stat/sort.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define BLOM (3. / 8)

/* How much lies side by side up to the i'th number, from 0: i, where each counts once. */
static double get_width(const tsl__weighed *x, size_t i)
{
    return i == 0 ? 0 : x->up_to ? x->up_to[i - 1] : (double)i;
}

static double get_score(const tsl__weighed *x, double value)
{
    const double below = get_width(x, tsl__sorted_below(x->sorted, x->n, value));
    const double own = get_width(x, tsl__sorted_up_to(x->sorted, x->n, value)) - below;
    const double rank = below + (own + x->step) / 2, all = get_width(x, x->n);
    return gsl_cdf_ugaussian_Pinv((rank - BLOM * x->step) / (all + (1 - 2 * BLOM) * x->step));
}

/* All different values, rising; most + 1: there are more than so many. */
static size_t take_all(const tsl__weighed *x, size_t most, double *value)
{
    size_t count = 0;
    for (size_t i = 0; i < x->n && count <= most; i++) {
        if (i == 0 || x->sorted[i] > x->sorted[i - 1]) {
            if (count < most) {
                value[count] = x->sorted[i];
            }
            count++;
        }
    }
    return count;
}

/* Those at even places. */
static size_t take_some(const tsl__weighed *x, size_t most, double *value)
{
    const double width = get_width(x, x->n) - x->step;
    size_t count = 0;
    for (size_t k = 0; k < most; k++) {
        const double place = width * (double)k / (double)(most - 1);
        size_t i = x->up_to ? tsl__sorted_up_to(x->up_to, x->n, place) : (size_t)place;
        i = k == 0 ? 0 : k + 1 == most || i >= x->n ? x->n - 1 : i;
        if (count == 0 || x->sorted[i] > value[count - 1]) {
            value[count++] = x->sorted[i];
        }
    }
    return count;
}

size_t tsl__normal_scores_fit(const tsl__weighed *x, size_t most, double *knot)
{
    size_t count = take_all(x, most, knot);
    count = count > most ? take_some(x, most, knot) : count;
    for (size_t i = 0; i < count; i++) {
        knot[count + i] = get_score(x, knot[i]);
    }
    return count;
}

/* What lies over v between the knots, `from` not falling. */
static double interpolate(const double *from, const double *to, size_t count, double v)
{
    if (!(v > from[0])) {
        return to[0];
    }
    if (v >= from[count - 1]) {
        return to[count - 1];
    }
    const size_t i = tsl__sorted_up_to(from, count, v) - 1;
    const double part = isfinite(from[i + 1] - from[i]) ? (v - from[i]) / (from[i + 1] - from[i])
                                                        : (v / 2 - from[i] / 2) / (from[i + 1] / 2 - from[i] / 2);
    const double way = to[i + 1] - to[i];
    return isfinite(way) ? to[i] + part * way : to[i] * (1 - part) + to[i + 1] * part;
}

double tsl__normal_scores_get(const double *knot, size_t count, double value)
{
    return interpolate(knot, knot + count, count, value);
}

double tsl__normal_scores_invert(const double *knot, size_t count, double score)
{
    return interpolate(knot + count, knot, count, score);
}
