/* codes.h: codes in order of appearance become codes into a sorted dictionary. */
#ifndef TSL_TABLE_SCHEMA_CODES_H
#define TSL_TABLE_SCHEMA_CODES_H

#include <tesela/table.h>

#include "base/dict.h"

/* The sorted dictionary of the codes with used[code] != 0; *rank, owned: the place of each in it, -1: not used. */
TSL_FALLIBLE tsl_status tsl__codes_sort(const tsl__dict *dict, const char *used, int32_t **rank, tsl_column *column,
                                        tsl_error *err);
/* The sorted dictionary of the codes that the rows use; codes become ranks. Counts what is missing. */
TSL_FALLIBLE tsl_status tsl__codes_finish(const tsl__dict *dict, int32_t *code, size_t rows, tsl_column *column,
                                          tsl_error *err);

#endif
