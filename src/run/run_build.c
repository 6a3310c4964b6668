/* run_build.c: what goes in, and the stages that make the rest of it. */
#include "run/run_state.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/options.h"
#include "feature/recipe.h"
#include "table/table_state.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- What goes in ---------------------------------------------------------------- */

/* The first day after the transactions, which closes the interactions too. */
static int32_t get_day_after(const tsl_table *transactions)
{
    int64_t last = transactions ? tsl_table_get_info(transactions)->last_time : TSL_MISSING_INT;
    return last == TSL_MISSING_INT ? TSL_NO_DAY : tsl__time_day(last) + 1;
}

static tsl_status check_kind(const tsl_run *run, tsl_table_kind kind, tsl_error *err)
{
    if ((unsigned)kind >= TSL_TABLE_KINDS) {
        return tsl__error_set(err, TSL_E_OPTION, "table: unknown kind %d", (int)kind);
    }
    if (run->table[kind] || run->features || run->data || run->drift) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: the run has been given them, or something else, already",
                              tsl_table_kind_get_name(kind));
    }
    if (kind == TSL_CUSTOMERS && (run->table[TSL_TRANSACTIONS] || run->table[TSL_INTERACTIONS])) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "customers: they come before all other tables, which are told by them whom they lack");
    }
    return TSL_OK;
}

tsl_status tsl_run_read(tsl_run *run, tsl_table_kind kind, const tsl_source *sources, size_t count,
                        const tsl_reject_sink *rejects, const tsl_table_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_table_options own;
    const tsl_table *known = kind == TSL_CUSTOMERS ? NULL : run->table[TSL_CUSTOMERS];
    tsl__error_reset(err);
    TSL_DEFAULTS(table, &own);
    TSL__TRY(check_kind(run, kind, err));
    TSL__TRY(tsl__options_take("table", &own, sizeof own, opt, err));
    if (kind == TSL_INTERACTIONS && own.as_of == TSL_NO_DAY) {
        own.as_of = get_day_after(run->table[TSL_TRANSACTIONS]);
    }
    own.weight = own.weight ? own.weight : run->opt.weight;
    if (run->given) {
        own.like = own.like ? own.like : run->given->recipe->reading[kind];
        own.allow_missing |= run->features_opt.allow_missing;
    }
    TSL__TRY(tsl__run_stage(run, tsl_table_kind_get_name(kind), err));
    TSL__TRY(tsl_table_read(kind, sources, count, known, run->rejects ? tsl_rejects_get_sink(run->rejects) : rejects,
                            &own, &run->exec, &run->own[kind], err));
    run->table[kind] = run->own[kind];
done:
    return status;
}

tsl_status tsl_run_read_table(tsl_run *run, const tsl_table *table, tsl_error *err)
{
    const tsl_table_kind kind = tsl_table_get_kind(table);
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(check_kind(run, kind, err));
    run->table[kind] = table;
done:
    return status;
}

/* What goes in is tables, or one of the others, once. */
tsl_status tsl__run_check_empty(const tsl_run *run, tsl_error *err)
{
    int full = run->features || run->data || run->drift;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        full = full || run->table[kind];
    }
    return full ? tsl__error_set(err, TSL_E_OPTION, "the run has been given tables, features or numbers already")
                : TSL_OK;
}

tsl_status tsl_run_read_features(tsl_run *run, const tsl_source *source, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_features *features = NULL;
    tsl__error_reset(err);
    if (run->features_opt.refit & TSL_REFIT_RFM) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "refit: RFM scores are made with the features; these have theirs already");
    }
    TSL__TRY(tsl__run_check_empty(run, err));
    TSL__TRY(tsl__run_stage(run, "read", err));
    TSL__TRY(tsl_features_read(source, &run->exec, &features, err));
    if (run->given && !tsl__recipe_same(features->recipe, run->given->recipe)) {
        status = tsl__error_set(err, TSL_E_INPUT,
                                "%s: was made by another recipe than the model's: tesela features --like MODEL makes "
                                "features that fit it",
                                source->path ? source->path : "the features");
        goto done;
    }
    if (run->given) { /* the clusters were found on the columns that the model's recipe chooses */
        TSL__TRY(tsl__features_set_recipe(features, run->given->recipe, err));
    }
    run->features = features;
    features = NULL;
done:
    tsl_features_free(features);
    return status;
}

