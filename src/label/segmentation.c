/* segmentation.c: recipe, model and policy <-> model.h5 (docs/formats.md). */
#include <tesela/label.h>
#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"
#include "feature/recipe_file.h"
#include "label/kept/kept_rows_file.h"
#include "label/policy.h"
#include "label/rfm/rfm_map_kept.h"
#include "label/tiers/tier_plan.h"
#include "model/model_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

const char *tsl__tier_method_get_name(int value)
{
    static const char *const names[] = {"quantile", "revenue", "cuts", "breaks"};
    return value >= 0 && (size_t)value < COUNT(names) ? names[value] : NULL;
}

/* /policy: scalars */
static const tsl__field policy_field[] = {
    {"tier_method", TSL__NAME, offsetof(tsl_policy, tier_method), tsl__tier_method_get_name},
    {"has_lifecycle", TSL__BOOL, offsetof(tsl_policy, has_lifecycle), NULL},
    {"gap_p90", TSL__DOUBLE, offsetof(tsl_policy, gap_p90), NULL},
    {"gap_learned", TSL__BOOL, offsetof(tsl_policy, gap_learned), NULL},
    {"new_days", TSL__DOUBLE, offsetof(tsl_policy, new_days), NULL},
    {"lost_factor", TSL__DOUBLE, offsetof(tsl_policy, lost_factor), NULL},
    {"shrinkage", TSL__DOUBLE, offsetof(tsl_policy, shrinkage), NULL},
};

static const char *stage_basis_name(int value)
{
    return tsl_stage_basis_get_name((tsl_stage_basis)value);
}

static const char *vocabulary_name(int value)
{
    return tsl_vocabulary_get_name((tsl_vocabulary)value);
}

/* /policy/stages: scalars; not there in files of before there were such stages */
static const tsl__field stages_field[] = {
    {"new_learned", TSL__BOOL, offsetof(tsl_policy, new_learned), NULL},
    {"basis", TSL__NAME, offsetof(tsl_policy, stage_basis), stage_basis_name},
    {"by_alive", TSL__BOOL, offsetof(tsl_policy, by_alive), NULL},
    {"risk", TSL__DOUBLE, offsetof(tsl_policy, levels.risk), NULL},
    {"lost", TSL__DOUBLE, offsetof(tsl_policy, levels.lost), NULL},
    {"back", TSL__DOUBLE, offsetof(tsl_policy, levels.back), NULL},
    {"dwell_days", TSL__DOUBLE, offsetof(tsl_policy, levels.dwell_days), NULL},
    {"mature_purchases", TSL__DOUBLE, offsetof(tsl_policy, levels.mature_purchases), NULL},
    {"mature_pauses", TSL__DOUBLE, offsetof(tsl_policy, levels.mature_pauses), NULL},
    {"least_days", TSL__DOUBLE, offsetof(tsl_policy, levels.least_days), NULL},
    {"vocabulary", TSL__NAME, offsetof(tsl_policy, vocabulary), vocabulary_name},
};

/* ... and names that were given, by tsl_stage; "": none */
static const char *const stage_names_path[TSL_LANGS] = {"policy/stages/name_en", "policy/stages/name_zh"};

/* Of files since numbers are kept; before, a segment's was its place. */
static const tsl__field number_field[] = {
    {"number", TSL__INT, offsetof(tsl_policy_segment, number), NULL},
    {"colour", TSL__INT, offsetof(tsl_policy_segment, colour), NULL},
};
static const tsl__field last_number_field = {"last_number", TSL__INT, offsetof(tsl_policy, last_number), NULL};

/* /policy/segments: one entry a segment */
static const tsl__field segment_field[] = {
    {"name_en", TSL__TEXT, offsetof(tsl_policy_segment, names[0]), NULL},
    {"name_zh", TSL__TEXT, offsetof(tsl_policy_segment, names[1]), NULL},
    {"code", TSL__TEXT, offsetof(tsl_policy_segment, code), NULL},
};

