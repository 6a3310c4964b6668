/* lifecycle.c: each customer's stage, from P(alive) or his own purchase gaps, shrunk towards the population's: what the
 * stages go by is found here, and then gone by. docs/methods/lifecycle.md. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "label/stages/stage_machine.h"
#include "stat/quantile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where no customer ever came back there is no gap to learn from. */
#define FALLBACK_GAP_DAYS 90.0
#define LEAST_NEW_DAYS 30.0 /* however often people buy */
#define FEW_RHYTHMS 30      /* customers who came back: fewer tell of others ... */
#define RHYTHM_SHARE .1     /* ... where they are so many of those who bought */
#define TELLS_APART 1e-3    /* P(alive) that is nowhere lower says nothing: nobody is said to have gone */

double tsl__lifecycle_limit(const double *history, const tsl_policy *policy)
{
    const double gaps = history[TSL_HISTORY_X], own = history[TSL_HISTORY_GAP_P90], all = policy->gap_p90;
    const double shrunk =
        gaps > 0 && !isnan(own) ? (gaps * own + policy->shrinkage * all) / (gaps + policy->shrinkage) : all;
    return fmax(policy->levels.least_days, shrunk);
}

double tsl__lifecycle_silence(const tsl_features *features, size_t recency, size_t customer)
{
    const double *h = features->history + customer * TSL_HISTORY_COLUMNS;
    const double silence = h[TSL_HISTORY_T] - h[TSL_HISTORY_TX] + 1;
    return isnan(silence) && recency < features->feature_count
               ? features->x[customer * features->feature_count + recency]
               : silence;
}

/* ---- What is fitted --------------------------------------------------------------------- */

/* The median over the customers for whom it is known; NaN where it is of too few: what three who came back did is no
 * measure for two thousand who did not. */
static tsl_status find_median(const tsl_labels *labels, tsl_history_column column, double *median, tsl_error *err)
{
    static const double half = .5;
    const double *h = labels->features->history;
    size_t count = 0, buyers = 0;
    double *gap = tsl__alloc(labels->customers, sizeof *gap);
    if (!gap) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < labels->customers; i++) {
        const double own = h[i * TSL_HISTORY_COLUMNS + column];
        buyers += (size_t)!isnan(h[i * TSL_HISTORY_COLUMNS + TSL_HISTORY_X]);
        if (!isnan(own)) {
            gap[count++] = own;
        }
    }
    *median = NAN;
    if (count > 0 && (count >= FEW_RHYTHMS || (double)count >= RHYTHM_SHARE * (double)buyers)) {
        tsl__quantiles(gap, count, &half, 1, median);
    }
    free(gap);
    return TSL_OK;
}

/* Gaps of counts alone have no median of their own: there the usual gap stands for it. */
static tsl_status fit_population(const tsl_labels *labels, tsl_policy *policy, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double pause = NAN;
    TSL__TRY(find_median(labels, TSL_HISTORY_GAP_P90, &policy->gap_p90, err));
    policy->gap_learned = !isnan(policy->gap_p90);
    policy->gap_p90 = policy->gap_learned ? policy->gap_p90 : FALLBACK_GAP_DAYS;
    policy->new_learned = policy->new_days == 0;
    if (policy->new_learned) {
        TSL__TRY(find_median(labels, TSL_HISTORY_GAP_MEDIAN, &pause, err));
        policy->new_days = fmax(LEAST_NEW_DAYS, isnan(pause) ? policy->gap_p90 / 2 : pause);
    }
done:
    return status;
}

/* 1 where P(alive) tells customers apart. */
static int has_alive(const tsl_labels *labels)
{
    const tsl_features *features = labels->features;
    const size_t column = tsl_features_get_index(features, "p_alive");
    int tells = 0;
    for (size_t i = 0; column < features->feature_count && i < labels->customers && !tells; i++) {
        tells = features->x[i * features->feature_count + column] < 1 - TELLS_APART;
    }
    return tells;
}

