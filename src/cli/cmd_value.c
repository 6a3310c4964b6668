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
    opt.covariate = set->covariates.item;
    opt.covariate_count = set->covariates.count;
    opt.score = set->histories ? NULL : set->label.score; /* a configuration may have one for other commands */
    opt.score_count = set->histories ? 0 : set->label.score_count;
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
    static const char *const of_transactions[] = {"events", "rfm",     "rfm-map", "as-of",
                                                  "until",  "returns", "outcome", "timezone"};
    for (size_t i = 0; i < sizeof of_transactions / sizeof *of_transactions; i++) {
        if (cli_settings_get_source(set, of_transactions[i]) == CLI_LINE) {
            return cli_fail(err, TSL_E_OPTION, "--%s is of transactions; histories are counted already",
                            of_transactions[i]);
        }
    }
    tsl_status status = TSL_OK;
    CLI_TRY(cli_job_read_privacy(job, err));
    data.pseudonyms = job->pseudonyms;
    data.suppression = job->suppression;
    CLI_TRY(tsl_valuation_build_rows(&(tsl_source){.path = set->histories}, &opt, &job->exec, &job->valuation, err));
    cli_job_say_suppressed(job);
done:
    return status;
}

/* What the table says of a column that it has left out; NULL: it has none of that name. */
static const char *find_left_out(const tsl_table *customers, const char *name)
{
    const tsl_table_finding *found;
    for (size_t i = 0; (found = tsl_table_get_finding(customers, i)); i++) {
        if (found->column && strcmp(found->column, name) == 0) {
            return found->message;
        }
    }
    return NULL;
}

/* Covariates are columns of the customers: looked for before features are made of them, while all of them are at hand.
 */
static tsl_status check_covariates(const cli_job *job, tsl_error *err)
{
    const cli_list *asked = &job->set->covariates;
    const tsl_table *customers = tsl_run_get_table(job->run, TSL_CUSTOMERS);
    const size_t count = customers ? tsl_table_get_column_count(customers) : 0;
    const char **names = cli_take(count + 1, sizeof *names);
    if (asked->count && !customers) {
        return cli_fail(err, TSL_E_OPTION, "--covariates names columns of the customers: --customers FILE... has them");
    }
    for (size_t c = 0; c < count; c++) {
        names[c] = tsl_table_get_column(customers, c)->name;
    }
    for (size_t i = 0; i < asked->count; i++) {
        size_t c = 0;
        while (c < count && strcmp(names[c], asked->item[i]) != 0) {
            c++;
        }
        const char *left_out = c < count ? NULL : find_left_out(customers, asked->item[i]);
        const char *near = c < count ? NULL : tsl_name_get_nearest(asked->item[i], names, count);
        if (c < count && tsl_table_get_column(customers, c)->role == TSL_ROLE_CUSTOMER) {
            return cli_fail(err, TSL_E_OPTION, "--covariates: \"%s\" tells the customers apart, and nothing of them",
                            asked->item[i]);
        }
        if (left_out) {
            return cli_fail(err, TSL_E_INPUT, "--covariates: %s", left_out);
        }
        if (c == count) {
            return cli_fail(err, TSL_E_OPTION, "--covariates: the customers have no column \"%s\"%s%s%s",
                            asked->item[i], near ? " (did you mean " : "", near ? near : "", near ? "?)" : "");
        }
    }
    return TSL_OK;
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
    const int account = set->valuation.models == TSL_MODELS_ACCOUNT;
    if (set->table[TSL_TRANSACTIONS].files.count == 0 && !account) {
        return cli_fail(err, TSL_E_OPTION,
                        "value needs transactions, or --histories FILE: customers alone tell no "
                        "history; with --model account a score of the configuration is enough");
    }
    CLI_TRY(tsl_valuation_check(&opt, err));
    job->unhashed = 1;
    CLI_TRY(cli_job_open_run(job, CLI_KEPT, err));
    CLI_TRY(cli_job_read_tables(job, NULL, err));
    CLI_TRY(check_covariates(job, err));
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_FEATURES, set->as_of, err));
    opt.rfm_map = job->labels.rfm_map;
    CLI_TRY(tsl_valuation_build(tsl_run_get_features(job->run), tsl_run_get_table(job->run, TSL_TRANSACTIONS), &opt,
                                &job->exec, &job->valuation, err));
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
    cli_say_notes(&job->valuation->notes, set->lang);
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
