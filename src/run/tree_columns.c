/* tree_columns.c: the raw columns that the tree cuts: those features that the
 * clusters were found on. */
#include "run/run_state.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

static const tsl_tree_form forms[] = {
    [TSL_FORM_NUMBER] = TSL_TREE_NUMBER, [TSL_FORM_BOOLEAN] = TSL_TREE_BOOLEAN, [TSL_FORM_VALUE] = TSL_TREE_VALUE};

tsl_status tsl__tree_columns_get(const tsl_features *features, tsl__tree_columns *out, tsl_error *err)
{
    const tsl_recipe *recipe = features->recipe;
    size_t rows = features->customers, all = features->feature_count, cols = 0;
    tsl_status status = TSL_OK;
    size_t *taken = NULL;
    *out = (tsl__tree_columns){0};
    TSL__NEED(taken = tsl__alloc_zero(all, sizeof *taken));
    TSL__NEED(out->column = tsl__alloc_zero(all, sizeof *out->column));
    for (size_t c = 0; c < recipe->column_count; c++) {
        taken[recipe->column[c].feature] |= recipe->column[c].weight > 0;
    }
    for (size_t f = 0; f < all; f++) {
        if (taken[f]) {
            taken[cols] = f;
            out->column[cols++] =
                (tsl_tree_column){.name = features->feature[f].name, .form = forms[features->feature[f].form]};
        }
    }
    if (cols == all) { /* they stand side by side already */
        out->view = (tsl_matrix){features->x, rows, cols, cols};
        goto done;
    }
    TSL__NEED(out->values = tsl__alloc(rows * cols, sizeof *out->values));
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < cols; c++) {
            out->values[r * cols + c] = features->x[r * all + taken[c]];
        }
    }
    out->view = (tsl_matrix){out->values, rows, cols, cols};
done:
    free(taken);
    if (status != TSL_OK) {
        tsl__tree_columns_free(out);
    }
    return status;
}

void tsl__tree_columns_free(tsl__tree_columns *columns)
{
    free(columns->values);
    free(columns->column);
    *columns = (tsl__tree_columns){0};
}
