/* tree_columns.c: the raw columns that the tree cuts: those features that the
 * clusters were found on, and that customers are set apart by. */
#include "run/run_state.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

/* A category is a column and a level; what remains of it is the level "other". */
static tsl_tree_column get_column(const tsl_feature *feature)
{
    int level = feature->form == TSL_FORM_VALUE;
    return (tsl_tree_column){
        .name = feature->name,
        .form = level                              ? TSL_TREE_LEVEL
                : feature->form == TSL_FORM_NUMBER ? TSL_TREE_NUMBER
                                                   : TSL_TREE_BOOLEAN,
        .category = level ? feature->column : NULL,
        .level = level ? (feature->rest ? "other" : feature->level) : NULL,
    };
}

/* Marks the features that are wanted. */
static void choose(const tsl_features *features, size_t *taken)
{
    static const char *const rule[] = {TSL__CLASS_DAYS, TSL__CLASS_RECENCY, TSL__CLASS_TOTAL};
    const tsl_recipe *recipe = features->recipe;
    for (size_t c = 0; c < recipe->column_count; c++) {
        taken[recipe->column[c].feature] |= recipe->column[c].weight > 0;
    }
    for (size_t i = 0; i < sizeof rule / sizeof *rule && features->apart; i++) {
        taken[tsl_features_get_index(features, rule[i])] = 1;
    }
}

tsl_status tsl__tree_columns_open(const tsl_features *features, const size_t *feature, size_t cols,
                                  const size_t *customer, size_t rows, tsl__tree_columns *out, tsl_error *err)
{
    const size_t all = features->feature_count;
    tsl_status status = TSL_OK;
    *out = (tsl__tree_columns){.view.values = &out->matrix};
    TSL__NEED(out->column = tsl__alloc_zero(all, sizeof *out->column));
    out->view.column = out->column;
    for (size_t c = 0; c < cols; c++) {
        out->column[c] = get_column(&features->feature[feature[c]]);
    }
    if (cols == all && !customer) { /* they stand side by side already */
        out->matrix = (tsl_matrix){features->x, rows, cols, cols, TSL_F64};
        goto done;
    }
    TSL__NEED(out->values = tsl__alloc(rows * cols, sizeof *out->values));
    for (size_t r = 0; r < rows; r++) {
        const double *x = features->x + (customer ? customer[r] : r) * all;
        for (size_t c = 0; c < cols; c++) {
            out->values[r * cols + c] = x[feature[c]];
        }
    }
    out->matrix = (tsl_matrix){out->values, rows, cols, cols, TSL_F64};
done:
    if (status != TSL_OK) {
        tsl__tree_columns_free(out);
    }
    return status;
}

tsl_status tsl__tree_columns_get(const tsl_features *features, const size_t *customer, size_t rows,
                                 tsl__tree_columns *out, tsl_error *err)
{
    size_t all = features->feature_count, cols = 0;
    tsl_status status = TSL_OK;
    size_t *taken = NULL;
    *out = (tsl__tree_columns){0};
    TSL__NEED(taken = tsl__alloc_zero(all, sizeof *taken));
    choose(features, taken);
    for (size_t f = 0; f < all; f++) {
        if (taken[f]) {
            taken[cols++] = f;
        }
    }
    TSL__TRY(tsl__tree_columns_open(features, taken, cols, customer, rows, out, err));
done:
    free(taken);
    return status;
}

void tsl__tree_columns_free(tsl__tree_columns *columns)
{
    free(columns->values);
    free(columns->column);
    *columns = (tsl__tree_columns){0};
}