/* /policy/tiers: one entry a tier */
static const tsl__field tier_field[] = {
    {"code", TSL__TEXT, offsetof(tsl_tier_name, code), NULL},
    {"name_en", TSL__TEXT, offsetof(tsl_tier_name, names[0]), NULL},
    {"name_zh", TSL__TEXT, offsetof(tsl_tier_name, names[1]), NULL},
};

/* /policy: one entry a tier but the last */
static const tsl__field cut_field[] = {
    {"tier_cut", TSL__DOUBLE, offsetof(tsl_tier_cut, least), NULL},
    {"tier_above", TSL__BOOL, offsetof(tsl_tier_cut, above), NULL},
};

/* /policy/hold: scalars */
static const tsl__field hold_field[] = {
    {"margin", TSL__DOUBLE, offsetof(tsl_policy, tier_margin), NULL},
    {"grace", TSL__INT, offsetof(tsl_policy, tier_grace), NULL},
    {"step", TSL__INT, offsetof(tsl_policy, tier_step), NULL},
};

/* /policy/score: one entry a column */
static const tsl__field column_field[] = {
    {"part", TSL__SIZE, offsetof(tsl_score_column, part), NULL},
    {"weight", TSL__DOUBLE, offsetof(tsl_score_column, weight), NULL},
    {"less", TSL__BOOL, offsetof(tsl_score_column, less), NULL},
};

/* ---- Writing ------------------------------------------------------------------- */

static void put_tiers(tsl__store *store, const tsl_policy *policy)
{
    const size_t count = policy->tier_count;
    tsl__store_put_column(store, "policy/tier_share", TSL__DOUBLE, policy->tier_share, count - 1);
    tsl__store_put_records(store, "policy", cut_field, COUNT(cut_field), policy->tier_cut, count - 1,
                           sizeof *policy->tier_cut);
    tsl__store_put_dict(store, "policy/tiers");
    tsl__store_put_records(store, "policy/tiers", tier_field, COUNT(tier_field), policy->tier_name, count,
                           sizeof *policy->tier_name);
    tsl__store_put_column(store, "policy/tiers/size", TSL__UINT64, policy->tier_size, count);
    tsl__store_put_dict(store, "policy/hold");
    tsl__store_put_records(store, "policy/hold", hold_field, COUNT(hold_field), policy, TSL__SCALAR, sizeof *policy);
}

static void put_score(tsl__store *store, const tsl_policy *policy)
{
    const tsl_score *score = &policy->score;
    const size_t bytes = sizeof score->column->knot;
    char *knots = tsl__alloc(score->column_count, bytes);
    if (!knots) {
        tsl__store_fail_nomem(store);
        return;
    }
    for (size_t c = 0; c < score->column_count; c++) {
        memcpy(knots + c * bytes, score->column[c].knot, bytes);
    }
    tsl__store_put_dict(store, "policy/score");
    tsl__store_put_number(store, "policy/score/tiers", policy->tiers_of_score);
    tsl__store_put_texts(store, "policy/score/parts", policy->score_part, score->part_count, 0);
    tsl__store_put_column(store, "policy/score/part_weight", TSL__DOUBLE, score->part_weight, score->part_count);
    tsl__store_put_texts(store, "policy/score/feature", policy->score_feature, score->column_count, 0);
    tsl__store_put_records(store, "policy/score", column_field, COUNT(column_field), score->column, score->column_count,
                           sizeof *score->column);
    tsl__store_put_array(store, "policy/score/knots", TSL__DOUBLE, knots, score->column_count, TSL_SCORE_KNOTS);
    free(knots);
}

static void put_stages(tsl__store *store, const tsl_policy *policy)
{
    static char none[] = "";
    char *name[TSL_STAGES];
    tsl__store_put_dict(store, "policy/stages");
    tsl__store_put_records(store, "policy/stages", stages_field, COUNT(stages_field), policy, TSL__SCALAR,
                           sizeof *policy);
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        for (int s = 0; s < TSL_STAGES; s++) {
            name[s] = policy->stage_names[s][lang] ? policy->stage_names[s][lang] : none;
        }
        tsl__store_put_texts(store, stage_names_path[lang], name, TSL_STAGES, 0);
    }
}

