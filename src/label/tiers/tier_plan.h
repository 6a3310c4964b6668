/* tier_plan.h: how many tiers there are to be, and what they are called. */
#ifndef TSL_LABEL_TIERS_TIER_PLAN_H
#define TSL_LABEL_TIERS_TIER_PLAN_H

#include "label/policy.h"
#include "stat/breaks.h"

/* tier_names.c: TSL_E_OPTION where what is asked of tiers does not hold together. */
TSL_FALLIBLE tsl_status tsl__tiers_check(const tsl_label_options *opt, tsl_error *err);
/* Of options that do. */
size_t tsl__tiers_get_count(const tsl_label_options *opt);
/* Names the policy's tiers: as asked for, else as so many are usually called. */
TSL_FALLIBLE tsl_status tsl__tier_names_take(const tsl_label_options *opt, tsl_policy *policy, tsl_error *err);
/* 1 where a value that the lower cut lets in, and the higher does not, can be. */
int tsl__tier_cuts_fall(const tsl_tier_cut *higher, const tsl_tier_cut *lower);

/* tier_cuts.c: the values that tiers are cut by: positive ones count, NaN is unknown. */
typedef struct tsl__tier_values {
    const double *value;
    size_t count;
    int logarithmic; /* 1: natural breaks lie on the scale of logarithms */
} tsl__tier_values;
/* tiers.c: those of labels that have a policy. */
tsl__tier_values tsl__tier_values_get(const tsl_labels *labels);
/* Method, shares and cuts of a policy that has room for its tiers. */
TSL_FALLIBLE tsl_status tsl__tier_cuts_fit(const tsl_label_options *opt, const tsl__tier_values *values,
                                           tsl_policy *policy, tsl_error *err);
int tsl__tier_reaches(double value, const tsl_tier_cut *cut);
/* The tier of a value, by the policy's cuts. */
size_t tsl__tier_find(double value, const tsl_policy *policy);
/* The positive ones in rising order, owned. */
TSL_FALLIBLE tsl_status tsl__tier_values_sort(const double *value, size_t count, double **rising, size_t *positive,
                                              tsl_error *err);
/* The least values of so many classes, rising, as cuts; tiers that they do not reach stay empty. */
void tsl__tier_breaks_take(tsl_policy *policy, const double *least, size_t classes);
/* Natural breaks of positive values, up to so many classes; NULL: out of memory. */
tsl__breaks *tsl__tier_breaks_open(const double *rising, size_t count, int logarithmic, size_t most);

#endif
