/* former_segments.h: the segments that customers had in an earlier run. */
#ifndef TSL_RUN_PLACES_FORMER_SEGMENTS_H
#define TSL_RUN_PLACES_FORMER_SEGMENTS_H

#include "run/places/former_tiers.h"

typedef struct tsl__former_segments {
    tsl__former_segment *of; /* by customer; NULL: nothing is known of them */
    char **code;             /* codes, of `of`; the texts are the former's */
    int codes;
} tsl__former_segments;

/* After tsl__former_find. former NULL: nothing is known. TSL_E_INPUT: a day that is none. */
TSL_FALLIBLE tsl_status tsl__former_segments_build(const tsl__former *former, const tsl_features *features,
                                                   tsl__former_segments *out, tsl_error *err);
void tsl__former_segments_close(tsl__former_segments *segments);

#endif
