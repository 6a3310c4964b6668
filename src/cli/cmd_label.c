/* cmd_label.c: tesela label: features.h5 + model.h5 -> segments.csv, or what is found of its rules. */
#include "cli/commands.h"

#include "cli/show/print.h"
#include "cli/show/show_advice.h"
#include "cli/show/show_summary.h"
#include "cli/system/fail.h"

/* Where tiers could be cut; nothing is written. */
static tsl_status advise(const cli_job *job, tsl_error *err)
{
    const tsl_labels *labels = tsl_run_get_labels(job->run);
    tsl_tier_advice *advice = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_tier_advice_build(labels, &job->labels, &advice, err));
    CLI_TRY(job->set->json ? cli_print_advice(advice, err) : cli_show_advice(advice, job->set->label.lang, err));
done:
    tsl_tier_advice_free(advice);
    return status;
}

/* What was asked for of the labels: segments.csv, the table of strategies; nothing where they are looked at. */
static tsl_status write_files(const cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_target segments = {.path = set->output, .replace = set->force};
    const tsl_target strategies = {.path = set->write_strategies, .replace = set->force};
    const tsl_labels *labels = tsl_run_get_labels(job->run);
    tsl_status status = TSL_OK;
    CLI_TRY(set->output ? tsl_segments_write(labels, &segments, &job->exec, err) : TSL_OK);
    CLI_TRY(set->write_strategies ? tsl_strategies_write(labels, &strategies, err) : TSL_OK);
done:
    return status;
}

static tsl_status show(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    if (set->check_rules) {
        cli_show_rule_check(tsl_run_get_labels(job->run), set->label.lang);
        return TSL_OK;
    }
    const tsl_status status = cli_job_show(job, CLI_SHOW_SEGMENTS | CLI_SHOW_FITTED, err);
    const char *const files[] = {set->output, set->write_strategies};
    cli_print("\n");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (files[i]) {
            cli_print("%s\n", files[i]);
        }
    }
    return status;
}

tsl_status cli_label(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_source features = {.path = set->input.item[0]};
    tsl_status status = TSL_OK;
    CLI_TRY(cli_output_check(set->output, set->force, err));
    CLI_TRY(cli_output_check(set->write_strategies, set->force, err));
    CLI_TRY(cli_job_read_model(job, &(tsl_source){.path = set->input.item[1]}, err));
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(tsl_run_read_features(job->run, &features, err));
    cli_job_say_suppressed(job);
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_LABELS, TSL_NO_DAY, err));
    if (set->advise) {
        return advise(job, err);
    }
    CLI_TRY(write_files(job, err));
done:
    if (status == TSL_OK && set->json) {
        return cli_job_print_json(job, err);
    }
    return status == TSL_OK && !set->quiet && !cli_settings_is_piped(set) ? show(job, err) : status;
}
