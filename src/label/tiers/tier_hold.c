/* tier_hold.c: fast up, slow down. Who is worth a higher tier than he had gets it at once; who is worth a lower one
 * keeps his until the value is under its cut by the margin, in as many evaluations as the grace, and then falls by no
 * more than a step, after which the counting begins again. docs/methods/tiers.md. */
#include "label/tiers/tier_hold.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "label/tiers/tier_plan.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int tsl__tiers_are_held(const tsl_policy *policy)
{
    return policy->tier_margin > 0 || policy->tier_grace > 1 || policy->tier_step > 0;
}

/* 1 where a value is under the cut of the tier by the margin; what is not known, or not over 0, is. */
static int is_below(const tsl_policy *policy, double value, int tier)
{
    const tsl_tier_cut cut = policy->tier_cut[tier];
    const tsl_tier_cut lower = {cut.least - fabs(cut.least) * policy->tier_margin, cut.above};
    return !(value > 0) || !tsl__tier_reaches(value, &lower);
}

/* The tier of one whose value gives `own`, and who was in `had` for so many evaluations below it. */
static int hold_one(const tsl_policy *policy, double value, int own, int had, int32_t *below)
{
    if (own <= had) {
        *below = 0;
        return own;
    }
    *below = is_below(policy, value, had) ? *below + 1 : 0;
    if (*below < policy->tier_grace) {
        return had;
    }
    const int most = policy->tier_step && policy->tier_step < own - had ? had + policy->tier_step : own;
    *below = 0;
    return most;
}

/* What tiers are cut by, as one names it. */
static const char *get_scale(const tsl_policy *policy)
{
    return policy->tiers_of_score ? "the score" : policy->value;
}

/* 1 where the tiers then were of something else: of these nobody keeps any. */
static int is_other_scale(const tsl_policy *then, const tsl_policy *now)
{
    return then && then->tier_count && strcmp(get_scale(then), get_scale(now)) != 0;
}

/* The tiers then, by code, in the order of now; -1: there is none of it any more. */
static tsl_status match_codes(const tsl__kept_names *kept, const tsl_policy *policy, int **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int *tier = NULL;
    TSL__NEED(tier = *out = tsl__alloc((size_t)kept->tier_codes + 1, sizeof *tier));
    for (int c = 0; c < kept->tier_codes; c++) {
        tier[c] = -1;
        for (size_t t = 0; t < policy->tier_count; t++) {
            tier[c] = strcmp(policy->tier_name[t].code, kept->tier_code[c]) == 0 ? (int)t : tier[c];
        }
    }
done:
    return status;
}

static tsl_status note(const tsl__labeling *job, uint64_t unknown, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    if (labels->held) {
        TSL__TRY(tsl__notes_put(&labels->notes, err,
                                "%" PRIu64 " customer%s a higher tier than the value gives, as tiers fall slowly",
                                labels->held, labels->held == 1 ? " keeps" : "s keep"));
    }
    if (unknown) {
        TSL__TRY(tsl__notes_put(&labels->notes, err,
                                "%" PRIu64
                                " customer%s had a tier in the previous run that there is no more: the value "
                                "alone counts",
                                unknown, unknown == 1 ? "" : "s"));
    }
done:
    return status;
}

