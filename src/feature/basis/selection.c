/* selection.c: which columns the clusters are found on, by names with * and ?. */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "feature/basis/apart.h"
#include "feature/basis/core.h"
#include "feature/basis/numeric.h"
#include "feature/basis/pca.h"
#include "feature/columns/normalise.h"
#include "feature/recipe.h"
#include "feature/shelves.h"
#include "feature/words/feature_wording.h"
#include "feature/words/pattern.h"
#include "stat/quantile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int fits_any(const char *const *pattern, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (tsl__pattern_fits(pattern[i], name)) {
            return 1;
        }
    }
    return 0;
}

/* "age" of "age_years". */
static int is_without_unit(const char *pattern, const tsl_feature *feature)
{
    const size_t length = strlen(pattern);
    return *feature->unit && strncmp(feature->name, pattern, length) == 0 && feature->name[length] == '_' &&
           strcmp(feature->name + length + 1, feature->unit) == 0;
}

/* A category's bare name means all of its values. */
static int names_feature(const char *pattern, const tsl_feature *feature)
{
    const int is_value = *feature->level || feature->rest;
    const int is_of_column = is_value || *feature->entry; /* or is one, by another name */
    return tsl__pattern_fits(pattern, feature->name) || is_without_unit(pattern, feature) ||
           (is_of_column && *feature->column && strcmp(pattern, feature->column) == 0);
}

static int names_any(const char *const *pattern, size_t count, const tsl_feature *feature)
{
    for (size_t i = 0; i < count; i++) {
        if (names_feature(pattern[i], feature)) {
            return 1;
        }
    }
    return 0;
}

/* Each pattern fits a feature or a column; what: "include" or "exclude". */
static tsl_status check_patterns(const tsl_recipe *recipe, const char *what, const char *const *pattern, size_t count,
                                 tsl_error *err)
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
            hit = names_feature(pattern[p], &recipe->feature[i]);
        }
        for (size_t c = 0; c < recipe->column_count && !hit; c++) {
            hit = tsl__pattern_fits(pattern[p], recipe->column[c].name);
        }
        if (!hit) {
            if (!tsl__nearest_put(&hint, pattern[p], names, recipe->feature_count)) {
                tsl__text_puts(&hint, "; there are ");
                tsl__names_put(&hint, names, recipe->feature_count);
            }
            TSL__TRY(hint.failed ? tsl__error_nomem(err)
                                 : tsl__error_set(err, TSL_E_OPTION, "%s: no feature is called \"%s\"%s", what,
                                                  pattern[p], hint.data));
        }
    }
done:
    tsl__text_free(&hint);
    free(names);
    return status;
}

/* An outcome that is asked for by its own name is taken for a slip, not for a choice. */
static tsl_status refuse_outcomes(const tsl_recipe *recipe, const tsl_selection *s, tsl_error *err)
{
    for (size_t p = 0; p < s->include_count; p++) {
        for (size_t f = 0; f < recipe->feature_count; f++) {
            const tsl_feature *feature = &recipe->feature[f];
            if (feature->outcome &&
                (strcmp(feature->name, s->include[p]) == 0 || strcmp(feature->column, s->include[p]) == 0)) {
                return tsl__error_set(err, TSL_E_OPTION,
                                      "include: \"%s\" is an outcome, by which no clusters are found; --outcome names "
                                      "others, or none",
                                      s->include[p]);
            }
        }
    }
    return TSL_OK;
}

/* ---- The basis's own columns ----------------------------------------------------- */

static int has_column(const tsl_recipe *recipe, size_t first, size_t end)
{
    for (size_t c = 0; c < recipe->column_count; c++) {
        if (recipe->column[c].feature >= first && recipe->column[c].feature < end) {
            return 1;
        }
    }
    return 0;
}

