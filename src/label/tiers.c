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
    return tiers[tier].code;
}

const char *tsl_tier_get_name(int tier, const char *lang)
{
    return strcmp(lang, "zh") == 0 ? tiers[tier].zh : tiers[tier].en;
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
static void cut_shares(const tsl_label_options *opt, const double *sorted, size_t count, size_t customers,
                       double cut[TSL_TIERS - 1])
{
    double revenue = 0, seen = 0, share = 0;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        revenue += sorted[i];
    }
    for (int t = 0; t < TSL_TIERS - 1; t++) {
        share += opt->tier_share[t];
        if (opt->tier_method == TSL_TIER_QUANTILE) {
            at = (size_t)ceil(share * (double)customers - 1e-9);
        } else {
            /* those who stand before the share of revenue is reached */
            while (at < count && seen < share * revenue * (1 - 1e-12)) {
                seen += sorted[at++];
            }
        }
        size_t in = at < count ? at : count;
        cut[t] = opt->tier_share[t] > 0 && in > 0 ? sorted[in - 1] : t > 0 ? cut[t - 1] : INFINITY;
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

static void describe(tsl_labels *labels, const double cut[TSL_TIERS - 1])
{
    tsl__total total[TSL_TIERS] = {0}, all = {0};
    int money = tsl__value_is_money(labels);
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
        tier->value_total = tsl__total_get(&total[t], money);
        tier->value_share = sum > 0 ? tier->value_total / sum : NAN;
        tier->lowest = t < TSL_TIERS - 1 && tier->size > 0 ? cut[t] : NAN;
    }
}

tsl_status tsl__tiers_fill(const tsl_label_options *opt, tsl_labels *labels, tsl_error *err)
{
    if (!labels->value) {
        return TSL_OK;
    }
    size_t count = 0;
    double cut[TSL_TIERS - 1];
    double *sorted = tsl__alloc(labels->customers, sizeof *sorted);
    labels->customer_tier = tsl__alloc(labels->customers, 1);
    if (!sorted || !labels->customer_tier) {
        free(sorted);
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < labels->customers; i++) {
        if (labels->value[i] > 0) {
            sorted[count++] = labels->value[i];
        }
    }
    if (opt->tier_method == TSL_TIER_CUTS) {
        memcpy(cut, opt->tier_cut, sizeof cut);
    } else {
        qsort(sorted, count, sizeof *sorted, compare_falling);
        cut_shares(opt, sorted, count, labels->customers, cut);
    }
    free(sorted);
    for (size_t i = 0; i < labels->customers; i++) {
        labels->customer_tier[i] = (int8_t)tier_of(labels->value[i], cut);
    }
    describe(labels, cut);
    labels->has_tiers = 1;
    return TSL_OK;
}
