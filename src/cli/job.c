/* job.c: one piece of work: its parts, its clock, its summary. */
#include "cli/job.h"

#include "cli/arena.h"
#include "cli/clock.h"
#include "cli/fail.h"
#include "cli/files.h"
#include "cli/interrupt.h"
#include "cli/show/print.h"
#include "cli/show/progress.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void cli_job_open(cli_job *job, const cli_settings *set, const char *const *argument, size_t argument_count)
{
    *job = (cli_job){.set = set, .argument = argument, .argument_count = argument_count};
    job->progress = cli_progress_start((cli_progress_mode)set->progress, set->quiet, cli_interrupt_get_flag());
    TSL_DEFAULTS(exec, &job->exec);
    job->exec.threads = set->threads;
    if (job->progress) {
        job->exec.report = job->progress->report;
        job->exec.user = job->progress->user;
    }
    job->threads = set->threads ? set->threads : tsl_threads_get();
    job->begun = cli_clock_get();
}

void cli_job_free(cli_job *job)
{
    tsl_labels_free(job->labels);
    tsl_model_free(job->model);
    tsl_feature_matrix_free(job->matrix);
    tsl_features_free(job->features);
    tsl_data_free(job->data);
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        tsl_table_free(job->table[kind]);
    }
    *job = (cli_job){0};
}

/* The threads are taken before the first work, so that it can be said where they are fewer than asked. */
static void take_threads(cli_job *job)
{
    int asked = job->threads;
    job->threads = tsl_threads_open(asked);
    if (job->threads < asked) {
        cli_say("note: %d thread%s instead of %d, as the system gives no more (memory, or a limit on processes)",
                job->threads, job->threads == 1 ? "" : "s", asked);
    }
}

tsl_status cli_job_stage(cli_job *job, const char *name, tsl_error *err)
{
    double now = cli_clock_get();
    if (name && job->stage_count == 0 && job->stage_begun <= 0) {
        take_threads(job);
    }
    if (job->stage_begun > 0) {
        job->stage_seconds[job->stage_count++] = now - job->stage_begun;
        job->stage_begun = 0;
    }
    if (name && job->stage_count < CLI_STAGES_MAX) {
        job->stage[job->stage_count] = name;
        job->stage_begun = now;
        cli_progress_stage(name);
    } else {
        cli_progress_clear();
    }
    return name ? cli_interrupt_check(err) : TSL_OK; /* what is done is done */
}

/* The seed that a model from a file was found with; digits as text where JSON's integers could not hold it. */
static uint64_t get_seed(const cli_job *job)
{
    uint64_t seed = job->set->kmeans.seed;
    json_t *options = job->model && job->model->options ? json_loads(job->model->options, 0, NULL) : NULL;
    const json_t *kept = json_object_get(options, "seed");
    if (json_is_integer(kept)) {
        seed = (uint64_t)json_integer_value(kept);
    } else if (json_is_string(kept)) {
        seed = strtoull(json_string_value(kept), NULL, 10);
    }
    json_decref(options);
    return seed;
}

void cli_job_get_run(cli_job *job, tsl_run *run)
{
    *run = (tsl_run){
        .features = job->features,
        .model = job->model,
        .labels = job->labels,
        .seed = get_seed(job),
        .threads = job->threads,
        .seconds_total = cli_clock_get() - job->begun,
        .stage = job->stage,
        .stage_seconds = job->stage_seconds,
        .stage_count = job->stage_count,
        .argument = job->argument,
        .argument_count = job->argument_count,
        .options = cli_settings_get_json(job->set, 0),
        .lang = job->set->label.lang,
        .file = job->file,
    };
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        run->table[kind] = job->table[kind];
    }
}

tsl_status cli_job_print_json(cli_job *job, tsl_error *err)
{
    tsl_run run;
    char *json = NULL;
    cli_job_get_run(job, &run);
    tsl_status status = tsl_summary_build(&run, &json, err);
    if (status == TSL_OK) {
        cli_print("%s", json);
    }
    tsl_text_free(json);
    return status;
}

tsl_status cli_output_check(const char *path, int force, tsl_error *err)
{
    struct stat there;
    if (!path || strcmp(path, "-") == 0) {
        return TSL_OK;
    }
    cli_say_leftovers(path);
    if (stat(path, &there) == 0) {
        if (S_ISDIR(there.st_mode)) {
            return cli_fail(err, TSL_E_EXISTS, "%s: is a folder, where a file is to be written", path);
        }
        if (S_ISREG(there.st_mode) && !force) {
            return cli_fail(err, TSL_E_EXISTS, "%s: is there already; --force replaces it", path);
        }
        return TSL_OK;
    }
    const char *slash = strrchr(path, '/');
    const char *parent = slash == path ? "/" : slash ? cli_copy(path, (size_t)(slash - path)) : ".";
    if (stat(parent, &there) != 0 || !S_ISDIR(there.st_mode)) {
        return cli_fail(err, TSL_E_IO, "%s: cannot be written, as the folder %s is not there", path, parent);
    }
    return TSL_OK;
}

tsl_status cli_fileset_publish(tsl_fileset *set, tsl_status status, tsl_error *err)
{
    if (status == TSL_OK) {
        status = cli_interrupt_check(err);
    }
    if (status != TSL_OK) {
        tsl_fileset_free(set);
        return status;
    }
    cli_interrupt_hold();
    status = tsl_fileset_close(set, err);
    cli_interrupt_release();
    return status;
}
