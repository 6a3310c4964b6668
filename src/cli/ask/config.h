/* config.h: the configuration file -> settings. */
#ifndef TSL_CLI_ASK_CONFIG_H
#define TSL_CLI_ASK_CONFIG_H

#include "cli/ask/settings.h"

/* Reads set->config over what set holds. Every error is TSL_E_CONFIG and says
 * file, line and column, what was seen and what is expected. */
TSL_FALLIBLE tsl_status cli_config_read(cli_settings *set, tsl_error *err);

#endif
