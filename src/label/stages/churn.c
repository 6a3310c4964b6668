/* churn.c: who is likely to buy nothing in the next 90 days, and what is at stake: by a model of purchases where it is
 * known, else by what became of such silences before. docs/methods/churn.md. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/catalogue.h"
#include "feature/records/silences.h"
#include "label/stages/churn.h"
#include "stat/rising.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_SEEN 100 /* customers: of fewer nothing can be told */
#define EXPECTED "clv_365d"
#define SPENT "monetary_total"
#define POPULATION 5.0 /* customers that all of a span count as, beside those of a habit */

_Static_assert(TSL_CHURN_DAYS == TSL_SILENCE_DAYS, "a silence is followed for as long as is foretold");

/* ---- What became of silences ------------------------------------------------------------ */

/* Share of those who did not buy, by habit and span. */
typedef double table[TSL_SILENCE_HABITS][TSL_SILENCE_SPANS];

/* Of all habits: rising with the span; where nobody was so silent, as of those next to it. */
static void fit_spans(const tsl_silences *of, double risk[TSL_SILENCE_SPANS])
{
    double weight[TSL_SILENCE_SPANS], last = NAN;
    for (size_t s = 0; s < TSL_SILENCE_SPANS; s++) {
        uint64_t seen = 0, back = 0;
        for (size_t h = 0; h < TSL_SILENCE_HABITS; h++) {
            seen += of->seen[h][s];
            back += of->back[h][s];
        }
        risk[s] = seen ? (double)(seen - back) / (double)seen : last;
        weight[s] = seen ? (double)seen : 1e-9;
        last = risk[s];
    }
    for (size_t s = TSL_SILENCE_SPANS; s-- > 0;) {
        risk[s] = isnan(risk[s]) ? risk[s + 1] : risk[s];
    }
    tsl__rising_fit(risk, weight, TSL_SILENCE_SPANS);
}

/* 0: too few were seen. */
static int fit_table(const tsl_silences *of, table risk)
{
    double all[TSL_SILENCE_SPANS];
    uint64_t seen = 0;
    for (size_t i = 0; i < TSL_SILENCE_HABITS * TSL_SILENCE_SPANS; i++) {
        seen += of->seen[i / TSL_SILENCE_SPANS][i % TSL_SILENCE_SPANS];
    }
    if (seen < LEAST_SEEN) {
        return 0;
    }
    fit_spans(of, all);
    for (size_t h = 0; h < TSL_SILENCE_HABITS; h++) {
        double weight[TSL_SILENCE_SPANS];
        for (size_t s = 0; s < TSL_SILENCE_SPANS; s++) {
            weight[s] = (double)of->seen[h][s] + POPULATION;
            risk[h][s] = ((double)(of->seen[h][s] - of->back[h][s]) + POPULATION * all[s]) / weight[s];
        }
        tsl__rising_fit(risk[h], weight, TSL_SILENCE_SPANS);
    }
    return 1;
}

/* ---- Of each customer ---------------------------------------------------------------------- */

static double get_risk(const double *history, double silence, const table *risk)
{
    const double days = history[TSL_HISTORY_X] + 1;
    return risk && days > 0 && silence > 0 ? (*risk)[tsl__silence_get_habit(days)][tsl__silence_get_span(silence)]
                                           : (double)NAN;
}

/* 1: the chosen model of purchases has customers leave. By one that has not, somebody who was quick to buy is sure to
 * buy however long he has been silent. */
static int has_leavers(const tsl_recipe *recipe)
{
    return recipe->has_value && recipe->value.purchases.chosen < TSL_PURCHASE_KINDS &&
           recipe->value.purchases.chosen != TSL_NBD;
}

tsl_status tsl__churn_predict(const tsl_features *features, double **out, int *by_model, tsl_error *err)
{
    const size_t none = features->feature_count, told_by = tsl_features_get_index(features, "p_no_purchase_90d");
    const size_t recency = tsl_features_get_index(features, "recency_days");
    tsl_status status = TSL_OK;
    table risk;
    const int seen = fit_table(&features->recipe->silences, risk);
    const size_t model = has_leavers(features->recipe) ? told_by : none;
    *by_model = model < none;
    *out = NULL;
    if (!features->history || (!seen && model == none)) {
        return TSL_OK;
    }
    TSL__NEED(*out = tsl__alloc(features->customers, sizeof **out));
    for (size_t i = 0; i < features->customers; i++) {
        const double *history = features->history + i * TSL_HISTORY_COLUMNS;
        const double told = model < none ? features->x[i * none + model] : (double)NAN;
        (*out)[i] = isnan(history[TSL_HISTORY_X]) ? (double)NAN
                    : !isnan(told)                ? told
                                                  : get_risk(history, tsl__lifecycle_silence(features, recency, i),
                                              seen ? (const table *)&risk : NULL);
    }
done:
    return status;
}

