/* explanation_wording.h: why a customer is in his segment, in words. */
#ifndef TSL_OUTPUT_WORDING_EXPLANATION_WORDING_H
#define TSL_OUTPUT_WORDING_EXPLANATION_WORDING_H

#include <tesela/output.h>

#include "base/text.h"

/* The whole text; lang: "en" or "zh". */
TSL_FALLIBLE tsl_status tsl__explanation_put(const tsl_explanation *of, const char *lang, tsl__text *out,
                                             tsl_error *err);
/* "would become ... with total spend at most 800 (now 1200)", or that there is no such change. by_tree: 1: changes are
 * told by their bounds; 0: by the nearest value that will do. */
TSL_FALLIBLE tsl_status tsl__explanation_put_move(const tsl_explanation *of, const tsl_move *move, int by_tree,
                                                  const char *lang, tsl__text *out, tsl_error *err);
/* What the customer has in a raw column, as a reader is told: "97", "yes", "F", "unknown". */
void tsl__explanation_put_value(const tsl_explanation *of, size_t feature, int lang, tsl__text *out);

#endif
