/*
 * role_units.h: the unit that the name of a column tells, for the role that it
 * plays: a duration for minutes, money for amounts, costs and prices. Its factor
 * is applied, so that 停留时长（秒） gives minutes and "amount (cents)" whole units.
 */
#ifndef TSL_TABLE_SCHEMA_ROLE_UNITS_H
#define TSL_TABLE_SCHEMA_ROLE_UNITS_H

#include <tesela/table.h>

#include "table/cell/unit.h"

/* Reads the name; its text is empty where it has no unit; spans are views. TSL_E_INPUT: a unit that the role cannot be
 * in ("amount (kg)"). */
TSL_FALLIBLE tsl_status tsl__role_unit_read(tsl_role role, const char *name, tsl__unit *out, tsl_error *err);

/* ", in 秒, divided by 60", for the line that says what a column was taken for; "" without a unit, which may be NULL.
 * Returns out. */
#define TSL__UNIT_TEXT_BYTES 128
char *tsl__role_unit_describe(const tsl__unit *unit, char out[TSL__UNIT_TEXT_BYTES]);

#endif
