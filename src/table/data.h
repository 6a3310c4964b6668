/* data.h: the readers of arrays behind tsl_data_read. */
#ifndef TSL_TABLE_DATA_H
#define TSL_TABLE_DATA_H

#include <tesela/table.h>

#define TSL__NPY_MAGIC "\x93NUMPY" /* the first six bytes */

/* npy.c: a two-dimensional array of a .npy file (NumPy's format 1.0, 2.0, 3.0)
 * into values, rows and cols, which are freed with data; and its file. */
TSL_FALLIBLE tsl_status tsl__npy_read(const tsl_source *from, tsl_data *data, tsl_file_info *file, tsl_error *err);

#endif
