/* tier_advice.c: where tiers could be cut: natural breaks for several numbers of tiers, and what each method gives. */
#include "label/internal.h"
#include "label/tiers/tier_plan.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What all proposals are made of. */
typedef struct adviser {
    const tsl_labels *labels;
    const tsl_label_options *opt;
    tsl__tier_values values;
    const double *worth; /* that shares are of: the value; without one what is cut */
    double *rising;      /* the positive ones, sorted */
    size_t positive;
    tsl__breaks *breaks; /* NULL: there are none */
} adviser;

const char *tsl_tier_method_get_name(tsl_tier_method method)
{
    return tsl__tier_method_get_name((int)method);
}

/* The share of the variance of the positive values that lies between the tiers. */
static double get_fit(const adviser *a, const tsl_policy *policy)
{
    double within = 0, mean[TSL_TIERS_MAX] = {0}, all = 0, seen = 0, center = 0, count[TSL_TIERS_MAX] = {0};
    for (size_t i = 0; i < a->positive; i++) { /* Welford (1962) */
        const double x = a->values.logarithmic ? log(a->rising[i]) : a->rising[i];
        const size_t t = tsl__tier_find(a->rising[i], policy);
        const double from_all = x - center, from = x - mean[t];
        seen++;
        count[t]++;
        center += from_all / seen;
        all += from_all * (x - center);
        mean[t] += from / count[t];
        within += from * (x - mean[t]);
    }
    return a->positive == 0 ? (double)NAN : all > 0 ? 1 - within / all : 1;
}

/* Sizes and what they are worth, by a policy's cuts. */
static tsl_status describe(const adviser *a, const tsl_policy *policy, tsl_tier_proposal *out, tsl_error *err)
{
    const size_t n = a->labels->customers;
    tsl_status status = TSL_OK;
    double total = 0, of[TSL_TIERS_MAX] = {0};
    TSL__NEED(out->tier = tsl__alloc_zero(policy->tier_count, sizeof *out->tier));
    out->method = policy->tier_method;
    out->tier_count = policy->tier_count;
    for (size_t i = 0; i < n; i++) {
        const size_t t = tsl__tier_find(a->values.value[i], policy);
        const double worth = isnan(a->worth[i]) ? 0 : a->worth[i];
        out->tier[t].size++;
        of[t] += worth;
        total += worth;
    }
    for (size_t t = 0; t < policy->tier_count; t++) {
        tsl_advised_tier *tier = &out->tier[t];
        tier->share = n ? (double)tier->size / (double)n : 0;
        tier->value_share = total > 0 ? of[t] / total : (double)NAN;
        tier->lowest = tsl__tier_get_cut(policy, t);
        tier->above = policy->tier_cut[t].above;
    }
    out->fit = get_fit(a, policy);
done:
    return status;
}

static void name(const tsl_label_options *opt, tsl_tier_proposal *out)
{
    for (size_t t = 0; t < out->tier_count; t++) {
        const char **names = out->tier[t].names;
        names[0] = tsl_tier_get_name(out->tier_count, t, "en");
        names[1] = tsl_tier_get_name(out->tier_count, t, "zh");
        for (int lang = 0; lang < TSL_LANGS && opt->tier_name_count == out->tier_count; lang++) {
            const tsl_tier_name *own = &opt->tier_name[t];
            names[lang] = own->names[lang] ? own->names[lang] : own->code;
        }
    }
}

/* By an options struct that holds together. */
static tsl_status propose(const adviser *a, const tsl_label_options *opt, tsl_tier_proposal *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_policy *policy = NULL;
    TSL__TRY(tsl__policy_open(1, &policy, err));
    TSL__TRY(tsl__policy_open_tiers(policy, tsl__tiers_get_count(opt), err));
    TSL__TRY(tsl__tier_cuts_fit(opt, &a->values, policy, err));
    TSL__TRY(describe(a, policy, out, err));
    name(a->opt, out);
done:
    tsl_policy_free(policy);
    return status;
}

