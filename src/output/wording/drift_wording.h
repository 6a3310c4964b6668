/* drift_wording.h: whether a model still fits, and in words. */
#ifndef TSL_OUTPUT_WORDING_DRIFT_WORDING_H
#define TSL_OUTPUT_WORDING_DRIFT_WORDING_H

#include <tesela/feature.h>
#include <tesela/label.h>

#include "base/text.h"

/* Whether the clusters are found on a feature, so that the segments rest on it. */
int tsl__drift_is_used(const tsl_recipe *recipe, size_t feature);

/* How far a feature has moved: its index has come to a mark, and is more than chance gives. */
typedef enum tsl__drift_level {
    TSL__DRIFT_UNKNOWN, /* it has none */
    TSL__DRIFT_STABLE,
    TSL__DRIFT_SHIFTED,
    TSL__DRIFT_DRIFTED
} tsl__drift_level;

/* "stable", "shifted", "drifted"; NULL where it is not known. */
const char *tsl__drift_level_get_name(tsl__drift_level level);
tsl__drift_level tsl__drift_level_get(const tsl_feature_drift *feature);
/* Of the segments' shares, and of the mean distance; segments NULL: not known. */
tsl__drift_level tsl__drift_level_get_shares(const tsl_segmentation_drift *segments);
tsl__drift_level tsl__drift_level_get_distance(const tsl_segmentation_drift *segments);

/* What an apply came to, over the features that the segments rest on and the segments themselves. */
typedef struct tsl__drift_levels {
    size_t used, known; /* such features; those that have an index */
    size_t moved, far;  /* those that have shifted or drifted; that have drifted */
    size_t rows;        /* customers now, or rows of plain numbers */
    int plain;
    tsl__drift_level shares, distance;
    size_t gone;                             /* of the features that have drifted, those that nobody has any more */
    double psi, distance_then, distance_now; /* what these are of */
} tsl__drift_levels;

/* segments: NULL where they are not known. */
tsl__drift_levels tsl__drift_levels_get(const tsl_drift *drift, const tsl_recipe *recipe,
                                        const tsl_segmentation_drift *segments);
/* "fits", "shifted", "refit"; "unknown" where nothing can be said. */
const char *tsl__drift_verdict(const tsl__drift_levels *levels);
/* The same as a sentence without a full stop; lang: 0 "en", 1 "zh". */
void tsl__drift_put_sentence(const tsl__drift_levels *levels, int lang, tsl__text *out);

#endif
