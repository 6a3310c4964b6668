/* run_descriptors.c: which demographics tell who is in which segment: a tree of the
 * customers' columns that the clusters were not found by. docs/methods/descriptors.md. */
#include "run/run_state.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Columns that describe: each a feature of numbers, or the features of a category side by side. */
typedef struct describing {
    size_t count;
    size_t *first; /* count: the first feature of each */
    tsl_descriptor_column *column;
    double *values; /* customers x count */
} describing;

static const char *const no_yes[] = {"no", "yes"};

static int is_clustered(const tsl_recipe *recipe, size_t feature)
{
    for (size_t c = 0; c < recipe->column_count; c++) {
        if (recipe->column[c].weight > 0 && recipe->column[c].feature == feature) {
            return 1;
        }
    }
    return 0;
}

/* Of segments that are leaves: what their tree cuts. */
static int is_cut(const tsl_model *model, const char *name)
{
    const tsl_tree *tree = model->tree;
    for (size_t i = 0; model->by_tree && i < tree->node_count; i++) {
        if (tree->node[i].column >= 0 && strcmp(tree->column[tree->node[i].column].name, name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* 1 where the segments were found by the feature, or to tell it. */
static int is_found_by(const tsl_run *run, size_t feature)
{
    const char *name = run->features->feature[feature].name;
    return is_clustered(run->features->recipe, feature) || is_cut(tsl_run_get_model(run), name) ||
           (run->opt.target && strcmp(run->opt.target, name) == 0);
}

/* 1 where the feature belongs to the category of the one at hand. */
static int is_level_of(const tsl_feature *feature, const tsl_feature *first)
{
    return feature->form == TSL_FORM_VALUE && strcmp(feature->column, first->column) == 0;
}

/* 1 where a column of the customers, whose first feature it is, describes them. */
static int describes(const tsl_run *run, size_t f)
{
    const tsl_features *features = run->features;
    const tsl_recipe *recipe = features->recipe;
    const tsl_feature *feature = &recipe->feature[f];
    const int weighs = recipe->weight && strcmp(recipe->weight, feature->name) == 0;
    if (feature->group != TSL_DEMOGRAPHIC || !*feature->column || feature->outcome || feature->excluded ||
        feature->sensitive || weighs) {
        return 0;
    }
    if (feature->form != TSL_FORM_VALUE) {
        return !is_found_by(run, f);
    }
    for (size_t i = 0; i < features->feature_count; i++) {
        if (is_level_of(&recipe->feature[i], feature) && (i < f || is_found_by(run, i))) {
            return 0;
        }
    }
    return 1;
}

/* ---- One column -------------------------------------------------------------------- */

static tsl_status open_levels(const tsl_features *features, size_t f, tsl_descriptor_column *column, tsl_error *err)
{
    const tsl_feature *feature = features->recipe->feature;
    tsl_status status = TSL_OK;
    const char **level = NULL;
    TSL__NEED(level = tsl__alloc(features->feature_count, sizeof *level));
    column->name = feature[f].column;
    column->level = level;
    for (size_t i = f; i < features->feature_count; i++) {
        if (is_level_of(&feature[i], &feature[f])) {
            level[column->level_count++] = feature[i].rest ? "other" : feature[i].level;
        }
    }
done:
    return status;
}

/* A category's level is that whose feature is 1; where none is, it is missing. */
static void fill_levels(const tsl_features *features, size_t f, double *out, size_t stride)
{
    const tsl_feature *feature = features->recipe->feature;
    for (size_t r = 0; r < features->customers; r++) {
        out[r * stride] = NAN;
    }
    double level = 0;
    for (size_t i = f; i < features->feature_count; i++) {
        if (is_level_of(&feature[i], &feature[f])) {
            for (size_t r = 0; r < features->customers; r++) {
                out[r * stride] = features->x[r * features->feature_count + i] == 1 ? level : out[r * stride];
            }
            level++;
        }
    }
}

static void fill_numbers(const tsl_features *features, size_t f, double *out, size_t stride)
{
    for (size_t r = 0; r < features->customers; r++) {
        out[r * stride] = features->x[r * features->feature_count + f];
    }
}

/* ---- All of them ---------------------------------------------------------------------- */

static void close_columns(describing *d)
{
    for (size_t c = 0; d->column && c < d->count; c++) {
        if (d->column[c].level != no_yes) {
            free((const char **)d->column[c].level);
        }
    }
    free(d->column);
    free(d->first);
    free(d->values);
}

static tsl_status fill_columns(const tsl_features *features, describing *d, tsl_error *err)
{
    const tsl_feature *feature = features->recipe->feature;
    tsl_status status = TSL_OK;
    TSL__NEED(d->values = tsl__alloc(features->customers * d->count, sizeof *d->values));
    for (size_t c = 0; c < d->count; c++) {
        const size_t f = d->first[c];
        if (feature[f].form == TSL_FORM_VALUE) {
            TSL__TRY(open_levels(features, f, &d->column[c], err));
            fill_levels(features, f, d->values + c, d->count);
        } else {
            d->column[c].name = feature[f].name;
            d->column[c].level = feature[f].form == TSL_FORM_BOOLEAN ? no_yes : NULL;
            d->column[c].level_count = feature[f].form == TSL_FORM_BOOLEAN ? 2 : 0;
            d->column[c].rank = (const char *const *)feature[f].known; /* of an ordinal column */
            d->column[c].rank_count = feature[f].known ? feature[f].known_count : 0;
            fill_numbers(features, f, d->values + c, d->count);
        }
    }
done:
    return status;
}

static tsl_status open_columns(const tsl_run *run, describing *d, tsl_error *err)
{
    const tsl_features *features = run->features;
    tsl_status status = TSL_OK;
    TSL__NEED(d->first = tsl__alloc(features->feature_count, sizeof *d->first));
    TSL__NEED(d->column = tsl__alloc_zero(features->feature_count, sizeof *d->column));
    for (size_t f = 0; f < features->feature_count; f++) {
        if (describes(run, f)) {
            d->first[d->count++] = f;
        }
    }
    TSL__TRY(d->count ? fill_columns(features, d, err) : TSL_OK);
done:
    return status;
}

tsl_status tsl__run_build_descriptors(tsl_run *run, tsl_error *err)
{
    const tsl_features *features = run->features;
    tsl_status status = TSL_OK;
    tsl_descriptor_options opt;
    describing d = {0};
    double *weight = NULL;
    if (!run->opt.descriptors || features->recipe->plain) {
        return TSL_OK;
    }
    TSL__TRY(open_columns(run, &d, err));
    if (d.count == 0) {
        goto done;
    }
    TSL__TRY(tsl__run_stage(run, "descriptors", err));
    if (features->recipe->weight) {
        TSL__NEED(weight = tsl__alloc(features->customers, sizeof *weight));
        TSL__TRY(tsl_features_get_weights(features, weight, err));
    }
    TSL_DEFAULTS(descriptor, &opt);
    opt.method = (tsl_descriptor_method)(run->opt.descriptors - 1);
    opt.seed = run->kmeans_opt.seed;
    const tsl_matrix values = {d.values, features->customers, d.count, d.count, TSL_F64};
    const tsl_descriptor_columns columns = {&values, d.column};
    const tsl_descriptor_target target = {.label = tsl_run_get_assignment(run)->label,
                                          .k = tsl_model_get_groups(tsl_run_get_model(run))};
    TSL__TRY(tsl_descriptor_fit(&columns, weight, &target, &opt, &run->exec, &run->descriptor, err));
done:
    close_columns(&d);
    free(weight);
    return status;
}
