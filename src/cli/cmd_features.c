/* cmd_features.c: tesela features: tables -> features.h5. */
#include "cli/commands.h"

#include "cli/fail.h"
#include "cli/show/print.h"
#include "cli/show/show_summary.h"

#include <stdio.h>

static tsl_status build(cli_job *job, const tsl_rejects *rejects, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_status status = set->like ? tsl_segmentation_read_recipe(set->like, &job->given, err) : TSL_OK;
    if (status == TSL_OK) {
        status = cli_job_open_run(job, CLI_KEPT, err);
    }
    if (status == TSL_OK) {
        status = cli_job_read_tables(job, rejects ? tsl_rejects_get_sink((tsl_rejects *)rejects) : NULL, err);
    }
    if (status == TSL_OK) {
        status = tsl_run_build(job->run, TSL_RUN_FEATURES, set->as_of, err);
    }
    return status == TSL_OK ? tsl_features_write(tsl_run_get_features(job->run), set->output, err) : status;
}

tsl_status cli_features(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_rejects *rejects = NULL;
    tsl_status status = cli_output_check(set->output, set->force, err);
    if (status == TSL_OK && set->rejects) {
        status = tsl_rejects_open(set->rejects, set->force, &rejects, err);
    }
    if (status == TSL_OK) {
        status = build(job, rejects, err);
    }
    if (status == TSL_OK && rejects) {
        status = tsl_rejects_close(rejects, err);
        rejects = NULL;
        if (status != TSL_OK) {
            remove(set->output); /* both, or neither */
        }
    }
    tsl_rejects_free(rejects);
    if (status == TSL_OK && set->json) {
        return cli_job_print_json(job, err);
    }
    if (status == TSL_OK && !set->quiet) {
        status = cli_job_show(job, CLI_SHOW_FEATURES, err);
        cli_print("%s\n", set->output);
    }
    return status;
}