/* What amounts are counted in: the median of the customers who are not set apart of their mean purchase. */
static tsl_status get_unit(const tsl_features *features, double *unit, tsl_error *err)
{
    const double half = .5;
    const size_t f = tsl__recipe_find(features->recipe, "monetary_mean");
    size_t count = 0;
    tsl_status status = TSL_OK;
    double *mean = NULL;
    *unit = 1;
    TSL__NEED(mean = tsl__alloc(features->customers, sizeof *mean));
    for (size_t i = 0; i < features->customers && f < features->feature_count; i++) {
        const double x = tsl__x_get(features, i, f);
        if (!isnan(x) && !(features->apart && features->apart[i] >= 0)) {
            mean[count++] = x;
        }
    }
    if (count) {
        tsl__quantiles(mean, count, &half, 1, unit);
    }
done:
    free(mean);
    return status;
}

/* Recency, frequency, spend. */
static tsl_status fit_core(tsl_features *features, tsl_error *err)
{
    tsl_status status = TSL_OK;
    /* Where one does not vary, the typical places differ by it all the same. */
    tsl__own_column how[] = {{.transform = TSL_LOG1P, .unit = 1, .fill_high = 1, .keep = 1},
                             {.transform = TSL_LOG1P, .unit = 1, .keep = 1},
                             {.transform = TSL_LOG1P_UNITS, .keep = 1}};
    TSL__TRY(get_unit(features, &how[2].unit, err));
    for (size_t i = 0; i < sizeof how / sizeof *how; i++) {
        how[i].first = tsl__recipe_find(features->recipe, tsl__core_names[i]);
        TSL__TRY(tsl__normalise_fit_extra(features, &how[i], NULL, err));
    }
done:
    return status;
}

/* The features whose numbers a numeric basis may take: all, but for those that are taken out. */
static tsl_status fit_numeric(tsl_features *features, const tsl_selection *s, tsl_error *err)
{
    const tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    char *wanted = NULL;
    TSL__NEED(wanted = tsl__alloc(recipe->feature_count, 1));
    for (size_t f = 0; f < recipe->feature_count; f++) {
        wanted[f] = (char)!names_any(s->exclude, s->exclude_count, &recipe->feature[f]);
    }
    TSL__TRY(tsl__numeric_fit(features, wanted, err));
done:
    free(wanted);
    return status;
}

/* 1 where the basis has the block's columns itself, which are then marked as asked for, too. */
static int mark_added(tsl_recipe *recipe, size_t first, size_t end)
{
    int marked = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        tsl_vector_column *column = &recipe->column[c];
        if (column->part && column->feature >= first && column->feature < end) {
            column->added = marked = 1;
        }
    }
    return marked;
}

/* Columns for the block of features that begins here, asked for by name, where the basis lacks it. */
static tsl_status add_block(tsl_features *features, size_t first, tsl_error *err)
{
    tsl_recipe *recipe = features->recipe;
    const size_t end = tsl__block_end(recipe, first);
    const int own = tsl__basis_is_own(recipe->basis);
    const int there = recipe->basis == TSL_BASIS_CORE ? tsl__core_has(recipe, first)
                      : own                           ? mark_added(recipe, first, end)
                                                      : has_column(recipe, first, end);
    tsl__own_column how = tsl__own_column_of(recipe, first);
    how.indicators = !own;
    how.added = 1;
    return there ? TSL_OK : tsl__normalise_fit_extra(features, &how, NULL, err);
}

/* Columns for features that are asked for and that the basis lacks. */
static tsl_status fit_included(tsl_features *features, const tsl_selection *s, tsl_error *err)
{
    const tsl_recipe *recipe = features->recipe;
    for (size_t f = 0, end; f < recipe->feature_count; f = end) {
        int wanted = 0;
        end = tsl__block_end(recipe, f);
        for (size_t i = f; i < end && !recipe->feature[f].outcome; i++) {
            wanted = wanted || names_any(s->include, s->include_count, &recipe->feature[i]);
        }
        tsl_status status = wanted ? add_block(features, f, err) : TSL_OK;
        if (status != TSL_OK) {
            return status;
        }
    }
    return TSL_OK;
}

/* ---- Which are chosen ---------------------------------------------------------- */

