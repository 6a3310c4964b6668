/* rule_wording.h: the cuts and the leaves of a tree in words, one by one. */
#ifndef TSL_OUTPUT_WORDING_RULE_WORDING_H
#define TSL_OUTPUT_WORDING_RULE_WORDING_H

#include <tesela/output.h>

/* Of each node what the cut above it lets pass ("Gender is F"), and of the root what its leaf holds ("all"); node_count
 * texts, owned (tsl_texts_free). lang: "en" or "zh". */
TSL_FALLIBLE tsl_status tsl__rules_get_steps(const tsl_tree *tree, const char *lang, char ***out, tsl_error *err);
/* As tsl_rules_get_tree, with the numbers of a policy (NULL: places). */
TSL_FALLIBLE tsl_status tsl__rules_get_tree(const tsl_tree *tree, const tsl_policy *policy, const char *lang,
                                            char **out, tsl_error *err);
/* 1 of "over 0 and at most 1" of what is counted: it is exactly 1. */
int tsl__bound_is_one_count(const tsl_tree_bound *bound, const char *column);
/* One bound in words, owned. */
TSL_FALLIBLE tsl_status tsl__rules_get_bound(const tsl_tree *tree, const tsl_tree_bound *bound, const char *lang,
                                             char **out, tsl_error *err);
/* Each cluster's rule in words, as tsl_rules_build has it but for what stands between its leaves; tree->k texts, owned
 * (tsl_texts_free). */
TSL_FALLIBLE tsl_status tsl__rules_get_told(const tsl_model *model, const char *lang, const char *joint, char ***out,
                                            tsl_error *err);

#endif