tsl_status tsl__tiers_hold(const tsl__labeling *job, const double *value, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    const tsl_policy *policy = labels->policy;
    const tsl__kept_names *kept = job->kept;
    tsl_status status = TSL_OK;
    int *tier = NULL;
    uint64_t unknown = 0;
    if (!tsl__tiers_are_held(policy)) {
        return !labels->applied || !kept || !kept->tier
                   ? TSL_OK
                   : tsl__notes_put(&labels->notes, err,
                                    "tiers go by the values alone, whatever they were in the previous run: "
                                    "policy.margin, policy.grace and policy.step make them fall slowly");
    }
    if (!kept || !kept->tier) {
        return !labels->applied ? TSL_OK
                                : tsl__notes_put(&labels->notes, err,
                                                 "tiers fall slowly by the model's policy, but nobody's earlier tier "
                                                 "is known: they go by the values alone; --previous RUN tells it");
    }
    if (is_other_scale(kept->tier_policy, policy)) {
        return tsl__notes_put(&labels->notes, err,
                              "tiers of the previous run were cut by %s, and these are by %s: nobody keeps an earlier "
                              "tier, and the values alone count",
                              get_scale(kept->tier_policy), get_scale(policy));
    }
    TSL__TRY(match_codes(kept, policy, &tier, err));
    TSL__NEED(labels->tier_by_value = tsl__alloc(labels->customers, 1));
    TSL__NEED(labels->tier_before = tsl__alloc(labels->customers, 1));
    TSL__NEED(labels->tier_below = tsl__alloc_zero(labels->customers, sizeof *labels->tier_below));
    for (size_t i = 0; i < labels->customers; i++) {
        const tsl__former_tier *then = &kept->tier[i];
        const int own = labels->tier_by_value[i] = labels->customer_tier[i],
                  had = then->code < 0 ? -1 : tier[then->code];
        labels->tier_before[i] = (int8_t)had;
        unknown += then->code >= 0 && had < 0;
        if (had >= 0) {
            labels->tier_below[i] = then->below;
            labels->customer_tier[i] = (int8_t)hold_one(policy, value[i], own, had, &labels->tier_below[i]);
            labels->held += labels->customer_tier[i] < own;
        }
    }
    TSL__TRY(note(job, unknown, err));
    if (!kept->tier_policy) {
        TSL__TRY(
            tsl__notes_add(&labels->notes,
                           "whether tiers of the previous run were cut by %s, too, is not known without its model: "
                           "they are taken to be",
                           get_scale(policy)));
    }
done:
    free(tier);
    return status;
}

/* ---- In words ------------------------------------------------------------------------ */

/* How far under the cut, in percent; NaN where that says nothing. */
static double get_distance(const tsl_labels *labels, size_t i, int tier)
{
    const double cut = labels->policy->tier_cut[tier].least, value = tsl__tiers_get_value(labels)[i];
    return isfinite(cut) && cut > 0 && !isnan(value) ? fmin(fmax(100 * (cut - value) / cut, .1), 100) : (double)NAN;
}

static void put_percent(tsl__text *t, double percent)
{
    tsl__text_printf(t, percent < 1 ? "%.1f %%" : "%.0f %%", percent);
}

/* "kept Gold: under its cut by 14 % since 1 evaluation, falls at 2" */
static void put_kept(const tsl_labels *labels, size_t i, int zh, tsl__text *t)
{
    const tsl_policy *policy = labels->policy;
    const int tier = labels->customer_tier[i];
    const int32_t below = labels->tier_below[i];
    const double percent = get_distance(labels, i, tier);
    tsl__text_printf(t, zh ? "，保留%s" : ", kept %s", policy->tier_name[tier].names[zh]);
    tsl__text_puts(t, zh ? "：低于其起点" : ": under its cut");
    if (!isnan(percent)) {
        tsl__text_puts(t, zh ? " " : " by ");
        put_percent(t, percent);
    }
    if (below) {
        tsl__text_printf(t,
                         zh           ? "，已连续 %d 次评估"
                         : below == 1 ? " since %d evaluation"
                                      : " since %d evaluations",
                         (int)below);
        tsl__text_printf(t, zh ? "，满 %d 次降级" : ", falls at %d", policy->tier_grace);
    } else {
        tsl__text_puts(t, zh ? "，未超过容许的 " : ", within the margin of ");
        put_percent(t, 100 * policy->tier_margin);
    }
}

int tsl__tier_hold_put(const tsl_labels *labels, size_t customer, int lang, tsl__text *text)
{
    const int zh = lang == 1;
    if (!labels->tier_by_value || labels->customer_tier[customer] >= labels->tier_by_value[customer]) {
        return 0;
    }
    const tsl_policy *policy = labels->policy;
    const int tier = labels->customer_tier[customer];
    const char *own = policy->tier_name[labels->tier_by_value[customer]].names[zh],
               *name = policy->tier_name[tier].names[zh];
    if (tier == labels->tier_before[customer]) {
        put_kept(labels, customer, zh, text);
    } else {
        tsl__text_printf(text,
                         zh ? "，降至%s：按价值为%s，但每次最多降 %d 级"
                            : ", fell to %s: %s by the value, but no more than %d at a time",
                         name, own, policy->tier_step);
    }
    return 1;
}
