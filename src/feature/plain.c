/* plain.c: a matrix of plain numbers as features: every column as it is, scaled
 * by the method asked for. */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "feature/bins.h"
#include "feature/recipe.h"
#include "stat/moments.h"
#include "stat/sort.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Fitting ---------------------------------------------------------------------- */

static tsl_status name_column(tsl_recipe *recipe, size_t c, const char *name, tsl_error *err)
{
    tsl_feature *f = &recipe->feature[c];
    tsl_vector_column *column = &recipe->column[c];
    char number[32];
    snprintf(number, sizeof number, "c%zu", c + 1);
    *f = (tsl_feature){.group = TSL_VALUE,
                       .block = c,
                       .name = tsl__strdup(name ? name : number),
                       .unit = tsl__strdup(""),
                       .definition = tsl__strdup("a column of the data, as it is"),
                       .entry = tsl__strdup(""),
                       .column = tsl__strdup(name ? name : number),
                       .level = tsl__strdup(""),
                       .type = TSL_TYPE_NUMBER};
    *column = (tsl_vector_column){.name = tsl__strdup(f->name ? f->name : ""), .feature = c, .group = TSL_VALUE};
    return f->name && f->unit && f->definition && f->entry && f->column && f->level && column->name
               ? TSL_OK
               : tsl__error_nomem(err);
}

/* A constant column tells nothing apart: it becomes 0, but where all are taken
 * as they are. */
static void set_scale(tsl_scale scale, const tsl__moments *m, const double *sorted, size_t n, tsl_vector_column *c)
{
    double low = sorted[0], high = sorted[n - 1];
    double q1 = tsl__sorted_quantile(sorted, n, .25), q3 = tsl__sorted_quantile(sorted, n, .75);
    c->low = -INFINITY;
    c->high = INFINITY;
    c->center = 0;
    c->scale = 1;
    c->fill = tsl__sorted_quantile(sorted, n, .5);
    c->weight = 1;
    if (scale == TSL_SCALE_NONE) {
        return;
    }
    if (low == high) {
        c->center = low;
    } else if (scale == TSL_SCALE_MINMAX) {
        c->center = low;
        c->scale = high - low;
    } else if (scale == TSL_SCALE_ROBUST) {
        c->center = c->fill;
        c->scale = q3 - q1 > 0 ? q3 - q1 : m->sd;
    } else {
        c->center = m->mean;
        c->scale = m->sd;
    }
}

static tsl_status fit_columns(const tsl_matrix *x, tsl_scale scale, const tsl_exec *exec, tsl_recipe *recipe,
                              tsl_error *err)
{
    int failed = 0;
#pragma omp parallel num_threads(exec->threads)
    {
        double *sorted = tsl__alloc(2 * x->rows, sizeof *sorted);
        if (!sorted) {
#pragma omp atomic write
            failed = 1;
        }
#pragma omp for schedule(dynamic, 1)
        for (size_t c = 0; c < x->cols; c++) {
            if (!sorted) {
                continue;
            }
            for (size_t r = 0; r < x->rows; r++) {
                sorted[r] = x->data[r * x->stride + c];
            }
            tsl__moments m = tsl__moments_get(sorted, x->rows, 1);
            tsl__sort(sorted, sorted + x->rows, x->rows);
            tsl__bins_fit(sorted, x->rows, TSL_FORM_NUMBER, &recipe->feature[c].bins);
            set_scale(scale, &m, sorted, x->rows, &recipe->column[c]);
        }
        free(sorted);
    }
    return failed ? tsl__error_nomem(err) : TSL_OK;
}

static tsl_status note_constants(const tsl_recipe *recipe, tsl_notes *notes, tsl_error *err)
{
    for (size_t f = 0; f < recipe->feature_count && recipe->settings.scale != TSL_SCALE_NONE; f++) {
        const tsl_feature *feature = &recipe->feature[f];
        if (feature->bins.low == feature->bins.high &&
            tsl__notes_add(notes, "%s is constant and tells nothing apart", feature->name) != TSL_OK) {
            return tsl__error_nomem(err);
        }
    }
    return TSL_OK;
}

static tsl_status fit_recipe(const tsl_matrix *x, char *const *name, const tsl_feature_options *opt,
                             const tsl_exec *exec, tsl_recipe **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_recipe *recipe = *out = tsl__alloc_zero(1, sizeof *recipe);
    TSL__NEED(recipe);
    TSL__NEED(recipe->feature = tsl__alloc_zero(x->cols, sizeof *recipe->feature));
    TSL__NEED(recipe->column = tsl__alloc_zero(x->cols, sizeof *recipe->column));
    recipe->feature_count = recipe->column_count = x->cols;
    for (size_t c = 0; c < x->cols; c++) {
        TSL__TRY(name_column(recipe, c, name ? name[c] : NULL, err));
    }
    recipe->plain = 1;
    recipe->customers = x->rows;
    recipe->settings = *opt;
    recipe->settings.selection = (tsl_selection){0};
    recipe->settings.allow_missing = 0;
    recipe->settings.refit = 0;
    TSL__TRY(fit_columns(x, opt->scale, exec, recipe, err));
    TSL__TRY(tsl__recipe_check_scales(recipe, err));
done:
    return status;
}

