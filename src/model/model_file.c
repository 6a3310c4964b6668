/* model_file.c: model <-> model.h5 (docs/formats.md). */
#include "model/model_file.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "model/evidence_file.h"
#include "model/model_check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const tsl__store_kind tsl__model_kind = {"model", 2, "dict", "0.1.0", 2};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* ---- What the file holds of each struct ---- */

/* Scalars of the root. */
static const tsl__field model_field[] = {
    {"rows", TSL__SIZE, offsetof(tsl_model, rows), NULL},
    {"k", TSL__INT, offsetof(tsl_model, k), NULL},
    {"features_hash", TSL__UINT64, offsetof(tsl_model, features_hash), NULL},
};

/* Of the root, each where it is not 0. */
static const tsl__field weights_field = {"weights_hash", TSL__UINT64, offsetof(tsl_model, weights_hash), NULL};
static const tsl__field by_tree_field = {"by_tree", TSL__BOOL, offsetof(tsl_model, by_tree), NULL};
static const tsl__field init_field = {"init_hash", TSL__UINT64, offsetof(tsl_model, init_hash), NULL};

/* /classes: one entry a group that was set apart */
static const tsl__field class_count_field = {"class_count", TSL__INT, offsetof(tsl_model, class_count), NULL};

static const tsl__field penalty_field = {"penalty", TSL__DOUBLE, offsetof(tsl_candidate, penalty), NULL};

/* /sweep: scalars. What depends on the machine (seconds, threads, kernel,
 * passes) is not in the file. */
static const tsl__field sweep_field[] = {
    {"best", TSL__SIZE, offsetof(tsl_sweep, best), NULL},
    {"placed", TSL__INT, offsetof(tsl_sweep, placed), NULL},
    {"places", TSL__INT, offsetof(tsl_sweep, places), NULL},
    {"iterations_all", TSL__UINT64, offsetof(tsl_sweep, info.iterations), NULL},
    {"silhouette_rows", TSL__UINT64, offsetof(tsl_sweep, info.silhouette_rows), NULL},
    {"k_max_lowered", TSL__INT, offsetof(tsl_sweep, info.k_max_lowered), NULL},
};

/* /tree/nodes */
static const tsl__field node_field[] = {
    {"left", TSL__INT32, offsetof(tsl_tree_node, left), NULL},
    {"right", TSL__INT32, offsetof(tsl_tree_node, right), NULL},
    {"column", TSL__INT32, offsetof(tsl_tree_node, column), NULL},
    {"threshold", TSL__DOUBLE, offsetof(tsl_tree_node, threshold), NULL},
    {"missing_left", TSL__INT32, offsetof(tsl_tree_node, missing_left), NULL},
    {"cluster", TSL__INT32, offsetof(tsl_tree_node, cluster), NULL},
    {"parent", TSL__INT32, offsetof(tsl_tree_node, parent), NULL},
    {"rows", TSL__UINT64, offsetof(tsl_tree_node, rows), NULL},
    {"hits", TSL__UINT64, offsetof(tsl_tree_node, hits), NULL},
};

/* /tree: scalars. */
static const tsl__field tree_field[] = {
    {"leaves", TSL__INT, offsetof(tsl_tree, leaves), NULL},
    {"depth", TSL__INT, offsetof(tsl_tree, depth), NULL},
    {"cost", TSL__DOUBLE, offsetof(tsl_tree, cost), NULL},
    {"cost_ratio", TSL__DOUBLE, offsetof(tsl_tree, cost_ratio), NULL},
    {"agreement", TSL__DOUBLE, offsetof(tsl_tree, agreement), NULL},
};

static const char *form_name(int value)
{
    static const char *const name[] = {"number", "boolean", "value"};
    return value >= 0 && (size_t)value < COUNT(name) ? name[value] : NULL;
}

static const char *method_name(int value)
{
    return tsl_tree_method_get_name((tsl_tree_method)value);
}

/* /tree, where it says so: how its first leaves were cut, and the curve. */
static const tsl__field method_field = {"method", TSL__NAME, offsetof(tsl_tree, method), method_name};
static const tsl__field point_field[] = {
    {"leaves", TSL__INT, offsetof(tsl_tree_point, leaves), NULL},
    {"cost_ratio", TSL__DOUBLE, offsetof(tsl_tree_point, cost_ratio), NULL},
    {"agreement", TSL__DOUBLE, offsetof(tsl_tree_point, agreement), NULL},
};

