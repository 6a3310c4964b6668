/* labels.c: the labeling stage as a whole. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

tsl_label_options tsl_label_defaults(void)
{
    tsl_label_options options = {
        .tier_method = TSL_TIER_QUANTILE, .new_days = 30, .lost_factor = 2, .shrinkage = 5, .lang = "en"};
    tsl_tiers_defaults(options.tier_method, options.tier_share);
    return options;
}

static tsl_status check_tiers(const tsl_label_options *o, tsl_error *err)
{
    double sum = 0;
    if (o->tier_method != TSL_TIER_QUANTILE && o->tier_method != TSL_TIER_REVENUE && o->tier_method != TSL_TIER_CUTS) {
        return tsl__error_set(err, TSL_E_OPTION, "tiers: %d is no method", (int)o->tier_method);
    }
    for (int i = 0; i < TSL_TIERS - 1; i++) {
        if (o->tier_method == TSL_TIER_CUTS) {
            if (!isfinite(o->tier_cut[i]) || (i > 0 && o->tier_cut[i] >= o->tier_cut[i - 1])) {
                return tsl__error_set(err, TSL_E_OPTION, "tiers: cuts must fall from %s to %s", tsl_tier_get_code(0),
                                      tsl_tier_get_code(TSL_TIERS - 2));
            }
        } else if (!(o->tier_share[i] >= 0 && (sum += o->tier_share[i]) <= 1 + 1e-12)) {
            return tsl__error_set(err, TSL_E_OPTION, "tiers: shares must be >= 0 and add up to at most 1");
        }
    }
    return TSL_OK;
}

static tsl_status check_options(const tsl_label_options *o, tsl_error *err)
{
    int lang;
    if (tsl_lang_read(o->lang, &lang, err) != TSL_OK) {
        return TSL_E_OPTION;
    }
    if (!(o->new_days >= 0) || !(o->lost_factor > 1) || !(o->shrinkage >= 0) || !isfinite(o->lost_factor) ||
        !isfinite(o->shrinkage) || !isfinite(o->new_days)) {
        return tsl__error_set(err, TSL_E_OPTION, "lifecycle: new_days and shrinkage must be >= 0, lost_factor > 1");
    }
    return check_tiers(o, err);
}

void tsl__total_add(tsl__total *total, double value)
{
    if (!isnan(value)) {
        total->exact += (__int128)llround(value * (double)TSL_DECIMAL_ONE);
        total->sum += value;
    }
}

double tsl__total_get(const tsl__total *total, int money)
{
    return money ? (double)total->exact / (double)TSL_DECIMAL_ONE : total->sum;
}

int tsl__value_is_money(const tsl_labels *labels)
{
    size_t f = labels->value_name ? tsl_features_get_index(labels->features, labels->value_name) : SIZE_MAX;
    return f < labels->features->feature_count && strcmp(labels->features->feature[f].unit, "currency") == 0;
}

/* The value that tiers and segments go by: the one named, or monetary_total. */
static tsl_status take_value(const tsl_label_options *opt, tsl_labels *labels, tsl_error *err)
{
    const tsl_features *features = labels->features;
    size_t f = tsl_features_get_index(features, "monetary_total");
    tsl_status status = opt->value ? tsl_features_get_value(features, opt->value, &f, err) : TSL_OK;
    if (status != TSL_OK) {
        return status;
    }
    if (f == features->feature_count) {
        return tsl__notes_add(&labels->notes, "no value is known, so there are no tiers: name a column with --value");
    }
    labels->value_name = tsl__strdup(features->feature[f].name);
    labels->value = tsl__alloc(labels->customers, sizeof *labels->value);
    if (!labels->value_name || !labels->value) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < labels->customers; i++) {
        labels->value[i] = features->x[i * features->feature_count + f];
    }
    return TSL_OK;
}

static tsl_status take_scores(tsl_labels *labels, tsl_error *err)
{
    const tsl_features *features = labels->features;
    static const char *const names[3] = {"r_score", "f_score", "m_score"};
    uint8_t **const out[3] = {&labels->r, &labels->f, &labels->m};
    for (int k = 0; k < 3; k++) {
        size_t f = tsl_features_get_index(features, names[k]);
        if (f == features->feature_count) {
            return TSL_OK;
        }
        uint8_t *score = *out[k] = tsl__alloc(labels->customers, 1);
        if (!score) {
            return tsl__error_nomem(err);
        }
        for (size_t i = 0; i < labels->customers; i++) {
            double v = features->x[i * features->feature_count + f];
            score[i] = isnan(v) ? 0 : (uint8_t)v;
        }
    }
    labels->has_rfm = 1;
    return TSL_OK;
}

/* Tiers and stages of each segment. */
static void count_segments(tsl_labels *labels)
{
    for (size_t i = 0; i < labels->customers; i++) {
        tsl_segment *s = &labels->segments[labels->segment[i] - 1];
        if (labels->has_tiers) {
            s->tier_size[labels->customer_tier[i]]++;
        }
        if (labels->has_lifecycle) {
            s->stage_size[labels->customer_stage[i]]++;
        }
    }
}

tsl_status tsl_labels_build(const tsl_features *features, const tsl_model *model, const tsl_label_options *opt,
                            tsl_labels **out, tsl_error *err)
{
    static tsl_status (*const steps[])(const tsl_label_options *, tsl_labels *, tsl_error *) = {
        tsl__names_fill, tsl__tiers_fill, tsl__lifecycle_fill, tsl__reasons_fill};
    double start = tsl__clock();
    *out = NULL;
    tsl_status status = check_options(opt, err);
    if (status != TSL_OK) {
        return status;
    }
    tsl_labels *labels = tsl__alloc_zero(1, sizeof *labels);
    if (!labels) {
        return tsl__error_nomem(err);
    }
    labels->features = features;
    labels->customers = features->customers;
    labels->gap_p90 = NAN;
    status = take_value(opt, labels, err);
    if (status == TSL_OK) {
        status = take_scores(labels, err);
    }
    if (status == TSL_OK) {
        status = tsl__segments_fill(model, opt, labels, err);
    }
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == TSL_OK; i++) {
        status = steps[i](opt, labels, err);
    }
    if (status != TSL_OK) {
        tsl_labels_free(labels);
        return status;
    }
    count_segments(labels);
    labels->seconds = tsl__clock() - start;
    *out = labels;
    return TSL_OK;
}

void tsl_labels_free(tsl_labels *labels)
{
    if (!labels) {
        return;
    }
    for (size_t s = 0; labels->segments && s < labels->segment_count; s++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            free(labels->segments[s].names[lang]);
        }
        free(labels->segments[s].trait);
    }
    tsl__free_texts(labels->reason, labels->reason ? labels->customers : 0);
    tsl_rules_free(labels->rules, labels->segment_count);
    free(labels->segments);
    free(labels->value_name);
    free(labels->segment);
    free(labels->runner_up);
    free(labels->distance);
    free(labels->confidence);
    free(labels->value);
    free(labels->customer_tier);
    free(labels->customer_stage);
    free(labels->r);
    free(labels->f);
    free(labels->m);
    tsl__notes_free(&labels->notes);
    free(labels);
}
