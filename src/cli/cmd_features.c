/* cmd_features.c: tesela features: tables -> features.h5. */
#include "cli/commands.h"

#include "cli/show/print.h"
#include "cli/show/show_summary.h"

#include <stdio.h>

tsl_status cli_features(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_rejects *rejects = NULL;
    tsl_status status = cli_output_check(set->output, set->force, err);
    if (status == TSL_OK && set->rejects) {
        status = tsl_rejects_open(&(tsl_target){.path = set->rejects, .replace = set->force}, &rejects, err);
    }
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
        status = tsl_features_write(job->features, &(tsl_target){.path = set->output, .replace = set->force}, err);
    }
    if (status == TSL_OK && rejects) {
        status = tsl_rejects_close(rejects, err);
        rejects = NULL;
        if (status != TSL_OK) {
            remove(set->output); /* both, or neither */
        }
    }
    tsl_rejects_free(rejects);
    if (status == TSL_OK) {
        status = cli_job_stage(job, NULL, err);
    }
    if (status == TSL_OK && set->json) {
        return cli_job_print_json(job, err);
    }
    if (status == TSL_OK && !set->quiet) {
        status = cli_job_show(job, CLI_SHOW_FEATURES, err);
        cli_print("%s\n", set->output);
    }
    return status;
}
