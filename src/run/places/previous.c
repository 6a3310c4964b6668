/* previous.c: an earlier run, whose segments a fit lets evolve: what of its choice of columns holds again, and where
 * its centres lie now. docs/methods/anchors.md. */
#include "run/places/previous.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "feature/basis/apart.h"
#include "feature/basis/numeric.h"
#include "feature/recipe.h"
#include "label/evolution/succession.h"
#include "label/policy.h"
#include "run/run_state.h"

#include <stdlib.h>
#include <string.h>

/* ---- Reading ------------------------------------------------------------------------ */

/* segments.csv names segments by number: each is one of the model's. */
static tsl_status check_numbers(const tsl__previous *previous, tsl_error *err)
{
    const tsl_partition *p = previous->segments;
    const tsl_policy *policy = previous->segmentation->policy;
    tsl_status status = TSL_OK;
    int32_t *of = NULL;
    char *numbers = NULL;
    TSL__TRY(tsl__succession_index(policy, p, &of, err));
    for (int i = 0; i < p->k; i++) {
        if (of[i] < 0) {
            TSL__NEED(numbers = tsl__policy_list_numbers(policy));
            TSL__TRY(tsl__error_set(err, TSL_E_INPUT, "%s: %s: \"%s\" is no segment of %s, which has %s", p->file->name,
                                    p->column, p->name[i], previous->name, numbers));
        }
    }
    TSL__TRY(p->id ? TSL_OK : tsl__error_set(err, TSL_E_INPUT, "%s: has no ids of customers", p->file->name));
done:
    free(numbers);
    free(of);
    return status;
}

static tsl_status read_segments(tsl__previous *previous, const tsl_source *source, const tsl_exec *exec, tsl_error *err)
{
    tsl_partition_options opt;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(partition, &opt);
    opt.column = "segment";
    opt.id = "#1";
    opt.header = 1;
    TSL__TRY(tsl_partition_read(source, &opt, exec, &previous->segments, err));
    TSL__TRY(check_numbers(previous, err));
done:
    return status;
}

tsl_status tsl__previous_read(const tsl_source *model, const tsl_source *segments, const tsl_exec *exec,
                              tsl__previous **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__previous *previous = NULL;
    *out = NULL;
    TSL__NEED(previous = tsl__alloc_zero(1, sizeof *previous));
    TSL__NEED(previous->name = tsl__strdup(model->path ? model->path : "the previous model"));
    TSL__TRY(tsl_segmentation_read(model, &previous->segmentation, err));
    const tsl_segmentation *of = previous->segmentation;
    if (!of->model || !of->recipe || !of->policy) {
        TSL__TRY(tsl__error_set(err, TSL_E_FORMAT,
                                "%s: is not the whole model of a run: recipe, clusters and labels are expected",
                                previous->name));
    }
    TSL__TRY(segments ? read_segments(previous, segments, exec, err) : TSL_OK);
    *out = previous;
    previous = NULL;
done:
    tsl__previous_free(previous);
    return status;
}

tsl_status tsl__previous_check(const tsl__previous *previous, int evolves, tsl_error *err)
{
    if (evolves && previous->segmentation->model->by_tree) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s: its segments are the leaves of a tree of a target, which have no places that could "
                              "evolve. Its model can be applied as it is, or segments be found anew (--target, --k, "
                              "--anchors), whose numbers are those of the ones they are like",
                              previous->name);
    }
    if (!evolves && !previous->segments) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s: segments that are found anew are matched to the earlier ones by their customers, "
                              "and it does not say who was in which; the run's folder, which has segments.csv beside "
                              "its model.h5, does",
                              previous->name);
    }
    return TSL_OK;
}

void tsl__previous_free(tsl__previous *previous)
{
    if (!previous) {
        return;
    }
    tsl_segmentation_free(previous->segmentation);
    tsl_partition_free(previous->segments);
    free(previous->name);
    free(previous->why);
    free(previous->include);
    free(previous->exclude);
    free(previous);
}

/* ---- Its choice of columns ----------------------------------------------------------- */

