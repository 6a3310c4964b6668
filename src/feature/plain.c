/* plain.c: a matrix of plain numbers as features: every column as it is, scaled
 * by the method asked for. Scales go by the rows' weights: a row of weight 2 is
 * two, one of weight 0 is none. */
#include "feature/plain.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "feature/columns/bins.h"
#include "feature/recipe.h"
#include "stat/moments.h"
#include "stat/normal_scores.h"
#include "stat/sort.h"
#include "stat/weights.h"

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

/* Beyond so many rows the bins are cut at the deciles of so many, evenly spaced. */
#define SAMPLE_ROWS ((size_t)1 << 20)

/* The rows that a recipe is fitted to. */
typedef struct sample {
    const tsl_matrix *x;
    tsl__weights weights;
    double unit; /* of the weights, in which sums stay in range */
} sample;

/* What the rows tell of a column. */
typedef struct column_sums {
    double sum, square, low, high;
} column_sums;

/* Row by row, all columns side by side: the order of adding is that of the rows.
 * Returns the weight of all. */
static double sum_rows(const sample *s, column_sums *of)
{
    const tsl_matrix *x = s->x;
    double total = 0;
    for (size_t c = 0; c < x->cols; c++) {
        of[c] = (column_sums){.low = INFINITY, .high = -INFINITY};
    }
    for (size_t r = 0; r < x->rows; r++) {
        const double *row = (const double *)x->data + r * x->stride, w = tsl__weight_get(s->weights.of, r) * s->unit;
        if (w == 0) {
            continue;
        }
        total += w;
        for (size_t c = 0; c < x->cols; c++) {
            of[c].sum += w * row[c];
            of[c].low = row[c] < of[c].low ? row[c] : of[c].low;
            of[c].high = row[c] > of[c].high ? row[c] : of[c].high;
        }
    }
    return total;
}

static void sum_squares(const sample *s, column_sums *of)
{
    const tsl_matrix *x = s->x;
    for (size_t r = 0; r < x->rows; r++) {
        const double *row = (const double *)x->data + r * x->stride, w = tsl__weight_get(s->weights.of, r) * s->unit;
        if (w == 0) {
            continue;
        }
        for (size_t c = 0; c < x->cols; c++) {
            double off = row[c] - of[c].sum; /* the mean by now */
            of[c].square += w * (off * off);
        }
    }
}

/* Mean and standard deviation of each column; where squares would leave the
 * range of a double, the column is looked at by itself. */
static void get_moments(const sample *s, column_sums *of, tsl__moments *moments)
{
    const tsl_matrix *x = s->x;
    double n = sum_rows(s, of);
    for (size_t c = 0; c < x->cols; c++) {
        of[c].sum /= n;
    }
    sum_squares(s, of);
    for (size_t c = 0; c < x->cols; c++) {
        double most = fmax(fabs(of[c].low), fabs(of[c].high)), variance = of[c].square / n;
        moments[c] = (tsl__moments){of[c].sum, variance, sqrt(variance)};
        if (most > 1e140 || (most > 0 && most < 1e-140)) {
            moments[c] = tsl__moments_get((const double *)x->data + c, s->weights.of, x->rows, x->stride);
        }
    }
}

/* What columns are scaled by is read off all their values, by weight. */
static int needs_all(tsl_scale scale)
{
    return scale == TSL_SCALE_ROBUST || scale == TSL_SCALE_RANK_NORMAL;
}

static int fit_knots(const tsl__weighed *values, tsl_vector_column *c)
{
    double knot[2 * TSL_KNOTS_MAX];
    const size_t count = tsl__normal_scores_fit(values, TSL_KNOTS_MAX, knot);
    c->knot = tsl__alloc(2 * count, sizeof *knot);
    if (c->knot) {
        memcpy(c->knot, knot, 2 * count * sizeof *knot);
        c->knot_count = count;
    }
    return c->knot != NULL;
}

/* A constant column tells nothing apart, and becomes 0, but where all are taken as
 * they are. 0: out of memory. */
