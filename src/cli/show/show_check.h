/* show_check.h: tables as they stand, and what is amiss, on standard output. */
#ifndef TSL_CLI_SHOW_SHOW_CHECK_H
#define TSL_CLI_SHOW_SHOW_CHECK_H

#include <tesela/output.h>

void cli_show_check(const tsl_data_quality *quality);

#endif
