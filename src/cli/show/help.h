/* help.h: what tesela can do, in words; all of it drawn from the tables. */
#ifndef TSL_CLI_SHOW_HELP_H
#define TSL_CLI_SHOW_HELP_H

#include "cli/ask/settings.h"

void cli_help_print(void);
void cli_help_print_command(cli_command command);
void cli_help_print_configuration(void);

#endif
