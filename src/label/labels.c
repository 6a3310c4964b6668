/* labels.c: the labeling stage as a whole. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/options.h"
#include "base/parallel.h"
#include "base/text.h"
#include "label/labels_check.h"
#include "label/policy.h"
#include "label/rules/rules.h"
#include "label/strategies/strategies.h"
#include "label/tiers/tier_plan.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* ---- Options ------------------------------------------------------------------ */

void tsl_label_defaults(tsl_label_options *opt, size_t size)
{
    tsl_label_options full = {
        .size = sizeof full,
        .tier_method = TSL_TIER_QUANTILE,
        .lost_factor = 2,
        .shrinkage = 5,
        .lang = "en",
        .reasons = 1,
        .levels = {
            .risk = .5, .back = .8, .dwell_days = 30, .mature_purchases = 6, .mature_pauses = 4, .least_days = 7}};
    tsl__options_give(opt, size, &full, sizeof full);
}

#define RANGE(field, ...) TSL__RANGE(tsl_label_options, field, __VA_ARGS__)

static const tsl_option_range ranges[] = {
    RANGE(tier_margin, .high = .9),
    RANGE(tier_grace, .low = 1, .high = 1000, .unset = 1),
    RANGE(tier_step, .high = TSL_TIERS_MAX - 1),
    RANGE(tier_count, .low = 2, .high = TSL_TIERS_MAX, .unset = 1),
    RANGE(new_days, .high = 1e5, .above = 1, .unset = 1),
    RANGE(lost_factor, .low = 1, .high = 1e6, .above = 1),
    RANGE(shrinkage, .high = 1e6),
    RANGE(levels.risk, .high = 1),
    RANGE(levels.lost, .high = 1, .unset = 1),
    RANGE(levels.back, .high = 1, .above = 1),
    RANGE(levels.dwell_days, .high = 1e5),
    RANGE(levels.mature_purchases, .low = 2, .high = 1e6),
    RANGE(levels.mature_pauses, .high = 1e6),
    RANGE(levels.least_days, .high = 1e5),
};

const tsl_option_range *tsl_label_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

static tsl_status check_options(const tsl_label_options *o, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int lang;
    TSL__TRY(tsl_lang_read(o->lang, &lang, err));
    TSL__TRY(tsl__options_check_ranges(o, ranges, sizeof ranges / sizeof *ranges, err));
    if (o->refit & ~(unsigned)(TSL_REFIT_TIERS | TSL_REFIT_LIFECYCLE | TSL_REFIT_NAMES)) {
        return tsl__error_set(err, TSL_E_OPTION, "refit: %#x is nothing that can be fitted anew", o->refit);
    }
    TSL__TRY(tsl__tiers_check(o, err));
    TSL__TRY(tsl__score_check(o, err));
    TSL__TRY(tsl__rfm_segments_check(o, err));
    TSL__TRY(tsl__given_names_check(o, err));
    TSL__TRY(tsl__given_rules_check(o, err));
    TSL__TRY(tsl__given_strategies_check(o, err));
    TSL__TRY(tsl__stage_options_check(o, err));
done:
    return status;
}

tsl_status tsl__label_options_open(const tsl_label_options *given, tsl_label_options *opt, tsl_error *err)
{
    tsl_label_defaults(opt, sizeof *opt);
    tsl_status status = tsl__options_take("label", opt, sizeof *opt, given, err);
    return status == TSL_OK ? check_options(opt, err) : status;
}

tsl_status tsl_label_check(const tsl_label_options *opt, tsl_error *err)
{
    tsl_label_options full;
    tsl__error_reset(err);
    return tsl__label_options_open(opt, &full, err);
}

/* ---- The stage ------------------------------------------------------------------ */

/* The value that tiers go by: the one named, or monetary_total; in an apply the
 * policy's, unless the tiers are fitted anew and another one is named. */
static tsl_status fit_value(const tsl__labeling *job, tsl_error *err)
{
    const tsl_features *features = job->labels->features;
    tsl_policy *policy = job->labels->policy;
    if (!tsl__policy_fits(job, TSL_REFIT_TIERS) || (job->labels->applied && !job->opt->value)) {
        return TSL_OK;
    }
    size_t f = tsl_features_get_index(features, "monetary_total");
    tsl_status status = job->opt->value ? tsl_features_get_value(features, job->opt->value, &f, err) : TSL_OK;
    if (status != TSL_OK) {
        return status;
    }
    free(policy->value);
    policy->value = f < features->feature_count ? tsl__strdup(features->feature[f].name) : NULL;
    return f < features->feature_count && !policy->value ? tsl__error_nomem(err) : TSL_OK;
}

