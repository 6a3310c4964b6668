/* cmd_report.c: tesela report: a run's summary -> report.html. */
#include "cli/commands.h"

#include "cli/files.h"
#include "cli/show/print.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <string.h>

/* Without --output a page beside the summary: the run's own is drawn again, another stays unless --force is given. */
static const char *find_output(const cli_settings *set, int *replace)
{
    const char *input = set->input.item[0];
    *replace = set->force || (!set->output && cli_is_folder(input));
    if (set->output) {
        return set->output;
    }
    return cli_is_folder(input) ? cli_format("%s/report.html", input)
                                : cli_format("%.*sreport.html", (int)(cli_file_get_name(input) - input), input);
}

/* What else a run wrote, this one or another, is no page, and is not replaced by one. */
static tsl_status check_name(const char *output, tsl_error *err)
{
    size_t count;
    const char *const *other = tsl_run_get_outputs(&count), *name = cli_file_get_name(output);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(other[i], name) == 0 && strcmp(name, "report.html") != 0) {
            return cli_fail(err, TSL_E_OPTION,
                            "--output %s: another file of a run has this name, expected one such as "
                            "report.html",
                            output);
        }
    }
    return TSL_OK;
}

tsl_status cli_report(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const char *summary = NULL;
    int replace;
    tsl_report_options opt;
    TSL_DEFAULTS(report, &opt);
    opt.lang = set->lang;
    const char *output = find_output(set, &replace);
    tsl_status status = TSL_OK;
    CLI_TRY(check_name(output, err));
    CLI_TRY(cli_output_check(output, replace, err));
    CLI_TRY(tsl_input_open(cli_summary_get_path(set->input.item[0]), 1, &job->input, err));
    CLI_TRY(cli_file_read(&job->input, &summary, err));
    CLI_TRY(tsl_report_write(summary, &opt, &(tsl_target){.path = output, .replace = replace}, err));
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
