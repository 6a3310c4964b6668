/* cmd_inspect.c: tesela inspect: any file it wrote -> what is in it. */
#include "cli/commands.h"

#include "cli/files.h"
#include "cli/inspect_customer.h"
#include "cli/inspect_warnings.h"
#include "cli/show/print.h"
#include "cli/show/show_check.h"
#include "cli/show/show_summary.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <jansson.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_SECONDS 86400
#define MEDIAN 3 /* among the quantiles of a profile */

static tsl_status refuse(const char *path, const char *what, tsl_error *err)
{
    return cli_fail(err, TSL_E_FORMAT,
                    "%s: is %s that tesela did not write; inspect takes features.h5, model.h5, summary.json, "
                    "report.json, manifest.json, segments.csv, rejects.csv, labels of cluster or assign, values.csv, "
                    "or a run's folder",
                    path, what);
}

/* One customer: what he is, and where that stands among all. */
static tsl_status inspect_customer(cli_job *job, tsl_error *err)
{
    const tsl_features *features = job->alone;
    size_t customer;
    tsl_status status = TSL_OK;
    CLI_TRY(cli_job_find_customer(job, features, &customer, err));
    CLI_TRY(cli_show_features(features, customer, job->set->label.lang, err));
done:
    return status;
}

static tsl_status inspect_features(cli_job *job, tsl_error *err)
{
    tsl_status status = tsl_features_read(&job->input, &job->exec, &job->alone, err);
    if (status != TSL_OK || job->set->json) {
        return status == TSL_OK ? cli_job_print_json(job, err) : status;
    }
    if (job->set->customer) {
        return inspect_customer(job, err);
    }
    status = cli_job_show(job, CLI_SHOW_FEATURES | CLI_SHOW_RFM, err);
    return status == TSL_OK ? cli_show_features(job->alone, job->alone->customers, job->set->label.lang, err) : status;
}

static const char *const drawn[][TSL_LANGS] = {
    [TSL_PLACES_UNKNOWN] = {"drawn by places", "由给定位置牵引"},
    [TSL_PLACES_TYPICAL] = {"drawn by typical places", "由典型位置牵引"},
    [TSL_PLACES_GIVEN] = {"drawn by the places of a file", "由文件中给定的位置牵引"},
    [TSL_PLACES_PREVIOUS] = {"drawn by the centres of a previous run's segments", "由上一次运行的客群中心牵引"},
};

static void show_clusters(const tsl_model *model, const char *lang)
{
    char rows[CLI_NUMBER_BYTES];
    const char *const *places = drawn[model->sweep->places];
    const char *by = model->value ? model->value : cli_translate("size", lang);
    cli_count_write(model->rows, rows);
    if (strcmp(lang, "zh") == 0) {
        cli_print("%s 行，%zu 列，分为 %d 类，", rows, model->cols, model->k);
        cli_print(model->sweep->placed ? "%s\n" : "按 %s 编号\n", model->sweep->placed ? places[1] : by);
    } else {
        cli_print("%s of %s on %s, ", cli_count_name((uint64_t)model->k, "cluster"), cli_count_name(model->rows, "row"),
                  cli_count_name(model->cols, "column"));
        cli_print(model->sweep->placed ? "%s\n" : "numbered by %s\n", model->sweep->placed ? places[0] : by);
    }
}

/* Those who are set apart, where somebody is. */
static void show_classes(const tsl_model *model, const char *lang)
{
    char rows[CLI_NUMBER_BYTES];
    uint64_t count = 0;
    int classes = 0;
    for (int c = 0; c < model->class_count; c++) {
        count += model->class_size[c];
        classes += model->class_size[c] > 0;
    }
    cli_count_write(count, rows);
    if (classes && strcmp(lang, "zh") == 0) {
        cli_print("另有 %s 行按规则单独分为 %d 类\n", rows, classes);
    } else if (classes) {
        cli_print("%s of %s set apart by rule\n", cli_count_name((uint64_t)classes, "group"),
                  cli_count_name(count, "row"));
    }
}

/* What the segments are called, in both languages, and by programs. */
static void show_names(const tsl_policy *policy, const char *lang)
{
    static const char *const heads[] = {"#", "Code", "Segment"};
    const int index = strcmp(lang, "zh") == 0;
    cli_text_table grid = {.columns = sizeof heads / sizeof *heads, .align = "rlw"};
    for (size_t c = 0; c < sizeof heads / sizeof *heads; c++) {
        cli_text_table_add(&grid, cli_translate(heads[c], lang));
    }
    for (size_t s = 0; s < policy->segment_count; s++) {
        cli_text_table_count(&grid, (uint64_t)policy->segment[s].number);
        cli_text_table_add(&grid, policy->segment[s].code);
        cli_text_table_add(&grid, policy->segment[s].names[index]);
    }
    cli_text_table_print(&grid);
}