static tsl_status take_value(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    const tsl_features *features = labels->features;
    tsl_status status = fit_value(job, err);
    if (status != TSL_OK) {
        return status;
    }
    labels->value_name = labels->policy->value;
    if (!labels->value_name && (job->opt->tiers_of_score || labels->policy->tiers_of_score)) {
        return TSL_OK; /* tiers go by the score */
    }
    if (!labels->value_name) {
        status = tsl__notes_add(&labels->notes, "no value is known, so there are no tiers: name a column with --value");
        return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
    }
    size_t f = tsl_features_get_index(features, labels->value_name);
    if (f == features->feature_count) {
        return tsl__error_set(err, TSL_E_INPUT, "the features lack \"%s\", which the labels' tiers go by",
                              labels->value_name);
    }
    labels->value = tsl__alloc(labels->customers, sizeof *labels->value);
    if (!labels->value) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < labels->customers; i++) {
        labels->value[i] = features->x[i * features->feature_count + f];
    }
    return TSL_OK;
}

static tsl_status take_scores(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
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
static tsl_status count_segments(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    for (size_t s = 0; s < labels->segment_count; s++) {
        tsl_segment *of = &labels->segments[s];
        TSL__NEED(!labels->has_tiers || (of->tier_size = tsl__alloc_zero(labels->tier_count, sizeof *of->tier_size)));
        TSL__NEED(!labels->has_lifecycle ||
                  (of->stage_size = tsl__alloc_zero(labels->stage_count, sizeof *of->stage_size)));
    }
    for (size_t i = 0; i < labels->customers; i++) {
        tsl_segment *s = &labels->segments[labels->customer_segment[i] - 1];
        if (labels->has_tiers) {
            s->tier_size[labels->customer_tier[i]]++;
        }
        if (labels->has_lifecycle && labels->customer_stage[i] >= 0) {
            s->stage_size[labels->customer_stage[i]]++;
        }
    }
done:
    return status;
}

/* What a policy could not be applied to. */
static tsl_status check_inputs(const tsl__labeling *job, const tsl_policy *policy, tsl_error *err)
{
    const tsl_assignment *a = job->assignment;
    size_t k = (size_t)tsl_model_get_groups(job->model);
    if (a->rows != job->labels->customers) {
        return tsl__error_set(err, TSL_E_INPUT, "the assignment has %zu rows, the features have %zu customers", a->rows,
                              job->labels->customers);
    }
    if (policy && policy->segment_count != k) {
        return tsl__error_set(err, TSL_E_INPUT, "the policy has %zu segments, the model %zu groups",
                              policy->segment_count, k);
    }
    for (size_t i = 0; i < a->rows; i++) {
        if (a->label[i] < 0 || (size_t)a->label[i] >= k || a->runner_up[i] < -1 || a->runner_up[i] >= (int)k) {
            return tsl__error_set(err, TSL_E_INPUT, "the assignment's row %zu is to a cluster that the model lacks",
                                  i + 1);
        }
    }
    return TSL_OK;
}

/* Ids that CSV files have otherwise than the tables. */
static tsl_status note_marked_ids(const tsl__labeling *job, tsl_error *err)
{
    const tsl_features *features = job->labels->features;
    size_t marked = 0;
    for (size_t i = 0; features->id && i < features->customers; i++) {
        marked += (size_t)tsl__csv_is_marked(features->id[i]);
    }
    if (!marked) {
        return TSL_OK;
    }
    tsl_status status = tsl__notes_add(&job->labels->notes,
                                       "%zu id%s as a formula does: the CSV files have %s with a ' before, so that no "
                                       "spreadsheet runs %s",
                                       marked, marked == 1 ? " begins" : "s begin", marked == 1 ? "it" : "them",
                                       marked == 1 ? "it" : "them");
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}

/* The steps in order; by_features: 1 where a step needs the features alone, and neither segments nor clusters. */
static const struct {
    tsl_status (*fill)(const tsl__labeling *, tsl_error *);
    int by_features;
} steps[] = {{take_value, 1},
             {take_scores, 1},
             {tsl__rfm_segments_fill, 1},
             {tsl__segments_fill, 0},
             {tsl__names_fill, 0},
             {tsl__scores_fill, 1},
             {tsl__tiers_fill, 1},
             {tsl__lifecycle_fill, 1},
             {tsl__churn_fill, 0},
             {tsl__rules_fill, 1},
             {tsl__strategies_fill, 1},
             {tsl__reasons_fill, 0},
             {tsl__segment_change_fill, 0},
             {tsl__responses_fill, 0},
             {count_segments, 0},
             {note_marked_ids, 0}};

/* Labels of customers of whom nothing is told yet, with a policy: a copy of the one that is given, else one of so many
 * segments. */
static tsl_status open_labels(const tsl_features *features, const tsl_policy *policy, size_t segments,
                              const tsl_label_options *opt, tsl_labels **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_labels *labels = NULL;
    TSL__NEED(labels = tsl__alloc_zero(1, sizeof *labels));
    labels->features = features;
    labels->customers = features->customers;
    labels->gap_p90 = NAN;
    labels->segmentation_drift = (tsl_segmentation_drift){NAN, NAN, NAN, NAN, NAN, NAN};
    labels->tier_drift = (tsl_tier_drift){NAN, NAN};
    labels->applied = policy != NULL;
    labels->refit = policy ? opt->refit : 0;
    TSL__TRY(tsl_lang_read(opt->lang, &labels->lang, err));
    TSL__TRY(policy ? tsl__policy_copy(policy, &labels->policy, err)
                    : tsl__policy_open(segments, &labels->policy, err));
    *out = labels;
    labels = NULL;
done:
    tsl_labels_free(labels);
    return status;
}

tsl_status tsl__labels_build_kept(const tsl_features *features, const tsl_model *model,
                                  const tsl_assignment *assignment, const tsl_policy *policy,
                                  const tsl__kept_names *kept, const tsl_label_options *opt, const tsl_exec *exec,
                                  tsl_labels **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double start = tsl__clock();
    tsl_label_options options;
    tsl_exec run;
    tsl_labels *labels = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__label_options_open(opt, &options, err));
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__TRY(open_labels(features, policy, (size_t)tsl_model_get_groups(model), &options, &labels, err));
    const tsl__labeling job = {model, assignment, &options, labels->lang, run.threads, labels, kept};
    TSL__TRY(check_inputs(&job, policy, err));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        TSL__TRY(steps[i].fill(&job, err));
    }
    labels->seconds = tsl__clock() - start;
    *out = labels;
    labels = NULL;