/* 1 where a numeric basis takes more than the columns that lead, which are those that have typical places. */
static int is_wide(const tsl_recipe *recipe, int wide)
{
    return wide || recipe->settings.scale != TSL_SCALE_Z;
}

/* 1 where the basis has the column before anything is taken out or in. */
static int is_of_basis(const tsl_recipe *recipe, const tsl_selection *s, const tsl_vector_column *column)
{
    switch (recipe->basis) {
    case TSL_BASIS_CORE:
        return column->extra && tsl__core_has(recipe, column->feature);
    case TSL_BASIS_NUMERIC:
        return tsl__part_is_taken(column->part, is_wide(recipe, s->wide));
    case TSL_BASIS_ALL:
        return !column->extra && !column->indicator;
    default:
        return !column->extra && !column->indicator &&
               (int)column->group == (int)recipe->basis - (int)TSL_BASIS_DEMOGRAPHIC + (int)TSL_DEMOGRAPHIC;
    }
}

/* A column belongs to a selection by its own name or its feature's. */
static int is_chosen(const tsl_recipe *recipe, const tsl_selection *s, const tsl_vector_column *column)
{
    const tsl_feature *feature = &recipe->feature[column->feature];
    if ((recipe->weight && strcmp(recipe->weight, feature->name) == 0) ||
        (tsl__basis_is_own(recipe->basis) && !column->extra)) {
        return 0;
    }
    if (fits_any(s->include, s->include_count, column->name) || names_any(s->include, s->include_count, feature)) {
        return 1;
    }
    return is_of_basis(recipe, s, column) && recipe->settings.weight[column->group] > 0 &&
           !fits_any(s->exclude, s->exclude_count, column->name) && !names_any(s->exclude, s->exclude_count, feature);
}

/* Those that somebody took out are not spoken of either. */
static void mark_excluded(tsl_recipe *recipe, const tsl_selection *s)
{
    for (size_t f = 0; f < recipe->feature_count; f++) {
        tsl_feature *feature = &recipe->feature[f];
        feature->excluded =
            names_any(s->exclude, s->exclude_count, feature) && !names_any(s->include, s->include_count, feature);
    }
}

/* Weights by the selection; *count: of columns that have one. */
static tsl_status weigh(tsl_recipe *recipe, const tsl_selection *s, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *chosen = NULL;
    *count = 0;
    TSL__NEED(chosen = tsl__alloc(recipe->column_count, 1));
    for (size_t c = 0; c < recipe->column_count; c++) {
        chosen[c] = (char)is_chosen(recipe, s, &recipe->column[c]);
        *count += (size_t)(chosen[c] && recipe->settings.weight[recipe->column[c].group] > 0);
    }
    tsl__normalise_weigh(recipe, chosen);
done:
    free(chosen);
    return status;
}

/* 1 where some customers' core differs from others'. */
static int core_varies(const tsl_recipe *recipe)
{
    int varies = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        varies = varies || (recipe->column[c].extra && recipe->column[c].low < recipe->column[c].high);
    }
    return varies;
}

/* Who is set apart, the columns that the basis wants, and the weights. */
static tsl_status fit_basis(tsl_features *features, const tsl_selection *s, size_t *count, tsl_error *err)
{
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__apart_fit(features, err));
    tsl__normalise_drop_extras(features);
    if (recipe->basis == TSL_BASIS_CORE) {
        TSL__TRY(fit_core(features, err));
    } else if (recipe->basis == TSL_BASIS_NUMERIC) {
        TSL__TRY(fit_numeric(features, s, err));
    }
    TSL__TRY(fit_included(features, s, err));
    TSL__TRY(weigh(recipe, s, count, err));
done:
    return status;
}

/* Components are of the vectors' columns. */
static tsl_status check_pca(const tsl_recipe *recipe, tsl_error *err)
{
    int asked = 0;
    for (int g = 0; g < TSL_GROUPS; g++) {
        asked = asked || recipe->settings.pca[g] > 0;
    }
    return asked && tsl__basis_is_own(recipe->basis)
               ? tsl__error_set(err, TSL_E_OPTION,
                                "pca: the columns of the %s basis are its own; components stand for those of a vector: "
                                "--basis all, demographic, behavioral or value",
                                recipe->basis == TSL_BASIS_CORE ? "core" : "numeric")
               : TSL_OK;
}

