/* stages.c: the stages that the commands are made of: tables, features,
 * clusters, labels. */
#include "cli/job.h"

#include "cli/arena.h"
#include "cli/fail.h"
#include "cli/show/print.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DAY_SECONDS 86400

/* ---- Tables --------------------------------------------------------------------- */

static void say_table(const tsl_table *table)
{
    const tsl_table_info *info = tsl_table_get_info(table);
    char read[CLI_NUMBER_BYTES], used[CLI_NUMBER_BYTES], count[CLI_NUMBER_BYTES];
    const char *why = "";
    cli_count_write(info->read, read);
    cli_count_write(info->used, used);
    for (int kind = 0; kind < TSL_REJECT_KINDS; kind++) {
        uint64_t rejected = tsl_table_get_rejected(table, (tsl_reject_kind)kind);
        if (rejected) {
            cli_count_write(rejected, count);
            why =
                cli_format("%s%s%s %s", why, *why ? ", " : "", count, tsl_reject_kind_get_name((tsl_reject_kind)kind));
        }
    }
    cli_count_write(info->rejected, count);
    cli_say("%s: %s rows read, %s used, %s rejected%s%s%s", tsl_table_kind_get_name(tsl_table_get_kind(table)), read,
            used, count, *why ? " (" : "", why, *why ? ")" : "");
    for (size_t i = 0; i < info->understood.count; i++) {
        cli_say("  %s", info->understood.text[i]);
    }
    cli_say_notes(&info->notes);
}

static tsl_table_options get_table_options(const cli_job *job, tsl_table_kind kind)
{
    const cli_settings *set = job->set;
    const cli_table *asked = &set->table[kind];
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    opt.roles = asked->role;
    opt.role_count = asked->role_count;
    opt.rules = asked->rule;
    opt.rule_count = asked->rule_count;
    opt.value = set->label.value;
    opt.lookups = asked->lookup;
    opt.lookup_count = asked->lookup_count;
    opt.delimiter = (char)(cli_settings_get_source(set, "delimiter") ? set->any.delimiter : asked->delimiter);
    opt.header = cli_settings_get_source(set, "header") ? set->any.header : asked->header;
    opt.dates = (tsl_date_order)(cli_settings_get_source(set, "dates") ? set->any.dates : asked->dates);
    opt.as_of = set->as_of;
    opt.max_rejects = set->max_rejects;
    opt.reject_orphans = asked->reject_orphans;
    return opt;
}

/* The first day after the transactions, which closes the interactions too. */
static int32_t get_day_after(const tsl_table *transactions)
{
    int64_t last = transactions ? tsl_table_get_info(transactions)->last_time : TSL_MISSING_INT;
    if (last == TSL_MISSING_INT) {
        return TSL_NO_DAY;
    }
    int64_t day = last / DAY_SECONDS - (last % DAY_SECONDS < 0);
    return (int32_t)(day + 1);
}

tsl_exec cli_job_get_exec(const cli_job *job)
{
    tsl_exec exec;
    TSL_DEFAULTS(exec, &exec);
    exec.threads = job->set->threads;
    exec.report = job->progress ? job->progress->report : NULL;
    exec.user = job->progress ? job->progress->user : NULL;
    return exec;
}

static tsl_status read_table(cli_job *job, tsl_table_kind kind, const tsl_reject_sink *rejects, tsl_error *err)
{
    const cli_list *files = &job->set->table[kind].files;
    const tsl_table *known = kind == TSL_CUSTOMERS ? NULL : job->table[TSL_CUSTOMERS];
    tsl_table_options opt = get_table_options(job, kind);
    tsl_exec exec = cli_job_get_exec(job);
    tsl_source *source = cli_take(files->count, sizeof *source);
    for (size_t i = 0; i < files->count; i++) {
        source[i] = (tsl_source){.path = files->item[i]};
    }
    if (kind == TSL_INTERACTIONS && opt.as_of == TSL_NO_DAY) {
        opt.as_of = get_day_after(job->table[TSL_TRANSACTIONS]);
    }
    tsl_status status = cli_job_stage(job, tsl_table_kind_get_name(kind), err);
    if (status == TSL_OK) {
        status = tsl_table_read(kind, source, files->count, known, rejects, &opt, &exec, &job->table[kind], err);
    }
    if (status == TSL_OK) {
        say_table(job->table[kind]);
    }
    return status;
}

