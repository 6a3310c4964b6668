/* labels_check.h: what is wrong with what is asked of labels, told before there are clusters to label. */
#ifndef TSL_LABEL_LABELS_CHECK_H
#define TSL_LABEL_LABELS_CHECK_H

#include <tesela/label.h>

/* The steps of labeling that need the features alone, over nobody: a value, a feature of the score, a name in a rule, a
 * code in a rule or a strategy that there is not, a map of other scores, and what else tsl_labels_build would refuse
 * whoever the customers are, is refused as there. Segments are not known before there are clusters; with a policy
 * (NULL: none) those are that it has. Cost: that of reading the texts. */
TSL_FALLIBLE tsl_status tsl__labels_check(const tsl_features *features, const tsl_policy *policy,
                                          const tsl_label_options *opt, tsl_error *err);

#endif