static tsl_status check_basis(const tsl_recipe *recipe, tsl_error *err)
{
    return recipe->basis == TSL_BASIS_CORE && !tsl__core_is_there(recipe)
               ? tsl__error_set(
                     err, TSL_E_OPTION,
                     "basis: core is recency, frequency and spend, which transactions tell, or columns of the "
                     "customers that hold all three")
               : TSL_OK;
}

/* 1 where those who are not set apart differ in a chosen column. */
static int others_vary(const tsl_features *features)
{
    const tsl_recipe *recipe = features->recipe;
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        double first = NAN;
        for (size_t i = 0; i < features->customers && column->weight > 0; i++) {
            if (!features->apart || features->apart[i] < 0) {
                const double value = tsl__normalise_get(column, tsl__x_get(features, i, column->feature));
                first = isnan(first) ? value : first;
                if (value != first) {
                    return 1;
                }
            }
        }
    }
    return 0;
}

/* Instead of numeric: all vectors. */
static tsl_status fall_back_from_numeric(tsl_features *features, const tsl_selection *s, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    features->recipe->basis = TSL_BASIS_ALL;
    TSL__TRY(fit_basis(features, s, count, err));
    if (*count) {
        TSL__TRY(tsl__notes_put(&features->info.notes, err,
                                "clusters are found by all vectors, as no number takes more than two values (but for a "
                                "few far ones), and no yes/no column or category varies"));
    }
done:
    return status;
}

/* 1 where somebody is not set apart as one who never bought. */
static int somebody_bought(const tsl_features *features)
{
    const int never = (int)features->recipe->class_count - 1;
    size_t i = 0;
    while (i < features->customers && features->apart && features->apart[i] == never) {
        i++;
    }
    return i < features->customers;
}

/* Which of the chosen columns stay. */
typedef int keeps(const tsl_recipe *recipe, const tsl_vector_column *column);

static tsl_status keep_columns(tsl_recipe *recipe, keeps *keep, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *chosen = NULL;
    *count = 0;
    TSL__NEED(chosen = tsl__alloc(recipe->column_count, 1));
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        chosen[c] = (char)(column->weight > 0 && keep(recipe, column));
        *count += (size_t)chosen[c];
    }
    if (*count) {
        tsl__normalise_weigh(recipe, chosen);
    }
done:
    free(chosen);
    return status;
}

static int is_frequency(const tsl_recipe *recipe, const tsl_vector_column *column)
{
    return strcmp(recipe->feature[column->feature].name, "frequency") == 0;
}

static int is_free_of_buying(const tsl_recipe *recipe, const tsl_vector_column *column)
{
    const char *value;
    const tsl__catalogue_entry *words = tsl__wording_get(recipe->feature[column->feature].name, &value);
    return !(words && words->buying);
}

/* All buyers are alike: the others are Potential, whatever they gave back, and that they did not buy tells them. */
static tsl_status fall_back_to_frequency(tsl_features *features, const tsl_selection *s, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t left;
    features->recipe->apart = TSL_APART_NONE;
    TSL__TRY(fit_basis(features, s, count, err));
    TSL__TRY(keep_columns(features->recipe, is_frequency, &left, err));
    *count = left ? left : *count;
    TSL__TRY(tsl__notes_put(&features->info.notes, err,
                            "clusters are found by %s, and nobody is set apart, as all customers who would not be are "
                            "alike",
                            left ? "frequency alone" : "all vectors"));
done:
    return status;
}

/* All customers are Potential: what is known of their lines, as the sum of what they gave back, tells nothing of them.
 */