tsl_status cli_stage_tables(cli_job *job, const tsl_reject_sink *rejects, tsl_error *err)
{
    static const tsl_table_kind order[] = {TSL_CUSTOMERS, TSL_TRANSACTIONS, TSL_INTERACTIONS};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < sizeof order / sizeof *order && status == TSL_OK; i++) {
        if (job->set->table[order[i]].files.count) {
            status = read_table(job, order[i], rejects, err);
        }
    }
    return status;
}

/* ---- Features --------------------------------------------------------------------- */

tsl_status cli_stage_features(cli_job *job, tsl_error *err)
{
    tsl_feature_options opt = job->set->features;
    opt.progress = job->progress;
    tsl_status status = cli_job_stage(job, "features", err);
    if (status == TSL_OK) {
        status = tsl_features_build(job->table[TSL_CUSTOMERS], job->table[TSL_TRANSACTIONS],
                                    job->table[TSL_INTERACTIONS], &opt, &job->features, err);
    }
    if (status == TSL_OK) {
        cli_say_notes(&job->features->info.notes);
    }
    return status;
}

/* ---- Clusters ----------------------------------------------------------------------- */

tsl_status cli_job_get_matrix(cli_job *job, const tsl_selection *selection, tsl_matrix *x, tsl_error *err)
{
    tsl_status status = tsl_features_get_matrix(job->features, selection, &job->matrix, err);
    if (status == TSL_OK) {
        *x = (tsl_matrix){job->matrix->values, job->matrix->rows, job->matrix->cols, job->matrix->cols};
    }
    return status;
}

void cli_raw_free(cli_raw *raw)
{
    free(raw->values);
    free(raw->name);
    free(raw->form);
    raw->values = NULL;
    raw->name = NULL;
    raw->form = NULL;
}

tsl_status cli_raw_build(const tsl_features *features, const tsl_feature_matrix *matrix, cli_raw *out, tsl_error *err)
{
    static const tsl_tree_form forms[] = {
        [TSL_FORM_NUMBER] = TSL_TREE_NUMBER, [TSL_FORM_BOOLEAN] = TSL_TREE_BOOLEAN, [TSL_FORM_VALUE] = TSL_TREE_VALUE};
    size_t rows = features->customers, all = features->feature_count, cols = 0;
    size_t *taken = calloc(all + 1, sizeof *taken);
    out->values = calloc(rows * all + 1, sizeof *out->values);
    out->name = calloc(all + 1, sizeof *out->name);
    out->form = calloc(all + 1, sizeof *out->form);
    if (!taken || !out->values || !out->name || !out->form) {
        free(taken);
        cli_raw_free(out);
        return cli_fail_nomem(err);
    }
    for (size_t c = 0; c < matrix->cols; c++) {
        taken[matrix->column[c].feature] = 1;
    }
    for (size_t f = 0; f < all; f++) {
        if (taken[f]) {
            taken[cols] = f;
            out->name[cols] = features->feature[f].name;
            out->form[cols++] = forms[features->feature[f].form];
        }
    }
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < cols; c++) {
            out->values[r * cols + c] = features->x[r * all + taken[c]];
        }
    }
    out->view = (tsl_matrix){out->values, rows, cols, cols};
    free(taken);
    return TSL_OK;
}

/* The feature that clusters are numbered by, feature_count for none; one that
 * will not do is refused before the long work. */
static tsl_status find_value(const cli_job *job, size_t *index, tsl_error *err)
{
    const char *asked = job->set->label.value;
    *index = tsl_features_get_index(job->features, "monetary_total");
    return asked ? tsl_features_get_value(job->features, asked, index, err) : TSL_OK;
}

tsl_status cli_model_set_texts(tsl_model *model, const char *options, const char *value, tsl_error *err)
{
    free(model->options);
    free(model->value);
    model->options = strdup(options);
    model->value = value ? strdup(value) : NULL;
    return model->options && (model->value || !value) ? TSL_OK : cli_fail_nomem(err);
}

