/* cmd_run.c: tesela run: the whole corridor, into one folder. */
#include "cli/commands.h"

#include "cli/ask/brand_file.h"
#include "cli/files.h"
#include "cli/show/print.h"
#include "cli/show/show_summary.h"
#include "cli/system/fail.h"
#include "cli/system/interrupt.h"

#include <string.h>

static tsl_status build(cli_job *job, tsl_error *err)
{
    tsl_status status = TSL_OK;
    CLI_TRY(cli_job_read_tables(job, NULL, err));
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_LABELS, job->set->as_of, err));
    CLI_TRY(tsl_run_write_folder(job->run, err));
done:
    return status == TSL_OK ? cli_publishing_check(err) : status;
}

static tsl_status publish(cli_job *job, tsl_error *err)
{
    cli_interrupt_hold();
    tsl_status status = tsl_run_close_folder(job->run, err);
    cli_interrupt_release();
    return status;
}

static void show_files(const char *output)
{
    const char *slash = output[strlen(output) - 1] == '/' ? "" : "/";
    size_t count;
    const char *const *name = tsl_run_get_outputs(&count);
    cli_print("\n%s%s:", output, slash);
    for (size_t i = 0; i + 1 < count; i++) {
        cli_print("%s %s", i ? "," : "", name[i]);
    }
    cli_print("\n%s%s%s\n", output, slash, name[count - 1]);
}

static tsl_status show(cli_job *job, tsl_error *err)
{
    char *summary = NULL;
    tsl_status status = tsl_run_build_summary(job->run, &summary, err);
    if (status == TSL_OK && job->set->json) {
        cli_put(summary, strlen(summary));
    } else if (status == TSL_OK && !job->set->quiet) {
        status = cli_show_summary(
            summary, NULL, CLI_SHOW_SEGMENTS | CLI_SHOW_RFM | CLI_SHOW_NEXT | CLI_SHOW_DRIFT | CLI_SHOW_FITTED, err);
        show_files(job->set->output);
    }
    tsl_text_free(summary);
    return status;
}

tsl_status cli_run(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    cli_say_leftovers(set->output);
    tsl_status status = TSL_OK;
    CLI_TRY(set->model ? cli_job_read_model(job, &(tsl_source){.path = set->model}, err) : TSL_OK);
    CLI_TRY(cli_report_ask(set, &job->report, err));
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(tsl_run_open_folder(job->run, set->output, set->force, err));
done:
    if (status != TSL_OK) {
        return status;
    }
    status = build(job, err);
    if (status != TSL_OK) {
        tsl_run_free(job->run); /* the folder with it */
        job->run = NULL;
        return status;
    }
    status = publish(job, err);
    return status == TSL_OK ? show(job, err) : status;
}
