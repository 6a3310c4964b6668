/* descriptor_wording.h: what a tree of descriptors says, in words. */
#ifndef TSL_OUTPUT_WORDING_DESCRIPTOR_WORDING_H
#define TSL_OUTPUT_WORDING_DESCRIPTOR_WORDING_H

#include <tesela/output.h>

/* The way to a node ("age over 45 and Gender is F"; "all" to the root), owned. lang: index of the language. */
TSL_FALLIBLE tsl_status tsl__descriptor_get_rule(const tsl_descriptor *descriptor, int32_t node, int lang, char **out,
                                                 tsl_error *err);
/* What the columns tell of the segments: a sentence without a full stop, owned. others: 1: there are demographics that
 * the segments' own rules are made of. */
TSL_FALLIBLE tsl_status tsl__descriptor_get_sentence(const tsl_descriptor *descriptor, int others, int lang, char **out,
                                                     tsl_error *err);
/* The columns by falling importance; equal ones in their order. order: cols. */
void tsl__descriptor_order(const tsl_descriptor *descriptor, size_t *order);

#endif