/* /tree: one entry a raw column. */
static const tsl__field column_field[] = {
    {"name", TSL__TEXT, offsetof(tsl_tree_column, name), NULL},
    {"form", TSL__NAME, offsetof(tsl_tree_column, form), form_name},
};
static const tsl__field level_field[] = {
    {"category", TSL__TEXT, offsetof(tsl_tree_column, category), NULL},
    {"level", TSL__TEXT, offsetof(tsl_tree_column, level), NULL},
};

/* The weights of the model's clusters; NULL: not known. */
static const double *get_weight(const tsl_model *model)
{
    return model->sweep->candidate[model->sweep->best].weight;
}

/* ---- Writing ---- */

static void put_clusters(tsl__store *store, const tsl_model *model)
{
    size_t k = (size_t)model->k;
    tsl__store_put_dict(store, "columns");
    tsl__store_put_texts(store, "columns/name", model->column, model->cols, 0);
    if (model->sweep->column_share) {
        tsl__store_put_column(store, "columns/share", TSL__DOUBLE, model->sweep->column_share, model->cols);
    }
    tsl__store_put_array(store, "centers", TSL__DOUBLE, model->center, k, model->cols);
    tsl__store_put_column(store, "sizes", TSL__UINT64, model->size, k);
    tsl__store_put_column(store, "mean_distances", TSL__DOUBLE, model->mean_distance, k);
    if (model->raw_cols) {
        tsl__store_put_texts(store, "raw_columns", model->raw_column, model->raw_cols, 0);
        tsl__store_put_array(store, "centers_raw", TSL__DOUBLE, model->center_raw, k, model->raw_cols);
    }
}

/* Where there are any. */
static void put_classes(tsl__store *store, const tsl_model *model)
{
    if (model->class_count) {
        tsl__store_put_records(store, "", &class_count_field, 1, model, TSL__SCALAR, sizeof *model);
        tsl__store_put_column(store, "class_sizes", TSL__UINT64, model->class_size, (size_t)model->class_count);
        tsl__store_put_column(store, "class_weights", TSL__DOUBLE, model->class_weight, (size_t)model->class_count);
    }
}

static void put_sweep(tsl__store *store, const tsl_sweep *sweep)
{
    size_t total = 0, at = 0;
    for (size_t i = 0; i < sweep->count; i++) {
        total += (size_t)sweep->candidate[i].k;
    }
    uint64_t *size = tsl__alloc(total, sizeof *size);
    if (!size) {
        tsl__store_fail_nomem(store);
        return;
    }
    for (size_t i = 0; i < sweep->count; at += (size_t)sweep->candidate[i++].k) {
        memcpy(size + at, sweep->candidate[i].size, (size_t)sweep->candidate[i].k * sizeof *size);
    }
    tsl__store_put_dict(store, "sweep");
    tsl__store_put_records(store, "sweep", tsl__candidate_field, TSL__CANDIDATE_FIELDS, sweep->candidate, sweep->count,
                           sizeof *sweep->candidate);
    tsl__store_put_records(store, "sweep", &penalty_field, 1, sweep->candidate, sweep->count, sizeof *sweep->candidate);
    tsl__store_put_column(store, "sweep/sizes", TSL__UINT64, size, total);
    tsl__store_put_records(store, "sweep", sweep_field, COUNT(sweep_field), sweep, TSL__SCALAR, sizeof *sweep);
    tsl__store_put_text(store, "sweep/choice", sweep->info.choice);
    tsl__store_put_texts(store, "sweep/notes", sweep->info.notes.text, sweep->info.notes.count, 0);
    free(size);
}

static void put_tree(tsl__store *store, const tsl_tree *tree)
{
    tsl__store_put_dict(store, "tree");
    tsl__store_put_dict(store, "tree/nodes");
    tsl__store_put_records(store, "tree/nodes", node_field, COUNT(node_field), tree->node, tree->node_count,
                           sizeof *tree->node);
    tsl__store_put_records(store, "tree", tree_field, COUNT(tree_field), tree, TSL__SCALAR, sizeof *tree);
    tsl__store_put_records(store, "tree", column_field, COUNT(column_field), tree->column, tree->cols,
                           sizeof *tree->column);
    tsl__store_put_records(store, "tree", level_field, COUNT(level_field), tree->column, tree->cols,
                           sizeof *tree->column);
    tsl__store_put_column(store, "tree/precision", TSL__DOUBLE, tree->precision, (size_t)tree->k);
    tsl__store_put_column(store, "tree/coverage", TSL__DOUBLE, tree->coverage, (size_t)tree->k);
    tsl__store_put_records(store, "tree", &method_field, 1, tree, TSL__SCALAR, sizeof *tree);
    if (tree->curve_count) {
        tsl__store_put_dict(store, "tree/curve");
        tsl__store_put_records(store, "tree/curve", point_field, COUNT(point_field), tree->curve, tree->curve_count,
                               sizeof *tree->curve);
    }
}

