/* file_patterns.h: names of input files with *, ? or [...]: all files that match them. */
#ifndef TSL_CLI_INPUTS_FILE_PATTERNS_H
#define TSL_CLI_INPUTS_FILE_PATTERNS_H

#include "cli/ask/settings.h"

/* Puts in place of each such name, of the tables and of the arguments that stand for tables, the files that match it,
 * in the order of their bytes, and says which. A file that is called just so is meant itself. TSL_E_NOT_FOUND: nothing
 * matches; TSL_E_IO: a folder on the way cannot be read; TSL_E_OPTION: several match where there is one file. */
TSL_FALLIBLE tsl_status cli_file_patterns_expand(cli_settings *set, tsl_error *err);

#endif
