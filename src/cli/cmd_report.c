/* cmd_report.c: tesela report: a run's summary -> report.html, report.json. */
#include "cli/commands.h"

#include "cli/ask/brand_file.h"
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

/* What else a run wrote, this one or another, is no page, and is not replaced by one, nor by its figures. */
static tsl_status check_name(const char *what, const char *file, const char *expected, tsl_error *err)
{
    size_t count;
    const char *const *other = tsl_run_get_outputs(&count), *name = cli_file_get_name(file);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(other[i], name) == 0 && strcmp(name, expected) != 0) {
            return cli_fail(err, TSL_E_OPTION, "%s %s: another file of a run has this name, expected one such as %s",
                            what, file, expected);
        }
    }
    return TSL_OK;
}

/* Both appear, or neither. */
static tsl_status write_both(const char *summary, const tsl_report_options *opt, const char *output,
                             const char *figures, int replace, tsl_error *err)
{
    tsl_fileset *files = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_fileset_open(&files, err));
    CLI_TRY(tsl_report_write(summary, opt, &(tsl_target){.path = output, .replace = replace, .set = files}, err));
    if (figures) {
        CLI_TRY(tsl_report_write_figures(summary, opt, &(tsl_target){.path = figures, .replace = replace, .set = files},
                                         err));
    }
    status = tsl_fileset_close(files, err);
    files = NULL;
done:
    tsl_fileset_free(files);
    return status;
}

tsl_status cli_report(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const char *summary = NULL;
    int replace;
    const char *output = find_output(set, &replace), *figures = cli_find_figures(output);
    tsl_status status = TSL_OK;
    CLI_TRY(check_name("--output", output, "report.html", err));
    CLI_TRY(figures ? check_name("the figures beside --output,", figures, "report.json", err) : TSL_OK);
    CLI_TRY(cli_output_check(output, replace, err));
    CLI_TRY(figures ? cli_output_check(figures, replace, err) : TSL_OK);
    CLI_TRY(cli_report_ask(set, &job->report, err));
    CLI_TRY(tsl_input_open(cli_summary_get_path(set->input.item[0]), 1, &job->input, err));
    CLI_TRY(cli_file_read(&job->input, &summary, err));
    CLI_TRY(write_both(summary, &job->report, output, figures, replace, err));
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
