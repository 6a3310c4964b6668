/* data.h: the readers of arrays behind tsl_data_read, and what they share with the
 * stream of rows. */
#ifndef TSL_TABLE_DATA_H
#define TSL_TABLE_DATA_H

#include <tesela/table.h>

#define TSL__NPY_MAGIC "\x93NUMPY" /* the first six bytes */

/* npy.c: a two-dimensional array of a .npy file (NumPy's format 1.0, 2.0, 3.0); flat 1: or one of one dimension, a
 * column. */
typedef struct tsl__npy tsl__npy;
TSL_FALLIBLE tsl_status tsl__npy_open(const tsl_source *from, int flat, tsl__npy **out, tsl_error *err);
void tsl__npy_free(tsl__npy *npy);
void tsl__npy_get_shape(const tsl__npy *npy, size_t *rows, size_t *cols, int *by_column);
/* The next rows, at most `most`, of a file that is not by column; with the last
 * one it is looked at whether the file ends there. */
TSL_FALLIBLE tsl_status tsl__npy_next(tsl__npy *npy, size_t most, double *values, size_t *rows, tsl_error *err);
/* Its file, once all was read. */
TSL_FALLIBLE tsl_status tsl__npy_get_info(tsl__npy *npy, tsl_file_info *file, tsl_error *err);
/* All of one that was just opened into values, rows and cols, which are freed with data; and its file. */
TSL_FALLIBLE tsl_status tsl__npy_read(tsl__npy *npy, tsl_data *data, tsl_file_info *file, tsl_error *err);

/* data.c */
/* The options given over the defaults, checked. */
TSL_FALLIBLE tsl_status tsl__data_options_open(const tsl_data_options *given, tsl_data_options *opt, tsl_error *err);
/* tsl_data_read as bits say. HINTS: messages speak of leaving a column out, where one of `source` can be. NUMBERED:
 * where columns have names, one of any name that numbers many rows is left out; not for a model that may want it. */
enum { TSL__DATA_HINTS = 1, TSL__DATA_NUMBERED = 2 };
TSL_FALLIBLE tsl_status tsl__data_read(const tsl_source *source, const tsl_data_options *opt, int how,
                                       const tsl_exec *exec, tsl_data **out, tsl_error *err);
/* No numbers yet, and the name of the file: *file is the data's. */
TSL_FALLIBLE tsl_status tsl__data_open(const tsl_source *source, tsl_data **out, tsl_file_info **file, tsl_error *err);
/* By the name of a file; bytes by what they begin with. */
int tsl__data_is_npy(const tsl_source *source);
/* Options that are for files with names are TSL_E_OPTION. */
TSL_FALLIBLE tsl_status tsl__data_check_array(const tsl_data_options *opt, const tsl_data *data, tsl_error *err);
/* Its columns are called c1, c2, ...; TSL_E_INPUT where it is empty. */
TSL_FALLIBLE tsl_status tsl__data_name_array(tsl_data *data, tsl_error *err);
/* rows of values, the first of which is row `first` (from 0): all finite? */
TSL_FALLIBLE tsl_status tsl__data_check_finite(const tsl_data *data, const double *values, size_t first, size_t rows,
                                               tsl_error *err);

/* data_columns.c */
/* The column that a name or "#4" means; count where there is none. */
size_t tsl__data_find_column(const char *name, const char *const *names, size_t count);
/* Takes columns out of the data, whose numbers are in `values`: those marked, and `weight` (cols: none) as its weights.
 */
TSL_FALLIBLE tsl_status tsl__data_take_columns(tsl_data *data, double *values, size_t weight, char *left_out,
                                               tsl_error *err);

#endif
