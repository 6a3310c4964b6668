/* policy.h: the fitted policy of the labels, as an object. */
#ifndef TSL_LABEL_POLICY_H
#define TSL_LABEL_POLICY_H

#include <tesela/label.h>

/* An empty one of so many segments. */
TSL_FALLIBLE tsl_status tsl__policy_open(size_t segments, tsl_policy **out, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__policy_copy(const tsl_policy *policy, tsl_policy **out, tsl_error *err);

/* segmentation.c: "quantile", "revenue", "cuts"; NULL of what is none. */
const char *tsl__tier_method_get_name(int value);

#endif
