/* data.h: the readers of arrays behind tsl_data_read. */
#ifndef TSL_TABLE_DATA_H
#define TSL_TABLE_DATA_H

#include <tesela/table.h>

/* npy.c: a two-dimensional array of a .npy file (NumPy's format 1.0, 2.0, 3.0)
 * into values, rows, cols and file. */
tsl_status tsl__npy_read(const char *path, tsl_data *data, tsl_error *err);

#endif
