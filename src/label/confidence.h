/* confidence.h: how sure it is that a row belongs to its segment. */
#ifndef TSL_LABEL_CONFIDENCE_H
#define TSL_LABEL_CONFIDENCE_H

#include <tesela/model.h>

/* 1 - distance / runner-up's distance, 0 to 1: 1 where there is one segment, 0 between two and on both,
 * and of one who keeps, or is put by a tree into, a segment that is farther than the runner-up. */
static inline double tsl__confidence_get(const tsl_assignment *a, size_t row)
{
    const double second = a->runner_up_distance[row];
    return a->runner_up[row] < 0 ? 1 : a->distance[row] < second ? 1 - a->distance[row] / second : 0;
}

#endif
