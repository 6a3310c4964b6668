/* column_names.h: the names of columns as their headers say, made distinct. */
#ifndef TSL_TABLE_SOURCE_COLUMN_NAMES_H
#define TSL_TABLE_SOURCE_COLUMN_NAMES_H

#include "table/cell/parse_number.h"

typedef struct tsl__names tsl__names;

tsl__names *tsl__names_open(void); /* NULL: out of memory */
void tsl__names_free(tsl__names *names);

/* The name of the next column: that of its header, "c4" for the fourth where it
 * has none, and with a number behind it where it was there before: "amount",
 * "amount (2)". Owned; NULL: out of memory. */
char *tsl__names_add(tsl__names *names, tsl__span header);

#endif
