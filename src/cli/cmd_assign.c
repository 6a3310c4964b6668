/* cmd_assign.c: tesela assign: new rows + model.h5 -> labels.csv, and drift. */
#include "cli/commands.h"

#include "cli/show/print.h"
#include "cli/show/show_summary.h"
#include "cli/system/fail.h"

tsl_status cli_assign(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_target labels = {.path = set->output, .replace = set->force};
    tsl_status status = TSL_OK;
    CLI_TRY(cli_output_check(set->output, set->force, err));
    CLI_TRY(cli_job_read_model(job, &(tsl_source){.path = set->input.item[1]}, err));
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(cli_job_open_input(job, err));
    CLI_TRY(cli_job_assign(job, set->output ? &labels : NULL, err));
done:
    if (status == TSL_OK && set->json) {
        return cli_job_print_json(job, err);
    }
    if (status == TSL_OK && !set->quiet && !cli_settings_is_piped(set)) {
        status = cli_job_show(job, CLI_SHOW_DRIFT, err);
        if (set->output) {
            cli_print("\n%s\n", set->output);
        }
    }
    return status;
}
