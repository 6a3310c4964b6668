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

/* The name of an input of the run before; NULL: it is another. */
static const char *get_former_name(const json_t *input)
{
    const char *role = json_string_value(json_object_get(input, "role"));
    return role && strcmp(role, "previous") == 0 ? json_string_value(json_object_get(input, "name")) : NULL;
}

/* 1: the folder of a run, whatever run it is. */
static int is_run(const char *folder)
{
    static const char *const files[] = {"segments.csv", "summary.json"};
    const char *kind;
    tsl_error unread;
    int there = cli_is_folder(folder);
    for (size_t i = 0; i < sizeof files / sizeof *files && there; i++) {
        there = tsl_file_get_kind(&(tsl_source){.path = cli_find_within(folder, files[i])}, &kind, &unread) == TSL_OK;
    }
    return there;
}

/* 1: what was read of the run before is in that folder, byte for byte. */
static int is_as_read(const json_t *inputs, const char *folder)
{
    char now[65];
    tsl_error unread;
    int same = 1;
    for (size_t i = 0; i < json_array_size(inputs) && same; i++) {
        const json_t *input = json_array_get(inputs, i);
        const char *name = get_former_name(input), *then = json_string_value(json_object_get(input, "sha256"));
        const char *path = name ? cli_find_within(folder, cli_file_get_name(name)) : NULL;
        same = !name || (then && tsl_file_get_hash(&(tsl_source){.path = path}, now, &unread) == TSL_OK &&
                         strcmp(now, then) == 0);
    }
    return same;
}

/* The folder that the inputs name, where it is still there and holds what was read: as it stands, or beside this run's;
 * NULL. */
static const char *find_among(const json_t *inputs, const char *folder)
{
    const char *name = NULL;
    for (size_t i = 0; i < json_array_size(inputs) && !name; i++) {
        name = get_former_name(json_array_get(inputs, i));
    }
    const char *slash = name ? strrchr(name, '/') : NULL, *other = NULL;
    if (!slash) {
        return NULL;
    }
    const char *there = cli_copy(name, (size_t)(slash - name));
    const char *const places[] = {there, cli_find_within(folder, cli_format("../%s", cli_file_get_name(there)))};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (is_run(places[i]) && is_as_read(inputs, places[i])) {
            return places[i];
        }
        other = !other && is_run(places[i]) ? places[i] : other;
    }
    if (other) {
        cli_say(
            "note: %s is another run's now: it does not hold what this run went on from, and what has changed since "
            "is not told; --previous RUN tells it of any run",
            other);
    }
    return NULL;
}

/* That which the manifest names. */
static const char *find_previous(const char *folder)
{
    const char *text;
    tsl_error unread;
    if (cli_file_read(&(tsl_source){.path = cli_find_within(folder, "manifest.json")}, &text, &unread) != TSL_OK) {
        return NULL;
    }
    json_t *manifest = json_loads(text, 0, NULL);
    const char *found = find_among(json_object_get(manifest, "inputs"), folder);
    json_decref(manifest);
    return found;
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

/* All labels once more, by the model and, where it is there, by the run that this one went on from: what there is to
 * note of them the run has said. */
static tsl_status build_labels(cli_job *job, const char *previous, tsl_error *err)
{
    tsl_status status = TSL_OK;
    cli_say_quietly(1);
    if (previous) {
        CLI_TRY(cli_job_read_former(job, previous, err));
    }
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_LABELS, TSL_NO_DAY, err));
done:
    cli_say_quietly(job->set->quiet);
    return status;
}

/* His segment explained by the model, as `tesela explain` does. */
static tsl_status explain(cli_job *job, const char *folder, const char *previous, case_file *file, tsl_error *err)
{
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_segmentation_read(&(tsl_source){.path = cli_find_within(folder, "model.h5")}, &job->given, err));
    job->unlabelled = 1; /* why he has his stage and tier stands in his record already */
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(tsl_run_read_features(job->run, &(tsl_source){.path = cli_find_within(folder, "features.h5")}, err));
    file->of.features = tsl_run_get_features(job->run);
    CLI_TRY(cli_job_find_customer(job, file->of.features, &file->of.index, err));
    CLI_TRY(build_labels(job, previous, err));
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
    const char *previous = set->previous ? set->previous : find_previous(folder);
    TSL_DEFAULTS(customer, &file->of);
    CLI_TRY(explain(job, folder, previous, file, err));
    const char *id = file->of.features->id[file->of.index];
    CLI_TRY(tsl_record_read(&(tsl_source){.path = cli_find_within(folder, "segments.csv")}, id, &file->record, err));
    CLI_TRY(cli_file_read(&(tsl_source){.path = cli_find_within(folder, "summary.json")}, &file->summary, err));
    file->of.record = file->record;
    file->of.summary = file->summary;
    CLI_TRY(previous ? gather_before(file, previous, id, err) : TSL_OK);
done:
    return status;
}

/* The one that is asked for, else that of the run. */
static const char *get_language(const cli_job *job, const case_file *file)
{
    json_t *summary = job->set->lang ? NULL : json_loads(file->summary, 0, NULL);
    const char *own = json_string_value(json_object_get(summary, "language"));
    const char *lang = own ? cli_copy(own, strlen(own)) : job->set->label.lang;
    json_decref(summary);
    return lang;
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
        CLI_TRY(cli_show_customer(file.json, get_language(job, &file), err));
    }
done:
    tsl_text_free(file.json);
    tsl_explanation_free(file.explanation);
    tsl_record_free(file.record);
    tsl_record_free(file.before);
    return status;
}
