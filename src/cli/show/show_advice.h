/* show_advice.h: where tiers could be cut, on standard output. */
#ifndef TSL_CLI_SHOW_SHOW_ADVICE_H
#define TSL_CLI_SHOW_SHOW_ADVICE_H

#include <tesela/label.h>

/* As tables, or as JSON. */
TSL_FALLIBLE tsl_status cli_show_advice(const tsl_tier_advice *advice, const char *lang, tsl_error *err);
TSL_FALLIBLE tsl_status cli_print_advice(const tsl_tier_advice *advice, tsl_error *err);

#endif
