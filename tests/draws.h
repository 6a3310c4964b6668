/* draws.h: what tests draw at random. */
#ifndef TESTS_DRAWS_H
#define TESTS_DRAWS_H

#include "base/rng.h"

#include <math.h>

static inline double draw_normal(tsl__rng *rng)
{
    return sqrt(-2 * log(1 - tsl__rng_uniform(rng))) * cos(2 * M_PI * tsl__rng_uniform(rng));
}

#endif
