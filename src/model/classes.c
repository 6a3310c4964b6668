/* classes.c: groups of rows that a rule set apart before clusters were looked for,
 * put beside a model's clusters. */
#include "model/classes.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/kmeans/predict.h"
#include "model/tree/tree.h"
#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>

/* ---- The assignment ------------------------------------------------------------ */

tsl_status tsl__classes_assign(const tsl__classes *classes, int k, const tsl_assignment *clusters, tsl_assignment **out,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_assignment *all = NULL;
    size_t from = 0;
    *out = NULL;
    TSL__NEED(all = tsl__assignment_open(classes->rows));
    for (size_t r = 0; r < classes->rows; r++) {
        if (classes->of[r] >= 0) {
            all->label[r] = k + classes->of[r];
            all->runner_up[r] = -1;
            all->distance[r] = all->runner_up_distance[r] = NAN;
            continue;
        }
        TSL__ASSERT(from < clusters->rows);
        all->label[r] = clusters->label[from];
        all->runner_up[r] = clusters->runner_up[from];
        all->distance[r] = clusters->distance[from];
        all->runner_up_distance[r] = clusters->runner_up_distance[from];
        from++;
    }
    *out = all;
    all = NULL;
done:
    tsl__assignment_free(all);
    return status;
}

/* ---- The tree -------------------------------------------------------------------- */

/* What the rows of the classes and of all clusters together come to. */
typedef struct amounts {
    uint64_t *rows; /* count: that have a weight */
    double *weight; /* count */
    double clusters;
} amounts;

static void amounts_free(amounts *of)
{
    free(of->rows);
    free(of->weight);
}

static tsl_status amounts_open(const tsl__classes *classes, amounts *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (amounts){0};
    TSL__NEED(out->rows = tsl__alloc_zero((size_t)classes->count, sizeof *out->rows));
    TSL__NEED(out->weight = tsl__alloc_zero((size_t)classes->count, sizeof *out->weight));
    for (size_t r = 0; r < classes->rows; r++) {
        const double weight = tsl__weight_get(classes->weight, r);
        const int8_t class = classes->of[r];
        if (class < 0) {
            out->clusters += weight;
        } else {
            out->rows[class] += weight > 0;
            out->weight[class] += weight;
        }
    }
done:
    return status;
}

/* The agreement of all rows, where that of the clusters' rows is this. */
static double get_agreement(const amounts *of, double sure, double clusters)
{
    return (clusters * of->clusters + sure) / (of->clusters + sure);
}

/* The rule tells the classes without fault, with a leaf each. */
static void rate(const tsl__classes *classes, const amounts *of, int k, tsl_tree *tree)
{
    double sure = 0;
    for (int c = 0; c < classes->count; c++) {
        tree->precision[k + c] = tree->coverage[k + c] = of->weight[c] > 0 ? 1 : (double)NAN;
        sure += of->weight[c];
    }
    tree->agreement = get_agreement(of, sure, tree->agreement);
    for (size_t i = 0; i < tree->curve_count; i++) {
        tree->curve[i].leaves += classes->count;
        tree->curve[i].agreement = get_agreement(of, sure, tree->curve[i].agreement);
    }
}

tsl_status tsl__classes_explain(const tsl__classes *classes, tsl_tree *tree, tsl_error *err)
{
    tsl_status status = TSL_OK;
    amounts of = {0};
    const int k = tree->k;
    TSL__TRY(amounts_open(classes, &of, err));
    TSL__NEED(tsl__tree_graft(tree, classes->node, classes->node_count, classes->count, of.rows) == 0);
    rate(classes, &of, k, tree);
done:
    amounts_free(&of);
    return status;
}

/* ---- The model --------------------------------------------------------------------- */

tsl_status tsl__model_add_classes(tsl_model *model, const tsl__classes *classes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_assignment *all = NULL;
    const size_t count = (size_t)classes->count;
    TSL__ASSERT(model->assignment && model->class_count == 0);
    TSL__NEED(model->class_size = tsl__alloc_zero(count, sizeof *model->class_size));
    TSL__NEED(model->class_weight = tsl__alloc_zero(count, sizeof *model->class_weight));
    for (size_t r = 0; r < classes->rows; r++) {
        if (classes->of[r] >= 0) {
            model->class_size[classes->of[r]]++;
            model->class_weight[classes->of[r]] += tsl__weight_get(classes->weight, r);
        }
    }
    TSL__TRY(tsl__classes_assign(classes, model->k, model->assignment, &all, err));
    if (model->tree) {
        TSL__TRY(tsl__classes_explain(classes, model->tree, err));
    }
    tsl__assignment_free(model->assignment);
    model->assignment = all;
    model->class_count = classes->count;
    all = NULL;
done:
    tsl__assignment_free(all);
    return status;
}
