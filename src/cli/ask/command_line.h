/* command_line.h: the command line -> settings. */
#ifndef TSL_CLI_ASK_COMMAND_LINE_H
#define TSL_CLI_ASK_COMMAND_LINE_H

#include "cli/ask/settings.h"

/* Reads the arguments behind the command's name over what set holds already.
 * *help: 1 where --help stands among them. */
TSL_FALLIBLE tsl_status cli_options_read(int count, char **argument, cli_settings *set, int *help, tsl_error *err);
/* Whether what the command cannot do without is there. */
TSL_FALLIBLE tsl_status cli_options_check(const cli_settings *set, tsl_error *err);

#endif