static int set_scale(tsl_scale scale, const tsl__moments *m, const column_sums *of, const tsl__weighed *values,
                     tsl_vector_column *c)
{
    double q1 = tsl__weighed_quantile(values, .25), q3 = tsl__weighed_quantile(values, .75);
    c->low = -INFINITY;
    c->high = INFINITY;
    c->center = 0;
    c->scale = 1;
    c->weight = 1;
    c->unit = 1;
    if (scale == TSL_SCALE_NONE) {
        return 1;
    }
    if (of->low == of->high) {
        c->center = of->low;
    } else if (scale == TSL_SCALE_MINMAX) {
        c->center = of->low;
        c->scale = of->high - of->low;
    } else if (scale == TSL_SCALE_RANK_NORMAL) {
        c->fill = tsl__weighed_quantile(values, .5);
        return fit_knots(values, c);
    } else if (scale == TSL_SCALE_ROBUST) {
        c->center = tsl__weighed_quantile(values, .5);
        c->scale = q3 - q1 > 0 ? q3 - q1 : m->sd;
    } else {
        c->center = m->mean;
        c->scale = m->sd;
    }
    c->fill = c->center; /* a value that is missing, which plain numbers are not, would lie in the middle */
    return 1;
}

/* Room for one column: one allocation. */
typedef struct desk {
    double *sorted, *weight, *spare; /* weight: NULL where no quantile goes by them */
} desk;

static int open_desk(size_t n, int weighed, desk *d)
{
    d->sorted = tsl__alloc((weighed ? 4 : 2) * n, sizeof *d->sorted);
    d->weight = d->sorted && weighed ? d->sorted + n : NULL;
    d->spare = d->sorted ? d->sorted + (weighed ? 2 : 1) * n : NULL;
    return d->sorted != NULL;
}

/* Every `step`-th row that has a weight, in rising order. */
static tsl__weighed sort_column(const sample *s, size_t c, size_t step, const desk *d)
{
    const double *data = s->x->data;
    size_t n = 0, seen = 0;
    for (size_t r = 0; r < s->x->rows; r++) {
        double w = tsl__weight_get(s->weights.of, r);
        if (w == 0 || seen++ % step) {
            continue;
        }
        d->sorted[n] = data[r * s->x->stride + c];
        if (d->weight) {
            d->weight[n] = w;
        }
        n++;
    }
    if (d->weight) {
        tsl__sort_with(d->sorted, d->weight, d->spare, n);
    } else {
        tsl__sort(d->sorted, d->spare, n);
    }
    return tsl__weighed_open(d->sorted, d->weight, n);
}

static tsl_status fit_columns(const sample *s, tsl_scale scale, const tsl_exec *exec, tsl_recipe *recipe,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    column_sums *of = NULL;
    tsl__moments *moments = NULL;
    const size_t cols = s->x->cols;
    int failed = 0;
    /* Exact quartiles and ranks need all rows. */
    size_t step = needs_all(scale) ? 1 : (s->weights.positive + SAMPLE_ROWS - 1) / SAMPLE_ROWS;
    const size_t taken = (s->weights.positive + step - 1) / step;
    TSL__NEED(of = tsl__alloc(cols, sizeof *of));
    TSL__NEED(moments = tsl__alloc(cols, sizeof *moments));
    get_moments(s, of, moments);
#pragma omp parallel num_threads(exec->threads)
    {
        desk d;
        int ready = open_desk(taken, needs_all(scale) && s->weights.of, &d);
        if (!ready) {
#pragma omp atomic write
            failed = 1;
        }
#pragma omp for schedule(dynamic, 1)
        for (size_t c = 0; c < cols; c++) {
            if (ready) {
                tsl_bins *bins = &recipe->feature[c].bins;
                const tsl__weighed values = sort_column(s, c, step, &d);
                tsl__bins_fit(values.sorted, values.n, TSL_FORM_NUMBER, bins);
                bins->low = of[c].low;
                bins->high = of[c].high;
                if (!set_scale(scale, &moments[c], &of[c], &values, &recipe->column[c])) {
#pragma omp atomic write
                    failed = 1;
                }
            }
        }
        free(d.sorted);
    }
    TSL__TRY(failed ? tsl__error_nomem(err) : TSL_OK);
done:
    free(of);
    free(moments);
    return status;
}

static int is_constant(const tsl_recipe *recipe, const tsl_feature *feature)
{
    return recipe->settings.scale != TSL_SCALE_NONE && feature->bins.low == feature->bins.high;
}

/* Clusters are not found by columns that tell nothing apart, as long as others are left. */
static void leave_constants(tsl_recipe *recipe)
{
    size_t left = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        left += (size_t)!is_constant(recipe, &recipe->feature[c]);
    }
    for (size_t c = 0; c < recipe->column_count && left; c++) {
        recipe->column[c].weight = is_constant(recipe, &recipe->feature[c]) ? 0 : 1;
    }
}

