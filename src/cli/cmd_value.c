/* cmd_value.c: tesela value: transactions, or counted histories -> what customers are worth. */
#include "cli/commands.h"

#include "cli/inputs/inputs.h"
#include "cli/show/print.h"
#include "cli/show/progress.h"
#include "cli/show/show_summary.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <string.h>

static tsl_valuation_options get_options(const cli_settings *set, tsl_data_options *data)
{
    tsl_valuation_options opt = set->valuation;
    TSL_DEFAULTS(data, data);
    data->id = set->id;
    data->sheet = cli_settings_get_source(set, "sheet") ? set->any.sheet : NULL;
    if (cli_settings_get_source(set, "delimiter")) {
        data->delimiter = (char)set->any.delimiter;
    }
    if (cli_settings_get_source(set, "encoding")) {
        data->encoding = (tsl_encoding)set->any.encoding;
    }
    opt.unit = (tsl_time_unit)set->unit;
    opt.discount = set->features.discount;
    opt.data = data;
    opt.lang = set->label.lang;
    return opt;
}

static tsl_status value_rows(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_data_options data;
    const tsl_valuation_options opt = get_options(set, &data);
    if (cli_inputs_are_there(set)) {
        return cli_fail(err, TSL_E_OPTION, "--histories stands in place of tables: give one of them");
    }
    static const char *const of_transactions[] = {"events", "rfm", "rfm-map"};
    for (size_t i = 0; i < sizeof of_transactions / sizeof *of_transactions; i++) {
        if (cli_settings_get_source(set, of_transactions[i]) == CLI_LINE) {
            return cli_fail(err, TSL_E_OPTION, "--%s is of transactions; histories are counted already",
                            of_transactions[i]);
        }
    }
    return tsl_valuation_build_rows(&(tsl_source){.path = set->histories}, &opt, &job->exec, &job->valuation, err);
}

static tsl_status value_tables(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_data_options data;
    tsl_valuation_options opt = get_options(set, &data);
    tsl_status status = TSL_OK;
    if (set->id) {
        return cli_fail(err, TSL_E_OPTION, "--id is of --histories; of transactions --customer names the column");
    }
    if (set->table[TSL_TRANSACTIONS].files.count == 0) {
        return cli_fail(err, TSL_E_OPTION,
                        "value needs transactions, or --histories FILE: customers alone tell no "
                        "history");
    }
    job->unhashed = 1;
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(cli_job_read_tables(job, NULL, err));
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_FEATURES, set->as_of, err));
    opt.rfm_map = job->labels.rfm_map;
    CLI_TRY(tsl_valuation_build(tsl_run_get_features(job->run), &opt, &job->exec, &job->valuation, err));
done:
    return status;
}

static tsl_status write_values(const cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_target target = {.path = set->output, .replace = set->force};
    return set->output ? tsl_valuation_write(job->valuation, &target, &job->exec, err) : TSL_OK;
}

tsl_status cli_value(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_status status = TSL_OK;
    CLI_TRY(cli_output_check(set->output, set->force, err));
    CLI_TRY(set->histories ? value_rows(job, err) : value_tables(job, err));
    CLI_TRY(write_values(job, err));
    cli_progress_clear();
    cli_say_notes(&job->valuation->notes);
    if (set->json) {
        return cli_job_print_json(job, err);
    }
    if (!set->quiet && !cli_settings_is_piped(set)) {
        cli_show_valuation(job->valuation, set->label.lang);
        if (set->output) {
            cli_print("%s\n", set->output);
        }
    }
done:
    cli_progress_clear();
    return status;
}
