/* yardstick.h: usual ways of segmenting, which any other is measured against. */
#ifndef TSL_RUN_NEXT_YARDSTICK_H
#define TSL_RUN_NEXT_YARDSTICK_H

#include <tesela/feature.h>

typedef struct tsl__yardstick {
    const char *name;
    int classes; /* at most */
    /* The class of each customer, from 0; -1: without a purchase. */
    tsl_status (*label)(const tsl_features *features, int32_t *out, tsl_error *err);
} tsl__yardstick;

#define TSL__YARDSTICKS 2
extern const tsl__yardstick tsl__yardsticks[TSL__YARDSTICKS];

#endif