static tsl_status note_constants(const tsl_recipe *recipe, tsl_notes *notes, tsl_error *err)
{
    for (size_t f = 0; f < recipe->feature_count; f++) {
        const tsl_feature *feature = &recipe->feature[f];
        if (is_constant(recipe, feature) &&
            tsl__notes_add(notes, "%s is constant and tells nothing apart", feature->name) != TSL_OK) {
            return tsl__error_nomem(err);
        }
    }
    return TSL_OK;
}

static tsl_status fit_recipe(const sample *s, const char *const *name, const tsl_feature_options *opt,
                             const tsl_exec *exec, tsl_recipe **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_matrix *x = s->x;
    tsl_recipe *recipe = *out = tsl__alloc_zero(1, sizeof *recipe);
    TSL__NEED(recipe);
    TSL__NEED(recipe->feature = tsl__alloc_zero(x->cols, sizeof *recipe->feature));
    TSL__NEED(recipe->column = tsl__alloc_zero(x->cols, sizeof *recipe->column));
    recipe->feature_count = recipe->column_count = x->cols;
    for (size_t c = 0; c < x->cols; c++) {
        TSL__TRY(name_column(recipe, c, name ? name[c] : NULL, err));
    }
    recipe->plain = 1;
    recipe->basis = TSL_BASIS_ALL;
    recipe->apart = TSL_APART_NONE;
    recipe->gap_days = NAN;
    recipe->customers = s->weights.positive;
    tsl__recipe_set_settings(recipe, opt);
    TSL__TRY(fit_columns(s, opt->scale, exec, recipe, err));
    leave_constants(recipe);
    TSL__TRY(tsl__recipe_check_scales(recipe, err));
done:
    return status;
}

/* ---- Applying ----------------------------------------------------------------------- */

int tsl__plain_is_unnamed(const char *const *name, size_t cols)
{
    char number[32];
    for (size_t c = 0; name && c < cols; c++) {
        snprintf(number, sizeof number, "c%zu", c + 1);
        if (strcmp(name[c], number) != 0) {
            return 0;
        }
    }
    return 1;
}

int tsl__plain_goes_by_place(const tsl_recipe *recipe)
{
    char number[32];
    for (size_t f = 0; recipe->plain && f < recipe->feature_count; f++) {
        snprintf(number, sizeof number, "c%zu", f + 1);
        if (strcmp(recipe->feature[f].name, number) != 0) {
            return 0;
        }
    }
    return recipe->plain;
}

/* A model without names and data with names: whether their columns are the same ones nobody can tell. */
static tsl_status fail_match(const tsl_recipe *recipe, const char *const *name, size_t f, tsl_error *err)
{
    if (!name || !tsl__plain_goes_by_place(recipe)) {
        return tsl__error_set(err, TSL_E_INPUT, "the data lack the column \"%s\" that the model was made of",
                              recipe->feature[f].name);
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "the model knows its %zu columns by their places alone, as it was made of numbers without "
                          "names, but the data name theirs (\"%s\", ...): give them in the model's order, without the "
                          "line of names or called c1 to c%zu",
                          recipe->feature_count, name[0], recipe->feature_count);
}

tsl_status tsl__plain_match(const tsl_recipe *recipe, const char *const *name, size_t cols, size_t *place, int *same,
                            tsl_error *err)
{
    size_t count = recipe->feature_count;
    name = tsl__plain_is_unnamed(name, cols) ? NULL : name;
    *same = cols == count;
    if (!recipe->plain) {
        return tsl__error_set(err, TSL_E_INPUT, "the recipe was fitted to tables of customers, not to plain numbers");
    }
    if (!name && cols != count) {
        return tsl__error_set(err, TSL_E_INPUT, "the data have %zu columns; the model was made of %zu%s", cols, count,
                              cols > count ? " (--ignore leaves columns out)" : "");
    }
    for (size_t f = 0; f < count; f++) {
        size_t c = tsl__recipe_find_column(recipe, f, name, cols);
        if (c == cols) {
            return fail_match(recipe, name, f, err);
        }
        place[f] = c;
        *same = *same && c == f;
    }
    return TSL_OK;
}

static tsl_status check_finite(const tsl_matrix *x, const char *const *name, tsl_error *err)
{
    const double *data = x->data;
    for (size_t r = 0; r < x->rows; r++) {
        for (size_t c = 0; c < x->cols; c++) {
            if (!isfinite(data[r * x->stride + c])) {
                return tsl__error_set(err, TSL_E_INPUT, "row %zu, column %zu%s%s is not a finite number", r + 1, c + 1,
                                      name ? ": " : "", name ? name[c] : "");
            }
        }
    }
    return TSL_OK;
}