tsl_status tsl_run_read_data(tsl_run *run, const tsl_source *source, const tsl_data_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_data_options own;
    tsl__error_reset(err);
    TSL_DEFAULTS(data, &own);
    TSL__TRY(tsl__options_take("data", &own, sizeof own, opt, err));
    own.weight = own.weight ? own.weight : run->opt.weight;
    TSL__TRY(tsl__run_check_empty(run, err));
    TSL__TRY(tsl__run_stage(run, "read", err));
    TSL__TRY(tsl_data_read(source, &own, &run->exec, &run->data, err));
done:
    return status;
}

/* ---- Features ---------------------------------------------------------------------- */

static tsl_status make_features(tsl_run *run, int32_t as_of, tsl_error *err)
{
    const tsl_recipe *recipe = run->given ? run->given->recipe : NULL;
    if (run->features) { /* read from a file */
        const tsl_selection *s = &run->features_opt.selection;
        int chosen = s->include_count || s->exclude_count;
        return chosen && !run->given ? tsl_features_fit_selection(run->features, s, err) : TSL_OK;
    }
    if (run->data) {
        const tsl_data *data = run->data;
        tsl_matrix x = {data->values, data->rows, data->cols, data->cols, TSL_F64};
        return tsl_features_build_plain(&x, data->weight, (const char *const *)data->name,
                                        (const char *const *)data->id, recipe, &run->features_opt, &run->exec,
                                        &run->features, err);
    }
    const tsl_tables tables = {run->table[TSL_CUSTOMERS], run->table[TSL_TRANSACTIONS], run->table[TSL_INTERACTIONS],
                               as_of};
    tsl_status status = tsl_features_build(&tables, recipe, &run->features_opt, &run->exec, &run->features, err);
    for (int kind = 0; kind < TSL_TABLE_KINDS && status == TSL_OK; kind++) {
        tsl__table_free_cells(run->own[kind]);
    }
    return status;
}

static tsl_status build_features(tsl_run *run, int32_t as_of, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(make_features(run, as_of, err));
    if (run->opt.weight && !run->data) {
        TSL__TRY(tsl_features_fit_weight(run->features, run->opt.weight, err));
    }
done:
    return status;
}

/* ---- Clusters ------------------------------------------------------------------------ */

static tsl_matrix view_of(const tsl_feature_matrix *m)
{
    return (tsl_matrix){m->values, m->rows, m->cols, m->cols, TSL_F64};
}

/* The values that clusters are numbered by, owned: of the feature asked for, else
 * of monetary_total; *value NULL: none, and they are numbered by size. */
static tsl_status get_value(const tsl_run *run, double **value, const char **name, tsl_error *err)
{
    const tsl_features *features = run->features;
    const char *asked = run->label_opt.value;
    size_t f = features->recipe->plain ? features->feature_count : tsl_features_get_index(features, "monetary_total");
    *value = NULL;
    *name = NULL;
    tsl_status status = asked ? tsl_features_get_value(features, asked, &f, err) : TSL_OK;
    if (status != TSL_OK || f == features->feature_count) {
        return status;
    }
    *value = tsl__alloc(features->customers, sizeof **value);
    if (!*value) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < features->customers; i++) {
        (*value)[i] = features->x[i * features->feature_count + f];
    }
    *name = features->feature[f].name;
    return TSL_OK;
}

/* What the rows' weights are called; NULL: they count once each. */
static const char *get_weight_name(const tsl_run *run)
{
    return run->data ? run->data->weight_name : run->features->recipe->weight;
}

/* How often each row counts, owned; *weight NULL: once each. */
static tsl_status get_weights(const tsl_run *run, double **weight, tsl_error *err)
{
    const size_t rows = run->features->customers;
    tsl_status status = TSL_OK;
    *weight = NULL;
    if (!get_weight_name(run)) {
        return TSL_OK;
    }
    TSL__NEED(*weight = tsl__alloc(rows, sizeof **weight));
    TSL__TRY(tsl_features_get_weights(run->features, *weight, err));
done:
    return status;
}

/* Copies of the options (JSON) and of the names of value and weight (or NULL) into the model. */
static tsl_status set_texts(tsl_model *model, const char *options, const char *value, const char *weight,
                            tsl_error *err)
{
    free(model->options);
    free(model->value);
    free(model->weight);
    model->options = tsl__strdup(options);
    model->value = value ? tsl__strdup(value) : NULL;
    model->weight = weight ? tsl__strdup(weight) : NULL;
    return model->options && (model->value || !value) && (model->weight || !weight) ? TSL_OK : tsl__error_nomem(err);
}

