/* usual.c: what is usual in each segment, and how tiers and stages cross. */
#include "label/portrait/portrait_parts.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

/* What a median is of, and where it goes. */
typedef struct usual {
    const double *value;
    size_t to;
} usual;

static tsl_status find_medians(const tsl_labels *labels, const usual *of, tsl_portrait *portrait, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *median = NULL;
    TSL__NEED(median = tsl__alloc(labels->segment_count, sizeof *median));
    for (size_t s = 0; s < labels->segment_count; s++) {
        median[s] = NAN;
    }
    TSL__TRY(of->value ? tsl__segment_medians_get(labels, of->value, 1, median, err) : TSL_OK);
    for (size_t s = 0; s < labels->segment_count; s++) {
        *(double *)(void *)((char *)&portrait->segment[s] + of->to) = median[s];
    }
done:
    free(median);
    return status;
}

/* Of those of whom it is known; NaN where it is of nobody. */
static double get_mean(const tsl__total *total, int money)
{
    return total->known ? tsl__total_get(total, money) / (double)total->known : (double)NAN;
}

static tsl_status find_means(const tsl_labels *labels, const double *frequency, tsl_portrait *portrait, tsl_error *err)
{
    const int money = tsl__value_is_money(labels);
    tsl_status status = TSL_OK;
    tsl__total *total = NULL, all = {0};
    TSL__NEED(total = tsl__alloc_zero(labels->segment_count, sizeof *total));
    for (size_t i = 0; labels->value && i < labels->customers; i++) {
        tsl__total_add(&total[labels->customer_segment[i] - 1], labels->value[i]);
        if (!frequency || !(frequency[i] <= 0)) {
            tsl__total_add(&all, labels->value[i]);
        }
    }
    for (size_t s = 0; s < labels->segment_count; s++) {
        portrait->segment[s].value_mean = get_mean(&total[s], money);
    }
    portrait->value_mean = get_mean(&all, money);
done:
    free(total);
    return status;
}

tsl_status tsl__usual_fill(const tsl_labels *labels, const tsl__portrait_columns *columns, tsl_portrait *portrait,
                           tsl_error *err)
{
    const usual of[] = {
        {columns->of[TSL__OF_RECENCY], offsetof(tsl_portrait_segment, recency_median)},
        {columns->of[TSL__OF_FREQUENCY], offsetof(tsl_portrait_segment, frequency_median)},
        {columns->of[TSL__OF_PURCHASE], offsetof(tsl_portrait_segment, purchase_median)},
        {labels->value, offsetof(tsl_portrait_segment, value_median)},
    };
    tsl_status status = TSL_OK;
    TSL__NEED(portrait->segment = tsl__alloc_zero(labels->segment_count, sizeof *portrait->segment));
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        TSL__TRY(find_medians(labels, &of[i], portrait, err));
    }
    TSL__TRY(find_means(labels, columns->of[TSL__OF_FREQUENCY], portrait, err));
done:
    return status;
}

tsl_status tsl__stage_tier_fill(const tsl_labels *labels, const tsl__portrait_columns *columns, tsl_portrait *portrait,
                                tsl_error *err)
{
    const size_t tiers = labels->tier_count, cells = labels->stage_count * tiers;
    const int money = tsl__value_is_money(labels);
    tsl_status status = TSL_OK;
    tsl__total *total = NULL;
    (void)columns;
    if (!labels->has_tiers || !labels->has_lifecycle) {
        return TSL_OK;
    }
    TSL__NEED(total = tsl__alloc_zero(cells, sizeof *total));
    TSL__NEED(portrait->stage_tier = tsl__alloc_zero(cells, sizeof *portrait->stage_tier));
    for (size_t i = 0; i < labels->customers; i++) {
        if (labels->customer_stage[i] >= 0 && labels->customer_tier[i] >= 0) {
            const size_t c = (size_t)labels->customer_stage[i] * tiers + (size_t)labels->customer_tier[i];
            portrait->stage_tier[c].size++;
            tsl__total_add(&total[c], labels->value ? labels->value[i] : (double)NAN);
        }
    }
    for (size_t c = 0; c < cells; c++) {
        portrait->stage_tier[c].value_total = labels->value ? tsl__total_get(&total[c], money) : (double)NAN;
    }
done:
    free(total);
    return status;
}
