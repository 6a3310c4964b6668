/* reasons.c: why each customer has his stage and tier, in one sentence. */
#include "label/internal.h"
#include "label/tiers/tier_hold.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#define CENTS 2 /* places after the point */

/* {s} silence, {l} its limit, {g} the last gap, {t} tenure: whole days; {S}, {G}, {T}: with the word. */
static const char *const stage_sentence[TSL_STAGES][2] = {
    [TSL_POTENTIAL] = {"no purchase yet", "尚无购买"},
    [TSL_NEW] = {"first purchase {T} ago", "首次购买在 {t} 天前"},
    [TSL_ACTIVE] = {"last purchase {S} ago, within the usual {l}", "{s} 天前购买，未超过其惯常间隔 {l} 天"},
    [TSL_AT_RISK] = {"{S} without a purchase, over the usual {l}", "{s} 天未购买，超过其惯常间隔 {l} 天"},
    [TSL_LOST] = {"{S} without a purchase, far over the usual {l}", "{s} 天未购买，远超其惯常间隔 {l} 天"},
    [TSL_REACTIVATED] = {"bought {S} ago after a silence of {G}", "沉默 {g} 天后，于 {s} 天前再次购买"},
};

/* What is the same for all customers. */
typedef struct speech {
    int zh;
    int places;            /* of a value */
    size_t lines, recency; /* the features, or feature_count */
} speech;

static double days_of(char what, const tsl_labels *labels, size_t i, const speech *how)
{
    const double *h = labels->features->history + i * TSL_HISTORY_COLUMNS;
    switch (what) {
    case 's':
        return tsl__lifecycle_silence(labels->features, how->recency, i);
    case 'l':
        return floor(tsl__lifecycle_limit(h, labels->gap_p90, labels->policy->shrinkage));
    case 'g':
        return h[TSL_HISTORY_GAP_LAST];
    default:
        return h[TSL_HISTORY_T] + 1;
    }
}

/* Lines, but none that made a purchase: returns, or orders taken back whole. */
static int has_lines_only(const tsl_labels *labels, size_t i, size_t lines)
{
    const tsl_features *features = labels->features;
    return labels->customer_stage[i] == TSL_POTENTIAL && lines < features->feature_count &&
           features->x[i * features->feature_count + lines] > 0;
}

static void put_stage(tsl__text *t, const tsl_labels *labels, size_t i, const speech *how)
{
    static const char *const returns_only[2] = {"returns or cancelled orders only", "仅有退货或取消的订单"};
    static const char *const unknown[2] = {"when the last purchase was is not known", "最近购买时间未知"};
    const int stage = labels->customer_stage[i];
    const char *sentence = stage < 0                               ? unknown[how->zh]
                           : has_lines_only(labels, i, how->lines) ? returns_only[how->zh]
                                                                   : stage_sentence[stage][how->zh];
    for (const char *p = sentence; *p; p++) {
        if (p[0] == '{') {
            double days = days_of((char)(p[1] | 0x20), labels, i, how);
            tsl__text_double(t, days);
            tsl__text_puts(t, p[1] & 0x20 ? "" : days == 1 ? " day" : " days");
            p += 2;
        } else {
            tsl__text_append(t, p, 1);
        }
    }
}

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
        tsl__text_printf(t, "%s ", name);
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

tsl_status tsl__reasons_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    const int zh = strcmp(tsl_lang_get_code(job->lang), "zh") == 0;
    const int places = labels->policy->tiers_of_score ? CENTS
                       : tsl__value_is_money(labels)  ? labels->features->decimals
                                                      : 0;
    const speech how = {zh, places, tsl_features_get_index(labels->features, "lines"),
                        tsl_features_get_index(labels->features, "recency_days")};
    if (!job->opt->reasons) {
        return TSL_OK;
    }
    labels->reason = tsl__alloc_zero(labels->customers, sizeof *labels->reason);
    if (!labels->reason) {
        return tsl__error_nomem(err);
    }
    tsl__text t = {0};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < labels->customers && status == TSL_OK; i++) {
        tsl__text_clear(&t);
        if (labels->has_lifecycle) {
            put_stage(&t, labels, i, &how);
        }
        if (labels->has_lifecycle && labels->has_tiers) {
            tsl__text_puts(&t, zh ? "；" : "; ");
        }
        if (labels->has_tiers) {
            put_tier(&t, labels, i, &how);
        }
        if (!labels->has_lifecycle && !labels->has_tiers) {
            put_place(&t, labels, i, zh);
        }
        labels->reason[i] = t.failed ? NULL : tsl__strndup(t.length ? t.data : "", t.length);
        status = labels->reason[i] ? TSL_OK : tsl__error_nomem(err);
    }
    tsl__text_free(&t);
    return status;
}
