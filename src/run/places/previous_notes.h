/* previous_notes.h: what is odd about the earlier run that a run goes on from. */
#ifndef TSL_RUN_PLACES_PREVIOUS_NOTES_H
#define TSL_RUN_PLACES_PREVIOUS_NOTES_H

#include "run/run_state.h"

/* Notes where none of its customers is there now, and where it is not of a day before this run's. Nothing without an
 * earlier run. */
TSL_FALLIBLE tsl_status tsl__previous_note(const tsl_run *run, tsl_notes *notes, tsl_error *err);

#endif
