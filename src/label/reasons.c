/* reasons.c: why each customer has his stage and tier, in one sentence. */
#include "label/internal.h"
#include "label/tiers/tier_hold.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#define CENTS 2 /* places after the point */

/* What is the same for all customers. */
typedef struct speech {
    int zh;
    int places; /* of a value */
    tsl__stage_columns columns;
} speech;

static double in_cents(double value)
{
    return round(value * 100) / 100;
}

/* Cents tell enough of a value from 1 on, unless it would look like the cut that it is not. */
static int is_enough(double value, double cut)
{
    const int alike = value != cut && in_cents(value) == in_cents(cut);
    return (value == 0 || fabs(value) >= 1) && fabs(value) < 1e12 && !alike;
}

/* "value 4656.39, VIP from 3579.51"; "value 7.20, under Bronze (from 83.70)": a
 * customer of the last tier is told where the next one begins. */
static void put_tier(tsl__text *t, const tsl_labels *labels, size_t i, const speech *how)
{
    static const char *const form[2][2][2] = {
        {{", %s from ", "，%s起点 "}, {", %s over ", "，%s高于 "}},
        {{", under %s (from ", "，低于%s起点 "}, {", under %s (over ", "，未超过%s分界 "}}};
    const int zh = how->zh;
    const tsl_policy *policy = labels->policy;
    size_t shown = (size_t)labels->customer_tier[i];
    const int under = shown + 1 == policy->tier_count;
    while (shown > 0 && isnan(tsl__tier_get_cut(policy, shown))) {
        shown--;
    }
    const double cut = tsl__tier_get_cut(policy, shown), value = tsl__tiers_get_value(labels)[i];
    static const char *const word[2][2] = {{"value", "价值"}, {"score", "得分"}};
    const char *name = word[policy->tiers_of_score][zh];
    const int cents = is_enough(value, cut), known = !isnan(value);
    if (known) {
        tsl__text_puts(t, name);
        tsl__text_puts(t, " ");
        tsl__text_shown(t, cents ? in_cents(value) : value, how->places > CENTS && cents ? CENTS : how->places);
    } else {
        tsl__text_printf(t, zh ? "%s未知" : "%s unknown", name);
    }
    if (tsl__tier_hold_put(labels, i, zh, t)) {
        return;
    }
    if (known && !isnan(cut)) {
        tsl__text_printf(t, form[under][policy->tier_cut[shown].above][zh], policy->tier_name[shown].names[zh]);
        const int brief = cents && fabs(cut) >= 1;
        tsl__text_shown(t, brief ? in_cents(cut) : cut, how->places > CENTS && brief ? CENTS : how->places);
        tsl__text_puts(t, under && !zh ? ")" : "");
    }
}

/* Where there is neither value nor date, what is left to say is where he lies. */
static void put_place(tsl__text *t, const tsl_labels *labels, size_t i, int zh)
{
    const char *name = labels->segments[labels->customer_segment[i] - 1].names[zh];
    int other = labels->runner_up[i];
    if (!other) {
        tsl__text_puts(t, zh ? "唯一的客群" : "the only segment");
    } else {
        tsl__text_printf(t, zh ? "最接近“%s”，其次“%s”" : "nearest to \"%s\", then to \"%s\"", name,
                         labels->segments[other - 1].names[zh]);
    }
}

static speech open_speech(const tsl_labels *labels, int zh)
{
    const int places = labels->policy->tiers_of_score ? CENTS
                       : tsl__value_is_money(labels)  ? labels->features->decimals
                                                      : 0;
    return (speech){zh, places, labels->has_lifecycle ? tsl__stage_columns_find(labels) : (tsl__stage_columns){0}};
}

static tsl_reason put_reason(const tsl_labels *labels, size_t i, const speech *how, tsl__text *t)
{
    tsl_reason reason = labels->has_tiers ? TSL_REASON_VALUE : TSL_REASON_PLACE;
    if (labels->has_lifecycle) {
        reason = tsl__stage_words_put(labels, &how->columns, i, how->zh, t);
    }
    if (labels->has_lifecycle && labels->has_tiers) {
        tsl__text_puts(t, how->zh ? "；" : "; ");
    }
    if (labels->has_tiers) {
        put_tier(t, labels, i, how);
    }
    if (!labels->has_lifecycle && !labels->has_tiers) {
        put_place(t, labels, i, how->zh);
    }
    return reason;
}

void tsl__reason_put(const tsl_labels *labels, size_t customer, int lang, tsl__text *text)
{
    const speech how = open_speech(labels, lang);
    (void)put_reason(labels, customer, &how, text);
}

/* 0: out of memory. */
static int put_reasons(tsl_labels *labels, size_t begin, size_t end, const speech *how)
{
    tsl__text t = {0};
    int whole = 1;
    for (size_t i = begin; i < end && whole; i++) {
        tsl__text_clear(&t);
        labels->reason_code[i] = (uint8_t)put_reason(labels, i, how, &t);
        labels->reason[i] = t.failed ? NULL : tsl__strndup(t.length ? t.data : "", t.length);
        whole = labels->reason[i] != NULL;
    }
    tsl__text_free(&t);
    return whole;
}

tsl_status tsl__reasons_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    const speech how = open_speech(labels, strcmp(tsl_lang_get_code(job->lang), "zh") == 0);
    const size_t blocks = tsl__block_count(labels->customers);
    if (!job->opt->reasons) {
        return TSL_OK;
    }
    labels->reason = tsl__alloc_zero(labels->customers, sizeof *labels->reason);
    labels->reason_code = tsl__alloc(labels->customers, sizeof *labels->reason_code);
    if (!labels->reason || !labels->reason_code) {
        return tsl__error_nomem(err);
    }
    int failed = 0;
#pragma omp parallel for schedule(dynamic, 1) num_threads(blocks > 1 ? job->threads : 1)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(labels->customers, b, &begin, &end);
        if (!put_reasons(labels, begin, end, &how)) {
#pragma omp atomic write
            failed = 1;
        }
    }
    return failed ? tsl__error_nomem(err) : TSL_OK;
}
