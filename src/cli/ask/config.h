/* config.h: the configuration file -> settings. */
#ifndef TSL_CLI_ASK_CONFIG_H
#define TSL_CLI_ASK_CONFIG_H

#include "cli/ask/settings.h"

/* Reads set->config over what set holds, and then set->map, which holds what stands below `export` of one. Either may
 * be NULL. Every error is TSL_E_CONFIG and says file, line and column, what was seen and what is expected. */
TSL_FALLIBLE tsl_status cli_config_read(cli_settings *set, tsl_error *err);

/* Of an error of what was set: where the message begins with a key of the configuration, its section, or a record's
 * name, that the command line does not overrule, the place is put before it; what stands in the configuration, and is
 * no file that is not there, is TSL_E_CONFIG. The status. */
TSL_FALLIBLE tsl_status cli_config_locate(const cli_settings *set, tsl_status status, tsl_error *err);

#endif