void tsl__model_put(tsl__store *store, const tsl_model *model)
{
    tsl__store_put_number(store, "format_version", tsl__model_kind.version);
    tsl__store_put_text(store, "program_version", tsl_version_get());
    tsl__store_put_text(store, "options", model->options ? model->options : "");
    tsl__store_put_records(store, "", model_field, COUNT(model_field), model, TSL__SCALAR, sizeof *model);
    if (model->value) {
        tsl__store_put_text(store, "value", model->value);
    }
    if (model->weight) {
        tsl__store_put_text(store, "weight", model->weight);
    }
    if (model->weights_hash) {
        tsl__store_put_records(store, "", &weights_field, 1, model, TSL__SCALAR, sizeof *model);
    }
    if (model->weights_hash && get_weight(model)) {
        tsl__store_put_column(store, "weights", TSL__DOUBLE, get_weight(model), (size_t)model->k);
    }
    if (model->code) {
        tsl__store_put_texts(store, "codes", model->code, (size_t)tsl_model_get_groups(model), 0);
    }
    if (model->by_tree) {
        tsl__store_put_records(store, "", &by_tree_field, 1, model, TSL__SCALAR, sizeof *model);
    }
    if (model->init_hash) {
        tsl__store_put_records(store, "", &init_field, 1, model, TSL__SCALAR, sizeof *model);
    }
    put_clusters(store, model);
    put_classes(store, model);
    put_sweep(store, model->sweep);
    if (model->tree) {
        put_tree(store, model->tree);
    }
    tsl__evidence_put(store, model);
}

tsl_status tsl_model_write(const tsl_model *model, const tsl_target *target, tsl_error *err)
{
    tsl__store *store;
    tsl__error_reset(err);
    tsl_status status = tsl__store_create(target, &tsl__model_kind, &store, err);
    if (status != TSL_OK) {
        return status;
    }
    tsl__model_put(store, model);
    return tsl__store_close(store, err);
}

/* ---- Reading ---- */

static void get_clusters(tsl__store *store, tsl_model *model)
{
    tsl__store_get_records(store, "", model_field, COUNT(model_field), model, TSL__SCALAR, sizeof *model);
    tsl__shape shape = tsl__store_get_shape(store, "centers");
    if (model->k < 1 || shape.rows != (size_t)model->k) {
        tsl__store_fail(store, TSL_E_FORMAT, "k", "is %d, but there are %zu centres", model->k, shape.rows);
        return;
    }
    model->cols = shape.cols;
    tsl__store_check_dict(store, "columns");
    model->center = tsl__store_get_array(store, "centers", TSL__DOUBLE, shape.rows, shape.cols);
    model->size = tsl__store_get_column(store, "sizes", TSL__UINT64, shape.rows);
    model->mean_distance = tsl__store_get_column(store, "mean_distances", TSL__DOUBLE, shape.rows);
    model->column = tsl__store_get_texts(store, "columns/name", shape.cols);
    if (tsl__store_has(store, "raw_columns")) {
        model->raw_cols = tsl__store_get_shape(store, "raw_columns").rows;
        model->raw_column = tsl__store_get_texts(store, "raw_columns", model->raw_cols);
        model->center_raw = tsl__store_get_array(store, "centers_raw", TSL__DOUBLE, shape.rows, model->raw_cols);
    }
}

static void get_classes(tsl__store *store, tsl_model *model)
{
    if (!tsl__store_has(store, class_count_field.name)) {
        return;
    }
    tsl__store_get_records(store, "", &class_count_field, 1, model, TSL__SCALAR, sizeof *model);
    if (model->class_count < 1 || model->class_count > TSL_CLUSTERS_MAX) {
        tsl__store_fail(store, TSL_E_FORMAT, class_count_field.name, "%d is no number of classes", model->class_count);
        model->class_count = 0;
        return;
    }
    const size_t count = (size_t)model->class_count;
    model->class_size = tsl__store_get_column(store, "class_sizes", TSL__UINT64, count);
    model->class_weight = tsl__store_get_column(store, "class_weights", TSL__DOUBLE, count);
}

