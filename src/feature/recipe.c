/* recipe.c: the fitted description of the features, as an object: options,
 * copies, equality. */
#include "feature/recipe.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "feature/derived/derived.h"
#include "feature/own_line.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* ---- Options --------------------------------------------------------------- */

void tsl_feature_defaults(tsl_feature_options *opt, size_t size)
{
    const tsl_feature_options full = {
        .size = sizeof full,
        .scale = TSL_SCALE_Z,
        .winsor_low = 0.001,
        .winsor_high = 0.999,
        .weight = {1, 1, 1},
        .max_categories = 32,
        .max_shares = 8,
        .missing_share = 0.01,
        .value_models = 1,
        .discount = 0.1,
    };
    tsl__options_give(opt, size, &full, sizeof full);
}

#define RANGE(field, ...) TSL__RANGE(tsl_feature_options, field, __VA_ARGS__)

static const tsl_option_range ranges[] = {
    RANGE(winsor_low, .high = 1),
    RANGE(winsor_high, .high = 1),
    RANGE(weight[TSL_DEMOGRAPHIC], .high = 1e6),
    RANGE(weight[TSL_BEHAVIORAL], .high = 1e6),
    RANGE(weight[TSL_VALUE], .high = 1e6),
    RANGE(max_categories, .low = 1, .high = 10000),
    RANGE(max_shares, .low = 1, .high = 1000),
    RANGE(missing_share, .high = 1),
    RANGE(pca[TSL_DEMOGRAPHIC], .high = 10000),
    RANGE(pca[TSL_BEHAVIORAL], .high = 10000),
    RANGE(pca[TSL_VALUE], .high = 10000),
    RANGE(discount, .high = 1),
};

const tsl_option_range *tsl_feature_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

tsl_status tsl__selection_check(const tsl_selection *selection, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_check_texts(selection->include, selection->include_count, "include", err));
    TSL__TRY(tsl__options_check_texts(selection->exclude, selection->exclude_count, "exclude", err));
    if ((unsigned)selection->basis >= TSL_BASES) {
        status = tsl__error_set(err, TSL_E_OPTION, "basis: unknown one %d", (int)selection->basis);
    } else if ((unsigned)selection->apart >= TSL_APARTS) {
        status = tsl__error_set(err, TSL_E_OPTION, "apart: unknown kind %d", (int)selection->apart);
    }
done:
    return status;
}

static tsl_status check_pca(const tsl_feature_options *o, tsl_error *err)
{
    for (int g = 0; g < TSL_GROUPS; g++) {
        if (o->pca[g] > 1 && o->pca[g] != floor(o->pca[g])) {
            return tsl__error_set(
                err, TSL_E_OPTION,
                "pca: %g of the %s vector is neither a number of components nor a share of the variance", o->pca[g],
                tsl_group_get_name((tsl_group)g));
        }
    }
    return TSL_OK;
}

static tsl_status check(const tsl_feature_options *o, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_check_ranges(o, ranges, sizeof ranges / sizeof *ranges, err));
    TSL__TRY(tsl__selection_check(&o->selection, err));
    TSL__TRY(tsl__options_check_texts(o->outcome, o->outcome_count, "outcome", err));
    TSL__TRY(tsl__options_check_texts(o->select, o->select_count, "select", err));
    TSL__TRY(tsl__lines_check(o->line, o->line_count, err));
    TSL__TRY(check_pca(o, err));
    TSL__TRY(o->rfm ? tsl_rfm_check(o->rfm, err) : TSL_OK);
    if (o->winsor_low >= o->winsor_high) {
        status = tsl__error_set(err, TSL_E_OPTION, "winsorise: %g and %g are not two rising quantiles from 0 to 1",
                                o->winsor_low, o->winsor_high);
    } else if ((unsigned)o->scale >= TSL_SCALES) {
        status = tsl__error_set(err, TSL_E_OPTION, "scale: unknown method %d", (int)o->scale);
    } else if ((unsigned)o->returns > TSL_RETURNS_MATCHED) {
        status = tsl__error_set(err, TSL_E_OPTION, "returns: %d is no way to take them", (int)o->returns);
    } else if ((unsigned)o->events > TSL_EVENTS_ALL) {
        status = tsl__error_set(err, TSL_E_OPTION, "events: %d is no kind of days", (int)o->events);
    } else if ((unsigned)o->value_models > 1) {
        status = tsl__error_set(err, TSL_E_OPTION, "value_models: %d is not 0 or 1", o->value_models);
    } else if (o->refit & ~(unsigned)TSL_REFIT_FEATURES) {
        status = tsl__error_set(err, TSL_E_OPTION, "refit: %#x is nothing that can be fitted anew", o->refit);
    } else if (o->weight[0] + o->weight[1] + o->weight[2] == 0) {
        status = tsl__error_set(err, TSL_E_OPTION, "weights: at least one group needs a weight over 0");
    }
