/* run_init.c: the centres that k-means begins with, from a matrix in the features'
 * own units or from an earlier model. */
#include "run/run_state.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "feature/plain.h"
#include "feature/recipe.h"
#include "table/data.h"

#include <stdlib.h>
#include <string.h>

/* ---- Reading ------------------------------------------------------------------- */

static tsl_status fail_kind(const char *name, const char *what, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_FORMAT,
                          "%s: is %s; initial centres are a CSV file, an .npy file, an array of an HDF5 file "
                          "(FILE.h5:/array) or a model.h5",
                          name, what);
}

/* Reads one of the two. What is not there may be an array in a file: reading it tells. */
static tsl_status read_centres(tsl_run *run, const tsl_source *source, tsl_error *err)
{
    const char *kind = "csv";
    tsl_status status = tsl_file_get_kind(source, &kind, err);
    if (status == TSL_E_NOT_FOUND) {
        kind = "csv";
        status = TSL_OK;
    }
    TSL__TRY(status);
    if (strcmp(kind, "features") == 0 || strcmp(kind, "hdf5") == 0) {
        return fail_kind(run->init_name, kind[0] == 'f' ? "a features file" : "an HDF5 file", err);
    }
    if (strcmp(kind, "model") == 0) {
        TSL__TRY(tsl_segmentation_read(source, &run->init_model, err));
        return run->init_model->model && run->init_model->recipe
                   ? TSL_OK
                   : fail_kind(run->init_name, "a model without the recipe of its features", err);
    }
    TSL__TRY(tsl__data_read(source, NULL, 0, &run->exec, &run->init_data, err));
done:
    return status;
}

static void forget(tsl_run *run)
{
    tsl_data_free(run->init_data);
    tsl_segmentation_free(run->init_model);
    free(run->init_name);
    run->init_data = NULL;
    run->init_model = NULL;
    run->init_name = NULL;
}

tsl_status tsl_run_read_init(tsl_run *run, const tsl_source *source, tsl_error *err)
{
    const int k = run->kmeans_opt.k;
    tsl_status status = TSL_OK;
    size_t count;
    tsl__error_reset(err);
    if (run->given || run->model || run->init_name || run->places || run->previous) {
        return tsl__error_set(err, TSL_E_OPTION, "init: the run has %s already",
                              run->init_name                 ? "initial centres"
                              : run->places || run->previous ? "places that draw its clusters"
                                                             : "its clusters");
    }
    TSL__NEED(run->init_name = tsl__strdup(source->path ? source->path : "the initial centres"));
    TSL__TRY(read_centres(run, source, err));
    count = run->init_model ? (size_t)run->init_model->model->k : run->init_data->rows;
    if (k && count != (size_t)k) {
        status = tsl__error_set(err, TSL_E_OPTION, "%s: holds %zu initial centres, but k is %d; k is their number",
                                run->init_name, count, k);
    }
done:
    if (status != TSL_OK) {
        forget(run);
    }
    return status;
}

/* ---- Into the space of clustering ------------------------------------------------ */

/* A column that is no feature, with what comes near. */
static tsl_status fail_column(const tsl_run *run, const char *name, tsl_error *err)
{
    const tsl_recipe *recipe = run->features->recipe;
    tsl_status status = TSL_OK;
    tsl__text hint = {0};
    const char **names = NULL;
    TSL__NEED(names = tsl__alloc(recipe->feature_count, sizeof *names));
    for (size_t f = 0; f < recipe->feature_count; f++) {
        names[f] = recipe->feature[f].name;
    }
    if (!tsl__nearest_put(&hint, name, names, recipe->feature_count)) {
        tsl__text_puts(&hint, "; there are ");
        tsl__names_put(&hint, names, recipe->feature_count);
    }
    TSL__TRY(hint.failed ? tsl__error_nomem(err) : TSL_OK);
    status = tsl__error_set(err, TSL_E_INPUT, "%s: no %s is called \"%s\"%s", run->init_name,
                            recipe->plain ? "column of the data" : "feature", name, hint.data);
done:
    free(names);
    tsl__text_free(&hint);
    return status;
}

/* Every name is one of a feature; that of plain weights, which are no feature, is passed over. */
static tsl_status check_names(const tsl_run *run, tsl_error *err)
{
    const tsl_recipe *recipe = run->features->recipe;
    const tsl_data *given = run->init_data;
    const char *weight = run->data ? run->data->weight_name : NULL;
    for (size_t c = 0; c < given->cols; c++) {
        if (tsl__recipe_find(recipe, given->name[c]) == recipe->feature_count &&
            !(weight && strcmp(weight, given->name[c]) == 0)) {
            return fail_column(run, given->name[c], err);
        }
    }
    return TSL_OK;
}

/* 1 where clusters are found by the feature. */
static int is_chosen(const tsl_recipe *recipe, size_t f)
{
    for (size_t c = 0; c < recipe->column_count; c++) {
        if (recipe->column[c].feature == f && recipe->column[c].weight > 0) {
            return 1;
        }
    }
    return 0;
}