/* Hands each candidate its part of all sizes. */
static void get_sizes(tsl__store *store, tsl_sweep *sweep)
{
    size_t total = 0;
    for (size_t i = 0; i < sweep->count; i++) {
        if (sweep->candidate[i].k < 1) {
            tsl__store_fail(store, TSL_E_FORMAT, "sweep/k", "%d is no number of clusters", sweep->candidate[i].k);
            return;
        }
        total += (size_t)sweep->candidate[i].k;
    }
    uint64_t *size = tsl__store_get_column(store, "sweep/sizes", TSL__UINT64, total), *at = size;
    for (size_t i = 0; size && i < sweep->count; i++) {
        tsl_candidate *candidate = &sweep->candidate[i];
        size_t k = (size_t)candidate->k;
        candidate->size = tsl__alloc(k, sizeof *candidate->size);
        if (!candidate->size) {
            tsl__store_fail_nomem(store);
            break;
        }
        memcpy(candidate->size, at, k * sizeof *at);
        at += k;
    }
    free(size);
}

static void get_texts_of_sweep(tsl__store *store, tsl_sweep *sweep)
{
    char *choice = tsl__store_get_text(store, "sweep/choice");
    if (choice && strlen(choice) >= sizeof sweep->info.choice) {
        tsl__store_fail(store, TSL_E_FORMAT, "sweep/choice", "is too long");
    } else if (choice) {
        strcpy(sweep->info.choice, choice);
    }
    free(choice);
    size_t count = tsl__store_get_shape(store, "sweep/notes").rows;
    sweep->info.notes.text = tsl__store_get_texts(store, "sweep/notes", count);
    sweep->info.notes.count = sweep->info.notes.text ? count : 0;
}

static void get_sweep(tsl__store *store, tsl_model *model)
{
    tsl_sweep *sweep = model->sweep = tsl__alloc_zero(1, sizeof *sweep);
    size_t count = tsl__store_get_shape(store, "sweep/k").rows;
    if (!sweep || !(sweep->candidate = tsl__alloc_zero(count, sizeof *sweep->candidate))) {
        tsl__store_fail_nomem(store);
        return;
    }
    sweep->rows = model->rows;
    sweep->cols = model->cols;
    sweep->count = count;
    sweep->info.kernel = "";
    if (tsl__store_has(store, "columns/share")) {
        sweep->column_share = tsl__store_get_column(store, "columns/share", TSL__DOUBLE, model->cols);
    }
    tsl__store_check_dict(store, "sweep");
    tsl__store_get_records(store, "sweep", tsl__candidate_field, TSL__CANDIDATE_FIELDS, sweep->candidate, count,
                           sizeof *sweep->candidate);
    tsl__store_get_records(store, "sweep", &penalty_field, 1, sweep->candidate, count, sizeof *sweep->candidate);
    tsl__store_get_records(store, "sweep", sweep_field, COUNT(sweep_field), sweep, TSL__SCALAR, sizeof *sweep);
    get_texts_of_sweep(store, sweep);
    if (tsl__store_failed(store)) {
        return;
    }
    if (sweep->best >= count || sweep->candidate[sweep->best].k != model->k) {
        tsl__store_fail(store, TSL_E_FORMAT, "sweep/best", "is not the candidate with k = %d", model->k);
        return;
    }
    get_sizes(store, sweep);
}

/* A file of an earlier version has no curve, and does not name the method. */
static void get_curve(tsl__store *store, tsl_tree *tree)
{
    if (tsl__store_has(store, "tree/method")) {
        tsl__store_get_records(store, "tree", &method_field, 1, tree, TSL__SCALAR, sizeof *tree);
    }
    if (!tsl__store_has(store, "tree/curve")) {
        return;
    }
    const size_t count = tsl__store_get_shape(store, "tree/curve/leaves").rows;
    tree->curve = tsl__alloc_zero(count, sizeof *tree->curve);
    if (!tree->curve) {
        tsl__store_fail_nomem(store);
        return;
    }
    tsl__store_check_dict(store, "tree/curve");
    tsl__store_get_records(store, "tree/curve", point_field, COUNT(point_field), tree->curve, count,
                           sizeof *tree->curve);
    tree->curve_count = count;
}

