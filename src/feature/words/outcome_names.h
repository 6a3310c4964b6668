/* outcome_names.h: which columns of the customers tell an outcome, by what they are called. */
#ifndef TSL_FEATURE_OUTCOME_NAMES_H
#define TSL_FEATURE_OUTCOME_NAMES_H

#include <tesela/feature.h>

/* 1 where a column called so is an outcome: churn, response, a forecast of them, as against what customers are and
 * did. two: it holds two values. level: those of a category, one of which may say it; none: count 0. In English and
 * Chinese, whatever the case; docs/methods/outcomes.md has the words. */
int tsl__outcome_is_named(const char *name, int two, const char *const *level, size_t count);
/* 1 where a value of a category is that of those to whom it happened: "churned", "yes", "流失". */
int tsl__outcome_is_level(const char *level);

#endif
