/*
 * role_units.h: the unit that the name of a column tells, for the role that it
 * plays: a duration for minutes, money for amounts, costs and prices. Its factor
 * is applied, so that 停留时长（秒） gives minutes and "amount (cents)" whole units.
 */
#ifndef TSL_TABLE_NAMES_ROLE_UNITS_H
#define TSL_TABLE_NAMES_ROLE_UNITS_H

#include <tesela/table.h>

#include "table/cell/number_form.h"
#include "table/cell/unit.h"

/* Reads the name; its text is empty where it has no unit; spans are views. TSL_E_INPUT: a unit that the role cannot be
 * in ("amount (kg)"). */
TSL_FALLIBLE tsl_status tsl__role_unit_read(tsl_role role, const char *name, tsl__unit *out, tsl_error *err);

/* Likewise what stands behind all numbers of the column: applied by the form, beside the unit that its name tells, or
 * NULL. TSL_E_INPUT: also where these two are not the same. */
TSL_FALLIBLE tsl_status tsl__role_unit_set(tsl_role role, const tsl__unit *named, const char *name,
                                           tsl__number_form *form, tsl_error *err);
/* TSL_E_INPUT where a currency stands beside numbers of a role that is no money: "300 sek" minutes; and where a word
 * behind a number multiplies by something else than the unit that the name of the column tells, or NULL. */
TSL_FALLIBLE tsl_status tsl__role_unit_check(tsl_role role, const tsl__unit *named, const char *name,
                                             const tsl__mark_evidence *evidence, tsl_error *err);
/* Adds what is to be told of minutes whose unit neither the name of their column, or NULL, nor their numbers tell. */
TSL_FALLIBLE tsl_status tsl__role_unit_note(tsl_role role, const tsl__unit *named, const char *name,
                                            const tsl__number_form *form, const tsl__mark_evidence *evidence,
                                            tsl_notes *notes, tsl_error *err);
/* 0: the `other` of a column of money or time is not known, and may be a unit: not "net", "含税", "1-5". */
int tsl__role_unit_is_known(tsl_role role, tsl__span other);

/* 1: a known unit of time, or of what else is measured or counted: kg, months, 件. */
int tsl__role_unit_is_measure(tsl__span text);

/* ", in 秒, divided by 60", for the line that says what a column was taken for; "" without a unit, which may be NULL.
 * Returns out. */
#define TSL__UNIT_TEXT_BYTES 128
char *tsl__role_unit_describe(const tsl__unit *unit, char out[TSL__UNIT_TEXT_BYTES]);

#endif
