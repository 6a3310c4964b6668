/* held_responses.h: the rates of an outcome that the segments were found by, of those alone whom they were not found
 * from: of the others they flatter themselves (docs/methods/tree-segments.md). */
#ifndef TSL_LABEL_HELD_RESPONSES_H
#define TSL_LABEL_HELD_RESPONSES_H

#include <tesela/label.h>

/* Measures what is told of this feature, or of another level of its column, anew: of customers with held[i] != 0 (one
 * entry a customer). The sums are the same for any number of threads. */
void tsl__responses_hold(tsl_labels *labels, size_t feature, const unsigned char *held);

#endif
