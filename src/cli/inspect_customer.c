/* inspect_customer.c: tesela inspect RUN --customer ID: all that a run's folder says of one customer, and what has
 * changed since the run before. */
#include "cli/inspect_customer.h"

#include "cli/files.h"
#include "cli/show/print.h"
#include "cli/show/show_customer.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <jansson.h>
#include <string.h>

/* What is gathered, with what it is made of. */
typedef struct case_file {
    tsl_customer of;
    tsl_record *record, *before;
    tsl_explanation *explanation;
    const char *summary, *before_summary;
    char *json;
} case_file;

/* ---- The run before -------------------------------------------------------------------- */

/* The folder that the manifest names, where it is still there and is the one that was read: as it stands, or beside
 * this run's; NULL. */
static const char *find_previous(const char *folder)
{
    const char *text, *name = "", *slash;
    tsl_error unread;
    if (cli_file_read(&(tsl_source){.path = cli_find_within(folder, "manifest.json")}, &text, &unread) != TSL_OK) {
        return NULL;
    }
    json_t *manifest = json_loads(text, 0, NULL), *inputs = json_object_get(manifest, "inputs");
    for (size_t i = 0; i < json_array_size(inputs); i++) {
        const json_t *input = json_array_get(inputs, i);
        const char *role = json_string_value(json_object_get(input, "role"));
        const char *path = json_string_value(json_object_get(input, "name"));
        name = role && path && strcmp(role, "previous") == 0 ? cli_copy(path, strlen(path)) : name;
    }
    json_decref(manifest);
    slash = strrchr(name, '/');
    if (!slash) {
        return NULL;
    }
    const char *there = cli_copy(name, (size_t)(slash - name));
    const char *last = strrchr(there, '/');
    const char *beside = cli_find_within(folder, cli_format("../%s", last ? last + 1 : there));
    return cli_is_folder(there) ? there : cli_is_folder(beside) ? beside : NULL;
}

static tsl_status gather_before(case_file *file, const char *folder, const char *id, tsl_error *err)
{
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_record_read(&(tsl_source){.path = cli_find_within(folder, "segments.csv")}, id, &file->before, err));
    CLI_TRY(cli_file_read(&(tsl_source){.path = cli_find_within(folder, "summary.json")}, &file->before_summary, err));
    file->of.before_name = folder;
    file->of.before = file->before;
    file->of.before_summary = file->before_summary;
    file->of.before_as_of = cli_job_find_day(cli_find_within(folder, "model.h5"), "model.h5");
done:
    return status;
}

/* ---- The run ------------------------------------------------------------------------------ */

/* His segment explained by the model, as `tesela explain` does. */
static tsl_status explain(cli_job *job, const char *folder, case_file *file, tsl_error *err)
{
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_segmentation_read(&(tsl_source){.path = cli_find_within(folder, "model.h5")}, &job->given, err));
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(tsl_run_read_features(job->run, &(tsl_source){.path = cli_find_within(folder, "features.h5")}, err));
    file->of.features = tsl_run_get_features(job->run);
    CLI_TRY(cli_job_find_customer(file->of.features, job->set->customer, &file->of.index, err));
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_LABELS, TSL_NO_DAY, err));
    CLI_TRY(tsl_explanation_build(tsl_run_get_labels(job->run), job->given->model, file->of.index, &file->explanation,
                                  err));
    file->of.explanation = file->explanation;
done:
    return status;
}

static tsl_status gather(cli_job *job, const char *folder, case_file *file, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(customer, &file->of);
    CLI_TRY(explain(job, folder, file, err));
    CLI_TRY(tsl_record_read(&(tsl_source){.path = cli_find_within(folder, "segments.csv")}, set->customer,
                            &file->record, err));
    CLI_TRY(cli_file_read(&(tsl_source){.path = cli_find_within(folder, "summary.json")}, &file->summary, err));
    file->of.record = file->record;
    file->of.summary = file->summary;
    const char *previous = set->previous ? set->previous : find_previous(folder);
    CLI_TRY(previous ? gather_before(file, previous, set->customer, err) : TSL_OK);
done:
    return status;
}

tsl_status cli_inspect_customer(cli_job *job, const char *folder, tsl_error *err)
{
    case_file file = {.record = NULL};
    tsl_status status = TSL_OK;
    CLI_TRY(gather(job, folder, &file, err));
    CLI_TRY(tsl_customer_build(&file.of, &file.json, err));
    if (job->set->json) {
        cli_put(file.json, strlen(file.json));
    } else {
        CLI_TRY(cli_show_customer(file.json, job->set->label.lang, err));
    }
done:
    tsl_text_free(file.json);
    tsl_explanation_free(file.explanation);
    tsl_record_free(file.record);
    tsl_record_free(file.before);
    return status;
}
