/* brand_file.h: whose report it is, from a YAML file. */
#ifndef TSL_CLI_ASK_BRAND_FILE_H
#define TSL_CLI_ASK_BRAND_FILE_H

#include "cli/ask/settings.h"

/* The keys name, colour and logo, each a text, none of them required; the logo's path begins at the file's own folder.
 * What is filled in lies in the pool. TSL_E_CONFIG with file, line and column for another key or value;
 * TSL_E_NOT_FOUND, TSL_E_INPUT with its path for a logo that is not there, or is no picture. */
TSL_FALLIBLE tsl_status cli_brand_read(const char *path, tsl_brand *brand, tsl_error *err);
/* What is asked of the report, with its brand, which is read. */
TSL_FALLIBLE tsl_status cli_report_ask(const cli_settings *set, tsl_report_options *out, tsl_error *err);

#endif