done:
    return status;
}

tsl_status tsl__feature_options_open(const tsl_feature_options *given, tsl_feature_options *opt, tsl_error *err)
{
    tsl_feature_defaults(opt, sizeof *opt);
    tsl_status status = tsl__options_take("feature", opt, sizeof *opt, given, err);
    return status == TSL_OK ? check(opt, err) : status;
}

tsl_status tsl_feature_check(const tsl_feature_options *opt, tsl_error *err)
{
    tsl_feature_options full;
    tsl__error_reset(err);
    return tsl__feature_options_open(opt, &full, err);
}

tsl_status tsl__recipe_check_scales(const tsl_recipe *recipe, tsl_error *err)
{
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        const tsl_bins *bins = &recipe->feature[column->feature].bins;
        if (!isfinite(column->scale) || !isfinite(column->center) || !(column->scale > 0)) {
            return tsl__error_set(err, TSL_E_INPUT,
                                  "column %zu (\"%s\"): the values, from %g to %g, are too far apart, or too near each "
                                  "other, to be scaled: scale them yourself, or take them as they are (scale none)",
                                  c + 1, column->name, bins->low, bins->high);
        }
    }
    return TSL_OK;
}

/* ---- Copies ------------------------------------------------------------------ */

static int copy_text(char **text)
{
    *text = *text ? tsl__strdup(*text) : NULL;
    return *text != NULL;
}

static int copy_known(tsl_feature *f)
{
    char *const *from = f->known;
    size_t count = f->known_count;
    f->known_count = 0;
    f->known = from ? tsl__alloc_zero(count, sizeof *f->known) : NULL;
    for (int good = f->known != NULL; good && f->known_count < count;) {
        f->known[f->known_count] = tsl__strdup(from[f->known_count]);
        good = f->known[f->known_count] != NULL;
        f->known_count += (size_t)good;
    }
    return !from || (f->known && f->known_count == count);
}

static int copy_feature(const tsl_feature *from, tsl_feature *to)
{
    *to = *from;
    /* All are tried, so that none is left that belongs to `from`. */
    return copy_text(&to->name) & copy_text(&to->unit) & copy_text(&to->definition) & copy_text(&to->entry) &
           copy_text(&to->column) & copy_text(&to->level) & copy_known(to);
}

static double *copy_numbers(const double *from, size_t count)
{
    double *to = tsl__alloc(count, sizeof *to);
    if (to) {
        memcpy(to, from, count * sizeof *to);
    }
    return to;
}

static tsl_status copy_pool(const tsl_pool *from, tsl_pool *to, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *to = (tsl_pool){.count = from->count, .components = from->components, .first = from->first};
    if (from->count == 0) {
        return TSL_OK;
    }
    TSL__NEED(to->column = tsl__alloc(from->count, sizeof *to->column));
    memcpy(to->column, from->column, from->count * sizeof *to->column);
    TSL__NEED(to->mean = copy_numbers(from->mean, from->count));
    TSL__NEED(to->sd = copy_numbers(from->sd, from->count));
    TSL__NEED(to->loading = copy_numbers(from->loading, from->components * from->count));
    TSL__NEED(to->variance = copy_numbers(from->variance, from->components));
done:
    return status;
}

