/* segments.c: clusters -> segments. Segment s is the model's cluster s - 1: it
 * numbers them, once. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"

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
        double second = a->runner_up_distance[i];
        labels->customer_segment[i] = a->label[i] + 1;
        labels->runner_up[i] = a->runner_up[i] + 1;
        labels->distance[i] = a->distance[i];
        labels->confidence[i] = a->runner_up[i] < 0 ? 1 : second > 0 ? 1 - a->distance[i] / second : 0;
    }
done:
    return status;
}

/* Sizes and totals. */
static tsl_status measure(tsl_labels *labels, size_t k, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__total *total = NULL, all = {0};
    int money = tsl__value_is_money(labels);
    TSL__NEED(total = tsl__alloc_zero(k, sizeof *total));
    TSL__NEED(labels->segments = tsl__alloc_zero(k, sizeof *labels->segments));
    labels->segment_count = k;
    for (size_t i = 0; i < labels->customers; i++) {
        size_t s = (size_t)labels->customer_segment[i] - 1;
        labels->segments[s].size++;
        if (labels->value) {
            tsl__total_add(&total[s], labels->value[i]);
            tsl__total_add(&all, labels->value[i]);
        }
    }
    double sum = tsl__total_get(&all, money);
    for (size_t s = 0; s < k; s++) {
        double value = tsl__total_get(&total[s], money);
        uint64_t size = labels->segments[s].size;
        labels->segments[s] = (tsl_segment){
            .segment = (int)s + 1,
            .cluster = (int)s,
            .size = size,
            .share = labels->customers ? (double)size / (double)labels->customers : 0,
            .value_total = labels->value && !isnan(sum) ? value : NAN,
            .value_share = labels->value && sum > 0 ? value / sum : NAN,
            .precision = NAN,
            .coverage = NAN,
            .confidence_mean = size ? 0 : (double)NAN,
        };
    }
    for (size_t i = 0; i < labels->customers; i++) {
        tsl_segment *s = &labels->segments[labels->customer_segment[i] - 1];
        s->confidence_mean += labels->confidence[i] / (double)s->size;
    }
done:
    free(total);
    return status;
}

/* Sizes, mean distances and what the rules catch against those of the fit. */
static tsl_status compare(const tsl_model *model, tsl_labels *labels, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *distance = NULL;
    TSL__NEED(distance = tsl__alloc_zero(labels->segment_count, sizeof *distance));
    TSL__NEED(labels->drift = tsl__alloc_zero(labels->segment_count, sizeof *labels->drift));
    for (size_t i = 0; i < labels->customers; i++) {
        distance[labels->customer_segment[i] - 1] += labels->distance[i];
    }
    for (size_t s = 0; s < labels->segment_count; s++) {
        uint64_t size = labels->segments[s].size;
        labels->drift[s] = (tsl_segment_drift){
            .size_then = model->size[s],
            .size_now = size,
            .share_then = (double)model->size[s] / (double)model->rows,
            .share_now = labels->segments[s].share,
            .distance_then = model->mean_distance[s],
            .distance_now = size ? distance[s] / (double)size : (double)NAN,
            .precision_then = model->tree ? model->tree->precision[s] : (double)NAN,
            .precision_now = labels->segments[s].precision,
            .coverage_then = model->tree ? model->tree->coverage[s] : (double)NAN,
            .coverage_now = labels->segments[s].coverage,
        };
    }
done:
    free(distance);
    return status;
}

tsl_status tsl__segments_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    TSL__TRY(take_assignment(job->assignment, labels, err));
    TSL__TRY(measure(labels, (size_t)job->model->k, err));
    TSL__TRY(tsl__agreement_fill(job, err));
    if (labels->applied) {
        TSL__TRY(compare(job->model, labels, err));
    }
done:
    return status;
}
