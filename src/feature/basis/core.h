/* core.h: the core basis: recency, frequency, spend; and the typical places of
 * customers in it, and in the numeric basis. */
#ifndef TSL_FEATURE_CORE_H
#define TSL_FEATURE_CORE_H

#include <tesela/feature.h>

#define TSL__CORE 3
extern const char *const tsl__core_names[TSL__CORE]; /* the features */

/* 1 where the feature is one of them. */
int tsl__core_has(const tsl_recipe *recipe, size_t feature);
/* 1 where the recipe has all of them, of transactions. */
int tsl__core_is_there(const tsl_recipe *recipe);

/* The typical places in the order of their names, in the space of clustering: count
 * x columns of weight > 0, row-major; NaN: the coordinate is free. place, code: owned. */
typedef struct tsl__anchors {
    size_t count, cols;
    double *place;
    const char **code;
    double weight; /* of a place, in average clusters' worths of rows */
} tsl__anchors;
/* None (count 0) where the basis has none, or is not scaled to z. */
TSL_FALLIBLE tsl_status tsl__anchors_build(const tsl_recipe *recipe, tsl__anchors *out, tsl_error *err);
void tsl__anchors_free(tsl__anchors *anchors);

#endif