/* Natural breaks into so many tiers, of those that are found already. */
static tsl_status propose_breaks(const adviser *a, size_t count, tsl_tier_proposal *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_policy *policy = NULL;
    double least[TSL_TIERS_MAX] = {0};
    TSL__TRY(tsl__policy_open(1, &policy, err));
    TSL__TRY(tsl__policy_open_tiers(policy, count, err));
    policy->tier_method = TSL_TIER_BREAKS;
    tsl__tier_breaks_take(policy, least, a->breaks ? tsl__breaks_get(a->breaks, count, least) : 0);
    TSL__TRY(describe(a, policy, out, err));
    name(a->opt, out);
done:
    tsl_policy_free(policy);
    return status;
}

/* Each method for as many tiers as are asked for: with what is asked for where it is that method. */
static tsl_status propose_methods(const adviser *a, tsl_tier_advice *advice, tsl_error *err)
{
    static const tsl_tier_method methods[] = {TSL_TIER_QUANTILE, TSL_TIER_REVENUE, TSL_TIER_BREAKS, TSL_TIER_CUTS};
    const size_t count = tsl__tiers_get_count(a->opt);
    tsl_status status = TSL_OK;
    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
        tsl_label_options opt = *a->opt;
        const int asked = methods[m] == opt.tier_method;
        if (methods[m] == TSL_TIER_CUTS && !asked) {
            continue; /* nobody has said any */
        }
        if (!asked) {
            opt.tier_method = methods[m];
            opt.tier_share = NULL;
            opt.tier_share_count = 0;
        }
        opt.tier_count = (int)count;
        tsl_tier_proposal *out = &advice->proposal[advice->proposal_count++];
        TSL__TRY(propose(a, &opt, out, err));
        out->asked = asked;
    }
done:
    return status;
}

static tsl_status open_adviser(const tsl_labels *labels, const tsl_label_options *opt, adviser *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    a->labels = labels;
    a->opt = opt;
    a->values = tsl__tier_values_get(labels);
    a->worth = labels->value ? labels->value : a->values.value;
    TSL__TRY(tsl__tier_values_sort(a->values.value, a->values.count, &a->rising, &a->positive, err));
    TSL__NEED(a->positive == 0 ||
              (a->breaks = tsl__tier_breaks_open(a->rising, a->positive, a->values.logarithmic, TSL_ADVISED_MOST)));
done:
    return status;
}

tsl_status tsl_tier_advice_build(const tsl_labels *labels, const tsl_label_options *opt, tsl_tier_advice **out,
                                 tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_label_options own;
    tsl_tier_advice *advice = NULL;
    adviser a = {.labels = NULL};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__label_options_open(opt, &own, err));
    if (!labels->has_tiers) {
        return tsl__error_set(err, TSL_E_INPUT, "advice: there is no value that tiers could be cut by");
    }
    TSL__TRY(open_adviser(labels, &own, &a, err));
    TSL__NEED(advice = tsl__alloc_zero(1, sizeof *advice));
    TSL__NEED(advice->proposal = tsl__alloc_zero(TSL_ADVISED_MOST + 3, sizeof *advice->proposal));
    advice->value = labels->policy->tiers_of_score ? "score" : labels->value_name;
    advice->money = !labels->policy->tiers_of_score && tsl__value_is_money(labels);
    advice->logarithmic = a.values.logarithmic;
    advice->known = a.positive;
    for (size_t k = 2; k <= TSL_ADVISED_MOST; k++) {
        TSL__TRY(propose_breaks(&a, k, &advice->proposal[advice->proposal_count++], err));
    }
    TSL__TRY(propose_methods(&a, advice, err));
    *out = advice;
    advice = NULL;
done:
    tsl__breaks_free(a.breaks);
    free(a.rising);
    tsl_tier_advice_free(advice);
    return status;
}

void tsl_tier_advice_free(tsl_tier_advice *advice)
{
    if (advice) {
        for (size_t p = 0; advice->proposal && p < advice->proposal_count; p++) {
            free(advice->proposal[p].tier);
        }
        free(advice->proposal);
        free(advice);
    }
}
