/* core.h: the core basis: recency, frequency, spend; and the typical places of
 * customers in it, and in the numeric basis. */
#ifndef TSL_FEATURE_CORE_H
#define TSL_FEATURE_CORE_H

#include <tesela/feature.h>

#define TSL__CORE 3
extern const char *const tsl__core_names[TSL__CORE]; /* the features */

/* 1 where the feature is one of them. */
int tsl__core_has(const tsl_recipe *recipe, size_t feature);
/* 1 where the recipe has all of them, be it of transactions or as the customers' own columns tell them. */
int tsl__core_is_there(const tsl_recipe *recipe);

/* Places that draw clusters (typical ones, those of a file, those of an earlier run's segments), in the space of
 * clustering: count x columns of weight > 0, row-major; NaN: the coordinate is free. place, code, middle: owned. */
typedef struct tsl__anchors {
    size_t count, cols;
    double *place;
    const char **code;
    double weight;    /* of a place, in average clusters' worths of rows */
    const char *what; /* what they are called: "typical places"; NULL: so */
    double *middle;   /* cols: where a centre begins that is free there; NULL: 0 */
} tsl__anchors;
/* How much a place weighs that is given by its columns' raw values: as the typical ones of the basis do. */
double tsl__anchors_get_weight(const tsl_recipe *recipe);
/* None (count 0) where the basis has none, or is not scaled to z. */
TSL_FALLIBLE tsl_status tsl__anchors_build(const tsl_recipe *recipe, tsl__anchors *out, tsl_error *err);
void tsl__anchors_free(tsl__anchors *anchors);

#endif