/* The data as doubles: in their place, or copied to *owned. */
static tsl_status open_doubles(const tsl_matrix *x, tsl_matrix *view, double **owned, tsl_error *err)
{
    *view = *x;
    if (x->dtype == TSL_F64) {
        return TSL_OK;
    }
    if (x->dtype != TSL_F32) {
        return tsl__error_set(err, TSL_E_OPTION, "a matrix holds TSL_F64 or TSL_F32, not type %d", (int)x->dtype);
    }
    double *copy = *owned = tsl__alloc(x->rows * x->cols, sizeof *copy);
    if (!copy) {
        return tsl__error_nomem(err);
    }
    for (size_t r = 0; r < x->rows; r++) {
        const float *row = (const float *)x->data + r * x->stride;
        for (size_t c = 0; c < x->cols; c++) {
            copy[r * x->cols + c] = (double)row[c];
        }
    }
    *view = (tsl_matrix){copy, x->rows, x->cols, x->cols, TSL_F64};
    return TSL_OK;
}

/* The data's columns in the recipe's order; the data themselves where that is the
 * order they stand in. */
static tsl_status take_values(const tsl_matrix *x, const char *const *name, tsl_features *features, tsl_error *err)
{
    size_t cols = features->feature_count;
    const double *data = x->data;
    double *ordered = NULL;
    int same = 0;
    tsl_status status = TSL_OK;
    size_t *place = tsl__alloc(cols, sizeof *place);
    TSL__NEED(place);
    TSL__TRY(tsl__plain_match(features->recipe, name, x->cols, place, &same, err));
    if (same && x->stride == cols) {
        features->x = (double *)(uintptr_t)data;
        goto done;
    }
    TSL__NEED(ordered = tsl__alloc(x->rows * cols, sizeof *ordered));
    for (size_t r = 0; r < x->rows; r++) {
        for (size_t f = 0; f < cols; f++) {
            ordered[r * cols + f] = data[r * x->stride + place[f]];
        }
    }
    free(features->owned);
    features->x = features->owned = ordered;
done:
    free(place);
    return status;
}

static tsl_status copy_ids(const char *const *id, tsl_features *features, tsl_error *err)
{
    features->id = id ? tsl__texts_pack(id, features->customers) : NULL;
    return id && !features->id ? tsl__error_nomem(err) : TSL_OK;
}

/* The recipe that is given, or one that is fitted, with notes. */
static tsl_status make_recipe(const sample *s, const char *const *name, const tsl_recipe *given,
                              const tsl_feature_options *opt, const tsl_exec *exec, tsl_features *features,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_matrix *x = s->x;
    if (given) {
        TSL__TRY(tsl__recipe_copy(given, &features->recipe, err));
    } else if (x->rows == 0 || x->cols == 0) {
        status = tsl__error_set(err, TSL_E_INPUT, "nothing to cluster: the data have %zu rows and %zu columns", x->rows,
                                x->cols);
    } else {
        TSL__TRY(fit_recipe(s, name, opt, exec, &features->recipe, err));
        TSL__TRY(note_constants(features->recipe, &features->info.notes, err));
    }
done:
    return status;
}

tsl_status tsl_features_build_plain(const tsl_matrix *given, const double *weight, const char *const *name,
                                    const char *const *id, const tsl_recipe *recipe, const tsl_feature_options *opt,
                                    const tsl_exec *exec, tsl_features **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double start = tsl__clock();
    tsl_feature_options options;
    tsl_exec run;
    tsl_matrix view, *x = &view;
    sample rows = {.x = &view};
    tsl_features *features = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__feature_options_open(opt, &options, err));
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__NEED(features = tsl__alloc_zero(1, sizeof *features));
    features->applied = recipe != NULL;
    TSL__TRY(open_doubles(given, &view, &features->owned, err));
    TSL__TRY(check_finite(x, name, err));
    TSL__TRY(tsl__weights_check(weight, x->rows, &rows.weights, err));
    rows.unit = tsl__weights_get_unit(weight, x->rows);
    features->customers = x->rows;
    features->weight = weight;
    TSL__TRY(make_recipe(&rows, name, recipe, &options, &run, features, err));
    features->feature = features->recipe->feature;
    features->feature_count = features->recipe->feature_count;
    features->as_of = TSL_NO_DAY;
    features->as_of_from = "";
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
