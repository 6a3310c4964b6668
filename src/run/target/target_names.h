/* target_names.h: what segments by a target are called: their place by it. */
#ifndef TSL_RUN_TARGET_TARGET_NAMES_H
#define TSL_RUN_TARGET_TARGET_NAMES_H

#include "label/kept_names.h"

#include <tesela/output.h>

typedef struct tsl__target_names {
    tsl_segment_name *name; /* count, with views of the texts */
    size_t count;
    char **text; /* 3 x count */
    int alike;   /* 1: nothing bears out that any of them is above others */
} tsl__target_names;

/* Of each segment that is among the first or the last few by its estimate, in a place that no other shares; none where
 * the tree tells nothing. whole: k: each one's mean of all customers of whom the target is known, which the place does
 * not go against. model: whose codes segments have. Owned (tsl__target_names_free). */
TSL_FALLIBLE tsl_status tsl__target_names_build(const tsl_estimates *estimates, const double *whole,
                                                const tsl_model *model, tsl__target_names *out, tsl_error *err);
/* Notes that no segment is called by its place, where the tree tells something. */
TSL_FALLIBLE tsl_status tsl__target_names_note(const tsl__target_names *names, const tsl_estimates *estimates,
                                               tsl_notes *notes, tsl_error *err);
void tsl__target_names_free(tsl__target_names *names);

#endif
