/* cmd_features.c: tesela features: tables -> features.h5. */
#include "cli/commands.h"

#include "cli/inputs/inputs.h"
#include "cli/show/print.h"
#include "cli/show/show_summary.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <string.h>

static tsl_status build(cli_job *job, const tsl_reject_sink *rejects, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_status status = TSL_OK;
    CLI_TRY(set->like ? tsl_segmentation_read(&(tsl_source){.path = set->like}, &job->given, err) : TSL_OK);
    job->unhashed = 1;
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(cli_job_read_tables(job, rejects, err));
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_FEATURES, set->as_of, err));
done:
    return status;
}

/* The features, and the rows that were not used: both, or neither. */
static tsl_status make_files(cli_job *job, tsl_fileset *files, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_target features = {.path = set->output, .replace = set->force, .set = files},
                     rejected = {.path = set->rejects, .replace = set->force, .set = files};
    tsl_rejects *rejects = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(set->rejects ? tsl_rejects_open(&rejected, &rejects, err) : TSL_OK);
    CLI_TRY(build(job, rejects ? tsl_rejects_get_sink(rejects) : NULL, err));
    CLI_TRY(tsl_features_write(tsl_run_get_features(job->run), &features, &job->exec, err));
    if (rejects) {
        return tsl_rejects_close(rejects, err);
    }
done:
    tsl_rejects_free(rejects);
    return status;
}

/* Without the lines whose table is not there, unless they are asked for. */
static cli_settings leave_lines(const cli_settings *set)
{
    cli_settings own = *set;
    tsl_feature_line *kept = cli_take(set->features.line_count + 1, sizeof *kept);
    own.features.line_count = 0;
    for (size_t i = 0; i < set->features.line_count; i++) {
        const tsl_feature_line *line = &set->features.line[i];
        const tsl_table_kind kind = strcmp(line->level, "interactions") == 0 ? TSL_INTERACTIONS : TSL_TRANSACTIONS;
        if (set->table[kind].files.count || strcmp(line->name, set->explain) == 0) {
            kept[own.features.line_count++] = *line;
        }
    }
    own.features.line = kept;
    return own;
}

/* How a feature is computed: of these tables, where some are given, else in general. */
static tsl_status explain(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set, own = leave_lines(set);
    tsl_tables tables = {.as_of = TSL_NO_DAY};
    tsl_status status = TSL_OK;
    if (!cli_inputs_are_there(set)) {
        return cli_show_derivation(set->explain, &set->features, NULL, NULL, set->label.lang, err);
    }
    job->set = &own;
    CLI_TRY(build(job, NULL, err));
    tables.customers = tsl_run_get_table(job->run, TSL_CUSTOMERS);
    tables.transactions = tsl_run_get_table(job->run, TSL_TRANSACTIONS);
    tables.interactions = tsl_run_get_table(job->run, TSL_INTERACTIONS);
    CLI_TRY(cli_show_derivation(set->explain, &set->features, tsl_run_get_features(job->run)->recipe, &tables,
                                set->label.lang, err));
done:
    job->set = set;
    return status;
}

tsl_status cli_features(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    if (set->explain) {
        return explain(job, err);
    }
    tsl_fileset *files = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(cli_output_check(set->output, set->force, err));
    CLI_TRY(tsl_fileset_open(&files, err));
    CLI_TRY(make_files(job, files, err));
done:
    status = cli_fileset_publish(files, status, err);
    if (status == TSL_OK && set->json) {
        return cli_job_print_json(job, err);
    }
    if (status == TSL_OK && !set->quiet && !cli_settings_is_piped(set)) {
        status = cli_job_show(job, CLI_SHOW_FEATURES, err);
        cli_print("%s\n", set->output);
    }
    return status;
}
