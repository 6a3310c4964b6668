/* cmd_label.c: tesela label: features.h5 + model.h5 -> segments.csv. */
#include "cli/commands.h"

#include "cli/fail.h"
#include "cli/show/print.h"
#include "cli/show/show_summary.h"

#include <string.h>

static tsl_status read_inputs(cli_job *job, tsl_error *err)
{
    tsl_status status = cli_job_stage(job, "read", err);
    if (status == TSL_OK) {
        status = tsl_features_read(&(tsl_source){.path = job->set->input.item[0]}, &job->features, err);
    }
    if (status == TSL_OK) {
        status = tsl_model_read(&(tsl_source){.path = job->set->input.item[1]}, &job->model, err);
    }
    return status;
}

tsl_status cli_label(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    int to_output = strcmp(set->output, "-") == 0;
    tsl_status status = cli_output_check(set->output, set->force, err);
    if (status == TSL_OK) {
        status = read_inputs(job, err);
    }
    if (status == TSL_OK) {
        status = cli_stage_labels(job, err);
        if (status == TSL_E_INPUT) {
            return cli_fail_apart(err, set->input.item[1], set->input.item[0]);
        }
    }
    if (status == TSL_OK) {
        status = cli_job_stage(job, "write", err);
    }
    if (status == TSL_OK) {
        status = tsl_segments_write(job->labels, set->output, set->force, err);
    }
    if (status == TSL_OK) {
        status = cli_job_stage(job, NULL, err);
    }
    if (status == TSL_OK && set->json) {
        return cli_job_print_json(job, err);
    }
    if (status == TSL_OK && !set->quiet && !to_output) {
        status = cli_job_show(job, CLI_SHOW_SEGMENTS, err);
        cli_print("\n%s\n", set->output);
    }
    return status;
}
