/* run_places.h: what draws the clusters of a run, and what comes of it. */
#ifndef TSL_RUN_PLACES_RUN_PLACES_H
#define TSL_RUN_PLACES_RUN_PLACES_H

#include "run/run_state.h"

/* The places: of the previous run, of the user's file, or typical ones; count 0: there are none. *hash: of those that
 * were given; 0. */
TSL_FALLIBLE tsl_status tsl__run_get_places(tsl_run *run, const tsl_feature_matrix *matrix, tsl__anchors *out,
                                            uint64_t *hash, tsl_error *err);
/* Notes which of those that were given are not among those that are left, and what numbers an earlier run chose. */
TSL_FALLIBLE tsl_status tsl__run_note_places(const tsl_run *run, const tsl__anchors *left, tsl_notes *notes,
                                             tsl_error *err);
/* With a previous run whose customers are known, puts those who keep their segment back into it. buyers: customers, by
 * weight, that a segment's share is of. */
TSL_FALLIBLE tsl_status tsl__run_hold(tsl_run *run, const tsl_feature_matrix *matrix, const double *weight,
                                      double buyers, const tsl__anchors *anchors, tsl_sweep *sweep, tsl_error *err);

/* The model of the earlier run that this one goes on from; NULL: there is none, or it is not known. */
const tsl_segmentation *tsl__run_get_former(const tsl_run *run);
/* The names that segments keep by their codes, owned, their texts borrowed; count 0: none. */
TSL_FALLIBLE tsl_status tsl__run_get_kept_names(const tsl_run *run, tsl_segment_name **out, size_t *count,
                                                tsl_error *err);
/* What became of the previous run's segments, into run->succession. */
TSL_FALLIBLE tsl_status tsl__run_build_succession(tsl_run *run, tsl_error *err);

#endif