/* What the model keeps beside the centres: how its columns were made, and what by. */
static tsl_status complete_model(const cli_job *job, size_t value, tsl_error *err)
{
    tsl_model *model = job->model;
    const tsl_features *features = job->features;
    for (size_t c = 0; c < model->cols; c++) {
        model->column_weight[c] = job->matrix->column[c].weight;
        model->column_center[c] = job->matrix->column[c].center;
        model->column_scale[c] = job->matrix->column[c].scale;
    }
    return cli_model_set_texts(model, cli_settings_get_json(job->set, CLI_KEPT),
                               value < features->feature_count ? features->feature[value].name : NULL, err);
}

void cli_tree_options(const cli_job *job, const tsl_sweep *sweep, tsl_tree_options *tree)
{
    int k = sweep->candidate[sweep->best].k, leaves = job->set->leaves;
    cli_say_notes(&sweep->info.notes);
    if (*sweep->info.choice) {
        cli_say("clusters: %s", sweep->info.choice);
    }
    if (leaves && leaves < k) {
        cli_say("note: the tree has %d leaves, one a cluster, as --leaves %d is below k", k, leaves);
        leaves = 0;
    }
    tree->leaves = leaves;
    tree->threads = job->set->threads;
    tree->progress = job->progress;
}

static tsl_status fit_model(cli_job *job, const tsl_matrix *x, size_t value, tsl_error *err)
{
    const tsl_features *features = job->features;
    tsl_kmeans_options kmeans = job->set->kmeans;
    tsl_tree_options tree = tsl_tree_defaults();
    tsl_sweep *sweep = NULL;
    cli_raw raw = {0};
    double *weight = NULL;
    char **column = calloc(x->cols + 1, sizeof *column);
    tsl_status status = column ? TSL_OK : cli_fail_nomem(err);
    for (size_t c = 0; c < x->cols && column; c++) {
        column[c] = job->matrix->column[c].name;
    }
    if (status == TSL_OK) {
        status = cli_raw_build(features, job->matrix, &raw, err);
    }
    if (status == TSL_OK && value < features->feature_count) {
        weight = calloc(x->rows + 1, sizeof *weight);
        status = weight ? TSL_OK : cli_fail_nomem(err);
        for (size_t r = 0; r < x->rows && weight; r++) {
            weight[r] = features->x[r * features->feature_count + value];
        }
    }
    if (status == TSL_OK) {
        kmeans.progress = job->progress;
        status = tsl_sweep_fit(x, &kmeans, &sweep, err);
    }
    if (status == TSL_OK) {
        cli_tree_options(job, sweep, &tree);
        tree.name = raw.name;
        tree.form = raw.form;
        status = cli_job_stage(job, "tree", err);
    }
    if (status == TSL_OK) {
        status = tsl_model_build(x, column, sweep, &raw.view, &tree, weight, &job->model, err);
        sweep = NULL; /* the model's, also on failure */
    }
    tsl_sweep_free(sweep);
    cli_raw_free(&raw);
    free(weight);
    free(column);
    return status;
}

tsl_status cli_stage_clusters(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_selection selection = {set->include.item, set->include.count, set->exclude.item, set->exclude.count};
    tsl_matrix x;
    size_t value;
    tsl_status status = cli_job_stage(job, "cluster", err);
    if (status == TSL_OK) {
        status = find_value(job, &value, err);
    }
    if (status == TSL_OK) {
        status = cli_job_get_matrix(job, &selection, &x, err);
    }
    if (status == TSL_OK) {
        status = fit_model(job, &x, value, err);
    }
    return status == TSL_OK ? complete_model(job, value, err) : status;
}

/* ---- Labels --------------------------------------------------------------------------- */

tsl_status cli_stage_labels(cli_job *job, tsl_error *err)
{
    tsl_status status = cli_job_stage(job, "labels", err);
    if (status == TSL_OK) {
        status = tsl_labels_build(job->features, job->model, &job->set->label, &job->labels, err);
    }
    if (status == TSL_OK) {
        cli_say_notes(&job->labels->notes);
    }
    return status;
}
