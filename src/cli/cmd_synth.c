/* cmd_synth.c: tesela synth: invented tables -> a folder. */
#include "cli/commands.h"

#include "cli/files.h"
#include "cli/show/print.h"
#include "cli/show/progress.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <inttypes.h>
#include <string.h>

#define DIRTY "dirty"
#define MOST_NAMES 64

/* "stray_quote=1%"; a share alone is that of all. */
static tsl_status read_share(const char *text, tsl_defect_share *out, tsl_error *err)
{
    static const cli_param share = {.type = CLI_SHARE};
    const char *value = strchr(text, '=');
    out->defect = value ? cli_copy(text, (size_t)(value - text)) : "all";
    return cli_value_read(&share, &out->share, value ? value + 1 : text, err) == TSL_OK
               ? TSL_OK
               : cli_fail(err, TSL_E_OPTION, "--share: \"%s\" is not DEFECT=SHARE, a share 0 to 1 or a percentage",
                          text);
}

static int is_chinese(const cli_settings *set)
{
    return set->lang && strcmp(set->lang, "zh") == 0;
}

static tsl_status make_dirty(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const cli_list *asked = &set->shares;
    tsl_dirty_options opt;
    const tsl_scenario_options *sizes = &set->scenario;
    tsl_defect_share *share = cli_take(asked->count, sizeof *share);
    uint64_t broken;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < asked->count; i++) {
        CLI_TRY(read_share(asked->item[i], &share[i], err));
    }
    TSL_DEFAULTS(dirty, &opt);
    opt.lines = sizes->lines ? sizes->lines : opt.lines;
    opt.customers = sizes->customers ? sizes->customers : opt.customers;
    opt.seed = sizes->seed;
    opt.share = share;
    opt.share_count = asked->count;
    if (sizes->interactions) {
        CLI_TRY(cli_fail(err, TSL_E_OPTION, "--interactions: dirty tables have half as many as --lines"));
    }
    CLI_TRY(tsl_dirty_write(set->output, set->force, &opt, &broken, err));
    if (set->json) {
        const char *json = cli_format("{\"broken\": %" PRIu64 "}\n", broken);
        cli_put(json, strlen(json));
    } else if (!set->quiet) {
        char count[CLI_NUMBER_BYTES];
        cli_count_write(broken, count);
        if (is_chinese(set)) {
            cli_print("%s：%s 行有错，列于 broken.csv\n", set->output, count);
        } else {
            cli_print("%s: %s %s broken, which broken.csv lists\n", set->output, cli_count_name(broken, "line"),
                      broken == 1 ? "is" : "are");
        }
    }
done:
    return status;
}

static tsl_status make_scenario(cli_job *job, const char *name, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_scenario made;
    tsl_status status = TSL_OK;
    if (set->shares.count) {
        CLI_TRY(cli_fail(err, TSL_E_OPTION, "--share: only dirty tables have defects"));
    }
    CLI_TRY(tsl_scenario_write(set->output, set->force, name, &set->scenario, &job->exec, &made, err));
    cli_progress_clear();
    if (set->json) {
        const char *json = cli_format("{\"scenario\": \"%s\", \"customers\": %d, \"lines\": %d, \"interactions\": "
                                      "%d}\n",
                                      made.name, made.customers, made.lines, made.interactions);
        cli_put(json, strlen(json));
    } else if (!set->quiet) {
        char count[3][CLI_NUMBER_BYTES];
        cli_count_write((uint64_t)made.customers, count[0]);
        cli_count_write((uint64_t)made.lines, count[1]);
        cli_count_write((uint64_t)made.interactions, count[2]);
        if (is_chinese(set)) {
            cli_print("%s：%s\n客户 %s 位，交易 %s 行，互动 %s 行；truth.csv 记有客户的真实情况\n"
                      "tesela run --config %s/config.yaml --output DIR 可对其分群\n",
                      set->output, made.name, count[0], count[1], count[2], set->output);
            goto done;
        }
        cli_print("%s: %s\n%s, %s of transactions, %s; truth.csv tells what is true of the customers\n"
                  "tesela run --config %s/config.yaml --output DIR segments them\n",
                  set->output, made.summary, cli_count_name((uint64_t)made.customers, "customer"),
                  cli_count_name((uint64_t)made.lines, "line"),
                  cli_count_name((uint64_t)made.interactions, "interaction"), set->output);
    }
done:
    return status;
}

/* What it can be asked for. */
static tsl_status check_name(const char *asked, tsl_error *err)
{
    const char *name[MOST_NAMES], *list = "";
    const tsl_scenario *scenario;
    size_t count = 0;
    while (count + 1 < MOST_NAMES && (scenario = tsl_scenario_get(count))) {
        name[count++] = scenario->name;
        list = cli_format("%s%s, ", list, scenario->name);
    }
    name[count++] = DIRTY;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name[i], asked) == 0) {
            return TSL_OK;
        }
    }
    const char *near = tsl_name_get_nearest(asked, name, count);
    return near ? cli_fail(err, TSL_E_OPTION, "synth makes no \"%s\"; did you mean \"%s\"?", asked, near)
                : cli_fail(err, TSL_E_OPTION, "synth makes no \"%s\", expected one of %s" DIRTY, asked, list);
}

tsl_status cli_synth(cli_job *job, tsl_error *err)
{
    const char *asked = job->set->input.item[0];
    tsl_status status = TSL_OK;
    CLI_TRY(check_name(asked, err));
    cli_say_leftovers(job->set->output);
    CLI_TRY(strcmp(asked, DIRTY) == 0 ? make_dirty(job, err) : make_scenario(job, asked, err));
done:
    return status;
}
