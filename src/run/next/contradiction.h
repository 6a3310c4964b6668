/* contradiction.h: names that the period held out speaks against (docs/methods/next-period.md). */
#ifndef TSL_RUN_NEXT_CONTRADICTION_H
#define TSL_RUN_NEXT_CONTRADICTION_H

#include "run/run_state.h"

/* *back: by segment, owned: 1 where it is called quiet and came back more often than one that is called active, or
 * lapsed, and more often than one that is called recent, beyond what the intervals leave open; NULL: none did. */
TSL_FALLIBLE tsl_status tsl__contradictions_find(const tsl_next *next, const tsl_labels *labels, unsigned char **back,
                                                 tsl_error *err);

/* Notes of such segments, and of those whose orders fall off by name and who came back more often than those whose
 * orders pick up. before: the labels with names that know nothing of the period. */
TSL_FALLIBLE tsl_status tsl__contradictions_note(const tsl_next *next, const tsl_labels *before, tsl_labels *labels,
                                                 tsl_error *err);

/* Marks and notes those of the cut that the labels have none of, likewise: they are told by their codes. */
TSL_FALLIBLE tsl_status tsl__contradictions_mark_former(tsl_next *next, tsl_labels *labels, tsl_error *err);

#endif