/* Names that are given, over those that the policy has. */
static tsl_status fit_names(const tsl_label_options *opt, tsl_policy *policy, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < opt->stage_name_count * TSL_STAGES; i++) {
        const tsl_segment_name *given = &opt->stage_name[i / TSL_STAGES];
        const tsl_stage stage = (tsl_stage)(i % TSL_STAGES);
        const int is_it = strcmp(tsl_stage_get_code(stage), given->segment) == 0;
        for (int lang = 0; lang < TSL_LANGS && is_it; lang++) {
            char *name = NULL;
            TSL__NEED(!given->names[lang] || (name = tsl__strdup(given->names[lang])));
            free(name ? policy->stage_names[stage][lang] : NULL);
            policy->stage_names[stage][lang] = name ? name : policy->stage_names[stage][lang];
        }
    }
done:
    return status;
}

static tsl_status fit_lifecycle(const tsl__labeling *job, tsl_error *err)
{
    tsl_policy *policy = job->labels->policy;
    const tsl_label_options *opt = job->opt;
    tsl_status status = TSL_OK;
    policy->has_lifecycle = 1;
    policy->new_days = opt->new_days;
    policy->lost_factor = opt->lost_factor;
    policy->shrinkage = opt->shrinkage;
    policy->levels = opt->levels;
    policy->vocabulary = opt->vocabulary;
    policy->stage_basis = opt->stage_basis;
    policy->by_alive = opt->stage_basis != TSL_STAGES_GAPS && has_alive(job->labels);
    TSL__TRY(fit_names(opt, policy, err));
    TSL__TRY(fit_population(job->labels, policy, err));
done:
    return status;
}

/* ---- What is counted --------------------------------------------------------------------- */

/* Where the values go, and what they come to. */
typedef struct grades {
    tsl__total stage[TSL_STAGES], phase[TSL_PHASES_MAX], all;
} grades;

static void open_phases(tsl_labels *labels)
{
    const tsl_phase *phase = tsl_vocabulary_get_phases(labels->policy->vocabulary, &labels->phase_count);
    for (size_t p = 0; p < labels->phase_count; p++) {
        labels->phase[p] = (tsl_phase_row){.phase = &phase[p]};
    }
}

static void count_customers(tsl_labels *labels, grades *of)
{
    for (size_t i = 0; i < labels->customers; i++) {
        const int s = labels->customer_stage[i];
        if (s < 0) {
            continue;
        }
        const size_t p = tsl_vocabulary_get_index(labels->policy->vocabulary, (tsl_stage)s);
        labels->stage[s].size++;
        labels->phase[p].size++;
        if (labels->value) {
            tsl__total_add(&of->stage[s], labels->value[i]);
            tsl__total_add(&of->phase[p], labels->value[i]);
            tsl__total_add(&of->all, labels->value[i]);
        }
    }
}

