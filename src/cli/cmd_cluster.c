/* cmd_cluster.c: tesela cluster: features.h5, or plain numbers -> model.h5. */
#include "cli/commands.h"

#include "cli/arena.h"
#include "cli/fail.h"
#include "cli/scale.h"
#include "cli/show/print.h"
#include "cli/show/show_summary.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- labels.csv ------------------------------------------------------------------- */

/* One CSV field, quoted where it must be. */
static const char *quote(const char *field)
{
    if (!strpbrk(field, ",\"\r\n")) {
        return field;
    }
    char *quoted = cli_take(2 * strlen(field) + 3, 1), *p = quoted;
    *p++ = '"';
    for (; *field; field++) {
        *p++ = *field;
        if (*field == '"') {
            *p++ = '"';
        }
    }
    *p = '"';
    return quoted;
}

static tsl_status write_rows(tsl_file *file, const char *head, char *const *id, const int32_t *label, size_t rows,
                             tsl_error *err)
{
    char line[64];
    int length = snprintf(line, sizeof line, "%s,cluster\n", head);
    tsl_status status = tsl_file_write(file, line, (size_t)length, err);
    for (size_t r = 0; r < rows && status == TSL_OK; r++) {
        if (id) {
            const char *name = quote(id[r]);
            status = tsl_file_write(file, name, strlen(name), err);
            length = snprintf(line, sizeof line, ",%" PRId32 "\n", label[r] + 1);
        } else {
            length = snprintf(line, sizeof line, "%zu,%" PRId32 "\n", r + 1, label[r] + 1);
        }
        if (status == TSL_OK) {
            status = tsl_file_write(file, line, (size_t)length, err);
        }
    }
    return status;
}

static tsl_status write_labels(cli_job *job, const tsl_matrix *x, tsl_fileset *outputs, tsl_error *err)
{
    const cli_settings *set = job->set;
    char *const *id = job->features ? job->features->id : job->data->id;
    const tsl_target target = {.path = set->labels, .replace = set->force, .set = outputs};
    tsl_file *file = NULL;
    const char *head = job->features ? "customer_id" : id ? "id" : "row";
    int32_t *label = calloc(x->rows + 1, sizeof *label);
    tsl_status status = label ? TSL_OK : cli_fail_nomem(err);
    if (status == TSL_OK) {
        status = tsl_kmeans_predict(x, job->model->center, job->model->k, set->threads, label, NULL, NULL, NULL, err);
    }
    if (status == TSL_OK) {
        status = tsl_file_open(&target, &file, err);
    }
    if (status == TSL_OK) {
        status = write_rows(file, head, id, label, x->rows, err);
    }
    if (status == TSL_OK) {
        status = tsl_file_close(file, err);
    } else {
        tsl_file_free(file);
    }
    free(label);
    return status;
}

/* ---- A features file ----------------------------------------------------------------- */

/* Options of the other kind of input do nothing here, so they are refused. */
static tsl_status refuse_given(const cli_settings *set, const char *const *options, const char *why, tsl_error *err)
{
    for (; *options; options++) {
        if (cli_settings_get_source(set, *options) == CLI_LINE) {
            return cli_fail(err, TSL_E_OPTION, "--%s: %s", *options, why);
        }
    }
    return TSL_OK;
}

static tsl_status cluster_features(cli_job *job, tsl_matrix *x, tsl_error *err)
{
    static const char *const others[] = {"scale", "id", "ignore", "delimiter", "header", NULL};
    const char *input = job->set->input.item[0];
    tsl_status status =
        refuse_given(job->set, others, "is for plain data; a features file has its columns and scales already", err);
    if (status == TSL_OK) {
        status = cli_job_stage(job, "read", err);
    }
    if (status == TSL_OK) {
        status = tsl_features_read(&(tsl_source){.path = input}, &job->features, err);
    }
    if (status == TSL_E_FORMAT) {
        return cli_fail(err, status, "%s (an array in it is named %s:/path)",
                        cli_copy(err->message, strlen(err->message)), input);
    }
    if (status == TSL_OK) {
        status = cli_stage_clusters(job, err);
    }
    if (status == TSL_OK) {
        *x = (tsl_matrix){job->matrix->values, job->matrix->rows, job->matrix->cols, job->matrix->cols};
    }
    return status;
}

/* ---- Plain data --------------------------------------------------------------------------- */