/* No feature that clusters are found by is lacking; all that are, are named. */
static tsl_status check_complete(const tsl_run *run, tsl_error *err)
{
    const tsl_recipe *recipe = run->features->recipe;
    const tsl_data *given = run->init_data;
    tsl_status status = TSL_OK;
    size_t count = 0;
    tsl__text list = {0};
    const char **lacking = NULL;
    TSL__NEED(lacking = tsl__alloc(recipe->feature_count, sizeof *lacking));
    for (size_t f = 0; f < recipe->feature_count; f++) {
        if (is_chosen(recipe, f) &&
            tsl__recipe_find_column(recipe, f, (const char *const *)given->name, given->cols) == given->cols) {
            lacking[count++] = recipe->feature[f].name;
        }
    }
    if (count) {
        tsl__names_put(&list, lacking, count);
        TSL__TRY(list.failed ? tsl__error_nomem(err) : TSL_OK);
        status = tsl__error_set(err, TSL_E_INPUT, "%s: lacks columns that clusters are found by: %s", run->init_name,
                                list.data);
    }
done:
    free(lacking);
    tsl__text_free(&list);
    return status;
}

/* Plain numbers whose columns have no names are known by their places. */
static int goes_by_place(const tsl_run *run)
{
    const tsl_recipe *recipe = run->features->recipe;
    const tsl_data *given = run->init_data;
    const int unnamed = tsl__plain_is_unnamed((const char *const *)given->name, given->cols);
    return unnamed || (run->data && tsl__plain_is_unnamed((const char *const *)run->data->name, recipe->feature_count));
}

tsl_status tsl__run_note_init(const tsl_run *run, tsl_notes *notes, tsl_error *err)
{
    const tsl_data *given = run->init_data;
    if (!given || !goes_by_place(run) || tsl__plain_is_unnamed((const char *const *)given->name, given->cols)) {
        return TSL_OK;
    }
    return tsl__notes_add(
               notes,
               "the columns of %s were taken by their places, whatever they are called (\"%s\", ...), as the "
               "data's have no names",
               run->init_name, given->name[0]) == TSL_OK
               ? TSL_OK
               : tsl__error_nomem(err);
}

static tsl_status place_rows(const tsl_run *run, tsl_feature_matrix **out, tsl_error *err)
{
    const tsl_recipe *recipe = run->features->recipe;
    const tsl_data *given = run->init_data;
    const char *const *name = (const char *const *)given->name;
    tsl_status status = TSL_OK;
    if (goes_by_place(run)) {
        name = NULL;
        if (given->cols != recipe->feature_count) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: has %zu columns; without names %zu are expected, %s",
                                  run->init_name, given->cols, recipe->feature_count,
                                  recipe->plain ? "those of the data"
                                                : "all features in order, or a CSV file that names those it has");
        }
    } else {
        TSL__TRY(check_names(run, err));
        TSL__TRY(check_complete(run, err));
    }
    TSL__TRY(tsl_places_build(recipe, given->values, given->rows, name, given->cols, out, err));
done:
    return status;
}

static size_t count_chosen(const tsl_recipe *recipe)
{
    size_t count = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        count += recipe->column[c].weight > 0;
    }
    return count;
}

tsl_status tsl__run_place_model(const tsl_segmentation *segmentation, const tsl_recipe *to, tsl_feature_matrix **out,
                                tsl_error *err)
{
    const tsl_recipe *from = segmentation->recipe;
    const tsl_model *model = segmentation->model;
    if (from->plain != to->plain) {
        return tsl__error_set(err, TSL_E_INPUT, "was made of %s, not of %s",
                              from->plain ? "plain numbers" : "tables of customers",
                              to->plain ? "plain numbers" : "tables of customers");
    }
    if (count_chosen(from) != model->cols) {
        return tsl__error_set(err, TSL_E_INPUT, "its recipe chooses %zu columns, its centres have %zu",
                              count_chosen(from), model->cols);
    }
    tsl_status status = tsl_places_build_converted(from, model->center, (size_t)model->k, to, out, err);
    if (status == TSL_E_INPUT && tsl__plain_goes_by_place(from) != tsl__plain_goes_by_place(to)) {
        const int named = tsl__plain_goes_by_place(to);
        return tsl__error_set(err, TSL_E_INPUT,
                              "was made of numbers %s names, and the data have columns %s: which is which nobody can "
                              "tell; begin with a model of data that are named alike",
                              named ? "with" : "without", named ? "without" : "with");
    }
    return status;
}

tsl_status tsl__run_get_init(const tsl_run *run, tsl_feature_matrix **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = NULL;
    if (run->init_data) {
        TSL__TRY(place_rows(run, out, err));
    }
    if (run->init_model) {
        status = tsl__run_place_model(run->init_model, run->features->recipe, out, err);
        status = status == TSL_OK ? status : tsl__error_prefix(err, status, run->init_name);
    }
done:
    return status;
}