static tsl_status fall_back_to_others(tsl_features *features, const tsl_selection *s, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    features->recipe->apart = TSL_APART_NONE;
    TSL__TRY(fit_basis(features, s, count, err));
    TSL__TRY(keep_columns(features->recipe, is_free_of_buying, count, err));
    if (*count == 0) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "none of the %zu customers bought anything: all of them are potential, and nothing else "
                              "is known that tells them apart",
                              features->customers);
    }
    TSL__TRY(tsl__notes_put(&features->info.notes, err,
                            "nobody bought anything: clusters are found by all vectors, but for what is known of "
                            "buying"));
done:
    return status;
}

/* Instead of core: all vectors, and, where these do not tell the others apart either, of all customers. */
static tsl_status fall_back_from_core(tsl_features *features, const tsl_selection *s, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const int bought = somebody_bought(features);
    features->recipe->basis = TSL_BASIS_ALL;
    TSL__TRY(fit_basis(features, s, count, err));
    if (!bought) {
        return fall_back_to_others(features, s, count, err);
    }
    if (!others_vary(features)) {
        return fall_back_to_frequency(features, s, count, err);
    }
    TSL__TRY(tsl__notes_put(&features->info.notes, err,
                            "clusters are found by all vectors, as recency, frequency and spend are the same for all "
                            "customers who are not set apart"));
done:
    return status;
}

static tsl_status select_columns(tsl_features *features, const tsl_selection *s, tsl_error *err)
{
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    size_t count = 0;
    recipe->basis = s->basis ? s->basis : tsl__core_is_there(recipe) ? TSL_BASIS_CORE : TSL_BASIS_NUMERIC;
    recipe->apart = !tsl__apart_is_told(recipe) ? TSL_APART_NONE : s->apart ? s->apart : TSL_APART_ONCE;
    TSL__TRY(check_basis(recipe, err));
    TSL__TRY(check_pca(recipe, err));
    mark_excluded(recipe, s);
    TSL__TRY(fit_basis(features, s, &count, err));
    if (recipe->basis == TSL_BASIS_CORE && !s->basis && !core_varies(recipe)) {
        TSL__TRY(fall_back_from_core(features, s, &count, err));
    } else if (recipe->basis == TSL_BASIS_NUMERIC && !s->basis && count == 0) {
        TSL__TRY(fall_back_from_numeric(features, s, &count, err));
    }
    if (count == 0) {
        TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "no feature is left to cluster by"));
    }
    TSL__TRY(tsl__pca_fit(features, err));
done:
    return status;
}

/* ---- All or nothing -------------------------------------------------------------- */

/* What a choice changes, as it was before. */
typedef struct former {
    tsl_recipe *recipe;
    int8_t *apart;
} former;

static tsl_status former_open(tsl_features *features, former *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (former){NULL, NULL};
    TSL__TRY(tsl__recipe_copy(features->recipe, &out->recipe, err));
    out->apart = features->apart;
    features->apart = NULL;
done:
    return status;
}

/* Lets go of what was before, or, where the choice failed, of the choice. */
static void former_close(tsl_features *features, former *was, tsl_status status)
{
    if (!was->recipe) {
        return;
    }
    if (status != TSL_OK) {
        const tsl_recipe refused = *features->recipe;
        int8_t *apart = features->apart;
        *features->recipe = *was->recipe; /* it stays where it is: others look at it */
        features->feature = features->recipe->feature;
        features->apart = was->apart;
        tsl__vectors_set(features);
        *was->recipe = refused;
        was->apart = apart;
    }
    tsl_recipe_free(was->recipe);
    free(was->apart);
}

tsl_status tsl_features_fit_selection(tsl_features *features, const tsl_selection *selection, tsl_error *err)
{
    static const tsl_selection none;
    const tsl_selection *s = selection ? selection : &none;
    tsl_status status = TSL_OK;
    former was = {NULL, NULL};
    tsl__error_reset(err);
    TSL__TRY(tsl__selection_check(s, err));
    TSL__TRY(check_patterns(features->recipe, "include", s->include, s->include_count, err));
    TSL__TRY(check_patterns(features->recipe, "exclude", s->exclude, s->exclude_count, err));
    TSL__TRY(refuse_outcomes(features->recipe, s, err));
    TSL__TRY(former_open(features, &was, err));
    TSL__TRY(select_columns(features, s, err));
done:
    former_close(features, &was, status);
    return status;
}

