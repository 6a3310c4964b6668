/* tiers.c: each customer's value tier: the cuts are fitted, or taken over; then every value is held against them.
 * docs/methods/tiers.md. */
#include "label/internal.h"
#include "label/tiers/tier_hold.h"
#include "label/tiers/tier_plan.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"

#include <math.h>
#include <string.h>

double tsl__tier_get_cut(const tsl_policy *policy, size_t tier)
{
    const tsl_tier_cut *cut = policy->tier_cut;
    if (tier + 1 >= policy->tier_count) {
        return NAN;
    }
    const int open = policy->tier_method == TSL_TIER_CUTS ||
                     (isfinite(cut[tier].least) && (tier == 0 || cut[tier].least < cut[tier - 1].least));
    return open ? cut[tier].least : (double)NAN;
}

static tsl_status describe(tsl_labels *labels, tsl_error *err)
{
    const tsl_policy *policy = labels->policy;
    tsl__total total[TSL_TIERS_MAX] = {0}, all = {0};
    const int money = tsl__value_is_money(labels), fixed = policy->tier_method == TSL_TIER_CUTS;
    labels->tier = tsl__alloc_zero(policy->tier_count, sizeof *labels->tier);
    if (!labels->tier) {
        return tsl__error_nomem(err);
    }
    labels->tier_count = policy->tier_count;
    for (size_t i = 0; i < labels->customers; i++) {
        const int t = labels->customer_tier[i];
        labels->tier[t].size++;
        const double value = labels->value ? labels->value[i] : (double)NAN;
        tsl__total_add(&total[t], value);
        tsl__total_add(&all, value);
    }
    const double sum = tsl__total_get(&all, money);
    for (size_t t = 0; t < labels->tier_count; t++) {
        tsl_tier *tier = &labels->tier[t];
        tier->tier = (int)t;
        tier->code = policy->tier_name[t].code;
        memcpy(tier->names, policy->tier_name[t].names, sizeof tier->names);
        tier->value_total = isnan(sum) ? sum : tsl__total_get(&total[t], money);
        tier->value_share = sum > 0 ? tier->value_total / sum : NAN;
        tier->lowest = fixed && tier->size == 0 ? (double)NAN : tsl__tier_get_cut(policy, t);
        tier->above = policy->tier_cut[t].above;
    }
    return TSL_OK;
}

/* 1 where the value is an amount or a count, which clusters see by its logarithm. */
static int is_logarithmic(const tsl_labels *labels)
{
    if (labels->policy->tiers_of_score) {
        return 0;
    }
    const size_t f = tsl_features_get_index(labels->features, labels->value_name);
    return tsl__value_is_money(labels) ||
           (f < labels->features->feature_count && labels->features->feature[f].transform != TSL_IDENTITY);
}

tsl__tier_values tsl__tier_values_get(const tsl_labels *labels)
{
    return (tsl__tier_values){tsl__tiers_get_value(labels), labels->customers, is_logarithmic(labels)};
}

/* Names and cuts, from the values of these customers, and how many are in each. */
static tsl_status fit(const tsl__labeling *job, tsl_error *err)
{
    const tsl_labels *labels = job->labels;
    const tsl__tier_values values = tsl__tier_values_get(labels);
    tsl_policy *policy = labels->policy;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__policy_open_tiers(policy, tsl__tiers_get_count(job->opt), err));
    TSL__TRY(tsl__tier_names_take(job->opt, policy, err));
    TSL__TRY(tsl__tier_cuts_fit(job->opt, &values, policy, err));
    for (size_t i = 0; i < labels->customers; i++) {
        policy->tier_size[tsl__tier_find(values.value[i], policy)]++;
    }
done:
    return status;
}

/* How slowly tiers fall is heeded where it is said, in an apply, too. */
static void take_hold(const tsl_label_options *opt, tsl_policy *policy)
{
    if (opt->tier_grace) {
        policy->tier_margin = opt->tier_margin;
        policy->tier_grace = opt->tier_grace;
        policy->tier_step = opt->tier_step;
    }
}

/* Fitted cuts part nobody where all values are one. */
static tsl_status note_one_value(tsl_labels *labels, const double *value, tsl_error *err)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < labels->customers; i++) {
        least = fmin(least, value[i]); /* NaN is passed over */
        most = fmax(most, value[i]);
    }
    return labels->customers > 1 && least == most && labels->policy->tier_method != TSL_TIER_CUTS
               ? tsl__notes_add(&labels->notes, "all customers are of one value, so tiers part nobody")
               : TSL_OK;
}

/* Tiers rise with the value, whatever it is. */
static tsl_status note_less(tsl_labels *labels, tsl_error *err)
{
    const int less = !labels->policy->tiers_of_score && labels->value_name && tsl_score_get_less(labels->value_name);
    return less ? tsl__notes_add(&labels->notes,
                                 "tiers: the more %s, the higher the tier, though less of it is better: a weighted "
                                 "score (--tiers-of score) counts it the other way round",
                                 labels->value_name)
                : TSL_OK;
}

tsl_status tsl__tiers_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    const double *value = tsl__tiers_get_value(labels);
    if (!value) {
        return TSL_OK;
    }
    if (tsl__policy_fits(job, TSL_REFIT_TIERS)) {
        TSL__TRY(fit(job, err));
        TSL__TRY(note_one_value(labels, value, err));
    }
    TSL__TRY(note_less(labels, err));
    TSL__NEED(labels->customer_tier = tsl__alloc(labels->customers, 1));
    for (size_t i = 0; i < labels->customers; i++) {
        labels->customer_tier[i] = (int8_t)tsl__tier_find(value[i], labels->policy);
    }
    take_hold(job->opt, labels->policy);
    TSL__TRY(tsl__tier_drift_fill(labels, err));
    TSL__TRY(tsl__tiers_hold(job, value, err));
    TSL__TRY(describe(labels, err));
    labels->has_tiers = 1;
done:
    return status;
}
