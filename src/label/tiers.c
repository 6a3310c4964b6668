/* tiers.c: value tiers by quantile, revenue share or absolute cuts. Equal
 * values always share a tier; a value that is unknown or not over 0 is normal.
 * docs/methods/tiers.md. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *code, *en, *zh;
} tiers[TSL_TIERS] = {
    {"vip", "VIP", "VIP"},        {"gold", "Gold", "金卡"},     {"silver", "Silver", "银卡"},
    {"bronze", "Bronze", "铜卡"}, {"normal", "Normal", "普通"},
};

const char *tsl_tier_get_code(int tier)
{
    return tier >= 0 && tier < TSL_TIERS ? tiers[tier].code : "?";
}

const char *tsl_tier_get_name(int tier, const char *lang)
{
    return tier < 0 || tier >= TSL_TIERS ? "?" : strcmp(lang, "zh") == 0 ? tiers[tier].zh : tiers[tier].en;
}

void tsl_tiers_defaults(tsl_tier_method method, double share[TSL_TIERS - 1])
{
    static const double customers[] = {.01, .04, .15, .30}, revenue[] = {.20, .20, .20, .20};
    memcpy(share, method == TSL_TIER_REVENUE ? revenue : customers, sizeof customers);
}

static int compare_falling(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;
    return (a < b) - (a > b);
}

/* Least value of each tier from the positive values, sorted falling; INFINITY
 * where a tier stays empty. */
static void cut_shares(tsl_policy *policy, const double *sorted, size_t count, size_t customers)
{
    double *cut = policy->tier_cut, revenue = 0, seen = 0, share = 0;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        revenue += sorted[i];
    }
    for (int t = 0; t < TSL_TIERS - 1; t++) {
        share += policy->tier_share[t];
        if (policy->tier_method == TSL_TIER_QUANTILE) {
            at = (size_t)ceil(share * (double)customers - 1e-9);
        } else {
            /* those who stand before the share of revenue is reached */
            while (at < count && seen < share * revenue * (1 - 1e-12)) {
                seen += sorted[at++];
            }
        }
        size_t in = at < count ? at : count;
        cut[t] = policy->tier_share[t] > 0 && in > 0 ? sorted[in - 1] : t > 0 ? cut[t - 1] : INFINITY;
    }
}

static int tier_of(double value, const double cut[TSL_TIERS - 1])
{
    if (!(value > 0)) {
        return TSL_TIERS - 1;
    }
    int t = 0;
    while (t < TSL_TIERS - 1 && !(value >= cut[t])) {
        t++;
    }
    return t;
}

double tsl__tier_get_cut(const tsl_policy *policy, int tier)
{
    const double *cut = policy->tier_cut;
    if (tier >= TSL_TIERS - 1) {
        return NAN;
    }
    int open =
        policy->tier_method == TSL_TIER_CUTS || (isfinite(cut[tier]) && (tier == 0 || cut[tier] < cut[tier - 1]));
    return open ? cut[tier] : (double)NAN;
}

static void describe(tsl_labels *labels)
{
    tsl__total total[TSL_TIERS] = {0}, all = {0};
    int money = tsl__value_is_money(labels), fixed = labels->policy->tier_method == TSL_TIER_CUTS;
    for (size_t i = 0; i < labels->customers; i++) {
        int t = labels->customer_tier[i];
        labels->tier[t].size++;
        tsl__total_add(&total[t], labels->value[i]);
        tsl__total_add(&all, labels->value[i]);
    }
    double sum = tsl__total_get(&all, money);
    for (int t = 0; t < TSL_TIERS; t++) {
        tsl_tier *tier = &labels->tier[t];
        tier->tier = t;
        tier->value_total = isnan(sum) ? sum : tsl__total_get(&total[t], money);
        tier->value_share = sum > 0 ? tier->value_total / sum : NAN;
        tier->lowest = fixed && tier->size == 0 ? (double)NAN : tsl__tier_get_cut(labels->policy, t);
    }
}

/* The cuts, from the values of these customers. */
static tsl_status fit_cuts(const tsl__labeling *job, tsl_error *err)
{
    const tsl_labels *labels = job->labels;
    tsl_policy *policy = labels->policy;
    size_t count = 0;
    policy->tier_method = job->opt->tier_method;
    memcpy(policy->tier_share, job->opt->tier_share, sizeof policy->tier_share);
    memcpy(policy->tier_cut, job->opt->tier_cut, sizeof policy->tier_cut);
    if (policy->tier_method == TSL_TIER_CUTS) {
        return TSL_OK;
    }
    double *sorted = tsl__alloc(labels->customers, sizeof *sorted);
    if (!sorted) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < labels->customers; i++) {
        if (labels->value[i] > 0) {
            sorted[count++] = labels->value[i];
        }
    }
    qsort(sorted, count, sizeof *sorted, compare_falling);
    cut_shares(policy, sorted, count, labels->customers);
    free(sorted);
    return TSL_OK;
}

tsl_status tsl__tiers_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    if (!labels->value) {
        return TSL_OK;
    }
    if (tsl__policy_fits(job, TSL_REFIT_TIERS)) {
        tsl_status status = fit_cuts(job, err);
        if (status != TSL_OK) {
            return status;
        }
    }
    labels->customer_tier = tsl__alloc(labels->customers, 1);
    if (!labels->customer_tier) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < labels->customers; i++) {
        labels->customer_tier[i] = (int8_t)tier_of(labels->value[i], labels->policy->tier_cut);
    }
    describe(labels);
    labels->has_tiers = 1;
    return TSL_OK;
}