/* ---- Others set apart ------------------------------------------------------------ */

/* The column of this name and kind that a recipe chooses, or NULL. */
static const tsl_vector_column *find_chosen(const tsl_recipe *recipe, const tsl_vector_column *like)
{
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        if (tsl__column_finds(column) && column->extra == like->extra && strcmp(column->name, like->name) == 0) {
            return column;
        }
    }
    return NULL;
}

/* The basis's own columns, anew. */
static tsl_status fit_own_again(tsl_features *features, const tsl_recipe *before, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *wanted = NULL;
    if (before->basis == TSL_BASIS_CORE) {
        return fit_core(features, err);
    }
    if (before->basis != TSL_BASIS_NUMERIC) {
        return TSL_OK;
    }
    TSL__NEED(wanted = tsl__alloc_zero(before->feature_count, 1));
    for (size_t f = 0; f < before->feature_count; f++) { /* which stand in for numbers where there are none any more */
        wanted[f] = before->feature[f].form != TSL_FORM_NUMBER && !tsl__numeric_is_flags(before);
    }
    for (size_t c = 0; c < before->column_count; c++) {
        wanted[before->column[c].feature] |= before->column[c].part != TSL_PART_NONE;
    }
    TSL__TRY(tsl__numeric_fit(features, wanted, err));
done:
    free(wanted);
    return status;
}

/* The columns that the basis was given besides, anew. */
static tsl_status fit_included_again(tsl_features *features, const tsl_recipe *before, tsl_error *err)
{
    size_t last = before->feature_count; /* columns of a block stand together */
    for (size_t c = 0; c < before->column_count; c++) {
        const tsl_vector_column *column = &before->column[c];
        size_t first = column->feature;
        while (first > 0 && before->feature[first - 1].block == before->feature[first].block) {
            first--;
        }
        if (!column->added || first == last) {
            continue;
        }
        tsl_status status = add_block(features, first, err);
        if (status != TSL_OK) {
            return status;
        }
        last = first;
    }
    return TSL_OK;
}

/* 1 where a column is in the distance as it was before; of the numbers of a numeric basis, which may be others now,
 * as their parts say. */
static int is_chosen_again(const tsl_recipe *recipe, const tsl_recipe *before, int wide,
                           const tsl_vector_column *column)
{
    const int was = find_chosen(before, column) != NULL;
    if (recipe->weight && strcmp(recipe->weight, recipe->feature[column->feature].name) == 0) {
        return 0;
    }
    return column->part == TSL_PART_NONE ? was
           : column->part == TSL_PART_FLAG
               ? was || !tsl__numeric_is_flags(before)
               : tsl__part_is_taken(column->part, is_wide(recipe, wide)) || (column->added && was);
}

static tsl_status weigh_again(tsl_recipe *recipe, const tsl_recipe *before, int wide, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t count = 0;
    char *chosen = NULL;
    TSL__NEED(chosen = tsl__alloc(recipe->column_count, 1));
    for (size_t c = 0; c < recipe->column_count; c++) {
        chosen[c] = (char)is_chosen_again(recipe, before, wide, &recipe->column[c]);
        count += (size_t)chosen[c];
    }
    tsl__normalise_weigh(recipe, chosen);
    if (count == 0) {
        status = tsl__error_set(err, TSL_E_OPTION, "no feature is left to cluster by");
    }
done:
    free(chosen);
    return status;
}

