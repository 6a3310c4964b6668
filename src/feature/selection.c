/* selection.c: which columns the clusters are found on, by names with * and ?. */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "feature/normalise.h"
#include "feature/recipe.h"

#include <stdlib.h>
#include <string.h>

/* * stands for any bytes, ? for any character; all else for itself. */
static int fits(const char *pattern, const char *name)
{
    const char *star = NULL, *retry = NULL;
    while (*name) {
        if (*pattern == '*') {
            star = pattern++;
            retry = name;
        } else if (*pattern == '?') {
            pattern++;
            do {
                name++;
            } while ((*name & 0xC0) == 0x80);
        } else if (*pattern == *name) {
            pattern++;
            name++;
        } else if (star) {
            pattern = star + 1;
            name = ++retry;
        } else {
            return 0;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}

static int fits_any(const char *const *pattern, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (fits(pattern[i], name)) {
            return 1;
        }
    }
    return 0;
}

/* Each pattern fits a feature or a column. */
static tsl_status check_patterns(const tsl_recipe *recipe, const char *const *pattern, size_t count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const char **names = NULL;
    tsl__text hint = {0};
    TSL__NEED(names = tsl__alloc(recipe->feature_count, sizeof *names));
    for (size_t i = 0; i < recipe->feature_count; i++) {
        names[i] = recipe->feature[i].name;
    }
    for (size_t p = 0; p < count; p++) {
        int hit = 0;
        for (size_t i = 0; i < recipe->feature_count && !hit; i++) {
            hit = fits(pattern[p], names[i]);
        }
        for (size_t c = 0; c < recipe->column_count && !hit; c++) {
            hit = fits(pattern[p], recipe->column[c].name);
        }
        if (!hit) {
            tsl__nearest_put(&hint, pattern[p], names, recipe->feature_count);
            status = tsl__error_set(err, TSL_E_OPTION, "no feature is called \"%s\"%s", pattern[p],
                                    hint.data ? hint.data : "");
            goto done;
        }
    }
done:
    tsl__text_free(&hint);
    free(names);
    return status;
}

static int has_column(const tsl_recipe *recipe, size_t first, size_t end)
{
    for (size_t c = 0; c < recipe->column_count; c++) {
        if (recipe->column[c].feature >= first && recipe->column[c].feature < end) {
            return 1;
        }
    }
    return 0;
}

/* Columns for features outside the vectors that are asked for. */
static tsl_status fit_extras(tsl_features *features, const tsl_selection *s, tsl_error *err)
{
    const tsl_recipe *recipe = features->recipe;
    for (size_t f = 0, end; f < recipe->feature_count; f = end) {
        int wanted = 0;
        end = tsl__block_end(recipe, f);
        for (size_t i = f; i < end; i++) {
            wanted = wanted || fits_any(s->include, s->include_count, recipe->feature[i].name);
        }
        if (wanted && !has_column(recipe, f, end)) {
            tsl_status status = tsl__normalise_fit_extra(features, f, err);
            if (status != TSL_OK) {
                return status;
            }
        }
    }
    return TSL_OK;
}

/* A column belongs to a selection by its own name or its feature's. */
static int is_chosen(const tsl_recipe *recipe, const tsl_selection *s, const tsl_vector_column *column)
{
    const char *feature = recipe->feature[column->feature].name;
    if (recipe->weight && strcmp(recipe->weight, feature) == 0) {
        return 0;
    }
    if (fits_any(s->include, s->include_count, column->name) || fits_any(s->include, s->include_count, feature)) {
        return 1;
    }
    return !column->extra && recipe->settings.weight[column->group] > 0 &&
           !fits_any(s->exclude, s->exclude_count, column->name) && !fits_any(s->exclude, s->exclude_count, feature);
}

tsl_status tsl_features_fit_selection(tsl_features *features, const tsl_selection *selection, tsl_error *err)
{
    static const tsl_selection everything;
    const tsl_selection *s = selection ? selection : &everything;
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    char *chosen = NULL;
    size_t count = 0;
    tsl__error_reset(err);
    TSL__TRY(tsl__selection_check(s, err));
    TSL__TRY(check_patterns(recipe, s->include, s->include_count, err));
    TSL__TRY(check_patterns(recipe, s->exclude, s->exclude_count, err));
    TSL__TRY(fit_extras(features, s, err));
    TSL__NEED(chosen = tsl__alloc(recipe->column_count, 1));
    for (size_t c = 0; c < recipe->column_count; c++) {
        chosen[c] = (char)is_chosen(recipe, s, &recipe->column[c]);
        count += (size_t)(chosen[c] && recipe->settings.weight[recipe->column[c].group] > 0);
    }
    if (count == 0) {
        status = tsl__error_set(err, TSL_E_OPTION, "no feature is left to cluster by");
        goto done;
    }
    tsl__normalise_weigh(recipe, chosen);
done:
    free(chosen);
    return status;
}

tsl_status tsl__features_set_recipe(tsl_features *features, const tsl_recipe *recipe, tsl_error *err)
{
    tsl_recipe *copy = NULL;
    tsl_status status = TSL_OK;
    TSL__ASSERT(tsl__recipe_same(features->recipe, recipe));
    TSL__TRY(tsl__recipe_copy(recipe, &copy, err));
    tsl_recipe_free(features->recipe);
    features->recipe = copy;
    features->feature = copy->feature;
    tsl__vectors_set(features);
done:
    return status;
}
