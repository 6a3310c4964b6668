/* explanation.c: why a customer is in his segment, and what would move him. */
#include "label/moves/moves.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

/* Each column of the tree among the features. */
static tsl_status find_features(const tsl_features *features, const tsl_tree *tree, size_t **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t *feature = NULL;
    TSL__NEED(feature = tsl__alloc(tree->cols, sizeof *feature));
    for (size_t c = 0; c < tree->cols; c++) {
        feature[c] = tsl_features_get_index(features, tree->column[c].name);
        if (feature[c] == features->feature_count) {
            TSL__TRY(tsl__error_set(err, TSL_E_INPUT, "the tree cuts \"%s\", which the features lack",
                                    tree->column[c].name));
        }
    }
    *out = feature;
    feature = NULL;
done:
    free(feature);
    return status;
}

/* The nodes from below the root to the leaf. */
static tsl_status find_way(const tsl_tree *tree, int32_t leaf, tsl_explanation *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t steps = 0;
    for (int32_t at = leaf; tree->node[at].parent >= 0; at = tree->node[at].parent) {
        steps++;
    }
    TSL__NEED(out->way = tsl__alloc(steps, sizeof *out->way));
    out->way_count = steps;
    for (int32_t at = leaf; steps > 0; at = tree->node[at].parent) {
        out->way[--steps] = at;
    }
    out->tree_segment = tree->node[leaf].cluster + 1;
done:
    return status;
}

/* One who is set apart by how often he bought is moved by a further purchase day. */
static tsl__tree_aim get_aim(const tsl__mover *mover, const tsl_explanation *of)
{
    const tsl_model *model = mover->model;
    return (tsl__tree_aim){
        .from = of->tree_segment - 1,
        .groups = of->set_apart ? tsl_model_get_groups(model) : model->k,
        .only = of->set_apart ? tsl_features_get_index(mover->features, "purchase_days") : SIZE_MAX,
    };
}

static tsl_status explain_by_tree(const tsl__mover *mover, tsl_explanation *out, tsl_error *err)
{
    const tsl_tree *tree = mover->model->tree;
    tsl_status status = TSL_OK;
    size_t *feature = NULL;
    double *raw = NULL;
    int32_t leaf;
    TSL__TRY(find_features(mover->features, tree, &feature, err));
    TSL__NEED(raw = tsl__alloc(tree->cols, sizeof *raw));
    for (size_t c = 0; c < tree->cols; c++) {
        raw[c] = mover->x[feature[c]];
    }
    const tsl_matrix row = {raw, 1, tree->cols, tree->cols, TSL_F64};
    TSL__TRY(tsl_tree_predict(tree, &row, NULL, &leaf, NULL, err));
    TSL__TRY(find_way(tree, leaf, out, err));
    const tsl__tree_aim aim = get_aim(mover, out);
    TSL__TRY(tsl__tree_move_find(mover, feature, &aim, &out->by_tree, err));
done:
    free(raw);
    free(feature);
    return status;
}

static tsl_status explain(const tsl__mover *mover, tsl_explanation *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_labels *labels = out->labels;
    if (mover->model->tree) {
        TSL__TRY(explain_by_tree(mover, out, err));
    }
    if (!out->set_apart && !mover->model->by_tree) {
        TSL__TRY(tsl__distance_move_find(mover, out->segment - 1, labels->runner_up[out->customer] - 1,
                                         &out->by_distance, err));
    }
done:
    return status;
}

tsl_status tsl_explanation_build(const tsl_labels *labels, const tsl_model *model, size_t customer,
                                 tsl_explanation **out, tsl_error *err)
{
    const tsl_features *features = labels->features;
    tsl_status status = TSL_OK;
    tsl_explanation *explanation = NULL;
    tsl__mover mover = {.features = features, .model = model};
    *out = NULL;
    tsl__error_reset(err);
    if (customer >= labels->customers) {
        return tsl__error_set(err, TSL_E_OPTION, "customer %zu is outside 0 to %zu", customer, labels->customers - 1);
    }
    mover.x = features->x + customer * features->feature_count;
    TSL__NEED(mover.order = tsl__alloc_zero(features->feature_count, sizeof *mover.order));
    TSL__NEED(explanation = tsl__alloc_zero(1, sizeof *explanation));
    explanation->labels = labels;
    explanation->model = model;
    explanation->customer = customer;
    explanation->segment = labels->customer_segment[customer];
    explanation->set_apart = features->apart && features->apart[customer] >= 0;
    TSL__TRY(explain(&mover, explanation, err));
    *out = explanation;
    explanation = NULL;
done:
    for (size_t f = 0; mover.order && f < features->feature_count; f++) {
        free(mover.order[f].sorted);
    }
    free(mover.order);
    tsl_explanation_free(explanation);
    return status;
}

void tsl_explanation_free(tsl_explanation *explanation)
{
    if (explanation) {
        free(explanation->way);
        free(explanation);
    }
}
