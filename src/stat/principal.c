/* principal.c: the columns that say most of all of them. */
#include "stat/principal.h"

#define NEAR 0.8 /* of the greatest: what says as much as that */

/* The least that a column keeps beside the first, to be the second: the one or, where none does, the other. */
static const double kept[] = {0.5, 0.1};

/* The correlations, or what is left of the covariances once the first column is taken out of all. */
typedef struct left {
    const double *r;
    size_t d;
    size_t first; /* d: nothing is taken out */
} left;

static double get_left(const left *of, size_t i, size_t j)
{
    const double x = of->r[i * of->d + j];
    return of->first == of->d ? x : x - of->r[i * of->d + of->first] * of->r[of->first * of->d + j];
}

/* What column j says of all of them; 0 where less than `least` is left of it. */
static double get_told(const left *of, size_t j, double least)
{
    const double own = get_left(of, j, j);
    double sum = 0;
    if (!(own > least)) {
        return 0;
    }
    for (size_t i = 0; i < of->d; i++) {
        const double x = get_left(of, i, j);
        sum += x * x;
    }
    return sum / own;
}

/* The first column that says as much as any; d where none says anything. */
static size_t find(const left *of, double least)
{
    double most = 0;
    for (size_t j = 0; j < of->d; j++) {
        const double told = get_told(of, j, least);
        most = told > most ? told : most;
    }
    for (size_t j = 0; j < of->d && most > 0; j++) {
        if (get_told(of, j, least) >= NEAR * most) {
            return j;
        }
    }
    return of->d;
}

size_t tsl__principal_find(const double *r, size_t d, size_t which[2])
{
    left of = {r, d, d};
    const size_t first = find(&of, 0);
    which[0] = first < d ? first : 0;
    of.first = which[0];
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        which[1] = find(&of, kept[i]);
        if (which[1] < d) {
            return 2;
        }
    }
    return 1;
}