static void put_policy(tsl__store *store, const tsl_policy *policy)
{
    tsl__store_put_dict(store, "policy");
    tsl__store_put_records(store, "policy", policy_field, COUNT(policy_field), policy, TSL__SCALAR, sizeof *policy);
    tsl__store_put_text(store, "policy/value", policy->value ? policy->value : "");
    if (policy->tier_count) {
        put_tiers(store, policy);
    }
    if (policy->score.part_count) {
        put_score(store, policy);
    }
    put_stages(store, policy);
    tsl__store_put_dict(store, "policy/segments");
    tsl__store_put_records(store, "policy/segments", segment_field, COUNT(segment_field), policy->segment,
                           policy->segment_count, sizeof *policy->segment);
    tsl__rows_put(store, policy);
    tsl__rfm_map_put(store, policy);
    tsl__store_put_records(store, "policy/segments", number_field, COUNT(number_field), policy->segment,
                           policy->segment_count, sizeof *policy->segment);
    tsl__store_put_records(store, "policy", &last_number_field, 1, policy, TSL__SCALAR, sizeof *policy);
}

tsl_status tsl_segmentation_write(const tsl_segmentation *segmentation, const tsl_target *target, tsl_error *err)
{
    tsl__store *store;
    tsl__error_reset(err);
    tsl_status status = tsl__store_create(target, &tsl__model_kind, &store, err);
    if (status != TSL_OK) {
        return status;
    }
    tsl__model_put(store, segmentation->model);
    if (segmentation->recipe) {
        tsl__recipe_put(store, "recipe", segmentation->recipe);
    }
    if (segmentation->policy) {
        put_policy(store, segmentation->policy);
    }
    return tsl__store_close(store, err);
}

/* ---- Reading --------------------------------------------------------------------- */

/* 1 where they do not rise, as far as tiers that stay empty let them. */
static int are_sound(const tsl_tier_cut *cut, size_t count)
{
    int sound = 1;
    for (size_t t = 0; t < count; t++) {
        sound = sound && !isnan(cut[t].least) && (t == 0 || cut[t].least <= cut[t - 1].least);
    }
    return sound;
}

/* Names and sizes of the tiers; files before there were any names have the usual five. */
static void take_names(tsl__store *store, tsl_policy *policy, size_t count)
{
    if (!tsl__store_has(store, "policy/tiers")) {
        const tsl_label_options usual = {.tier_name_count = 0};
        if (tsl__tier_names_take(&usual, policy, NULL) != TSL_OK) {
            tsl__store_fail_nomem(store);
        }
        return;
    }
    tsl__store_check_dict(store, "policy/tiers");
    tsl__store_get_records(store, "policy/tiers", tier_field, COUNT(tier_field), policy->tier_name, count,
                           sizeof *policy->tier_name);
    uint64_t *size = tsl__store_get_column(store, "policy/tiers/size", TSL__UINT64, count);
    if (size) {
        memcpy(policy->tier_size, size, count * sizeof *size);
    }
    free(size);
}

/* Files before there was any have none. */
static void take_hold(tsl__store *store, tsl_policy *policy)
{
    if (!tsl__store_has(store, "policy/hold")) {
        return;
    }
    tsl__store_check_dict(store, "policy/hold");
    tsl__store_get_records(store, "policy/hold", hold_field, COUNT(hold_field), policy, TSL__SCALAR, sizeof *policy);
    if (!tsl__store_failed(store) &&
        !(policy->tier_margin >= 0 && policy->tier_margin <= .9 && policy->tier_grace >= 1 && policy->tier_step >= 0)) {
        tsl__store_fail(store, TSL_E_FORMAT, "policy/hold", "margin, grace or step is out of range");
    }
}

