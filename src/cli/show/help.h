/* help.h: what tesela can do, in words, as manual pages and for shells; all of it
 * drawn from the tables. */
#ifndef TSL_CLI_SHOW_HELP_H
#define TSL_CLI_SHOW_HELP_H

#include "cli/ask/settings.h"

void cli_help_print(void);
void cli_help_print_command(cli_command command);
void cli_help_print_configuration(void);

/* The same as manual pages, in roff: tesela(1), tesela-COMMAND(1), tesela.yaml(5). */
void cli_man_print(void);
void cli_man_print_command(cli_command command);
void cli_man_print_configuration(void);

/* A script by which a shell ("bash", "zsh", "fish") completes what is typed.
 * 0, or -1 where the shell is none of these. */
int cli_completion_print(const char *shell);

#endif