done:
    tsl_labels_free(labels);
    return status;
}

tsl_status tsl__labels_check(const tsl_features *features, const tsl_policy *policy, const tsl_label_options *opt,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_label_options options;
    tsl_features nobody = *features;
    tsl_labels *labels = NULL;
    nobody.customers = 0;
    TSL__TRY(tsl__label_options_open(opt, &options, err));
    TSL__TRY(open_labels(&nobody, policy, 0, &options, &labels, err));
    const tsl__labeling job = {NULL, NULL, &options, labels->lang, 1, labels, NULL};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        TSL__TRY(steps[i].by_features ? steps[i].fill(&job, err) : TSL_OK);
    }
done:
    tsl_labels_free(labels);
    return status;
}

tsl_status tsl_labels_build(const tsl_features *features, const tsl_model *model, const tsl_assignment *assignment,
                            const tsl_policy *policy, const tsl_label_options *opt, const tsl_exec *exec,
                            tsl_labels **out, tsl_error *err)
{
    tsl__error_reset(err);
    return tsl__labels_build_kept(features, model, assignment, policy, NULL, opt, exec, out, err);
}

const tsl_segment *tsl_labels_get_segment(const tsl_labels *labels, size_t index)
{
    return index < labels->segment_count ? &labels->segments[index] : NULL;
}

const tsl_tier *tsl_labels_get_tier(const tsl_labels *labels, size_t index)
{
    return labels->has_tiers && index < labels->tier_count ? &labels->tier[index] : NULL;
}

const tsl_response *tsl_labels_get_response(const tsl_labels *labels, size_t index)
{
    return index < labels->response_count ? &labels->response[index] : NULL;
}

const int32_t *tsl_labels_get_segments(const tsl_labels *labels, size_t *count)
{
    if (count) {
        *count = labels->customers;
    }
    return labels->customer_segment;
}

void tsl_labels_free(tsl_labels *labels)
{
    if (!labels) {
        return;
    }
    for (size_t s = 0; labels->segments && s < labels->segment_count; s++) {
        free(labels->segments[s].trait);
        free(labels->segments[s].tier_size);
        free(labels->segments[s].stage_size);
    }
    tsl__free_texts(labels->reason, labels->reason ? labels->customers : 0);
    tsl__responses_free(labels);
    tsl__rule_sets_free(labels);
    tsl__strategies_drop(labels);
    free(labels->segments);
    free(labels->drift);
    free(labels->tier);
    free(labels->stage);
    free(labels->customer_segment);
    free(labels->runner_up);
    free(labels->distance);
    free(labels->confidence);
    free(labels->value);
    free(labels->score);
    for (size_t p = 0; labels->score_part && p < labels->policy->score.part_count; p++) {
        free(labels->score_part[p]);
    }
    free(labels->score_part);
    free(labels->customer_tier);
    free(labels->tier_by_value);
    free(labels->tier_before);
    free(labels->tier_below);
    free(labels->customer_stage);
    free(labels->stage_from);
    free(labels->stage_since);
    free(labels->churn_risk);
    free(labels->value_at_risk);
    free(labels->churn);
    free(labels->r);
    free(labels->f);
    free(labels->m);
    free(labels->customer_rfm);
    free(labels->reason_code);
    free(labels->segment_from);
    free(labels->segment_since);
    tsl__free_texts(labels->former_code, labels->former_code ? (size_t)labels->former_codes : 0);
    free(labels->rfm_segment);
    tsl_policy_free(labels->policy);
    tsl__notes_free(&labels->notes);
    free(labels);
}
