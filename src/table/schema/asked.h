/* asked.h: what is asked of a table: the options given, full and checked. */
#ifndef TSL_TABLE_SCHEMA_ASKED_H
#define TSL_TABLE_SCHEMA_ASKED_H

#include <tesela/table.h>

/* Checks the options and takes them over; what they point to is borrowed.
 * TSL_E_OPTION. */
TSL_FALLIBLE tsl_status tsl__asked_open(const tsl_table_options *given, tsl_table_options *out, tsl_error *err);

/* asked_check.c: the values of the options. TSL_E_OPTION. */
TSL_FALLIBLE tsl_status tsl__asked_check(const tsl_table_options *opt, tsl_error *err);

#endif
