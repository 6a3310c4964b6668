/* small_cells.h: a summary in which nobody is told of as one of few. */
#ifndef TSL_OUTPUT_SUMMARY_SMALL_CELLS_H
#define TSL_OUTPUT_SUMMARY_SMALL_CELLS_H

#include "output/json/json.h"

/* Hides counts of 1 to least - 1 customers in the whole document, what is said of so few, and what either could be
 * reckoned back from: the numbers become null. privacy.hidden is how many counts, objects and sentences were
 * (docs/methods/privacy.md). least 0: nothing. */
void tsl__small_cells_hide(tsl__json *doc, int least);

#endif
