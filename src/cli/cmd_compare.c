/* cmd_compare.c: tesela compare: two runs -> who moved, where value went, what a treatment did. */
#include "cli/commands.h"

#include "cli/show/print.h"
#include "cli/show/progress.h"
#include "cli/show/show_summary.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <string.h>

/* What was compared. */
typedef struct compared {
    tsl_roster *then, *now;
    tsl_migration *migration;
    tsl_arms *arms;
    tsl_effects *effects;
} compared;

/* What does not go together. */
static tsl_status check_arms(const cli_settings *set, tsl_error *err)
{
    const int column = set->treatment != NULL, file = set->treated != NULL;
    const size_t tables = set->table[TSL_CUSTOMERS].files.count;
    if (column && (file || set->control)) {
        return cli_fail(err, TSL_E_OPTION,
                        "--treatment and --treated, --control contradict each other: give a column, "
                        "or files");
    }
    if (column != (tables > 0) || tables > 1) {
        return cli_fail(err, TSL_E_OPTION, "--treatment COLUMN goes with one --customers FILE, which holds the column");
    }
    if (set->control && !file) {
        return cli_fail(err, TSL_E_OPTION, "--control goes with --treated FILE");
    }
    if (cli_settings_get_source(set, "pseudonymise") == CLI_LINE && !file && !column) {
        return cli_fail(err, TSL_E_OPTION, "--pseudonymise goes with --treated FILE or --treatment COLUMN");
    }
    return set->treated_value && !column ? cli_fail(err, TSL_E_OPTION, "--treated-value goes with --treatment COLUMN")
                                         : TSL_OK;
}

static tsl_status build_effects(const cli_job *job, compared *c, tsl_error *err)
{
    const cli_settings *set = job->set;
    const char *table = set->table[TSL_CUSTOMERS].files.count ? set->table[TSL_CUSTOMERS].files.item[0] : NULL;
    const char *named = table ? table : set->treated;
    tsl_source treated = {0}, control = {0};
    tsl_arms_options opt;
    tsl_status status = TSL_OK;
    if (!named) {
        return TSL_OK;
    }
    CLI_TRY(tsl_input_open(named, 1, &treated, err));
    CLI_TRY(set->control ? tsl_input_open(set->control, 1, &control, err) : TSL_OK);
    TSL_DEFAULTS(arms, &opt);
    opt.id = set->id;
    opt.column = set->treatment;
    opt.treated = set->treated_value;
    opt.pseudonyms = job->pseudonyms;
    CLI_TRY(tsl_arms_read(c->then, &treated, set->control ? &control : NULL, &opt, &job->exec, &c->arms, err));
    CLI_TRY(tsl_effects_build(c->migration, c->arms, &c->effects, err));
done:
    tsl_input_free(&treated);
    tsl_input_free(&control);
    return status;
}

static tsl_status write_json(const cli_job *job, const compared *c, tsl_fileset *files, tsl_error *err)
{
    const cli_settings *set = job->set;
    const tsl_target target = {.path = set->json_file, .replace = set->force, .set = files};
    tsl_file *file = NULL;
    char *json = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_migration_get_json(c->migration, c->effects, &json, err));
    if (set->json) {
        cli_put(json, strlen(json));
    }
    if (set->json_file) {
        CLI_TRY(tsl_file_open(&target, &file, err));
        CLI_TRY(tsl_file_write(file, json, strlen(json), err));
        tsl_file *whole = file;
        file = NULL;
        CLI_TRY(tsl_file_close(whole, err));
    }
done:
    tsl_file_free(file);
    tsl_text_free(json);
    return status;
}

/* Both files, or neither. */
static tsl_status write_outputs(const cli_job *job, const compared *c, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_fileset *files = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_fileset_open(&files, err));
    const tsl_target movers = {.path = set->output, .replace = set->force, .set = files};
    CLI_TRY(set->output ? tsl_migration_write(c->migration, set->label.lang, &movers, &job->exec, err) : TSL_OK);
    CLI_TRY(set->json || set->json_file ? write_json(job, c, files, err) : TSL_OK);
done:
    return cli_fileset_publish(files, status, err);
}

static tsl_status show(const cli_job *job, const compared *c, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_status status = TSL_OK;
    if (set->json || set->quiet || cli_settings_is_piped(set)) {
        return TSL_OK;
    }
    CLI_TRY(cli_show_migration(c->migration, set->label.lang, err));
    CLI_TRY(c->effects ? cli_show_effects(c->effects, set->label.lang, err) : TSL_OK);
    if (set->output) {
        cli_print("\n%s\n", set->output);
    }
done:
    return status;
}

tsl_status cli_compare(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    compared c = {.then = NULL};
    tsl_status status = TSL_OK;
    CLI_TRY(check_arms(set, err));
    CLI_TRY(cli_output_check(set->output, set->force, err));
    CLI_TRY(cli_output_check(set->json_file, set->force, err));
    CLI_TRY(cli_job_read_privacy(job, err));
    CLI_TRY(tsl_roster_read(set->input.item[0], &job->exec, &c.then, err));
    CLI_TRY(tsl_roster_read(set->input.item[1], &job->exec, &c.now, err));
    CLI_TRY(tsl_migration_build(c.then, c.now, &job->exec, &c.migration, err));
    CLI_TRY(build_effects(job, &c, err));
    cli_progress_clear();
    cli_say_notes(&c.migration->notes, set->lang);
    if (c.effects) {
        cli_say_notes(&c.effects->notes, set->lang);
    }
    CLI_TRY(write_outputs(job, &c, err));
    CLI_TRY(show(job, &c, err));
done:
    cli_progress_clear();
    tsl_effects_free(c.effects);
    tsl_arms_free(c.arms);
    tsl_migration_free(c.migration);
    tsl_roster_free(c.now);
    tsl_roster_free(c.then);
    return status;
}
