/* cmd_label.c: tesela label: features.h5 + model.h5 -> segments.csv. */
#include "cli/commands.h"

#include "cli/fail.h"
#include "cli/show/print.h"
#include "cli/show/show_advice.h"
#include "cli/show/show_summary.h"

/* Where tiers could be cut; nothing is written. */
static tsl_status advise(const cli_job *job, tsl_error *err)
{
    const tsl_labels *labels = tsl_run_get_labels(job->run);
    tsl_tier_advice *advice = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_tier_advice_build(labels, &job->labels, &advice, err));
    if (job->set->json) {
        status = cli_print_advice(advice, err);
    } else {
        cli_show_advice(advice, job->set->label.lang, labels->policy->tiers_of_score ? 1 : 2);
    }
done:
    tsl_tier_advice_free(advice);
    return status;
}

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
    if (set->advise) {
        return advise(job, err);
    }
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