tsl_status tsl__recipe_copy(const tsl_recipe *recipe, tsl_recipe **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_recipe *copy = NULL;
    *out = NULL;
    TSL__NEED(copy = tsl__alloc(1, sizeof *copy));
    *copy = *recipe;
    copy->feature_count = copy->column_count = 0;
    copy->column = NULL;
    memset(copy->reading, 0, sizeof copy->reading);
    memset(copy->pool, 0, sizeof copy->pool);
    copy->weight = NULL;
    copy->class_count = 0;
    copy->line = NULL;
    copy->line_count = 0;
    copy->correlated = NULL;
    TSL__NEED(copy->feature = tsl__alloc_zero(recipe->feature_count, sizeof *copy->feature));
    TSL__NEED(copy->column = tsl__alloc_zero(recipe->column_count, sizeof *copy->column));
    TSL__TRY(recipe->line_count ? tsl__lines_copy(recipe->line, recipe->line_count, &copy->line, err) : TSL_OK);
    copy->line_count = recipe->line_count;
    if (recipe->weight) {
        TSL__NEED(copy->weight = tsl__strdup(recipe->weight));
    }
    while (copy->feature_count < recipe->feature_count) {
        size_t f = copy->feature_count++;
        TSL__TRY(copy_feature(&recipe->feature[f], &copy->feature[f]) ? TSL_OK : tsl__error_nomem(err));
    }
    while (copy->column_count < recipe->column_count) {
        TSL__TRY(tsl__column_copy(&recipe->column[copy->column_count], &copy->column[copy->column_count])
                     ? TSL_OK
                     : tsl__error_nomem(err));
        copy->column_count++;
    }
    for (size_t c = 0; c < recipe->class_count; c++) {
        TSL__NEED(copy->classes[c].code = tsl__strdup(recipe->classes[c].code));
        copy->class_count++;
    }
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        TSL__TRY(tsl__recipe_set_reading(copy, (tsl_table_kind)kind, recipe->reading[kind], err));
    }
    for (int g = 0; g < TSL_GROUPS; g++) {
        TSL__TRY(copy_pool(&recipe->pool[g], &copy->pool[g], err));
    }
    if (recipe->correlated_count) {
        const size_t bytes = recipe->correlated_count * sizeof *copy->correlated;
        TSL__NEED(copy->correlated = tsl__alloc(bytes, 1));
        memcpy(copy->correlated, recipe->correlated, bytes);
    }
    *out = copy;
    copy = NULL;
done:
    tsl_recipe_free(copy);
    return status;
}

int tsl__column_copy(const tsl_vector_column *from, tsl_vector_column *to)
{
    const size_t bytes = 2 * from->knot_count * sizeof *from->knot;
    *to = *from;
    to->name = tsl__strdup(from->name);
    to->knot = from->knot_count ? tsl__alloc(bytes, 1) : NULL;
    if (!to->name || (from->knot_count && !to->knot)) {
        tsl__column_close(to);
        return 0;
    }
    if (to->knot) {
        memcpy(to->knot, from->knot, bytes);
    }
    return 1;
}

void tsl__column_close(tsl_vector_column *column)
{
    free(column->name);
    free(column->knot);
    column->name = NULL;
    column->knot = NULL;
}

void tsl__columns_free(tsl_vector_column *column, size_t count)
{
    for (size_t i = 0; column && i < count; i++) {
        tsl__column_close(&column[i]);
    }
    free(column);
}

static void close_pool(tsl_pool *pool)
{
    free(pool->column);
    free(pool->mean);
    free(pool->sd);
    free(pool->loading);
    free(pool->variance);
    *pool = (tsl_pool){.count = 0};
}

void tsl__pools_drop(tsl_recipe *recipe)
{
    while (recipe->column_count > 0 && recipe->column[recipe->column_count - 1].component) {
        tsl__column_close(&recipe->column[--recipe->column_count]);
    }
    for (size_t c = 0; c < recipe->column_count; c++) {
        recipe->column[c].pooled = 0;
    }
    for (int g = 0; g < TSL_GROUPS; g++) {
        close_pool(&recipe->pool[g]);
    }
}

void tsl__recipe_drop_classes(tsl_recipe *recipe)
{
    while (recipe->class_count > 0) {
        free(recipe->classes[--recipe->class_count].code);
    }
}

void tsl_recipe_free(tsl_recipe *recipe)
{
    if (!recipe) {
        return;
    }
    for (size_t f = 0; recipe->feature && f < recipe->feature_count; f++) {
        tsl_feature *feature = &recipe->feature[f];
        char *const text[] = {feature->name,  feature->unit,   feature->definition,
                              feature->entry, feature->column, feature->level};
        for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
            free(text[i]);
        }
        tsl__free_texts(feature->known, feature->known_count);
    }
    free(recipe->feature);
    tsl__columns_free(recipe->column, recipe->column_count);
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        free(recipe->reading[kind]);
    }
    tsl__recipe_drop_classes(recipe);
    free(recipe->weight);
    tsl__lines_free(recipe->line, recipe->line_count);
    free(recipe->correlated);
    for (int g = 0; g < TSL_GROUPS; g++) {
        close_pool(&recipe->pool[g]);
    }
    free(recipe);
}

tsl_status tsl__recipe_set_reading(tsl_recipe *recipe, tsl_table_kind kind, const char *reading, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (reading) {
        TSL__NEED(recipe->reading[kind] = tsl__strdup(reading));
    }
done:
    return status;
}

/* ---- Asking ------------------------------------------------------------------- */