/* 1 where the column was asked for by name, or stands in a basis that names would have to take it into. */
static int is_taken_in(const tsl_recipe *recipe, const tsl_vector_column *column)
{
    const int own = tsl__basis_is_own(recipe->basis);
    return column->weight > 0 && (column->added || (!own && recipe->basis != TSL_BASIS_ALL));
}

tsl_status tsl__previous_settle(tsl__previous *previous, tsl_selection *selection, tsl_error *err)
{
    const tsl_recipe *recipe = previous->segmentation->recipe;
    tsl_status status = TSL_OK;
    previous->sets_apart =
        tsl__apart_is_told(recipe) && (selection->apart == TSL_APART_DEFAULT || selection->apart == recipe->apart);
    selection->apart = selection->apart ? selection->apart : recipe->apart;
    if (selection->basis || selection->include_count || selection->exclude_count || recipe->plain) {
        return TSL_OK;
    }
    TSL__NEED(previous->include = tsl__alloc(recipe->column_count, sizeof *previous->include));
    TSL__NEED(previous->exclude = tsl__alloc(recipe->feature_count, sizeof *previous->exclude));
    for (size_t c = 0; c < recipe->column_count; c++) {
        if (is_taken_in(recipe, &recipe->column[c])) {
            previous->include[previous->include_count++] = recipe->feature[recipe->column[c].feature].name;
        }
    }
    for (size_t f = 0; f < recipe->feature_count; f++) {
        if (recipe->feature[f].excluded) {
            previous->exclude[previous->exclude_count++] = recipe->feature[f].name;
        }
    }
    selection->basis = recipe->basis;
    selection->include = previous->include;
    selection->include_count = previous->include_count;
    selection->exclude = previous->exclude;
    selection->exclude_count = previous->exclude_count;
    previous->inherits = 1;
done:
    return status;
}

tsl_status tsl__previous_choose(const tsl__previous *previous, const tsl_kmeans_options *kmeans, tsl_features *features,
                                tsl_error *err)
{
    const tsl__apart_least least = {kmeans->min_share, kmeans->min_rows};
    tsl_status status = TSL_OK;
    const tsl_recipe *like = previous ? previous->segmentation->recipe : NULL;
    if (like && previous->sets_apart && tsl__apart_is_told(features->recipe)) {
        status = tsl__features_set_apart(features, like, &least, tsl__numeric_is_wide(features->recipe), err);
    }
    if (status == TSL_OK && like && previous->inherits) {
        status = tsl__features_choose_like(features, like, err);
    }
    return status == TSL_OK ? status : tsl__error_prefix(err, status, previous->name);
}

/* ---- Its centres ----------------------------------------------------------------------- */

static tsl_status place(const tsl__previous *previous, const tsl_recipe *recipe, tsl__anchors *out, tsl_error *err)
{
    const tsl_segmentation *of = previous->segmentation;
    const size_t k = (size_t)of->model->k;
    tsl_status status = TSL_OK;
    tsl_feature_matrix *places = NULL;
    TSL__TRY(tsl__run_place_model(of, recipe, &places, err));
    TSL__NEED(out->code = tsl__alloc(k, sizeof *out->code));
    for (size_t c = 0; c < k; c++) {
        out->code[c] = of->policy->segment[c].code;
    }
    out->count = k;
    out->cols = places->cols;
    out->place = places->values;
    places->values = NULL;
done:
    tsl_feature_matrix_free(places);
    return status;
}

tsl_status tsl__previous_place(const tsl__previous *previous, const tsl_recipe *recipe, tsl__anchors *out,
                               tsl_error *err)
{
    *out = (tsl__anchors){.what = "segments of the previous run", .weight = 1};
    tsl_status status = place(previous, recipe, out, err);
    if (status == TSL_E_INPUT && err && !previous->inherits) {
        const tsl_error why = *err;
        return tsl__error_set(err, status,
                              "%s: %s; its columns are chosen again where basis, include and exclude are "
                              "not given",
                              previous->name, why.message);
    }
    return status == TSL_OK ? status : tsl__error_prefix(err, status, previous->name);
}
