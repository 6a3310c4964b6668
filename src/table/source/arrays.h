/* arrays.h: the caller's arrays and Arrow's as columns of cells. */
#ifndef TSL_TABLE_SOURCE_ARRAYS_H
#define TSL_TABLE_SOURCE_ARRAYS_H

#include <tesela/table.h>

#include "table/cell/cell_array.h"

/* arrays.c: `levels` gets what the codes stand for. TSL_E_OPTION: an array that cannot be; name: what messages
 * call it. */
TSL_FALLIBLE tsl_status tsl__array_open(const tsl_array *array, const char *name, size_t rows, tsl__cell_array *out,
                                        tsl__cell_array *levels, tsl_error *err);

/* arrow.c: how the values of a column lie, by its schema; what is not read has the layout TSL__LAYOUT_UNKNOWN. clock:
 * that to which times of a zone are taken; NULL: to their own, for which `own_clock` is to be freed, also on failure.
 * TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__arrow_open(const struct ArrowSchema *schema, const tsl__zone *clock, tsl__cell_array *out,
                                        tsl__cell_array *levels, tsl_error *err);
/* Where they lie in a batch, behind the first `skip` of them. TSL_E_INPUT: the array is not as its schema says. */
TSL_FALLIBLE tsl_status tsl__arrow_fill(const struct ArrowArray *array, const char *name, size_t skip, size_t rows,
                                        tsl__cell_array *cells, tsl__cell_array *levels, tsl_error *err);

#endif