void tsl__recipe_set_settings(tsl_recipe *recipe, const tsl_feature_options *opt)
{
    recipe->settings = *opt;
    recipe->settings.selection = (tsl_selection){0};
    recipe->settings.allow_missing = 0;
    recipe->settings.refit = 0;
    recipe->settings.outcomes_given = 0;
    recipe->settings.outcome = NULL;
    recipe->settings.outcome_count = 0;
    recipe->settings.select = NULL;
    recipe->settings.select_count = 0;
    recipe->settings.line = NULL;
    recipe->settings.line_count = 0;
    recipe->settings.rfm = NULL; /* the recipe has what was made of them */
}

int tsl__basis_is_own(tsl_basis basis)
{
    return basis == TSL_BASIS_CORE || basis == TSL_BASIS_NUMERIC;
}

size_t tsl__recipe_find_column(const tsl_recipe *recipe, size_t f, const char *const *name, size_t cols)
{
    size_t c = name ? 0 : f;
    while (name && c < cols && strcmp(name[c], recipe->feature[f].name) != 0) {
        c++;
    }
    return c;
}

size_t tsl__recipe_find(const tsl_recipe *recipe, const char *name)
{
    size_t f = 0;
    while (f < recipe->feature_count && strcmp(recipe->feature[f].name, name) != 0) {
        f++;
    }
    return f;
}

size_t tsl__recipe_find_told(const tsl_recipe *recipe, const char *column)
{
    size_t f = 0;
    while (f < recipe->feature_count &&
           !(*recipe->feature[f].entry && strcmp(recipe->feature[f].column, column) == 0)) {
        f++;
    }
    return *column ? f : recipe->feature_count;
}

int tsl__recipe_is_entry(const tsl_recipe *recipe, size_t f)
{
    return f < recipe->feature_count && *recipe->feature[f].entry;
}

size_t tsl__block_end(const tsl_recipe *recipe, size_t first)
{
    size_t end = first + 1;
    while (end < recipe->feature_count && recipe->feature[end].block == recipe->feature[first].block) {
        end++;
    }
    return end;
}

/* NaN is the same as NaN. */
static int same_numbers(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a[i] != b[i] && !(isnan(a[i]) && isnan(b[i]))) {
            return 0;
        }
    }
    return 1;
}

static int same_features(const tsl_feature *a, const tsl_feature *b)
{
    if (a->known_count != b->known_count || a->bins.count != b->bins.count) {
        return 0;
    }
    for (size_t i = 0; i < a->known_count; i++) {
        if (strcmp(a->known[i], b->known[i]) != 0) {
            return 0;
        }
    }
    return strcmp(a->name, b->name) == 0 && strcmp(a->entry, b->entry) == 0 && strcmp(a->column, b->column) == 0 &&
           strcmp(a->level, b->level) == 0 && a->outcome == b->outcome && a->type == b->type && a->role == b->role &&
           a->rest == b->rest && a->window_days == b->window_days && a->transform == b->transform &&
           same_numbers(a->bins.cut, b->bins.cut, TSL_BINS_MAX) &&
           same_numbers(a->bins.share, b->bins.share, TSL_BINS_MAX);
}

/* Those of the vectors: extra ones come and go with the selection. */
static size_t count_columns(const tsl_recipe *recipe)
{
    size_t count = 0;
    while (count < recipe->column_count && !recipe->column[count].extra) {
        count++;
    }
    return count;
}

static int same_columns(const tsl_vector_column *a, const tsl_vector_column *b)
{
    const double x[] = {a->low, a->high, a->center, a->scale, a->fill},
                 y[] = {b->low, b->high, b->center, b->scale, b->fill};
    return strcmp(a->name, b->name) == 0 && a->feature == b->feature && a->indicator == b->indicator &&
           a->transform == b->transform && same_numbers(x, y, sizeof x / sizeof *x) && a->knot_count == b->knot_count &&
           (!a->knot_count || same_numbers(a->knot, b->knot, 2 * a->knot_count));
}

int tsl__recipe_same(const tsl_recipe *a, const tsl_recipe *b)
{
    size_t columns = count_columns(a);
    int same = a->feature_count == b->feature_count && columns == count_columns(b) && a->tables == b->tables &&
               a->customers == b->customers && a->plain == b->plain && tsl__derived_are_same(a, b) &&
               same_numbers(&a->median_purchase, &b->median_purchase, 1);
    same = same && a->line_count == b->line_count;
    for (size_t i = 0; i < a->line_count && same; i++) {
        same = tsl__lines_are_same(&a->line[i], &b->line[i]);
    }
    for (size_t f = 0; f < a->feature_count && same; f++) {
        same = same_features(&a->feature[f], &b->feature[f]);
    }
    for (size_t c = 0; c < columns && same; c++) {
        same = same_columns(&a->column[c], &b->column[c]);
    }
    return same;
}
