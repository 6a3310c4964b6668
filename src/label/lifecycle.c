/* lifecycle.c: each customer's stage from his own purchase gaps, shrunk towards
 * the population's. docs/methods/lifecycle.md. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "stat/quantile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where no customer ever came back there is no gap to learn from. */
#define FALLBACK_GAP_DAYS 90.0

static const struct {
    const char *code, *en, *zh;
} stages[TSL_STAGES] = {
    [TSL_POTENTIAL] = {"potential", "Potential", "潜在"},
    [TSL_NEW] = {"new", "New", "新客"},
    [TSL_ACTIVE] = {"active", "Active", "活跃"},
    [TSL_AT_RISK] = {"at_risk", "At risk", "预警"},
    [TSL_LOST] = {"lost", "Lost", "流失"},
    [TSL_REACTIVATED] = {"reactivated", "Reactivated", "唤回"},
};

const char *tsl_stage_get_code(tsl_stage stage)
{
    return (unsigned)stage < TSL_STAGES ? stages[stage].code : "?";
}

const char *tsl_stage_get_name(tsl_stage stage, const char *lang)
{
    return (unsigned)stage >= TSL_STAGES ? "?" : strcmp(lang, "zh") == 0 ? stages[stage].zh : stages[stage].en;
}

double tsl__lifecycle_limit(const double *history, double population, double shrinkage)
{
    double gaps = history[TSL_HISTORY_X];
    if (!(gaps > 0) || isnan(history[TSL_HISTORY_GAP_P90])) {
        return population;
    }
    return (gaps * history[TSL_HISTORY_GAP_P90] + shrinkage * population) / (gaps + shrinkage);
}

double tsl__lifecycle_silence(const tsl_features *features, size_t recency, size_t customer)
{
    const double *h = features->history + customer * TSL_HISTORY_COLUMNS;
    const double silence = h[TSL_HISTORY_T] - h[TSL_HISTORY_TX] + 1;
    return isnan(silence) && recency < features->feature_count
               ? features->x[customer * features->feature_count + recency]
               : silence;
}

/* -1: it is not known how long he has been silent. */
static int stage_of(const double *h, double silence, const tsl_policy *policy)
{
    if (isnan(h[TSL_HISTORY_X])) {
        return TSL_POTENTIAL;
    }
    double tenure = h[TSL_HISTORY_T] + 1;
    double limit = tsl__lifecycle_limit(h, policy->gap_p90, policy->shrinkage);
    if (tenure <= policy->new_days) {
        return TSL_NEW;
    }
    if (isnan(silence)) {
        return -1;
    }
    if (silence > limit) {
        return silence > policy->lost_factor * limit ? TSL_LOST : TSL_AT_RISK;
    }
    return h[TSL_HISTORY_GAP_LAST] > policy->lost_factor * limit ? TSL_REACTIVATED : TSL_ACTIVE;
}

/* The median over the customers who came back of each one's 90 % gap. */
static tsl_status fit_population(const tsl_labels *labels, tsl_policy *policy, tsl_error *err)
{
    static const double half = .5;
    const double *h = labels->features->history;
    size_t count = 0;
    double *gap = tsl__alloc(labels->customers, sizeof *gap);
    if (!gap) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < labels->customers; i++) {
        double p90 = h[i * TSL_HISTORY_COLUMNS + TSL_HISTORY_GAP_P90];
        if (!isnan(p90)) {
            gap[count++] = p90;
        }
    }
    policy->gap_p90 = FALLBACK_GAP_DAYS;
    policy->gap_learned = count > 0;
    if (count > 0) {
        tsl__quantiles(gap, count, &half, 1, &policy->gap_p90);
    }
    free(gap);
    return TSL_OK;
}

