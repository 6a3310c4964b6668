/* rfm_values.h: how RFM scores are asked for: from text, to JSON, and what does not hold together. */
#ifndef TSL_CLI_ASK_RFM_VALUES_H
#define TSL_CLI_ASK_RFM_VALUES_H

#include "cli/ask/settings.h"

#include <jansson.h>

/* Adds "30,90,365" to a list of rising numbers. -1 where a part is none; TSL_E_OPTION, with err, where it does not
 * follow on what is there; else 0. */
int cli_rising_add(void *target, const char *text, tsl_error *err);
json_t *cli_rising_build_json(const void *target);

/* "quantile", "rank:4,nested", "thresholds:30,90/2,5/100,500" into a cli_rfm; likewise. */
int cli_rfm_read(void *target, const char *text, tsl_error *err);
/* Puts the lists of thresholds into the options, and says what does not fit. by_option: --rfm stands on the command
 * line; else bins_given: the configuration says how many scores there are. */
TSL_FALLIBLE tsl_status cli_rfm_check(cli_rfm *rfm, int by_option, int bins_given, tsl_error *err);

#endif
