/* attribute.h: the few kinds of attributes that our files have. */
#ifndef TSL_STORE_ATTRIBUTE_H
#define TSL_STORE_ATTRIBUTE_H

#include <hdf5.h>
#include <stddef.h>
#include <stdint.h>

/* All give 0 on success. cells: texts of `width` bytes, filled up with NUL. A get fails where the attribute is missing,
 * damaged, or not exactly of this type and size. */
int tsl__attribute_put_text(hid_t object, const char *name, const char *text);
int tsl__attribute_put_cells(hid_t object, const char *name, const char *cells, size_t width, size_t count);
int tsl__attribute_put_bool(hid_t object, const char *name, int value);
int tsl__attribute_put_number(hid_t object, const char *name, int64_t value);
int tsl__attribute_put_hashes(hid_t object, const char *name, const uint64_t *value, size_t count);
int tsl__attribute_get_text(hid_t object, const char *name, char *out, size_t capacity);
int tsl__attribute_get_cells(hid_t object, const char *name, char *cells, size_t width, size_t count);
int tsl__attribute_get_bool(hid_t object, const char *name, int *value);
int tsl__attribute_get_number(hid_t object, const char *name, int64_t *value);
int tsl__attribute_get_hashes(hid_t object, const char *name, uint64_t *value, size_t count);

/* Types of the file, to be closed with H5Tclose: texts of `width` bytes, and
 * the boolean of h5py. */
hid_t tsl__type_open_text(size_t width);
hid_t tsl__type_open_bool(void);

#endif
