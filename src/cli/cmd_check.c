/* cmd_check.c: tesela check: tables -> what is in them, and what is amiss. */
#include "cli/commands.h"

#include "cli/ask/config.h"
#include "cli/check_config.h"
#include "cli/inputs/inputs.h"
#include "cli/show/print.h"
#include "cli/show/show_check.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <string.h>

/* What was looked at. */
typedef struct checked {
    tsl_table_profile *profile[TSL_TABLE_KINDS];
    int refused;   /* 1: a table is */
    int32_t as_of; /* as of a run that takes them */
    cli_list unreadable, refusal;
} checked;

static int is_of_files(tsl_status status)
{
    return status == TSL_E_INPUT || status == TSL_E_NOT_FOUND || status == TSL_E_FORMAT || status == TSL_E_IO;
}

/* What is wrong, with its place. */
static const char *tell(const cli_job *job, tsl_status status, tsl_error *err)
{
    (void)!cli_config_locate(job->set, status, err);
    return cli_copy(err->message, strlen(err->message));
}

/* A run that would take the tables, without what is told of its result alone: what it refuses is refused here. A map of
 * segments, or a table of strategies, that it cannot read is told with the tables. */
static tsl_status open_run(cli_job *job, cli_settings *as_run, checked *c, tsl_error *err)
{
    const char *target = job->set->run.target;
    *as_run = *job->set;
    as_run->command = CLI_RUN;
    as_run->evidence = 0;
    as_run->run.descriptors = 0;
    as_run->features.value_models = 0;
    as_run->run.history_months = 0;
    as_run->run.holdout_days = target && strcmp(target, "next") == 0 ? as_run->run.holdout_days : 0;
    job->set = as_run;
    job->is_trial = 1;
    tsl_status status = cli_job_open_run(job, CLI_KEPT, err);
    if (is_of_files(status) && (as_run->rfm.map || as_run->strategies)) {
        cli_list_add(&c->unreadable, tell(job, status, err));
        as_run->rfm.map = as_run->strategies = NULL;
        status = cli_job_open_run(job, CLI_KEPT, err);
    }
    return status;
}

/* One table. Files that cannot be read are told with the others. */
static tsl_status check_table(cli_job *job, checked *c, tsl_table_kind kind, tsl_error *err)
{
    const cli_list *files = &job->set->table[kind].files;
    const tsl_table_options opt = cli_inputs_get_options(job->set, kind);
    tsl_source *source = cli_take(files->count, sizeof *source);
    for (size_t f = 0; f < files->count; f++) {
        source[f] = (tsl_source){.path = files->item[f]};
    }
    const tsl_status status = tsl_run_read_profile(job->run, kind, source, files->count, &opt, &c->profile[kind], err);
    if (is_of_files(status)) {
        cli_list_add(&c->unreadable, cli_copy(err->message, strlen(err->message)));
        return TSL_OK;
    }
    c->refused |= c->profile[kind] && c->profile[kind]->refused;
    return status;
}

/* Without the customer that it names. */
static const char *hide_customer(const char *message)
{
    const char *at = strstr(message, "customer"), *from = at ? strchr(at, '"') : NULL;
    const char *to = from && from - at < 12 ? strchr(from + 1, '"') : NULL;
    return to ? cli_format("%s...%s", cli_copy(message, (size_t)(from + 1 - message)), to) : message;
}

/* Why a run would not take the tables, each of which it reads. */
static tsl_status check_run(cli_job *job, checked *c, tsl_error *err)
{
    const tsl_status status = tsl_run_build(job->run, TSL_RUN_LABELS, job->set->as_of, err);
    if (is_of_files(status) || status == TSL_E_OPTION) {
        const char *message = tell(job, status, err);
        cli_list_add(&c->refusal, job->set->show_values ? message : hide_customer(message));
        return TSL_OK;
    }
    c->as_of = status == TSL_OK ? tsl_run_get_features(job->run)->as_of : TSL_NO_DAY;
    return status;
}

/* As what cannot be read, or what a table is refused for. */
static int is_told(const checked *c, const char *message)
{
    int told = 0;
    for (size_t i = 0; i < c->unreadable.count; i++) {
        told |= strcmp(c->unreadable.item[i], message) == 0;
    }
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        const tsl_table_profile *p = c->profile[kind];
        for (size_t i = 0; p && i < p->finding_count; i++) {
            told |= strcmp(p->finding[i].message, message) == 0;
        }
    }
    return told;
}

static tsl_status check_tables(cli_job *job, checked *c, tsl_error *err)
{
    static const tsl_table_kind order[] = {TSL_CUSTOMERS, TSL_TRANSACTIONS, TSL_INTERACTIONS};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        CLI_TRY(job->set->table[order[i]].files.count ? check_table(job, c, order[i], err) : TSL_OK);
    }
    for (size_t i = 0; i < job->set->untold.count; i++) {
        if (!is_told(c, job->set->untold.item[i])) {
            cli_list_add(&c->refusal, job->set->untold.item[i]);
        }
    }
    CLI_TRY(c->refused || c->unreadable.count || c->refusal.count ? TSL_OK : check_run(job, c, err));
done:
    return status;
}

static tsl_status write_files(cli_job *job, const tsl_data_quality *quality, const checked *c, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_target json = {.path = set->json_file, .replace = set->force},
                     page = {.path = set->html, .replace = set->force};
    tsl_status status = TSL_OK;
    CLI_TRY(set->json_file ? tsl_data_quality_write(quality, &json, err) : TSL_OK);
    CLI_TRY(set->html ? tsl_data_quality_write_page(quality, &page, err) : TSL_OK);
    CLI_TRY(set->write_config ? cli_check_config_write(set, (const tsl_table_profile *const *)c->profile, err)
                              : TSL_OK);
done:
    return status;
}

static tsl_status print(cli_job *job, const tsl_data_quality *quality, tsl_error *err)
{
    char *json = NULL;
    tsl_status status = TSL_OK;
    if (!job->set->json) {
        if (!job->set->quiet && !cli_settings_is_piped(job->set)) {
            cli_show_check(quality);
        }
        return TSL_OK;
    }
    CLI_TRY(tsl_data_quality_build(quality, &json, err));
    cli_put(json, strlen(json));
done:
    tsl_text_free(json);
    return status;
}

tsl_status cli_check(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    cli_settings as_run;
    checked c = {.as_of = TSL_NO_DAY};
    tsl_data_quality quality;
    tsl_status status = TSL_OK;
    CLI_TRY(cli_output_check(set->json_file, set->force, err));
    CLI_TRY(cli_output_check(set->html, set->force, err));
    CLI_TRY(cli_output_check(set->write_config, set->force, err));
    CLI_TRY(open_run(job, &as_run, &c, err));
    CLI_TRY(check_tables(job, &c, err));
    job->set = set;
    TSL_DEFAULTS(data_quality, &quality);
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        quality.profile[kind] = c.profile[kind];
    }
    quality.unreadable = c.unreadable.item;
    quality.unreadable_count = c.unreadable.count;
    quality.refusal = c.refusal.item;
    quality.refusal_count = c.refusal.count;
    quality.as_of = c.as_of;
    quality.values = set->show_values;
    quality.lang = set->label.lang;
    CLI_TRY(write_files(job, &quality, &c, err));
    CLI_TRY(print(job, &quality, err));
    if (c.unreadable.count) {
        status = cli_fail(err, TSL_E_INPUT, "%s", c.unreadable.item[0]);
    }
done:
    job->set = set;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        tsl_table_profile_free(c.profile[kind]);
    }
    return status;
}
