/* segments.c: the model's groups -> segments: clusters, then those who were set apart.
 * Segment s is group s: the model orders them, once. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "label/confidence.h"
#include "label/evolution/segment_drift.h"
#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>

/* Each customer's segment, from his assignment. */
static tsl_status take_assignment(const tsl_assignment *a, tsl_labels *labels, tsl_error *err)
{
    size_t n = labels->customers;
    tsl_status status = TSL_OK;
    TSL__NEED(labels->customer_segment = tsl__alloc(n, sizeof *labels->customer_segment));
    TSL__NEED(labels->runner_up = tsl__alloc(n, sizeof *labels->runner_up));
    TSL__NEED(labels->distance = tsl__alloc(n, sizeof *labels->distance));
    TSL__NEED(labels->confidence = tsl__alloc(n, sizeof *labels->confidence));
    for (size_t i = 0; i < n; i++) {
        labels->customer_segment[i] = a->label[i] + 1;
        labels->runner_up[i] = a->runner_up[i] + 1;
        labels->distance[i] = a->distance[i];
        labels->confidence[i] = tsl__confidence_get(a, i);
    }
done:
    return status;
}

/* Sizes and totals. */
static tsl_status measure(tsl_labels *labels, size_t k, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__total *total = NULL, all = {0};
    double weight = 0;
    int money = tsl__value_is_money(labels);
    TSL__NEED(total = tsl__alloc_zero(k, sizeof *total));
    TSL__NEED(labels->segments = tsl__alloc_zero(k, sizeof *labels->segments));
    labels->segment_count = k;
    for (size_t i = 0; i < labels->customers; i++) {
        size_t s = (size_t)labels->customer_segment[i] - 1;
        double w = tsl__weight_get(labels->features->weight, i);
        labels->segments[s].size++;
        labels->segments[s].weight += w;
        weight += w;
        if (labels->value) {
            tsl__total_add(&total[s], labels->value[i]);
            tsl__total_add(&all, labels->value[i]);
        }
    }
    double sum = tsl__total_get(&all, money);
    for (size_t s = 0; s < k; s++) {
        double value = tsl__total_get(&total[s], money);
        const tsl_segment of = labels->segments[s];
        labels->segments[s] = (tsl_segment){
            .cluster = (int)s,
            .size = of.size,
            .share = labels->customers ? of.weight / weight : 0,
            .value_total = labels->value && !isnan(sum) ? value : NAN,
            .value_share = labels->value && sum > 0 ? value / sum : NAN,
            .precision = NAN,
            .coverage = NAN,
            .confidence_mean = of.weight > 0 ? 0 : (double)NAN,
            .weight = of.weight,
        };
    }
    for (size_t i = 0; i < labels->customers; i++) {
        tsl_segment *s = &labels->segments[labels->customer_segment[i] - 1];
        s->confidence_mean += labels->confidence[i] * tsl__weight_get(labels->features->weight, i);
    }
    for (size_t s = 0; s < k; s++) {
        const double mean = labels->segments[s].confidence_mean / labels->segments[s].weight; /* NaN: nobody is in it */
        labels->segments[s].confidence_mean = mean > 1 ? 1 : mean; /* what sums of weights round up to */
    }
done:
    free(total);
    return status;
}

/* How often each customer counts, where the model's rows were weighted and the features tell; else *out is NULL:
 * that a weight is no good is for those to say who fit by it. */
static tsl_status take_weights(const tsl_model *model, const tsl_features *features, double **out, tsl_error *err)
{
    *out = NULL;
    if (!model->weights_hash || !features->recipe || (!features->weight && !features->recipe->weight)) {
        return TSL_OK;
    }
    if (!(*out = tsl__alloc(features->customers, sizeof **out))) {
        return tsl__error_nomem(err);
    }
    if (tsl_features_get_weights(features, *out, NULL) != TSL_OK) {
        free(*out);
        *out = NULL;
    }
    return TSL_OK;
}

/* Sizes, mean distances and what the rules catch against those of the fit. */
static tsl_status compare(const tsl_model *model, tsl_labels *labels, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__segment_sum *sum = NULL;
    double *weight = NULL;
    TSL__NEED(sum = tsl__alloc_zero(labels->segment_count, sizeof *sum));
    TSL__TRY(take_weights(model, labels->features, &weight, err));
    for (size_t i = 0; i < labels->customers; i++) {
        tsl__segment_sum_add(&sum[labels->customer_segment[i] - 1], labels->distance[i], weight ? weight[i] : 1);
    }
    TSL__TRY(tsl__segment_drift_make(model, sum, weight != NULL, &labels->drift, &labels->segmentation_drift, err));
    for (size_t s = 0; s < labels->segment_count; s++) {
        labels->drift[s].precision_now = labels->segments[s].precision;
        labels->drift[s].coverage_now = labels->segments[s].coverage;
    }
done:
    free(weight);
    free(sum);
    return status;
}

tsl_status tsl__segments_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    TSL__TRY(take_assignment(job->assignment, labels, err));
    TSL__TRY(measure(labels, (size_t)tsl_model_get_groups(job->model), err));
    TSL__TRY(tsl__agreement_fill(job, err));
    if (labels->applied) {
        TSL__TRY(compare(job->model, labels, err));
    }
done:
    return status;
}
