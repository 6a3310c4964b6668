/* policy.c: the fitted policy of the labels, as an object. */
#include "label/policy.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "label/internal.h"
#include "label/kept/kept_rows.h"
#include "label/strategies/strategies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

tsl_status tsl__policy_open(size_t segments, tsl_policy **out, tsl_error *err)
{
    tsl_policy *policy = *out = tsl__alloc_zero(1, sizeof *policy);
    if (!policy || !(policy->segment = tsl__alloc_zero(segments, sizeof *policy->segment))) {
        tsl_policy_free(policy);
        *out = NULL;
        return tsl__error_nomem(err);
    }
    for (size_t s = 0; s < segments; s++) {
        policy->segment[s].number = (int)s + 1;
        policy->segment[s].colour = (int)s;
    }
    policy->last_number = (int)segments;
    policy->segment_count = segments;
    policy->gap_p90 = NAN;
    policy->tier_grace = 1;
    return TSL_OK;
}

/* Rule sets and strategies. */
static tsl_status copy_rows(const tsl_policy *policy, tsl_policy *copy, tsl_error *err)
{
    const tsl_strategies *table = policy->strategies;
    void *rule = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(policy->rule_count ? tsl__rows_copy(&tsl__rule_class_form, policy->rule, policy->rule_count, &rule, err)
                                : TSL_OK);
    copy->rule = rule;
    TSL__TRY(table ? tsl__strategies_copy(table->of, table->count, &copy->strategies, err) : TSL_OK);
done:
    return status;
}

tsl_status tsl__policy_open_tiers(tsl_policy *policy, size_t count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__policy_free_tiers(policy);
    policy->tier_count = count;
    TSL__NEED(policy->tier_name = tsl__alloc_zero(count, sizeof *policy->tier_name));
    TSL__NEED(policy->tier_share = tsl__alloc_zero(count, sizeof *policy->tier_share));
    TSL__NEED(policy->tier_cut = tsl__alloc_zero(count, sizeof *policy->tier_cut));
    TSL__NEED(policy->tier_size = tsl__alloc_zero(count, sizeof *policy->tier_size));
done:
    return status;
}

tsl_status tsl__policy_name_tier(tsl_policy *policy, size_t tier, const tsl_tier_name *name, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_tier_name *own = &policy->tier_name[tier];
    TSL__NEED(own->code = tsl__strdup(name->code));
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__NEED(own->names[lang] = tsl__strdup(name->names[lang] ? name->names[lang] : name->code));
    }
done:
    return status;
}

void tsl__policy_free_tiers(tsl_policy *policy)
{
    for (size_t t = 0; policy->tier_name && t < policy->tier_count; t++) {
        free((char *)(uintptr_t)policy->tier_name[t].code);
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            free((char *)(uintptr_t)policy->tier_name[t].names[lang]);
        }
    }
    free(policy->tier_name);
    free(policy->tier_share);
    free(policy->tier_cut);
    free(policy->tier_size);
    policy->tier_name = NULL;
    policy->tier_share = NULL;
    policy->tier_cut = NULL;
    policy->tier_size = NULL;
    policy->tier_count = 0;
}

static tsl_status copy_tiers(const tsl_policy *from, tsl_policy *to, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__policy_open_tiers(to, from->tier_count, err));
    memcpy(to->tier_share, from->tier_share, from->tier_count * sizeof *to->tier_share);
    memcpy(to->tier_cut, from->tier_cut, from->tier_count * sizeof *to->tier_cut);
    memcpy(to->tier_size, from->tier_size, from->tier_count * sizeof *to->tier_size);
    for (size_t t = 0; t < from->tier_count; t++) {
        TSL__TRY(tsl__policy_name_tier(to, t, &from->tier_name[t], err));
    }
done:
    return status;
}

tsl_status tsl__policy_open_score(tsl_policy *policy, size_t parts, size_t columns, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_score *score = &policy->score;
    tsl__policy_free_score(policy);
    score->part_count = parts;
    score->column_count = columns;
    TSL__NEED(score->part_weight = tsl__alloc_zero(parts, sizeof *score->part_weight));
    TSL__NEED(score->column = tsl__alloc_zero(columns, sizeof *score->column));
    TSL__NEED(policy->score_part = tsl__alloc_zero(parts, sizeof *policy->score_part));
    TSL__NEED(policy->score_feature = tsl__alloc_zero(columns, sizeof *policy->score_feature));
done:
    return status;
}

void tsl__policy_free_score(tsl_policy *policy)
{
    tsl__free_texts(policy->score_part, policy->score_part ? policy->score.part_count : 0);
    tsl__free_texts(policy->score_feature, policy->score_feature ? policy->score.column_count : 0);
    free(policy->score.part_weight);
    free(policy->score.column);
    policy->score = (tsl_score){.part_count = 0};
    policy->score_part = policy->score_feature = NULL;
}

static tsl_status copy_score(const tsl_policy *from, tsl_policy *to, tsl_error *err)
{
    const tsl_score *score = &from->score;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__policy_open_score(to, score->part_count, score->column_count, err));
    memcpy(to->score.part_weight, score->part_weight, score->part_count * sizeof *score->part_weight);
    memcpy(to->score.column, score->column, score->column_count * sizeof *score->column);
    for (size_t p = 0; p < score->part_count; p++) {
        TSL__NEED(to->score_part[p] = tsl__strdup(from->score_part[p]));
    }
    for (size_t c = 0; c < score->column_count; c++) {
        TSL__NEED(to->score_feature[c] = tsl__strdup(from->score_feature[c]));
    }