static tsl_status inspect_model(cli_job *job, tsl_error *err)
{
    tsl_status status = cli_job_read_model(job, &job->input, err);
    if (status != TSL_OK || job->set->json) {
        return status == TSL_OK ? cli_job_print_json(job, err) : status;
    }
    const tsl_model *model = job->given->model;
    show_clusters(model, job->set->label.lang);
    show_classes(model, job->set->label.lang);
    cli_print("\n");
    status = job->given->recipe ? cli_show_components(job->given->recipe, job->set->label.lang, err) : TSL_OK;
    if (status != TSL_OK) {
        return status;
    }
    status = cli_job_show(job, CLI_SHOW_SWEEP | CLI_SHOW_RFM, err);
    if (status == TSL_OK && job->given->policy) {
        show_names(job->given->policy, job->set->label.lang);
    }
    return status == TSL_OK && model->tree ? cli_show_rules(job->given, &job->set->rules, err) : status;
}

/* A summary, or that of a report, as tables or, with --json, as it stands in the file; a manifest as
 * it stands or, with --json, in a summary. */
static tsl_status inspect_json(cli_job *job, tsl_error *err)
{
    const char *text = NULL, *path = job->input.path;
    json_error_t why;
    tsl_status status = cli_file_read(&job->input, &text, err);
    if (status != TSL_OK) {
        return status;
    }
    json_t *json = json_loads(text, 0, &why);
    const char *format = json_string_value(json_object_get(json, "format"));
    const int report = format && strcmp(format, "tesela report") == 0; /* which holds a summary */
    int summary = report || (format && strcmp(format, "tesela summary") == 0);
    if (report && !job->set->json) {
        char *inside = json_dumps(json_object_get(json, "summary"), JSON_REAL_PRECISION(17));
        text = inside ? cli_copy(inside, strlen(inside)) : "";
        free(inside);
    }
    if (!json) {
        status = cli_fail(err, TSL_E_FORMAT, "%s:%d: is no JSON: %s", path, why.line, why.text);
    } else if (!summary && (!format || strcmp(format, "tesela manifest") != 0)) {
        status = refuse(path, "a JSON file", err);
    } else if (summary && !job->set->json) {
        status = cli_show_summary(text, job->set->lang, CLI_SHOW_ALL, err);
    } else if (job->set->json && !summary) {
        status = cli_job_print_file(job, json_pack("{ss sO}", "kind", "manifest", "content", json), err);
    } else {
        cli_put(text, strlen(text));
        cli_print("%s", text[strlen(text) - 1] == '\n' ? "" : "\n");
    }
    json_decref(json);
    return status;
}

/* The first line of a CSV file, and how many rows stand under it; a line break
 * within quotes ends no row. */
static tsl_status count_rows(const tsl_source *source, const char **head, size_t *rows, tsl_error *err)
{
    char *line = NULL;
    size_t size = 0;
    int quoted = 0;
    FILE *file =
        source->bytes ? fmemopen((void *)(uintptr_t)source->bytes, source->count, "rb") : fopen(source->path, "rb");
    if (!file) {
        return cli_fail_errno(err, source->path, "cannot be opened");
    }
    *head = NULL;
    *rows = 0;
    for (ssize_t length; (length = getline(&line, &size, file)) > 0;) {
        for (ssize_t i = 0; i < length; i++) {
            quoted ^= line[i] == '"';
        }
        *rows += *head && !quoted;
        *head = *head ? *head : cli_copy(line, strcspn(line, "\r\n"));
    }
    free(line);
    fclose(file);
    return TSL_OK;
}

/* Its columns, one by one: a customers table is read as it stands. What is no table of it any more has none. */
static tsl_status read_columns(const cli_job *job, tsl_table_profile **out, tsl_error *err)
{
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    opt.delimiter = ',';
    return tsl_table_profile_read(TSL_CUSTOMERS, &job->input, 1, NULL, &opt, &job->exec, out, NULL, err);
}

/* A number, or the day of a time; null. */
static json_t *build_value(const tsl_column_profile *c, double value, int known)
{
    const int is_day = c->type == TSL_TYPE_TIME || c->type == TSL_TYPE_DATE || c->type == TSL_TYPE_BIRTH;
    char day[11];
    if (!known || !isfinite(value)) {
        return json_null();
    }
    if (is_day) {
        tsl_day_write((int32_t)floor(value / DAY_SECONDS), day);
    }
    return is_day ? json_string(day) : json_real(value);
}

