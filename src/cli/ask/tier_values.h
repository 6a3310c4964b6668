/* tier_values.h: lists of shares and of cuts that tell tiers, and of weights that tell the score, as the label options
 * have them. */
#ifndef TSL_CLI_ASK_TIER_VALUES_H
#define TSL_CLI_ASK_TIER_VALUES_H

#include "cli/ask/settings.h"

#include <jansson.h>

/* Adds "10%,0.2", or "100000,>50000", to the list at target. -1 where a part is none; TSL_E_OPTION, with err, where it
 * does not follow on what is there; else 0. */
int cli_tier_shares_add(void *target, const char *text, tsl_error *err);
int cli_tier_cuts_add(void *target, const char *text, tsl_error *err);

/* Adds a feature of a part of the score; -1 where the weight is none. */
int cli_weight_add(void *target, const char *name, double weight);

json_t *cli_weights_build_json(const void *target);
json_t *cli_tier_shares_build_json(const void *target);
json_t *cli_tier_cuts_build_json(const void *target);

#endif
