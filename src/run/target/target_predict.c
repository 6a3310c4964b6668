/* target_predict.c: rows by a tree of a target: to which segment it sends each, and how far that one is. */
#include "run/target/target_aim.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

tsl_status tsl__target_fill_distances(const tsl_run *run, const tsl_matrix *x, const double *center, int k,
                                      const int32_t *label, tsl_assignment *out, tsl_error *err)
{
    const double *cell = x->data;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl_kmeans_predict(x, center, k, &run->exec, out, err));
    for (size_t r = 0; r < x->rows; r++) {
        if (out->label[r] != label[r]) {
            double square = 0;
            for (size_t c = 0; c < x->cols; c++) {
                const double off = cell[r * x->stride + c] - center[(size_t)label[r] * x->cols + c];
                square += off * off;
            }
            out->runner_up[r] = out->label[r];
            out->runner_up_distance[r] = out->distance[r];
            out->label[r] = label[r];
            out->distance[r] = sqrt(square);
        }
    }
done:
    return status;
}

/* The features that the tree cuts, by name, owned. */
static tsl_status find_columns(const tsl_features *features, const tsl_tree *tree, size_t **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc(tree->cols, sizeof **out));
    for (size_t c = 0; c < tree->cols; c++) {
        (*out)[c] = tsl_features_get_index(features, tree->column[c].name);
        if ((*out)[c] == features->feature_count) {
            return tsl__error_set(err, TSL_E_INPUT, "the features lack \"%s\", which the model's tree cuts",
                                  tree->column[c].name);
        }
    }
done:
    return status;
}

tsl_status tsl__run_predict_by_tree(const tsl_run *run, const tsl_model *model, const tsl_feature_matrix *matrix,
                                    tsl_assignment **out, tsl_error *err)
{
    const tsl_matrix x = {matrix->values, matrix->rows, matrix->cols, matrix->cols, TSL_F64};
    tsl_status status = TSL_OK;
    tsl__tree_columns raw = {0};
    tsl_assignment *found = NULL;
    size_t *feature = NULL;
    int32_t *label = NULL;
    TSL__TRY(find_columns(run->features, model->tree, &feature, err));
    TSL__TRY(tsl__tree_columns_open(run->features, feature, model->tree->cols, matrix->customer, x.rows, &raw, err));
    TSL__NEED(label = tsl__alloc(x.rows, sizeof *label));
    TSL__TRY(tsl_tree_predict(model->tree, &raw.matrix, &run->exec, NULL, label, err));
    TSL__NEED(found = tsl__assignment_open(x.rows));
    TSL__TRY(tsl__target_fill_distances(run, &x, model->center, model->k, label, found, err));
    *out = found;
    found = NULL;
done:
    tsl__assignment_free(found);
    tsl__tree_columns_free(&raw);
    free(feature);
    free(label);
    return status;
}
