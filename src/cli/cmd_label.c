/* cmd_label.c: tesela label: features.h5 + model.h5 -> segments.csv. */
#include "cli/commands.h"

#include "cli/fail.h"
#include "cli/show/print.h"
#include "cli/show/show_summary.h"

tsl_status cli_label(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_source features = {.path = set->input.item[0]};
    const tsl_target segments = {.path = set->output, .replace = set->force};
    tsl_status status = TSL_OK;
    CLI_TRY(cli_output_check(set->output, set->force, err));
    CLI_TRY(cli_job_read_model(job, &(tsl_source){.path = set->input.item[1]}, err));
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(tsl_run_read_features(job->run, &features, err));
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_LABELS, TSL_NO_DAY, err));
    CLI_TRY(tsl_segments_write(tsl_run_get_labels(job->run), &segments, &job->exec, err));
done:
    if (status == TSL_OK && set->json) {
        return cli_job_print_json(job, err);
    }
    if (status == TSL_OK && !set->quiet && !cli_settings_is_piped(set)) {
        status = cli_job_show(job, CLI_SHOW_SEGMENTS | CLI_SHOW_FITTED, err);
        cli_print("\n%s\n", set->output);
    }
    return status;
}
