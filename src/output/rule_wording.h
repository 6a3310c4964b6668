/* rule_wording.h: the cuts of a tree in words, one by one. */
#ifndef TSL_OUTPUT_RULE_WORDING_H
#define TSL_OUTPUT_RULE_WORDING_H

#include <tesela/output.h>

/* Of each node what the cut above it lets pass ("Gender is F"), and of the root what its leaf holds ("all"); node_count
 * texts, owned (tsl_texts_free). lang: "en" or "zh". */
TSL_FALLIBLE tsl_status tsl__rules_get_steps(const tsl_tree *tree, const char *lang, char ***out, tsl_error *err);
/* One bound in words, owned. */
TSL_FALLIBLE tsl_status tsl__rules_get_bound(const tsl_tree *tree, const tsl_tree_bound *bound, const char *lang,
                                             char **out, tsl_error *err);

#endif
