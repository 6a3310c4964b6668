/* cmd_synth.c: tesela synth: invented tables -> a folder. */
#include "cli/commands.h"

#include "cli/arena.h"
#include "cli/fail.h"
#include "cli/show/print.h"

#include <inttypes.h>
#include <string.h>

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

static tsl_status make_dirty(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const cli_list *asked = &set->shares;
    tsl_dirty_options opt = set->dirty;
    tsl_defect_share *share = cli_take(asked->count, sizeof *share);
    uint64_t broken;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < asked->count; i++) {
        CLI_TRY(read_share(asked->item[i], &share[i], err));
    }
    opt.share = share;
    opt.share_count = asked->count;
    CLI_TRY(tsl_dirty_write(set->output, set->force, &opt, &broken, err));
    if (set->json) {
        const char *json = cli_format("{\"broken\": %" PRIu64 "}\n", broken);
        cli_put(json, strlen(json));
    } else if (!set->quiet) {
        cli_print("%s: %" PRIu64 " line%s broken, which broken.csv lists\n", set->output, broken,
                  broken == 1 ? " is" : "s are");
    }
done:
    return status;
}

static const struct {
    const char *name;
    tsl_status (*make)(cli_job *job, tsl_error *err);
} kinds[] = {{"dirty", make_dirty}};

tsl_status cli_synth(cli_job *job, tsl_error *err)
{
    const char *asked = job->set->input.item[0];
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, asked) == 0) {
            return kinds[i].make(job, err);
        }
    }
    return cli_fail(err, TSL_E_OPTION, "synth makes no \"%s\", expected dirty", asked);
}
