/*
 * file_roles.h: a role whose column is called otherwise in some of a table's files: "amount" in one, "金额" in another.
 *
 * Where no file has both, and both mean the same by their names and are in one unit, they are one column, which is
 * noted. Else the table is refused: nothing of a file is left out for its header.
 */
#ifndef TSL_TABLE_FILE_ROLES_H
#define TSL_TABLE_FILE_ROLES_H

#include "table/file_columns.h"
#include "table/reading.h"

/* Joins such columns, before the table is planned; own: those columns. place: what messages call the files.
 * TSL_E_INPUT: they cannot be one. */
TSL_FALLIBLE tsl_status tsl__file_roles_join(tsl__reading *reading, tsl__file_columns *columns, tsl__own_columns *own,
                                             tsl_error *err);

#endif
