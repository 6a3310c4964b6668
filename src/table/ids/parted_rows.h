/*
 * parted_rows.h: one customer in two files, each of which has columns that the other lacks.
 *
 * Such rows do not contradict each other: they are parts of one row. Which file is to be the table, and which is looked
 * up in it, is for the user to say.
 */
#ifndef TSL_TABLE_IDS_PARTED_ROWS_H
#define TSL_TABLE_IDS_PARTED_ROWS_H

#include "table/reading.h"

/* 1: the rows, of one customer, differ in columns alone that the file of one of them lacks. */
int tsl__rows_are_parted(const tsl__reading *reading, size_t one, size_t other);
/* TSL_E_INPUT, with the files, their columns and the way out; customers: how many stand so. */
TSL_FALLIBLE tsl_status tsl__rows_fail_parted(const tsl__reading *reading, size_t one, size_t other, size_t customers,
                                              tsl_error *err);

#endif
