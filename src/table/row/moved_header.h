/* moved_header.h: a header amid the rows of a file whose columns stand in another order, as where two files were put
 * behind each other: all that follows would be read into the wrong columns. */
#ifndef TSL_TABLE_ROW_MOVED_HEADER_H
#define TSL_TABLE_ROW_MOVED_HEADER_H

#include "table/row/decode.h"

/* TSL_E_INPUT where the record, as wide as the file, is one. */
TSL_FALLIBLE tsl_status tsl__moved_header_refuse(const tsl__field_map *map, const tsl__record *record, tsl_error *err);

#endif