/* ---- Applying ----------------------------------------------------------------------- */

/* The data's columns in the recipe's order, by name; the data themselves where
 * that is the order they stand in. */
static tsl_status match_columns(const tsl_matrix *x, char *const *name, const tsl_recipe *recipe, size_t *place,
                                tsl_error *err)
{
    if (!name && x->cols != recipe->feature_count) {
        return tsl__error_set(err, TSL_E_INPUT, "the data have %zu columns; the model was made of %zu", x->cols,
                              recipe->feature_count);
    }
    for (size_t f = 0; f < recipe->feature_count; f++) {
        size_t c = name ? 0 : f;
        while (name && c < x->cols && strcmp(name[c], recipe->feature[f].name) != 0) {
            c++;
        }
        if (c == x->cols) {
            return tsl__error_set(err, TSL_E_INPUT, "the data lack the column \"%s\" that the model was made of",
                                  recipe->feature[f].name);
        }
        place[f] = c;
    }
    return TSL_OK;
}

static tsl_status take_values(const tsl_matrix *x, char *const *name, tsl_features *features, tsl_error *err)
{
    size_t cols = features->feature_count, same = 0;
    tsl_status status = TSL_OK;
    size_t *place = tsl__alloc(cols, sizeof *place);
    TSL__NEED(place);
    TSL__TRY(match_columns(x, name, features->recipe, place, err));
    while (same < cols && place[same] == same) {
        same++;
    }
    if (same == cols && x->stride == cols) {
        features->x = (double *)(uintptr_t)x->data;
        goto done;
    }
    TSL__NEED(features->x = features->owned = tsl__alloc(x->rows * cols, sizeof *features->x));
    for (size_t r = 0; r < x->rows; r++) {
        for (size_t f = 0; f < cols; f++) {
            features->x[r * cols + f] = x->data[r * x->stride + place[f]];
        }
    }
done:
    free(place);
    return status;
}

static tsl_status copy_ids(char *const *id, tsl_features *features, tsl_error *err)
{
    features->id = id ? tsl__alloc_zero(features->customers, sizeof *features->id) : NULL;
    for (size_t r = 0; id && r < features->customers; r++) {
        if (!features->id || !(features->id[r] = tsl__strdup(id[r]))) {
            return tsl__error_nomem(err);
        }
    }
    return TSL_OK;
}

tsl_status tsl_features_build_plain(const tsl_matrix *x, char *const *name, char *const *id, const tsl_recipe *recipe,
                                    const tsl_feature_options *opt, const tsl_exec *exec, tsl_features **out,
                                    tsl_error *err)
{
    tsl_status status = TSL_OK;
    double start = tsl__clock();
    tsl_feature_options options;
    tsl_exec run;
    tsl_features *features = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__feature_options_open(opt, &options, err));
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__NEED(features = tsl__alloc_zero(1, sizeof *features));
    features->applied = recipe != NULL;
    features->customers = x->rows;
    if (recipe && !recipe->plain) {
        status = tsl__error_set(err, TSL_E_INPUT, "the recipe was fitted to tables of customers, not to plain numbers");
        goto done;
    }
    if (!recipe && (x->rows == 0 || x->cols == 0)) {
        status = tsl__error_set(err, TSL_E_INPUT, "nothing to cluster: the data have %zu rows and %zu columns", x->rows,
                                x->cols);
        goto done;
    }
    TSL__TRY(recipe ? tsl__recipe_copy(recipe, &features->recipe, err)
                    : fit_recipe(x, name, &options, &run, &features->recipe, err));
    if (!recipe) {
        TSL__TRY(note_constants(features->recipe, &features->info.notes, err));
    }
    features->feature = features->recipe->feature;
    features->feature_count = features->recipe->feature_count;
    features->as_of = TSL_NO_DAY;
    features->info.customers = x->rows;
    TSL__NEED(features->options = tsl__strdup("{}"));
    TSL__TRY(take_values(x, name, features, err));
    TSL__TRY(copy_ids(id, features, err));
    features->info.seconds = tsl__clock() - start;
    *out = features;
    features = NULL;
done:
    tsl_features_free(features);
    return status;
}
