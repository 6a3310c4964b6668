/* check_config.h: what was understood of the tables, as a configuration to edit and run by. */
#ifndef TSL_CLI_CHECK_CONFIG_H
#define TSL_CLI_CHECK_CONFIG_H

#include "cli/ask/settings.h"

/* Writes set->write_config; profile: one a kind of tables, or NULL. */
TSL_FALLIBLE tsl_status cli_check_config_write(const cli_settings *set, const tsl_table_profile *const *profile,
                                               tsl_error *err);

#endif
