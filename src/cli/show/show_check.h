/* show_check.h: tables as they stand, and what is amiss, on standard output. */
#ifndef TSL_CLI_SHOW_SHOW_CHECK_H
#define TSL_CLI_SHOW_SHOW_CHECK_H

#include <tesela/output.h>

void cli_show_check(const tsl_data_quality *quality);
/* A table's columns: type, missing cells, range, frequent values. values: 1: of columns that name people or orders,
 * too. input: 1: it is one to be read, of which roles and sums are told, too. */
void cli_show_columns(const tsl_table_profile *profile, int values, int input, const char *lang);

#endif
