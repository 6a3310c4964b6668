/* tier_cuts.c: where tiers begin: by shares of the customers or of the value, at natural breaks, or as it was said.
 * Equal values always share a tier; a value that is unknown or not over 0 is in the last. docs/methods/tiers.md. */
#include "label/tiers/tier_plan.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/breaks.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The cut of a tier that holds the `in` best of the positive values; where there are none it stays empty, and begins
 * where the one above does. */
static void cut_at(tsl_policy *policy, size_t tier, const double *rising, size_t count, size_t in)
{
    policy->tier_cut[tier].least = in > 0     ? rising[count - (in < count ? in : count)]
                                   : tier > 0 ? policy->tier_cut[tier - 1].least
                                              : (double)INFINITY;
}

static void cut_shares(tsl_policy *policy, const double *rising, size_t count, size_t customers)
{
    double revenue = 0, seen = 0, share = 0;
    size_t in = 0;
    for (size_t i = count; i-- > 0;) {
        revenue += rising[i];
    }
    for (size_t t = 0; t + 1 < policy->tier_count; t++) {
        share += policy->tier_share[t];
        if (policy->tier_method == TSL_TIER_QUANTILE) {
            in = (size_t)ceil(share * (double)customers - 1e-9);
        } else {
            /* those who stand before the share of revenue is reached */
            while (in < count && seen < share * revenue * (1 - 1e-12)) {
                seen += rising[count - ++in];
            }
        }
        cut_at(policy, t, rising, count, policy->tier_share[t] > 0 && count > 0 ? in : 0);
    }
}

/* Amounts and counts are told apart by how many times one is another: their breaks lie on the scale of logarithms. */
tsl__breaks *tsl__tier_breaks_open(const double *rising, size_t count, int logarithmic, size_t most)
{
    double *scale = logarithmic ? tsl__alloc(count, sizeof *scale) : NULL;
    tsl__breaks *breaks = NULL;
    for (size_t i = 0; scale && i < count; i++) {
        scale[i] = log(rising[i]);
    }
    if (scale || !logarithmic) {
        breaks = tsl__breaks_open(rising, scale, count, most);
    }
    free(scale);
    return breaks;
}

void tsl__tier_breaks_take(tsl_policy *policy, const double *least, size_t classes)
{
    for (size_t t = 0; t + 1 < policy->tier_count; t++) {
        policy->tier_cut[t].least = t < classes ? least[classes - 1 - t]
                                    : t > 0     ? policy->tier_cut[t - 1].least
                                                : (double)INFINITY;
    }
}

static tsl_status cut_breaks(tsl_policy *policy, const double *rising, size_t count, int logarithmic, tsl_error *err)
{
    double least[TSL_TIERS_MAX] = {0};
    size_t classes = 0;
    tsl_status status = TSL_OK;
    tsl__breaks *breaks = NULL;
    if (count > 0) {
        TSL__NEED(breaks = tsl__tier_breaks_open(rising, count, logarithmic, policy->tier_count));
        classes = tsl__breaks_get(breaks, policy->tier_count, least);
    }
    tsl__tier_breaks_take(policy, least, classes);
done:
    tsl__breaks_free(breaks);
    return status;
}

tsl_status tsl__tier_values_sort(const double *value, size_t count, double **rising, size_t *positive, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *scratch = NULL;
    *positive = 0;
    TSL__NEED(*rising = tsl__alloc(count, sizeof **rising));
    TSL__NEED(scratch = tsl__alloc(count, sizeof *scratch));
    for (size_t i = 0; i < count; i++) {
        if (value[i] > 0) {
            (*rising)[(*positive)++] = value[i];
        }
    }
    tsl__sort(*rising, scratch, *positive);
done:
    free(scratch);
    return status;
}

static void take_plan(const tsl_label_options *opt, tsl_policy *policy)
{
    const size_t cuts = policy->tier_count - 1;
    policy->tier_method = opt->tier_method;
    if (opt->tier_method == TSL_TIER_CUTS) {
        memcpy(policy->tier_cut, opt->tier_cut, cuts * sizeof *policy->tier_cut);
    } else if (tsl__tiers_have_shares(opt->tier_method) && opt->tier_share_count) {
        memcpy(policy->tier_share, opt->tier_share, cuts * sizeof *policy->tier_share);
    } else if (tsl__tiers_have_shares(opt->tier_method)) {
        tsl_tiers_defaults(opt->tier_method, policy->tier_count, policy->tier_share);
    }
}

tsl_status tsl__tier_cuts_fit(const tsl_label_options *opt, const tsl__tier_values *values, tsl_policy *policy,
                              tsl_error *err)
{
    double *rising = NULL;
    size_t count = 0;
    tsl_status status = TSL_OK;
    take_plan(opt, policy);
    if (policy->tier_method == TSL_TIER_CUTS) {
        return TSL_OK;
    }
    TSL__TRY(tsl__tier_values_sort(values->value, values->count, &rising, &count, err));
    if (policy->tier_method == TSL_TIER_BREAKS) {
        TSL__TRY(cut_breaks(policy, rising, count, values->logarithmic, err));
    } else {
        cut_shares(policy, rising, count, values->count);
    }
done:
    free(rising);
    return status;
}

int tsl__tier_reaches(double value, const tsl_tier_cut *cut)
{
    return cut->above ? value > cut->least : value >= cut->least;
}

size_t tsl__tier_find(double value, const tsl_policy *policy)
{
    size_t t = value > 0 ? 0 : policy->tier_count - 1;
    while (t + 1 < policy->tier_count && !tsl__tier_reaches(value, &policy->tier_cut[t])) {
        t++;
    }
    return t;
}
