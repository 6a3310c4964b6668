/* scores.c: the weighted score of each customer: which features it is made of, fitted once, applied by the policy.
 * docs/methods/score.md. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/text.h"
#include "feature/recipe.h"
#include "label/policy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What it is made of where nobody says otherwise: whatever of it there is. */
static const struct {
    const char *part;
    double part_weight;
    const char *feature;
    double weight;
} usual[] = {
    {"financial", .5, "clv_365d", 3},
    {"financial", .5, "monetary_365d", 3},
    {"financial", .5, "margin_365d", 2},
    {"financial", .5, "monetary_total", 2},
    {"behavioral", .3, "recency_days", 4},
    {"behavioral", .3, "frequency", 3},
    {"behavioral", .3, "distinct_products", 1},
    {"behavioral", .3, "interactions_per_month", 1},
    {"behavioral", .3, "session_minutes_mean", 1},
    {"relationship", .2, "tenure_days", 3},
    {"relationship", .2, "satisfaction_mean", 3},
    {"relationship", .2, "nps_last", 2},
    {"relationship", .2, "complaints", 1},
    {"relationship", .2, "return_share", 1},
};
#define USUAL (sizeof usual / sizeof *usual)

static const char *const less_is_better[] = {
    "recency_days", "gap_mean_days",         "gap_sd_days",       "return_share",
    "complaints",   "last_interaction_days", "p_no_purchase_90d", "months_without_interaction_12m"};

int tsl_score_get_less(const char *feature)
{
    int less = 0;
    for (size_t i = 0; i < sizeof less_is_better / sizeof *less_is_better; i++) {
        less = less || strcmp(less_is_better[i], feature) == 0;
    }
    return less;
}

/* ---- What is asked for -------------------------------------------------------------- */

/* A code names two columns, score_CODE and score_CODE_points, of which none may be another part's. */
static tsl_status check_code(const char *code, tsl_error *err)
{
    const tsl_tier_name name = {code, {NULL}};
    const size_t length = code ? strlen(code) : 0, end = strlen(TSL__SCORE_POINTS);
    if (tsl_tier_name_check(&name, NULL) != TSL_OK) {
        return tsl__error_set(err, TSL_E_OPTION, "score: \"%s\" is no code of a part: a to z, 0 to 9 and _ are",
                              code ? code : "");
    }
    return length >= end && strcmp(code + length - end, TSL__SCORE_POINTS) == 0
               ? tsl__error_set(err, TSL_E_OPTION,
                                "score: \"%s\" is no code of a part: columns of points end in " TSL__SCORE_POINTS, code)
               : TSL_OK;
}

static tsl_status check_group(const tsl_score_group *group, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(check_code(group->code, err));
    if (!(group->weight > 0 && isfinite(group->weight))) {
        return tsl__error_set(err, TSL_E_OPTION, "score.%s: weight: %g is not a number above 0", group->code,
                              group->weight);
    }
    if (!group->feature_count) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "score.%s: features: a part is made of one at least, but there is none", group->code);
    }
    TSL__TRY(tsl__options_check_texts(group->feature, group->feature_count, "score: features", err));
    TSL__TRY(tsl__options_check_list(group->feature_weight, group->feature_count, "score: weights", err));
    for (size_t i = 0; i < group->feature_count; i++) {
        if (!isfinite(group->feature_weight[i]) || group->feature_weight[i] == 0) {
            return tsl__error_set(err, TSL_E_OPTION, "score.%s: %s weighs %g, another number than 0 is expected",
                                  group->code, group->feature[i], group->feature_weight[i]);
        }
        for (size_t before = 0; before < i; before++) {
            if (strcmp(group->feature[before], group->feature[i]) == 0) {
                return tsl__error_set(err, TSL_E_OPTION, "score.%s: features: \"%s\" stands twice", group->code,
                                      group->feature[i]);
            }
        }
    }
done:
    return status;
}

tsl_status tsl__score_check(const tsl_label_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_check_list(opt->score, opt->score_count, "score", err));
    if (opt->score_count > TSL_SCORE_PARTS_MAX) {
        return tsl__error_set(err, TSL_E_OPTION, "score: %zu parts are too many, up to %d are expected",
                              opt->score_count, TSL_SCORE_PARTS_MAX);
    }
    for (size_t p = 0; p < opt->score_count; p++) {
        TSL__TRY(check_group(&opt->score[p], err));
        for (size_t other = 0; other < p; other++) {
            if (strcmp(opt->score[other].code, opt->score[p].code) == 0) {
                return tsl__error_set(err, TSL_E_OPTION, "score: two parts have the code \"%s\"", opt->score[p].code);
            }
        }
    }
done:
    return status;
}

/* ---- Into the policy ------------------------------------------------------------------ */

static tsl_status add_column(tsl_policy *policy, size_t part, const char *feature, double weight, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t c = policy->score.column_count;
    TSL__NEED(policy->score_feature[c] = tsl__strdup(feature));
    policy->score.column[c] =
        (tsl_score_column){.part = part, .weight = fabs(weight), .less = weight < 0 || tsl_score_get_less(feature)};
    policy->score.column_count++;
done:
    return status;
}

