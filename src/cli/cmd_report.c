/* cmd_report.c: tesela report: a run's summary -> report.html. */
#include "cli/commands.h"

#include "cli/arena.h"
#include "cli/fail.h"
#include "cli/files.h"
#include "cli/show/print.h"

#include <string.h>

tsl_status cli_report(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const char *input = set->input.item[0], *output = set->output, *summary = NULL;
    int folder = cli_is_folder(input), force = set->force;
    if (!output && folder) {
        output = cli_format("%s/report.html", input);
        force = 1; /* the run's own report, drawn again */
    } else if (!output) {
        output = "report.html";
    }
    tsl_status status = TSL_OK;
    CLI_TRY(cli_output_check(output, force, err));
    CLI_TRY(tsl_input_open(folder ? cli_format("%s/summary.json", input) : input, 1, &job->input, err));
    CLI_TRY(cli_file_read(&job->input, &summary, err));
    CLI_TRY(tsl_report_write(summary, set->lang, &(tsl_target){.path = output, .replace = force}, err));
done:
    if (status == TSL_E_FORMAT && summary) {
        status = cli_fail_at(err, status, job->input.path);
    }
    if (status == TSL_OK && set->json) {
        cli_put(summary, strlen(summary));
    } else if (status == TSL_OK && !set->quiet && !cli_settings_is_piped(set)) {
        cli_print("%s\n", output);
    }
    return status;
}