/* A feature's value of each customer; NULL where there is no such feature, or nobody's is known. */
static const double *find_known(const tsl_features *features, const char *name)
{
    const size_t count = features->feature_count, f = name ? tsl_features_get_index(features, name) : count;
    for (size_t i = 0; f < count && i < features->customers; i++) {
        if (!isnan(features->x[i * count + f])) {
            return features->x + f;
        }
    }
    return NULL;
}

/* 1: the value of the tiers is money of all that a customer bought or has; 0: of one purchase, as a mean is, of which
 * no sum tells anything. */
static int is_total(const tsl_labels *labels)
{
    int total = tsl__value_is_money(labels);
    for (size_t i = 0; total && i < tsl__catalogue_count; i++) {
        total = strcmp(tsl__catalogue[i].name, labels->value_name) != 0 || tsl__catalogue[i].aggregate == TSL__SUM;
    }
    return total;
}

/* What is at risk: what is to be expected of the customer in the next year; where that is known of nobody, the value
 * that tiers go by, if it is a total of money, or all that he has spent. One thing for all customers: of different ones
 * no sum tells anything. */
static tsl_status fill_values(tsl_labels *labels, tsl_error *err)
{
    const tsl_features *features = labels->features;
    const char *const names[] = {EXPECTED, is_total(labels) ? labels->value_name : NULL, SPENT};
    const double *value = NULL;
    tsl_status status = TSL_OK;
    for (size_t n = 0; n < sizeof names / sizeof *names && !value; n++) {
        value = find_known(features, names[n]);
        labels->churn->value = value ? names[n] : NULL;
    }
    if (!value) {
        return TSL_OK;
    }
    TSL__NEED(labels->value_at_risk = tsl__alloc(labels->customers, sizeof *labels->value_at_risk));
    for (size_t i = 0; i < labels->customers; i++) {
        const double known = value[i * features->feature_count];
        labels->value_at_risk[i] = isnan(known) ? known : fmax(0, known) * labels->churn_risk[i];
    }
done:
    return status;
}

/* ---- Of all ---------------------------------------------------------------------------------- */

static void add_customer(const tsl_labels *labels, size_t customer, tsl_churn_part *part)
{
    const double value = labels->value_at_risk ? labels->value_at_risk[customer] : (double)NAN;
    part->size++;
    part->risk_mean += labels->churn_risk[customer]; /* a sum as yet */
    part->value_total += isnan(value) ? 0 : value;
    part->unvalued += labels->value_at_risk && isnan(value);
}

static void close_part(const tsl_labels *labels, tsl_churn_part *part)
{
    part->risk_mean = part->size ? part->risk_mean / (double)part->size : (double)NAN;
    part->value_total = labels->value_at_risk ? part->value_total : (double)NAN;
}

typedef struct ranked {
    double value;
    size_t customer;
} ranked;

static int by_value(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return x->value != y->value ? (x->value > y->value ? -1 : 1)
                                : (x->customer > y->customer) - (x->customer < y->customer);
}

/* The first shares of those of whom it is known, by falling value at risk. */
static tsl_status fill_tops(tsl_labels *labels, tsl_error *err)
{
    static const double share[TSL_CHURN_TOPS] = {.01, .05, .1, .2};
    tsl_churn *churn = labels->churn;
    tsl_status status = TSL_OK;
    ranked *order = NULL;
    size_t count = 0;
    TSL__NEED(order = tsl__alloc(labels->customers, sizeof *order));
    for (size_t i = 0; labels->value_at_risk && i < labels->customers; i++) {
        if (!isnan(labels->value_at_risk[i])) {
            order[count++] = (ranked){labels->value_at_risk[i], i};
        }
    }
    qsort(order, count, sizeof *order, by_value);
    for (size_t t = 0; t < TSL_CHURN_TOPS; t++) {
        churn->top_share[t] = share[t];
        for (size_t i = 0; i < count && (double)i < share[t] * (double)count; i++) {
            add_customer(labels, order[i].customer, &churn->top[t]);
        }
        close_part(labels, &churn->top[t]);
    }
done:
    free(order);
    return status;
}

static void fill_parts(tsl_labels *labels)
{
    tsl_churn *churn = labels->churn;
    for (size_t i = 0; i < labels->customers; i++) {
        if (!isnan(labels->churn_risk[i])) {
            add_customer(labels, i, &churn->all);
            if (labels->customer_stage[i] >= 0) {
                add_customer(labels, i, &churn->stage[labels->customer_stage[i]]);
            }
        }
    }
    close_part(labels, &churn->all);
    for (int s = 0; s < TSL_STAGES; s++) {
        close_part(labels, &churn->stage[s]);
    }
}

tsl_status tsl__churn_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    int by_model = 0;
    if (!labels->has_lifecycle) {
        return TSL_OK;
    }
    TSL__TRY(tsl__churn_predict(labels->features, &labels->churn_risk, &by_model, err));
    if (!labels->churn_risk) {
        goto done;
    }
    TSL__NEED(labels->churn = tsl__alloc_zero(1, sizeof *labels->churn));
    labels->churn->by_model = by_model;
    TSL__TRY(fill_values(labels, err));
    fill_parts(labels);
    TSL__TRY(fill_tops(labels, err));
done:
    return status;
}
