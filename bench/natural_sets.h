/* natural_sets.h: sets of rows with and without natural groups, drawn by number:
 * clouds and curves of one mode, points without a density, and groups a known distance apart. */
#ifndef BENCH_NATURAL_SETS_H
#define BENCH_NATURAL_SETS_H

#include "base/rng.h"

#include <tesela/base.h>

/* Points: columns without a density, independent of one another. */
typedef enum natural_class { NATURAL_CLOUDS, NATURAL_CURVES, NATURAL_GROUPS, NATURAL_POINTS } natural_class;

typedef struct natural_family {
    const char *name;
    natural_class class;
    double apart; /* groups: from each centre to the nearest, in standard deviations */
    size_t count; /* of sets */
    /* Draws the rows; k: that of the groups. */
    void (*draw)(tsl__rng *rng, const struct natural_family *family, double *x, size_t rows, size_t cols, int k);
} natural_family;

const natural_family *natural_family_get(size_t index); /* NULL beyond the last */
/* The rows of a set of family `index`, owned, and how many groups it has, 1 for clouds and curves; stops the program
 * without memory. */
tsl_matrix natural_set_draw(size_t index, size_t set, int *k);
/* The group that a row of a family of groups was drawn from, 0 to k - 1. */
int natural_group_get(const natural_family *family, size_t row, size_t rows, int k);

#endif
