/* cmd_features.c: tesela features: tables -> features.h5. */
#include "cli/commands.h"

#include "cli/show/print.h"
#include "cli/show/show_summary.h"

#include <string.h>

/* The features, and the rows that were not used: both, or neither. */
static tsl_status make_files(cli_job *job, tsl_fileset *set, tsl_error *err)
{
    const cli_settings *asked = job->set;
    const tsl_target features = {.path = asked->output, .replace = asked->force, .set = set},
                     rejected = {.path = asked->rejects, .replace = asked->force, .set = set};
    tsl_rejects *rejects = NULL;
    tsl_status status = asked->rejects ? tsl_rejects_open(&rejected, &rejects, err) : TSL_OK;
    if (status == TSL_OK) {
        status = cli_stage_tables(job, rejects ? tsl_rejects_get_sink(rejects) : NULL, err);
    }
    if (status == TSL_OK) {
        status = cli_stage_features(job, err);
    }
    if (status == TSL_OK) {
        status = cli_job_stage(job, "write", err);
    }
    if (status == TSL_OK) {
        status = tsl_features_write(job->features, &features, err);
    }
    if (status == TSL_OK && rejects) {
        return tsl_rejects_close(rejects, err);
    }
    tsl_rejects_free(rejects);
    return status;
}

tsl_status cli_features(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_fileset *files = NULL;
    tsl_status status = cli_output_check(set->output, set->force, err);
    if (status == TSL_OK) {
        status = tsl_fileset_open(&files, err);
    }
    if (status == TSL_OK) {
        status = make_files(job, files, err);
    }
    status = cli_fileset_publish(files, status, err);
    if (status == TSL_OK) {
        status = cli_job_stage(job, NULL, err);
    }
    if (status == TSL_OK && set->json) {
        return cli_job_print_json(job, err);
    }
    if (status == TSL_OK && !set->quiet && strcmp(set->output, "-") != 0) {
        status = cli_job_show(job, CLI_SHOW_FEATURES, err);
        cli_print("%s\n", set->output);
    }
    return status;
}