static void take_tiers(tsl__store *store, tsl_policy *policy)
{
    const size_t cuts = tsl__store_get_shape(store, "policy/tier_cut").rows;
    if (tsl__store_failed(store)) {
        return;
    }
    if (cuts < 1 || cuts >= TSL_TIERS_MAX) {
        tsl__store_fail(store, TSL_E_FORMAT, "policy/tier_cut", "has %zu cuts, 1 to %d are expected", cuts,
                        TSL_TIERS_MAX - 1);
        return;
    }
    if (tsl__policy_open_tiers(policy, cuts + 1, NULL) != TSL_OK) {
        tsl__store_fail_nomem(store);
        return;
    }
    double *share = tsl__store_get_column(store, "policy/tier_share", TSL__DOUBLE, cuts);
    const size_t fields = tsl__store_has(store, "policy/tier_above") ? COUNT(cut_field) : 1;
    tsl__store_get_records(store, "policy", cut_field, fields, policy->tier_cut, cuts, sizeof *policy->tier_cut);
    if (share) {
        memcpy(policy->tier_share, share, cuts * sizeof *share);
    }
    if (!tsl__store_failed(store) && !are_sound(policy->tier_cut, cuts)) {
        tsl__store_fail(store, TSL_E_FORMAT, "policy/tier_cut", "the cuts do not fall");
    }
    free(share);
    take_names(store, policy, cuts + 1);
    take_hold(store, policy);
}

static int is_sound_column(const tsl_score *score, const tsl_score_column *column)
{
    int sound = column->part < score->part_count && column->weight > 0 && isfinite(column->weight);
    for (int k = 1; k < TSL_SCORE_KNOTS && !isnan(column->knot[0]); k++) {
        sound = sound && column->knot[k] >= column->knot[k - 1];
    }
    return sound;
}

static void check_score(tsl__store *store, const tsl_score *score)
{
    int sound = 1;
    for (size_t p = 0; p < score->part_count; p++) {
        sound = sound && score->part_weight[p] > 0 && isfinite(score->part_weight[p]);
    }
    for (size_t c = 0; c < score->column_count; c++) {
        sound = sound && is_sound_column(score, &score->column[c]);
    }
    if (!sound) {
        tsl__store_fail(store, TSL_E_FORMAT, "policy/score", "weights or percentiles are out of range");
    }
}

static void take_score(tsl__store *store, tsl_policy *policy)
{
    const size_t parts = tsl__store_get_shape(store, "policy/score/part_weight").rows,
                 columns = tsl__store_get_shape(store, "policy/score/weight").rows;
    tsl__store_check_dict(store, "policy/score");
    if (!tsl__store_failed(store) && (parts < 1 || parts > TSL_SCORE_PARTS_MAX || columns < 1)) {
        tsl__store_fail(store, TSL_E_FORMAT, "policy/score", "has %zu parts of %zu features", parts, columns);
    }
    if (tsl__store_failed(store)) {
        return;
    }
    if (tsl__policy_open_score(policy, parts, columns, NULL) != TSL_OK) {
        tsl__store_fail_nomem(store);
        return;
    }
    tsl_score *score = &policy->score;
    char **part = tsl__store_get_texts(store, "policy/score/parts", parts);
    char **feature = tsl__store_get_texts(store, "policy/score/feature", columns);
    double *weight = tsl__store_get_column(store, "policy/score/part_weight", TSL__DOUBLE, parts);
    double *knots = tsl__store_get_array(store, "policy/score/knots", TSL__DOUBLE, columns, TSL_SCORE_KNOTS);
    policy->tiers_of_score = tsl__store_get_number(store, "policy/score/tiers") != 0;
    tsl__store_get_records(store, "policy/score", column_field, COUNT(column_field), score->column, columns,
                           sizeof *score->column);
    if (part && feature && weight && knots) {
        memcpy(policy->score_part, part, parts * sizeof *part);
        memcpy(policy->score_feature, feature, columns * sizeof *feature);
        memcpy(score->part_weight, weight, parts * sizeof *weight);
        for (size_t c = 0; c < columns; c++) {
            memcpy(score->column[c].knot, knots + c * TSL_SCORE_KNOTS, sizeof score->column[c].knot);
        }
        free(part); /* the texts are the policy's now */
        free(feature);
        part = feature = NULL;
        check_score(store, score);
    }
    tsl__free_texts(part, part ? parts : 0);
    tsl__free_texts(feature, feature ? columns : 0);
    free(weight);
    free(knots);
}

