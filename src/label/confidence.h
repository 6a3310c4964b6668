/* confidence.h: how sure it is that a row belongs to its segment. */
#ifndef TSL_LABEL_CONFIDENCE_H
#define TSL_LABEL_CONFIDENCE_H

#include <math.h>
#include <tesela/model.h>

/* 1 - distance / runner-up's distance, 0 to 1: 1 where there is one segment, 0 between two and on both, and where a
 * tree puts a row elsewhere than where it is nearest. */
static inline double tsl__confidence_get(const tsl_assignment *a, size_t row)
{
    const double second = a->runner_up_distance[row];
    return a->runner_up[row] < 0 ? 1 : second > 0 ? fmax(0, 1 - a->distance[row] / second) : 0;
}

#endif
