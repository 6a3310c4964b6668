/* cmd_explain.c: tesela explain: model.h5 -> its clusters as plain rules. */
#include "cli/commands.h"

#include "cli/arena.h"
#include "cli/fail.h"
#include "cli/show/print.h"
#include "cli/show/show_summary.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void fill_list(const json_t *options, const char *key, cli_list *list)
{
    const json_t *array = json_object_get(options, key);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *text = json_string_value(json_array_get(array, i));
        if (text) {
            cli_list_add(list, cli_copy(text, strlen(text)));
        }
    }
}

/* The matrix that the model was found on, made again from the features. */
static tsl_status get_matrix(cli_job *job, tsl_matrix *x, tsl_error *err)
{
    const cli_settings *set = job->set;
    cli_list include = {0}, exclude = {0};
    json_t *options = json_loads(job->model->options, 0, NULL);
    fill_list(options, "cluster.include", &include);
    fill_list(options, "cluster.exclude", &exclude);
    json_decref(options);
    tsl_selection selection = {include.item, include.count, exclude.item, exclude.count};
    uint64_t hash = 0;
    tsl_error why;
    tsl_status status = cli_job_get_matrix(job, &selection, x, &why);
    if (status == TSL_OK) {
        status = tsl_matrix_get_hash(x, &hash, &why);
    }
    if (status == TSL_E_OPTION || (status == TSL_OK && hash != job->model->features_hash)) {
        return cli_fail_apart(err, set->input.item[0], set->features_file);
    }
    if (status != TSL_OK) {
        *err = why;
    }
    return status;
}

/* Puts a tree of the size that was asked for in the place of the model's. */
static tsl_status build_tree(cli_job *job, tsl_error *err)
{
    tsl_model *model = job->model;
    tsl_tree_options opt;
    tsl_tree *tree = NULL;
    tsl_matrix x;
    cli_raw raw = {0};
    int32_t *label = NULL;
    tsl_status status = get_matrix(job, &x, err);
    if (status == TSL_OK) {
        status = cli_raw_build(job->features, job->matrix, &raw, err);
    }
    if (status == TSL_OK) {
        label = calloc(x.rows + 1, sizeof *label);
        status = label ? TSL_OK : cli_fail_nomem(err);
    }
    if (status == TSL_OK) {
        tsl_assignment out = {.rows = x.rows, .label = label};
        status = tsl_kmeans_predict(&x, model->center, model->k, &job->exec, &out, err);
    }
    if (status == TSL_OK) {
        TSL_DEFAULTS(tree, &opt);
        opt.leaves = job->set->leaves;
        status = tsl_tree_fit(&x, NULL, model->center, model->k, label, &raw.view, raw.column, &opt, &job->exec, &tree, err);
    }
    if (status == TSL_OK) {
        tsl_tree_free(model->tree);
        model->tree = tree;
    }
    free(label);
    cli_raw_free(&raw);
    return status;
}

static tsl_status read_inputs(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_status status = cli_job_stage(job, "read", err);
    if (status == TSL_OK) {
        status = tsl_model_read(&(tsl_source){.path = set->input.item[0]}, &job->model, err);
    }
    if (status == TSL_OK && set->features_file && set->leaves && set->leaves < job->model->k) {
        return cli_fail(err, TSL_E_OPTION,
                        "--leaves %d is below the model's k, %d: a tree has at least one leaf a cluster", set->leaves,
                        job->model->k);
    }
    if (status == TSL_OK && set->features_file) {
        status = tsl_features_read(&(tsl_source){.path = set->features_file}, &job->features, err);
    }
    return status;
}

tsl_status cli_explain(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    if (cli_settings_get_source(set, "leaves") == CLI_LINE && !set->features_file) {
        return cli_fail(err, TSL_E_OPTION, "--leaves needs --features FILE, to build a tree of another size from");
    }
    tsl_status status = read_inputs(job, err);
    if (status == TSL_OK && set->features_file) {
        status = cli_job_stage(job, "tree", err);
    }
    if (status == TSL_OK && set->features_file) {
        status = build_tree(job, err);
    }
    if (status == TSL_OK) {
        status = cli_job_stage(job, NULL, err);
    }
    if (status == TSL_OK && !job->model->tree) {
        return cli_fail(err, TSL_E_INPUT, "%s: holds no tree", set->input.item[0]);
    }
    tsl_features *kept = job->features;
    if (status == TSL_OK && set->json) {
        job->features = NULL; /* the summary is the model's */
        status = cli_job_print_json(job, err);
        job->features = kept;
    } else if (status == TSL_OK) {
        status = cli_show_rules(job->model, set->label.lang, err);
    }
    return status;
}