/* Of an earlier version: the levels of today, and a customer is new for as long as was said. */
static void take_stages(tsl__store *store, tsl_policy *policy)
{
    tsl_label_options usual;
    if (!tsl__store_has(store, "policy/stages")) {
        TSL_DEFAULTS(label, &usual);
        policy->levels = usual.levels;
        return;
    }
    tsl__store_check_dict(store, "policy/stages");
    tsl__store_get_records(store, "policy/stages", stages_field, COUNT(stages_field), policy, TSL__SCALAR,
                           sizeof *policy);
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        char **name = tsl__store_get_texts(store, stage_names_path[lang], TSL_STAGES);
        for (int s = 0; name && s < TSL_STAGES; s++) {
            policy->stage_names[s][lang] = *name[s] ? name[s] : NULL;
            name[s] = *name[s] ? NULL : name[s];
        }
        tsl__free_texts(name, name ? TSL_STAGES : 0);
    }
}

static int are_levels_sound(const tsl_stage_levels *l)
{
    return l->risk >= 0 && l->risk <= 1 && (l->lost == 0 || l->risk <= l->lost) && l->lost <= 1 && l->back > 0 &&
           l->back <= 1 && l->dwell_days >= 0 && l->mature_purchases >= 0 && l->mature_pauses >= 0 &&
           l->least_days >= 0 && isfinite(l->least_days);
}

static int has_number(const tsl_policy *policy, size_t count, int number)
{
    int has = 0;
    for (size_t s = 0; s < count && !has; s++) {
        has = policy->segment[s].number == number;
    }
    return has;
}

static void take_numbers(tsl__store *store, tsl_policy *policy)
{
    if (!tsl__store_has(store, "policy/segments/number")) {
        return;
    }
    tsl__store_get_records(store, "policy/segments", number_field, COUNT(number_field), policy->segment,
                           policy->segment_count, sizeof *policy->segment);
    tsl__store_get_records(store, "policy", &last_number_field, 1, policy, TSL__SCALAR, sizeof *policy);
    for (size_t s = 0; s < policy->segment_count && !tsl__store_failed(store); s++) {
        const tsl_policy_segment *of = &policy->segment[s];
        if (of->number < 1 || of->number > policy->last_number || of->colour < 0 || has_number(policy, s, of->number)) {
            tsl__store_fail(store, TSL_E_FORMAT, "policy/segments/number",
                            "are not different numbers from 1 to %d, each with a colour", policy->last_number);
        }
    }
}

static void check_policy(tsl__store *store, const tsl_policy *p)
{
    int sound = !p->has_lifecycle || (p->gap_p90 >= 0 && p->new_days >= 0 && p->lost_factor > 1 && p->shrinkage >= 0 &&
                                      isfinite(p->gap_p90) && isfinite(p->lost_factor) && isfinite(p->shrinkage) &&
                                      are_levels_sound(&p->levels));
    if (!sound) {
        tsl__store_fail(store, TSL_E_FORMAT, "policy", "the lifecycle's limits are out of range");
    }
}

static tsl_policy *get_policy(tsl__store *store, const tsl_model *model)
{
    tsl_policy *policy = NULL;
    size_t count = tsl__store_get_shape(store, "policy/segments/name_en").rows;
    if (tsl__store_failed(store) || !model) {
        return NULL;
    }
    if (count != (size_t)tsl_model_get_groups(model)) {
        tsl__store_fail(store, TSL_E_FORMAT, "policy/segments", "has %zu segments, the model %d groups", count,
                        tsl_model_get_groups(model));
        return NULL;
    }
    if (tsl__policy_open(count, &policy, NULL) != TSL_OK) {
        tsl__store_fail_nomem(store);
        return NULL;
    }
    tsl__store_check_dict(store, "policy");
    tsl__store_check_dict(store, "policy/segments");
    tsl__store_get_records(store, "policy", policy_field, COUNT(policy_field), policy, TSL__SCALAR, sizeof *policy);
    tsl__store_get_records(store, "policy/segments", segment_field, COUNT(segment_field), policy->segment, count,
                           sizeof *policy->segment);
    take_stages(store, policy);
    take_numbers(store, policy);
    policy->value = tsl__store_get_text(store, "policy/value");
    if (policy->value && !policy->value[0]) {
        free(policy->value);
        policy->value = NULL;
    }
    if (tsl__store_has(store, "policy/score")) {
        take_score(store, policy);
    }
    if (policy->value || policy->tiers_of_score) {
        take_tiers(store, policy);
    }
    tsl__rows_get(store, policy);
    tsl__rfm_map_get(store, policy);
    check_policy(store, policy);
    return policy;
}

