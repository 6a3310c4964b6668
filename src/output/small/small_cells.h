/* small_cells.h: a summary in which nobody is told of as one of few. */
#ifndef TSL_OUTPUT_SMALL_SMALL_CELLS_H
#define TSL_OUTPUT_SMALL_SMALL_CELLS_H

#include <tesela/output.h>

#include "output/json/json.h"

/* Hides counts of 1 to results->min_cell - 1 customers in the whole document, what is said of so few, and what either
 * could be reckoned back from: the numbers become null, hexagons, findings and points of the Lorenz curve go.
 * privacy.hidden is how many numbers, entries and sentences were (docs/methods/privacy.md). min_cell 0: nothing.
 * results: what the document tells of; it may have nothing but min_cell. */
void tsl__small_cells_hide(tsl__json *doc, const tsl_results *results);

#endif
