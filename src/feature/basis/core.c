/* core.c: the core basis, and the typical places in it and in the numeric one. docs/methods/basis.md. */
#include "feature/basis/core.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/recipe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const tsl__core_names[TSL__CORE] = {"recency_days", "frequency", "monetary_total"};

int tsl__core_has(const tsl_recipe *recipe, size_t feature)
{
    for (size_t i = 0; i < TSL__CORE; i++) {
        if (strcmp(recipe->feature[feature].name, tsl__core_names[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

int tsl__core_is_there(const tsl_recipe *recipe)
{
    int there = 1;
    for (size_t i = 0; i < TSL__CORE; i++) {
        there = there && tsl__recipe_is_entry(recipe, tsl__recipe_find(recipe, tsl__core_names[i]));
    }
    return there;
}

/* ---- Typical places ------------------------------------------------------------ */

/* In standard deviations from the mean: of core by tsl__core_names, of numeric its first column, and its second. */
typedef struct typical {
    double weight;
    size_t count;
    const char *code[5];
    double place[5][TSL__CORE];
} typical;

/* Measured on ten order tables, three cuts each: docs/methods/basis.md. */
static const typical repeaters = {
    1,
    4,
    {"CHAMP", "ACTIVE_SMALL", "GOOD_QUIET", "SMALL_QUIET"},
    {{-1.2, 1.4, 1.2}, {-1.1, 0, 0}, {.4, .3, .4}, {.7, -1, -1.2}},
};
static const typical everybody = {
    1,
    5,
    {"CHAMP", "LOYAL", "ACTIVE_SMALL", "GOOD_QUIET", "SMALL_QUIET"},
    {{-1.1, 1.5, 1.25}, {-.75, .75, .65}, {-.8, -.5, -.5}, {.5, 0, .35}, {.8, -1.2, -1.3}},
};
/* On 23 tables without orders. */
static const typical two_numbers = {
    2,
    4,
    {"HIGH_HIGH", "HIGH_LOW", "LOW_HIGH", "LOW_LOW"},
    {{.8, .8}, {.8, -.8}, {-.8, .8}, {-.8, -.8}},
};
static const typical one_number = {
    2,
    4,
    {"HIGHEST", "HIGH", "LOW", "LOWEST"},
    {{1.4}, {1.4 / 3}, {-1.4 / 3}, {-1.4}},
};

/* Those of the recipe's basis; NULL: it has none. */
static const typical *get_typical(const tsl_recipe *recipe)
{
    const int once = recipe->class_count > 0 && recipe->classes[0].purchase_days == 1;
    size_t leads = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_part part = recipe->column[c].part;
        leads += part == TSL_PART_FIRST || part == TSL_PART_SECOND;
    }
    return recipe->settings.scale != TSL_SCALE_Z ? NULL
           : recipe->basis == TSL_BASIS_CORE     ? (once ? &repeaters : &everybody)
           : recipe->basis == TSL_BASIS_NUMERIC  ? (leads == 2   ? &two_numbers
                                                    : leads == 1 ? &one_number
                                                                 : NULL)
                                                 : NULL;
}

double tsl__anchors_get_weight(const tsl_recipe *recipe)
{
    return recipe->basis == TSL_BASIS_NUMERIC ? two_numbers.weight : everybody.weight;
}

/* The place of a column of the basis; NaN: of what is added to it. */
static double get_place(const tsl_recipe *recipe, const tsl_vector_column *column, const double place[TSL__CORE])
{
    if (recipe->basis == TSL_BASIS_NUMERIC) {
        return column->part == TSL_PART_FIRST    ? place[0] * column->weight
               : column->part == TSL_PART_SECOND ? place[1] * column->weight
                                                 : NAN;
    }
    for (size_t i = 0; i < TSL__CORE; i++) {
        if (strcmp(recipe->feature[column->feature].name, tsl__core_names[i]) == 0) {
            return place[i] * column->weight;
        }
    }
    return NAN;
}

tsl_status tsl__anchors_build(const tsl_recipe *recipe, tsl__anchors *out, tsl_error *err)
{
    const typical *of = get_typical(recipe);
    tsl_status status = TSL_OK;
    tsl_feature_matrix *columns = NULL;
    *out = (tsl__anchors){.place = NULL};
    if (!of) {
        return TSL_OK;
    }
    TSL__TRY(tsl__clustering_columns_get(recipe, &columns, err));
    TSL__NEED(out->place = tsl__alloc(of->count, columns->cols * sizeof *out->place));
    TSL__NEED(out->code = tsl__alloc(of->count, sizeof *out->code));
    out->count = of->count;
    out->cols = columns->cols;
    out->weight = of->weight;
    for (size_t a = 0; a < of->count; a++) {
        out->code[a] = of->code[a];
        for (size_t c = 0; c < columns->cols; c++) {
            out->place[a * columns->cols + c] = get_place(recipe, &columns->column[c], of->place[a]);
        }
    }
done:
    tsl_feature_matrix_free(columns);
    return status;
}

void tsl__anchors_free(tsl__anchors *anchors)
{
    free(anchors->place);
    free(anchors->code);
    free(anchors->middle);
    *anchors = (tsl__anchors){0};
}