static tsl_status print_csv_json(cli_job *job, const char *kind, size_t rows, const tsl_table_profile *p,
                                 tsl_error *err)
{
    json_t *columns = json_array(), *profile = json_array();
    for (size_t i = 0; i < p->column_count; i++) {
        const tsl_column_profile *c = &p->column[i];
        json_array_append_new(columns, json_string(c->name));
        json_array_append_new(profile, json_pack("{ss ss sI sI sb so so so}", "name", c->name, "type",
                                                 tsl_column_type_get_name(c->type), "missing", (json_int_t)c->missing,
                                                 "distinct", (json_int_t)c->distinct, "distinct_exact", c->exact, "min",
                                                 build_value(c, c->low, c->has_range), "median",
                                                 build_value(c, c->quantile[MEDIAN], c->has_range && c->exact), "max",
                                                 build_value(c, c->high, c->has_range)));
    }
    return cli_job_print_file(
        job, json_pack("{ss sI so so}", "kind", kind, "rows", (json_int_t)rows, "columns", columns, "profile", profile),
        err);
}

static tsl_status print_csv(cli_job *job, const char *kind, size_t rows, tsl_error *err)
{
    const char *lang = job->set->label.lang;
    tsl_table_profile *profile = NULL;
    tsl_status status = TSL_OK;
    char count[CLI_NUMBER_BYTES];
    CLI_TRY(read_columns(job, &profile, err));
    if (job->set->json) {
        CLI_TRY(print_csv_json(job, kind, rows, profile, err));
    } else {
        cli_count_write(rows, count);
        if (strcmp(lang, "zh") == 0) {
            cli_print("%s：%s 行，%zu 列\n\n", cli_translate(kind, lang), count, profile->column_count);
        } else {
            cli_print("%s: %s, %s\n\n", kind, cli_count_name(rows, "row"),
                      cli_count_name(profile->column_count, "column"));
        }
        cli_show_columns(profile, 1, 0, lang);
    }
done:
    tsl_table_profile_free(profile);
    return status;
}

/* One of our CSV files: its columns and how many rows it has. */
static tsl_status inspect_csv(cli_job *job, tsl_error *err)
{
    const char *head = NULL;
    size_t rows = 0;
    tsl_status status = count_rows(&job->input, &head, &rows, err);
    const char *kind = status == TSL_OK && head ? tsl_csv_get_kind(head) : NULL;
    if (kind) {
        return print_csv(job, kind, rows, err);
    }
    return status == TSL_OK ? refuse(job->input.path, "a text or table", err) : status;
}

static tsl_status inspect_npy(cli_job *job, tsl_error *err)
{
    return refuse(job->input.path, "an array of NumPy's", err);
}

/* What goes with the list of warnings alone, and what it does not go with. */
static tsl_status check_warnings(const cli_settings *set, const char *path, tsl_error *err)
{
    return !set->warnings && set->output ? cli_fail(err, TSL_E_OPTION, "--output goes with --warnings N")
           : !set->warnings              ? TSL_OK
           : set->customer
               ? cli_fail(err, TSL_E_OPTION, "--warnings and --customer contradict each other: many, or one")
           : !cli_is_folder(path) ? cli_fail(err, TSL_E_OPTION, "--warnings goes with a run's folder")
                                  : TSL_OK;
}

tsl_status cli_inspect(cli_job *job, tsl_error *err)
{
    static const struct {
        const char *kind;
        tsl_status (*inspect)(cli_job *job, tsl_error *err);
    } readers[] = {{"features", inspect_features}, {"model", inspect_model},
                   {"json", inspect_json},         {"csv", inspect_csv},
                   {"npy", inspect_npy},           {"hdf5", inspect_features}}; /* which tells what is wrong with it */
    const char *kind = NULL;
    const char *path = job->set->input.item[0];
    tsl_status status = TSL_OK;
    CLI_TRY(check_warnings(job->set, path, err));
    if (cli_settings_get_source(job->set, "pseudonymise") == CLI_LINE && !job->set->customer) {
        CLI_TRY(cli_fail(err, TSL_E_OPTION, "--pseudonymise goes with --customer ID"));
    }
    if (job->set->warnings) {
        return cli_inspect_warnings(job, path, err);
    }
    if (job->set->customer && cli_is_folder(path)) {
        return cli_inspect_customer(job, path, err);
    }
    if (job->set->customer && job->set->json) {
        return cli_fail(
            err, TSL_E_OPTION,
            "--customer: what inspect tells of a customer's features is for readers; --json goes with a run's "
            "folder");
    }
    CLI_TRY(tsl_input_open(cli_summary_get_path(path), 1, &job->input, err));
    CLI_TRY(tsl_file_get_kind(&job->input, &kind, err));
    if (job->set->customer && strcmp(kind, "features") != 0 && strcmp(kind, "hdf5") != 0) {
        return cli_fail(err, TSL_E_OPTION, "--customer goes with a run's folder, or a features.h5");
    }
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        if (strcmp(kind, readers[i].kind) == 0) {
            return readers[i].inspect(job, err);
        }
    }
    status = refuse(job->input.path, "an empty or binary file", err);
done:
    return status;
}