done:
    return status;
}

char *tsl__policy_list_numbers(const tsl_policy *policy)
{
    const size_t count = policy->segment_count;
    tsl__text text = {0};
    size_t places = 0;
    for (size_t s = 0; s < count; s++) {
        places += policy->segment[s].number == (int)s + 1;
    }
    if (places == count) {
        tsl__text_printf(&text, "1 to %zu", count);
    }
    for (size_t s = 0; s < count && places < count; s++) {
        tsl__text_printf(&text, "%s%d", s == 0 ? "" : s + 1 == count ? " and " : ", ", policy->segment[s].number);
    }
    return tsl__text_take(&text);
}

tsl_status tsl__policy_copy(const tsl_policy *policy, tsl_policy **out, tsl_error *err)
{
    tsl_policy *copy = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__policy_open(policy->segment_count, &copy, err));
    tsl_policy_segment *segment = copy->segment;
    *copy = *policy;
    copy->segment = segment;
    copy->tier_count = 0;
    copy->tier_name = NULL;
    copy->tier_share = NULL;
    copy->tier_cut = NULL;
    copy->tier_size = NULL;
    copy->score = (tsl_score){.part_count = 0};
    copy->score_part = copy->score_feature = NULL;
    copy->rule = NULL;
    copy->strategies = NULL;
    memset(copy->stage_names, 0, sizeof copy->stage_names);
    copy->value = policy->value ? tsl__strdup(policy->value) : NULL;
    TSL__TRY(copy->value || !policy->value ? TSL_OK : tsl__error_nomem(err));
    TSL__TRY(policy->tier_count ? copy_tiers(policy, copy, err) : TSL_OK);
    TSL__TRY(policy->score.part_count ? copy_score(policy, copy, err) : TSL_OK);
    TSL__TRY(copy_rows(policy, copy, err));
    for (size_t s = 0; s < policy->segment_count; s++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            TSL__NEED(segment[s].names[lang] = tsl__strdup(policy->segment[s].names[lang]));
        }
        TSL__NEED(segment[s].code = tsl__strdup(policy->segment[s].code));
        segment[s].number = policy->segment[s].number;
        segment[s].colour = policy->segment[s].colour;
    }
    for (int i = 0; i < TSL_STAGES * TSL_LANGS; i++) {
        const char *name = policy->stage_names[i / TSL_LANGS][i % TSL_LANGS];
        TSL__NEED(!name || (copy->stage_names[i / TSL_LANGS][i % TSL_LANGS] = tsl__strdup(name)));
    }
    *out = copy;
    copy = NULL;
done:
    tsl_policy_free(copy);
    return status;
}

void tsl_policy_free(tsl_policy *policy)
{
    if (!policy) {
        return;
    }
    for (size_t s = 0; policy->segment && s < policy->segment_count; s++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            free(policy->segment[s].names[lang]);
        }
        free(policy->segment[s].code);
    }
    for (int i = 0; i < TSL_STAGES * TSL_LANGS; i++) {
        free(policy->stage_names[i / TSL_LANGS][i % TSL_LANGS]);
    }
    free(policy->segment);
    tsl__policy_free_tiers(policy);
    tsl__policy_free_score(policy);
    free(policy->value);
    tsl__rows_free(&tsl__rule_class_form, policy->rule, policy->rule_count);
    tsl_strategies_free(policy->strategies);
    free(policy);
}

void tsl_policy_get_options(const tsl_policy *policy, tsl_label_options *opt)
{
    opt->value = NULL;
    if (policy->tier_count) {
        const size_t cuts = policy->tier_count - 1;
        opt->tier_method = policy->tier_method;
        opt->tiers_of_score = policy->tiers_of_score;
        opt->tier_count = (int)policy->tier_count;
        opt->tier_name = policy->tier_name;
        opt->tier_name_count = policy->tier_count;
        opt->tier_share = tsl__tiers_have_shares(policy->tier_method) ? policy->tier_share : NULL;
        opt->tier_share_count = opt->tier_share ? cuts : 0;
        opt->tier_cut = policy->tier_method == TSL_TIER_CUTS ? policy->tier_cut : NULL;
        opt->tier_cut_count = opt->tier_cut ? cuts : 0;
    }
    opt->tier_margin = policy->tier_margin;
    opt->tier_grace = policy->tier_grace;
    opt->tier_step = policy->tier_step;
    if (policy->has_lifecycle) {
        opt->new_days = policy->new_learned ? 0 : policy->new_days;
        opt->lost_factor = policy->lost_factor;
        opt->shrinkage = policy->shrinkage;
        opt->stage_basis = policy->stage_basis;
        opt->levels = policy->levels;
        opt->vocabulary = policy->vocabulary;
    }
}

int tsl_policy_get_number(const tsl_policy *policy, size_t group)
{
    return policy ? policy->segment[group].number : (int)group + 1;
}

int tsl__policy_fits(const tsl__labeling *job, unsigned part)
{
    return !job->labels->applied || (job->labels->refit & part);
}