/* The model's columns are those that the recipe has chosen. */
static void check_columns(tsl__store *store, const tsl_segmentation *s)
{
    size_t chosen = 0;
    for (size_t c = 0; c < s->recipe->column_count; c++) {
        chosen += s->recipe->column[c].weight > 0;
    }
    if (s->recipe->class_count != (size_t)s->model->class_count) {
        tsl__store_fail(store, TSL_E_FORMAT, "recipe", "sets %zu classes apart, the model %d", s->recipe->class_count,
                        s->model->class_count);
    }
    if (chosen != s->model->cols) {
        tsl__store_fail(store, TSL_E_FORMAT, "recipe", "chooses %zu columns, the model has %zu", chosen,
                        s->model->cols);
    }
}

/* The recipe of a features file. */
static tsl_status read_recipe(const tsl_source *source, tsl_segmentation *s, tsl_error *err)
{
    tsl__store *store;
    tsl_status status = tsl__store_open(source, &tsl__features_kind, &store, err);
    if (status != TSL_OK) {
        return status;
    }
    s->recipe = tsl__recipe_get(store, TSL__RECIPE_GROUP);
    return tsl__store_close(store, err);
}

/* What the file is called, and its hash: of the bytes that are read, and of no later ones of that name. */
static tsl_file_info *get_file(tsl__store *store, const tsl_source *source)
{
    tsl_file_info *file = tsl__alloc_zero(1, sizeof *file);
    const char *name = tsl__strdup(source->path ? source->path : "bytes");
    if (!file || !name) {
        tsl__store_fail_nomem(store);
        free(file);
        free((char *)(uintptr_t)name);
        return NULL;
    }
    file->name = name;
    file->compression = "none";
    tsl__store_get_hash(store, &file->bytes, file->sha256);
    file->bytes_text = file->bytes;
    return file;
}

static tsl_status read_model(const tsl_source *source, tsl_segmentation *s, tsl_error *err)
{
    tsl__store *store;
    tsl_status status = tsl__store_open(source, &tsl__model_kind, &store, err);
    if (status != TSL_OK) {
        return status;
    }
    s->file = get_file(store, source);
    s->model = tsl__model_get(store);
    if (tsl__store_has(store, "recipe")) {
        s->recipe = tsl__recipe_get(store, "recipe");
    }
    if (tsl__store_has(store, "policy")) {
        s->policy = get_policy(store, s->model);
    }
    if (s->recipe && s->model) {
        check_columns(store, s);
    }
    return tsl__store_close(store, err);
}

tsl_status tsl_segmentation_read(const tsl_source *source, tsl_segmentation **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_segmentation *s = NULL;
    const char *kind = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__NEED(s = tsl__alloc_zero(1, sizeof *s));
    TSL__TRY(tsl_file_get_kind(source, &kind, err));
    TSL__TRY(strcmp(kind, "features") == 0 ? read_recipe(source, s, err) : read_model(source, s, err));
    *out = s;
    s = NULL;
done:
    tsl_segmentation_free(s);
    return status;
}

void tsl_segmentation_free(tsl_segmentation *segmentation)
{
    if (segmentation) {
        tsl_recipe_free(segmentation->recipe);
        tsl_model_free(segmentation->model);
        tsl_policy_free(segmentation->policy);
        if (segmentation->file) {
            free((char *)(uintptr_t)segmentation->file->name);
            free(segmentation->file);
        }
        free(segmentation);
    }
}
