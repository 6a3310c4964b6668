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
    char read[CLI_NUMBER_BYTES], used[CLI_NUMBER_BYTES], count[CLI_NUMBER_BYTES];
    const char *why = "";
    cli_count_write(table->info.read, read);
    cli_count_write(table->info.used, used);
    for (int kind = 0; kind < TSL_REJECT_KINDS; kind++) {
        if (table->info.rejected_by[kind]) {
            cli_count_write(table->info.rejected_by[kind], count);
            why =
                cli_format("%s%s%s %s", why, *why ? ", " : "", count, tsl_reject_kind_get_name((tsl_reject_kind)kind));
        }
    }
    cli_count_write(table->info.rejected, count);
    cli_say("%s: %s rows read, %s used, %s rejected%s%s%s", tsl_table_get_name(table->kind), read, used, count,
            *why ? " (" : "", why, *why ? ")" : "");
    for (size_t i = 0; i < table->info.understood.count; i++) {
        cli_say("  %s", table->info.understood.text[i]);
    }
    cli_say_notes(&table->info.notes);
}

static tsl_table_options get_table_options(const cli_job *job, tsl_table_kind kind, const tsl_reject_sink *rejects)
{
    const cli_settings *set = job->set;
    const cli_table *asked = &set->table[kind];
    tsl_table_options opt = tsl_table_defaults(kind);
    opt.files = asked->files.item;
    opt.file_count = asked->files.count;
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
    opt.rejects = rejects;
    opt.threads = set->threads;
    opt.progress = job->progress;
    return opt;
}

/* The first day after the transactions, which closes the interactions too. */
static int32_t get_day_after(const tsl_table *transactions)
{
    int64_t last = transactions ? transactions->info.last_time : TSL_MISSING_INT;
    if (last == TSL_MISSING_INT) {
        return TSL_NO_DAY;
    }
    int64_t day = last / DAY_SECONDS - (last % DAY_SECONDS < 0);
    return (int32_t)(day + 1);
}

tsl_status cli_stage_tables(cli_job *job, const tsl_reject_sink *rejects, tsl_error *err)
{
    static const tsl_table_kind order[] = {TSL_CUSTOMERS, TSL_TRANSACTIONS, TSL_INTERACTIONS};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < sizeof order / sizeof *order && status == TSL_OK; i++) {
        tsl_table_kind kind = order[i];
        if (job->set->table[kind].files.count == 0) {
            continue;
        }
        tsl_table_options opt = get_table_options(job, kind, rejects);
        opt.known = kind == TSL_CUSTOMERS ? NULL : job->table[TSL_CUSTOMERS];
        if (kind == TSL_INTERACTIONS && opt.as_of == TSL_NO_DAY) {
            opt.as_of = get_day_after(job->table[TSL_TRANSACTIONS]);
        }
        status = cli_job_stage(job, tsl_table_get_name(kind), err);
        if (status == TSL_OK) {
            status = tsl_table_read(&opt, &job->table[kind], err);
        }
        if (status == TSL_OK) {
            say_table(job->table[kind]);
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
        *x = (tsl_matrix){job->matrix->values, job->matrix->rows, job->matrix->cols, job->matrix->cols, TSL_F64};
    }
    return status;
}

void cli_raw_free(cli_raw *raw)
{
    free(raw->values);
    free(raw->column);
    raw->values = NULL;
    raw->column = NULL;
}

/* A category's 0/1 column is named "<category>=<level>". */
static tsl_tree_column get_tree_column(const tsl_features *features, const tsl_feature *feature)
{
    static const tsl_tree_form forms[] = {
        [TSL_FORM_NUMBER] = TSL_TREE_NUMBER, [TSL_FORM_BOOLEAN] = TSL_TREE_BOOLEAN, [TSL_FORM_VALUE] = TSL_TREE_LEVEL};
    tsl_tree_column column = {.name = feature->name, .form = forms[feature->form]};
    size_t longest = 0;
    for (size_t c = 0; column.form == TSL_TREE_LEVEL && c < features->category_count; c++) {
        const char *name = features->category[c].name;
        size_t length = strlen(name);
        if (length >= longest && strncmp(feature->name, name, length) == 0 && feature->name[length] == '=') {
            longest = length;
            column.category = name;
            column.level = feature->name + length + 1;
        }
    }
    if (column.form == TSL_TREE_LEVEL && !column.category) {
        column.form = TSL_TREE_BOOLEAN;
    }
    return column;
}

tsl_status cli_raw_build(const tsl_features *features, const tsl_feature_matrix *matrix, cli_raw *out, tsl_error *err)
{
    size_t rows = features->customers, all = features->feature_count, cols = 0;
    size_t *taken = calloc(all + 1, sizeof *taken);
    out->values = calloc(rows * all + 1, sizeof *out->values);
    out->column = calloc(all + 1, sizeof *out->column);
    if (!taken || !out->values || !out->column) {
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
            out->column[cols++] = get_tree_column(features, &features->feature[f]);
        }
    }
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < cols; c++) {
            out->values[r * cols + c] = features->x[r * all + taken[c]];
        }
    }
    out->view = (tsl_matrix){out->values, rows, cols, cols, TSL_F64};
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
    TSL_DEFAULTS(tree, tree);
    cli_say_notes(&sweep->info.notes);
    if (*sweep->info.choice) {
        cli_say("clusters: %s", sweep->info.choice);
    }
    if (leaves && leaves < k) {
        cli_say("note: the tree has %d leaves, one a cluster, as --leaves %d is below k", k, leaves);
        leaves = 0;
    }
    tree->leaves = leaves;
}

static tsl_status fit_model(cli_job *job, const tsl_matrix *x, size_t value, tsl_error *err)
{
    const tsl_features *features = job->features;
    tsl_tree_options tree;
    tsl_sweep *sweep = NULL;
    cli_raw raw = {0};
    double *weight = NULL;
    const char **column = calloc(x->cols + 1, sizeof *column);
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
        status = tsl_kmeans_fit(x, NULL, NULL, &job->set->kmeans, &job->exec, &sweep, err);
    }
    if (status == TSL_OK) {
        cli_tree_options(job, sweep, &tree);
        status = cli_job_stage(job, "tree", err);
    }
    if (status == TSL_OK) {
        status = tsl_model_build(x, NULL, column, sweep, &raw.view, raw.column, weight, &tree, &job->exec, &job->model, err);
    }
    if (status != TSL_OK) {
        tsl_sweep_free(sweep); /* else it is the model's */
    }
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