static void count_stages(tsl_labels *labels)
{
    grades of = {.all = {0}};
    const int money = tsl__value_is_money(labels);
    open_phases(labels);
    count_customers(labels, &of);
    const double sum = labels->value ? tsl__total_get(&of.all, money) : (double)NAN;
    for (int s = 0; s < TSL_STAGES; s++) {
        labels->stage[s].stage = (tsl_stage)s;
        labels->stage[s].value_total = isnan(sum) ? sum : tsl__total_get(&of.stage[s], money);
        labels->stage[s].value_share = sum > 0 ? labels->stage[s].value_total / sum : (double)NAN;
    }
    for (size_t p = 0; p < labels->phase_count; p++) {
        labels->phase[p].value_total = isnan(sum) ? sum : tsl__total_get(&of.phase[p], money);
        labels->phase[p].value_share = sum > 0 ? labels->phase[p].value_total / sum : (double)NAN;
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

/* Customers who bought on two days or more. */
static size_t count_rhythms(const tsl_labels *labels)
{
    size_t count = 0;
    for (size_t i = 0; i < labels->customers; i++) {
        count += labels->features->history[i * TSL_HISTORY_COLUMNS + TSL_HISTORY_GAP_P90] > 0;
    }
    return count;
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
    } else if (!policy->gap_learned && count_rhythms(labels) > 0) {
        status = tsl__notes_add(&labels->notes,
                                "too few customers came back (%zu) to tell what is usual, so a silence of %.0f days "
                                "counts as risk",
                                count_rhythms(labels), policy->gap_p90);
    } else if (!policy->gap_learned) {
        status = tsl__notes_add(&labels->notes, "%s, so a silence of %.0f days counts as risk",
                                came_back(labels) ? "the days between purchases are not told, as the first one is not"
                                                  : "no customer bought on two days",
                                FALLBACK_GAP_DAYS);
    }
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}

/* ---- What is gone by --------------------------------------------------------------------- */

tsl__stage_columns tsl__stage_columns_find(const tsl_labels *labels)
{
    const tsl_features *features = labels->features;
    return (tsl__stage_columns){.recency = tsl_features_get_index(features, "recency_days"),
                                .alive = labels->policy->by_alive ? tsl_features_get_index(features, "p_alive")
                                                                  : features->feature_count,
                                .lines = tsl_features_get_index(features, "lines"),
                                .total = tsl_features_get_index(features, "monetary_total"),
                                .returned = tsl_features_get_index(features, "return_share")};
}

tsl__stage_facts tsl__stage_facts_get(const tsl_labels *labels, const tsl__stage_columns *of, size_t customer)
{
    const tsl_features *features = labels->features;
    const tsl_policy *policy = labels->policy;
    const double *h = features->history + customer * TSL_HISTORY_COLUMNS;
    const double *x = features->x + customer * features->feature_count;
    tsl__stage_facts facts = {.gaps = h[TSL_HISTORY_X],
                              .span = h[TSL_HISTORY_TX],
                              .tenure = h[TSL_HISTORY_T] + 1,
                              .silence = tsl__lifecycle_silence(features, of->recency, customer),
                              .gap_last = h[TSL_HISTORY_GAP_LAST],
                              .gap_max = h[TSL_HISTORY_GAP_MAX],
                              .limit = tsl__lifecycle_limit(h, policy),
                              .alive = NAN,
                              .as_of = features->as_of};
    /* Of who bought once a model knows nothing but the silence, and may have him alive for years. */
    if (of->alive < features->feature_count && !tsl__stage_is_once(&facts)) {
        facts.alive = x[of->alive];
    }
    return facts;
}

static tsl_status fill_stages(const tsl__labeling *job, tsl_error *err)
{
    static const tsl__stage_state unknown = {-1, -1, TSL_NO_DAY};
    const tsl__stage_state *before = job->kept ? job->kept->before : NULL;
    tsl_labels *labels = job->labels;
    const tsl__stage_columns columns = tsl__stage_columns_find(labels);
    tsl_status status = TSL_OK;
    TSL__NEED(labels->stage = tsl__alloc_zero(TSL_STAGES, sizeof *labels->stage));
    labels->stage_count = TSL_STAGES;
    TSL__NEED(labels->customer_stage = tsl__alloc(labels->customers, 1));
    TSL__NEED(labels->stage_from = tsl__alloc(labels->customers, 1));
    TSL__NEED(labels->stage_since = tsl__alloc(labels->customers, sizeof *labels->stage_since));
    for (size_t i = 0; i < labels->customers; i++) {
        const tsl__stage_facts facts = tsl__stage_facts_get(labels, &columns, i);
        const tsl__stage_state state = tsl__stage_find(&facts, labels->policy, before ? &before[i] : &unknown);
        labels->customer_stage[i] = state.stage;
        labels->stage_from[i] = state.from;
        labels->stage_since[i] = state.since;
    }
done:
    return status;
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
    TSL__TRY(fill_stages(job, err));
    labels->gap_p90 = labels->policy->gap_p90;
    labels->has_lifecycle = 1;
    count_stages(labels);
done:
    return status;
}
