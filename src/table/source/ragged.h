/* ragged.h: why a record is no row: by its number of fields, or by its bytes. */
#ifndef TSL_TABLE_SOURCE_RAGGED_H
#define TSL_TABLE_SOURCE_RAGGED_H

#include "table/source/csv.h"

#define TSL__RAGGED_BYTES 160

/* "3 fields instead of 4"; of an object in which a key stands twice, that. Returns out. */
const char *tsl__ragged_describe(const tsl__record *record, size_t columns, char out[TSL__RAGGED_BYTES]);
/* TSL_E_INPUT, with the file and line, where it is no row of so many columns, or cannot be read by its fields: for
 * files of which every row counts. */
TSL_FALLIBLE tsl_status tsl__record_check(const tsl__record *record, size_t columns, const char *file, tsl_error *err);

#endif