static tsl_status add_part(tsl_policy *policy, const char *code, double weight, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t p = policy->score.part_count;
    TSL__NEED(policy->score_part[p] = tsl__strdup(code));
    policy->score.part_weight[p] = weight;
    policy->score.part_count++;
done:
    return status;
}

/* Those of the usual features that are known here. */
static tsl_status take_usual(const tsl_features *features, tsl_policy *policy, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const char *last = "";
    for (size_t i = 0; i < USUAL; i++) {
        if (tsl_features_get_index(features, usual[i].feature) < features->feature_count) {
            TSL__TRY(strcmp(last, usual[i].part) != 0 ? add_part(policy, usual[i].part, usual[i].part_weight, err)
                                                      : TSL_OK);
            TSL__TRY(add_column(policy, policy->score.part_count - 1, usual[i].feature, usual[i].weight, err));
            last = usual[i].part;
        }
    }
    return policy->score.column_count ? TSL_OK
                                      : tsl__error_set(err, TSL_E_INPUT,
                                                       "score: none of the features that it is usually made of is "
                                                       "known here: name some with score.PART.features");
done:
    return status;
}

/* Refuses it by the part that asks for it: "score.financial". */
static tsl_status find_feature(const tsl_features *features, const tsl_score_group *group, const char *name,
                               size_t *feature, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *part = NULL;
    TSL__NEED(part = tsl__format("score.%s", group->code));
    TSL__TRY(tsl__features_find_amount(features, part, name, feature, err));
done:
    free(part);
    return status;
}

static tsl_status take_groups(const tsl_label_options *opt, const tsl_features *features, tsl_policy *policy,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t p = 0; p < opt->score_count; p++) {
        const tsl_score_group *group = &opt->score[p];
        TSL__TRY(add_part(policy, group->code, group->weight, err));
        for (size_t i = 0; i < group->feature_count; i++) {
            size_t feature;
            TSL__TRY(find_feature(features, group, group->feature[i], &feature, err));
            TSL__TRY(add_column(policy, p, features->feature[feature].name, group->feature_weight[i], err));
        }
    }
done:
    return status;
}

/* The parts and columns that are asked for; without any, where tiers are fitted anew, those of the policy. */
static tsl_status take_plan(const tsl__labeling *job, tsl_error *err)
{
    const tsl_label_options *opt = job->opt;
    tsl_policy *policy = job->labels->policy;
    tsl_status status = TSL_OK;
    size_t columns = USUAL;
    policy->tiers_of_score = opt->tiers_of_score;
    if (!opt->score_count && (policy->score.part_count || !opt->tiers_of_score)) {
        return TSL_OK;
    }
    for (size_t p = 0; p < opt->score_count; p++) {
        columns += opt->score[p].feature_count;
    }
    TSL__TRY(tsl__policy_open_score(policy, TSL_SCORE_PARTS_MAX, columns, err));
    policy->score.part_count = policy->score.column_count = 0;
    TSL__TRY(opt->score_count ? take_groups(opt, job->labels->features, policy, err)
                              : take_usual(job->labels->features, policy, err));
done:
    return status;
}

/* ---- Each customer's --------------------------------------------------------------------- */

static tsl_status find_columns(const tsl_labels *labels, tsl_score_values *values, tsl_error *err)
{
    const tsl_features *features = labels->features;
    for (size_t c = 0; c < labels->policy->score.column_count; c++) {
        const char *name = labels->policy->score_feature[c];
        const size_t f = tsl_features_get_index(features, name);
        if (f == features->feature_count) {
            return tsl__error_set(err, TSL_E_INPUT, "the features lack \"%s\", which the score is made of", name);
        }
        values[c] = (tsl_score_values){features->x + f, features->feature_count};
    }
    return TSL_OK;
}

static tsl_status open_scores(tsl_labels *labels, tsl_error *err)
{
    const size_t parts = labels->policy->score.part_count;
    tsl_status status = TSL_OK;
    TSL__NEED(labels->score = tsl__alloc(labels->customers, sizeof *labels->score));
    TSL__NEED(labels->score_part = tsl__alloc_zero(parts, sizeof *labels->score_part));
    for (size_t p = 0; p < parts; p++) {
        TSL__NEED(labels->score_part[p] = tsl__alloc(labels->customers, sizeof **labels->score_part));
    }
done:
    return status;
}

tsl_status tsl__scores_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_policy *policy = labels->policy;
    tsl_exec exec;
    tsl_status status = TSL_OK;
    tsl_score_values *values = NULL;
    const int fits = tsl__policy_fits(job, TSL_REFIT_TIERS);
    TSL__TRY(fits ? take_plan(job, err) : TSL_OK);
    if (!policy->score.part_count) {
        return TSL_OK;
    }
    TSL__NEED(values = tsl__alloc(policy->score.column_count, sizeof *values));
    TSL__TRY(find_columns(labels, values, err));
    TSL__TRY(fits ? tsl_score_fit(&policy->score, values, labels->customers, err) : TSL_OK);
    TSL__TRY(open_scores(labels, err));
    TSL_DEFAULTS(exec, &exec);
    exec.threads = job->threads;
    TSL__TRY(
        tsl_score_predict(&policy->score, values, labels->customers, &exec, labels->score, labels->score_part, err));
done:
    free(values);
    return status;
}
