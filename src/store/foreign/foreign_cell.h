/* foreign_cell.h: what one value of a foreign table's column is, in the file and in memory. */
#ifndef TSL_STORE_FOREIGN_FOREIGN_CELL_H
#define TSL_STORE_FOREIGN_FOREIGN_CELL_H

#include "store/foreign/foreign_table.h"

#include <hdf5.h>

#define TSL__UNITS_BYTES 256

/* Fills in all but name and values, and gives the type of a value in memory, to be closed; -1: a type that is no
 * number, text, truth or time. units: what the file says the numbers are, "days since 1970-01-01" (CF conventions) or
 * "datetime64[ns]" (pandas); "" or anything else: numbers. */
hid_t tsl__foreign_cell_open(hid_t type, const char *units, tsl__foreign_column *out);
/* Bytes of a value in the file, which are not those in memory where it holds texts of any length. */
size_t tsl__foreign_cell_stored(hid_t type);
/* Times in minutes, hours and days become seconds; floats of them the nearest ones, and microseconds where they count
 * seconds or less. 0; -1: they are floats too short to tell one second from the next. */
int tsl__foreign_cell_scale(tsl__foreign_column *column, size_t rows);

/* The values of a dataset or an attribute as they lie in the file, `size` bytes each: records, and references to texts
 * of any length (foreign_heap.h). 0 on success. */
int tsl__foreign_bytes_read(hid_t object, size_t size, void *bytes);

#endif
