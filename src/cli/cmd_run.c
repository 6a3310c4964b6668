/* cmd_run.c: tesela run: the whole corridor, into one folder. */
#include "cli/commands.h"

#include "cli/arena.h"
#include "cli/fail.h"
#include "cli/files.h"
#include "cli/interrupt.h"
#include "cli/show/print.h"
#include "cli/show/show_summary.h"

#include <string.h>

/* What a run writes into its folder. */
static const char *const outputs[] = {"features.h5",  "model.h5",      "segments.csv", "rejects.csv",
                                      "summary.json", "manifest.json", "report.html"};
#define OUTPUTS (sizeof outputs / sizeof outputs[0])

static const char *inside(const tsl_folder *folder, const char *name)
{
    return cli_format("%s/%s", tsl_folder_get_path(folder), name);
}

static tsl_status read_tables(cli_job *job, const tsl_folder *folder, tsl_error *err)
{
    tsl_rejects *rejects = NULL;
    tsl_status status = tsl_rejects_open(&(tsl_target){.path = inside(folder, "rejects.csv")}, &rejects, err);
    if (status == TSL_OK) {
        status = cli_stage_tables(job, tsl_rejects_get_sink(rejects), err);
    }
    if (status != TSL_OK) {
        tsl_rejects_free(rejects);
        return status;
    }
    return tsl_rejects_close(rejects, err);
}

static tsl_status write_data(cli_job *job, const tsl_folder *folder, tsl_error *err)
{
    tsl_status status = cli_job_stage(job, "write", err);
    if (status == TSL_OK) {
        status = tsl_features_write(job->features, &(tsl_target){.path = inside(folder, "features.h5")}, err);
    }
    if (status == TSL_OK) {
        status = tsl_model_write(job->model, &(tsl_target){.path = inside(folder, "model.h5")}, err);
    }
    return status == TSL_OK ? tsl_segments_write(job->labels, inside(folder, "segments.csv"), 0, err) : status;
}

/* The files that tell of the run, seconds and all; so they come last. */
static tsl_status write_records(cli_job *job, const tsl_folder *folder, char **summary, tsl_error *err)
{
    tsl_run run;
    tsl_status status = cli_job_stage(job, NULL, err);
    cli_job_get_run(job, &run);
    if (status == TSL_OK) {
        status = tsl_summary_build(&run, summary, err);
    }
    if (status == TSL_OK) {
        status = tsl_summary_write(&run, inside(folder, "summary.json"), 0, err);
    }
    if (status == TSL_OK) {
        status = tsl_manifest_write(&run, inside(folder, "manifest.json"), 0, err);
    }
    if (status == TSL_OK) {
        status = tsl_report_write(*summary, NULL, inside(folder, "report.html"), 0, err);
    }
    return status;
}

static tsl_status build(cli_job *job, const tsl_folder *folder, char **summary, tsl_error *err)
{
    tsl_status status = read_tables(job, folder, err);
    if (status == TSL_OK) {
        status = cli_stage_features(job, err);
    }
    if (status == TSL_OK) {
        status = cli_stage_clusters(job, err);
    }
    if (status == TSL_OK) {
        status = cli_stage_labels(job, err);
    }
    if (status == TSL_OK) {
        status = write_data(job, folder, err);
    }
    if (status == TSL_OK) {
        status = write_records(job, folder, summary, err);
    }
    return status == TSL_OK ? cli_interrupt_check(err) : status;
}

static tsl_status publish(tsl_folder *folder, tsl_error *err)
{
    cli_interrupt_hold();
    tsl_status status = tsl_folder_close(folder, err);
    cli_interrupt_release();
    return status;
}

static void show_files(const char *output)
{
    const char *slash = output[strlen(output) - 1] == '/' ? "" : "/";
    cli_print("\n%s%s:", output, slash);
    for (size_t i = 0; i + 1 < OUTPUTS; i++) {
        cli_print("%s %s", i ? "," : "", outputs[i]);
    }
    cli_print("\n%s%s%s\n", output, slash, outputs[OUTPUTS - 1]);
}

tsl_status cli_run(cli_job *job, tsl_error *err)
{
    tsl_folder *folder = NULL;
    char *summary = NULL;
    cli_say_leftovers(job->set->output);
    tsl_status status = tsl_folder_open(job->set->output, job->set->force, outputs, OUTPUTS, &folder, err);
    if (status != TSL_OK) {
        return status;
    }
    status = build(job, folder, &summary, err);
    if (status == TSL_OK) {
        status = publish(folder, err);
    } else {
        tsl_folder_free(folder);
    }
    if (status == TSL_OK && job->set->json) {
        cli_print("%s", summary);
    } else if (status == TSL_OK && !job->set->quiet) {
        status = cli_show_summary(summary, NULL, CLI_SHOW_SEGMENTS, err);
        show_files(job->set->output);
    }
    tsl_text_free(summary);
    return status;
}