static tsl_status build_model(tsl_run *run, const tsl_feature_matrix *matrix, const double *weight, tsl_sweep **sweep,
                              const double *value, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_matrix x = view_of(matrix);
    tsl_tree_options tree = run->tree_opt;
    tsl__tree_columns raw = {0};
    const char **column = NULL;
    int k = (*sweep)->candidate[(*sweep)->best].k;
    if (tree.leaves && tree.leaves < k) {
        TSL__TRY(tsl__notes_add(&(*sweep)->info.notes, "the tree has %d leaves, one a cluster, as %d are fewer than k",
                                k, tree.leaves));
        tree.leaves = k;
    }
    TSL__NEED(column = tsl__alloc(matrix->cols, sizeof *column));
    for (size_t c = 0; c < matrix->cols; c++) {
        column[c] = matrix->column[c].name;
    }
    TSL__TRY(tsl__tree_columns_get(run->features, &raw, err));
    TSL__TRY(tsl__run_stage(run, "tree", err));
    TSL__TRY(tsl_model_build(&x, weight, column, *sweep, &raw.view, value, &tree, &run->exec, &run->model, err));
    *sweep = NULL; /* the model's */
done:
    free(column);
    tsl__tree_columns_free(&raw);
    return status;
}

/* The sweep, with a note on rows that take no part. */
static tsl_status fit_sweep(const tsl_run *run, const tsl_feature_matrix *matrix, const double *weight,
                            const tsl_feature_matrix *init, tsl_sweep **sweep, tsl_error *err)
{
    const tsl_matrix x = view_of(matrix);
    tsl_status status = TSL_OK;
    size_t idle = 0;
    tsl_kmeans_options kmeans = run->kmeans_opt;
    tsl_start start;
    TSL_DEFAULTS(start, &start);
    start.init = init ? init->values : NULL;
    start.init_count = init ? init->rows : 0;
    kmeans.scaled = run->features->recipe->settings.scale != TSL_SCALE_NONE;
    TSL__TRY(tsl_kmeans_fit(&x, weight, &start, &kmeans, &run->exec, sweep, err));
    for (size_t r = 0; weight && r < x.rows; r++) {
        idle += weight[r] == 0;
    }
    if (idle) {
        TSL__TRY(tsl__notes_add(&(*sweep)->info.notes,
                                "%zu of %zu rows have a weight (%s) of 0 and take no part in "
                                "finding the clusters",
                                idle, x.rows, get_weight_name(run)));
    }
done:
    return status;
}

static tsl_status fit_model(tsl_run *run, const tsl_feature_matrix *matrix, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_sweep *sweep = NULL;
    tsl_feature_matrix *init = NULL;
    double *value = NULL, *weight = NULL;
    const char *name = NULL;
    TSL__TRY(get_value(run, &value, &name, err)); /* refused before the long work */
    TSL__TRY(get_weights(run, &weight, err));
    TSL__TRY(tsl__run_get_init(run, &init, err));
    TSL__TRY(fit_sweep(run, matrix, weight, init, &sweep, err));
    TSL__TRY(tsl__run_note_init(run, &sweep->info.notes, err));
    TSL__TRY(build_model(run, matrix, weight, &sweep, value, err));
    TSL__TRY(set_texts(run->model, run->opt.kept, name, get_weight_name(run), err));
    if (init) {
        const tsl_matrix centres = view_of(init);
        TSL__TRY(tsl_matrix_get_hash(&centres, &run->model->init_hash, err));
    }
done:
    tsl_sweep_free(sweep);
    tsl_feature_matrix_free(init);
    free(value);
    free(weight);
    return status;
}

static tsl_status predict(tsl_run *run, const tsl_feature_matrix *matrix, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_model *model = run->given->model;
    const tsl_matrix x = view_of(matrix);
    tsl_assignment *a = &run->assignment;
    a->rows = x.rows;
    TSL__NEED(a->label = tsl__alloc(x.rows, sizeof *a->label));
    TSL__NEED(a->distance = tsl__alloc(x.rows, sizeof *a->distance));
    TSL__NEED(a->runner_up = tsl__alloc(x.rows, sizeof *a->runner_up));
    TSL__NEED(a->runner_up_distance = tsl__alloc(x.rows, sizeof *a->runner_up_distance));
    if (x.cols != model->cols) {
        status =
            tsl__error_set(err, TSL_E_INPUT, "the recipe chooses %zu columns, the model has %zu", x.cols, model->cols);
        goto done;
    }
    TSL__TRY(tsl_kmeans_predict(&x, model->center, model->k, &run->exec, a, err));
done:
    if (status != TSL_OK) {
        tsl__run_free_assignment(run);
    }
    return status;
}