static tsl_status read_data(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_data_options opt;
    TSL_DEFAULTS(data, &opt);
    tsl_exec exec = cli_job_get_exec(job);
    opt.id = set->id;
    opt.ignore = set->ignore.item;
    opt.ignore_count = set->ignore.count;
    if (cli_settings_get_source(set, "delimiter")) {
        opt.delimiter = (char)set->any.delimiter;
    }
    if (cli_settings_get_source(set, "header")) {
        opt.header = set->any.header;
    }
    tsl_status status = cli_job_stage(job, "read", err);
    if (status == TSL_OK) {
        status = tsl_data_read(&(tsl_source){.path = set->input.item[0]}, &opt, &exec, &job->data, err);
    }
    if (status == TSL_OK) {
        char rows[CLI_NUMBER_BYTES];
        cli_count_write(job->data->rows, rows);
        cli_say("data: %s rows, %zu columns", rows, job->data->cols);
        cli_say_notes(&job->data->notes);
    }
    return status;
}

static void say_scale(const cli_job *job, const int *constant)
{
    static const char *const words[TSL_SCALES] = {
        [TSL_SCALE_NONE] = "as they are",
        [TSL_SCALE_Z] = "less their mean, by their population standard deviation",
        [TSL_SCALE_MINMAX] = "to 0..1 by their least and greatest value",
        [TSL_SCALE_ROBUST] = "less their median, by their interquartile range",
    };
    tsl_scale scale = job->set->features.scale;
    int chosen = cli_settings_get_source(job->set, "scale") != CLI_DEFAULT;
    cli_say("scale: %s: columns %s%s", tsl_scale_get_name(scale), words[scale],
            chosen ? "" : " (the default; --scale none takes them as they are)");
    for (size_t c = 0; c < job->data->cols && scale != TSL_SCALE_NONE; c++) {
        if (constant[c]) {
            cli_say("note: %s is constant and tells nothing apart", job->data->name[c]);
        }
    }
}

