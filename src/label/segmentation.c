/* segmentation.c: recipe, model and policy <-> model.h5 (docs/formats.md). */
#include <tesela/label.h>
#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"
#include "feature/recipe_file.h"
#include "label/policy.h"
#include "model/model_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

const char *tsl__tier_method_get_name(int value)
{
    static const char *const names[] = {"quantile", "revenue", "cuts"};
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

/* /policy/segments: one entry a segment */
static const tsl__field segment_field[] = {
    {"name_en", TSL__TEXT, offsetof(tsl_policy_segment, names[0]), NULL},
    {"name_zh", TSL__TEXT, offsetof(tsl_policy_segment, names[1]), NULL},
    {"code", TSL__TEXT, offsetof(tsl_policy_segment, code), NULL},
};

/* ---- Writing ------------------------------------------------------------------- */

static void put_policy(tsl__store *store, const tsl_policy *policy)
{
    tsl__store_put_dict(store, "policy");
    tsl__store_put_records(store, "policy", policy_field, COUNT(policy_field), policy, TSL__SCALAR, sizeof *policy);
    tsl__store_put_text(store, "policy/value", policy->value ? policy->value : "");
    tsl__store_put_column(store, "policy/tier_share", TSL__DOUBLE, policy->tier_share, TSL_TIERS - 1);
    tsl__store_put_column(store, "policy/tier_cut", TSL__DOUBLE, policy->tier_cut, TSL_TIERS - 1);
    tsl__store_put_dict(store, "policy/segments");
    tsl__store_put_records(store, "policy/segments", segment_field, COUNT(segment_field), policy->segment,
                           policy->segment_count, sizeof *policy->segment);
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

static void take_cuts(tsl__store *store, tsl_policy *policy)
{
    double *share = tsl__store_get_column(store, "policy/tier_share", TSL__DOUBLE, TSL_TIERS - 1);
    double *cut = tsl__store_get_column(store, "policy/tier_cut", TSL__DOUBLE, TSL_TIERS - 1);
    if (share && cut) {
        memcpy(policy->tier_share, share, sizeof policy->tier_share);
        memcpy(policy->tier_cut, cut, sizeof policy->tier_cut);
    }
    for (int t = 0; cut && t < TSL_TIERS - 1; t++) {
        if (isnan(cut[t]) || (t > 0 && cut[t] > cut[t - 1])) {
            tsl__store_fail(store, TSL_E_FORMAT, "policy/tier_cut", "the cuts do not fall");
        }
    }
    free(share);
    free(cut);
}

static void check_policy(tsl__store *store, const tsl_policy *p)
{
    int sound = !p->has_lifecycle || (p->gap_p90 >= 0 && p->new_days >= 0 && p->lost_factor > 1 && p->shrinkage >= 0 &&
                                      isfinite(p->gap_p90) && isfinite(p->lost_factor) && isfinite(p->shrinkage));
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
    take_cuts(store, policy);
    policy->value = tsl__store_get_text(store, "policy/value");
    if (policy->value && !policy->value[0]) {
        free(policy->value);
        policy->value = NULL;
    }
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
