/* former_tiers.h: the tiers that customers had in an earlier run. */
#ifndef TSL_RUN_PLACES_FORMER_TIERS_H
#define TSL_RUN_PLACES_FORMER_TIERS_H

#include "label/kept_names.h"

#include <tesela/table.h>

/* What segments.csv of the earlier run tells; a column that it lacks is NULL. */
typedef struct tsl__former {
    tsl_partition *tier, *below;                 /* tier, tier_below */
    tsl_partition *stages, *since;               /* lifecycle, lifecycle_since: both or none */
    tsl_partition *from;                         /* lifecycle_from; NULL: it is not told */
    tsl_partition *segment;                      /* segment_code */
    tsl_partition *segment_from, *segment_since; /* NULL: not told */
    tsl_segmentation *model;                     /* of that run; NULL: not known */
    int32_t *row;                                /* by customer (tsl__former_find): his row in each of them; -1: none */
    size_t known;                                /* customers who have one */
} tsl__former;

/* Owned. model: NULL: not known. TSL_E_INPUT: a count that is none. */
TSL_FALLIBLE tsl_status tsl__former_read(const tsl_source *model, const tsl_source *segments, const tsl_exec *exec,
                                         tsl__former **out, tsl_error *err);
void tsl__former_free(tsl__former *former); /* NULL is fine */

/* Finds the customers by id, before their tiers and stages are built. former NULL: does nothing. TSL_E_INPUT: no ids,
 * an id that stands twice. */
TSL_FALLIBLE tsl_status tsl__former_find(tsl__former *former, const tsl_features *features, tsl_error *err);

/* The day that a label (-1: none, TSL_NO_DAY) says. TSL_E_INPUT: it says none. */
TSL_FALLIBLE tsl_status tsl__former_find_day(const tsl_partition *since, int32_t label, int32_t *day, tsl_error *err);

/* *out: by customer, owned; NULL: nothing is known of them. former NULL: likewise. */
TSL_FALLIBLE tsl_status tsl__former_tiers_build(const tsl__former *former, const tsl_features *features,
                                                tsl__former_tier **out, tsl_error *err);

#endif