/* The column that clusters are numbered by, NULL for none. */
static tsl_status get_value(const cli_job *job, double **value, tsl_error *err)
{
    const tsl_data *data = job->data;
    const char *asked = job->set->label.value;
    *value = NULL;
    if (!asked) {
        return TSL_OK;
    }
    size_t column = 0;
    while (column < data->cols && strcmp(data->name[column], asked) != 0) {
        column++;
    }
    if (column == data->cols) {
        const char *near = tsl_name_get_nearest(asked, (const char *const *)data->name, data->cols);
        return cli_fail(err, TSL_E_OPTION, "--value: no column is called \"%s\"%s%s%s", asked,
                        near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
    }
    *value = calloc(data->rows + 1, sizeof **value);
    for (size_t r = 0; r < data->rows && *value; r++) {
        (*value)[r] = data->values[r * data->cols + column];
    }
    return *value ? TSL_OK : cli_fail_nomem(err);
}

/* Sweep, model and tree; x is the scaled data, the raw columns are the data. */
static tsl_status fit_data(cli_job *job, const tsl_matrix *x, const double *value, tsl_error *err)
{
    const tsl_data *data = job->data;
    const tsl_matrix raw = {data->values, data->rows, data->cols, data->cols};
    tsl_kmeans_options kmeans = job->set->kmeans;
    tsl_tree_options tree = tsl_tree_defaults();
    tsl_sweep *sweep = NULL;
    kmeans.progress = job->progress;
    tsl_status status = cli_job_stage(job, "cluster", err);
    if (status == TSL_OK) {
        status = tsl_sweep_fit(x, &kmeans, &sweep, err);
    }
    if (status == TSL_OK) {
        cli_tree_options(job, sweep, &tree);
        tree.name = (const char *const *)data->name;
        status = cli_job_stage(job, "tree", err);
    }
    if (status == TSL_OK) {
        status = tsl_model_build(x, data->name, sweep, &raw, &tree, value, &job->model, err);
        sweep = NULL; /* the model's, also on failure */
    }
    tsl_sweep_free(sweep);
    return status;
}

static tsl_status complete_model(cli_job *job, const double *center, const double *scale, tsl_error *err)
{
    tsl_model *model = job->model;
    memcpy(model->column_center, center, model->cols * sizeof *center);
    memcpy(model->column_scale, scale, model->cols * sizeof *scale);
    return cli_model_set_texts(model, cli_settings_get_json(job->set, CLI_KEPT_DATA), job->set->label.value, err);
}

/* *x: the scaled data, owned by the caller through x->data. */
static tsl_status cluster_data(cli_job *job, tsl_matrix *x, tsl_error *err)
{
    static const char *const others[] = {"include", "exclude", NULL};
    double *value = NULL;
    tsl_status status =
        refuse_given(job->set, others, "is for a features file; columns of plain data are left out by --ignore", err);
    if (status == TSL_OK) {
        status = read_data(job, err);
    }
    if (status != TSL_OK) {
        return status;
    }
    size_t rows = job->data->rows, cols = job->data->cols;
    double *values = calloc(rows * cols + 1, sizeof *values);
    double *center = cli_take(cols, sizeof *center), *scale = cli_take(cols, sizeof *scale);
    int *constant = cli_take(cols, sizeof *constant);
    *x = (tsl_matrix){values, rows, cols, cols};
    status = values ? get_value(job, &value, err) : cli_fail_nomem(err);
    if (status == TSL_OK) {
        memcpy(values, job->data->values, rows * cols * sizeof *values);
        status = cli_scale(job->set->features.scale, values, rows, cols, center, scale, constant, err);
    }
    if (status == TSL_OK) {
        say_scale(job, constant);
        status = fit_data(job, x, value, err);
    }
    if (status == TSL_OK) {
        status = complete_model(job, center, scale, err);
    }
    free(value);
    return status;
}

/* ---- The command ------------------------------------------------------------------------------ */

/* Both, or neither. */
static tsl_status write_files(cli_job *job, const tsl_matrix *x, tsl_fileset *set, tsl_error *err)
{
    const cli_settings *asked = job->set;
    const tsl_target model = {.path = asked->output, .replace = asked->force, .set = set};
    tsl_status status = asked->labels ? write_labels(job, x, set, err) : TSL_OK;
    return status == TSL_OK && asked->output ? tsl_model_write(job->model, &model, err) : status;
}

static tsl_status write_outputs(cli_job *job, const tsl_matrix *x, tsl_error *err)
{
    tsl_fileset *set = NULL;
    tsl_status status = cli_job_stage(job, "write", err);
    if (status == TSL_OK) {
        status = tsl_fileset_open(&set, err);
    }
    if (status == TSL_OK) {
        status = write_files(job, x, set, err);
    }
    status = cli_fileset_publish(set, status, err);
    return status == TSL_OK ? cli_job_stage(job, NULL, err) : status;
}

static void show_files(const cli_settings *set)
{
    if (set->output || set->labels) {
        cli_print("\n%s%s%s\n", set->output ? set->output : "", set->output && set->labels ? "\n" : "",
                  set->labels ? set->labels : "");
    } else {
        cli_print(
            strcmp(set->label.lang, "zh") == 0
                ? "\n没有写出文件：--output MODEL.h5 保存模型，--labels FILE.csv 保存每行的聚类。\n"
                : "\nNothing was written: --output MODEL.h5 keeps the model, --labels FILE.csv each row's cluster.\n");
    }
}

static int has_ending(const char *name, const char *ending)
{
    size_t length = strlen(name), n = strlen(ending);
    return length >= n && strcmp(name + length - n, ending) == 0;
}

/* Whether DATA is a features file; what is neither that nor plain data is refused. */
static tsl_status find_kind(const char *input, int *features, tsl_error *err)
{
    const char *kind;
    *features = 0;
    if (strcmp(input, "-") == 0 || strstr(input, ".h5:/") || strstr(input, ".hdf5:/")) {
        return TSL_OK;
    }
    tsl_status status = tsl_file_get_kind(&(tsl_source){.path = input}, &kind, err);
    if (status != TSL_OK) {
        return status;
    }
    if (strcmp(kind, "model") == 0) {
        return cli_fail(err, TSL_E_FORMAT, "%s: is a model; cluster takes a features file or plain data", input);
    }
    /* Reading it tells what is wrong. */
    *features = strcmp(kind, "features") == 0 || strcmp(kind, "hdf5") == 0 || has_ending(input, ".h5");
    return TSL_OK;
}

static int is_output(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

tsl_status cli_cluster(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_matrix x = {0};
    int features = 0;
    tsl_status status = cli_output_check(set->output, set->force, err);
    if (status == TSL_OK) {
        status = cli_output_check(set->labels, set->force, err);
    }
    if (status == TSL_OK) {
        status = find_kind(set->input.item[0], &features, err);
    }
    if (status == TSL_OK) {
        status = features ? cluster_features(job, &x, err) : cluster_data(job, &x, err);
    }
    if (status == TSL_OK) {
        status = write_outputs(job, &x, err);
    }
    if (!features) {
        free((void *)x.data);
    }
    if (status == TSL_OK && set->json) {
        return cli_job_print_json(job, err);
    }
    if (status == TSL_OK && !set->quiet && !is_output(set->output) && !is_output(set->labels)) {
        status = cli_job_show(job, CLI_SHOW_SWEEP | CLI_SHOW_CLUSTERS, err);
        show_files(set);
    }
    return status;
}
