/* cmd_check.c: tesela check: tables -> what is in them, and what is amiss. */
#include "cli/commands.h"

#include "cli/arena.h"
#include "cli/check_config.h"
#include "cli/fail.h"
#include "cli/inputs.h"
#include "cli/show/print.h"
#include "cli/show/show_check.h"

#include <string.h>

#define DAY_SECONDS 86400

/* What was looked at. */
typedef struct checked {
    tsl_table_profile *profile[TSL_TABLE_KINDS];
    tsl_table *table[TSL_TABLE_KINDS];
    cli_list unreadable, refusal;
} checked;

static void free_checked(checked *c)
{
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        tsl_table_profile_free(c->profile[kind]);
        tsl_table_free(c->table[kind]);
    }
}

/* As a run closes the interactions: where the transactions end. */
static int32_t get_day_after(const tsl_table *transactions)
{
    const int64_t last = transactions ? tsl_table_get_info(transactions)->last_time : TSL_MISSING_INT;
    return last == TSL_MISSING_INT ? TSL_NO_DAY : (int32_t)(last / DAY_SECONDS - (last % DAY_SECONDS < 0) + 1);
}

/* One table. Files that cannot be read are told with the others. */
static tsl_status check_table(cli_job *job, checked *c, tsl_table_kind kind, tsl_error *err)
{
    const cli_list *files = &job->set->table[kind].files;
    tsl_table_options opt = cli_inputs_get_options(job->set, kind);
    tsl_source *source = cli_take(files->count, sizeof *source);
    for (size_t f = 0; f < files->count; f++) {
        source[f] = (tsl_source){.path = files->item[f]};
    }
    if (kind == TSL_INTERACTIONS && opt.as_of == TSL_NO_DAY) {
        opt.as_of = get_day_after(c->table[TSL_TRANSACTIONS]);
    }
    const tsl_table *known = kind == TSL_CUSTOMERS ? NULL : c->table[TSL_CUSTOMERS];
    if (known && tsl_table_get_info(known)->row_ids) {
        known = NULL; /* which a run refuses */
        cli_list_add(&c->refusal, "the customers' ids are row numbers, which the other tables cannot name");
    }
    const tsl_status status = tsl_table_profile_read(kind, source, files->count, known, &opt, &job->exec,
                                                     &c->profile[kind], &c->table[kind], err);
    const int unreadable =
        status == TSL_E_INPUT || status == TSL_E_NOT_FOUND || status == TSL_E_FORMAT || status == TSL_E_IO;
    if (unreadable) {
        cli_list_add(&c->unreadable, cli_copy(err->message, strlen(err->message)));
    }
    return unreadable ? TSL_OK : status;
}

static tsl_status check_tables(cli_job *job, checked *c, tsl_error *err)
{
    static const tsl_table_kind order[] = {TSL_CUSTOMERS, TSL_TRANSACTIONS, TSL_INTERACTIONS};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        CLI_TRY(job->set->table[order[i]].files.count ? check_table(job, c, order[i], err) : TSL_OK);
    }
    for (size_t i = 0; i < job->set->untold.count; i++) { /* what cannot be read is told already */
        int told = 0;
        for (size_t k = 0; k < c->unreadable.count; k++) {
            told |= strcmp(c->unreadable.item[k], job->set->untold.item[i]) == 0;
        }
        if (!told) {
            cli_list_add(&c->refusal, job->set->untold.item[i]);
        }
    }
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
    checked c = {.unreadable = {NULL, 0}};
    tsl_data_quality quality;
    tsl_status status = TSL_OK;
    CLI_TRY(cli_output_check(set->json_file, set->force, err));
    CLI_TRY(cli_output_check(set->html, set->force, err));
    CLI_TRY(cli_output_check(set->write_config, set->force, err));
    CLI_TRY(check_tables(job, &c, err));
    TSL_DEFAULTS(data_quality, &quality);
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        quality.profile[kind] = c.profile[kind];
    }
    quality.unreadable = c.unreadable.item;
    quality.unreadable_count = c.unreadable.count;
    quality.refusal = c.refusal.item;
    quality.refusal_count = c.refusal.count;
    quality.values = set->show_values;
    quality.lang = set->label.lang;
    CLI_TRY(write_files(job, &quality, &c, err));
    CLI_TRY(print(job, &quality, err));
    if (c.unreadable.count) {
        status = cli_fail(err, TSL_E_INPUT, "%s", c.unreadable.item[0]);
    }
done:
    free_checked(&c);
    return status;
}