static tsl_status fit_lifecycle(const tsl__labeling *job, tsl_error *err)
{
    tsl_policy *policy = job->labels->policy;
    policy->has_lifecycle = 1;
    policy->new_days = job->opt->new_days;
    policy->lost_factor = job->opt->lost_factor;
    policy->shrinkage = job->opt->shrinkage;
    return fit_population(job->labels, policy, err);
}

static void count_stages(tsl_labels *labels)
{
    tsl__total total[TSL_STAGES] = {0}, all = {0};
    for (size_t i = 0; i < labels->customers; i++) {
        int s = labels->customer_stage[i];
        if (s < 0) {
            continue;
        }
        labels->stage[s].size++;
        if (labels->value) {
            tsl__total_add(&total[s], labels->value[i]);
            tsl__total_add(&all, labels->value[i]);
        }
    }
    int money = tsl__value_is_money(labels);
    double sum = tsl__total_get(&all, money);
    for (int s = 0; s < TSL_STAGES; s++) {
        labels->stage[s].stage = (tsl_stage)s;
        labels->stage[s].value_total = labels->value && !isnan(sum) ? tsl__total_get(&total[s], money) : NAN;
        labels->stage[s].value_share = labels->value && sum > 0 ? labels->stage[s].value_total / sum : NAN;
    }
}

/* 1 where a customer bought on two days. */
static int came_back(const tsl_labels *labels)
{
    const double *h = labels->features->history;
    for (size_t i = 0; i < labels->customers; i++) {
        if (h[i * TSL_HISTORY_COLUMNS + TSL_HISTORY_X] > 0) {
            return 1;
        }
    }
    return 0;
}

/* 1 where purchases are known by half. */
static int is_half_told(const tsl_features *features)
{
    static const char *const either[] = {"frequency", "recency_days"};
    int told = 0;
    for (size_t i = 0; i < sizeof either / sizeof *either; i++) {
        const size_t f = tsl_features_get_index(features, either[i]);
        told += f < features->feature_count && *features->feature[f].entry;
    }
    return told == 1;
}

/* What is to be said where stages rest on little. */
static tsl_status note_lifecycle(tsl_labels *labels, tsl_error *err)
{
    const tsl_policy *policy = labels->policy;
    tsl_status status = TSL_OK;
    if (!policy->has_lifecycle || !labels->features->history) {
        status = tsl__notes_add(&labels->notes, "%s, so there are no lifecycle stages",
                                is_half_told(labels->features)
                                    ? "how often customers bought and when last is not told, but one of the two alone"
                                    : "no purchases are known");
    } else if (!policy->gap_learned) {
        status = tsl__notes_add(&labels->notes, "%s, so a silence of %.0f days counts as risk",
                                came_back(labels) ? "the days between purchases are not told, as the first one is not"
                                                  : "no customer bought on two days",
                                FALLBACK_GAP_DAYS);
    }
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}

tsl_status tsl__lifecycle_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    if (labels->features->history && tsl__policy_fits(job, TSL_REFIT_LIFECYCLE)) {
        TSL__TRY(fit_lifecycle(job, err));
    }
    TSL__TRY(note_lifecycle(labels, err));
    if (!labels->policy->has_lifecycle || !labels->features->history) {
        goto done;
    }
    TSL__NEED(labels->stage = tsl__alloc_zero(TSL_STAGES, sizeof *labels->stage));
    labels->stage_count = TSL_STAGES;
    TSL__NEED(labels->customer_stage = tsl__alloc(labels->customers, 1));
    const size_t recency = tsl_features_get_index(labels->features, "recency_days");
    for (size_t i = 0; i < labels->customers; i++) {
        const double *h = labels->features->history + i * TSL_HISTORY_COLUMNS;
        const double silence = tsl__lifecycle_silence(labels->features, recency, i);
        labels->customer_stage[i] = (int8_t)stage_of(h, silence, labels->policy);
    }
    labels->gap_p90 = labels->policy->gap_p90;
    labels->has_lifecycle = 1;
    count_stages(labels);
done:
    return status;
}
