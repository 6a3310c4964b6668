/* inputs.h: the tables that a command reads: what is asked of each, and which file is which. */
#ifndef TSL_CLI_INPUTS_INPUTS_H
#define TSL_CLI_INPUTS_INPUTS_H

#include "cli/ask/settings.h"

/* What is asked of a table: the command line before the configuration. */
tsl_table_options cli_inputs_get_options(const cli_settings *set, tsl_table_kind kind);

/* Puts the files that stand without an option among those of the table that each is, and says so; then sees that the
 * tables are there that the command needs, and that the options name columns of. TSL_E_OPTION, TSL_E_INPUT. */
TSL_FALLIBLE tsl_status cli_inputs_sort(cli_settings *set, tsl_error *err);
/* 1 where a file of a table is given. */
int cli_inputs_are_there(const cli_settings *set);

#endif