static tsl_status build_clusters(tsl_run *run, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_matrix *matrix = NULL;
    TSL__TRY(tsl__run_stage(run, run->given ? "assign" : "cluster", err));
    TSL__TRY(tsl_features_get_matrix(run->features, &run->exec, &matrix, err));
    TSL__TRY(run->given ? predict(run, matrix, err) : fit_model(run, matrix, err));
done:
    tsl_feature_matrix_free(matrix);
    return status;
}

tsl_status tsl_run_build_tree(tsl_run *run, tsl_tree **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_model *model = tsl_run_get_model(run);
    const tsl_assignment *assignment = tsl_run_get_assignment(run);
    tsl_feature_matrix *matrix = NULL;
    tsl__tree_columns raw = {0};
    double *weight = NULL;
    *out = NULL;
    tsl__error_reset(err);
    if (!model || !assignment) {
        return tsl__error_set(err, TSL_E_OPTION, "there is no assignment yet that a tree could explain");
    }
    TSL__TRY(tsl__run_stage(run, "tree", err));
    TSL__TRY(tsl_features_get_matrix(run->features, &run->exec, &matrix, err));
    TSL__TRY(tsl__tree_columns_get(run->features, &raw, err));
    TSL__TRY(get_weights(run, &weight, err));
    const tsl_matrix x = view_of(matrix);
    TSL__TRY(tsl_tree_fit(&x, weight, model->center, model->k, assignment->label, &raw.view, &run->tree_opt, &run->exec,
                          out, err));
    TSL__TRY(tsl__run_stage(run, NULL, err));
done:
    tsl__tree_columns_free(&raw);
    tsl_feature_matrix_free(matrix);
    free(weight);
    return status;
}

/* ---- Labels ---------------------------------------------------------------------------- */

static tsl_status build_labels(tsl_run *run, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__run_stage(run, "labels", err));
    TSL__TRY(tsl_labels_build(run->features, tsl_run_get_model(run), tsl_run_get_assignment(run),
                              run->given ? run->given->policy : NULL, &run->label_opt, &run->exec, &run->labels, err));
    if (run->given) {
        TSL__TRY(tsl_drift_build(run->features, &run->exec, &run->drift, err));
    }
done:
    return status;
}

/* The day of features that are there is theirs, and plain numbers have none. */
static tsl_status check_as_of(const tsl_run *run, int32_t as_of, tsl_error *err)
{
    char asked[11], there[11] = "none";
    if (as_of == TSL_NO_DAY || (!run->features && !run->data) || (run->features && run->features->as_of == as_of)) {
        return TSL_OK;
    }
    if (!tsl__day_is_valid(as_of)) {
        return tsl__error_set(err, TSL_E_OPTION, "as_of: day %" PRId32 " is outside the years 1 to 9999", as_of);
    }
    tsl_day_write(as_of, asked);
    if (run->features && run->features->as_of != TSL_NO_DAY) {
        tsl_day_write(run->features->as_of, there);
    }
    return tsl__error_set(err, TSL_E_OPTION, "as_of: %s is asked for, but that of what the run has been given is %s",
                          asked, there);
}

tsl_status tsl_run_build(tsl_run *run, tsl_run_stage last, int32_t as_of, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    if ((unsigned)last > TSL_RUN_LABELS) {
        return tsl__error_set(err, TSL_E_OPTION, "stage: %d is none of a run", (int)last);
    }
    TSL__TRY(check_as_of(run, as_of, err));
    const tsl_segmentation *given = run->given;
    if (given && ((last >= TSL_RUN_MODEL && !given->model) || (last >= TSL_RUN_LABELS && !given->policy))) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "a recipe alone gives features alone: labels need a model and a policy");
    }
    if (!run->features) {
        TSL__TRY(tsl__run_stage(run, "features", err));
    }
    TSL__TRY(build_features(run, as_of, err));
    if (last >= TSL_RUN_MODEL && !tsl_run_get_assignment(run)) {
        TSL__TRY(build_clusters(run, err));
    }
    if (last >= TSL_RUN_LABELS && !run->labels) {
        TSL__TRY(build_labels(run, err));
    }
    TSL__TRY(tsl__run_stage(run, NULL, err));
done:
    return status;
}