/* like: whose classes are taken over; NULL: those of `apart` are fitted; DEFAULT: they stay. */
static tsl_status fit_again(tsl_features *features, tsl_apart apart, const tsl_recipe *like,
                            const tsl__apart_least *least, int wide, tsl_error *err)
{
    tsl_status status = TSL_OK;
    former was = {NULL, NULL};
    TSL__TRY(former_open(features, &was, err));
    if (like) {
        TSL__TRY(tsl__apart_take(features, like, least, err));
    } else if (apart != TSL_APART_DEFAULT) {
        features->recipe->apart = apart;
        TSL__TRY(tsl__apart_fit(features, err));
    } else {
        TSL__TRY(tsl__apart_apply(features, err));
    }
    tsl__normalise_drop_extras(features);
    TSL__TRY(fit_own_again(features, was.recipe, err));
    TSL__TRY(fit_included_again(features, was.recipe, err));
    TSL__TRY(weigh_again(features->recipe, was.recipe, wide, err));
    TSL__TRY(tsl__pca_fit(features, err));
done:
    former_close(features, &was, status);
    return status;
}

tsl_status tsl__features_fit_again(tsl_features *features, tsl_apart apart, int wide, tsl_error *err)
{
    const tsl_recipe *recipe = features->recipe;
    const int apart_stays = apart == TSL_APART_DEFAULT || apart == recipe->apart || !tsl__apart_is_told(recipe);
    return apart_stays && recipe->basis != TSL_BASIS_NUMERIC
               ? TSL_OK
               : fit_again(features, apart_stays ? TSL_APART_DEFAULT : apart, NULL, NULL, wide, err);
}

tsl_status tsl__features_set_apart(tsl_features *features, const tsl_recipe *like, const tsl__apart_least *least,
                                   int wide, tsl_error *err)
{
    return fit_again(features, TSL_APART_DEFAULT, like, least, wide, err);
}

/* ---- As another recipe chose ------------------------------------------------------- */

/* The column's part in the other recipe; those that lead there lead here, and no others do. */
static tsl_part get_part_like(const tsl_recipe *like, const tsl_vector_column *column)
{
    tsl_part part = column->part == TSL_PART_FIRST || column->part == TSL_PART_SECOND ? TSL_PART_REST : column->part;
    for (size_t c = 0; c < like->column_count; c++) {
        const tsl_vector_column *from = &like->column[c];
        if (from->extra && (from->part == TSL_PART_FLAG) == (part == TSL_PART_FLAG) &&
            strcmp(from->name, column->name) == 0) {
            part = from->part;
        }
    }
    return part;
}

/* Every column that the other recipe chooses is there. */
static tsl_status check_like(const tsl_recipe *recipe, const tsl_recipe *like, tsl_error *err)
{
    for (size_t c = 0; c < like->column_count; c++) {
        const tsl_vector_column *column = &like->column[c];
        size_t own = 0;
        while (own < recipe->column_count &&
               (recipe->column[own].extra != column->extra || strcmp(recipe->column[own].name, column->name) != 0)) {
            own++;
        }
        if (tsl__column_finds(column) && !column->component && own == recipe->column_count) {
            return tsl__error_set(err, TSL_E_INPUT, "the segments were found by \"%s\", which is not there now",
                                  column->name);
        }
    }
    return TSL_OK;
}

tsl_status tsl__features_choose_like(tsl_features *features, const tsl_recipe *like, tsl_error *err)
{
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    char *chosen = NULL;
    TSL__TRY(check_like(recipe, like, err));
    tsl__pools_drop(recipe);
    TSL__NEED(chosen = tsl__alloc(recipe->column_count, 1));
    for (size_t c = 0; c < recipe->column_count; c++) {
        tsl_vector_column *column = &recipe->column[c];
        column->part = column->part ? get_part_like(like, column) : column->part;
        chosen[c] = (char)(find_chosen(like, column) != NULL);
    }
    tsl__normalise_weigh(recipe, chosen);
    TSL__TRY(tsl__pca_fit(features, err));
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
    memcpy(copy->pseudonyms, features->recipe->pseudonyms, sizeof copy->pseudonyms); /* whose ids they are stays */
    tsl_recipe_free(features->recipe);
    features->recipe = copy;
    features->feature = copy->feature;
    tsl__vectors_set(features);
    TSL__TRY(tsl__apart_apply(features, err));
done:
    return status;
}