static void get_tree(tsl__store *store, tsl_model *model)
{
    size_t k = (size_t)tsl_model_get_groups(model), count = tsl__store_get_shape(store, "tree/nodes/left").rows;
    tsl_tree *tree = model->tree = tsl__alloc_zero(1, sizeof *tree);
    size_t cols = tsl__store_get_shape(store, "tree/name").rows;
    if (!tree || !(tree->node = tsl__alloc_zero(count, sizeof *tree->node)) ||
        !(tree->column = tsl__alloc_zero(cols, sizeof *tree->column))) {
        tsl__store_fail_nomem(store);
        return;
    }
    tree->k = (int)k;
    tree->cols = cols;
    tree->node_count = count;
    tsl__store_check_dict(store, "tree");
    tsl__store_check_dict(store, "tree/nodes");
    tsl__store_get_records(store, "tree/nodes", node_field, COUNT(node_field), tree->node, count, sizeof *tree->node);
    tsl__store_get_records(store, "tree", tree_field, COUNT(tree_field), tree, TSL__SCALAR, sizeof *tree);
    tsl__store_get_records(store, "tree", column_field, COUNT(column_field), tree->column, cols, sizeof *tree->column);
    tsl__store_get_records(store, "tree", level_field, COUNT(level_field), tree->column, cols, sizeof *tree->column);
    tree->precision = tsl__store_get_column(store, "tree/precision", TSL__DOUBLE, k);
    tree->coverage = tsl__store_get_column(store, "tree/coverage", TSL__DOUBLE, k);
    get_curve(store, tree);
}

static void get_provenance(tsl__store *store, tsl_model *model)
{
    model->options = tsl__store_get_text(store, "options");
    if (tsl__store_has(store, "value")) {
        model->value = tsl__store_get_text(store, "value");
    }
    if (tsl__store_has(store, "weight")) {
        model->weight = tsl__store_get_text(store, "weight");
    }
    if (tsl__store_has(store, weights_field.name)) {
        tsl__store_get_records(store, "", &weights_field, 1, model, TSL__SCALAR, sizeof *model);
    }
    if (model->weights_hash && tsl__store_has(store, "weights") && !tsl__store_failed(store)) {
        model->sweep->candidate[model->sweep->best].weight =
            tsl__store_get_column(store, "weights", TSL__DOUBLE, (size_t)model->k);
    }
    if (tsl__store_has(store, by_tree_field.name)) {
        tsl__store_get_records(store, "", &by_tree_field, 1, model, TSL__SCALAR, sizeof *model);
    }
    if (tsl__store_has(store, init_field.name)) {
        tsl__store_get_records(store, "", &init_field, 1, model, TSL__SCALAR, sizeof *model);
    }
    if (tsl__store_has(store, "codes") && !tsl__store_failed(store)) {
        model->code = tsl__store_get_texts(store, "codes", (size_t)tsl_model_get_groups(model));
    }
    /* Nothing is done with these, but a damaged file is no good file. */
    free(tsl__store_get_text(store, "program_version"));
    tsl__store_get_number(store, "format_version");
}

/* Nothing of a file is trusted that is not looked at here or follows from the
 * shapes of its arrays. */
static void check_model(tsl__store *store, const tsl_model *model)
{
    if (tsl__store_failed(store)) {
        return;
    }
    int *level = tsl__alloc(model->tree ? model->tree->node_count : 0, sizeof *level);
    if (!level) {
        tsl__store_fail_nomem(store);
        return;
    }
    const tsl__model_fault found = tsl__model_check(model, level);
    if (found.path && found.entry != SIZE_MAX) {
        tsl__store_fail(store, TSL_E_FORMAT, found.path, "entry %zu %s", found.entry, found.what);
    } else if (found.path) {
        tsl__store_fail(store, TSL_E_FORMAT, found.path, "%s", found.what);
    }
    free(level);
}

tsl_model *tsl__model_get(tsl__store *store)
{
    tsl_model *model = tsl__alloc_zero(1, sizeof *model);
    if (!model) {
        tsl__store_fail_nomem(store);
        return NULL;
    }
    get_clusters(store, model);
    get_classes(store, model);
    get_sweep(store, model);
    if (tsl__store_has(store, "tree")) {
        get_tree(store, model);
    }
    get_provenance(store, model);
    tsl__evidence_get(store, model);
    check_model(store, model);
    if (tsl__store_failed(store)) {
        tsl_model_free(model);
        return NULL;
    }
    return model;
}

tsl_status tsl_model_read(const tsl_source *source, tsl_model **out, tsl_error *err)
{
    tsl__store *store;
    *out = NULL;
    tsl__error_reset(err);
    tsl_status status = tsl__store_open(source, &tsl__model_kind, &store, err);
    if (status != TSL_OK) {
        return status;
    }
    tsl_model *model = tsl__model_get(store);
    status = tsl__store_close(store, err);
    if (status != TSL_OK) {
        tsl_model_free(model);
        return status;
    }
    *out = model;
    return TSL_OK;
}
