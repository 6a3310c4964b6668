/* commands.h: the table of commands: what each is for, reads, writes, does. */
#ifndef TSL_CLI_COMMANDS_H
#define TSL_CLI_COMMANDS_H

#include "cli/ask/settings.h"
#include "cli/job.h"

typedef struct cli_verb {
    const char *name;
    const char *summary;   /* one line */
    const char *arguments; /* what stands behind the command's name, "" for nothing */
    size_t least, most;    /* arguments that are no options */
    const char *about;     /* paragraphs, parted by '\n' */
    const char *reads, *writes;
    const char *output;         /* how --output's argument is called, */
    const char *output_help;    /* what it is, */
    const char *output_default; /* and what happens without it; NULL: it is required */
    const char *examples;       /* lines */
    tsl_status (*run)(cli_job *job, tsl_error *err);
} cli_verb;

const cli_verb *cli_verb_get(cli_command command);
/* The command of this name, or CLI_COMMANDS. */
cli_command cli_verb_find(const char *name);
/* The nearest command's name, or NULL. */
const char *cli_verb_get_nearest(const char *name);

TSL_FALLIBLE tsl_status cli_run(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_check(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_features(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_cluster(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_label(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_assign(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_evaluate(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_compare(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_value(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_export(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_explain(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_report(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_inspect(cli_job *job, tsl_error *err);
TSL_FALLIBLE tsl_status cli_synth(cli_job *job, tsl_error *err);

#endif
