/* outlay.c: counts of purchases, and a root. */
#include "value/terms/outlay.h"

#include "value/terms/beta_odds.h"

#include <math.h>

#define NOTHING 1e-11  /* of a chance; */
#define FINE_RANGE 512 /* counts so near, in parts of all that can come */
#define FINE_SHARE 256 /* and of themselves, are taken as one */
#define CLOSE 1e-11    /* of an amount */
#define FIRST_STEP .5  /* of the logarithm of one, away from a guess */
#define STEPS_MOST 100

static void put_counts(const tsl__arrivals *arrivals, tsl__outlay *out)
{
    const double low = fmax(1, tsl__arrivals_get_count(arrivals, 1 - NOTHING)),
                 high = tsl__arrivals_get_count(arrivals, NOTHING);
    double at = low;
    out->none = 1 - tsl__arrivals_get_chance(arrivals, low);
    for (out->count = 0; at <= high && out->count < TSL__OUTLAY_COUNTS; out->count++) {
        const double step = fmax(1, floor(fmin((high - low) / FINE_RANGE, at / FINE_SHARE)));
        out->k[out->count] = at + (step - 1) / 2;
        at += step;
        out->below[out->count] = 1 - tsl__arrivals_get_chance(arrivals, at);
    }
}

void tsl__outlay_build(const tsl__arrivals *arrivals, const tsl_spend_model *spend, double x, double mean,
                       tsl__outlay *out)
{
    const int tells = x > 0 && mean > 0;
    out->rule = arrivals->rule;
    out->p = spend->parameter[0];
    out->shape = spend->parameter[1] + (tells ? out->p * x : 0);
    out->scale = spend->parameter[2] + (tells ? x * mean : 0);
    put_counts(arrivals, out);
}

/* Of the i'th number of purchases: that they cost no more. */
static double get_share(const tsl__outlay *o, size_t i, double odds)
{
    return tsl__beta_odds_get_mean(o->rule, o->p * o->k[i], o->shape, odds, 0, 0);
}

static double get_chance(const tsl__outlay *o, size_t i)
{
    return o->below[i] - (i ? o->below[i - 1] : o->none);
}

/* From the number that costs about as much, both ways, until it is certain that fewer cost less, and more cost more. */
double tsl__outlay_get_below(const tsl__outlay *o, double amount)
{
    const double odds = amount / o->scale, even = odds * o->shape / o->p;
    size_t begin = 0, i;
    double share = 1, sum = 0;
    while (begin < o->count && o->k[begin] < even) {
        begin++;
    }
    for (i = begin; i < o->count && share > NOTHING; i++) {
        share = get_share(o, i, odds);
        sum += get_chance(o, i) * share;
    }
    for (i = begin, share = 0; i > 0 && share < 1 - NOTHING; i--) {
        share = get_share(o, i - 1, odds);
        sum += get_chance(o, i - 1) * share;
    }
    return sum + (i ? o->below[i - 1] : o->none);
}

/* ---- The amount at a share ------------------------------------------------------------ */

/* A logarithm of an amount, and by how much the chance of spending no more exceeds the share. */
typedef struct point {
    double ln, over;
} point;

static point get_point(const tsl__outlay *o, double share, double ln)
{
    return (point){ln, tsl__outlay_get_below(o, exp(ln)) - share};
}

/* Of the purchases that are not exceeded with this chance, each about his mean. */
static double guess_ln(const tsl__outlay *o, double share)
{
    size_t i = 0;
    while (i + 1 < o->count && o->below[i] < share) {
        i++;
    }
    return log(o->p * o->k[i] * o->scale / o->shape);
}

/* Puts a point between the ends in the place of one of them. */
static void narrow(point at, point *low, point *high)
{
    if (at.ln > low->ln && at.ln < high->ln) {
        *(at.over < 0 ? low : high) = at;
    }
}

/* By Ridders (1979), A new algorithm for computing a single root, IEEE Trans. Circuits and Systems 26. */
static double find_root(const tsl__outlay *o, double share, point low, point high)
{
    double found = INFINITY, last;
    for (int i = 0; i < STEPS_MOST; i++) {
        const point middle = get_point(o, share, (low.ln + high.ln) / 2);
        const double bend = sqrt(middle.over * middle.over - low.over * high.over);
        last = found;
        found = middle.ln - (bend > 0 ? (middle.ln - low.ln) * middle.over / bend : 0);
        if (fabs(found - last) <= CLOSE || high.ln - low.ln <= CLOSE) {
            break;
        }
        narrow(middle, &low, &high);
        narrow(get_point(o, share, found), &low, &high);
    }
    return found;
}

double tsl__outlay_get_amount(const tsl__outlay *o, double share)
{
    if (share <= o->none || o->count == 0) {
        return 0;
    }
    point low = get_point(o, share, guess_ln(o, share)), high = low;
    double step = FIRST_STEP;
    while (low.over >= 0) {
        high = low;
        low = get_point(o, share, low.ln - step);
        step *= 2;
    }
    while (high.over < 0) {
        low = high;
        high = get_point(o, share, high.ln + step);
        step *= 2;
    }
    return exp(find_root(o, share, low, high));
}
