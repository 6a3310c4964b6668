/* policy.h: the fitted policy of the labels, as an object. */
#ifndef TSL_LABEL_POLICY_H
#define TSL_LABEL_POLICY_H

#include <tesela/label.h>

/* An empty one of so many segments, numbered by their places. */
TSL_FALLIBLE tsl_status tsl__policy_open(size_t segments, tsl_policy **out, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__policy_copy(const tsl_policy *policy, tsl_policy **out, tsl_error *err);

/* Makes room for so many tiers, without names and all 0, in place of those that there are; and names one. */
TSL_FALLIBLE tsl_status tsl__policy_open_tiers(tsl_policy *policy, size_t count, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__policy_name_tier(tsl_policy *policy, size_t tier, const tsl_tier_name *name,
                                              tsl_error *err);
void tsl__policy_free_tiers(tsl_policy *policy);
/* Likewise of a score of so many parts and columns. */
TSL_FALLIBLE tsl_status tsl__policy_open_score(tsl_policy *policy, size_t parts, size_t columns, tsl_error *err);
void tsl__policy_free_score(tsl_policy *policy);
/* What a column of segments.csv ends in that says how much of a score is a part's own: "score_financial_points". */
#define TSL__SCORE_POINTS "_points"
/* 1 where tiers are cut by shares. */
static inline int tsl__tiers_have_shares(tsl_tier_method method)
{
    return method == TSL_TIER_QUANTILE || method == TSL_TIER_REVENUE;
}

/* "1 to 7", or "1, 2, 5 and 8"; owned, NULL for want of memory. */
char *tsl__policy_list_numbers(const tsl_policy *policy);

/* segmentation.c: "quantile", "revenue", "cuts", "breaks"; NULL of what is none. */
const char *tsl__tier_method_get_name(int value);

#endif
